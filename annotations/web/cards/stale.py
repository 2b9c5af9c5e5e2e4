"""An edit that came too late: what stands now and what was about to be saved, field by field, in words."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from types import MappingProxyType
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.claims.stances import Stance
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from annotations.studies.models import Study
from annotations.web.cards.card import Card
from annotations.web.cards.head import shortened

M = TypeVar("M", bound=Model)
Pending = Mapping[str, list[str]]

NOT_SENT_AGAIN = frozenset({"csrfmiddlewaretoken", "version", "q", "draft", "unfolded"})
NOTHING = "nothing"
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "speaker": "Speaker",
        "parent": "Stands inside",
        "said_on.from": "Said from",
        "said_on.to": "Said to",
        "said_on.precision": "How exact",
        "said_on.anchored": "The text anchors it",
        "explicit": "Explicit",
        "presupposed": "Presupposed",
        "label": "Naming word",
        "value.op": "Number is",
        "value.number": "Number",
        "value.number_high": "Up to",
        "value.as_written": "As written",
        "name": "New speaker",
        "type": "Type",
        "affiliation": "Affiliation",
    }
)
SPAN_ACTS: Mapping[str, str] = MappingProxyType({"add": "add", "replace": "move to", "remove": "remove"})
STANCE_FIELDS = ("commitment", "explicit", "presupposed", "label")


@dataclass(frozen=True)
class Difference:
    """One field: what stands now, and what was about to be saved."""

    name: str
    theirs: str
    yours: str


@dataclass(frozen=True)
class Versions:
    """Who was faster and when, the fields in question, and the form's fields to send again."""

    who: str
    at: datetime | None
    differences: list[Difference]
    fields: list[tuple[str, str]]


def pending_of(posted: QueryDict) -> Pending:
    """Return the fields of a form that say what was to be saved."""
    return {name: values for name, values in posted.lists() if name not in NOT_SENT_AGAIN}


def both_versions(card: Card, pending: Pending) -> Versions:
    """Compare what stands now with the form's fields; `card` is the statement as it stands."""
    last = Event.objects.of_target(card.statement).with_user().newest_first().first()
    return Versions(
        who=last.by.get_username() if last and last.by else "Somebody",
        at=last.at if last else None,
        differences=[each for each in _described(card, pending) if each.theirs or each.yours],
        fields=[(name, value) for name, values in pending.items() for value in values],
    )


def _described(card: Card, pending: Pending) -> Iterator[Difference]:
    if any(name.startswith("chain.") for name in pending) or "do" in pending:
        yield _chain(card, pending)
    elif "role" in pending and "start" in pending:
        yield _spans(card, pending)
    elif "claim" in pending:
        yield from _stance(card, pending)
    elif not WHOLE.keys().isdisjoint(pending):
        yield from (WHOLE[name](card, pending) for name in WHOLE if name in pending)
    else:
        for name in pending:
            yield _field(card, pending, name)


def _field(card: Card, pending: Pending, name: str) -> Difference:
    statement, values = card.statement, pending[name]
    if name.startswith("codes."):
        slug = name.removeprefix("codes.")
        variable = card.vocabulary.variables.get(slug)
        theirs = card.codes.get(slug, "")
        return _coded(card, variable.name if variable else slug, slug, [theirs], values)
    if name == "flags":
        return _coded(card, "Flags", name, statement.flags, values)
    if name == "voice":
        return _coded(card, "Voice", name, [statement.voice], values)
    if name == "speaker":
        return _difference("Speaker", card.head.who, _speaker_name(card, values[-1]))
    if name == "parent":
        yours = _found(statement.annotation_set.statements.present(), values[-1])
        return _difference(NAMES[name], _short(statement.parent), _short(yours))
    return _difference(NAMES.get(name, name.capitalize()), _standing(statement, name), values[-1])


def _standing(statement: Statement, name: str) -> str:
    """Return what stands now in a field that holds plain words, a date or a yes."""
    if name.startswith("said_on."):
        return _plain((statement.said_on or {}).get(name.removeprefix("said_on.")))
    return _plain(getattr(statement, name)) if name in {"metonym", "collective", "note"} else ""


def _coded(card: Card, name: str, variable: str, theirs: list[str], yours: list[str]) -> Difference:
    """Return a field whose values are labels, by their names."""
    now, then = (
        ", ".join(card.vocabulary.name_of(variable, label) for label in labels if label)
        for labels in (theirs, yours)
    )
    return _difference(name, now, then)


