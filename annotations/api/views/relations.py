"""How claims stand to one another."""

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.endpoint import Endpoint, Record, body_of
from annotations.api.etags import expected_version, object_answer
from annotations.api.filters import CHANGED_SINCE, Filter, read_filters
from annotations.api.idempotency import Created, created
from annotations.api.lookups import relation_for, relations, study_for
from annotations.api.openapi import changing, creating, listing, reading, removing
from annotations.api.pagination import page
from annotations.api.permissions import user_of
from annotations.api.references import References
from annotations.api.serializers.claims import RELATION, RELATION_CHANGE, RELATION_NEW
from annotations.api.shapes import UID
from annotations.claims.actions import change_relation, relate_claims, unrelate_claims
from annotations.exchange.records import relation_record
from annotations.permissions import Act

FILTERS = (Filter("claim", UID, "Id of a claim that is one of the two."), CHANGED_SINCE)


class RelationList(Endpoint):
    @listing("claim relations", "claim_relation", "List the relations between claims", RELATION, FILTERS)
    def get(self, request: Request, slug: str) -> Response:
        rows = relations(request).in_study(study_for(request, slug))
        asked = read_filters(request, FILTERS)
        if "claim" in asked:
            rows = rows.with_claim(asked["claim"])
        if "changed_since" in asked:
            rows = rows.changed_since(asked["changed_since"])
        return page(request, rows, relation_record)

    @creating("claim relations", "claim_relation", "Relate two claims", RELATION_NEW, RELATION)
    def post(self, request: Request, slug: str) -> Response:
        study = study_for(request, slug, Act.EDIT_VOCABULARY)

        def create() -> Created:
            body = body_of(request, RELATION_NEW)
            known = References(study, user_of(request))
            a, b = known.claim(body["a"], "a"), known.claim(body["b"], "b")
            made = relate_claims(study=study, a=a, b=b, relation=body["relation"], by=known.by)
            return Created(relation_record(made), f"/api/v1/claim-relations/{made.uid}/")

        return created(request, create)


class RelationDetail(Endpoint):
    def current(self) -> Record:
        return relation_record(relation_for(self.request, self.kwargs["relation"]))

    @reading("claim relations", "claim_relation", "Read a relation", RELATION)
    def get(self, request: Request, relation: uuid.UUID) -> Response:
        return object_answer(request, self.current())

    @changing("claim relations", "claim_relation", "Change the kind of a relation", RELATION_CHANGE, RELATION)
    def patch(self, request: Request, relation: uuid.UUID) -> Response:
        row = relation_for(request, relation, Act.EDIT_VOCABULARY)
        expected = expected_version(request, row)
        body = body_of(request, RELATION_CHANGE, relation_record(row))
        if body:
            change_relation(
                claim_relation=row, expected=expected, relation=body["relation"], by=user_of(request)
            )
        return object_answer(request, self.current())

    @removing("claim relations", "claim_relation", "Delete a relation", RELATION)
    def delete(self, request: Request, relation: uuid.UUID) -> Response:
        row = relation_for(request, relation, Act.EDIT_VOCABULARY)
        unrelate_claims(claim_relation=row, expected=expected_version(request, row), by=user_of(request))
        return Response(status=204)
