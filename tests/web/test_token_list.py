"""A user's own tokens."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from annotations.access.actions import digest_of
from annotations.access.models import ApiToken
from tests.factories.access import make_token

pytestmark = pytest.mark.django_db
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def make(client, **data):
    return client.post("/tokens/new/", {"scope": "read", "days": 30, "name": "", "study": "", **data})


def test_the_key_is_shown_once_and_only_its_digest_kept(client_of, ana, study):
    client = client_of(ana)
    response = make(client, name="nightly export", study="gates")
    assert response.status_code == 201
    key = re.search(r'id="key">([^<]+)<', response.content.decode())[1]
    token = ApiToken.objects.get()
    assert (token.digest, token.scope, token.study, token.name) == (
        digest_of(key),
        "read",
        study,
        "nightly export",
    )
    later = client.get("/tokens/").content.decode()
    assert key not in later
    assert "nightly export" in later
    assert token.hint in later


@pytest.mark.parametrize(
    "data", [{"scope": "admin"}, {"days": 0}, {"days": 9999}, {"days": ""}, {"study": "no-such"}]
)
def test_a_faulty_form_makes_none(client_of, ana, study, data):
    assert make(client_of(ana), **data).status_code == 422
    assert not ApiToken.objects.exists()


def test_no_token_for_a_study_of_others(client_of, ana, foreign):
    response = make(client_of(ana), study=foreign.study.slug)
    assert response.status_code == 422
    assert "zq7canary" not in client_of(ana).get("/tokens/").content.decode()


def test_revoking(client_of, ana):
    token = make_token(ana)
    assert client_of(ana).post(f"/tokens/{token.address}/revoke/")["Location"] == "/tokens/"
    assert not ApiToken.objects.exists()


def test_tokens_of_others_are_unknown(client_of, ana, ben):
    token = make_token(ben)
    assert client_of(ana).post(f"/tokens/{token.address}/revoke/").status_code == 404
    assert token.hint not in client_of(ana).get("/tokens/").content.decode()
    assert ApiToken.objects.exists()


def test_a_part_of_the_address_names_none(client_of, ana):
    token = make_token(ana)
    assert client_of(ana).post(f"/tokens/{token.address[:3]}/revoke/").status_code == 404


@pytest.mark.parametrize("address", ["/tokens/new/", "/tokens/0123456789abcdef/revoke/"])
def test_changes_need_a_post(client_of, ana, address):
    assert client_of(ana).get(address).status_code == 405


def test_the_list_says_when_a_token_was_used_last_and_what_is_past(client_of, api_of, ana, study):
    used, old = api_of(ana, used_on=None), make_token(ana, "read", expires_at=EPOCH, used_on=None)
    page = client_of(ana).get("/tokens/").content.decode()
    assert page.count(">never<") == 2
    assert "expired" in page
    used.get("/api/v1/studies/")
    old.refresh_from_db()
    assert old.used_on is None
    assert f"{now():%-d %b %Y}" in client_of(ana).get("/tokens/").content.decode()


def test_the_use_of_a_token_is_written_once_a_day(api_of, ana):
    program = api_of(ana, used_on=None)
    program.get("/api/v1/studies/")
    with CaptureQueriesContext(connection) as asked:
        program.get("/api/v1/studies/")
    assert not [each for each in asked if each["sql"].startswith("UPDATE")]


def test_a_token_of_a_study_in_the_bin_names_no_study(client_of, ana, study):
    make_token(ana, study=study)
    study.deleted_at = now()
    study.save()
    page = client_of(ana).get("/tokens/").content.decode()
    assert "a deleted study" in page
    assert study.name not in page
