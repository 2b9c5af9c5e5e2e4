"""Undo and redo the user's own last step, wherever they are now; the past of a statement."""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from annotations.audit.models import Event
from annotations.codebook.vocabulary import vocabulary_of
from annotations.corpus.models import Article
from annotations.errors import AnnotationError, Forbidden, Invalid
from annotations.history.actions import Turned, last_step, last_undone, redo, restore_version, undo
from annotations.history.phrases import step_in_words
from annotations.permissions import Act
from annotations.rows import Row
from annotations.statements.models import Statement
from annotations.web.cards.past import past_of
from annotations.web.htmx import NOTICE, SAVED, UserRequest
from annotations.web.lookups import StudyContext, statement_for, study_for
from annotations.workload.models import AnnotationSet

PARTS = "annotations/_turned.html"
CARDS = 30
"""Of how many statements the workbench asks for the cards one by one; for more it loads anew."""
CHANGED = "statements-changed"
"""Tells the workbench which statements are no longer as it shows them: `{"there": [id, ...], "gone": [id, ...]}`."""
ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "article.furniture": Act.EDIT_FURNITURE,
        "article.delete": Act.DELETE_ARTICLE,
        "article.restore": Act.DELETE_ARTICLE,
        "article.add": Act.ADD_ARTICLE,
        "article.describe": Act.EDIT_ARTICLE,
        "article.revise": Act.REVISE_ARTICLE,
        "speaker.delete": Act.DELETE_VOCABULARY,
        "claim.delete": Act.DELETE_VOCABULARY,
        "speaker.merge": Act.MERGE,
        "speaker.unmerge": Act.MERGE,
        "claim.merge": Act.MERGE,
        "claim.unmerge": Act.MERGE,
    }
)
"""What a user must be allowed to do still, to turn round what they once did; other verbs are of vocabulary."""


@require_POST
def step_undo(request: UserRequest, slug: str) -> HttpResponseBase:
    """Take back the user's last step; with `passed`, the one before that step."""
    at = study_for(request, slug, Act.ANNOTATE)
    step = last_step(study=at.study, user=at.user, passed=_uuid_in(request, "passed"))
    return _turn(request, at, step, undo, "Undone")


@require_POST
def step_redo(request: UserRequest, slug: str) -> HttpResponseBase:
    at = study_for(request, slug, Act.ANNOTATE)
    return _turn(request, at, last_undone(study=at.study, user=at.user), redo, "Done again")


@require_safe
def statement_history(request: UserRequest, slug: str, statement: uuid.UUID) -> HttpResponse:
    """Show what happened to a statement, each change with before and after."""
    at = statement_for(request, slug, statement)
    into = at.statement.annotation_set
    context = {
        "study": at.study,
        "role": at.role,
        "here": "articles",
        "article": at.article,
        "statement": at.statement,
        "happenings": past_of(at.study, at.statement, vocabulary_of(into.codebook)),
        "may_edit": at.may(Act.EDIT_SET, at.statement) and into.state == AnnotationSet.State.OPEN,
    }
    return render(request, "annotations/statement_history.html", context)


@require_POST
def statement_version_restore(request: UserRequest, slug: str, statement: uuid.UUID) -> HttpResponse:
    """Bring a statement back to how it stood after a step."""
    at = statement_for(request, slug, statement, Act.EDIT_SET)
    step = _uuid_in(request, "step")
    if step is None:
        raise Invalid.field("step", "Choose the version to go back to.")
    changed = restore_version(study=at.study, row=at.statement, step=step, by=at.user)
    said = (
        "The statement stands as it did then. Undo takes that back."
        if changed
        else "It stands like that already."
    )
    messages.success(request, said)
    return redirect("annotations:statement-history", slug, statement)


def _turn(
    request: UserRequest, at: StudyContext, step: Turned, turn: Callable[..., None], done: str
) -> HttpResponseBase:
    def allow(event: Event, row: Row | None) -> None:
        if isinstance(row, Statement):
            at.require(Act.EDIT_SET, row)
        elif row is not None:
            at.require(ACTS.get(event.verb, Act.EDIT_VOCABULARY), row)

    try:
        turn(step=step, by=at.user, allow=allow)
    except Forbidden:
        raise
    except AnnotationError as refused:
        return _refused(request, at, step if turn is undo else None, refused)
    words, here = f"{done}: {step_in_words(step.events)}.", _article_in_view(request)
    ids = step.ids("statement")
    if here is None or step.types != {"statement"} or len(ids) > CARDS:
        messages.success(request, words)
        return HttpResponseClientRefresh() if request.htmx else redirect(_place(at, step))
    return _toast(request, at, step, here, {"words": words, "back": "redo" if turn is undo else "undo"})


def _toast(
    request: UserRequest, at: StudyContext, step: Turned, here: str, context: dict[str, str]
) -> HttpResponse:
    """Say what was turned round; the workbench then asks for the cards that it has to show anew."""
    ids = step.ids("statement")
    shown = {str(row.uid): row.annotation_set.article for row in _present(at, ids)}
    there = [uid for uid in ids if uid in shown and str(shown[uid].uid) == here]
    place = None if there or not shown else _place(at, step)
    response = render(request, f"{PARTS}#toast", {**context, "place": place})
    response["HX-Retarget"], response["HX-Reswap"] = "#toast", "innerHTML"
    response["HX-Trigger"] = SAVED
    gone = [uid for uid in ids if uid not in shown]
    response["HX-Trigger-After-Swap"] = json.dumps({CHANGED: {"there": there, "gone": gone}})
    return response


def _present(at: StudyContext, ids: Sequence[str]) -> list[Statement]:
    rows = Statement.objects.visible_to(at.user).in_study(at.study).with_set().without_texts()
    return list(rows.filter(uid__in=ids))


def _refused(
    request: UserRequest, at: StudyContext, step: Turned | None, refused: AnnotationError
) -> HttpResponse:
    """Say what stands in the way, and offer to go on with the step before; `step` is the one to be undone."""
    context = {"study": at.study, "problem": refused, "step": step}
    if not request.htmx:
        return render(request, "problem.html", context, status=refused.status)
    response = render(request, f"{PARTS}#refusal", context, status=409)
    for name, value in NOTICE.items():
        response[name] = value
    return response


def _place(at: StudyContext, step: Turned) -> str:
    """Return where one thing stands that the step has changed, else the study's page."""
    statement = next(iter(_present(at, step.ids("statement"))), None)
    if statement is not None:
        return f"{statement.annotation_set.article.get_absolute_url()}?statement={statement.uid}"
    articles = Article.objects.in_study(at.study).present().without_text()
    article = articles.filter(uid__in=step.ids("article")).first()
    return article.get_absolute_url() if article else at.study.get_absolute_url()


def _article_in_view(request: UserRequest) -> str | None:
    """Return the public id of the article whose workbench asks."""
    try:
        found = resolve(urlsplit(request.htmx.current_url or "").path)
    except Resolver404:
        return None
    return str(found.kwargs["article"]) if found.url_name == "article-detail" else None


def _uuid_in(request: UserRequest, name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get(name, ""))
    except ValueError:
        return None
