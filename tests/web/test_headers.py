"""Row j1 beside the matrix, which holds the headers of every page and every answer: other answers, both profiles."""

import json
import os
import subprocess
import sys

import pytest
from django.test import Client

from project.environment import ROOT
from tests.headers import faults_of_headers

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(settings):
    """Static files come from their sources, by the middleware that serves them in earnest."""
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    return Client(headers={"origin": "https://evil.example"}, raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/sign-in/", 200),
        ("/", 302),
        ("/nothing-here/", 404),
        ("/api/v1/studies/", 401),
        ("/api/v1/nothing/", 404),
        ("/static/annotations/annotations.css", 200),
        ("/static/nothing.css", 404),
    ],
)
def test_headers_are_on_every_kind_of_answer(client, address, status):
    response = client.get(address)
    response.close()  # a static file is open
    assert response.status_code == status
    assert faults_of_headers(response, cached=address.startswith("/static/")) == []


def test_they_are_on_a_refused_host_too(client):
    response = client.get("/sign-in/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert faults_of_headers(response, cached=True) == []


def test_they_are_on_a_body_too_large(client, client_of, ana, study, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = client_of(ana, raise_request_exception=False).post("/studies/new/", {"name": "A" * 200})
    assert response.status_code in {400, 413}
    assert faults_of_headers(response) == []


def test_they_are_on_a_failure_of_ours_too(client_of, ana, monkeypatch):
    def broken(user):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("annotations.web.views.study.studies_of", broken)
    response = client_of(ana, raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert faults_of_headers(response) == []


def test_a_form_without_its_token_is_refused_with_them(ana):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    response = client.post("/studies/new/", {"name": "Dam"})
    assert response.status_code == 403
    assert faults_of_headers(response) == []


def test_preflights_of_other_origins_are_told_nothing(client):
    for origin in ("https://evil.example", "null", "http://testserver.evil.example"):
        asked = {"origin": origin, "access-control-request-method": "PATCH"}
        for address in ("/api/v1/studies/", "/sign-in/", "/"):
            response = client.options(address, headers=asked)
            assert [name for name in response.headers if name.lower().startswith("access-control-")] == []


@pytest.mark.parametrize(
    ("middleware", "missed"),
    [
        ("csp.middleware.CSPMiddleware", "the policy differs"),
        ("django.middleware.security.SecurityMiddleware", "X-Content-Type-Options is None"),
        ("django.middleware.clickjacking.XFrameOptionsMiddleware", "X-Frame-Options is None"),
        ("annotations.web.middleware.PrivatePages", "kept by caches"),
    ],
)
def test_a_header_that_is_off_is_found_out(middleware, missed, settings, ana):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != middleware]
    client = Client()
    client.force_login(ana)
    assert any(missed in fault for fault in faults_of_headers(client.get("/")))


def test_a_cookie_that_scripts_may_read_is_found_out(client, settings):
    settings.CSRF_COOKIE_HTTPONLY = False
    assert "scripts may read the cookie atodds_csrf" in faults_of_headers(client.get("/sign-in/"))


SERVER = """
import json, django
django.setup()
from django.test import Client
from tests.headers import faults_of_headers
client = Client(headers={"host": "atodds.example", "x-forwarded-proto": "https"})
page = client.get("/sign-in/")
plain = Client(headers={"host": "atodds.example"}).get("/sign-in/")
print(json.dumps({
    "faults": faults_of_headers(page, secure=True), "cookies": list(page.cookies), "status": page.status_code,
    "plain": [plain.status_code, plain.get("Location")],
}))
"""


def test_the_server_profile_speaks_https_alone(tmp_path):
    """In a process of its own: the profile is read when the settings are."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ATODDS_")}
    profile = {"ATODDS_PROFILE": "server", "ATODDS_ALLOWED_HOSTS": "atodds.example", "DATABASE_URL": ""}
    own = {"ATODDS_DATA_DIR": str(tmp_path), "ATODDS_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz" * 2}
    settings = {"DJANGO_SETTINGS_MODULE": "project.settings"}
    plain_statics = (
        "from django.conf import settings\n"
        "settings.STORAGES['staticfiles']['BACKEND'] = 'django.contrib.staticfiles.storage.StaticFilesStorage'\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", plain_statics + SERVER],
        env=kept | profile | own | settings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told == {
        "faults": [],
        "cookies": ["__Host-csrf"],
        "status": 200,
        "plain": [301, "https://atodds.example/sign-in/"],
    }
