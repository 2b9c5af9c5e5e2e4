"""Signing in and out."""

import re

import pytest
from django.conf import settings
from django.test import Client

from annotations.accounts.models import SignInFailure
from annotations.studies.models import Membership, Study
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db
PAGE = "/sign-in/"


def sign_in(client, username="ana", password=PASSWORD, **more):
    return client.post(PAGE, {"username": username, "password": password, **more})


def test_the_right_password_leads_to_the_studies(client, ana):
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


def test_a_stranger_is_sent_to_the_form_and_then_on(client, ana, study):
    address = f"/studies/{study.slug}/"
    assert client.get(address)["Location"] == f"{PAGE}?next={address}"
    assert sign_in(client, next=address)["Location"] == address


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/",
        "/\\evil.example",
        "https:evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\t/evil.example",
        "",
    ],
)
def test_no_redirect_to_another_site(client, ana, target):
    assert sign_in(client, next=target)["Location"] == "/"


def test_known_and_unknown_names_get_the_same_answer(client, ana):
    pages = [sign_in(client, name, "wrong") for name in ("ana", "nobody-of-that-name")]
    assert [page.status_code for page in pages] == [422, 422]
    told = [page.content.decode().split('role="alert"')[1].split("</div>")[0] for page in pages]
    assert told[0] == told[1]


def test_a_deactivated_user_is_told_no_more(client, dora):
    assert sign_in(client, "dora").status_code == 422
    assert client.get("/").status_code == 302


def test_the_sixth_try_is_refused_even_with_the_right_password(client, ana):
    for _ in range(settings.SIGN_IN_FAILURES_ALLOWED):
        assert sign_in(client, password="wrong").status_code == 422
    response = sign_in(client)
    assert response.status_code == 429
    assert "Wait 5 minutes" in response.content.decode()
    assert response["Retry-After"] == "300"
    assert client.get("/").status_code == 302


def test_another_name_and_another_address_are_not_throttled(client, ana, ben):
    for _ in range(settings.SIGN_IN_FAILURES_ALLOWED):
        sign_in(client, password="wrong")
    assert sign_in(Client(), "ben").status_code == 302
    assert sign_in(Client(REMOTE_ADDR="198.51.100.7")).status_code == 302


def test_the_right_password_clears_the_count(client, ana):
    sign_in(client, password="wrong")
    sign_in(client)
    assert not SignInFailure.objects.exists()


def test_an_empty_form_counts_for_nothing(client, ana):
    assert sign_in(client, password="").status_code == 422
    assert not SignInFailure.objects.exists()


def test_the_session_key_changes_at_sign_in(client, ana):
    client.get(PAGE)
    session = client.session
    session["marker"] = "before"
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    sign_in(client)
    assert client.session.session_key != before


def test_the_first_sign_in_finds_a_personal_shared_study(client, ana, study):
    sign_in(client)
    own = Study.objects.get(name="ana’s study")
    assert own.mode == "shared"
    assert Membership.objects.get(study=own, user=ana).role == "manager"
    client.post("/sign-out/")
    sign_in(client)
    assert Study.objects.filter(name="ana’s study").count() == 1


def test_signing_out_needs_a_post_and_ends_the_session(client_of, ana):
    client = client_of(ana)
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/").status_code == 200
    assert client.post("/sign-out/")["Location"] == PAGE
    assert client.get("/").status_code == 302


def test_a_form_without_token_is_refused_in_words(ana):
    client = Client(enforce_csrf_checks=True)
    response = sign_in(client)
    assert response.status_code == 403
    assert "too old to send" in response.content.decode()


def test_htmx_without_a_session_is_answered_401_with_the_event(client, ana):
    response = client.get("/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Trigger"]) == (401, "sign-in-required")


def test_the_dialog_gets_the_form_alone_and_then_a_fresh_token(client, ana):
    part = client.get(PAGE, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'name="password"' in part
    response = client.post(PAGE, {"username": "ana", "password": PASSWORD}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert 'data-signed-in="ana"' in response.content.decode()
    assert "csrfmiddlewaretoken" in response.content.decode()


def test_who_is_signed_in_needs_no_form(client_of, ana):
    assert client_of(ana).get(f"{PAGE}?next=/tokens/")["Location"] == "/tokens/"


def test_after_a_wrong_password_the_password_is_asked_again(client, ana):
    def focused(page):
        return [tag for tag in re.findall(r"<input[^>]+>", page) if "autofocus" in tag]

    (name,) = focused(client.get(PAGE).content.decode())
    (password,) = focused(sign_in(client, password="wrong").content.decode())
    assert ('name="username"' in name, 'name="password"' in password) == (True, True)


@pytest.mark.parametrize(
    "case",
    [
        (0, "203.0.113.{n}", True),  # nobody vouches for the header
        (1, "203.0.113.{n}, 198.51.100.7", True),  # the client makes up the first
        (1, "198.51.100.7, 203.0.113.{n}", False),  # as many clients behind the proxy
        (2, "203.0.113.{n}, 198.51.100.7, 192.0.2.1", True),
        (2, "203.0.113.{n}", True),  # past the proxies
    ],
)
def test_a_made_up_address_does_not_defeat_the_throttle(client, ana, settings, case):
    settings.PROXIES, forwarded, locked_out = case
    for n in range(6):
        headers = {"X-Forwarded-For": forwarded.format(n=n)}
        response = client.post("/sign-in/", {"username": "ana", "password": "wrong"}, headers=headers)
    assert response.status_code == (429 if locked_out else 422)
