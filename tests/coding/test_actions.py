"""Whole statements with their stances: taken, replaced, split and joined; one test for each way out."""

import math

import pytest

from annotations.audit.models import Event
from annotations.claims.models import StanceLink
from annotations.claims.stances import Stance, Value
from annotations.coding.actions import (
    amend_statement,
    drop_stance,
    join_statements,
    record_statement,
    split_statement,
    take_stance,
)
from annotations.errors import Invalid, StaleEdit
from annotations.spans import Span, SpanRefused
from annotations.statements.changes import StatementChanges
from annotations.statements.models import Statement
from annotations.workload.actions import SetClosed, submit_set
from tests.factories.claims import make_claim, make_stance
from tests.factories.corpus import TEXT
from tests.factories.statements import make_chain_link, make_code, make_statement, span_of, spans_of
from tests.factories.workload import make_own_set
from tests.refusals import refused


@pytest.fixture
def deaths(study):
    """A claim that takes numbers."""
    return make_claim(
        study, "N people died.", kind="quantity", quantity={"measure": "deaths", "unit": "people"}
    )


def kept(row):
    return type(row).objects.get(pk=row.pk)


def last_event():
    return Event.objects.latest("pk")


def stances(statement):
    return [(link.claim, link.stance, link.order) for link in StanceLink.objects.filter(statement=statement)]


# Stances -------------------------------------------------------------------------------------------


def test_stances_are_taken_changed_and_dropped(statement, claim, deaths, ana):
    take_stance(statement=statement, expected=1, stance=Stance(claim=claim, stance="support"), by=ana)
    assert last_event().before is None
    take_stance(statement=statement, expected=2, stance=Stance(claim=deaths, stance="neutral"), by=ana)
    changed = Stance(claim=claim, stance="oppose", commitment="probable", explicit=False, note="n", label="w")
    take_stance(statement=statement, expected=3, stance=changed, by=ana)
    assert stances(statement) == [(claim, "oppose", 0), (deaths, "neutral", 1)]
    assert Stance.from_row(StanceLink.objects.get(claim=claim)) == changed
    assert last_event().before["stance"]["stance"] == "support"
    assert last_event().after["stance"] == {**changed.to_json(), "order": 0}
    assert kept(statement).version == 4
    drop_stance(statement=statement, expected=4, claim=claim, by=ana)
    assert stances(statement) == [(deaths, "neutral", 1)]
    assert last_event().before["stance"]["stance"] == "oppose"


def test_a_stance_that_is_not_there_cannot_be_dropped(statement, claim, ana):
    with refused(Invalid, field="claim"):
        drop_stance(statement=statement, expected=1, claim=claim, by=ana)
    assert kept(statement).version == 1


def test_stale_stances_are_refused(statement, claim, ana, ben):
    take_stance(statement=kept(statement), expected=1, stance=Stance(claim=claim, stance="support"), by=ben)
    for act in (
        lambda: take_stance(
            statement=statement, expected=1, stance=Stance(claim=claim, stance="oppose"), by=ana
        ),
        lambda: drop_stance(statement=kept(statement), expected=1, claim=claim, by=ana),
    ):
        with pytest.raises(StaleEdit):
            act()
    assert stances(statement) == [(claim, "support", 0)]


def test_a_submitted_set_keeps_its_stances(statement, claim, ana):
    make_stance(statement, claim)
    submit_set(annotation_set=statement.annotation_set, expected=1, by=ana)
    for act in (
        lambda: take_stance(
            statement=statement, expected=1, stance=Stance(claim=claim, stance="oppose"), by=ana
        ),
        lambda: drop_stance(statement=statement, expected=1, claim=claim, by=ana),
        lambda: amend_statement(
            statement=statement, expected=1, changes=StatementChanges(), stances=[], by=ana
        ),
    ):
        with refused(SetClosed):
            act()
    assert stances(statement) == [(claim, "support", 0)]


def record(into, by, *taken, **fields):
    spans = fields.pop("spans", spans_of(TEXT, content="“Nobody warned us,”"))
    changes = StatementChanges(spans=spans, **fields)
    return record_statement(into=into, changes=changes, stances=taken, by=by)


def test_a_statement_comes_with_its_stances(shared_set, claim, deaths, ana):
    value = Value(op=">=", number=12, as_written="at least 12", span=span_of("noon", TEXT))
    made = record(
        shared_set,
        ana,
        Stance(claim=claim, stance="oppose"),
        Stance(claim=deaths, stance="support", value=value),
    )
    assert stances(made) == [(claim, "oppose", 0), (deaths, "support", 1)]
    assert StanceLink.objects.get(claim=deaths).value == {
        "op": ">=",
        "number": 12,
        "number_high": None,
        "as_written": "at least 12",
        "span": span_of("noon", TEXT).to_json(),
    }
    assert kept(made).version == 1


