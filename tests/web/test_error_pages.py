"""Pages for what went wrong: the right status, a sentence, a way on."""

import re

import pytest
from django.test import Client

from annotations.web.views.errors import server_error

pytestmark = pytest.mark.django_db


def test_an_unknown_address_and_a_foreign_study_are_404_with_a_sentence(client_of, ana):
    for address in ("/nothing-here/", "/studies/nothing/"):
        response = client_of(ana).get(address)
        assert response.status_code == 404
        assert "data-problem" in response.content.decode()
        assert 'href="/"' in response.content.decode()


def test_htmx_gets_the_sentence_alone(client_of, ana):
    response = client_of(ana).get("/studies/nothing/", headers={"HX-Request": "true"})
    assert response.status_code == 404
    page = response.content.decode()
    assert page.strip().startswith('<div class="notice problem" role="alert">')
    assert "There is no such study" in page
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#notice", "innerHTML")
    unknown = client_of(ana).get("/nothing-here/", headers={"HX-Request": "true"})
    assert (unknown.status_code, unknown["HX-Retarget"]) == (404, "#notice")


def test_a_host_that_is_not_ours_is_refused(client):
    response = client.get("/sign-in/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "could not be read" in response.content.decode()


def test_the_page_for_a_broken_server_needs_nothing(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Nothing of what you sent was saved" in response.content.decode()


def test_the_page_for_a_broken_view_is_that_one(client_of, ana, monkeypatch):
    def broken(user):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("annotations.web.views.study.studies_of", broken)
    client = client_of(ana, raise_request_exception=False)
    response = client.get("/")
    assert response.status_code == 500
    assert "secret detail" not in response.content.decode()


def test_every_page_configures_htmx_for_the_policy(client_of, ana):
    page = client_of(ana).get("/").content.decode()
    config = re.search(r"content='(\{.+?\})'", page)[1]
    for piece in (
        '"includeIndicatorStyles": false',
        '"allowEval": false',
        '"selfRequestsOnly": true',
        '"allowScriptTags": false',
        '"historyCacheSize": 0',
    ):
        assert piece in config
    assert "<style" not in page
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)
    assert not re.search(r"\son\w+=", page)


def test_pages_stay_out_of_caches_and_carry_the_policy(client_of, ana):
    response = client_of(ana).get("/")
    assert "no-store" in response["Cache-Control"]
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_stale_csrf_token_is_explained(ana):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    response = client.post("/studies/new/", {"name": "Dam", "mode": "shared"})
    assert response.status_code == 403
    assert "nothing was saved" in response.content.decode()
    part = client.post("/studies/new/", {"name": "Dam"}, headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Trigger"], part["HX-Retarget"]) == (403, "form-expired", "#notice")
