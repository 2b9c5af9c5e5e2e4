"""Issues: topics that group claims."""

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.endpoint import Endpoint, Record, body_of
from annotations.api.etags import expected_version, object_answer
from annotations.api.filters import CHANGED_SINCE, EXTERNAL_ID, q, read_filters
from annotations.api.idempotency import Created, created
from annotations.api.lookups import issue_for, issues, study_for
from annotations.api.openapi import changing, creating, listing, reading, removing
from annotations.api.pagination import page
from annotations.api.permissions import user_of
from annotations.api.serializers.claims import ISSUE, ISSUE_CHANGE, ISSUE_NEW
from annotations.claims.actions import add_issue, change_issue, delete_issue
from annotations.exchange.records import issue_record
from annotations.permissions import Act

FILTERS = (CHANGED_SINCE, EXTERNAL_ID, q("Words in the name"))


class IssueList(Endpoint):
    @listing("issues", "issue", "List the issues of a study", ISSUE, FILTERS)
    def get(self, request: Request, slug: str) -> Response:
        rows = issues(request).in_study(study_for(request, slug))
        asked = read_filters(request, FILTERS)
        if "changed_since" in asked:
            rows = rows.changed_since(asked["changed_since"])
        if "external_id" in asked:
            rows = rows.named_outside(asked["external_id"])
        if "q" in asked:
            rows = rows.named_like(asked["q"])
        return page(request, rows, issue_record)

    @creating("issues", "issue", "Add an issue", ISSUE_NEW, ISSUE)
    def post(self, request: Request, slug: str) -> Response:
        study = study_for(request, slug, Act.EDIT_VOCABULARY)

        def create() -> Created:
            issue = add_issue(study=study, values=body_of(request, ISSUE_NEW), by=user_of(request))
            return Created(issue_record(issue), f"/api/v1/issues/{issue.uid}/")

        return created(request, create)


class IssueDetail(Endpoint):
    def current(self) -> Record:
        return issue_record(issue_for(self.request, self.kwargs["issue"]))

    @reading("issues", "issue", "Read an issue", ISSUE)
    def get(self, request: Request, issue: uuid.UUID) -> Response:
        return object_answer(request, self.current())

    @changing("issues", "issue", "Change an issue", ISSUE_CHANGE, ISSUE)
    def patch(self, request: Request, issue: uuid.UUID) -> Response:
        row = issue_for(request, issue, Act.EDIT_VOCABULARY)
        expected = expected_version(request, row)
        body = body_of(request, ISSUE_CHANGE, issue_record(row))
        if body:
            change_issue(issue=row, expected=expected, values=body, by=user_of(request))
        return object_answer(request, self.current())

    @removing("issues", "issue", "Delete an issue", ISSUE, more="Its claims stay, without an issue.")
    def delete(self, request: Request, issue: uuid.UUID) -> Response:
        row = issue_for(request, issue, Act.EDIT_VOCABULARY)
        delete_issue(issue=row, expected=expected_version(request, row), by=user_of(request))
        return Response(status=204)
