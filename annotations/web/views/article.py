"""The workbench: an article's text with the statements of one set, and the acts on both as a whole."""

import uuid
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from annotations.accounts.models import User
from annotations.claims.models import stances_of_statements
from annotations.codebook.models import CodebookVersion
from annotations.codebook.vocabulary import vocabulary_of
from annotations.corpus.language import direction
from annotations.corpus.models import Article
from annotations.corpus.text import paragraphs
from annotations.errors import Conflict, NotFound
from annotations.permissions import Act
from annotations.prepared import Prepared
from annotations.revisions.waiting import standing_of
from annotations.statements.actions import FurnitureInUse, set_furniture
from annotations.statements.models import Statement
from annotations.statements.overview import next_up
from annotations.studies.models import Study
from annotations.web.cards.head import heads_of
from annotations.web.forms.place import version_in, whole_number
from annotations.web.htmx import SAVED, UserRequest
from annotations.web.lookups import ArticleContext, article_for
from annotations.workload.actions import open_set, reopen_set, submit_set
from annotations.workload.models import AnnotationSet

PAGE = "annotations/article_detail.html"
OWN = "own"

_BESIDE = Prepared(Article.objects.beside, int, datetime, int)


def _set_rows(mode: str) -> Prepared[AnnotationSet]:
    """Prepare the reading of an article's sets by study, reader and article."""

    def rows(study: int, reader: int, article: int) -> QuerySet[AnnotationSet]:
        seen = AnnotationSet.objects.readable_in(Study(pk=study, mode=mode), User(pk=reader))
        return seen.filter(article=article).with_author().in_order()

    return Prepared(rows, int, int, int)


_SETS = {mode: _set_rows(mode) for mode in Study.Mode.values}


@gzip_page  # a thousand statements make a megabyte, and a tenth of it when compressed
@require_safe
def article_detail(request: UserRequest, slug: str, article: uuid.UUID) -> HttpResponse:
    at = article_for(request, slug, article, text=True)
    sets = _sets_of(at)
    shown = _shown_set(at, sets, request.GET.get("set", ""))
    page = _page(at, shown, sets, opened=request.GET.get("statement", ""))
    page["placing"] = _placing(at, request.GET.get("placing", ""))
    return render(request, PAGE, page)


@require_POST
def set_submit(request: UserRequest, slug: str, article: uuid.UUID) -> HttpResponse:
    """Say that the work on the article is done; without a set, an empty one says: looked, found nothing."""
    at = article_for(request, slug, article, Act.ANNOTATE, text=True)
    into = _set_of_form(request, at) or open_set(article=at.article, by=request.user)
    at.require(Act.SUBMIT_SET, into)
    expected = version_in(request.POST) if request.POST.get("set") else into.version
    done = submit_set(annotation_set=into, expected=expected, by=request.user)
    return _answer(request, at, done)


@require_POST
def set_reopen(request: UserRequest, slug: str, article: uuid.UUID) -> HttpResponse:
    at = article_for(request, slug, article, Act.ANNOTATE, text=True)
    into = _set_of_form(request, at)
    if into is None:
        raise NotFound("There is no set to reopen; mark a statement to begin one.")
    at.require(Act.SUBMIT_SET, into)
    again = reopen_set(annotation_set=into, expected=version_in(request.POST), by=request.user)
    return _answer(request, at, again)


@require_POST
def article_furniture(request: UserRequest, slug: str, article: uuid.UUID) -> HttpResponse:
    """Turn one line into page furniture, or back into text; refused while a statement stands in it."""
    at = article_for(request, slug, article, Act.EDIT_FURNITURE, text=True)
    lines = _toggled(at.article, whole_number(request.POST, "line"))
    try:
        set_furniture(article=at.article, expected=version_in(request.POST), lines=lines, by=request.user)
    except FurnitureInUse as refused:
        return _refusal(request, at, [statement.pk for statement in refused.statements])
    if not request.htmx:
        return redirect(at.article)
    return _part(request, "text-part", _text(at))


def _placing(at: ArticleContext, wanted: str) -> Statement | None:
    """Return the statement for which words are to be selected here."""
    if not wanted:
        return None
    try:
        rows = Statement.objects.visible_to(at.user).in_study(at.study).waiting().filter(uid=UUID(wanted))
    except ValueError:
        return None
    found = rows.with_set().without_texts().first()
    return found if found and at.may(Act.EDIT_SET, found) else None


def _refusal(request: UserRequest, at: ArticleContext, keys: list[int]) -> HttpResponse:
    """Name the statements in the line, as far as the reader may see them; a blind set stays blind."""
    seen = list(Statement.objects.visible_to(at.user).filter(pk__in=keys).in_text_order())
    told = [f"{len(seen)} statement{'' if len(seen) == 1 else 's'}"] if seen else []
    if len(keys) > len(seen):
        told.append("statements in sets that you may not read")
    problem = Conflict(f"That line is part of {' and '.join(told)}; change those first.")
    if not request.htmx:
        raise problem
    context = {"problem": problem, "statements": seen, "article": at.article}
    return render(request, f"{PAGE}#furniture-refusal", context, status=409)


def _toggled(article: Article, start: int) -> list[dict[str, Any]]:
    """Return the furniture lines with the line at `start` added or taken out."""
    kept = [line for line in article.furniture if line["start"] != start]
    if len(kept) < len(article.furniture):
        return kept
    end = next((line.end for line in paragraphs(article.text) if line.start == start), start)
    return [*kept, {"start": start, "end": end, "kind": "other"}]


