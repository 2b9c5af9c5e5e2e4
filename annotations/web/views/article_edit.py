"""Change what is known of an article; into the bin and back."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from annotations.corpus.actions import describe_article
from annotations.errors import AnnotationError, StaleEdit
from annotations.permissions import Act
from annotations.revisions.actions import delete_with_earlier, restore_with_earlier
from annotations.speakers.models import Speaker
from annotations.web.forms.article import LANGUAGES, ArticleEditForm
from annotations.web.forms.faults import show_faults
from annotations.web.forms.place import version_in
from annotations.web.htmx import UserRequest, fragment
from annotations.web.lookups import ArticleContext, article_for

PAGE = "annotations/article_edit.html"


@require_http_methods(["GET", "HEAD", "POST"])
def article_edit(request: UserRequest, slug: str, article: uuid.UUID) -> HttpResponse:
    at = article_for(request, slug, article, Act.EDIT_ARTICLE)
    if request.method != "POST":
        return _page(request, at, ArticleEditForm(initial=ArticleEditForm.initial_of(at.article)))
    form = ArticleEditForm(request.POST)
    if not form.is_valid():
        return _page(request, at, form, status=422)
    expected = form.cleaned_data["version"]
    try:
        describe_article(article=at.article, expected=expected, metadata=form.metadata, by=at.user)
    except StaleEdit as error:
        return _stale(request, at, form, error)
    except AnnotationError as error:
        show_faults(form, error)
        return _page(request, at, form, status=error.status)
    messages.success(request, "The details are saved.")
    return redirect(at.article)


@require_POST
def article_delete(request: UserRequest, slug: str, article: uuid.UUID) -> HttpResponse:
    at = article_for(request, slug, article, Act.DELETE_ARTICLE)
    delete_with_earlier(article=at.article, expected=version_in(request.POST), by=at.user)
    query = urlencode({"binned": str(at.article.uid)})
    return redirect(f"{reverse('annotations:study-detail', args=[slug])}?{query}")


@require_POST
def article_restore(request: UserRequest, slug: str, article: uuid.UUID) -> HttpResponse:
    at = article_for(request, slug, article, Act.DELETE_ARTICLE, text=True, binned=True)
    restore_with_earlier(article=at.article, expected=version_in(request.POST), by=at.user)
    messages.success(request, f"“{at.article.title}” is back, with its statements.")
    return redirect("annotations:study-detail", slug)


def _stale(request: UserRequest, at: ArticleContext, form: ArticleEditForm, error: StaleEdit) -> HttpResponse:
    """Show what was typed beside what stands now; saving again overrules it knowingly."""
    theirs = article_for(request, at.study.slug, at.article.uid, Act.EDIT_ARTICLE)
    standing = ArticleEditForm.initial_of(theirs.article)
    typed = form.cleaned_data
    changed = [
        (form.fields[name].label or name.replace("_", " ").capitalize(), standing[name])
        for name in form.fields
        if name != "version" and (standing[name] or "") != (typed[name] or "")
    ]
    again = ArticleEditForm(initial={**typed, "version": theirs.article.version})
    return _page(request, theirs, again, {"problem": error, "theirs": changed}, status=409)


def _page(
    request: UserRequest,
    at: ArticleContext,
    form: ArticleEditForm,
    more: dict[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "study": at.study,
        "role": at.role,
        "article": at.article,
        "may_delete": at.may(Act.DELETE_ARTICLE),
        "here": "articles",
        "form": form,
        "outlets": [outlet.name for outlet in Speaker.objects.in_study(at.study).outlets().by_name()],
        "languages": LANGUAGES,
        **(more or {}),
    }
    return fragment(request, PAGE, "edit", context, status=status)
