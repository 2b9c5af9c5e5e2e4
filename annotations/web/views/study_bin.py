"""The bin of a study: what was deleted in it, newest first, each with the way back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from annotations.corpus.models import Article
from annotations.errors import Invalid
from annotations.permissions import Act
from annotations.retention.actions import purge_bin
from annotations.statements.models import Statement
from annotations.web.htmx import UserRequest
from annotations.web.lookups import StudyContext, study_for

SHOWN = 200
"""How many articles and how many statements the page lists; older ones come up as those are taken back."""


@require_safe
def study_bin(request: UserRequest, slug: str) -> HttpResponse:
    at = study_for(request, slug, Act.ANNOTATE)
    context = {
        "study": at.study,
        "role": at.role,
        "here": "articles",
        "articles": _articles(at) if at.may(Act.DELETE_ARTICLE) else [],
        "statements": _statements(at),
        "shown": SHOWN,
        "may_purge": at.may(Act.PURGE_BIN),
    }
    return render(request, "annotations/study_bin.html", context)


@require_POST
def bin_purge(request: UserRequest, slug: str) -> HttpResponse:
    """Let all that lies in the bin go for good; a box must be ticked, for there is no way back."""
    at = study_for(request, slug, Act.PURGE_BIN)
    if request.POST.get("sure") != "yes":
        raise Invalid.field("sure", "Nothing was purged: tick the box that says it is meant, then purge.")
    purged = purge_bin(study=at.study, by=at.user)
    messages.success(request, f"Purged for good: {purged}.")
    return redirect("annotations:study-bin", slug)


def _articles(at: StudyContext) -> list[Article]:
    binned = Article.objects.in_study(at.study).binned().without_text().with_outlet()
    return list(binned.deleted_last_first()[:SHOWN])


def _statements(at: StudyContext) -> list[Statement]:
    """Return deleted statements of articles that are there, of the sets that the asker may change."""
    binned = Statement.objects.binned_visible_to(at.user).in_study(at.study).with_set()
    rows = binned.select_related("speaker").without_texts().deleted_last_first()[:SHOWN]
    return [row for row in rows if at.may(Act.EDIT_SET, row)]
