"""Stances in the card: taken, changed, given a value, dropped; each is one save."""

import pytest

from annotations.audit.models import Event
from annotations.claims.models import StanceLink
from tests.factories.claims import make_claim, make_stance
from tests.factories.statements import make_statement
from tests.factories.workload import make_set, submitted
from tests.web.asking import HTMX, address

pytestmark = pytest.mark.django_db


def take(client, statement, claim, headers=HTMX, **given):
    fields = {"version": 1, "claim": str(claim.uid), **given}
    return client.post(address(statement, "stances/take"), fields, headers=headers)


def drop(client, statement, claim, headers=HTMX, **given):
    fields = {"version": 1, "claim": str(claim.uid), **given}
    return client.post(address(statement, "stances/drop"), fields, headers=headers)


def link_on(statement, claim):
    return StanceLink.objects.filter(statement=statement, claim=claim).first()


@pytest.fixture
def deaths(study):
    return make_claim(study, "Number of dead.", kind="quantity", quantity={"measure": "deaths", "unit": ""})


@pytest.fixture
def taken(statement, claim):
    make_stance(statement, claim, "support", commitment="certain", note="seen twice", label="opening")
    return statement


def test_choosing_a_stance_stores_the_claim(client_of, ana, statement, claim):
    response = take(
        client_of(ana), statement, claim, stance="oppose", explicit=["no", "yes"], presupposed="no"
    )
    page = response.content.decode()
    assert (response.status_code, response["HX-Trigger"]) == (200, "saved")
    assert 'data-version="2"' in page
    assert 'data-stance="oppose"' in page
    assert "data-draft" not in page
    link = link_on(statement, claim)
    assert (link.stance, link.commitment, link.explicit, link.presupposed) == ("oppose", "", True, False)


def test_the_row_of_another_chosen_claim_stays_open(client_of, ana, statement, claim, deaths):
    response = take(
        client_of(ana), statement, claim, stance="support", draft=[str(deaths.uid), str(claim.uid)]
    )
    assert response.content.decode().count("data-draft=") == 1
    assert f'data-draft="{deaths.uid}"' in response.content.decode()


def test_what_a_row_does_not_show_stays(client_of, ana, taken, claim):
    take(client_of(ana), taken, claim, stance="oppose", commitment="probable", explicit="no")
    link = link_on(taken, claim)
    assert (link.stance, link.commitment, link.explicit) == ("oppose", "probable", False)
    assert (link.note, link.label) == ("seen twice", "opening")


def test_a_commitment_changes_without_naming_the_stance_again(client_of, ana, taken, claim):
    take(client_of(ana), taken, claim, commitment="possible")
    assert (link_on(taken, claim).stance, link_on(taken, claim).commitment) == ("support", "possible")


def test_claims_keep_their_order(client_of, ana, taken, claim, deaths):
    take(client_of(ana), taken, deaths, stance="support")
    take(client_of(ana), taken, claim, stance="oppose", version=2)
    assert [link.claim for link in taken.stances.select_related("claim")] == [claim, deaths]


@pytest.mark.parametrize(
    "case",
    [
        ({"value.number": "4,000", "value.op": ">="}, (">=", 4000, None)),
        ({"value.number": " 2.6 "}, ("=", 2.6, None)),
        ({"value.number": "−3"}, ("=", -3, None)),
        ({"value.number": "10", "value.number_high": "20", "value.op": "range"}, ("range", 10, 20)),
        ({"value.number": "10", "value.number_high": "", "value.op": "~"}, ("~", 10, None)),
        ({"value.number": "10", "value.number_high": "20", "value.op": "="}, ("=", 10, None)),
    ],
)
def test_a_quantity_takes_a_number(client_of, ana, statement, deaths, case):
    given, value = case
    response = take(
        client_of(ana), statement, deaths, stance="support", **given, **{"value.as_written": "so many"}
    )
    assert response.status_code == 200
    stored = link_on(statement, deaths).value
    assert (stored["op"], stored["number"], stored["number_high"]) == value
    assert stored["as_written"] == "so many"
    assert "Number of dead: so many" in response.content.decode()


def test_a_number_is_taken_away(client_of, ana, statement, deaths):
    value = {"op": "=", "number": 4, "number_high": None, "as_written": "four", "span": None}
    make_stance(statement, deaths, value=value)
    given = {"value.number": "", "value.as_written": ""}
    assert take(client_of(ana), statement, deaths, stance="support", **given).status_code == 200
    assert link_on(statement, deaths).value is None


def test_the_span_of_a_number_stays(client_of, ana, statement, deaths):
    start = statement.annotation_set.article.text.index("noon")
    span = {"start": start, "end": start + 4, "text": "noon"}
    value = {"op": "=", "number": 4, "number_high": None, "as_written": "noon", "span": span}
    make_stance(statement, deaths, value=value)
    take(client_of(ana), statement, deaths, stance="support", **{"value.number": "12", "value.op": "~"})
    assert link_on(statement, deaths).value["span"] == span
    assert link_on(statement, deaths).value["number"] == 12


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"stance": ""},
        {"stance": "nonsense"},
        {"stance": "support", "commitment": "nonsense"},
        {"stance": "support", "explicit": "perhaps"},
        {"stance": "support", "label": "x" * 301},
        {"stance": "support", "value.number": "three"},
        {"stance": "support", "value.number": "1,23"},
        {"stance": "support", "value.number": "1e9"},
        {"stance": "support", "value.number": "4", "value.op": "nonsense"},
        {"stance": "support", "value.number": "4", "value.op": "range"},
        {"stance": "support", "value.number": "4", "value.op": "range", "value.number_high": "3"},
        {"stance": "support", "value.number": "", "value.as_written": "many"},
        {"stance": "support", "version": "x"},
    ],
)
def test_what_does_not_fit_is_refused_and_stores_nothing(client_of, ana, statement, deaths, given):
    response = take(client_of(ana), statement, deaths, **given)
    assert response.status_code == 422
    assert "data-problem" in response.content.decode()
    assert link_on(statement, deaths) is None
    statement.refresh_from_db()
    assert statement.version == 1


