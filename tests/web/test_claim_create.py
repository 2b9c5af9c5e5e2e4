"""Claims while coding: found by words in any order, worded in place, with the stance asked next."""

import re

import pytest

from annotations.claims.models import Claim, Issue
from tests.factories.claims import make_claim, make_issue, make_stance
from tests.factories.statements import make_statement
from tests.factories.workload import make_set, submitted
from tests.web.asking import HTMX

pytestmark = pytest.mark.django_db


def suggest(client, study, q, statement):
    given = {"q": q, "statement": str(statement.uid)}
    return client.get(f"/studies/{study.slug}/claims/suggest/", given, headers=HTMX)


def names_in(response):
    return re.findall(r'data-name="([^"]*)"', response.content.decode())


def create(client, of, headers=HTMX, **given):
    study = of.annotation_set.article.study
    fields = {"statement": str(of.uid), "text": "The siren sounded.", "kind": "fact", **given}
    return client.post(f"/studies/{study.slug}/claims/new/", fields, headers=headers)


def test_all_words_match_in_any_order(client_of, ana, study, statement):
    make_claim(study, "Number of dead in Lower Besk.", kind="quantity", issue=make_issue(study, "Toll"))
    make_claim(study, "Nobody is dead.")
    response = suggest(client_of(ana), study, "BESK dead", statement)
    page = response.content.decode()
    assert names_in(response)[0] == "Number of dead in Lower Besk."
    assert "Nobody is dead." not in page
    assert "quantity, Toll" in page


def test_a_chosen_claim_opens_its_row(client_of, ana, study, statement, claim):
    page = suggest(client_of(ana), study, "gates", statement).content.decode()
    href = re.search(r'data-href="([^"]*)"', page).group(1)
    assert f'data-into="#s-{statement.uid}"' in page
    card = client_of(ana).get(href, headers=HTMX).content.decode()
    assert f'data-draft="{claim.uid}"' in card
    assert "With it the claim is stored." in card


def test_a_claim_with_a_stance_has_no_second_row(client_of, ana, statement, claim):
    make_stance(statement, claim)
    address = f"/studies/{claim.study.slug}/statements/{statement.uid}/?claim={claim.uid}"
    page = client_of(ana).get(address, headers=HTMX).content.decode()
    assert "data-draft" not in page
    assert page.count('class="claim ') == 1


def test_a_new_claim_may_be_worded_from_the_list(client_of, ana, vic, study, statement):
    page = suggest(client_of(ana), study, "The siren sounded", statement).content.decode()
    assert "Create claim “The siren sounded”" in page
    assert "Create" not in suggest(client_of(vic), study, "The siren", statement).content.decode()


def test_suggestions_keep_to_the_study(client_of, members, otto, statement, foreign):
    study, ana = statement.annotation_set.article.study, members["ana"]
    assert not [
        name for name in names_in(suggest(client_of(ana), study, "zq7canary", statement)) if "open" in name
    ]
    assert suggest(client_of(otto), study, "gates", statement).status_code == 404


def test_issues_are_found_by_name(client_of, ana, study, foreign):
    make_issue(study, "Toll of the flood")
    address = f"/studies/{study.slug}/issues/suggest/"
    response = client_of(ana).get(address, {"q": "FLOOD"}, headers=HTMX)
    assert names_in(response) == ["Toll of the flood"]
    assert names_in(client_of(ana).get(address, {"q": "zq7canary"}, headers=HTMX)) == []


def test_the_form_offers_the_kinds_of_the_codebook(client_of, ana, study, statement):
    given = {"text": "The siren sounded.", "statement": str(statement.uid)}
    address = f"/studies/{study.slug}/claims/new/"
    part, page = client_of(ana).get(address, given, headers=HTMX), client_of(ana).get(address, given)
    assert ">The siren sounded.</textarea>" in part.content.decode()
    assert re.search(r'value="quantity"\s+data-comparison="quantity"', part.content.decode())
    assert b"<html" not in part.content
    assert b"<html" in page.content


