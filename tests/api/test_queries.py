"""The number of queries does not grow with the rows, and lists load no texts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.studies.models import Role
from tests.api.conftest import program_of
from tests.api.resources import READABLE
from tests.cast import fill
from tests.factories.accounts import make_user
from tests.factories.claims import make_claim, make_issue, make_relation, make_stance
from tests.factories.corpus import TEXT, make_article
from tests.factories.speakers import make_alias, make_outlet, make_speaker
from tests.factories.statements import make_chain_link, make_code, make_statement
from tests.factories.studies import make_membership, make_study
from tests.factories.workload import make_own_set, make_set

LISTS = [*READABLE["argvalues"]]


def grow(world, ana, n):
    """Add one more of everything, each with all of its parts."""
    study, article = world.study, world.article
    outlet = make_outlet(study, f"Outlet {n}")
    speaker = make_speaker(study, f"Speaker {n}", affiliation=outlet, speaks_for=world.speaker)
    speaker.members.add(world.speaker, outlet)
    for name in ("a", "b"):
        make_alias(speaker, f"{name} {n}")
    claim = make_claim(study, f"Claim {n}", issue=make_issue(study, f"Issue {n}"))
    make_relation(claim, world.claim)
    make_set(make_article(study, f"{TEXT}{n}", outlet=outlet, created_by=world.author))
    make_own_set(article, make_user(f"annotator{n}"))
    make_membership(study, make_user(f"member{n}"), Role.VIEWER)
    make_membership(make_study(f"study-{n}"), ana)
    statement = make_statement(world.set, ana, "No gate", speaker=speaker, parent=world.statement)
    make_code(statement)
    make_code(statement, "source_type", "official")
    for order, relay in enumerate([speaker, outlet]):
        make_chain_link(statement, relay, order)
    for other in (claim, world.claim):
        make_stance(statement, other)


def queries_of(program, path):
    with CaptureQueriesContext(connection) as captured:
        response = program.get(f"{path}?page_size=100")
    assert response.status_code == 200
    return [query["sql"] for query in captured.captured_queries], len(response.json()["results"])


@pytest.fixture
def full(study, ana, codebook):
    return fill(study, ana, "here")


@pytest.mark.parametrize(
    "path",
    ["studies", *sorted({resource.name for resource in LISTS}), "outlets"],
)
def test_a_list_asks_the_same_for_two_rows_and_for_twenty(path, full, ana):
    address = {
        "studies": "/studies/",
        "outlets": "/studies/gates/outlets/",
        **{resource.name: resource.parent(full) for resource in LISTS},
    }[path]
    program = program_of(ana)
    grow(full, ana, 0)
    few, n_few = queries_of(program, address)
    for n in range(1, 19):
        grow(full, ana, n)
    many, n_many = queries_of(program, address)
    assert n_many >= n_few + 18
    assert len(many) == len(few)
    assert len(many) <= 8
    texts = [query for query in many if '"annotations_article"."text"' in query.partition(" FROM ")[0]]
    assert not texts, "A list has loaded the texts of articles."


def test_a_save_stays_within_its_budget(full, ana):
    program = program_of(ana)
    with CaptureQueriesContext(connection) as captured:
        program.patch(f"/statements/{full.statement.uid}/", {"codes": {"quote_type": "direct"}}, match=1)
    asked = [query["sql"] for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 20, asked


def test_a_list_of_statements_asks_the_same_for_two_and_for_twenty(full, ana):
    """Each names a speaker, a claim and a statement of its own."""
    program, study = program_of(ana), full.study
    counts = []
    for n in (1, 2, 20):  # with the first the codebook is read, once per process
        bodies = [new_statement(full, ana, f"{n}-{i}") for i in range(n)]
        with CaptureQueriesContext(connection) as captured:
            made = program.post(f"/articles/{full.article.uid}/statements/", bodies)
        assert (made.status_code, len(made.json())) == (201, n)
        counts.append([query["sql"] for query in captured.captured_queries])
    _, few, many = counts
    assert len(many) == len(few), many
    assert study.speakers.filter(name__startswith="Named").count() == 46


def new_statement(world, ana, name):
    speaker, other = (make_speaker(world.study, f"Named {name} {which}") for which in "ab")
    claim, worded = (make_claim(world.study, f"Claim {name} {which}") for which in "ab")
    earlier = make_statement(world.set, ana, "No gate")
    words = {"start": TEXT.index("Gates"), "end": TEXT.index("Gates") + 5}
    return {
        "external_id": f"st-{name}",
        "spans": [{"role": "content", **words}, {"role": "addressee", **words, "speaker": str(other.uid)}],
        "speaker": {"name": speaker.name},
        "codes": {"quote_type": "direct"},
        "chain": [{"speaker": str(other.uid), "role": "original"}],
        "parent": str(earlier.uid),
        "restates": [str(earlier.uid)],
        "replies_to": [str(earlier.uid)],
        "stances": [
            {"claim": str(claim.uid), "stance": "support"},
            {"claim": {"text": worded.text}, "stance": "oppose"},
        ],
    }
