"""Add articles: paste one, or upload several files at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from annotations.corpus.actions import ArticleDraft, DuplicateText, add_article
from annotations.corpus.furniture import recognise
from annotations.corpus.intake import check_size, draft_of_file, draft_of_paste, guessed
from annotations.corpus.models import Article
from annotations.corpus.text import TextRefused, from_form, n_words
from annotations.errors import AnnotationError
from annotations.permissions import Act
from annotations.speakers.models import Speaker
from annotations.web.forms.article import LANGUAGES, ArticleAddForm, ArticleFilesForm, ArticleForm
from annotations.web.forms.faults import show_faults
from annotations.web.htmx import UserRequest, fragment
from annotations.web.lookups import StudyContext, study_for

PAGE = "annotations/article_add.html"


@dataclass(frozen=True)
class FileResult:
    """What became of one file: `article` is the new one, or for a duplicate the first with that text."""

    name: str
    article: Article | None
    problem: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def article_add(request: UserRequest, slug: str) -> HttpResponseBase:
    at = study_for(request, slug, Act.ADD_ARTICLE)
    if request.method != "POST":
        return _page(request, at, "paste")
    form = ArticleAddForm(request.POST)
    if not form.is_valid():
        return _page(request, at, "paste", {"form": form}, status=422)
    same = None if form.cleaned_data["same_address"] else _at_same_address(at, form.metadata["url"])
    if same:
        return _page(request, at, "paste", {"form": form, "same": same}, status=409)
    try:
        article = add_article(study=at.study, draft=_draft(form), by=at.user)
    except AnnotationError as error:
        return _refused(request, at, form, error)
    messages.success(request, f"“{article.title}” is added.")
    if request.htmx:
        return HttpResponseClientRedirect(article.get_absolute_url())
    return redirect(article)


@require_POST
def article_guess(request: UserRequest, slug: str) -> HttpResponse:
    """Fill what was left empty beside a pasted text from the text itself; nothing is stored."""
    at = study_for(request, slug, Act.ADD_ARTICLE)
    words = from_form(request.POST.get("text", ""))
    typed = {name: request.POST.get(name, "") for name in ArticleForm.base_fields}
    told = guessed(words) if words.strip() else {}
    initial = {name: typed.get(name) or told.get(name, "") for name in typed}
    context = {
        "form": ArticleAddForm(initial={**initial, "text": words}),
        "n_words": n_words(words),
        "n_furniture": len(recognise(words)),
    }
    return fragment(request, PAGE, "details", _with_lists(at, context))


@require_POST
def article_upload(request: UserRequest, slug: str) -> HttpResponse:
    """Add each file by itself: one that is refused does not stop the others."""
    at = study_for(request, slug, Act.ADD_ARTICLE)
    form = ArticleFilesForm(request.POST)
    files = request.FILES.getlist("files")
    if not files:
        form.add_error(None, "Choose at least one .txt or .html file.")
    if not form.is_valid():
        return _page(request, at, "upload", {"files_form": form}, status=422)
    results = [_added(at, file, form.cleaned_data) for file in files]
    n_added = sum(not result.problem for result in results)
    context = {"files_form": form, "results": results, "n_added": n_added}
    return _page(request, at, "upload", context, status=200 if n_added else 422)


def _draft(form: ArticleAddForm) -> ArticleDraft:
    given = form.cleaned_data
    return draft_of_paste(given["text"], form.metadata, allow_duplicate=given["allow_duplicate"])


def _at_same_address(at: StudyContext, url: str) -> Article | None:
    """Return the article that stands at this address, of which a text may be the correction."""
    articles = Article.objects.in_study(at.study).present().current().at_address(url.strip())
    found = articles.without_text().first()
    if found:
        found.study = at.study
    return found


def _refused(
    request: UserRequest, at: StudyContext, form: ArticleAddForm, error: AnnotationError
) -> HttpResponse:
    """Show the form again with all that was typed, the fault at its field."""
    first = error.article if isinstance(error, DuplicateText) else None
    if isinstance(error, TextRefused):
        form.add_error("text", error.message)
    elif first is None:
        show_faults(form, error)
    return _page(request, at, "paste", {"form": form, "first": first}, status=error.status)


def _added(at: StudyContext, file: "UploadedFile[bytes]", known: Mapping[str, Any]) -> FileResult:
    name = file.name or "a file without a name"
    try:
        check_size(file.size or 0)
        draft = draft_of_file(name, file.read(), known)
        return FileResult(name, add_article(study=at.study, draft=draft, by=at.user))
    except DuplicateText as error:
        return FileResult(name, error.article, error.message)
    except AnnotationError as error:
        return FileResult(name, None, error.message)


def _page(
    request: UserRequest,
    at: StudyContext,
    part: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    return fragment(request, PAGE, part, _with_lists(at, context or {}), status=status)


def _with_lists(at: StudyContext, context: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "study": at.study,
        "role": at.role,
        "here": "articles",
        "form": ArticleAddForm(),
        "files_form": ArticleFilesForm(),
        "outlets": _outlets_of(at),
        "languages": LANGUAGES,
        **context,
    }


def _outlets_of(at: StudyContext) -> Iterable[str]:
    return [outlet.name for outlet in Speaker.objects.in_study(at.study).outlets().by_name()]
