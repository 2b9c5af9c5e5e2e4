"""Speakers while coding: search by name or alias, introduce a new one in place."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from annotations.codebook.vocabulary import vocabulary_of
from annotations.errors import NotFound
from annotations.permissions import Act
from annotations.speakers.models import Speaker
from annotations.statements.actions import attribute_to_new_speaker
from annotations.statements.changes import Link, StatementChanges
from annotations.web.cards.answers import render_saved
from annotations.web.cards.card import Card
from annotations.web.cards.options import SHOWN, creating, speaker_options
from annotations.web.forms import fields
from annotations.web.forms.chain import with_relay
from annotations.web.forms.speaker import speaker_in
from annotations.web.htmx import UserRequest, fragment
from annotations.web.lookups import StatementContext, statement_for, study_for

RELAY = "relay"
OUTLET = "outlet"


@require_safe
def speaker_suggest(request: UserRequest, slug: str) -> HttpResponse:
    """Offer speakers whose name or alias holds the words; `part` says what for: speaker, relay, outlet or a mere name."""
    at = study_for(request, slug)
    words = fields.words(request.GET, "q")
    statement, part = request.GET.get("statement", ""), request.GET.get("part", "")
    speakers = Speaker.objects.in_study(at.study)
    among = speakers.outlets() if part == OUTLET else speakers
    found = among.named_like(words).with_affiliation().best_first(words)
    options = speaker_options(found.prefetch_related("aliases")[:SHOWN], words)
    if words and statement and at.may(Act.EDIT_VOCABULARY):
        address = reverse("annotations:speaker-create", args=[slug])
        query = {"name": words, "statement": statement, "part": part}
        options.append(creating("speaker", words, address, query, f"#new-{part}-{statement}"))
    return render(request, "annotations/_options.html", {"options": options})


@require_http_methods(["GET", "HEAD", "POST"])
def speaker_create(request: UserRequest, slug: str) -> HttpResponse:
    """Introduce a speaker and make it the statement's speaker, or with `part=relay` a link of its chain."""
    sent = request.POST if request.method == "POST" else request.GET
    at = statement_for(request, slug, _statement_id(sent.get("statement", "")), Act.EDIT_SET)
    relay = sent.get("part") == RELAY
    if request.method == "POST":
        return render_saved(request, at, lambda expected: _attributed(request, at, expected, relay=relay))
    context = {
        "study": at.study,
        "role": at.role,
        "statement": at.statement,
        "name": fields.words(sent, "name"),
        "part": RELAY if relay else "speaker",
        "types": Speaker.Type.choices,
        "likely": Speaker.Type.MEDIA if relay else Speaker.Type.PERSON,
    }
    return fragment(request, "annotations/speaker_create.html", "speaker-form", context)


def _attributed(request: UserRequest, at: StatementContext, expected: int, *, relay: bool) -> Card:
    card = Card.of(at.statement, vocabulary_of(at.statement.annotation_set.codebook))
    links: list[Link] = []

    def chain(speaker: Speaker) -> list[Link]:
        links.extend(with_relay(card.chain, speaker))
        return links

    attribute_to_new_speaker(
        statement=at.statement,
        expected=expected,
        introduced=speaker_in(request.POST),
        affiliation=fields.words(request.POST, "affiliation"),
        by=request.user,
        chain=chain if relay else None,
    )
    changed = StatementChanges(chain=links) if relay else StatementChanges(speaker=at.statement.speaker)
    return card.after(changed)


def _statement_id(sent: str) -> uuid.UUID:
    try:
        return uuid.UUID(sent)
    except ValueError as error:
        raise NotFound("There is no such statement in this study.") from error