def _stance(card: Card, pending: Pending) -> Iterator[Difference]:
    sent = pending["claim"][-1]
    now = card.stance_on(sent)
    claim = now.claim if now else _found(Claim.objects.in_study(_study(card)), sent)
    words = card.vocabulary.name_of
    about = f"Stance on “{shortened(claim.text, 80)}”" if claim else "Stance"
    yours = pending["stance"][-1] if "stance" in pending else ""
    yield _difference(about, words("stance", now.stance) if now else "", yours and words("stance", yours))
    for name in STANCE_FIELDS:
        if name in pending:
            yield _stance_field(card, now, name, pending[name][-1])
    number = " ".join(pending[name][-1] for name in ("value.op", "value.number") if name in pending)
    if pending.get("value.number", [""])[-1]:
        theirs = f"{now.value.op} {now.value.number:g}" if now and now.value else ""
        yield _difference("Number", theirs, number)


def _stance_field(card: Card, now: Stance | None, name: str, value: str) -> Difference:
    theirs = _plain(getattr(now, name)) if now else ""
    if name == "commitment":
        theirs, value = (word and card.vocabulary.name_of(name, word) for word in (theirs, value))
    return _difference(NAMES.get(name, name.capitalize()), theirs, value)


def _chain(card: Card, pending: Pending) -> Difference:
    """Name the links as the form had them, and the act that was asked for."""
    known = {str(link.speaker.uid): link.speaker.name for link in card.chain}
    links = []
    for i in count():
        uid = pending.get(f"chain.{i}.speaker", [""])[-1]
        if not uid:
            break
        doubt = "?" if pending.get(f"chain.{i}.uncertain", [""])[-1] == "yes" else ""
        links.append(f"{known.get(uid) or _speaker_name(card, uid)}{doubt}")
    yours = " ← ".join(links)
    added = pending.get("speaker", [""])[-1]
    if added:
        yours = f"{yours}; add {_speaker_name(card, added)}"
    act, _, place = pending.get("do", [""])[-1].partition(".")
    if act and place.isdigit() and int(place) < len(links):
        yours = f"{yours}; {'remove' if act == 'remove' else f'move {act}'} {links[int(place)]}"
    theirs = " ← ".join(f"{link.speaker.name}{'?' if link.uncertain else ''}" for link in card.chain)
    return _difference("Chain", theirs, yours)


def _spans(card: Card, pending: Pending) -> Difference:
    role, act = pending["role"][-1], pending.get("action", ["add"])[-1]
    now = " … ".join(f"“{span['text']}”" for span in card.statement.spans if span["role"] == role)
    text = pending.get("text", [""])[-1]
    return _difference(f"Span: {role}", now, f"{SPAN_ACTS.get(act, act)} “{text}”" if text else act)


def _split(card: Card, pending: Pending) -> Difference:
    """Name the words of which the second statement was to consist."""
    at, content = pending["at"][-1], card.statement.span_list.content
    cut = int(at) if at.isascii() and at.isdigit() else 0
    rest = " … ".join(span.text[max(cut - span.start, 0) :].strip() for span in content if span.end > cut)
    return _difference("Split", _short(card.statement), f"split off “{shortened(rest, 80)}”" if rest else "")


def _join(card: Card, pending: Pending) -> Difference:
    other = _found(card.statement.annotation_set.statements.present(), pending["with"][-1])
    return _difference("Join", _short(card.statement), f"join with {_short(other)}" if other else "")


def _delete(card: Card, pending: Pending) -> Difference:
    return _difference("Statement", _short(card.statement), "put into the bin")


WHOLE: Mapping[str, Callable[[Card, Pending], Difference]] = MappingProxyType(
    {"at": _split, "with": _join, "delete": _delete}
)
"""What is done to a whole statement, by the field that tells it."""


def _difference(name: str, theirs: str, yours: str) -> Difference:
    return Difference(name, theirs or NOTHING, yours or NOTHING)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _short(statement: Statement | None) -> str:
    return f"“{shortened(statement.quotation, 80)}”" if statement else ""


def _study(card: Card) -> Study:
    return card.statement.annotation_set.article.study


def _speaker_name(card: Card, uid: str) -> str:
    if uid == "last":
        return "same as the last statement"
    found = _found(Speaker.objects.in_study(_study(card)), uid)
    return found.name if found else ""


def _found(rows: QuerySet[M], uid: str) -> M | None:
    """Return the row of this public id among `rows`, which are of one study."""
    try:
        return rows.filter(uid=uuid.UUID(uid)).first()
    except ValueError:
        return None
