"""Who is let in: tokens by digest, alive and in scope; sessions with a CSRF token."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotations.studies.models import Study
from tests.api.conftest import Program, program_of
from tests.factories.access import key_for, make_token

BODY = '{"name": "New"}'


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Token",
        "Token ",
        "Token wrong",
        "Token key-for-tests-ana-write extra",
        "Bearer key-for-tests-ana-write",
        "Basic YW5hOmFuYQ==",
        "Token \u00fcber",
        "key-for-tests-ana-write",
    ],
)
def test_no_token_and_a_wrong_one_are_401(ana, header):
    make_token(ana)
    response = Program({"authorization": header} if header is not None else {}).get("/studies/")
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Token")
    assert response.json()["code"] == "not_authenticated"


def test_the_scheme_may_be_written_in_any_case(ana):
    make_token(ana)
    assert Program({"authorization": f"token {key_for(ana)}"}).get("/studies/").status_code == 200


def test_a_token_dies_when_it_expires_is_revoked_or_its_user_is_deactivated(ana, ben, ada):
    make_token(ana, expires_at=timezone.now() - timedelta(seconds=1))
    for user in (ben, ada):
        make_token(user)
    assert program_of(ana).get("/studies/").status_code == 401
    assert program_of(ben).get("/studies/").status_code == 200
    reader, judge = program_of(ben), program_of(ada)
    ben.api_tokens.all().delete()
    ada.is_active = False
    ada.save()
    assert reader.get("/studies/").status_code == 401
    assert judge.get("/studies/").status_code == 401


def test_a_token_and_its_user_are_one_query(ana, study, django_assert_num_queries):
    program = program_of(ana)
    with django_assert_num_queries(2):
        program.get("/studies/gates/")


def test_a_token_of_scope_read_changes_nothing(ana, world):
    reader = program_of(ana, scope="read")
    assert reader.get("/studies/gates/").status_code == 200
    refused = [
        reader.post("/studies/", {"name": "New"}),
        reader.post(f"/articles/{world.article.uid}/statements/", {}),
        reader.patch(f"/statements/{world.statement.uid}/", {"note": "x"}, match=1),
        reader.delete(f"/statements/{world.statement.uid}/", match=1),
        reader.post(f"/sets/{world.set.uid}/submit/"),
    ]
    assert {(one.status_code, one.json()["code"]) for one in refused} == {(403, "forbidden")}
    assert "scope write" in refused[0].json()["detail"]


def test_a_token_bound_to_a_study_makes_no_other(ana, world):
    make_token(ana, study=world.study)
    program = program_of(ana)
    assert [found["slug"] for found in program.get("/studies/").json()["results"]] == ["gates"]
    assert program.post("/studies/", {"name": "New"}).status_code == 403
    assert Study.objects.count() == 1


def test_a_session_reads_and_writes_with_its_csrf_token(ana, study):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ana)
    assert browser.get("/api/v1/studies/").status_code == 200
    refused = browser.post("/api/v1/studies/", BODY, content_type="application/json")
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    for method in ("patch", "delete"):
        assert getattr(browser, method)("/api/v1/studies/gates/", "{}").status_code == 403
    assert Study.objects.count() == 1
    token = "a" * 32
    browser.cookies["atodds_csrf"] = token
    made = browser.post(
        "/api/v1/studies/", BODY, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert made.status_code == 201


def test_a_session_of_a_deactivated_user_is_dead(ana, study):
    browser = Client()
    browser.force_login(ana)
    ana.is_active = False
    ana.save()
    assert browser.get("/api/v1/studies/").status_code == 401


def test_a_token_needs_no_csrf_token(ana):
    make_token(ana)
    program = Client(enforce_csrf_checks=True, headers={"authorization": f"Token {key_for(ana)}"})
    assert program.post("/api/v1/studies/", BODY, content_type="application/json").status_code == 201


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_no_other_site_is_let_in(ana, origin):
    program = program_of(ana)
    for method in ("get", "options"):
        response = program.send(method, "/studies/", origin=origin, access_control_request_method="GET")
        assert not [name for name in response.headers if name.lower().startswith("access-control")]


def test_superusers_are_no_members(admin_user, world):
    program = program_of(admin_user)
    assert program.get("/studies/").json()["results"] == []
    assert program.get("/studies/gates/").status_code == 404
    assert program.get(f"/statements/{world.statement.uid}/").status_code == 404
