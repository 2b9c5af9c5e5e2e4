"""Every page, in daylight at a desk and in the dark on a telephone: open to everybody, and never too wide."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.timezone import now
from playwright.sync_api import expect

from annotations.corpus.actions import ArticleDraft
from annotations.corpus.models import Article
from annotations.revisions.actions import revise_article
from annotations.statements.actions import revise_statement
from annotations.statements.changes import StatementChanges
from annotations.statements.models import ChainLink, Statement
from annotations.studies.models import Role
from tests.architecture.matrix import PAGES
from tests.factories.accounts import make_user
from tests.factories.corpus import make_article
from tests.factories.statements import make_statement
from tests.factories.studies import make_membership, make_study
from tests.factories.workload import make_set, submitted
from tests.journeys.accessibility import barriers
from tests.journeys.conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)

LOOKS = [("light", DESK), ("dark", PHONE)]
FITS = "document.documentElement.scrollWidth <= innerWidth"
ZOOMED = {"width": 320, "height": 400}
"""What a desk's window holds at 400 %."""


@dataclass(frozen=True)
class World:
    """The demo study, an empty one, one in the archive, one in the bin; and somebody who belongs to none."""

    users: dict[str, Any]
    demo: Any
    article: Article
    statement: Statement
    bare: Article
    done: Article
    outdated: Article
    corrected: Article
    waiting: Statement

    def link_to_set_password(self):
        user = self.users["nora"]
        uid = urlsafe_base64_encode(force_bytes(user.pk))
        return {"uidb64": uid, "token": default_token_generator.make_token(user)}


@pytest.fixture
def world(demo, members):
    for slug, fields in {"quiet": {}, "old": {"archived_at": now()}, "gone": {"deleted_at": now()}}.items():
        make_membership(make_study(slug, **fields), members["mira"], Role.MANAGER)
    done = make_article(demo, "Done\nThere is “nothing” in it.\n")
    make_set(done, **submitted())
    make_article(demo, "Binned\nIt lies in the bin.\n", deleted_at=now())
    statement = Statement.objects.present().filter(stances__isnull=False, chain__isnull=False).latest("start")
    for words in ("see below", "see there"):
        changes = StatementChanges(note=words)
        revise_statement(statement=statement, expected=statement.version, changes=changes, by=members["mira"])
    outdated = make_article(demo, "Outdated\nThe keeper said that no gate was opened before two.\n")
    waiting = make_statement(make_set(outdated), members["mira"], "no gate was opened before two")
    draft = ArticleDraft(text=outdated.text.replace("no gate", "not one gate"))
    corrected = revise_article(article=outdated, expected=1, draft=draft, by=members["mira"]).article
    return World(
        outdated=outdated,
        corrected=corrected,
        waiting=waiting,
        users={**members, "nora": make_user("nora"), "root": make_user("root", is_superuser=True)},
        demo=demo,
        article=statement.annotation_set.article,
        statement=statement,
        bare=make_article(demo, "Bare\nNobody has marked “anything” in it.\n"),
        done=done,
    )


@dataclass(frozen=True)
class Sight:
    """A page in one state: who sees it, what the address names, what is done there first."""

    who: str | None = "mira"
    ids: Callable[[World], dict[str, Any]] = lambda world: {}
    query: Callable[[World], str] = lambda world: ""
    act: Callable[[Any], None] = lambda page: None


def of(slug):
    return lambda world: {"slug": slug}


def at(name):
    return lambda world: {"slug": "demo", "article": getattr(world, name).uid}


def opened(world):
    return f"?statement={world.statement.uid}"


def about(world):
    return f"?statement={world.statement.uid}&name=Orla+Venn&text=The+river+rose."


def of_speaker(world):
    return {"slug": "demo", "speaker": world.statement.speaker.uid}


def of_relay(world):
    link = ChainLink.objects.filter(speaker__study=world.demo, role="relay").select_related("speaker")[0]
    return {"slug": "demo", "speaker": link.speaker.uid}


def of_claim(world):
    return {"slug": "demo", "claim": world.statement.stances.all()[0].claim.uid}


def another_claim(world):
    return world.demo.claims.exclude(uid=of_claim(world)["claim"]).first().uid


def press(name):
    return lambda page: page.get_by_role("button", name=name).click()


def make_token(page):
    press("Make token")(page)
    expect(page.get_by_text("It is shown only now")).to_be_visible()


def send_nothing(page):
    """Send a form past the browser's own checks, so that the server's refusals are shown."""
    page.locator("main form").first.evaluate("form => { form.noValidate = true; form.requestSubmit(); }")
    expect(page.locator("main .faults").first).to_be_visible()


def open_fold(page):
    page.locator("main details.fold > summary").last.click()


