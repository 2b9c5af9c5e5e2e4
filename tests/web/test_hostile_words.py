"""Rows T2 and T3: hostile words in every text field, and nothing of them is active on any page."""

import pytest
from django.apps import apps
from django.db import models

from annotations.statements.actions import revise_statement
from annotations.statements.changes import StatementChanges
from annotations.statements.models import Mention
from tests.architecture.asking import HOLDS, address, content_of, is_api, send
from tests.architecture.desk import begin_session, browser, laid_out
from tests.architecture.matrix import ROWS, STREAMS
from tests.cast import fill
from tests.factories.access import make_token
from tests.factories.codebook import make_codebook, make_label, make_variable
from tests.factories.conflicts import make_verdict
from tests.factories.corpus import make_article
from tests.factories.speakers import make_affiliation
from tests.factories.statements import make_chain_link, make_code
from tests.hostile import PAGES, PAYLOADS, active_in

pytestmark = pytest.mark.django_db

FROM_AN_ALPHABET = {
    "User.username", "User.password", "User.first_name", "User.last_name", "User.email", "SignInFailure.key",
    "IdempotencyKey.key", "IdempotencyKey.body_hash", "ApiToken.digest", "ApiToken.hint", "Study.slug",
    "Author.pseudonym", "Article.sha256", "Article.language", "GoldFile.sha256", "Event.verb", "Event.target_type",
    "Event.target_id", "Event.label", "CodebookVersion.number", "CodebookVersion.language", "Variable.slug",
    "Variable.scope", "Label.slug", "Label.key", "Label.comparison", "Mention.form", "Utterance.medium",
    "Utterance.marks", "ChainLink.role", "Claim.kind", "ClaimRelation.relation", "StanceLink.stance",
    "StanceLink.commitment", "Verdict.kind", "Verdict.strength", "Article.extractor",
}  # fmt: skip
"""Fields of slugs, numbers, digests and names of the server's making; nobody writes words into them."""


def attacked(study, user, payload, number):
    """One row of everything in a study, with the payload in every text field; and the rows of the matrix beside."""
    world = fill(study, user, payload)
    world.article.title = payload
    world.article.save()
    book = make_codebook(study, f"{number + 2}.0.0", name=payload)
    world.set.codebook = book
    world.set.save()
    tone = make_variable(book, "tone", name=payload, question=payload, definition=payload)
    make_label(tone, "calm", name=payload, definition=payload)
    make_code(world.statement, "tone", "calm")
    make_chain_link(world.statement, world.speaker)
    make_affiliation(world.speaker, world.outlet, role=payload)
    world.statement.stances.update(label=payload)
    Mention.objects.filter(annotation_set=world.set).update(text=payload)
    make_token(user, "read", name=payload, digest=f"{number}")
    desk = laid_out(world, {})
    told = StatementChanges(note=f"{payload} again")
    revise_statement(statement=desk.second, expected=1, changes=told, by=user)
    make_verdict(
        desk.statement,
        desk.second,
        world.author,
        note=payload,
        cluster=payload,
        external_id=f"{payload}{number}",
    )
    return desk


PER_WORLD = {"article", "statement", "claim", "speaker", "codebook", "member", "variable"}


def pages_of(desk, *, whole):
    """The addresses of all pages in a world; of one world alone those of the whole study too."""
    for name, row in ROWS.items():
        is_page = "GET" in row and not is_api(name) and name not in STREAMS and "uidb64" not in HOLDS[name]
        is_page = is_page and "manager" in row["GET"].who
        if is_page and (whole or PER_WORLD & set(HOLDS[name])):
            yield name, row["GET"]


def active_on_pages(desks, user):
    """Ask for every page of every world: what is active there and must not be, by page."""
    faults = []
    for number, desk in enumerate(desks):
        last = number == len(desks) - 1
        for name, ask in pages_of(desk, whole=last):
            ids = {**desk.ids(), "variable": "tone"}
            for headers in [{}, {"HX-Request": "true"}][: 1 + last]:
                response = send(browser(user), name, "GET", ids, query=ask.query(desk), **headers)
                assert response.status_code in {200, 302}, (name, response.status_code)
                if not response.get("Content-Type", "").startswith("text/html"):
                    continue  # a file, which no browser shows
                found = active_in(content_of(response).decode())
                faults += [f"{address(name, ids)}: {words}" for words in found]
    return faults


@pytest.fixture
def manager(study, members):
    user = members["mira"]
    make_token(user)
    begin_session(user)
    return user


@pytest.fixture
def attack(study, manager, codebook):
    def attack(payloads):
        study.name = payloads[0]
        study.save()
        return [attacked(study, manager, words, number) for number, words in enumerate(payloads)]

    return attack


def test_there_are_enough_of_them():
    assert (len(set(PAYLOADS)), len(set(PAGES))) == (22, 28)
    inert = [words for words in PAYLOADS if not active_in(words)]
    assert inert == [PAYLOADS[i] for i in (9, 10, 11, 12, 15, 17)], (
        "these are active within an attribute alone"
    )
    assert all(active_in(page) for page in PAGES[22:])


def test_nothing_hostile_is_active_on_any_page(attack, manager):
    assert active_on_pages(attack(PAYLOADS), manager) == []


def test_hostile_pages_stay_words(study, manager, codebook):
    for page in PAGES:
        article = make_article(study, page, title=page[:300])
        response = browser(manager).get(f"/studies/{study.slug}/articles/{article.uid}/")
        assert response.status_code == 200
        assert active_in(response.content.decode()) == []


def test_pages_that_do_not_escape_are_found_out(attack, manager, monkeypatch):
    desks = attack(PAYLOADS[:1])
    monkeypatch.setattr("django.template.base.conditional_escape", str)
    found = {fault.partition(":")[0] for fault in active_on_pages(desks, manager)}
    assert len(found) > 10


def test_every_text_field_is_attacked(attack):
    attack(PAYLOADS[:1])
    missed = set()
    for model in apps.get_app_config("annotations").get_models():
        for field in model._meta.concrete_fields:
            name = f"{model.__name__}.{field.name}"
            if not isinstance(field, models.CharField | models.TextField) or field.choices:
                continue
            if name not in FROM_AN_ALPHABET and not model.objects.filter(
                **{f"{field.name}__icontains": "window.PWN"}
            ):
                missed.add(name)
    assert missed == set()
