"""One statement's card: open it, code it, take stances, edit its chain. Every change is one save."""

import uuid

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from annotations.codebook.models import CodebookVersion
from annotations.codebook.vocabulary import vocabulary_of
from annotations.coding.actions import drop_stance, take_stance
from annotations.errors import NotFound
from annotations.permissions import Act
from annotations.statements.actions import revise_statement
from annotations.statements.changes import StatementChanges
from annotations.web.cards.answers import render_card, render_saved
from annotations.web.cards.card import Card
from annotations.web.forms.chain import chain_in
from annotations.web.forms.stance import claim_in, stance_in
from annotations.web.forms.statement import statement_changes
from annotations.web.htmx import UserRequest, fragment
from annotations.web.lookups import StatementContext, statement_for, study_for

DAY = 24 * 3600


@require_safe
def statement_card(request: UserRequest, slug: str, statement: uuid.UUID) -> HttpResponse:
    """Open the card; `?view=closed` closes it, `?claim=ID` adds the row of a claim that has no stance yet."""
    at = statement_for(request, slug, statement)
    return render_card(request, at, at.statement, opened=request.GET.get("view") != "closed")


@require_POST
def statement_edit(request: UserRequest, slug: str, statement: uuid.UUID) -> HttpResponse:
    at = statement_for(request, slug, statement, Act.EDIT_SET)

    def write(expected: int) -> Card:
        return _revised(at, expected, statement_changes(request.POST, at.statement))

    return render_saved(request, at, write)


@require_POST
def chain_edit(request: UserRequest, slug: str, statement: uuid.UUID) -> HttpResponse:
    at = statement_for(request, slug, statement, Act.EDIT_SET)

    def write(expected: int) -> Card:
        now, original, outlet = _card(at).chain, at.statement.speaker, at.article.outlet
        links = chain_in(request.POST, at.study, now, original, outlet)
        return _revised(at, expected, StatementChanges(chain=links))

    return render_saved(request, at, write)


@require_POST
def stance_take(request: UserRequest, slug: str, statement: uuid.UUID) -> HttpResponse:
    at = statement_for(request, slug, statement, Act.EDIT_SET)

    def write(expected: int) -> Card:
        card = _card(at)
        now = card.stance_on(request.POST.get("claim", ""))
        claim = now.claim if now else claim_in(request.POST, at.study)
        stance = stance_in(request.POST, claim, now)
        take_stance(statement=at.statement, expected=expected, stance=stance, by=at.user)
        return card.with_stance(stance)

    return render_saved(request, at, write)


@require_POST
def stance_drop(request: UserRequest, slug: str, statement: uuid.UUID) -> HttpResponse:
    at = statement_for(request, slug, statement, Act.EDIT_SET)

    def write(expected: int) -> Card:
        card = _card(at)
        now = card.stance_on(request.POST.get("claim", ""))
        claim = now.claim if now else claim_in(request.POST, at.study)
        drop_stance(statement=at.statement, expected=expected, claim=claim, by=at.user)
        return card.without_stance(claim)

    return render_saved(request, at, write)


@require_safe
def codebook_variable(request: UserRequest, slug: str, codebook: uuid.UUID, variable: str) -> HttpResponse:
    """Show one variable's definitions; a published version never changes, so browsers may keep them."""
    at = study_for(request, slug)
    version = CodebookVersion.objects.usable_in(at.study).filter(uid=codebook).first()
    vocabulary = vocabulary_of(version) if version else None
    if version is None or vocabulary is None or variable not in vocabulary.variables:
        raise NotFound("There is no such variable in a codebook of this study.")
    context = {
        "study": at.study,
        "role": at.role,
        "here": "codebook",
        "codebook": version,
        "variable": vocabulary.variables[variable],
        "labels": [label for label in vocabulary.labels[variable].values() if not label.retired],
    }
    response = fragment(request, "annotations/codebook_variable.html", "definitions", context)
    patch_cache_control(response, private=True, max_age=DAY)
    return response


def _card(at: StatementContext) -> Card:
    return Card.of(at.statement, vocabulary_of(at.statement.annotation_set.codebook))


def _revised(at: StatementContext, expected: int, changes: StatementChanges) -> Card:
    card = _card(at)
    revise_statement(statement=at.statement, expected=expected, changes=changes, by=at.user)
    return card.after(changes)
