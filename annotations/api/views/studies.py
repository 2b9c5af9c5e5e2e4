"""Studies: list, create, read, change, archive."""

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.endpoint import Endpoint, Record, body_of
from annotations.api.etags import expected_version, object_answer
from annotations.api.filters import CHANGED_SINCE, q, read_filters
from annotations.api.idempotency import Created, created
from annotations.api.lookups import studies, study_for
from annotations.api.openapi import changing, creating, listing, reading, removing
from annotations.api.pagination import page
from annotations.api.permissions import study_of_token, user_of
from annotations.api.serializers.studies import STUDY, STUDY_CHANGE, STUDY_NEW, study_answer
from annotations.errors import Forbidden
from annotations.permissions import Act
from annotations.studies.actions import change_study, create_study, delete_study

FILTERS = (CHANGED_SINCE, q("Words in the name"))


class StudyList(Endpoint):
    @listing("studies", "study", "List your studies", STUDY, FILTERS)
    def get(self, request: Request) -> Response:
        asked = read_filters(request, FILTERS)
        rows = studies(request)
        if "changed_since" in asked:
            rows = rows.changed_since(asked["changed_since"])
        if "q" in asked:
            rows = rows.named_like(asked["q"])
        return page(request, rows, study_answer)

    @creating("studies", "study", "Create a study", STUDY_NEW, STUDY, more="You become its manager.")
    def post(self, request: Request) -> Response:
        if study_of_token(request) is not None:
            raise Forbidden("This token is bound to one study; create others with a token that is not.")
        user = user_of(request)

        def create() -> Created:
            study = create_study(by=user, **body_of(request, STUDY_NEW))
            return Created(study_answer(study), f"/api/v1/studies/{study.slug}/")

        return created(request, create)


class StudyDetail(Endpoint):
    def current(self) -> Record:
        return study_answer(study_for(self.request, self.kwargs["slug"]))

    @reading("studies", "study", "Read a study", STUDY)
    def get(self, request: Request, slug: str) -> Response:
        return object_answer(request, self.current())

    @changing(
        "studies",
        "study",
        "Rename a study, change its mode, archive it, take it back",
        STUDY_CHANGE,
        STUDY,
        more="For managers. In an archived study nothing changes (409) until it is taken back.",
    )
    def patch(self, request: Request, slug: str) -> Response:
        study = study_for(request, slug, Act.SHELVE_STUDY)
        expected = expected_version(request, study)
        body = body_of(request, STUDY_CHANGE, study_answer(study))
        if body:
            change_study(study=study, expected=expected, by=user_of(request), **body)
        return object_answer(request, self.current())

    @removing(
        "studies",
        "study",
        "Delete a study to the bin",
        STUDY,
        more="For managers, who take it back on the pages. Until then it is gone for everybody.",
    )
    def delete(self, request: Request, slug: str) -> Response:
        study = study_for(request, slug, Act.SHELVE_STUDY)
        delete_study(study=study, expected=expected_version(request, study), by=user_of(request))
        return Response(status=204)
