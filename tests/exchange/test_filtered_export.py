"""A file of what a filter keeps: the statements that the list shows, and all that they refer to."""

import csv
import hashlib
import io
import json

import jsonschema
import pytest

from annotations.coding.filtering import StatementFilter
from annotations.speakers.models import Speaker
from tests.exchange.conftest import emptied, exported, lines_of, read_in, study_called
from tests.exchange.test_export_jsonl import SCHEMA, n_queries
from tests.factories.claims import make_claim, make_issue, make_relation, make_stance
from tests.factories.conflicts import make_verdict
from tests.factories.corpus import make_article
from tests.factories.speakers import make_outlet, make_side, make_speaker
from tests.factories.statements import (
    make_chain_link,
    make_mention,
    make_statement,
    make_utterance,
    span_of,
)
from tests.factories.studies import author_for
from tests.factories.workload import make_own_set, make_set, submitted

pytestmark = pytest.mark.django_db(transaction=True)
DEMO = "/api/v1/studies/demo"
FILTERS = (
    "speaker={speaker}",
    "claim={claim}",
    "claim={claim}&stance=oppose",
    "stance=support",
    "source_type=official",
    "quote_type=direct",
    "outlet={outlet}",
    "article={article}",
    "published_after=2018-03-14&published_before=2018-03-15",
    "changed_since=2000-01-01",
    "changed_since=2999-01-01T00:00:00Z",
    "external_id=s1",
    "q=the",
    "speaker=00000000-0000-0000-0000-000000000000",
)  # fmt: skip
TABLES = ("statements", "spans", "chain", "codes", "speakers", "claims")


@pytest.fixture
def program(demo, admin, api_of):
    return api_of(admin, scope="read")


@pytest.fixture
def asked(demo):
    """A query with the ids of what the demo speaks of most."""
    statement = demo.claims.order_by("pk").first().stances.order_by("pk").first().statement
    article = statement.annotation_set.article
    ids = {
        "speaker": statement.speaker.uid,
        "claim": statement.stances.first().claim.uid,
        "outlet": article.outlet.uid,
        "article": article.uid,
    }
    return lambda query: query.format(**ids)


def body(response):
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def listed(client, query):
    page = client.get(f"{DEMO}/statements/?{query}&page_size=500").json()
    assert page["next"] is None
    return {row["id"] for row in page["results"]}


def rows_of(raw):
    return list(csv.DictReader(io.StringIO(raw.decode(), newline="")))


def test_a_file_holds_the_statements_of_the_list(program, asked):
    sizes = set()
    for query in map(asked, FILTERS):
        wanted = listed(program, query)
        lines = lines_of(body(program.get(f"{DEMO}/export/?{query}")))
        assert {line["id"] for line in lines["statement"]} == wanted, query
        for table in ("statements", "spans"):
            raw = body(program.get(f"{DEMO}/export/?format=csv&table={table}&{query}"))
            assert {row["statement"] for row in rows_of(raw)} == wanted, query
        sizes.add(len(wanted))
    assert len(sizes) > 5
    assert 0 in sizes


def test_the_manifest_is_of_the_same_filters(program, asked):
    for table in (None, *TABLES):
        query = asked("claim={claim}&stance=support") + (f"&format=csv&table={table}" if table else "")
        raw = body(program.get(f"{DEMO}/export/?{query}"))
        told = program.get(f"{DEMO}/export/manifest/?{query}").json()
        assert (told["size"], told["sha256"]) == (len(raw), hashlib.sha256(raw).hexdigest())
        whole = json.loads(raw.splitlines()[-1])["counts"] if table is None else {table: len(rows_of(raw))}
        assert told["counts"] == whole


@pytest.mark.parametrize(
    "query", ["speaker={speaker}", "claim={claim}&stance=oppose", "changed_since=2999-01-01"]
)
def test_it_can_be_imported_by_itself(query, program, asked):
    raw = body(program.get(f"{DEMO}/export/?{asked(query)}"))
    lines = lines_of(raw)
    root = emptied()
    read_in(raw, root)
    again = lines_of(exported(study_called("copy")))
    del lines["study"][0]["filter"]
    for kind in set(lines) - {"end", "codebook"}:
        assert again[kind] == lines[kind], kind


def test_it_says_that_it_is_filtered_and_by_what(program, asked):
    query = asked("stance=oppose&published_after=2018-03-14&claim={claim}")
    raw = body(program.get(f"{DEMO}/export/?{query}"))
    line = lines_of(raw)["study"][0]
    assert line["filter"] == dict(part.split("=") for part in query.split("&"))
    check = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert not list(check.iter_errors(line))
    assert "filter" not in lines_of(body(program.get(f"{DEMO}/export/")))["study"][0]


def test_the_name_of_the_file_says_what_is_in_it(program):
    answer = program.head(f"{DEMO}/export/?format=csv&stance=oppose&q=Gate%20“two”")
    assert (
        answer["Content-Disposition"] == 'attachment; filename="demo-statements-stance-oppose-q-gate-two.csv"'
    )


