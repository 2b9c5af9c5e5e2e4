"""The watch and the check for barriers hear and see what they are there for."""

import pytest
from playwright.sync_api import Error

from tests.journeys.accessibility import barriers


@pytest.fixture
def page(browse):
    page = browse()
    page.goto("/sign-in/")
    return page


@pytest.mark.parametrize(
    ("act", "heard"),
    [
        ("() => console.error('ouch')", "console error: ouch"),
        ("() => void setTimeout(() => { throw new Error('thrown'); })", "script error: thrown"),
        ("() => { document.body.setAttribute('style', 'color: red'); }", "policy violation: style-src-attr"),
        ("() => void setTimeout(() => eval('1'))", "policy violation: script-src"),
        ("() => fetch('https://elsewhere.example/').catch(() => {})", "policy violation: connect-src"),
        ("() => fetch('/missing/').then((answer) => answer.text())", "status of 404"),
    ],
)
def test_complaints_are_heard(page, watch, act, heard):
    page.evaluate(act)
    page.evaluate("() => new Promise((done) => setTimeout(done))")  # later than what the act put off
    found = [complaint for complaint in watch.unexpected if heard in complaint]
    watch.complaints.clear()
    assert found


def test_foreign_requests_are_seen(page, watch):
    with pytest.raises(Error, match="ERR_"):
        page.goto("http://127.0.0.1:9/")  # where nothing listens
    page.close()
    assert watch.unexpected == ["foreign request: http://127.0.0.1:9/"]
    watch.complaints.clear()


def test_barriers_are_seen(page):
    assert barriers(page) == []
    page.evaluate("document.querySelector('label').remove()")
    assert any(line.startswith("label:") for line in barriers(page))
