"""Studies in the bin, for those who managed them: take one back, or let it go for good."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from annotations.errors import Invalid
from annotations.retention.actions import purge_study
from annotations.studies.actions import restore_study
from annotations.studies.models import Study
from annotations.web.forms.place import version_in
from annotations.web.forms.study import named_again
from annotations.web.htmx import UserRequest
from annotations.web.lookups import binned_study_for


@require_safe
def binned_study_list(request: UserRequest) -> HttpResponse:
    return _page(request)


@require_POST
def study_restore(request: UserRequest, study: uuid.UUID) -> HttpResponse:
    row = binned_study_for(request, study)
    restore_study(study=row, expected=version_in(request.POST), by=request.user)
    messages.success(request, f"“{row.name}” is back, with everything in it.")
    return redirect(row)


@require_POST
def study_purge(request: UserRequest, study: uuid.UUID) -> HttpResponse:
    """Let the study go for good, once its name was typed."""
    row = binned_study_for(request, study)
    try:
        named_again(request.POST, row)
    except Invalid as problem:
        return _page(request, problem)
    purge_study(study=row, by=request.user)
    messages.success(request, f"“{row.name}” is deleted for good.")
    return redirect("annotations:binned-study-list")


def _page(request: UserRequest, problem: Invalid | None = None) -> HttpResponse:
    context = {"studies": Study.objects.binned_of(request.user), "problem": problem}
    status = problem.status if problem else 200
    return render(request, "annotations/binned_study_list.html", context, status=status)
