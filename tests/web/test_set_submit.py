"""Marking an article as done, and reopening it."""

import re

import pytest

from annotations.audit.models import Event
from annotations.workload.models import AnnotationSet
from tests.factories.corpus import make_article
from tests.factories.statements import make_statement
from tests.factories.workload import make_own_set, make_set, submitted
from tests.web.asking import HTMX

pytestmark = pytest.mark.django_db


def test_done_and_reopened(client_of, ana, article, shared_set, statement):
    client = client_of(ana)
    response = client.post(
        f"{article.get_absolute_url()}submit/", {"set": shared_set.uid, "version": 1}, headers=HTMX
    )
    assert (response.status_code, response["HX-Retarget"]) == (200, "#bench")
    page = response.content.decode()
    assert "<html" not in page
    assert 'id="mark-form"' not in page
    assert str(statement.uid) in page
    shared_set.refresh_from_db()
    assert shared_set.state == "submitted"
    response = client.post(
        f"{article.get_absolute_url()}reopen/", {"set": shared_set.uid, "version": 2}, headers=HTMX
    )
    assert 'id="mark-form"' in response.content.decode()
    shared_set.refresh_from_db()
    assert (shared_set.state, shared_set.submitted_at) == ("open", None)


def test_without_htmx_the_answer_leads_back(client_of, ana, article, shared_set):
    response = client_of(ana).post(
        f"{article.get_absolute_url()}submit/", {"set": shared_set.uid, "version": 1}
    )
    assert response["Location"] == f"{article.get_absolute_url()}?set={shared_set.uid}"


def test_an_article_that_nobody_marked_can_be_done(client_of, ana, article):
    """Looked, found nothing: that is data, too."""
    client_of(ana).post(f"{article.get_absolute_url()}submit/")
    made = AnnotationSet.objects.get(article=article)
    assert (made.kind, made.state) == ("shared", "submitted")
    assert list(Event.objects.values_list("verb", flat=True).order_by("id")) == ["set.open", "set.submit"]


def test_an_annotator_of_an_independent_study_submits_their_own(client_of, ana, ben, independent_study):
    article = make_article(independent_study)
    bens = make_own_set(article, ben)
    client_of(ana).post(f"{article.get_absolute_url()}submit/")
    assert AnnotationSet.objects.get(article=article, author__user=ana).state == "submitted"
    bens.refresh_from_db()
    assert bens.state == "open"
    response = client_of(ana).post(f"{article.get_absolute_url()}submit/", {"set": bens.uid, "version": 1})
    assert response.status_code == 404


@pytest.mark.parametrize("act", ["submit", "reopen"])
class TestRefusals:
    def test_wrong_verb(self, client_of, ana, article, shared_set, act):
        assert client_of(ana).get(f"{article.get_absolute_url()}{act}/").status_code == 405

    def test_stranger(self, client_of, otto, article, shared_set, act):
        given = {"set": shared_set.uid, "version": 1}
        assert client_of(otto).post(f"{article.get_absolute_url()}{act}/", given).status_code == 404

    def test_viewer(self, client_of, vic, article, shared_set, act):
        given = {"set": shared_set.uid, "version": 1}
        assert client_of(vic).post(f"{article.get_absolute_url()}{act}/", given).status_code == 403

    def test_a_version_that_is_no_number(self, client_of, ana, article, shared_set, act):
        given = {"set": shared_set.uid, "version": "x"}
        assert client_of(ana).post(f"{article.get_absolute_url()}{act}/", given).status_code == 422


def test_stale_closed_and_missing(client_of, ana, article, shared_set):
    client, address = client_of(ana), article.get_absolute_url()
    response = client.post(f"{address}submit/", {"set": shared_set.uid, "version": 9}, headers=HTMX)
    assert response.status_code == 409
    assert "was changed meanwhile" in response.content.decode()
    assert client.post(f"{address}reopen/", {"set": shared_set.uid, "version": 1}).status_code == 409
    assert client.post(f"{address}reopen/").status_code == 404
    shared_set.refresh_from_db()
    assert (shared_set.state, shared_set.version) == ("open", 1)


def test_a_set_that_is_done_is_not_done_twice(client_of, ana, article):
    done = make_set(article, **submitted())
    response = client_of(ana).post(f"{article.get_absolute_url()}submit/", {"set": done.uid, "version": 1})
    assert response.status_code == 409
    assert "submitted already" in response.content.decode()


def _go_on(response):
    return re.search(r'<a class="btn [^"]*"\s+id="go-on"\s+href="([^"]+)"', response.content.decode())[1]


def test_what_to_do_next_is_new_work_then_work_under_way_then_the_list(client_of, ana, article, shared_set):
    study = article.study
    begun, fresh = make_article(study, "Begun\n"), make_article(study, "Fresh\n")
    make_statement(make_set(begun), ana, "Begun")
    client = client_of(ana)
    answer = client.post(
        f"{article.get_absolute_url()}submit/", {"set": shared_set.uid, "version": 1}, headers=HTMX
    )
    assert _go_on(answer) == fresh.get_absolute_url()
    client.post(f"{fresh.get_absolute_url()}submit/")
    assert _go_on(client.get(fresh.get_absolute_url())) == begun.get_absolute_url()
    kept = AnnotationSet.objects.get(article=begun)
    client.post(f"{begun.get_absolute_url()}submit/", {"set": kept.uid, "version": kept.version})
    assert _go_on(client.get(begun.get_absolute_url())) == study.get_absolute_url()


def test_a_reader_of_a_done_article_is_given_no_work(client_of, vic, article):
    make_set(article, **submitted())
    make_article(article.study, "Fresh\n")
    page = client_of(vic).get(article.get_absolute_url()).content.decode()
    assert 'id="go-on"' not in page
    assert "This article is marked as done." in page
