"""Changing what is said of a claim."""

import pytest

from annotations.audit.models import Event
from annotations.claims.models import Claim, Issue
from tests.factories.claims import make_claim, make_issue, make_stance

pytestmark = pytest.mark.django_db


def typed(**data):
    """The whole form as a browser sends it."""
    names = ("issue", "measure", "unit", "note")
    return {
        "version": 1,
        "text": "The gates were opened at noon.",
        "kind": "fact",
        **dict.fromkeys(names, ""),
        **data,
    }


def address(claim, act="edit/"):
    return f"/studies/{claim.study.slug}/claims/{claim.uid}/{act}"


def kept(claim):
    return Claim.objects.get(pk=claim.pk)


def test_the_form_holds_what_stands(client_of, ana, study):
    quantity = {"measure": "deaths", "unit": "people"}
    claim = make_claim(
        study, kind="quantity", issue=make_issue(study, "Flood"), quantity=quantity, note="Of all"
    )
    page = client_of(ana).get(address(claim)).content.decode()
    assert all(f'value="{value}"' in page for value in ("Flood", "deaths", "people"))
    assert '<option value="quantity" selected>' in page
    assert "Of all" in page


def test_all_of_it_is_saved_under_a_new_issue(client_of, ana, claim):
    given = typed(
        text=" The  drowned. ", kind="quantity", issue="Toll", measure="deaths", unit="people", note="n"
    )
    assert client_of(ana).post(address(claim), given)["Location"] == address(claim, "")
    row = kept(claim)
    assert (row.text, row.text_key, row.kind, row.note) == ("The drowned.", "the drowned.", "quantity", "n")
    assert (row.issue.name, row.quantity) == ("Toll", {"measure": "deaths", "unit": "people"})


def test_a_known_issue_is_found_and_none_is_none(client_of, ana, claim, study):
    issue = make_issue(study, "Flood of the mill")
    client_of(ana).post(address(claim), typed(issue="flood of  THE mill"))
    assert kept(claim).issue == issue
    client_of(ana).post(address(claim), typed(version=2))
    assert kept(claim).issue is None
    assert Issue.objects.count() == 1


def test_an_issue_that_has_a_namesake_stays(client_of, ana, study):
    make_issue(study, "Flood")
    claim = make_claim(study, issue=make_issue(study, "Flood"))
    client_of(ana).post(address(claim), typed(issue="Flood", note="n"))
    assert kept(claim).issue == claim.issue


def test_the_log_holds_what_differs_alone(client_of, ana, claim):
    client_of(ana).post(address(claim), typed(note="n"))
    event = Event.objects.latest("pk")
    assert (event.verb, event.before, event.after) == ("claim.change", {"note": ""}, {"note": "n"})
    client_of(ana).post(address(claim), typed(version=2, note="n"))
    assert (Event.objects.count(), kept(claim).version) == (1, 2)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"text": ""}, "A claim needs its wording."),
        ({"text": "ß" * 600}, "is longer than 1000 characters"),
        ({"kind": "nonsense"}, "Select a valid choice"),
        ({"kind": "quantity"}, "A quantity claim says what is measured."),
        ({"version": ""}, "This field is required"),
    ],
)
def test_a_faulty_form_comes_back(client_of, ana, claim, data, said):
    response = client_of(ana).post(address(claim), typed(issue="Typed", **data))
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="Typed"' in page
    if "version" not in data:
        assert said.casefold() in page.casefold()
    assert kept(claim).version == 1
    assert not Issue.objects.exists()


def test_the_wording_of_another_claim_is_refused_with_the_way_to_it(client_of, ana, claim, study):
    other = make_claim(study, "The gates stood open.")
    response = client_of(ana).post(address(claim), typed(text="the GATES  stood open.", issue="New"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "is another claim of this study already" in page
    assert address(other, "") in page
    assert not Issue.objects.exists()
    assert (
        client_of(ana).post(address(claim), typed(text="The GATES were opened at noon.")).status_code == 302
    )


def test_a_claim_that_has_a_double_can_still_be_changed(client_of, ana, claim, study):
    make_claim(study, claim.text)
    assert client_of(ana).post(address(claim), typed(note="n")).status_code == 302
    assert kept(claim).note == "n"


def test_a_claim_with_numbers_stays_a_quantity(client_of, ana, study, statement):
    quantity = {"measure": "gates", "unit": ""}
    claim = make_claim(study, kind="quantity", quantity=quantity)
    make_stance(statement, claim, value={"op": "=", "number": 2, "as_written": "both"})
    response = client_of(ana).post(address(claim), typed())
    assert response.status_code == 422
    assert "so it stays a quantity" in response.content.decode()
    statement.stances.update(value=None)
    assert client_of(ana).post(address(claim), typed()).status_code == 302
    assert (kept(claim).kind, kept(claim).quantity) == ("fact", None)


def test_a_retired_kind_stays_choosable_where_it_stands(client_of, ana, study):
    claim = make_claim(study, kind="rumour")
    assert client_of(ana).post(address(claim), typed(kind="rumour", note="n")).status_code == 302
    assert (kept(claim).kind, kept(claim).note) == ("rumour", "n")


def test_a_stale_save_shows_both_and_can_be_made_again(client_of, ana, ben, claim):
    client_of(ben).post(address(claim), typed(note="By ben"))
    response = client_of(ana).post(address(claim), typed(note="By ana", issue="New"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "By ben" in page
    assert "By ana</textarea>" in page.replace("\n", "")
    assert 'name="version" value="2"' in page
    assert not Issue.objects.exists()
    client_of(ana).post(address(claim), typed(note="By ana", version=2))
    assert kept(claim).note == "By ana"


def test_undo_takes_the_edit_and_its_issue_back(client_of, ana, claim):
    client = client_of(ana)
    client.post(address(claim), typed(text="The gates stood open.", issue="New"))
    client.post("/studies/gates/undo/")
    assert kept(claim).text == claim.text
    assert not Issue.objects.exists()
