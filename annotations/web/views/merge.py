"""Merge two speakers or two claims that are the same: choose the other, see what moves, confirm; take them apart."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from annotations.claims.models import Claim
from annotations.codebook.models import CodebookVersion
from annotations.codebook.vocabulary import vocabulary_of
from annotations.errors import AnnotationError, Invalid
from annotations.merging.actions import merge_claims, merge_speakers, unmerge
from annotations.merging.overview import likely_same, what_is_left, what_moves
from annotations.permissions import Act
from annotations.speakers.models import Speaker
from annotations.studies.models import Study
from annotations.web.cards.options import SHOWN, Option, claim_names, speaker_options
from annotations.web.forms import fields
from annotations.web.forms.place import version_in
from annotations.web.htmx import UserRequest, fragment
from annotations.web.lookups import StudyContext, claim_for, speaker_for

PAGE = "annotations/merge.html"


@dataclass(frozen=True)
class Kind:
    """What differs between speakers and claims: how one is found, others are sought, and two are merged."""

    what: str
    find: Callable[..., Any]
    merge: Callable[..., Any]
    sought: Callable[[Study, str], Any]
    options: Callable[[Study, Any, str], list[Option]]

    def at(self, request: UserRequest, slug: str, uid: uuid.UUID) -> tuple[StudyContext, Any]:
        found = self.find(request, slug, uid, Act.MERGE)
        return found, getattr(found, self.what)


def _speakers(study: Study, words: str) -> Any:  # noqa: ANN401  (rows of either kind)
    rows = Speaker.objects.in_study(study)
    return (rows.named_like(words) if words else rows).with_affiliation().prefetch_related("aliases")


def _claims(study: Study, words: str) -> Any:  # noqa: ANN401
    return Claim.objects.in_study(study).worded_like(words).with_issue().by_text()


def _claim_options(study: Study, claims: Any, words: str) -> list[Option]:  # noqa: ANN401
    return claim_names(claims, vocabulary_of(CodebookVersion.objects.current_for(study)))


SPEAKER = Kind(
    "speaker", speaker_for, merge_speakers, _speakers, lambda study, rows, words: speaker_options(rows, words)
)
CLAIM = Kind("claim", claim_for, merge_claims, _claims, _claim_options)


@require_http_methods(["GET", "HEAD", "POST"])
def speaker_merge(request: UserRequest, slug: str, speaker: uuid.UUID) -> HttpResponse:
    return _merge(request, slug, speaker, SPEAKER)


@require_POST
def speaker_unmerge(request: UserRequest, slug: str, speaker: uuid.UUID) -> HttpResponse:
    return _unmerge(request, slug, speaker, SPEAKER)


@require_http_methods(["GET", "HEAD", "POST"])
def claim_merge(request: UserRequest, slug: str, claim: uuid.UUID) -> HttpResponse:
    return _merge(request, slug, claim, CLAIM)


@require_POST
def claim_unmerge(request: UserRequest, slug: str, claim: uuid.UUID) -> HttpResponse:
    return _unmerge(request, slug, claim, CLAIM)


def _merge(request: UserRequest, slug: str, uid: uuid.UUID, kind: Kind) -> HttpResponse:
    at, keep = kind.at(request, slug, uid)
    chosen = _uuid_in(request.POST if request.method == "POST" else request.GET, "with")
    away = kind.at(request, slug, chosen)[1] if chosen else None
    if request.method != "POST" or away is None:
        return fragment(request, PAGE, "options", _context(request, at, kind, keep, away))
    try:
        kind.merge(keep=keep, away=away, expected=version_in(request.POST), by=at.user)
    except AnnotationError as error:
        status = 409 if error.status == 412 else error.status
        problem = {"problem": error, "keep": kind.at(request, slug, uid)[1]}
        return fragment(
            request, PAGE, "options", {**_context(request, at, kind, keep, away), **problem}, status=status
        )
    messages.success(request, f"“{away}” is merged into this {kind.what}.", extra_tags="undo")
    return redirect(f"annotations:{kind.what}-detail", slug, uid)


def _unmerge(request: UserRequest, slug: str, uid: uuid.UUID, kind: Kind) -> HttpResponse:
    at, keep = kind.at(request, slug, uid)
    away = _uuid_in(request.POST, "away")
    if away is None:
        raise Invalid.field("away", f"Choose the {kind.what} to take out.")
    done = unmerge(keep=keep, away=str(away), expected=version_in(request.POST), by=at.user)
    words = f"“{done.away}” stands for itself again."
    if left := what_is_left(done.left, type(keep), at.user):
        told = ", ".join(f"{line.n} {line.words}" for line in left)
        words = f"{words} Left as they are, since they were changed after the merge: {told}."
    messages.success(request, words, extra_tags="undo")
    return redirect(f"annotations:{kind.what}-detail", slug, uid)


def _context(
    request: UserRequest, at: StudyContext, kind: Kind, keep: Speaker | Claim, away: Speaker | Claim | None
) -> dict[str, object]:
    words = fields.words(request.GET, "q")
    return {
        "study": at.study,
        "role": at.role,
        "here": f"{kind.what}s",
        "what": kind.what,
        "keep": keep,
        "away": away,
        "words": words,
        "options": [] if away else _options(at.study, kind, keep, words),
        "moves": what_moves(away, at.user) if away else [],
    }


def _options(study: Study, kind: Kind, keep: Speaker | Claim, words: str) -> list[Option]:
    """Return what to choose from: what holds the words or, without any, what is likely the same."""
    rows = kind.sought(study, words)
    if not words:
        return kind.options(study, likely_same(keep, rows), words)
    ordered = rows.best_first(words) if isinstance(keep, Speaker) else rows
    return kind.options(study, ordered.exclude(pk=keep.pk)[:SHOWN], words)


def _uuid_in(sent: QueryDict, name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(sent.get(name, ""))
    except ValueError:
        return None
