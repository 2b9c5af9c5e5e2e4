"""Sets: one article's statements by one author."""

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.endpoint import Endpoint, Record
from annotations.api.etags import expected_version, object_answer
from annotations.api.filters import CHANGED_SINCE, read_filters
from annotations.api.lookups import article_for, set_for, sets
from annotations.api.openapi import acting, listing, reading
from annotations.api.pagination import page
from annotations.api.permissions import user_of
from annotations.api.serializers.sets import SET
from annotations.exchange.numerous import set_record
from annotations.permissions import Act
from annotations.workload.actions import reopen_set, submit_set

FILTERS = (CHANGED_SINCE,)


class SetList(Endpoint):
    @listing("sets", "set", "List the sets of an article that you may read", SET, FILTERS)
    def get(self, request: Request, article: uuid.UUID) -> Response:
        rows = sets(request).of_article(article_for(request, article))
        asked = read_filters(request, FILTERS)
        if "changed_since" in asked:
            rows = rows.changed_since(asked["changed_since"])
        return page(request, rows, set_record)


class OnSet(Endpoint):
    def current(self) -> Record:
        return set_record(set_for(self.request, self.kwargs["annotation_set"]))


class SetDetail(OnSet):
    @reading("sets", "set", "Read a set", SET)
    def get(self, request: Request, annotation_set: uuid.UUID) -> Response:
        return object_answer(request, self.current())


class SetSubmission(OnSet):
    @acting("sets", "set_submit", "Submit a set", SET, more="Its statements are frozen until it is reopened.")
    def post(self, request: Request, annotation_set: uuid.UUID) -> Response:
        row = set_for(request, annotation_set, Act.SUBMIT_SET)
        expected = expected_version(request, row, optional=True)
        submit_set(annotation_set=row, expected=expected, by=user_of(request))
        return object_answer(request, self.current())


class SetReopening(OnSet):
    @acting("sets", "set_reopen", "Reopen a set", SET)
    def post(self, request: Request, annotation_set: uuid.UUID) -> Response:
        row = set_for(request, annotation_set, Act.SUBMIT_SET)
        expected = expected_version(request, row, optional=True)
        reopen_set(annotation_set=row, expected=expected, by=user_of(request))
        return object_answer(request, self.current())