def send_a_name(page):
    page.get_by_label("User name").fill("kim")
    press("Add")(page)
    expect(page.get_by_text("It is shown only now")).to_be_visible()


def send_no_name(page):
    page.get_by_label("Name", exact=True).fill("")
    send_nothing(page)


def send_no_words(page):
    page.get_by_label("Wording").fill("")
    send_nothing(page)


def unfold(page):
    page.locator(".card.open summary", has_text="More").click()
    expect(page.locator(".card.open").get_by_label("Note")).to_be_visible()


def show_keys(page):
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def delete(page):
    page.keyboard.press("j")
    page.keyboard.press("Delete")
    expect(page.locator("#toast").get_by_role("button", name="Undo")).to_be_visible()


SIGHTS = {
    # sign-in
    "sign-in": [Sight(None), Sight(None, act=send_nothing)],
    # password/
    "password-change": [Sight(), Sight(act=send_nothing)],
    "password-reset": [Sight(None)],
    "password-set-done": [Sight(None)],
    "password-set": [
        Sight(None, World.link_to_set_password),
        Sight(None, lambda world: {"uidb64": "MQ", "token": "c0ffee-0123456789abcdef"}),
    ],
    # tokens/
    "token-list": [Sight(), Sight(act=make_token)],
    # api-reference/
    "api-reference": [Sight()],
    # users/
    "user-list": [
        Sight("root"),
        Sight("root", act=send_a_name),
        Sight("root", query=lambda world: "?q=nobody"),
    ],
    # bin/: whole studies
    "binned-study-list": [Sight(act=open_fold), Sight("nora")],
    # studies/
    "study-list": [Sight(), Sight("nora")],
    "study-create": [Sight(), Sight(act=send_nothing)],
    "study-detail": [
        Sight(ids=of("demo")),
        Sight("vic", of("demo")),
        Sight(ids=of("demo"), query=lambda world: "?q=nowhere+in+it"),
        Sight(ids=of("quiet")),
        Sight(ids=of("old")),
    ],
    "study-edit": [Sight(ids=of("demo"), act=open_fold), Sight(ids=of("old"))],
    "codebook-detail": [Sight(ids=of("demo"))],
    "codebook-variable": [
        Sight(
            ids=lambda world: {
                "slug": "demo",
                "codebook": world.statement.annotation_set.codebook.uid,
                "variable": "stance",
            }
        )
    ],
    "export-detail": [Sight(ids=of("demo")), Sight(ids=of("quiet"))],
    # studies/<slug>/log/
    "log-detail": [
        Sight(ids=of("demo"), act=open_fold),
        Sight(ids=of("demo"), query=lambda world: "?who=nobody&q=nowhere"),
        Sight(ids=of("quiet")),
    ],
    # studies/<slug>/members/
    "member-list": [Sight(ids=of("demo")), Sight("vic", of("demo"))],
    # studies/<slug>/articles/
    "article-add": [Sight(ids=of("demo")), Sight(ids=of("demo"), act=send_nothing)],
    "study-bin": [Sight(ids=of("demo"), act=open_fold), Sight(ids=of("quiet"))],
    "article-edit": [Sight(ids=at("article"))],
    "article-revise": [Sight(ids=at("article")), Sight(ids=at("article"), act=press("Add the revision"))],
    "article-changes": [Sight(ids=at("corrected"))],
    "to-place": [Sight(ids=at("corrected")), Sight("vic", ids=at("corrected")), Sight(ids=at("bare"))],
    "article-detail": [
        Sight(ids=at("corrected")),
        Sight(ids=at("outdated")),
        Sight(ids=at("corrected"), query=lambda world: f"?placing={world.waiting.uid}"),
        Sight(ids=at("article")),
        Sight(ids=at("article"), query=opened, act=unfold),
        Sight("vic", ids=at("article"), query=opened),
        Sight(ids=at("article"), act=show_keys),
        Sight(ids=at("article"), act=delete),
        Sight(ids=at("bare")),
        Sight(ids=at("done")),
    ],
    "statement-list": [
        Sight(ids=of("demo")),
        Sight(
            "vic", of("demo"), lambda world: f"?claim={world.statement.stances.first().claim.uid}&outlet=none"
        ),
        Sight(ids=of("demo"), query=lambda world: "?stance=oppose&sort=pk&cursor=x"),
        Sight(ids=of("quiet")),
    ],
    "statement-history": [Sight(ids=lambda world: {"slug": "demo", "statement": world.statement.uid})],
    "statement-citation": [Sight(ids=lambda world: {"slug": "demo", "statement": world.statement.uid})],
    # studies/<slug>/speakers/
    "speaker-list": [
        Sight(ids=of("demo")),
        Sight("vic", of("demo"), query=lambda world: "?sort=-statements&type=organisation"),
        Sight(ids=of("demo"), query=lambda world: "?q=nowhere+in+it"),
        Sight(ids=of("quiet")),
    ],
    "speaker-detail": [
        Sight(ids=of_speaker),
        Sight("vic", of_relay, query=lambda world: "?part=relayed"),
    ],
    "speaker-merge": [
        Sight(ids=of_speaker),
        Sight(ids=of_speaker, query=lambda world: "?q=nowhere+in+it"),
        Sight(ids=of_speaker, query=lambda world: f"?with={of_relay(world)['speaker']}"),
    ],
    "speaker-edit": [Sight(ids=of_speaker), Sight(ids=of_speaker, act=send_no_name)],
    # studies/<slug>/claims/
    "claim-list": [
        Sight(ids=of("demo")),
        Sight(ids=of("demo"), query=lambda world: "?sort=-contested&kind=quantity"),
        Sight(ids=of("demo"), query=lambda world: "?q=nowhere+in+it"),
        Sight(ids=of("quiet")),
    ],
    "claim-detail": [
        Sight(ids=of_claim),
        Sight("vic", of_claim, lambda world: f"?stance={world.statement.stances.all()[0].stance}"),
    ],
    "claim-merge": [
        Sight(ids=of_claim),
        Sight(ids=of_claim, query=lambda world: f"?with={another_claim(world)}"),
    ],
    "claim-edit": [Sight(ids=of_claim), Sight(ids=of_claim, act=send_no_words)],
    # studies/<slug>/: what is found and made while coding
    "speaker-create": [Sight(ids=of("demo"), query=about)],
    "claim-create": [Sight(ids=of("demo"), query=about)],
}
"""The pages by URL name, each in the states that look different."""

