"""Speakers, and the outlets among them."""

import uuid
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.endpoint import Endpoint, Record, body_of
from annotations.api.etags import expected_version, object_answer
from annotations.api.filters import CHANGED_SINCE, EXTERNAL_ID, q, read_filters
from annotations.api.idempotency import Created, created
from annotations.api.lookups import speaker_for, speakers, study_for
from annotations.api.openapi import changing, creating, listing, reading, removing
from annotations.api.pagination import page
from annotations.api.permissions import user_of
from annotations.api.references import References
from annotations.api.serializers.speakers import (
    SPEAKER,
    SPEAKER_CHANGE,
    SPEAKER_NEW,
    speaker_answer,
    speaker_changes,
)
from annotations.audit.actions import all_or_nothing
from annotations.permissions import Act
from annotations.speakers.actions import add_speaker, change_speaker, delete_speaker
from annotations.speakers.models import SpeakerQuerySet

FILTERS = (CHANGED_SINCE, EXTERNAL_ID, q("Words in the name or an alias"))


def narrowed(rows: SpeakerQuerySet, asked: dict[str, Any]) -> SpeakerQuerySet:
    if "changed_since" in asked:
        rows = rows.changed_since(asked["changed_since"])
    if "external_id" in asked:
        rows = rows.named_outside(asked["external_id"])
    if "q" in asked:
        rows = rows.named_like(asked["q"])
    return rows


class SpeakerList(Endpoint):
    @listing("speakers", "speaker", "List the speakers of a study", SPEAKER, FILTERS)
    def get(self, request: Request, slug: str) -> Response:
        study = study_for(request, slug)
        asked = read_filters(request, FILTERS)
        return page(request, narrowed(speakers(request).in_study(study), asked), speaker_answer)

    @creating("speakers", "speaker", "Add a speaker", SPEAKER_NEW, SPEAKER)
    def post(self, request: Request, slug: str) -> Response:
        study = study_for(request, slug, Act.EDIT_VOCABULARY)

        def create() -> Created:
            user = user_of(request)
            changes = speaker_changes(body_of(request, SPEAKER_NEW), References(study, user))
            speaker = add_speaker(study=study, changes=changes, by=user)
            return Created(
                speaker_answer(speaker_for(request, speaker.uid)), f"/api/v1/speakers/{speaker.uid}/"
            )

        return created(request, create)


class OutletList(Endpoint):
    @listing(
        "speakers", "outlet", "List the outlets of a study: its speakers of type media", SPEAKER, FILTERS
    )
    def get(self, request: Request, slug: str) -> Response:
        study = study_for(request, slug)
        asked = read_filters(request, FILTERS)
        return page(request, narrowed(speakers(request).in_study(study).outlets(), asked), speaker_answer)


class SpeakerDetail(Endpoint):
    def current(self) -> Record:
        return speaker_answer(speaker_for(self.request, self.kwargs["speaker"]))

    @reading("speakers", "speaker", "Read a speaker", SPEAKER)
    def get(self, request: Request, speaker: uuid.UUID) -> Response:
        return object_answer(request, self.current())

    @changing("speakers", "speaker", "Change a speaker", SPEAKER_CHANGE, SPEAKER)
    def patch(self, request: Request, speaker: uuid.UUID) -> Response:
        row = speaker_for(request, speaker, Act.EDIT_VOCABULARY)
        expected = expected_version(request, row)
        body = body_of(request, SPEAKER_CHANGE, speaker_answer(row))

        def change() -> None:
            user = user_of(request)
            changes = speaker_changes(body, References(row.study, user))
            change_speaker(speaker=row, expected=expected, changes=changes, by=user)

        if body:
            all_or_nothing(change)
        return object_answer(request, self.current())

    @removing(
        "speakers",
        "speaker",
        "Delete a speaker",
        SPEAKER,
        more="For managers; one that is in use is refused with 409.",
    )
    def delete(self, request: Request, speaker: uuid.UUID) -> Response:
        row = speaker_for(request, speaker, Act.DELETE_VOCABULARY)
        delete_speaker(speaker=row, expected=expected_version(request, row), by=user_of(request))
        return Response(status=204)
