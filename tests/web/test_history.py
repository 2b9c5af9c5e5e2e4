"""Undo and redo over the web: what is answered where, and to whom."""

import json
import re

import pytest

from annotations.claims.actions import add_claim
from annotations.corpus.actions import describe_article
from annotations.speakers.actions import delete_speaker
from annotations.statements.actions import discard_statement, mark_statement, revise_statement
from annotations.statements.changes import StatementChanges
from annotations.statements.models import Statement
from annotations.studies.models import Membership, Role
from tests.factories.corpus import make_article
from tests.factories.speakers import make_speaker
from tests.factories.statements import make_statement, spans_of
from tests.factories.workload import make_set, submitted
from tests.web.asking import HTMX

pytestmark = pytest.mark.django_db
UNDO, REDO = "/studies/gates/undo/", "/studies/gates/redo/"


def at(article):
    """The headers with which the workbench of an article asks."""
    return {**HTMX, "HX-Current-URL": f"http://testserver{article.get_absolute_url()}?statement=x"}


def note(statement, words, by):
    row = Statement.objects.get(pk=statement.pk)
    changes = StatementChanges(note=words)
    revise_statement(statement=row, expected=row.version, changes=changes, by=by)


def note_of(statement):
    return Statement.objects.get(pk=statement.pk).note


def changed(response):
    return json.loads(response["HX-Trigger-After-Swap"])["statements-changed"]


def test_the_workbench_is_told_which_cards_to_show_anew(client_of, ana, article, statement):
    note(statement, "see below", ana)
    client = client_of(ana)
    response = client.post(UNDO, headers=at(article))
    assert (response.status_code, response["HX-Retarget"]) == (200, "#toast")
    assert changed(response) == {"there": [str(statement.uid)], "gone": []}
    assert f"Undone: revised {statement}." in response.content.decode()
    assert 'data-command="redo"' in response.content.decode()
    assert "Go there" not in response.content.decode()
    assert note_of(statement) == ""
    response = client.post(REDO, headers=at(article))
    assert f"Done again: revised {statement}." in response.content.decode()
    assert note_of(statement) == "see below"


def test_a_deletion_done_again_leaves_the_list(client_of, ana, article, statement):
    discard_statement(statement=statement, expected=1, by=ana)
    client = client_of(ana)
    assert changed(client.post(UNDO, headers=at(article))) == {"there": [str(statement.uid)], "gone": []}
    assert changed(client.post(REDO, headers=at(article))) == {"there": [], "gone": [str(statement.uid)]}


def test_a_step_elsewhere_is_undone_with_the_way_there(client_of, ana, study, article, statement):
    other = make_article(study, "The keeper spoke.\n")
    note(statement, "see below", ana)
    response = client_of(ana).post(UNDO, headers=at(other))
    assert changed(response) == {"there": [], "gone": []}
    assert f'href="{article.get_absolute_url()}?statement={statement.uid}"' in response.content.decode()
    assert note_of(statement) == ""


def test_other_pages_are_shown_anew_with_a_message(client_of, ana, study, article):
    add_claim(study=study, values={"text": "The river rose."}, by=ana)
    client = client_of(ana)
    response = client.post(UNDO, headers=at(article))
    assert response["HX-Refresh"] == "true"
    shown = client.get(article.get_absolute_url()).content.decode()
    assert "Undone: added the claim “The river rose.”." in shown
    assert not study.claims.filter(text="The river rose.").exists()


def test_without_htmx_one_is_led_to_the_place(client_of, ana, article, statement):
    note(statement, "see below", ana)
    response = client_of(ana).post(UNDO)
    assert response["Location"] == f"{article.get_absolute_url()}?statement={statement.uid}"
    describe_article(article=article, expected=1, metadata={"title": "Gates"}, by=ana)
    assert client_of(ana).post(UNDO)["Location"] == article.get_absolute_url()


def test_nothing_to_undo_is_said(client_of, ana, article):
    for address in (UNDO, REDO):
        response = client_of(ana).post(address, headers=at(article))
        assert (response.status_code, response["HX-Retarget"]) == (409, "#notice")
        assert "There is nothing" in response.content.decode()


def test_what_stands_in_the_way_is_said_and_the_step_passed_over(client_of, ana, ben, article, statement):
    second = make_statement(statement.annotation_set, ana, "Nobody warned us")
    note(second, "early", ana)
    note(statement, "ana's", ana)
    note(statement, "ben's", ben)
    client = client_of(ana)
    response = client.post(UNDO, headers=at(article))
    page = response.content.decode()
    assert (response.status_code, response["HX-Retarget"]) == (409, "#notice")
    assert "ben has changed the same since (note)." in page
    passed = re.search(r'name="passed"\s+value="([^"]+)"\s+form="turns"', page).group(1)
    assert client.post(UNDO, {"passed": passed}, headers=at(article)).status_code == 200
    assert (note_of(statement), note_of(second)) == ("ben's", "")


def test_a_closed_set_stays_as_it_is(client_of, ana, article, statement):
    note(statement, "see below", ana)
    statement.annotation_set.__class__.objects.update(**submitted())
    response = client_of(ana).post(UNDO, headers=at(article))
    assert response.status_code == 409
    assert "marked as done" in response.content.decode()
    assert note_of(statement) == "see below"


def test_who_may_no_longer_change_things_may_not_undo(client_of, ana, article, statement):
    note(statement, "see below", ana)
    Membership.objects.filter(user=ana).update(role=Role.VIEWER)
    assert client_of(ana).post(UNDO, headers=at(article)).status_code == 403
    assert note_of(statement) == "see below"


def test_a_deletion_once_allowed_is_not_done_again_by_who_may_not(client_of, mira, study):
    article = make_article(study, "The keeper spoke.\n")
    client = client_of(mira)
    client.post(f"{article.get_absolute_url()}delete/", {"version": 1})
    client.post(UNDO)
    Membership.objects.filter(user=mira).update(role=Role.ANNOTATOR)
    assert client.post(REDO, headers=at(article)).status_code == 403
    assert study.articles.present().filter(pk=article.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_what_it_referred_to_is_gone_at_the_commit(client_of, ana, mira, study, article, statement):  # noqa: PLR0917
    speaker = make_speaker(study, "Ida Venn")
    spans = spans_of(article.text, content="Nobody warned us")
    changes = StatementChanges(spans=spans, speaker=speaker)
    mark_statement(into=statement.annotation_set, changes=changes, by=ana)
    client = client_of(ana)
    assert client.post(UNDO, headers=at(article)).status_code == 200
    delete_speaker(speaker=speaker, expected=1, by=mira)
    response = client.post(REDO, headers=at(article))
    assert response.status_code == 409
    assert Statement.objects.count() == 1


def test_a_statement_of_an_adjudicated_set_comes_back_only_for_an_adjudicator(client_of, ada, article, study):
    into = make_set(article, kind="adjudicated")
    spans = spans_of(article.text, content="Nobody warned us")
    mark_statement(into=into, changes=StatementChanges(spans=spans), by=ada)
    client = client_of(ada)
    assert client.post(UNDO, headers=at(article)).status_code == 200
    Membership.objects.filter(user=ada).update(role=Role.ANNOTATOR)
    assert client.post(REDO, headers=at(article)).status_code == 403
    assert not Statement.objects.exists()


def test_the_buttons_are_there_for_who_may_use_them(client_of, ana, vic, article):
    assert 'id="undo"' in client_of(ana).get(article.get_absolute_url()).content.decode()
    assert 'id="undo"' not in client_of(vic).get(article.get_absolute_url()).content.decode()