def test_an_amendment_replaces_all_stances_in_one_version(statement, claim, deaths, ana):
    make_stance(statement, claim)
    amend_statement(
        statement=statement,
        expected=1,
        changes=StatementChanges(note="n"),
        stances=[Stance(claim=deaths, stance="support")],
        by=ana,
    )
    assert stances(statement) == [(deaths, "support", 0)]
    assert (kept(statement).note, kept(statement).version) == ("n", 2)
    assert [link["stance"] for link in last_event().before["stances"]] == ["support"]
    amend_statement(statement=statement, expected=2, changes=StatementChanges(note="m"), by=ana)
    assert len(stances(statement)) == 1
    amend_statement(statement=statement, expected=3, changes=StatementChanges(), stances=[], by=ana)
    assert stances(statement) == []


def test_a_stale_amendment_changes_nothing(statement, claim, ana, ben):
    amend_statement(statement=kept(statement), expected=1, changes=StatementChanges(note="first"), by=ben)
    with pytest.raises(StaleEdit):
        amend_statement(
            statement=statement,
            expected=1,
            changes=StatementChanges(note="second"),
            stances=[Stance(claim=claim, stance="support")],
            by=ana,
        )
    assert stances(statement) == []
    assert kept(statement).note == "first"


def test_stances_that_do_not_fit_leave_no_statement(shared_set, claim, deaths, foreign, ana):
    good = Stance(claim=claim, stance="support")
    cases = [
        (Invalid, "stances[1].claim", [good, good]),
        (Invalid, "stances[0].claim", [Stance(claim=foreign.claim, stance="support")]),
        (Invalid, "stances[0].stance", [Stance(claim=claim, stance="agree")]),
        (Invalid, "stances[1].commitment", [good, Stance(claim=deaths, stance="support", commitment="x")]),
        (Invalid, "stances[0].label", [Stance(claim=claim, stance="support", label="a" * 301)]),
        (Invalid, "stances[0].value", [Stance(claim=claim, stance="support", value=Value(op="=", number=1))]),
        (
            SpanRefused,
            "stances[0].value.span",
            [Stance(claim=deaths, stance="support", value=Value(op="=", number=1, span=Span(0, 4, "Lock")))],
        ),
    ]
    for error, field, taken in cases:
        with refused(error, field=field):
            record(shared_set, ana, *taken)
    assert not Statement.objects.filter(annotation_set=shared_set).exists()


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (Value(op="==", number=1), "value.op"),
        (Value(op="=", number=math.nan), "value.number"),
        (Value(op="=", number=math.inf), "value.number"),
        (Value(op="=", number=True), "value.number"),
        (Value(op="=", number="12"), "value.number"),
        (Value(op="=", number=1e15), "value.number"),
        (Value(op="=", number=1, number_high=2), "value.number_high"),
        (Value(op="range", number=1), "value.number_high"),
        (Value(op="range", number=2, number_high=1), "value.number_high"),
        (Value(op="~", number=2, number_high=math.inf), "value.number_high"),
    ],
)
def test_a_value_that_cannot_be(statement, deaths, ana, value, field):
    with refused(Invalid, field=f"stances[0].{field}"):
        take_stance(
            statement=statement,
            expected=1,
            stance=Stance(claim=deaths, stance="support", value=value),
            by=ana,
        )


@pytest.mark.parametrize(
    "value",
    [
        Value(op="=", number=0),
        Value(op="<", number=-2.5),
        Value(op="~", number=4000, as_written="some 4,000"),
        Value(op="~", number=3900, number_high=4100),
        Value(op="range", number=3, number_high=3),
    ],
)
def test_values_survive(statement, deaths, ana, value):
    told = Stance(claim=deaths, stance="support", value=value)
    take_stance(statement=statement, expected=1, stance=told, by=ana)
    assert Stance.from_row(StanceLink.objects.get()) == told


# Splitting and joining -----------------------------------------------------------------------------


@pytest.fixture
def long_statement(shared_set, ana, speaker):
    spans = spans_of(
        TEXT,
        content="“They opened the gates at noon,” the miller Jon Abel told reporters. “Nobody warned us,”",
        quoted=["“They opened the gates at noon,”", "“Nobody warned us,”"],
        source="Jon Abel",
        cue="told",
    )
    return make_statement(shared_set, ana, spans=spans, speaker=speaker, note="first", flags=["no_verbatim"])


