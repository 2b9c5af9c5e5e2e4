"""Who belongs to a study, and in which role; everybody reads the list, managers change it."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from annotations.errors import AnnotationError
from annotations.permissions import Act
from annotations.studies.actions import LastManager, add_member, change_role, remove_member
from annotations.studies.models import Membership, Role
from annotations.web.forms.faults import show_faults
from annotations.web.forms.member import WHAT_ROLES_DO, MemberForm
from annotations.web.forms.place import version_in
from annotations.web.htmx import UserRequest
from annotations.web.lookups import StudyContext, member_for, study_for


@require_safe
def member_list(request: UserRequest, slug: str) -> HttpResponse:
    return _page(request, study_for(request, slug), MemberForm())


@require_POST
def member_add(request: UserRequest, slug: str) -> HttpResponse:
    at = study_for(request, slug, Act.MANAGE_STUDY)
    form = MemberForm(request.POST)
    if not form.is_valid():
        return _page(request, at, form, status=422)
    given = form.cleaned_data
    try:
        add_member(study=at.study, user=given["user"], role=given["role"], by=at.user)
    except AnnotationError as error:
        show_faults(form, error)
        return _page(request, at, form, status=error.status)
    messages.success(request, f"{given['user'].get_username()} is {given['role']} of this study now.")
    return redirect("annotations:member-list", slug)


@require_POST
def member_role(request: UserRequest, slug: str, member: uuid.UUID) -> HttpResponse:
    at = member_for(request, slug, member, Act.MANAGE_STUDY)
    role, version = request.POST.get("role", ""), version_in(request.POST)
    try:
        change_role(member=at.member, role=role, expected=version, by=at.user)
    except LastManager as problem:
        return _page(request, at, MemberForm(), problem)
    messages.success(request, f"{at.member.user.get_username()} is {role} now.")
    return redirect("annotations:member-list", slug)


@require_POST
def member_remove(request: UserRequest, slug: str, member: uuid.UUID) -> HttpResponse:
    at = member_for(request, slug, member, Act.MANAGE_STUDY)
    name, is_self = at.member.user.get_username(), at.member.user_id == at.user.pk
    try:
        remove_member(member=at.member, expected=version_in(request.POST), by=at.user)
    except LastManager as problem:
        return _page(request, at, MemberForm(), problem)
    who = "You are" if is_self else f"{name} is"
    messages.success(request, f"{who} no member of “{at.study.name}” any more; the work stays in it.")
    return redirect("annotations:study-list") if is_self else redirect("annotations:member-list", slug)


def _page(
    request: UserRequest,
    at: StudyContext,
    form: MemberForm,
    problem: AnnotationError | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "study": at.study,
        "role": at.role,
        "may_manage": at.may_manage,
        "here": "members",
        "members": Membership.objects.in_study(at.study).with_user().by_name(),
        "roles": Role.choices,
        "what_roles_do": WHAT_ROLES_DO,
        "form": form,
        "problem": problem,
    }
    return render(
        request, "annotations/member_list.html", context, status=problem.status if problem else status
    )
