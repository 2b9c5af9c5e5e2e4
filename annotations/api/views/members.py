"""Who belongs to a study, with which role."""

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.accounts.models import User
from annotations.api.endpoint import Endpoint, Record, body_of
from annotations.api.etags import expected_version, object_answer
from annotations.api.filters import read_filters
from annotations.api.idempotency import Created, created
from annotations.api.lookups import member_for, member_to_remove, study_for
from annotations.api.openapi import changing, creating, listing, reading, removing
from annotations.api.pagination import page
from annotations.api.permissions import user_of
from annotations.api.serializers.studies import MEMBER, MEMBER_CHANGE, MEMBER_NEW, member_answer
from annotations.errors import Invalid
from annotations.permissions import Act
from annotations.studies.actions import add_member, change_role, remove_member
from annotations.studies.models import Membership


class MemberList(Endpoint):
    @listing("members", "member", "List the members of a study", MEMBER)
    def get(self, request: Request, slug: str) -> Response:
        study = study_for(request, slug)
        read_filters(request, ())
        return page(request, Membership.objects.in_study(study).with_user(), member_answer)

    @creating("members", "member", "Add a member", MEMBER_NEW, MEMBER, more="For managers.")
    def post(self, request: Request, slug: str) -> Response:
        study = study_for(request, slug, Act.MANAGE_STUDY)

        def create() -> Created:
            body = body_of(request, MEMBER_NEW)
            user = User.objects.filter(username=body["user"], is_active=True).first()
            if user is None:
                raise Invalid.field("user", "There is no such user; an administrator can add one.")
            member = add_member(study=study, user=user, role=body["role"], by=user_of(request))
            return Created(member_answer(member), f"{request.path}{member.uid}/")

        return created(request, create)


class MemberDetail(Endpoint):
    def current(self) -> Record:
        return member_answer(member_for(self.request, self.kwargs["slug"], self.kwargs["member"]))

    @reading("members", "member", "Read a member", MEMBER)
    def get(self, request: Request, slug: str, member: uuid.UUID) -> Response:
        return object_answer(request, self.current())

    @changing(
        "members",
        "member",
        "Change a member's role",
        MEMBER_CHANGE,
        MEMBER,
        more="For managers. The last one stays.",
    )
    def patch(self, request: Request, slug: str, member: uuid.UUID) -> Response:
        row = member_for(request, slug, member, Act.MANAGE_STUDY)
        expected = expected_version(request, row)
        body = body_of(request, MEMBER_CHANGE, member_answer(row))
        if body:
            change_role(member=row, expected=expected, by=user_of(request), role=body["role"])
        return object_answer(request, member_answer(row))

    @removing(
        "members",
        "member",
        "Remove a member, or leave",
        MEMBER,
        more="For managers; your own membership you may end whatever your role. The work stays, under its"
        " pseudonym; the last manager cannot leave.",
    )
    def delete(self, request: Request, slug: str, member: uuid.UUID) -> Response:
        row = member_to_remove(request, slug, member)
        remove_member(member=row, expected=expected_version(request, row), by=user_of(request))
        return Response(status=204)
