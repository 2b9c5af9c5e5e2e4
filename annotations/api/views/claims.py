"""Claims."""

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.endpoint import Endpoint, Record, body_of
from annotations.api.etags import expected_version, object_answer
from annotations.api.filters import CHANGED_SINCE, EXTERNAL_ID, q, read_filters
from annotations.api.idempotency import Created, created
from annotations.api.lookups import claim_for, claims, study_for
from annotations.api.openapi import changing, creating, listing, reading, removing
from annotations.api.pagination import page
from annotations.api.permissions import user_of
from annotations.api.references import References
from annotations.api.serializers.claims import CLAIM, CLAIM_CHANGE, CLAIM_NEW, claim_answer, claim_values
from annotations.claims.actions import add_claim, change_claim, delete_claim
from annotations.permissions import Act

FILTERS = (CHANGED_SINCE, EXTERNAL_ID, q("Claims that hold every one of the words"))


class ClaimList(Endpoint):
    @listing("claims", "claim", "List the claims of a study", CLAIM, FILTERS)
    def get(self, request: Request, slug: str) -> Response:
        rows = claims(request).in_study(study_for(request, slug))
        asked = read_filters(request, FILTERS)
        if "changed_since" in asked:
            rows = rows.changed_since(asked["changed_since"])
        if "external_id" in asked:
            rows = rows.named_outside(asked["external_id"])
        if "q" in asked:
            rows = rows.worded_like(asked["q"])
        return page(request, rows, claim_answer)

    @creating("claims", "claim", "Word a claim", CLAIM_NEW, CLAIM)
    def post(self, request: Request, slug: str) -> Response:
        study = study_for(request, slug, Act.EDIT_VOCABULARY)

        def create() -> Created:
            user = user_of(request)
            values = claim_values(body_of(request, CLAIM_NEW), References(study, user))
            claim = add_claim(study=study, values=values, by=user)
            return Created(claim_answer(claim), f"/api/v1/claims/{claim.uid}/")

        return created(request, create)


class ClaimDetail(Endpoint):
    def current(self) -> Record:
        return claim_answer(claim_for(self.request, self.kwargs["claim"]))

    @reading("claims", "claim", "Read a claim", CLAIM)
    def get(self, request: Request, claim: uuid.UUID) -> Response:
        return object_answer(request, self.current())

    @changing("claims", "claim", "Change a claim", CLAIM_CHANGE, CLAIM)
    def patch(self, request: Request, claim: uuid.UUID) -> Response:
        row = claim_for(request, claim, Act.EDIT_VOCABULARY)
        expected = expected_version(request, row)
        body = body_of(request, CLAIM_CHANGE, claim_answer(row))
        user = user_of(request)
        if body:
            values = claim_values(body, References(row.study, user))
            change_claim(claim=row, expected=expected, values=values, by=user)
        return object_answer(request, self.current())

    @removing(
        "claims",
        "claim",
        "Delete a claim",
        CLAIM,
        more="For managers; one that statements bear on is refused with 409.",
    )
    def delete(self, request: Request, claim: uuid.UUID) -> Response:
        row = claim_for(request, claim, Act.DELETE_VOCABULARY)
        delete_claim(claim=row, expected=expected_version(request, row), by=user_of(request))
        return Response(status=204)