def test_only_a_quantity_takes_a_number(client_of, ana, statement, claim):
    response = take(client_of(ana), statement, claim, stance="support", **{"value.number": "4"})
    assert response.status_code == 422
    assert "Only a quantity claim takes a value" in response.content.decode()


@pytest.mark.parametrize("uid", ["nonsense", "", "5a9c2f5e-9c54-4d25-8a15-2f4e0a9a0001"])
def test_an_unknown_claim_is_refused(client_of, ana, statement, claim, uid):
    fields = {"version": 1, "claim": uid, "stance": "support"}
    for act in ("take", "drop"):
        response = client_of(ana).post(address(statement, f"stances/{act}"), fields, headers=HTMX)
        assert response.status_code == 422


def test_another_studys_claim_reads_as_unknown(client_of, ana, statement, foreign):
    response = take(client_of(ana), statement, foreign.claim, stance="support")
    assert response.status_code == 422
    assert b"zq7canary" not in response.content
    assert link_on(statement, foreign.claim) is None


def test_a_stance_is_dropped(client_of, ana, taken, claim):
    response = drop(client_of(ana), taken, claim)
    assert (response.status_code, response["HX-Trigger"]) == (200, "saved")
    assert 'data-stance="none"' in response.content.decode()
    assert link_on(taken, claim) is None
    event = Event.objects.get(target_id=str(taken.uid))
    assert (event.verb, event.before["stance"]["stance"]) == ("stance.drop", "support")


def test_a_stance_that_was_never_taken_cannot_be_dropped(client_of, ana, statement, claim):
    assert drop(client_of(ana), statement, claim).status_code == 422


def test_the_log_says_what_stood_and_what_came(client_of, ana, taken, claim):
    take(client_of(ana), taken, claim, stance="oppose")
    event = Event.objects.get(target_id=str(taken.uid))
    assert (event.verb, event.before["stance"]["stance"], event.after["stance"]["stance"]) == (
        "stance.take", "support", "oppose",
    )  # fmt: skip


def test_the_later_of_two_stances_sees_both_versions(client_of, ana, ben, taken, claim):
    take(client_of(ben), taken, claim, stance="neutral", commitment="probable")
    response = take(client_of(ana), taken, claim, stance="oppose", commitment="certain")
    page = response.content.decode()
    assert response.status_code == 409
    assert response["HX-Retarget"] == f"#s-{taken.uid}"
    assert "<b>ben</b> changed this while you were editing" in page
    for theirs, yours in (("neutral", "oppose"), ("probable", "certain")):
        assert f'<td dir="auto">{theirs}</td>' in page
        assert f'<td dir="auto">{yours}</td>' in page
    assert 'name="stance" value="oppose"' in page
    assert link_on(taken, claim).stance == "neutral"
    assert take(client_of(ana), taken, claim, stance="oppose", version=2).status_code == 200
    assert link_on(taken, claim).stance == "oppose"


def test_both_versions_when_theirs_dropped_it(client_of, ana, ben, taken, claim):
    drop(client_of(ben), taken, claim)
    response = drop(client_of(ana), taken, claim)
    assert response.status_code == 409
    assert "The gates were opened at noon" in response.content.decode()


def test_a_late_stance_tells_nothing_of_other_studies(client_of, ana, shared_set, foreign):
    late = make_statement(shared_set, ana, version=2)
    response = take(client_of(ana), late, foreign.claim, stance="support")
    assert response.status_code == 409
    assert b"zq7canary" not in response.content


@pytest.mark.parametrize("act", [take, drop])
def test_who_may_and_who_may_not(client_of, vic, otto, taken, act):
    claim = taken.stances.get().claim
    assert act(client_of(otto), taken, claim, stance="oppose").status_code == 404
    assert act(client_of(vic), taken, claim, stance="oppose").status_code == 403
    assert link_on(taken, claim).stance == "support"


@pytest.mark.parametrize("act", ["take", "drop"])
def test_both_are_posts(client_of, ana, taken, act):
    assert client_of(ana).get(address(taken, f"stances/{act}")).status_code == 405


@pytest.mark.parametrize("act", [take, drop])
def test_a_set_that_is_done_is_closed(client_of, ana, article, claim, act):
    made = make_statement(make_set(article, **submitted()), ana)
    make_stance(made, claim)
    assert act(client_of(ana), made, claim, stance="oppose").status_code == 409
    assert link_on(made, claim).stance == "support"


@pytest.mark.parametrize("act", [take, drop])
def test_without_htmx_the_way_leads_back(client_of, ana, taken, claim, act):
    response = act(client_of(ana), taken, claim, {}, stance="oppose")
    assert response.status_code == 302
    assert response["Location"].endswith(f"?statement={taken.uid}")
