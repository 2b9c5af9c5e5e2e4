"""Row j2: hostile words in every field and hostile pages as articles, in a real browser: nothing of them runs.

What a page complains of, a refusal by the policy included, fails the story (`watch`).
"""

import pytest
from django.urls import reverse

from annotations.corpus.models import Article
from tests.architecture.asking import HOLDS
from tests.architecture.matrix import PAGES as ROWS
from tests.cast import fill
from tests.factories.access import make_token
from tests.factories.corpus import make_article
from tests.hostile import PAGES, PAYLOADS

pytestmark = pytest.mark.django_db(transaction=True)

LISTS = [
    "study-detail", "study-edit", "study-bin", "statement-list", "speaker-list", "claim-list", "member-list", "token-list",
    "export-detail", "codebook-detail", "study-list",
]  # fmt: skip
ONE_EACH = ["speaker-detail", "claim-detail", "statement-history"]


@pytest.fixture
def attacked(study, mira, codebook):
    """A study in which each payload stands in every text field, beside an article of each hostile page."""
    study.name = PAYLOADS[0]
    study.save()
    make_token(mira, name=PAYLOADS[0])
    worlds = [fill(study, mira, payload) for payload in PAYLOADS]
    for world, payload in zip(worlds, PAYLOADS, strict=True):
        Article.objects.filter(pk=world.article.pk).update(title=payload)
    return worlds, [make_article(study, page, title=page[:300], furniture=[]) for page in PAGES]


def addresses(study, worlds, articles, every):
    """All lists, each article with its card open, and of the other things all or one."""
    named = [(name, {"slug": study.slug} if "slug" in HOLDS[name] else {}) for name in LISTS]
    for world in worlds[:: 1 if every else 8]:
        ids = {"slug": study.slug, "speaker": world.speaker.uid, "claim": world.claim.uid}
        ids["statement"] = world.statement.uid
        named += [(name, {part: ids[part] for part in HOLDS[name]}) for name in ONE_EACH]
    yield from (reverse(f"annotations:{name}", kwargs=ids) for name, ids in named)
    for world in worlds:
        yield f"{world.article.get_absolute_url()}?statement={world.statement.uid}"
    for article in articles[:: 1 if every else 2]:
        yield article.get_absolute_url()


def test_nothing_hostile_runs_or_asks_for_anything(browse, study, mira, attacked, size):
    assert set(LISTS + ONE_EACH) <= ROWS.keys()
    page, asked = browse(mira), []
    page.on("request", lambda request: asked.append(request.url))
    for address in addresses(study, *attacked, every=size(False, True)):
        page.goto(address)
        assert page.evaluate("window.PWN") is None, address
        assert page.locator("#toast").count() <= 1, address
    assert [url for url in asked if "steal" in url or "PWN" in url] == []


def test_words_that_run_are_found_out(browse, watch, study, mira, monkeypatch):
    """Without escaping, the policy still stops the script, and the page says so."""
    watch.allow("policy violation", "Content Security Policy", 404)
    world = fill(study, mira, PAYLOADS[3])
    monkeypatch.setattr("django.template.base.conditional_escape", str)
    page = browse(mira)
    page.goto(f"/studies/{study.slug}/claims/{world.claim.uid}/")
    page.evaluate("1")
    assert any("policy violation" in words for words in watch.complaints)
