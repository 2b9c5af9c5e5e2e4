"""Speakers while coding: found by name or alias, introduced in place and set in the same step."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.speakers.models import Speaker
from tests.factories.speakers import make_alias, make_outlet, make_speaker
from tests.factories.statements import make_chain_link, make_statement
from tests.factories.workload import make_set, submitted
from tests.web.asking import HTMX

pytestmark = pytest.mark.django_db


def suggest(client, study, q, **given):
    return client.get(f"/studies/{study.slug}/speakers/suggest/", {"q": q, **given}, headers=HTMX)


def names_in(response):
    return re.findall(r'data-name="([^"]*)"', response.content.decode())


def create(client, of, headers=HTMX, **given):
    study = of.annotation_set.article.study
    fields = {"version": 1, "statement": str(of.uid), "name": "Orla Venn", **given}
    return client.post(f"/studies/{study.slug}/speakers/new/", fields, headers=headers)


def test_names_and_aliases_are_searched_best_first(client_of, ana, study):
    minister = make_speaker(study, "Torv Hallane", role="deputy rivers minister")
    make_alias(minister, "the minister")
    make_speaker(study, "Ministry of Rivers", type="organisation")
    make_speaker(study, "Old Ministry Hall")
    make_speaker(study, "Ida Venn")
    response = suggest(client_of(ana), study, "MINIST")
    assert names_in(response) == ["Ministry of Rivers", "Old Ministry Hall", "Torv Hallane"]
    page = response.content.decode()
    assert "“the minister”, person, deputy rivers minister" in page
    assert f'data-value="{minister.uid}"' in page
    assert b"<html" not in response.content


def test_at_most_eight_are_offered(client_of, ana, study):
    for n in range(12):
        make_speaker(study, f"Miller {n:02}")
    assert len(names_in(suggest(client_of(ana), study, "miller"))) == 8


def test_a_new_name_may_be_created_from_the_list(client_of, ana, study, statement):
    page = suggest(client_of(ana), study, "Orla Venn", statement=str(statement.uid), part="speaker").content
    assert "Create speaker “Orla Venn”" in page.decode()
    assert f'data-into="#new-speaker-{statement.uid}"' in page.decode()
    assert b"speakers/new/?name=Orla+Venn" in page


def test_a_viewer_is_offered_no_creation(client_of, vic, study, statement):
    response = suggest(client_of(vic), study, "Nobody", statement=str(statement.uid), part="speaker")
    assert "Create" not in response.content.decode()
    assert "Nothing found." in response.content.decode()


def test_suggestions_keep_to_the_study(client_of, ana, otto, study, foreign):
    assert names_in(suggest(client_of(ana), study, "zq7canary")) == []
    assert suggest(client_of(otto), study, "abel").status_code == 404


def test_suggestions_cost_the_same_for_many(client_of, ana, study):
    client, counts = client_of(ana), []
    for n in range(2, 9):
        affiliation = make_speaker(study, f"Guild {n}")
        make_alias(make_speaker(study, f"Miller {n}", affiliation=affiliation), f"old miller {n}")
        with CaptureQueriesContext(connection) as queries:
            suggest(client, study, "miller")
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_the_form_is_filled_with_the_name(client_of, ana, study, statement):
    given = {"name": "Orla “O” Venn", "statement": str(statement.uid), "part": "relay"}
    address = f"/studies/{study.slug}/speakers/new/"
    part, page = client_of(ana).get(address, given, headers=HTMX), client_of(ana).get(address, given)
    assert 'value="Orla “O” Venn"' in part.content.decode()
    assert 'name="part" value="relay"' in re.sub(r"\s+", " ", part.content.decode())
    assert b"<html" not in part.content
    assert b"<html" in page.content


def test_a_speaker_is_introduced_and_set_in_one_step(client_of, ana, statement):
    response = create(
        client_of(ana), statement, type="person", role="keeper of the gate", affiliation="Gate Board"
    )
    page = response.content.decode()
    assert (response.status_code, response["HX-Trigger"]) == (200, "saved")
    assert f'<li class="card open" id="s-{statement.uid}"' in page
    assert "keeper of the gate, Gate Board" in page
    statement.refresh_from_db()
    made = statement.speaker
    assert (statement.version, made.name, made.type, made.role) == (
        2,
        "Orla Venn",
        "person",
        "keeper of the gate",
    )
    assert (made.affiliation.name, made.affiliation.type) == ("Gate Board", "organisation")


def test_a_known_affiliation_is_found(client_of, ana, study, statement):
    board = make_speaker(study, "Gate Board", type="state")
    make_alias(board, "the board")
    create(client_of(ana), statement, affiliation="The Board")
    assert Speaker.objects.get(name="Orla Venn").affiliation == board


def test_a_relay_is_introduced_into_the_chain(client_of, ana, study, statement, speaker):
    make_chain_link(statement, speaker)
    make_chain_link(statement, make_outlet(study), 1, "publisher")
    response = create(client_of(ana), statement, name="Menopress", type="media", part="relay")
    assert response.status_code == 200
    links = statement.chain.select_related("speaker")
    assert [link.speaker.name for link in links] == ["Jon Abel", "Menopress", "Yarle Valley Courier"]
    statement.refresh_from_db()
    assert statement.speaker == speaker


def test_two_people_may_have_one_name(client_of, ana, statement, speaker):
    create(client_of(ana), statement, name="Jon Abel")
    statement.refresh_from_db()
    assert statement.speaker != speaker
    assert Speaker.objects.filter(name="Jon Abel").count() == 2


@pytest.mark.parametrize(
    "given",
    [
        {"name": ""},
        {"name": "x" * 301},
        {"name": "a\0b"},
        {"type": "nonsense"},
        {"role": "x" * 301},
        {"affiliation": "x" * 301},
        {"version": "x"},
    ],
)
def test_what_does_not_fit_is_refused_and_nobody_is_added(client_of, ana, statement, given):
    before = Speaker.objects.count()
    response = create(client_of(ana), statement, **given)
    assert response.status_code == 422
    assert "data-problem" in response.content.decode()
    assert Speaker.objects.count() == before


def test_nobody_is_added_for_an_edit_that_came_too_late(client_of, ana, shared_set):
    late = make_statement(shared_set, ana, version=2)
    before = Speaker.objects.count()
    response = create(client_of(ana), late, affiliation="Gate Board")
    page = response.content.decode()
    assert response.status_code == 409
    assert "Orla Venn" in page
    assert 'name="affiliation" value="Gate Board"' in page
    assert Speaker.objects.count() == before
    assert create(client_of(ana), late, version=2, affiliation="Gate Board").status_code == 200
    assert Speaker.objects.count() == before + 2


def test_who_may_and_who_may_not(client_of, vic, otto, statement):
    before = Speaker.objects.count()
    assert create(client_of(otto), statement).status_code == 404
    assert create(client_of(vic), statement).status_code == 403
    assert Speaker.objects.count() == before


@pytest.mark.parametrize("uid", ["", "nonsense", "5a9c2f5e-9c54-4d25-8a15-2f4e0a9a0001"])
def test_a_statement_is_needed(client_of, ana, study, statement, uid):
    assert create(client_of(ana), statement, statement=uid).status_code == 404


def test_another_studys_statement_reads_as_unknown(client_of, ana, statement, foreign):
    assert create(client_of(ana), statement, statement=str(foreign.statement.uid)).status_code == 404


def test_a_set_that_is_done_is_closed_and_nobody_is_added(client_of, ana, article):
    made = make_statement(make_set(article, **submitted()), ana)
    before = Speaker.objects.count()
    assert create(client_of(ana), made).status_code == 409
    assert Speaker.objects.count() == before


def test_wrong_verbs(client_of, ana, study):
    assert client_of(ana).post(f"/studies/{study.slug}/speakers/suggest/").status_code == 405
    assert client_of(ana).put(f"/studies/{study.slug}/speakers/new/").status_code == 405


def test_without_htmx_the_way_leads_back(client_of, ana, statement):
    response = create(client_of(ana), statement, {})
    assert response.status_code == 302
    assert response["Location"].endswith(f"?statement={statement.uid}")


@pytest.mark.parametrize(("part", "likely"), [("speaker", "person"), ("relay", "media")])
def test_the_likely_type_is_chosen_beforehand(client_of, ana, statement, part, likely):
    given = {"statement": statement.uid, "name": "Menopress", "part": part}
    page = client_of(ana).get("/studies/gates/speakers/new/", given).content.decode()
    assert re.findall(r'value="(\w+)"\s+selected', page) == [likely]
