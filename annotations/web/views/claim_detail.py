"""One claim with every statement that bears on it, by stance; deleting it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from annotations.claims.actions import ClaimInUse, delete_claim
from annotations.claims.models import Claim, ClaimRelation, StanceLink
from annotations.claims.overview import bearing_on_by, first_bearing_on, numbers_on
from annotations.codebook.models import CodebookVersion
from annotations.codebook.vocabulary import Vocabulary, vocabulary_of
from annotations.merging.merges import merges_into
from annotations.permissions import Act
from annotations.web.cards.tallies import Tally, tallies
from annotations.web.forms.place import version_in
from annotations.web.htmx import UserRequest
from annotations.web.lookups import ClaimContext, claim_for


@dataclass(frozen=True)
class Group:
    """The statements of one stance, or the first of them; `next` and `previous` lead on within it."""

    tally: Tally
    links: Sequence[StanceLink]
    next: str | None = None
    previous: str | None = None

    @property
    def has_more(self) -> bool:
        return len(self.links) < self.tally.n


@dataclass(frozen=True)
class Relation:
    """How another claim stands to this one; `outward` says that this one is the first of the two."""

    name: str
    other: Claim
    outward: bool


@require_safe
def claim_detail(request: UserRequest, slug: str, claim: uuid.UUID) -> HttpResponse:
    return _page(request, claim_for(request, slug, claim))


@require_POST
def claim_delete(request: UserRequest, slug: str, claim: uuid.UUID) -> HttpResponse:
    at = claim_for(request, slug, claim, Act.DELETE_VOCABULARY)
    try:
        delete_claim(claim=at.claim, expected=version_in(request.POST), by=at.user)
    except ClaimInUse as error:
        return _page(request, claim_for(request, slug, claim), error)
    messages.success(request, f"“{at.claim.text}” is deleted. Undo brings it back.")
    return redirect("annotations:claim-list", slug)


def _page(request: UserRequest, at: ClaimContext, problem: ClaimInUse | None = None) -> HttpResponse:
    vocabulary = vocabulary_of(CodebookVersion.objects.current_for(at.study))
    numbers = tallies(numbers_on(at.claim, at.user), vocabulary)
    chosen = next((tally for tally in numbers if tally.stance == request.GET.get("stance")), None)
    context = {
        "study": at.study,
        "role": at.role,
        "may_edit": at.may(Act.EDIT_VOCABULARY),
        "may_merge": at.may(Act.MERGE),
        "merges": merges_into(at.claim).values(),
        "may_delete": at.may(Act.DELETE_VOCABULARY),
        "here": "claims",
        "claim": at.claim,
        "kind": vocabulary.name_of("claim_kind", at.claim.kind),
        "relations": _relations(at.claim, vocabulary),
        "tallies": numbers,
        "chosen": chosen,
        "groups": [_paged(request, at, chosen)] if chosen else _first_groups(at, numbers),
        "problem": problem,
    }
    return render(
        request, "annotations/claim_detail.html", context, status=problem.status if problem else 200
    )


def _paged(request: UserRequest, at: ClaimContext, tally: Tally) -> Group:
    page = bearing_on_by(at.claim, at.user, tally.stance, request.GET.get("cursor"))
    return Group(tally, page.rows, page.next, page.previous)


def _first_groups(at: ClaimContext, numbers: Sequence[Tally]) -> list[Group]:
    links = first_bearing_on(at.claim, at.user)
    return [Group(tally, [link for link in links if link.stance == tally.stance]) for tally in numbers]


def _relations(claim: Claim, vocabulary: Vocabulary) -> list[Relation]:
    rows = ClaimRelation.objects.with_claim(str(claim.uid)).with_claims().by_relation()
    return [
        Relation(
            name=vocabulary.name_of("claim_relation", row.relation),
            other=row.b if row.a_id == claim.pk else row.a,
            outward=row.a_id == claim.pk,
        )
        for row in rows
    ]