def _answer(request: UserRequest, at: ArticleContext, into: AnnotationSet) -> HttpResponse:
    if not request.htmx:
        return redirect(f"{at.article.get_absolute_url()}?set={into.uid}")
    return _part(request, "bench", _page(at, into, _sets_of(at)))


def _part(request: UserRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """Answer a save with a part of the page, which takes the place of the element that it is named for."""
    response = render(request, f"{PAGE}#{name}", context)
    response["HX-Retarget"], response["HX-Reswap"], response["HX-Trigger"] = f"#{name}", "outerHTML", SAVED
    return response


def _sets_of(at: ArticleContext) -> list[AnnotationSet]:
    """Return the sets of the article that the reader may see."""
    sets = _SETS[at.study.mode](at.study.pk, at.user.pk, at.article.pk)
    for each in sets:
        each.article = at.article
    return sets


def _shown_set(at: ArticleContext, sets: list[AnnotationSet], wanted: str) -> AnnotationSet | None:
    """Return the set asked for, else the reader's own, the shared one, the settled one, the first.

    `own` asks for the reader's own even before the first mark has opened it.
    """
    own = [each for each in sets if _is_own(each, at)]
    if wanted == OWN:
        return next(iter(own), None)
    if wanted:
        found = next((each for each in sets if str(each.uid) == wanted), None)
        if found is None:
            raise NotFound("There is no such set of this article, or you may not read it.")
        return found
    kinds = (AnnotationSet.Kind.SHARED, AnnotationSet.Kind.ADJUDICATED, AnnotationSet.Kind.ANNOTATOR)
    rest = [each for kind in kinds for each in sets if each.kind == kind]
    return next(iter([*own, *rest]), None)


def _lacks_own(at: ArticleContext, sets: list[AnnotationSet]) -> bool:
    """Tell whether the reader has a set of their own still to begin; in a shared study nobody has."""
    independent = at.study.mode == Study.Mode.INDEPENDENT
    return independent and at.may_annotate and not any(_is_own(each, at) for each in sets)


def _is_own(each: AnnotationSet, at: ArticleContext) -> bool:
    return each.author is not None and each.author.user_id == at.user.pk


def _set_of_form(request: UserRequest, at: ArticleContext) -> AnnotationSet | None:
    wanted = request.POST.get("set", "")
    return _shown_set(at, _sets_of(at), wanted) if wanted else None


def _page(
    at: ArticleContext, shown: AnnotationSet | None, sets: list[AnnotationSet], opened: str = ""
) -> dict[str, Any]:
    codebook = shown.codebook if shown else CodebookVersion.objects.current_for(at.study)
    vocabulary = vocabulary_of(codebook)
    heads = heads_of(shown, vocabulary) if shown else []
    place = next((i for i, head in enumerate(heads) if head.uid == opened), None)
    may_work = at.may(Act.ANNOTATE) and not at.article.is_superseded
    beside = _BESIDE(at.study.pk, at.article.created_at, at.article.pk)
    for row in beside:
        row.study = at.study
    return {
        **_text(at),
        "sets": sets,
        "shown": shown,
        "n_statements": len(heads),
        "heads": {"before": heads[:place], "after": heads[place + 1 :] if place is not None else []},
        "statement": _opened(shown, opened) if shown and place is not None else None,
        "vocabulary": vocabulary,
        "lacks_own": _lacks_own(at, sets),
        "may_annotate": at.may_annotate,
        "may_edit": may_work and (shown is None or _is_open_to(at, shown)),
        "may_submit": may_work and (shown is None or at.may(Act.SUBMIT_SET, shown)),
        "may_revise": not at.article.is_superseded and at.may(Act.REVISE_ARTICLE, at.article),
        "standing": standing_of(at.article, at.user),
        "newer": next((row for row in beside if row.is_listed_before(at.article)), None),
        "older": next((row for row in beside if at.article.is_listed_before(row)), None),
        "next_up": _next_up(at) if shown and shown.state == AnnotationSet.State.SUBMITTED else None,
        "here": "articles",
    }


def _next_up(at: ArticleContext) -> Article | None:
    """Return what to do after this article: the oldest that nobody has begun, else one under way."""
    if not at.may_annotate:
        return None
    found = next_up(at.study, at.user)
    article = found.fresh or found.unfinished
    if article is not None:
        article.study = at.study
    return article


def _text(at: ArticleContext) -> dict[str, Any]:
    """Return what the text part needs."""
    article = at.article
    first = article.text.split("\n", 1)[0].strip()
    return {
        "study": at.study,
        "role": at.role,
        "article": article,
        "direction": direction(article.language, article.text),
        "headline_in_text": first == article.title.strip(),
        "may_mark_furniture": at.may(Act.EDIT_FURNITURE, article),
    }


def _is_open_to(at: ArticleContext, shown: AnnotationSet) -> bool:
    return shown.state == AnnotationSet.State.OPEN and at.may(Act.EDIT_SET, shown)


def _opened(shown: AnnotationSet, uid: str) -> Statement:
    """Return the statement of the set whose card stands open, with all that its form shows."""
    rows = shown.statements.with_parts().select_related("parent").prefetch_related(stances_of_statements())
    statement = rows.get(uid=uid)
    statement.annotation_set = shown
    return statement
