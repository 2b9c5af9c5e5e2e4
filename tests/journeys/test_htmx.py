"""The htmx that the pages run is the one these tests were passed with, and stays within what is allowed to it."""

VERSION = "2.0.10"
"""What the locked django-htmx brings. The scripts lean on the order of its events and on how it queues and
settles: after an upgrade read what has changed there, run the journeys, then write the new version here."""
CONFIG = {
    "allowEval": False,
    "allowScriptTags": False,
    "historyCacheSize": 0,
    "includeIndicatorStyles": False,
    "selfRequestsOnly": True,
}


def test_the_page_runs_the_htmx_that_is_locked(desk):
    assert desk.page.evaluate("htmx.version") == VERSION
    found = desk.page.evaluate("names => names.map((name) => [name, htmx.config[name]])", list(CONFIG))
    assert dict(found) == CONFIG


def test_everything_that_a_page_loads_is_its_own(desk, live_server):
    loaded = desk.page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
    assert any("htmx" in address for address in loaded)
    assert [address for address in loaded if not address.startswith(f"{live_server.url}/static/")] == []