def test_a_claim_is_worded_and_its_stance_asked(client_of, ana, statement):
    response = create(client_of(ana), statement, kind="policy", issue="Warning")
    page = response.content.decode()
    assert (response.status_code, response["HX-Trigger"]) == (200, "saved")
    made = Claim.objects.get(text="The siren sounded.")
    assert (made.kind, made.issue.name, made.quantity) == ("policy", "Warning", None)
    assert f'data-draft="{made.uid}"' in page
    assert 'data-version="1"' in page, "the statement itself has not changed yet"
    assert not statement.stances.exists()


def test_a_known_issue_is_found(client_of, ana, study, statement):
    toll = make_issue(study, "Toll")
    create(client_of(ana), statement, issue=" toll ")
    assert Claim.objects.get(text="The siren sounded.").issue == toll
    assert Issue.objects.filter(study=study).count() == 1


def test_a_quantity_names_measure_and_unit(client_of, ana, statement):
    create(client_of(ana), statement, kind="quantity", measure="deaths in the flood", unit="persons")
    assert Claim.objects.get(text="The siren sounded.").quantity == {
        "measure": "deaths in the flood", "unit": "persons",
    }  # fmt: skip


def test_other_kinds_have_no_measure(client_of, ana, statement):
    create(client_of(ana), statement, kind="fact", measure="left over")
    assert Claim.objects.get(text="The siren sounded.").quantity is None


@pytest.mark.parametrize(
    "given",
    [
        {"text": ""},
        {"text": "x" * 1001},
        {"text": "a\0b"},
        {"kind": "nonsense"},
        {"kind": "quantity"},
        {"issue": "x" * 301},
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_added(client_of, ana, statement, given):
    before = (Claim.objects.count(), Issue.objects.count())
    response = create(client_of(ana), statement, **{"issue": "Fresh", **given})
    assert response.status_code == 422
    assert "data-problem" in response.content.decode()
    assert (Claim.objects.count(), Issue.objects.count()) == before


def test_a_claim_is_worded_once(client_of, ana, statement, claim):
    response = create(client_of(ana), statement, text="the gates  were OPENED at noon.")
    assert response.status_code == 422
    assert "choose it from the list" in response.content.decode()
    assert Claim.objects.filter(study=claim.study).count() == 1


def test_who_may_and_who_may_not(client_of, vic, otto, statement):
    assert create(client_of(otto), statement).status_code == 404
    assert create(client_of(vic), statement).status_code == 403
    assert not Claim.objects.filter(text="The siren sounded.").exists()


@pytest.mark.parametrize("uid", ["", "nonsense", "5a9c2f5e-9c54-4d25-8a15-2f4e0a9a0001"])
def test_a_statement_is_needed(client_of, ana, study, statement, uid):
    assert create(client_of(ana), statement, statement=uid).status_code == 404
    address = f"/studies/{study.slug}/claims/suggest/"
    assert uid or client_of(ana).get(address, {"q": "x"}, headers=HTMX).status_code == 404


def test_a_set_that_is_done_takes_no_claim(client_of, ana, article):
    made = make_statement(make_set(article, **submitted()), ana)
    response = create(client_of(ana), made)
    assert response.status_code == 409
    assert not Claim.objects.filter(text="The siren sounded.").exists()


def test_wrong_verbs(client_of, ana, study):
    for what in ("claims", "issues"):
        assert client_of(ana).post(f"/studies/{study.slug}/{what}/suggest/").status_code == 405
    assert client_of(ana).put(f"/studies/{study.slug}/claims/new/").status_code == 405


def test_without_htmx_the_way_leads_back(client_of, ana, statement):
    response = create(client_of(ana), statement, {})
    assert response.status_code == 302
    assert response["Location"].endswith(f"?statement={statement.uid}")
