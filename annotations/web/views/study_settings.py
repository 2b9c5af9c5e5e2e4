"""What the managers of a study may change about it as a whole; and leaving it, for every member."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from annotations.errors import AnnotationError
from annotations.permissions import Act
from annotations.studies.actions import (
    LastManager,
    ModeLocked,
    change_study,
    delete_study,
    remove_member,
)
from annotations.studies.models import Membership
from annotations.web.forms.place import version_in
from annotations.web.forms.study import StudyEditForm, named_again
from annotations.web.htmx import UserRequest
from annotations.web.lookups import StudyContext, study_for


@require_http_methods(["GET", "HEAD", "POST"])
def study_edit(request: UserRequest, slug: str) -> HttpResponse:
    at = study_for(request, slug, Act.SHELVE_STUDY)
    if request.method != "POST":
        return _page(request, at)
    form = StudyEditForm(at.study, request.POST)
    if not form.is_valid():
        return _page(request, at, form, status=422)
    given = form.cleaned_data
    try:
        change_study(
            study=at.study,
            expected=given["version"],
            by=at.user,
            name=given["name"],
            mode=given["mode"] or None,
        )
    except ModeLocked as problem:
        return _page(request, at, form, problem, status=problem.status)
    messages.success(request, "The settings are saved.")
    return redirect("annotations:study-edit", slug)


@require_POST
def study_archive(request: UserRequest, slug: str) -> HttpResponse:
    at = study_for(request, slug, Act.SHELVE_STUDY)
    change_study(study=at.study, expected=version_in(request.POST), by=at.user, archived=True)
    messages.success(
        request,
        f"“{at.study.name}” is archived: it stays readable, nothing in it changes, and it can be taken back.",
    )
    return redirect("annotations:study-list")


@require_POST
def study_unarchive(request: UserRequest, slug: str) -> HttpResponse:
    at = study_for(request, slug, Act.SHELVE_STUDY)
    change_study(study=at.study, expected=version_in(request.POST), by=at.user, archived=False)
    messages.success(request, f"“{at.study.name}” is back from the archive.")
    return redirect(at.study)


@require_POST
def study_delete(request: UserRequest, slug: str) -> HttpResponse:
    """Put the study into the bin, once its name was typed."""
    at = study_for(request, slug, Act.SHELVE_STUDY)
    expected = version_in(request.POST)
    try:
        named_again(request.POST, at.study)
    except AnnotationError as problem:
        return _page(request, at, None, problem, status=problem.status)
    delete_study(study=at.study, expected=expected, by=at.user)
    messages.success(request, f"“{at.study.name}” is in the bin. Its managers can take it back from there.")
    return redirect("annotations:binned-study-list")


@require_POST
def study_leave(request: UserRequest, slug: str) -> HttpResponse:
    """End one's own membership."""
    at = study_for(request, slug)
    member = Membership.objects.in_study(at.study).with_user().get(user=at.user)
    try:
        remove_member(member=member, expected=member.version, by=at.user)
    except LastManager as problem:
        return render(request, "problem.html", {"problem": problem}, status=problem.status)
    messages.success(request, f"You are no member of “{at.study.name}” any more; your work stays in it.")
    return redirect("annotations:study-list")


def _page(
    request: UserRequest,
    at: StudyContext,
    form: StudyEditForm | None = None,
    problem: AnnotationError | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "study": at.study,
        "role": at.role,
        "here": "settings",
        "form": form or StudyEditForm(at.study),
        "problem": problem,
        "n_members": Membership.objects.in_study(at.study).count(),
    }
    return render(request, "annotations/study_edit.html", context, status=status)
