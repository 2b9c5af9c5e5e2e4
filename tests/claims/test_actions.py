"""Claims, relations, stances, and whole statements with them: one test for each way out."""

import math

import pytest

from annotations.audit.models import Event
from annotations.claims.actions import (
    ClaimInUse,
    add_claim,
    add_issue,
    amend_statement,
    change_claim,
    change_issue,
    change_relation,
    delete_claim,
    delete_issue,
    drop_stance,
    find_or_add_claim,
    join_statements,
    record_statement,
    relate_claims,
    split_statement,
    take_stance,
    unrelate_claims,
)
from annotations.claims.models import Claim, ClaimRelation, Issue, StanceLink
from annotations.claims.stances import Stance, Value
from annotations.errors import Invalid, StaleEdit
from annotations.spans import Span, SpanRefused
from annotations.statements.changes import StatementChanges
from annotations.statements.models import Statement
from annotations.workload.actions import SetClosed, submit_set
from tests.factories.claims import make_claim, make_issue, make_relation, make_stance
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


# Claims and issues ---------------------------------------------------------------------------------


def test_a_claim_is_worded(study, ana):
    issue = make_issue(study)
    values = {
        "text": " The  gates\nwere open. ",
        "kind": "quantity",
        "issue": issue,
        "quantity": {"measure": " deaths ", "unit": None},
        "note": "n",
        "external_id": "c1",
    }
    claim = kept(add_claim(study=study, values=values, by=ana))
    assert (claim.text, claim.text_key) == ("The gates were open.", "the gates were open.")
    assert claim.quantity == {"measure": "deaths", "unit": ""}
    assert claim.issue == issue
    event = last_event()
    assert (event.verb, event.after["issue"]) == ("claim.add", str(issue.uid))
    assert "text_key" not in event.after


def test_a_claim_is_a_fact_unless_told_otherwise(study, ana):
    assert add_claim(study=study, values={"text": "Gates are open."}, by=ana).kind == "fact"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "text"),
        ({"text": "  "}, "text"),
        ({"text": "a" * 1001}, "text"),
        ({"text": "ß" * 700}, "text"),
        ({"text": "A", "kind": "rumour"}, "kind"),
        ({"text": "A", "colour": "red"}, "colour"),
        ({"text": "A", "text_key": "b"}, "text_key"),
        ({"text": "A", "quantity": "deaths"}, "quantity"),
        ({"text": "A", "quantity": {"measure": "deaths", "scale": 1}}, "quantity"),
        ({"text": "A", "quantity": {"unit": "people"}}, "quantity.measure"),
        ({"text": "A", "external_id": "a" * 201}, "external_id"),
    ],
)
def test_a_claim_that_cannot_be(study, ana, values, field):
    with refused(Invalid, field=field):
        add_claim(study=study, values=values, by=ana)
    assert not Claim.objects.exists()
    assert not Event.objects.exists()


def test_a_claim_changes(study, claim, ana):
    change_claim(claim=claim, expected=1, values={"text": "Gates open.", "note": "n"}, by=ana)
    row = kept(claim)
    assert (row.text, row.text_key, row.note, row.version) == ("Gates open.", "gates open.", "n", 2)
    assert last_event().before == {"text": "The gates were opened at noon.", "note": ""}
    change_claim(claim=claim, expected=2, values={"note": ""}, by=ana)
    assert kept(claim).text == "Gates open."


def test_stale_claims_and_issues_stay(study, claim, ana, ben):
    issue = make_issue(study)
    change_claim(claim=kept(claim), expected=1, values={"note": "first"}, by=ben)
    change_issue(issue=kept(issue), expected=1, values={"name": "First"}, by=ben)
    for act in (
        lambda: change_claim(claim=claim, expected=1, values={"note": "second"}, by=ana),
        lambda: delete_claim(claim=claim, expected=1, by=ana),
        lambda: change_issue(issue=issue, expected=1, values={"name": "Second"}, by=ana),
        lambda: delete_issue(issue=issue, expected=1, by=ana),
    ):
        with pytest.raises(StaleEdit):
            act()
    assert kept(claim).note == "first"
    assert kept(issue).name == "First"
    assert Event.objects.count() == 2


def test_external_ids_name_one_thing(study, claim, ana):
    change_claim(claim=claim, expected=1, values={"external_id": "x1"}, by=ana)
    change_claim(claim=claim, expected=2, values={"external_id": "x1", "note": "n"}, by=ana)
    with refused(Invalid, field="external_id", says="'x1' is taken"):
        add_claim(study=study, values={"text": "A.", "external_id": "x1"}, by=ana)
    add_issue(study=study, values={"name": "A", "external_id": "x1"}, by=ana)
    with refused(Invalid, field="external_id"):
        add_issue(study=study, values={"name": "B", "external_id": "x1"}, by=ana)
    for text in ("B.", "C."):
        assert add_claim(study=study, values={"text": text, "external_id": ""}, by=ana).external_id is None


