"""Splitting a statement in two, and joining two into one."""

import html
import json
import re
import uuid

import pytest

from annotations.statements.models import Statement
from tests.factories.claims import make_claim, make_stance
from tests.factories.corpus import TEXT, make_article
from tests.factories.speakers import make_speaker
from tests.factories.statements import QUOTATION, make_chain_link, make_code, make_statement, spans_of
from tests.factories.workload import make_set, submitted
from tests.web.asking import HTMX, address, spans_of_row

pytestmark = pytest.mark.django_db
NOON = TEXT.index(" at noon")
ADDED = "“Nobody warned us,”"


def split(client, statement, at=NOON, version=1, headers=HTMX):
    return client.post(address(statement, "split"), {"version": version, "at": at}, headers=headers)


def join(client, first, second, headers=HTMX, **more):
    given = {"version": 1, "with": second.uid, "with_version": 1, **more}
    return client.post(address(first, "join"), given, headers=headers)


def versions_in(response):
    """The rows of the table of two versions: field, theirs, yours."""
    table = response.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    cells = [html.unescape(cell) for cell in re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", table)]
    return [cells[i : i + 3] for i in range(0, len(cells), 3)]


@pytest.fixture
def second(shared_set, ana):
    return make_statement(shared_set, ana, ADDED)


def test_split_in_two_cards(client_of, ana, shared_set, speaker, claim):
    spans = spans_of(TEXT, content=QUOTATION, source="Jon Abel")
    first = make_statement(shared_set, ana, spans=spans, speaker=speaker)
    make_code(first)
    make_stance(first, claim)
    response = split(client_of(ana), first)
    rest = Statement.objects.exclude(pk=first.pk).get()
    assert response.status_code == 200
    cards = re.findall(r'<li class="(card[^"]*)" id="s-([^"]+)"', response.content.decode())
    assert cards == [("card open", str(first.uid)), ("card", str(rest.uid))]
    assert response["HX-Retarget"] == f"#s-{first.uid}"
    assert spans_of_row(first) == [("content", "“They opened the gates"), ("source", "Jon Abel")]
    assert spans_of_row(rest) == [("content", "at noon,”"), ("source", "Jon Abel")]
    assert (rest.speaker, first.stances.count(), rest.stances.count()) == (speaker, 1, 0)
    assert [code.label.slug for code in rest.codes.all()] == ["direct"]


@pytest.mark.parametrize(
    "at", [0, TEXT.index(QUOTATION), TEXT.index(QUOTATION) + len(QUOTATION), 10**9, "x", ""]
)
def test_a_cut_outside_the_words_is_refused(client_of, ana, statement, at):
    assert split(client_of(ana), statement, at).status_code == 422
    assert spans_of_row(statement) == [("content", QUOTATION)]
    assert Statement.objects.count() == 1


def test_a_stale_split_shows_both(client_of, ana, statement):
    response = split(client_of(ana), statement, version=7)
    assert (response.status_code, response["HX-Retarget"]) == (409, f"#s-{statement.uid}")
    assert f'name="at" value="{NOON}"' in response.content.decode()
    assert versions_in(response) == [["Split", f"“{QUOTATION}”", "split off “at noon,””"]]
    assert Statement.objects.count() == 1


def test_join_puts_the_other_into_the_bin(client_of, ana, statement, second, claim):
    make_stance(second, claim, "oppose")
    response = join(client_of(ana), statement, second)
    assert (response.status_code, response["HX-Retarget"]) == (200, f"#s-{statement.uid}")
    assert json.loads(response["HX-Trigger"]) == {"saved": None, "statement-gone": {"id": str(second.uid)}}
    assert 'data-stance="oppose"' in response.content.decode()
    assert spans_of_row(statement) == [("content", QUOTATION), ("content", ADDED)]
    second.refresh_from_db()
    assert second.deleted_at is not None


def test_what_was_split_can_be_joined_again(client_of, ana, statement):
    client = client_of(ana)
    split(client, statement)
    rest = Statement.objects.exclude(pk=statement.pk).get()
    assert join(client, statement, rest, version=2).status_code == 200
    assert spans_of_row(statement) == [("content", QUOTATION)]


@pytest.mark.parametrize(
    "fault",
    [
        (409, {"version": 5}),
        (409, {"with_version": 5}),
        (422, {"with": "nonsense"}),
        (422, {"with": ""}),
        (404, {"with": uuid.uuid4()}),
        (422, {"with_version": "x"}),
    ],
)
def test_stale_and_faulty_joins_change_nothing(client_of, ana, statement, second, fault):
    status, given = fault
    assert join(client_of(ana), statement, second, **given).status_code == status
    assert Statement.objects.present().count() == 2
    assert spans_of_row(statement) == [("content", QUOTATION)]


def test_a_stale_join_shows_both(client_of, ana, statement, second):
    response = join(client_of(ana), statement, second, version=5)
    assert versions_in(response) == [["Join", f"“{QUOTATION}”", f"join with “{ADDED}”"]]


def test_a_stale_cut_outside_the_words_is_nothing(client_of, ana, statement):
    response = split(client_of(ana), statement, 10**9, version=7)
    assert versions_in(response) == [["Split", f"“{QUOTATION}”", "nothing"]]


def test_only_statements_of_one_set_are_joined(client_of, ana, statement, study):
    client = client_of(ana)
    elsewhere = make_statement(make_set(make_article(study, TEXT + "More.")), ana)
    assert join(client, statement, elsewhere).status_code == 422
    assert join(client, statement, statement).status_code == 422
    assert Statement.objects.present().count() == 2


def test_a_set_that_is_done_is_closed(client_of, ana, article):
    done = make_set(article, **submitted())
    first, other = make_statement(done, ana), make_statement(done, ana, ADDED)
    for response in (split(client_of(ana), first), join(client_of(ana), first, other)):
        assert response.status_code == 409
        assert "reopen it" in response.content.decode()


def test_who_may(client_of, members, otto, statement, second):
    for user, status in ((members["vic"], 403), (otto, 404)):
        assert split(client_of(user), statement).status_code == status
        assert join(client_of(user), statement, second).status_code == status
    for act in ("split", "join"):
        assert client_of(members["ana"]).get(address(statement, act)).status_code == 405


def test_without_htmx_the_answer_leads_back(client_of, ana, statement, second, article):
    back = f"{article.get_absolute_url()}?statement={statement.uid}"
    assert split(client_of(ana), statement, headers={})["Location"] == back
    assert join(client_of(ana), statement, second, headers={}, version=2)["Location"] == back


def coded_otherwise(study, ana):
    """A statement of another article, with codes, chain and stance of its own."""
    other = make_statement(make_set(make_article(study, "“It rained,” said Ida Venn.")), ana, "“It rained,”")
    make_code(other, "source_type", "official")
    make_chain_link(other, make_speaker(study, "Ida Venn"))
    make_stance(other, make_claim(study, "It rained."))
    return other


def test_halves_have_nothing_of_other_statements(client_of, ana, study, independent_study, shared_set):
    statement = make_statement(shared_set, ana)
    for elsewhere in (study, independent_study):
        coded_otherwise(elsewhere, ana)
    assert split(client_of(ana), statement).status_code == 200
    for half in shared_set.statements.all():
        assert (half.codes.count(), half.chain.count(), half.stances.count()) == (0, 0, 0)


def test_the_whole_has_nothing_of_other_statements(client_of, ana, study, independent_study, second):
    statement = make_statement(second.annotation_set, ana)
    for elsewhere in (study, independent_study):
        coded_otherwise(elsewhere, ana)
    assert join(client_of(ana), statement, second).status_code == 200
    assert (statement.codes.count(), statement.chain.count(), statement.stances.count()) == (0, 0, 0)
