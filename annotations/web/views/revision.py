"""Give an article a corrected text: first what would become of its statements, then the revision itself."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from annotations.corpus.actions import ArticleDraft, DuplicateText
from annotations.corpus.intake import check_size, draft_of_file
from annotations.corpus.models import Article
from annotations.corpus.text import TextRefused, from_form
from annotations.errors import AnnotationError
from annotations.permissions import Act
from annotations.revisions.actions import Revision, forecast, revise_article
from annotations.revisions.comparison import changes_between
from annotations.revisions.course import Course
from annotations.revisions.waiting import standing_of
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from annotations.web.forms.article import LANGUAGES
from annotations.web.forms.faults import show_faults
from annotations.web.forms.revision import RevisionForm
from annotations.web.htmx import UserRequest
from annotations.web.lookups import ArticleContext, article_for

PAGE = "annotations/article_revise.html"


@dataclass(frozen=True)
class Preview:
    """What would become of the statements that the reader may see; `hidden` others would be moved as well."""

    follow: int
    stay: Sequence[Statement]
    hidden: int


@require_http_methods(["GET", "HEAD", "POST"])
def article_revise(request: UserRequest, slug: str, article: uuid.UUID) -> HttpResponse:
    at = article_for(request, slug, article, Act.REVISE_ARTICLE, text=True)
    if request.method != "POST":
        return _page(request, at, RevisionForm(initial=RevisionForm.initial_of(at.article)))
    form = RevisionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, at, form, status=422)
    try:
        draft = _draft(form, at)
        if request.POST.get("act") != "add":
            preview = _preview(at, forecast(article=at.article, draft=draft))
            shown = RevisionForm(initial={**form.cleaned_data, "text": draft.text})
            return _page(request, at, shown, {"preview": preview})
        expected = form.cleaned_data["version"]
        revision = revise_article(article=at.article, expected=expected, draft=draft, by=at.user)
    except AnnotationError as error:
        return _refused(request, at, form, error)
    messages.success(request, _said(at, revision))
    return redirect(revision.article)


@require_safe
def article_changes(request: UserRequest, slug: str, article: uuid.UUID) -> HttpResponse:
    """Show what a corrected text has changed against the one before it."""
    at = article_for(request, slug, article, text=True)
    before = standing_of(at.article, at.user).before
    old = Article.objects.get(pk=before.pk) if before else at.article
    changes = list(changes_between(old.text, at.article.text))
    context = {"study": at.study, "role": at.role, "here": "articles", "article": at.article}
    context |= {"before": before, "changes": changes}
    return render(request, "annotations/article_changes.html", context)


def _draft(form: RevisionForm, at: ArticleContext) -> ArticleDraft:
    """Return the corrected text as it was uploaded or typed; line ends stay of the kind that the article has."""
    file = form.cleaned_data["file"]
    if file:
        check_size(file.size or 0)
        found = draft_of_file(file.name or "", file.read(), {})
        return ArticleDraft(text=found.text, metadata=form.metadata, extractor=found.extractor)
    text = from_form(form.cleaned_data["text"] or "")
    if "\r\n" in at.article.text and "\n" not in at.article.text.replace("\r\n", ""):
        text = text.replace("\n", "\r\n")
    return ArticleDraft(text=text, metadata=form.metadata)


def _preview(at: ArticleContext, course: Course) -> Preview:
    keys = [row.pk for row, _ in course.follow] + [row.pk for row in course.stay]
    seen = set(Statement.objects.visible_to(at.user).filter(pk__in=keys).values_list("pk", flat=True))
    return Preview(
        follow=sum(row.pk in seen for row, _ in course.follow),
        stay=[row for row in course.stay if row.pk in seen],
        hidden=len(keys) - len(seen),
    )


def _said(at: ArticleContext, revision: Revision) -> str:
    told = _preview(at, revision.course)
    n, m = told.follow, len(told.stay)
    followed = f"{n} statement{'' if n == 1 else 's'} followed" if n or not m else "No statement followed"
    rest = f"; {m} {'is' if m == 1 else 'are'} to place" if m else ""
    return f"The corrected text stands now. {followed}{rest}. Undo takes it back."


def _refused(
    request: UserRequest, at: ArticleContext, form: RevisionForm, error: AnnotationError
) -> HttpResponse:
    """Show the form again with all that was typed, the fault at its field."""
    if isinstance(error, TextRefused):
        form.add_error("text", error.message)
    elif isinstance(error, DuplicateText) or not error.errors:
        form.add_error(None, error.message)
    else:
        show_faults(form, error)
    status = 409 if error.status == 412 else error.status
    return _page(request, at, form, status=status)


def _page(
    request: UserRequest,
    at: ArticleContext,
    form: RevisionForm,
    more: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    return render(request, PAGE, {**_frame(at), "form": form, **(more or {})}, status=status)


def _frame(at: ArticleContext) -> dict[str, Any]:
    return {
        "study": at.study,
        "role": at.role,
        "article": at.article,
        "here": "articles",
        "outlets": [outlet.name for outlet in Speaker.objects.in_study(at.study).outlets().by_name()],
        "languages": LANGUAGES,
    }
