"""Claims, issues and relations: one test for each way out."""

import pytest

from annotations.audit.models import Event
from annotations.claims.actions import (
    ClaimInUse,
    add_claim,
    add_issue,
    change_claim,
    change_issue,
    change_relation,
    delete_claim,
    delete_issue,
    find_or_add_claim,
    relate_claims,
    unrelate_claims,
)
from annotations.claims.models import Claim, ClaimRelation, Issue
from annotations.errors import Invalid, StaleEdit
from tests.factories.claims import make_claim, make_issue, make_relation, make_stance
from tests.refusals import refused


def kept(row):
    return type(row).objects.get(pk=row.pk)


def last_event():
    return Event.objects.latest("pk")


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
    assert (last_event().verb, last_event().label) == ("claim.delete", "The gates were opened at noon.")


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
    assert last_event().verb == "claim_relation.delete"


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