def test_a_statement_is_cut_in_two(long_statement, claim, speaker, ben):
    make_code(long_statement)
    make_chain_link(long_statement, speaker)
    make_stance(long_statement, claim)
    at = TEXT.index("“Nobody")
    second = kept(split_statement(statement=long_statement, expected=1, at=at, by=ben))
    first = kept(long_statement)
    assert f"{first.quotation} {second.quotation}" == TEXT[first.start : second.end]
    assert [s.text for s in first.span_list.of_role("quoted")] == ["“They opened the gates at noon,”"]
    assert [s.text for s in second.span_list.of_role("quoted")] == ["“Nobody warned us,”"]
    assert first.span_list.of_role("source") == second.span_list.of_role("source")
    assert (second.speaker, second.flags, second.note) == (speaker, ["no_verbatim"], "")
    assert [code.label.slug for code in second.codes.all()] == ["direct"]
    assert [link.speaker for link in second.chain.all()] == [speaker]
    assert stances(second) == []
    assert len(stances(first)) == 1
    assert (first.version, second.version) == (2, 1)
    assert second.created_by.user == ben


@pytest.mark.parametrize(
    ("whole", "halves"),
    [("mixed", ["indirect", "mixed"]), ("indirect", ["indirect", "indirect"]), (None, [])],
)
def test_a_quote_type_that_the_marks_tell_is_told_anew_for_each_half(shared_set, ana, whole, halves):
    words = "the miller Jon Abel told reporters. “Nobody warned us,”"
    spans = spans_of(TEXT, content=words, quoted="“Nobody warned us,”")
    statement = make_statement(shared_set, ana, spans=spans)
    if whole:
        make_code(statement, label=whole)
    second = split_statement(statement=statement, expected=1, at=TEXT.index("told"), by=ana)
    slugs = [code.label.slug for half in (kept(statement), kept(second)) for code in half.codes.all()]
    assert slugs == halves


@pytest.mark.parametrize("place", ["start", "end", "before", "after"])
def test_a_cut_lies_inside(long_statement, ana, place):
    at = {
        "start": long_statement.start,
        "end": long_statement.end,
        "before": 0,
        "after": len(TEXT),
    }[place]
    with refused(Invalid, field="at"):
        split_statement(statement=long_statement, expected=1, at=at, by=ana)
    assert Statement.objects.count() == 1


def test_a_stale_cut_makes_no_second_half(long_statement, ana):
    take = StatementChanges(note="x")
    amend_statement(statement=kept(long_statement), expected=1, changes=take, by=ana)
    with pytest.raises(StaleEdit):
        split_statement(statement=long_statement, expected=1, at=long_statement.start + 5, by=ana)
    assert Statement.objects.count() == 1


def test_two_halves_joined_are_the_whole(long_statement, claim, deaths, ana):
    make_stance(long_statement, claim)
    before = long_statement.span_list
    second = split_statement(statement=long_statement, expected=1, at=TEXT.index("told"), by=ana)
    make_stance(second, claim, "oppose")
    make_stance(second, deaths, "neutral")
    join_statements(first=kept(long_statement), expected=2, second=second, second_expected=1, by=ana)
    first = kept(long_statement)
    assert first.span_list == before
    assert stances(first) == [(claim, "support", 0), (deaths, "neutral", 1)]
    assert kept(second).deleted_at
    assert first.note == "first"


@pytest.mark.parametrize(
    ("own", "whole"), [("indirect", "mixed"), ("direct", "direct"), ("none", "none"), (None, None)]
)
def test_a_quote_type_that_the_marks_tell_is_told_anew_for_the_whole(shared_set, ana, own, whole):
    told = spans_of(TEXT, content="the miller Jon Abel told reporters")
    quoted = spans_of(TEXT, content="“Nobody warned us,”", quoted="“Nobody warned us,”")
    first, second = (make_statement(shared_set, ana, spans=spans) for spans in (told, quoted))
    if own:
        make_code(first, label=own)
    make_code(second, label="direct")
    join_statements(first=first, expected=1, second=second, second_expected=1, by=ana)
    assert [code.label.slug for code in kept(first).codes.all()] == ([whole] if whole else [])


def test_only_two_of_one_set_are_joined(statement, shared_set, ana):
    elsewhere = make_statement(make_own_set(shared_set.article, ana), ana, "“Nobody warned us,”")
    for second in (statement, elsewhere):
        with refused(Invalid, field="with"):
            join_statements(first=statement, expected=1, second=second, second_expected=1, by=ana)


def test_a_stale_half_is_not_joined(statement, shared_set, ana):
    second = make_statement(shared_set, ana, "“Nobody warned us,”")
    for versions in ({"expected": 2, "second_expected": 1}, {"expected": 1, "second_expected": 2}):
        with pytest.raises(StaleEdit):
            join_statements(first=kept(statement), second=kept(second), by=ana, **versions)
    assert kept(second).deleted_at is None
    assert kept(statement).version == 1