@pytest.mark.parametrize("address", ["export/", "export/manifest/"])
def test_what_the_lists_refuse_is_refused(address, program):
    for query, code in (
        ("stanze=oppose", "unknown_filter"),
        ("stance=hostile", "bad_filter"),
        ("published_after=yesterday", "bad_filter"),
        ("speaker=Venn", "bad_filter"),
        ("q=a&q=b", "bad_filter"),
        ("speaker__name=x", "unknown_filter"),
        ("cursor=x", "unknown_filter"),
    ):
        answer = program.get(f"{DEMO}/{address}?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, code), query


@pytest.fixture
def linked(study, shared_set, ana):
    """One statement that refers to everything that it can refer to; by name, whom it names and whom those name."""
    people = {
        name: make_speaker(study, name)
        for name in ("says", "relays", "asked", "utters", "employs", "leads", "side", "member")
    }
    people["publishes"] = make_outlet(study, "publishes")
    article = make_article(study, "Another text.\n", outlet=people["publishes"])
    into = make_set(article)
    Speaker.objects.filter(pk=people["says"].pk).update(
        affiliation=people["employs"], speaks_for=people["leads"]
    )
    people["leads"].members.add(people["member"])
    make_side(people["member"], people["side"])
    statement = make_statement(
        into, ana, "Another", speaker=people["says"], utterance=make_utterance(into, speaker=people["utters"])
    )
    make_chain_link(statement, people["relays"])
    words = span_of("text", article.text)
    addressee = {"role": "addressee", "start": words.start, "end": words.end, "text": "text"}
    statement.spans = [*statement.spans, {**addressee, "speaker": str(people["asked"].uid)}]
    statement.save(update_fields=["spans"])
    return statement, people


def test_it_holds_everyone_whom_its_statements_name(linked, study, shared_set, vic, api_of):
    statement, people = linked
    make_statement(shared_set, speaker=make_speaker(study, "Somebody else"))
    make_mention(shared_set, people["says"])
    make_mention(statement.annotation_set, people["says"], "text")
    make_mention(statement.annotation_set, make_speaker(study, "Passer-by"), "text")
    raw = body(api_of(vic).get(f"/api/v1/studies/gates/export/?speaker={people['says'].uid}"))
    lines = lines_of(raw)
    assert {line["name"] for line in lines["speaker"]} == set(people)
    assert [line["speaker"] for line in lines["mention"]] == [str(people["says"].uid)]
    assert (len(lines["set"]), len(lines["article"]), len(lines["utterance"]), len(lines["side"])) == (
        1,
        1,
        1,
        1,
    )


def test_it_holds_the_claims_of_its_statements_and_what_lies_between_them(
    study, shared_set, ana, vic, api_of
):
    issue = make_issue(study, "Warning")
    make_issue(study, "Something else")
    first, second, other = (make_claim(study, f"Claim {i}.", issue=issue) for i in range(3))
    kept = make_statement(shared_set, ana)
    unkept = make_statement(shared_set, None, "“Nobody warned us,”")
    for claim in (first, second):
        make_stance(kept, claim, "support")
    make_stance(unkept, other, "oppose")
    make_relation(first, second)
    make_relation(first, other)
    make_verdict(kept, unkept, author_for(study, ana))
    lines = lines_of(body(api_of(vic).get("/api/v1/studies/gates/export/?stance=support")))
    assert {line["text"] for line in lines["claim"]} == {"Claim 0.", "Claim 1."}
    assert [line["name"] for line in lines["issue"]] == ["Warning"]
    assert [(line["a"], line["b"]) for line in lines["claim_relation"]] == [(str(first.uid), str(second.uid))]
    assert lines["verdict"] == []
    assert [line["pseudonym"] for line in lines["author"]] == [author_for(study, ana).pseudonym]


def test_references_to_what_is_not_kept_are_left_out(shared_set, ana, vic, api_of, speaker):
    outer = make_statement(shared_set, ana)
    inner = make_statement(
        shared_set, ana, "“Nobody warned us,”", speaker=speaker, parent=outer, restates=[str(outer.uid)]
    )
    client = api_of(vic)
    line = lines_of(body(client.get(f"/api/v1/studies/gates/export/?speaker={speaker.uid}")))["statement"]
    assert [(one["id"], one["parent"], one["restates"]) for one in line] == [(str(inner.uid), None, [])]
    whole = lines_of(body(client.get("/api/v1/studies/gates/export/?changed_since=2000-01-01")))["statement"]
    assert {one["parent"] for one in whole} == {None, str(outer.uid)}


def test_it_is_blind(independent_study, ana, ben, api_of):
    article = make_article(independent_study)
    mine = make_statement(make_own_set(article, ana), ana)
    make_statement(
        make_own_set(article, ben, **submitted()), ben, speaker=make_speaker(independent_study, "Ben's")
    )
    lines = lines_of(body(api_of(ana).get("/api/v1/studies/blind/export/?q=opened")))
    assert [line["id"] for line in lines["statement"]] == [str(mine.uid)]
    assert lines["speaker"] == []
    assert len(lines["author"]) == len(lines["set"]) == 1


def test_the_number_of_queries_does_not_grow_with_the_rows(linked, study, ana):
    statement, people = linked
    wanted = StatementFilter(speakers=Speaker.objects.with_uid(people["says"].uid))
    before = n_queries(study, wanted)
    for i in range(20):
        other = make_statement(statement.annotation_set, ana, "Another", speaker=people["says"])
        make_stance(other, make_claim(study, f"Claim {i}."))
        make_chain_link(other, make_speaker(study, f"Speaker {i}", affiliation=people["leads"]))
    assert n_queries(study, wanted) == before
