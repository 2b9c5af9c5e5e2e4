"""An own file comes in over REST, all of it or nothing."""

import pytest

from annotations.corpus.models import Article
from annotations.statements.models import Statement
from tests.exchange.conftest import exported
from tests.factories.studies import make_membership, make_study

pytestmark = pytest.mark.django_db(transaction=True)
IMPORT = "/api/v1/studies/fresh/import/"


@pytest.fixture(autouse=True)
def _texts_may_leave(statement):
    Article.objects.update(text_may_leave=True)


@pytest.fixture
def fresh(mira):
    study = make_study("fresh")
    make_membership(study, mira, "manager")
    return study


def send(client, raw, query=""):
    return client.generic("POST", f"{IMPORT}{query}", raw, content_type="application/x-ndjson")


def test_a_file_comes_in_under_new_ids(api_of, mira, statement, fresh):
    study = statement.annotation_set.article.study
    response = send(api_of(mira), exported(study), "?new_ids=true")
    assert response.status_code == 200, response.content
    told = response.json()
    assert (told["imported"], told["counts"]["statement"]) == (True, 1)
    made = Statement.objects.in_study(fresh).get()
    assert made.uid != statement.uid
    assert made.quotation == statement.quotation


def test_a_dry_run_imports_nothing(api_of, mira, study, fresh):
    told = send(api_of(mira), exported(study), "?new_ids=true&dry_run=true").json()
    assert (told["imported"], told["counts"]["statement"]) == (False, 1)
    assert not Statement.objects.in_study(fresh).exists()


def test_ids_that_are_there_are_refused(api_of, mira, study, fresh):
    response = send(api_of(mira), exported(study))
    assert response.status_code in {409, 422}
    assert response["Content-Type"] == "application/problem+json"
    assert not fresh.articles.exists()


@pytest.mark.parametrize("raw", [b"", b"\n", b"{}\n", b"\xff\xfe", b'{"type": "study"}\n', b"no json"])
def test_what_is_no_file_of_ours_is_refused_with_its_place(api_of, mira, fresh, raw):
    response = send(api_of(mira), raw)
    assert (response.status_code, response.json()["code"]) == (422, "dataset_invalid"), response.content
    assert "line 1" in response.json()["detail"]


def test_a_cut_file_is_refused(api_of, mira, study, fresh):
    raw = exported(study)
    assert send(api_of(mira), raw[: len(raw) // 2], "?new_ids=true").status_code == 422
    assert not fresh.articles.exists()


def test_a_file_that_is_too_large_is_refused(api_of, mira, study, fresh, settings):
    settings.IMPORT_MAX_SIZE = 1000
    response = send(api_of(mira), exported(study), "?new_ids=true")
    assert (response.status_code, response.json()["code"]) == (413, "too_large")
    assert not fresh.articles.exists()


@pytest.mark.parametrize("query", ["?dry_run=yes", "?texts=x", "?page_size=3"])
def test_unknown_parameters_are_refused(api_of, mira, fresh, query):
    assert send(api_of(mira), b"{}\n", query).status_code == 400


def test_it_is_for_managers(api_of, ana, otto, fresh):
    make_membership(fresh, ana, "annotator")
    assert send(api_of(ana), b"{}\n").status_code == 403
    assert send(api_of(otto), b"{}\n").status_code == 404
