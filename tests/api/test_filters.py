"""Filters: each list has its own, says so, and refuses all others."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest

from annotations.statements.models import Statement
from tests.api.conftest import document, program_of
from tests.api.resources import READABLE
from tests.cast import CANARY
from tests.factories.claims import make_claim, make_issue, make_relation, make_stance
from tests.factories.corpus import TEXT, make_article
from tests.factories.speakers import make_alias, make_outlet, make_speaker
from tests.factories.statements import make_code, make_statement
from tests.factories.workload import make_set


def ids(response):
    return {record["id"] for record in response.json()["results"]}


@pytest.fixture
def pair(world, ana):
    """A second article, with a statement of another speaker, another stance and other codes."""
    outlet = make_outlet(world.study, "Yarle Courier")
    article = make_article(
        world.study, TEXT, outlet=outlet, published_on=date(2018, 3, 15), external_id="second"
    )
    speaker = make_speaker(world.study, "Jon Abel")
    statement = make_statement(make_set(article), ana, speaker=speaker, external_id="s2")
    make_code(statement, "quote_type", "direct")
    make_code(statement, "source_type", "official")
    make_stance(statement, world.claim, "oppose")
    make_stance(statement, make_claim(world.study, "The river rose."), "support")
    return statement


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("speaker={speaker}", {"second"}),
        ("claim={claim}", {"first", "second"}),
        ("stance=oppose", {"second"}),
        ("stance=support", {"first", "second"}),
        ("claim={claim}&stance=support", {"first"}),
        ("claim={claim}&stance=oppose", {"second"}),
        ("quote_type=direct", {"second"}),
        ("quote_type=indirect", set()),
        ("source_type=official", {"second"}),
        ("source_type=official&quote_type=direct&stance=oppose", {"second"}),
        ("outlet={outlet}", {"second"}),
        ("article={article}", {"second"}),
        ("published_after=2018-03-15", {"second"}),
        ("published_after=2018-03-16", set()),
        ("published_before=2018-03-15", {"second"}),
        ("published_before=2018-03-14", set()),
        ("q=OPENED THE GATES", {"second"}),
        ("q=opened", {"first", "second"}),
        ("q=%25", set()),
        ("external_id=s2", {"second"}),
        ("external_id=none", set()),
        ("changed_since=2000-01-01", {"first", "second"}),
        ("changed_since=2999-01-01T00:00:00Z", set()),
        ("speaker=00000000-0000-0000-0000-000000000000", set()),
        ("claim=00000000-0000-0000-0000-000000000000&stance=support", set()),
        ("", {"first", "second"}),
    ],
)
def test_statements(query, finds, world, pair, ana):
    article = pair.annotation_set.article
    given = {"speaker": pair.speaker, "claim": world.claim, "outlet": article.outlet, "article": article}
    query = query.format(**{name: row.uid for name, row in given.items()}).replace(" ", "%20")
    names = {"first": str(world.statement.uid), "second": str(pair.uid)}
    assert ids(program_of(ana).get(f"/studies/gates/statements/?{query}")) == {names[name] for name in finds}
    of_article = program_of(ana).get(f"/articles/{article.uid}/statements/?{query}")
    if {"outlet", "article", "published_after", "published_before"} & {
        part.partition("=")[0] for part in query.split("&")
    }:
        assert of_article.json()["code"] == "unknown_filter"
    else:
        assert ids(of_article) == {names["second"]} & {names[name] for name in finds}


def test_changed_since_takes_what_updated_at_answers(world, pair, ana):
    program = program_of(ana)
    moment = program.get(f"/statements/{pair.uid}/").json()["updated_at"]
    assert str(pair.uid) in ids(program.get(f"/studies/gates/statements/?changed_since={moment}"))
    Statement.objects.filter(pk=world.statement.pk).update(
        updated_at=pair.updated_at - timedelta(microseconds=1)
    )
    assert ids(program.get(f"/studies/gates/statements/?changed_since={moment}")) == {str(pair.uid)}


@pytest.mark.parametrize(
    ("path", "query", "finds"),
    [
        ("articles", "outlet={outlet}", ["Gates stood open, miller says"]),
        (
            "articles",
            "published_after=2018-03-15&published_before=2018-03-15",
            ["Gates stood open, miller says"],
        ),
        ("articles", "external_id=second", ["Gates stood open, miller says"]),
        ("articles", "q=overnight", ["Gates stood open, miller says"]),
        ("articles", "q=gate was opened here", ["No gate was opened here"]),
        ("articles", "changed_since=2999-01-01", []),
        ("speakers", "q=keeper", ["Ida Venn here"]),
        ("speakers", "q=ida  venn", ["Ida Venn here"]),
        ("speakers", "external_id=speakerhere", ["Ida Venn here"]),
        ("outlets", "", ["Menovar Voice here", "Yarle Courier"]),
        ("outlets", "q=voice", ["Menovar Voice here"]),
        ("claims", "q=shut gates", ["The gates were shut here."]),
        ("claims", "external_id=otherhere", ["The gates stood open here."]),
        ("issues", "q=gates", ["Gates here"]),
        ("issues", "external_id=issuehere", ["Gates here"]),
    ],
)
def test_other_lists(path, query, finds, pair, ana):
    query = query.format(outlet=pair.annotation_set.article.outlet.uid)
    found = program_of(ana).get(f"/studies/gates/{path}/?{query}").json()["results"]
    assert [record.get("name") or record.get("title") or record["text"] for record in found] == finds


def test_relations_of_a_claim(world, ana):
    third = make_claim(world.study, "The river rose.")
    other = make_relation(world.relation.b, third)
    program = program_of(ana)
    path = "/studies/gates/claim-relations/?claim="
    assert ids(program.get(f"{path}{third.uid}")) == {str(other.uid)}
    assert ids(program.get(f"{path}{world.relation.b.uid}")) == {str(other.uid), str(world.relation.uid)}


def test_studies_by_name(world, foreign, ana):
    program = program_of(ana)
    assert ids(program.get("/studies/?q=GATE")) == {str(world.study.uid)}
    assert ids(program.get(f"/studies/?q={CANARY}")) == set()
    assert ids(program.get("/studies/?changed_since=2999-01-01")) == set()


@pytest.mark.parametrize("resource", **READABLE)
@pytest.mark.parametrize(
    "name",
    [
        "a__b", "owner__password__startswith", "study__memberships__user__email__contains", "password", "-x.y",
        "_connector", 'x"y', "\x01", "\x00", "order_by", "ordering", "sort", "id", "pk", "limit", "Q", "fields", "format",
    ],
)  # fmt: skip
def test_an_unknown_filter_is_refused(resource, name, world, ana):
    response = program_of(ana).get(f"{resource.parent(world)}?{quote(name)}=OR")
    assert (response.status_code, response.json()["code"]) == (400, "unknown_filter")


@pytest.mark.parametrize(
    "query",
    [
        "speaker=1", "speaker=", "speaker={braces}", "claim=x", "article=urn:uuid:00000000-0000-0000-0000-000000000000",
        "stance=suport", "stance=", "quote_type=x", "source_type=x%27", "published_after=2018-02-30",
        "published_before=yesterday", "published_after=20180315", "changed_since=2018", "changed_since=2018-03-14T09:30",
        "changed_since=9999-12-31T23:59:59-14:00", "q=", "q=%20", "q=%00", "q=" + "x" * 1001, "external_id=",
        "q=a&q=b", "speaker=00000000-0000-0000-0000-000000000000&speaker=00000000-0000-0000-0000-000000000000",
    ],
)  # fmt: skip
def test_a_bad_value_is_refused(query, world, ana):
    response = program_of(ana).get(f"/studies/gates/statements/?{query}")
    assert (response.status_code, response.json()["code"]) == (400, "bad_filter"), response.content
    assert [fault["field"] for fault in response.json()["errors"]] == [query.partition("=")[0]]


def test_filters_of_another_study_find_nothing(world, foreign, ana):
    program = program_of(ana)
    for name, row in [
        ("speaker", foreign.speaker),
        ("claim", foreign.claim),
        ("article", foreign.article),
        ("outlet", foreign.outlet),
    ]:
        assert ids(program.get(f"/studies/gates/statements/?{name}={row.uid}")) == set()


@pytest.mark.parametrize("field", ["speakers", "claims", "statements", "articles", "issues"])
@pytest.mark.parametrize(
    "words", ["🌊", "e\u0301", "\u2028", "%", "_", "\\", "'", '"', "İ", "ß", "\u202e", "a" * 1000]
)
def test_any_words_can_be_searched_for(field, words, world, ana):
    assert program_of(ana).get(f"/studies/gates/{field}/?q={quote(words)}").status_code in {200, 400}


def test_aliases_do_not_double_a_speaker(world, ana):
    make_alias(world.speaker, "the gate keeper")
    found = program_of(ana).get("/studies/gates/speakers/?q=keeper").json()["results"]
    assert len(found) == 1


def test_the_document_names_the_filters_of_interest():
    parameters = {
        one["name"] for one in document()["paths"]["/api/v1/studies/{slug}/statements/"]["get"]["parameters"]
    }
    assert parameters >= {
        "speaker", "claim", "stance", "source_type", "quote_type", "outlet", "article", "published_after",
        "published_before", "changed_since", "q", "cursor", "page_size",
    }  # fmt: skip


def test_issues_group_claims(world, ana):
    make_issue(world.study, "Gates and mills")
    assert len(ids(program_of(ana).get("/studies/gates/issues/?q=gates"))) == 2
