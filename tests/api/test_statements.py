"""Statements over the API: all of their parts, all or nothing, and what is refused where."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from annotations.workload.models import AnnotationSet
from tests.api.conftest import NOBODY, program_of
from tests.factories.claims import make_claim
from tests.factories.corpus import TEXT, make_article
from tests.factories.speakers import make_alias, make_speaker
from tests.factories.statements import make_statement, make_utterance
from tests.factories.workload import make_set, submitted

DATES = {"created_at", "updated_at"}


def place(words, **more):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words, **more}


def content(words="“They opened the gates at noon,”"):
    return place(words, role="content")


def faults(response, status=422):
    assert response.status_code == status, response.content
    return {fault["field"]: fault["message"] for fault in response.json()["errors"]}


@pytest.fixture
def address(article):
    return f"/articles/{article.uid}/statements/"


@pytest.fixture
def program(ana, article, codebook):
    return program_of(ana)


def test_a_statement_with_all_its_parts(program, address, article, study, shared_set):
    utterance = make_utterance(shared_set)
    earlier = program.post(address, {"spans": [content("“Nobody warned us,”")]}).json()
    body = {
        "external_id": "st-1",
        "voice": "attributed",
        "spans": [
            content(),
            place("They opened the gates at noon,", role="quoted"),
            place("the miller Jon Abel", role="source"),
            place("told", role="cue"),
            place("reporters", role="addressee", speaker={"name": "Reporters", "type": "group"}),
        ],
        "speaker": {"name": "Jon Abel"},
        "metonym": True,
        "collective": True,
        "utterance": str(utterance.uid),
        "codes": {"quote_type": "direct", "source_type": "official"},
        "said_on": {
            "from": "2018-03-12",
            "to": "2018-03-12",
            "precision": "day",
            "anchored": True,
            "span": place("on Monday"),
        },
        "chain": [
            {"speaker": {"name": "Jon Abel"}, "role": "original", "cue": place("told")},
            {"speaker": {"name": "Yarle Courier", "type": "media"}, "role": "publisher", "uncertain": True},
        ],
        "parent": earlier["id"],
        "restates": [earlier["id"]],
        "replies_to": [],
        "flags": [],
        "note": "Line one\r\nline two\u2028 🌊",
        "stances": [
            {
                "claim": {"text": "The gates were open for some hours.", "kind": "quantity"},
                "stance": "support",
                "commitment": "certain",
                "explicit": False,
                "presupposed": True,
                "label": None,
                "note": "n",
                "value": {"op": ">=", "number": 2.5, "as_written": "at noon", "span": place("at noon")},
            },
            {"claim": {"text": "Nobody was warned."}, "stance": "oppose"},
        ],
    }
    made = program.post(address, body)
    assert made.status_code == 201, made.content
    found = made.json()
    miller = Speaker.objects.get(name="Jon Abel")
    assert [span["role"] for span in found["spans"]] == ["content", "quoted", "source", "cue", "addressee"]
    assert found["spans"][:4] == body["spans"][:4]
    assert found["spans"][4]["speaker"] == str(Speaker.objects.get(name="Reporters").uid)
    same = [
        "external_id",
        "voice",
        "metonym",
        "collective",
        "utterance",
        "codes",
        "said_on",
        "parent",
        "restates",
        "note",
    ]
    assert {name: found[name] for name in same} == {name: body[name] for name in same}
    assert found["speaker"] == str(miller.uid)
    assert found["chain"][0] == {
        "speaker": str(miller.uid), "role": "original", "uncertain": False, "source": None, "cue": place("told"),
    }  # fmt: skip
    assert found["chain"][1]["uncertain"] is True
    claims = {claim.text: str(claim.uid) for claim in Claim.objects.all()}
    assert found["stances"][0] == {
        **body["stances"][0],
        "claim": claims["The gates were open for some hours."],
        "value": {**body["stances"][0]["value"], "number_high": None},
    }
    assert found["stances"][1] == {
        "claim": claims["Nobody was warned."], "stance": "oppose", "commitment": "", "explicit": True,
        "presupposed": False, "label": None, "note": "", "value": None,
    }  # fmt: skip
    assert (found["article"], found["set"], found["created_by"]) == (
        str(article.uid),
        str(shared_set.uid),
        "c01",
    )
    assert found["web_url"] == f"/studies/{study.slug}/articles/{article.uid}/?statement={found['id']}"
    assert program.get(made["Location"]).json() == found


def test_the_first_statement_opens_the_shared_set(program, address, article):
    assert program.get(f"/articles/{article.uid}/sets/").json()["results"] == []
    made = program.post(address, {"spans": [content()]}).json()
    (opened,) = program.get(f"/articles/{article.uid}/sets/").json()["results"]
    assert (opened["id"], opened["kind"], opened["author"]) == (made["set"], "shared", None)


def test_the_words_of_a_span_may_be_left_out(program, address):
    bare = {name: value for name, value in content().items() if name != "text"}
    made = program.post(address, {"spans": [bare]}).json()
    assert made["spans"] == [content()]


def test_a_list_is_recorded_whole_and_answered_in_order(program, address):
    bodies = [
        {"spans": [content(words)], "speaker": {"name": "Jon Abel"}}
        for words in ("told", "Gates", "noon", "river")
    ]
    made = program.post(address, bodies)
    assert made.status_code == 201
    assert [record["spans"][0]["text"] for record in made.json()] == ["told", "Gates", "noon", "river"]
    assert "ETag" not in made
    assert len({record["speaker"] for record in made.json()}) == Speaker.objects.count() == 1


def test_a_list_is_recorded_as_one_after_another_would_be(program, address, study):
    """Rows, answers and the log; a list is a shorter way to the same."""
    miller, claim = make_speaker(study), make_claim(study)
    body = {
        "spans": [content(), place("told", role="cue")],
        "speaker": {"name": "jon  ABEL"},
        "codes": {"quote_type": "direct", "source_type": None},
        "chain": [{"speaker": str(miller.uid), "role": "original", "cue": place("told")}],
        "said_on": {"from": "2018-03-12", "to": "2018-03-12"},
        "stances": [{"claim": {"text": claim.text.upper()}, "stance": "support"}],
    }
    bodies = [body, {"spans": [content("“Nobody warned us,”")], "external_id": "st-2"}]
    single = [program.post(address, each).json() for each in bodies]
    program.delete(f"/statements/{single[1]['id']}/", match=1)
    n_before = Event.objects.count()
    many = program.post(address, bodies).json()

    def lasting(record):
        return {name: value for name, value in record.items() if name not in {"id", "web_url", *DATES}}

    assert [lasting(each) for each in many] == [lasting(each) for each in single]
    assert [program.get(f"/statements/{each['id']}/").json() for each in many] == many
    told = list(Event.objects.order_by("id").values("verb", "target_type", "label", "before", "after", "by"))
    alone = [each for each in told[:n_before] if each["verb"] in {"statement.mark", "stance.replace"}]
    assert told[n_before:] == alone


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"spans": []}, "[1].spans"),
        ({"spans": [{"role": "content", "start": 0, "end": 9999}]}, "[1].spans[0]"),
        ({"spans": [content()], "x": 1}, "[1].x"),
        ({"spans": [content()], "speaker": str(NOBODY)}, "[1].speaker"),
        (
            {"spans": [content()], "chain": [{"speaker": str(NOBODY), "role": "original"}]},
            "[1].chain[0].speaker",
        ),
        ({"spans": [content()], "codes": {"quote_type": "loud"}}, "[1].codes.quote_type"),
        (
            {"spans": [content()], "stances": [{"claim": {"text": "A", "kind": "x"}, "stance": "support"}]},
            "[1].stances[0].claim.kind",
        ),
        ({"spans": [content()], "article": str(NOBODY)}, "[1].article"),
        ({"spans": [content()], "external_id": "good"}, "[1].external_id"),
        ({"spans": [content()], "restates": [str(NOBODY)]}, "[1].restates[0]"),
        (7, "[1]"),
    ],
)
def test_a_list_with_a_fault_is_refused_whole(program, address, fault, field):
    good = {
        "spans": [content()],
        "external_id": "good",
        "speaker": {"name": "Somebody"},
        "stances": [{"claim": {"text": "Old"}, "stance": "support"}],
    }
    refused = program.post(address, [good, fault])
    assert list(faults(refused)) == [field]
    assert refused.json()["detail"].startswith("[1]")
    for model in (Statement, Speaker, Claim, AnnotationSet, Event):
        assert not model.objects.exists(), "nothing is half-written"


@pytest.mark.parametrize("body", [[], [{"spans": [content()]}] * 1001])
def test_a_list_has_from_one_to_a_thousand(program, address, body):
    assert program.post(address, body).status_code == 422


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"spans": None}, "spans"),
        ({"spans": [{"role": "content", "start": 5, "end": 5}]}, "spans[0]"),
        ({"spans": [{"role": "content", "start": 9, "end": 5}]}, "spans[0]"),
        ({"spans": [{"role": "content", "start": -1, "end": 5}]}, "spans[0].start"),
        ({"spans": [{"role": "content", "start": 0, "end": 5.0}]}, "spans[0].end"),
        ({"spans": [{"role": "content", "start": 0, "end": True}]}, "spans[0].end"),
        ({"spans": [{"role": "content", "start": 0, "end": 2**31}]}, "spans[0].end"),
        ({"spans": [{"role": "content", "start": 0, "end": 10**400}]}, "spans[0].end"),
        ({"spans": [{"role": "content", "start": 0}]}, "spans[0].end"),
        ({"spans": [{"role": "theme", "start": 0, "end": 5}]}, "spans[0].role"),
        ({"spans": [{"role": "content", "start": 0, "end": 5, "text": "gates"}]}, "spans[0]"),
        ({"spans": [{"role": "content", "start": 0, "end": 5, "text": "Gate"}]}, "spans[0]"),
        ({"spans": [{"role": "content", "start": 0, "end": 5, "speaker": {"name": "A"}}]}, "spans[0].speaker"),
        ({"spans": [{"role": "source", "start": 0, "end": 5}]}, "spans"),
        ({"spans": [content("Gates stood"), content("stood open")]}, "spans"),
        ({"spans": [content("By Tomas Reed")]}, "spans[0]"),
        ({"voice": "narrator"}, "voice"),
        ({"speaker": "Jon"}, "speaker"),
        ({"speaker": {"name": " "}}, "speaker.name"),
        ({"speaker": {"name": "A", "type": "alien"}}, "speaker.type"),
        ({"speaker": {"name": "A", "role": "x"}}, "speaker.role"),
        ({"codes": {"no_such": "x"}}, "codes.no_such"),
        ({"codes": {"stance": "support"}}, "codes.stance"),
        ({"codes": []}, "codes"),
        ({"codes": {"quote_type": 1}}, "codes.quote_type"),
        ({"said_on": {"from": "2018-02-30"}}, "said_on.from"),
        ({"said_on": {"from": "2018-03-02", "to": "2018-03-01"}}, "said_on"),
        ({"said_on": {"precision": "hour"}}, "said_on.precision"),
        ({"said_on": {"span": {"start": 0, "end": 9999}}}, "said_on.span"),
        ({"chain": [{"speaker": {"name": "A"}, "role": "friend"}]}, "chain[0].role"),
        ({"chain": [{"role": "original"}]}, "chain[0].speaker"),
        ({"chain": [{"speaker": {"name": "A"}, "role": "original", "cue": {"start": 0, "end": 1, "text": "x"}}]}, "chain[0].cue"),
        ({"parent": str(NOBODY)}, "parent"),
        ({"utterance": str(NOBODY)}, "utterance"),
        ({"restates": [str(NOBODY)]}, "restates[0]"),
        ({"replies_to": ["x"]}, "replies_to[0]"),
        ({"flags": ["shiny"]}, "flags[0]"),
        ({"note": 5}, "note"),
        ({"metonym": 1}, "metonym"),
        ({"stances": [{"claim": {"text": "A"}, "stance": "maybe"}]}, "stances[0].stance"),
        ({"stances": [{"claim": {"text": "A"}, "stance": "support", "commitment": "x"}]}, "stances[0].commitment"),
        ({"stances": [{"claim": str(NOBODY), "stance": "support"}]}, "stances[0].claim"),
        ({"stances": [{"claim": {"text": "A"}, "stance": "support"}, {"claim": {"text": "a"}, "stance": "oppose"}]}, "stances[1].claim"),
        ({"stances": [{"claim": {"text": "A"}, "stance": "support", "value": {"op": "=", "number": 1}}]}, "stances[0].value"),
        ({"stances": [{"claim": {"text": "A", "kind": "quantity"}, "stance": "support", "value": {"op": "!", "number": 1}}]}, "stances[0].value.op"),
        ({"stances": [{"claim": {"text": "A", "kind": "quantity"}, "stance": "support", "value": {"op": "=", "number": "1"}}]}, "stances[0].value.number"),
        ({"stances": [{"claim": {"text": "A", "kind": "quantity"}, "stance": "support", "value": {"op": "=", "number": 10**400}}]}, "stances[0].value.number"),
        ({"stances": [{"claim": {"text": "A", "kind": "quantity"}, "stance": "support", "value": {"op": "range", "number": 1}}]}, "stances[0].value.number_high"),
        ({"external_id": ""}, "external_id"),
        ({"external_id": "a" * 201}, "external_id"),
        ({"created_by": "c09"}, "created_by"),
        ({"set": str(NOBODY)}, "set"),
        ({"adopted_from": None}, "adopted_from"),
    ],
)  # fmt: skip
def test_what_is_refused_is_named_and_nothing_is_written(program, address, change, field):
    before = Statement.objects.count()
    assert list(faults(program.post(address, {"spans": [content()], **change}))) == [field]
    assert Statement.objects.count() == before
    assert not Speaker.objects.exists()
    assert not Claim.objects.exists()


def test_ids_of_another_study_read_like_unknown_ones(program, address, foreign, statement):
    """In creates and in changes, wherever a body names something."""
    swapped = {
        "speaker": lambda uid: {"speaker": uid},
        "claim": lambda uid: {"stances": [{"claim": uid, "stance": "support"}]},
        "statement": lambda uid: {"parent": uid},
        "article": lambda uid: {"article": uid},
    }
    more = {
        "speaker": [
            lambda uid: {"chain": [{"speaker": uid, "role": "original"}]},
            lambda uid: {"spans": [content(), place("reporters", role="addressee", speaker=uid)]},
        ],
        "statement": [lambda uid: {"restates": [uid]}, lambda uid: {"replies_to": [uid]}],
    }
    for name, body in [*swapped.items(), *((name, body) for name, bodies in more.items() for body in bodies)]:
        theirs, unknown = str(getattr(foreign, name).uid), str(NOBODY)
        one, other = (program.post(address, {"spans": [content()], **body(uid)}) for uid in (theirs, unknown))
        assert (one.status_code, one.content) == (422, other.content), name
        if name != "article":
            one, other = (
                program.patch(f"/statements/{statement.uid}/", body(uid), match=1)
                for uid in (theirs, unknown)
            )
            assert (one.status_code, one.content) == (422, other.content), name
    statement.refresh_from_db()
    assert statement.version == 1


def test_a_speaker_is_found_by_alias_and_only_then_added(program, address, study):
    miller = make_speaker(study, "Jon Abel")
    make_alias(miller, "the miller")
    for given in ({"name": "THE  Miller"}, {"name": "jon abel", "type": "group"}, str(miller.uid)):
        assert program.post(address, {"spans": [content()], "speaker": given}).json()["speaker"] == str(
            miller.uid
        )
    assert Speaker.objects.count() == 1


def test_a_claim_is_found_by_its_wording(program, address, claim):
    stances = [{"claim": {"text": claim.text.upper()}, "stance": "support"}]
    made = program.post(address, {"spans": [content()], "stances": stances}).json()
    assert made["stances"][0]["claim"] == str(claim.uid)
    assert Claim.objects.count() == 1


def test_changes_replace_lists_and_merge_codes(program, statement, claim, speaker):
    address = f"/statements/{statement.uid}/"
    first = program.patch(
        address,
        {
            "codes": {"quote_type": "direct", "source_type": "official"},
            "stances": [{"claim": str(claim.uid), "stance": "support"}],
            "chain": [{"speaker": str(speaker.uid), "role": "original"}],
        },
        match=1,
    ).json()
    assert first["version"] == 2
    second = program.patch(address, {"codes": {"quote_type": None, "medium": "briefing"}}, match=2).json()
    assert second["codes"] == {"source_type": "official", "medium": "briefing"}
    assert (second["stances"], second["chain"]) == (first["stances"], first["chain"])
    third = program.patch(
        address, {"stances": [], "chain": [], "speaker": None, "said_on": None}, match=3
    ).json()
    assert (third["stances"], third["chain"], third["speaker"]) == ([], [], None)
    assert third["spans"] == first["spans"]
    again = program.patch(address, {"spans": [content("Gates")]}, match=4).json()
    assert [span["text"] for span in again["spans"]] == ["Gates"]


def test_a_change_by_two_is_refused_to_the_later_with_both_in_reach(program, ben, statement):
    address = f"/statements/{statement.uid}/"
    program.patch(address, {"note": "mine"}, match=1)
    later = program_of(ben).patch(address, {"note": "yours", "speaker": {"name": "New"}}, match=1)
    assert (later.status_code, later.json()["code"]) == (412, "stale")
    assert later.json()["current"]["note"] == "mine"
    assert later["ETag"] == '"v2"'
    assert not Speaker.objects.filter(name="New").exists()


def test_a_statement_cannot_be_nested_in_itself(program, statement):
    address = f"/statements/{statement.uid}/"
    for field, value in [("parent", str(statement.uid)), ("restates", [str(statement.uid)])]:
        assert list(faults(program.patch(address, {field: value}, match=1))) == [field]


def test_a_submitted_set_is_closed(program, article, address, statement):
    AnnotationSet.objects.update(**submitted())
    for response in [
        program.post(address, {"spans": [content()]}),
        program.patch(f"/statements/{statement.uid}/", {"note": "x"}, match=1),
        program.delete(f"/statements/{statement.uid}/", match=1),
    ]:
        assert (response.status_code, response.json()["code"]) == (409, "set_closed")
        assert "reopen" in response.json()["detail"]


def test_a_deleted_statement_lies_in_the_bin(program, statement):
    assert program.delete(f"/statements/{statement.uid}/", match=1).status_code == 204
    statement.refresh_from_db()
    assert statement.deleted_at is not None


@pytest.mark.parametrize("field", ["parent", "restates", "replies_to"])
def test_a_link_into_the_bin_may_be_sent_back_but_not_made(program, shared_set, statement, field):
    inner = make_statement(shared_set, words="They opened the gates")
    address = f"/statements/{inner.uid}/"
    named = str(statement.uid)
    link, place_of_it = (named, field) if field == "parent" else ([named], f"{field}[0]")
    assert program.patch(address, {field: link}, match=1).status_code == 200
    program.delete(f"/statements/{statement.uid}/", match=statement.version)
    standing = program.get(address).json()
    assert standing[field] == link
    response = program.patch(address, {**standing, "note": "checked"}, match=2)
    assert (response.status_code, response.json()["note"]) == (200, "checked")
    other = make_statement(shared_set, words="the gates at noon")
    assert list(faults(program.patch(f"/statements/{other.uid}/", {field: link}, match=1))) == [place_of_it]


def test_an_external_id_is_once_in_a_set(program, address):
    body = {"spans": [content()], "external_id": "mine"}
    made = program.post(address, body).json()
    assert list(faults(program.post(address, body))) == ["external_id"]
    program.delete(f"/statements/{made['id']}/", match=1)
    assert program.post(address, body).status_code == 201


def test_statements_of_several_articles_at_once(program, article, study, foreign):
    other = make_article(study, "The keeper spoke.\n")
    bodies = [
        {"article": str(article.uid), "spans": [content()]},
        {"article": str(other.uid), "spans": [{"role": "content", "start": 0, "end": 10}]},
    ]
    made = program.post("/studies/gates/statements/", bodies).json()
    assert [record["article"] for record in made] == [str(article.uid), str(other.uid)]
    for uid in (foreign.article.uid, NOBODY):
        refused = program.post("/studies/gates/statements/", [bodies[0], {**bodies[1], "article": str(uid)}])
        assert faults(refused) == {"[1].article": "There is no such article in this study."}
    assert list(faults(program.post("/studies/gates/statements/", {"spans": [content()]}))) == ["article"]
    assert Statement.objects.count() == 3  # otto's among them


def test_a_list_names_the_item_whose_set_is_closed(program, article, study):
    other = make_article(study, "The keeper spoke.\n")
    make_set(other, **submitted())
    bodies = [
        {"article": str(article.uid), "spans": [content()]},
        {"article": str(other.uid), "spans": [{"role": "content", "start": 0, "end": 10}]},
    ]
    refused = program.post("/studies/gates/statements/", bodies)
    assert list(faults(refused, 409)) == ["[1]"]
    assert refused.json()["code"] == "set_closed"
    assert refused.json()["detail"].startswith("[1]: This article is marked as done")
    alone = program.post("/studies/gates/statements/", bodies[1])
    assert faults(alone, 409) == {}
    assert not Statement.objects.exists()


def test_a_statement_of_a_list_takes_few_queries(program, address, speaker, claim):
    """Each is held against its set as it stands and leaves its events; nothing of a new one is looked for."""
    body = {
        "spans": [content()], "speaker": str(speaker.uid), "codes": {"quote_type": "direct"},
        "stances": [{"claim": str(claim.uid), "stance": "support"}],
    }  # fmt: skip
    program.post(address, body)
    counts = []
    for n in (1, 11):
        with CaptureQueriesContext(connection) as captured:
            assert program.post(address, [body] * n).status_code == 201
        counts.append(len(captured))
    assert (counts[1] - counts[0]) / 10 <= 12, captured.captured_queries[-20:]


def test_a_parent_of_another_set_is_none(program, study, statement):
    other = make_statement(make_set(make_article(study, TEXT + "again")), words="Gates")
    refused = program.patch(f"/statements/{statement.uid}/", {"parent": str(other.uid)}, match=1)
    unknown = program.patch(f"/statements/{statement.uid}/", {"parent": str(NOBODY)}, match=1)
    assert refused.content == unknown.content


def test_a_claim_and_a_speaker_in_use_are_named_by_no_one_else(program, study, address):
    make_claim(study, "Free")
    made = program.post(
        address, {"spans": [content()], "stances": [{"claim": {"text": "Free"}, "stance": "support"}]}
    )
    assert len(made.json()["stances"]) == 1
