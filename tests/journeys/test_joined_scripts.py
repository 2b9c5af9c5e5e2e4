"""The workbench with the scripts as an installation serves them: joined, hashed, compressed and few."""

import re
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.journeys.desk import Desk

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "project.statics.JoinedStaticFiles"},
}
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@pytest.fixture
def served(settings, tmp_path):
    """The folder of static files as `manage.py up` lays it out."""
    settings.STATIC_ROOT, settings.STORAGES = tmp_path / "static", STORAGES
    call_command("collectstatic", interactive=False, verbosity=0)
    return settings.STATIC_ROOT


@pytest.fixture
def page(served, browse, ana):
    """A window of Ana's whose static files come from that folder; `page.loaded` names them."""
    page = browse(ana)
    page.loaded = []

    def serve(route):
        path = served / urlsplit(route.request.url).path.removeprefix("/static/")
        page.loaded.append(path)
        route.fulfill(body=path.read_bytes(), content_type=TYPES[path.suffix])

    page.route(re.compile("/static/"), serve)
    return page


def test_a_statement_is_marked_with_joined_scripts(page, valley):
    desk = Desk(page).open(valley)
    card = desk.statement("They opened the gates at noon", "noon")
    expect(card).to_be_visible()
    desk.page.keyboard.press("?")
    expect(desk.page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_the_workbench_loads_few_and_small_files(page, valley):
    Desk(page).open(valley)
    loaded = {path for path in page.loaded if path.suffix != ".svg"}
    assert len(loaded) <= 7  # and the icon
    sent = [path.with_name(f"{path.name}.gz").stat().st_size for path in loaded]
    assert sum(sent) <= 80_000
