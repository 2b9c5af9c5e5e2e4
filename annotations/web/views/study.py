"""The study list, a new study, and a study's home."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import replace_url

from annotations.corpus.models import Article
from annotations.errors import Forbidden, Invalid, NotFound
from annotations.history.activity import latest
from annotations.permissions import Act
from annotations.revisions.waiting import waiting_in
from annotations.statements.article_table import article_table
from annotations.statements.overview import outlook, studies_of
from annotations.studies.actions import create_study
from annotations.studies.models import Study
from annotations.web.forms.faults import show_faults
from annotations.web.forms.study import ArticleFilterForm, StudyCreateForm, outlet_choices
from annotations.web.htmx import UserRequest, fragment, wants_fragment
from annotations.web.lookups import article_for, study_for


@require_safe
def study_list(request: UserRequest) -> HttpResponse:
    lines = studies_of(request.user)
    context = {
        "n_binned": Study.objects.binned_of(request.user).count(),
        "active": [line for line in lines if line.study.archived_at is None],
        "archived": [line for line in lines if line.study.archived_at is not None],
    }
    return render(request, "annotations/study_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def study_create(request: UserRequest) -> HttpResponse:
    form = StudyCreateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            study = create_study(by=request.user, **form.cleaned_data)
        except Invalid as error:
            show_faults(form, error)
        else:
            return redirect(study)
    status = 422 if request.method == "POST" else 200
    return render(request, "annotations/study_create.html", {"form": form}, status=status)


@require_safe
def study_detail(request: UserRequest, slug: str) -> HttpResponse:
    """Show the articles, filtered by the address; what is next and what happened beside them."""
    at = study_for(request, slug)
    figures = at.figures
    form = ArticleFilterForm(request.GET, figures.get("outlets", lambda: outlet_choices(at.study)))
    stands = figures.get("outlook", lambda: outlook(at.study, at.user))
    waiting = figures.get("to place", lambda: waiting_in(at.study, at.user)) if stands.has_earlier else {}
    context: dict[str, Any] = {
        "study": at.study,
        "role": at.role,
        "may_annotate": at.may_annotate,
        "may_shelve": at.may(Act.SHELVE_STUDY),
        "here": "articles",
        "form": form,
        "table": article_table(
            at.study, at.user, form.wanted, form.page_number, figures=figures, standing=stands.n_by_state
        ),
        "waiting": waiting,
    }
    if wants_fragment(request):
        response = fragment(request, "annotations/study_detail.html", "articles", context)
        return replace_url(response, f"{request.path}{form.query}")
    context |= {
        "stands": stands,
        "happenings": figures.get("happenings", lambda: latest(at.study, at.user)),
        "to_place": list(waiting.values()),
        "binned": _just_binned(request, slug) if at.may(Act.DELETE_ARTICLE) else None,
    }
    return fragment(request, "annotations/study_detail.html", "articles", context)


def _just_binned(request: UserRequest, slug: str) -> Article | None:
    """Return the article that this manager has just put into the bin, to offer the way back."""
    wanted = request.GET.get("binned", "")
    try:
        return article_for(request, slug, UUID(wanted), Act.DELETE_ARTICLE, binned=True).article
    except (ValueError, NotFound, Forbidden):
        return None
