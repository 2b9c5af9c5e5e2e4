"""A browser, a server and people for stories; whatever a page complains of fails the story."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from annotations.exchange.actions import import_gold
from tests.cast import ROLES
from tests.factories.corpus import make_article
from tests.factories.speakers import make_outlet
from tests.factories.studies import make_membership
from tests.journeys.desk import Desk
from tests.journeys.watching import Watch

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

expect.set_options(timeout=15_000)  # generous: a slow machine is no defect


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    quiet = {"locale": "en-GB", "timezone_id": "UTC", "reduced_motion": "reduce", "color_scheme": "light"}
    return {**browser_context_args, **quiet, "viewport": DESK}


@pytest.fixture
def watch(new_context, live_server):
    """Listen to every page of the story; at its end nothing may be left that it did not allow."""
    watch = Watch(live_server.url)
    yield watch
    for page in watch.pages:
        if not page.is_closed():
            page.evaluate("1")  # lets the last reports arrive
    assert watch.unexpected == []


@pytest.fixture
def browse(new_context, live_server, watch):
    """Open a window in which a user is signed in, or nobody: `browse(ana, scheme="dark", size=PHONE)`."""

    def browse(user=None, *, scheme="light", size=DESK, **options):
        context = new_context(base_url=live_server.url, **options)
        context.set_default_timeout(15_000)
        watch.over(context)
        if user is not None:
            context.add_cookies([session_of(user, live_server.url)])
        page = context.new_page()
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        return page

    return browse


def session_of(user, origin):
    """Return the cookie of a new session of the user."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": origin}


@pytest.fixture
def demo(members):
    """The demo study with the five members in it; its annotation is the gold file's."""
    folder = settings.BASE_DIR / "annotations" / "demo"
    loaded = import_gold(
        raw=(folder / "demo_gold.json").read_bytes(),
        texts=folder,
        slug="demo",
        name="Korrin Dam flood (demo)",
        text_may_leave=True,
        by=members["mira"],
    )
    for name in ROLES.keys() - {"mira"}:
        make_membership(loaded.study, members[name], ROLES[name])
    return loaded.study


VALLEY = """Gates stood open, miller says
By Tomas Reed
The river rose overnight 🌊 and took the lower mill.
“They opened the gates at noon,” the miller Jon Abel told reporters.
“Nobody warned us, and nobody came.
Advertisement
“We stood on the roof until four,” he added.
The keeper, Ida Venn, said that no gate was opened before two and that Abel “heard his own clerk say so”.
According to the agency Menopress, Venn counted at least 31 drowned sheep.
"""
"""An emoji, a direct and an indirect quotation, one that runs on over an advertisement, one in another."""


@pytest.fixture
def valley(study):
    """An article of the shared study, without statements."""
    return make_article(study, VALLEY, outlet=make_outlet(study))


@pytest.fixture
def desk(browse, ana, valley):
    """Ana at the article, with nothing marked yet."""
    return Desk(browse(ana)).open(valley)
