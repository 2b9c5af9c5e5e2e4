"""Parse the fields of an open card into changes of its statement; only what was sent changes."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django.http import QueryDict

from annotations.errors import Invalid
from annotations.spans import Span
from annotations.speakers.models import Speaker
from annotations.statements.changes import SaidOn, StatementChanges
from annotations.statements.models import Statement
from annotations.web.forms import fields

LAST = "last"
"""Stands in the field `speaker` for: the speaker that was named last in this set."""


def statement_changes(posted: QueryDict, statement: Statement) -> StatementChanges:
    """Return the changes that a form of the card asks for; `statement` is loaded with its set and study."""
    given: dict[str, Any] = {
        name: read(posted, statement) for name, read in _READERS.items() if name in posted
    }
    codes = {
        name.removeprefix("codes."): posted[name] or None for name in posted if name.startswith("codes.")
    }
    if codes:
        given["codes"] = codes
    if any(name.startswith("said_on.") for name in posted):
        given["said_on"] = _said_on(posted, statement)
    if not given:
        raise Invalid("Nothing was sent that a statement can be told; reload the page and try again.")
    return StatementChanges(**given)


def _voice(posted: QueryDict, _: Statement) -> str:
    return fields.words(posted, "voice")


def _metonym(posted: QueryDict, _: Statement) -> bool:
    return fields.flag(posted, "metonym")


def _collective(posted: QueryDict, _: Statement) -> bool:
    return fields.flag(posted, "collective")


def _flags(posted: QueryDict, _: Statement) -> list[str]:
    return [value for value in posted.getlist("flags") if value]


def _note(posted: QueryDict, _: Statement) -> str:
    return fields.words(posted, "note")


def _parent(posted: QueryDict, statement: Statement) -> Statement | None:
    others = statement.annotation_set.statements.present()
    return fields.chosen(posted, "parent", others, "statement in this set")


def _speaker(posted: QueryDict, statement: Statement) -> Speaker | None:
    if posted["speaker"] != LAST:
        study = statement.annotation_set.article.study
        known = Speaker.objects.in_study(study).with_affiliation()
        return fields.chosen(posted, "speaker", known, "speaker in this study")
    last = Statement.objects.present().last_spoken_in(statement.annotation_set, besides=statement)
    if last is None or last.speaker is None:
        raise Invalid.field(
            "speaker", "No other statement of this article has a speaker yet; search by name."
        )
    return last.speaker


_READERS: Mapping[str, Callable[[QueryDict, Statement], object]] = MappingProxyType(
    {
        "voice": _voice,
        "metonym": _metonym,
        "collective": _collective,
        "flags": _flags,
        "note": _note,
        "parent": _parent,
        "speaker": _speaker,
    }
)


def _said_on(posted: QueryDict, statement: Statement) -> SaidOn | None:
    """Return the date said, with the span that states it kept; None when nothing is left of it.

    A single day may be given by its first field alone, and is moved by it.
    """
    now = statement.said_on or {}
    first, last = (_day(posted, now, end) for end in ("from", "to"))
    precision = posted.get("said_on.precision") or now.get("precision") or "day"
    anchored = (
        fields.flag(posted, "said_on.anchored") if "said_on.anchored" in posted else now.get("anchored", True)
    )
    span = Span.from_json(now["span"]) if now.get("span") else None
    if first is None and last is None and span is None and precision != "relative":
        return None
    moved = first and last and last < first and last.isoformat() == now.get("to")
    if precision == "day" and (last is None or moved):
        last = first
    return SaidOn(first=first, last=last, precision=precision, anchored=anchored, span=span)


def _day(posted: QueryDict, now: Mapping[str, Any], end: str) -> date | None:
    if f"said_on.{end}" in posted:
        return fields.day(posted, f"said_on.{end}")
    return date.fromisoformat(now[end]) if now.get(end) else None