NOT_PAGES = {
    "export-download": "is a file",
    "article-download": "is a file",
    "statement-download": "is a file",
    "speaker-download": "is a file",
    "claim-download": "is a file",
    "log-download": "is a file",
    "statement-card": "goes to the article with the statement open",
    "speaker-suggest": "is the list below a field",
    "claim-suggest": "is the list below a field",
    "issue-suggest": "is the list below a field",
}
"""What answers to GET without being a page, each with its reason."""


def test_every_page_is_looked_at():
    pages = {name for name, row in PAGES.items() if "GET" in row}
    missing = pages - SIGHTS.keys() - NOT_PAGES.keys()
    assert not missing, f"Write down in SIGHTS who sees these pages in which states: {missing}"
    gone = (SIGHTS.keys() | NOT_PAGES.keys()) - pages
    assert not gone, f"These answer no GET any more: {gone}"


@pytest.fixture
def look(browse, world):
    """Look at a page as one user sees it, in one window for each; what is wrong is told with its address."""
    windows = {}

    def look(who, address, act=lambda page: None):
        page = windows.get(who) or windows.setdefault(who, browse(world.users.get(who)))
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESK)
        page.goto(address)
        act(page)
        expect(page.locator("main h1").first).to_be_attached()
        place = f"{address} as {who}"
        faults = [fault for scheme, size in LOOKS for fault in seen(page, scheme, size, place)]
        return faults + too_wide(page, ZOOMED, place)

    return look


def seen(page, scheme, size, place):
    page.emulate_media(color_scheme=scheme)
    wide = too_wide(page, size, place)
    return wide + [f"{place}, {scheme}, {size['width']} px: {fault}" for fault in barriers(page)]


def too_wide(page, size, place):
    page.set_viewport_size(size)
    return [] if page.evaluate(FITS) else [f"{place}: wider than {size['width']} px"]


def test_every_page_is_open_to_everybody(look, world, watch):
    watch.allow(422)  # forms sent on purpose with nothing in them
    faults = []
    for name, sights in SIGHTS.items():
        for sight in sights:
            address = reverse(f"annotations:{name}", kwargs=sight.ids(world)) + sight.query(world)
            faults += look(sight.who, address, sight.act)
    assert not faults, "\n".join(faults)


def test_pages_of_errors_are_too(look, world, watch):
    watch.allow(403, 404, 500)
    fill = reverse("annotations:article-add", args=["demo"])

    def break_down(page):
        page.route("**/broken/", lambda route: route.fulfill(status=500, body=render_to_string("500.html")))
        page.goto("/broken/")

    faults = [*look("mira", "/studies/nowhere/"), *look(None, "/nowhere/"), *look("vic", fill)]
    faults += look("mira", "/", break_down)
    assert not faults, "\n".join(faults)


def test_what_is_too_wide_is_seen(browse, db):
    page = browse()
    page.goto("/sign-in/")
    assert not too_wide(page, PHONE, "here")
    page.evaluate("document.querySelector('main').style.width = '391px'")
    assert too_wide(page, PHONE, "here") == ["here: wider than 390 px"]
