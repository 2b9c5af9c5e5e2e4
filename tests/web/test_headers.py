"""What every answer tells the browser: nothing foreign runs, frames it or reads it."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
FRAMED_BY_NOBODY = "frame-ancestors 'none'"


@pytest.fixture
def client(settings):
    """Static files come from their sources, by the middleware that serves them in earnest."""
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    return Client(headers={"origin": "https://evil.example"})


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
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert FRAMED_BY_NOBODY in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in response


def test_they_are_on_a_refused_host_too(client):
    response = client.get("/sign-in/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert response["X-Frame-Options"] == "DENY"
    assert FRAMED_BY_NOBODY in response["Content-Security-Policy"]