def test_an_issue_of_another_study_is_unknown(study, foreign, ana):
    with refused(Invalid, field="issue", says="no such issue"):
        add_claim(study=study, values={"text": "A.", "issue": foreign.issue}, by=ana)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"name": " "}, "name"), ({"name": "a" * 301}, "name"), ({"name": "A", "x": 1}, "x")],
)
def test_an_issue_that_cannot_be(study, ana, values, field):
    with refused(Invalid, field=field):
        add_issue(study=study, values=values, by=ana)


def test_issues_change_and_go(study, ana):
    issue = add_issue(study=study, values={"name": " Flood  of 2018 "}, by=ana)
    claim = make_claim(study, issue=issue)
    change_issue(issue=issue, expected=1, values={"name": "The flood"}, by=ana)
    assert last_event().before == {"name": "Flood of 2018"}
    delete_issue(issue=issue, expected=2, by=ana)
    assert not Issue.objects.exists()
    assert kept(claim).issue is None
    assert kept(claim).version == 2, "A claim that reads differently is another version."


def test_a_claim_in_use_stays(statement, claim, mira):
    make_stance(statement, claim)
    with refused(ClaimInUse, says="1 statement(s)"):
        delete_claim(claim=claim, expected=1, by=mira)
    assert kept(claim).version == 1
    assert not Event.objects.exists()


def test_an_unused_claim_goes_with_its_relations(study, claim, mira):
    make_relation(claim, make_claim(study, "Other."))
    delete_claim(claim=claim, expected=1, by=mira)
    assert Claim.objects.count() == 1
    assert not ClaimRelation.objects.exists()
    assert last_event().before == {"text": "The gates were opened at noon."}


def test_a_claim_is_found_by_its_words_or_added(study, claim, foreign, ana):
    assert (
        find_or_add_claim(study=study, text="the gates were  opened at NOON.", kind="fact", by=ana) == claim
    )
    added = find_or_add_claim(study=study, text=foreign.claim.text, kind="policy", by=ana)
    assert (added.study, added.kind) == (study, "policy")
    with refused(Invalid, field="kind"):
        find_or_add_claim(study=study, text="New.", kind="rumour", by=ana)


# Relations -----------------------------------------------------------------------------------------


def test_claims_are_related_changed_and_unrelated(study, claim, ana):
    other = make_claim(study, "Other.")
    made = relate_claims(study=study, a=claim, b=other, relation="contrary", by=ana)
    assert last_event().after == {"a": str(claim.uid), "b": str(other.uid), "relation": "contrary"}
    change_relation(claim_relation=made, expected=1, relation="tension", by=ana)
    assert kept(made).relation == "tension"
    change_relation(claim_relation=made, expected=2, relation="tension", by=ana)
    unrelate_claims(claim_relation=made, expected=3, by=ana)
    assert not ClaimRelation.objects.exists()
    assert last_event().before["relation"] == "tension"


def test_a_relation_that_cannot_be(study, claim, foreign, ana):
    other = make_claim(study, "Other.")
    cases = [
        (claim, claim, "contrary", "b"),
        (foreign.claim, claim, "contrary", "a"),
        (claim, foreign.claim, "contrary", "b"),
        (claim, other, "cousin", "relation"),
    ]
    for a, b, relation, field in cases:
        with refused(Invalid, field=field):
            relate_claims(study=study, a=a, b=b, relation=relation, by=ana)
    assert not ClaimRelation.objects.filter(study=study).exists()


def test_a_relation_is_made_once(study, claim, ana):
    other = make_claim(study, "Other.")
    make_relation(claim, other, "contrary")
    second = make_relation(claim, other, "tension")
    with refused(Invalid, field="relation", says="already"):
        relate_claims(study=study, a=claim, b=other, relation="contrary", by=ana)
    with refused(Invalid, field="relation", says="already"):
        change_relation(claim_relation=second, expected=1, relation="contrary", by=ana)
    relate_claims(study=study, a=other, b=claim, relation="contrary", by=ana)


def test_stale_relations_stay(study, claim, ana):
    made = make_relation(claim, make_claim(study, "Other."))
    change_relation(claim_relation=kept(made), expected=1, relation="tension", by=ana)
    for act in (
        lambda: change_relation(claim_relation=made, expected=1, relation="entails", by=ana),
        lambda: unrelate_claims(claim_relation=made, expected=1, by=ana),
    ):
        with pytest.raises(StaleEdit):
            act()
    assert kept(made).relation == "tension"


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
    assert last_event().after["stance"] == changed.to_json()
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
