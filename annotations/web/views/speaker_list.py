"""The speakers of a study: the list, and what is known of one and attributed to it."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.http import replace_url

from annotations.claims.models import stances_of_statements
from annotations.claims.stances import Stance
from annotations.codebook.vocabulary import Vocabulary, vocabulary_of
from annotations.merging.merges import merges_into
from annotations.permissions import Act
from annotations.speakers.models import Speaker
from annotations.statements.attribution import Part, n_by_part, speakers_of, statements_of
from annotations.statements.models import Statement
from annotations.web.cards.card import Card
from annotations.web.cards.head import Chip
from annotations.web.forms.speaker import SpeakerFilterForm
from annotations.web.htmx import UserRequest, fragment, wants_fragment
from annotations.web.lookups import speaker_for, study_for

TIES = 50
"""Of how many others the page of a speaker says that they belong to it."""


@dataclass(frozen=True)
class Line:
    """A statement in a speaker's list, with the chips of its stances."""

    statement: Statement
    chips: Sequence[Chip]


@dataclass(frozen=True)
class Tie:
    """Another speaker that names this one: affiliated with it, speaking for it, or having it as a member."""

    speaker: Speaker
    words: str


@require_safe
def speaker_list(request: UserRequest, slug: str) -> HttpResponse:
    """Show the speakers, filtered by the address."""
    at = study_for(request, slug)
    form = SpeakerFilterForm(request.GET)
    context = {
        "study": at.study,
        "role": at.role,
        "may_annotate": at.may_annotate,
        "here": "speakers",
        "form": form,
        "table": speakers_of(at.study, at.user, form.wanted, form.place),
    }
    response = fragment(request, "annotations/speaker_list.html", "speakers", context)
    return replace_url(response, f"{request.path}{form.query}") if wants_fragment(request) else response


@require_safe
def speaker_detail(request: UserRequest, slug: str, speaker: uuid.UUID) -> HttpResponse:
    """Show who it is, and the statements that it makes or, with `part=relayed`, passes on."""
    at = speaker_for(request, slug, speaker)
    part = Part.RELAYED if request.GET.get("part") == Part.RELAYED else Part.SAID
    page = statements_of(at.speaker, at.user, part, request.GET.get("cursor") or None)
    prefetch_related_objects(page.rows, stances_of_statements())
    context = {
        "study": at.study,
        "role": at.role,
        "here": "speakers",
        "speaker": at.speaker,
        "may_edit": at.may(Act.EDIT_VOCABULARY),
        "may_merge": at.may(Act.MERGE),
        "merges": merges_into(at.speaker).values(),
        "ties": _ties(at.speaker),
        "part": part.value,
        "n": n_by_part(at.speaker, at.user),
        "page": page,
        "lines": _lines(page.rows),
    }
    return render(request, "annotations/speaker_detail.html", context)


def _ties(speaker: Speaker) -> list[Tie]:
    others = Speaker.objects.in_study(speaker.study).telling_of(speaker).by_name()
    return [
        Tie(other, _tie_in_words(other, speaker)) for other in others.saying_whether_joint(speaker)[:TIES]
    ]


def _tie_in_words(other: Speaker, speaker: Speaker) -> str:
    if other.affiliation_id == speaker.pk:
        return "affiliated"
    if other.speaks_for_id == speaker.pk:
        return "speaks for it"
    return "has it as a member" if vars(other)["has_it"] else "affiliated at other times"


def _lines(statements: Iterable[Statement]) -> list[Line]:
    known: dict[int, Vocabulary] = {}
    lines = []
    for statement in statements:
        codebook = statement.annotation_set.codebook
        vocabulary = known.setdefault(codebook.pk, vocabulary_of(codebook))
        stances = [Stance.from_row(row) for row in statement.stances.all()]
        lines.append(Line(statement, Card(statement, vocabulary, {}, [], stances).head.chips))
    return lines
