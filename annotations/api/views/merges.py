"""Merge speakers, or claims, and take them apart again."""

import uuid
from collections.abc import Callable
from dataclasses import asdict

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.endpoint import Endpoint, Record, body_of
from annotations.api.etags import etag_of, expected_version, object_answer
from annotations.api.lookups import claim_for, speaker_for
from annotations.api.openapi import acting
from annotations.api.permissions import user_of
from annotations.api.references import References
from annotations.api.serializers.claims import CLAIM, claim_answer
from annotations.api.serializers.merges import CLAIM_UNMERGED, MERGE, SPEAKER_UNMERGED
from annotations.api.serializers.speakers import SPEAKER, speaker_answer
from annotations.claims.models import Claim
from annotations.merging.actions import merge_claims, merge_speakers, unmerge
from annotations.merging.overview import what_is_left
from annotations.permissions import Act
from annotations.speakers.models import Speaker

MERGED = (
    "For managers. Everything that names `away` names this one afterwards, and `away` is gone; each object that"
    " reads otherwise is a version further. Undo and …/unmerge/ bring it back."
)
UNMERGED = (
    "For managers. What still stands where the merge has put it goes back, whatever else was done since; `left`"
    " counts what does not, as far as you may read it."
)


class OnSpeaker(Endpoint):
    def current(self) -> Record:
        return speaker_answer(speaker_for(self.request, self.kwargs["speaker"]))


class OnClaim(Endpoint):
    def current(self) -> Record:
        return claim_answer(claim_for(self.request, self.kwargs["claim"]))


class SpeakerMerge(OnSpeaker):
    @acting("speakers", "speaker_merge", "Merge another speaker into this", SPEAKER, body=MERGE, more=MERGED)
    def post(self, request: Request, speaker: uuid.UUID) -> Response:
        row = speaker_for(request, speaker, Act.MERGE)
        expected, user = expected_version(request, row), user_of(request)
        away = References(row.study, user).speaker(body_of(request, MERGE)["away"], "away")
        merge_speakers(keep=row, away=away, expected=expected, by=user)
        return object_answer(request, self.current())


class SpeakerUnmerge(OnSpeaker):
    @acting(
        "speakers",
        "speaker_unmerge",
        "Take a merged speaker out of this",
        SPEAKER_UNMERGED,
        body=MERGE,
        more=UNMERGED,
        current=SPEAKER,
    )
    def post(self, request: Request, speaker: uuid.UUID) -> Response:
        row = speaker_for(request, speaker, Act.MERGE)
        return _unmerged(request, row, lambda uid: speaker_answer(speaker_for(request, uid)))


class ClaimMerge(OnClaim):
    @acting("claims", "claim_merge", "Merge another claim into this", CLAIM, body=MERGE, more=MERGED)
    def post(self, request: Request, claim: uuid.UUID) -> Response:
        row = claim_for(request, claim, Act.MERGE)
        expected, user = expected_version(request, row), user_of(request)
        away = References(row.study, user).claim(body_of(request, MERGE)["away"], "away")
        merge_claims(keep=row, away=away, expected=expected, by=user)
        return object_answer(request, self.current())


class ClaimUnmerge(OnClaim):
    @acting(
        "claims",
        "claim_unmerge",
        "Take a merged claim out of this",
        CLAIM_UNMERGED,
        body=MERGE,
        more=UNMERGED,
        current=CLAIM,
    )
    def post(self, request: Request, claim: uuid.UUID) -> Response:
        row = claim_for(request, claim, Act.MERGE)
        return _unmerged(request, row, lambda uid: claim_answer(claim_for(request, uid)))


def _unmerged(request: Request, row: Speaker | Claim, answered: Callable[[uuid.UUID], Record]) -> Response:
    expected, user = expected_version(request, row), user_of(request)
    away = body_of(request, MERGE)["away"]
    done = unmerge(keep=row, away=away, expected=expected, by=user)
    left = [asdict(line) for line in what_is_left(done.left, type(row), user)]
    keep = answered(row.uid)
    answer = {"keep": keep, "away": answered(done.away.uid), "left": left}
    return object_answer(request, answer, tag=etag_of(keep["version"]))
