"""What events keep, in words: who did it, and each changed field with what stood before and after."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.codebook.vocabulary import Vocabulary
from annotations.history.moves import move_of
from annotations.revisions.anchors import Found
from annotations.revisions.poses import PLACE
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from annotations.studies.models import Author, Study
from annotations.web.cards.head import shortened

LONGEST = 400
"""How much of a value is shown; the file of the log has all of it."""
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "parent": "Stands inside",
        "said_on": "Said on",
        "replies_to": "Replies to",
        "external_id": "External id",
    }
)

CERTAINTY: Mapping[str, str] = MappingProxyType(
    {
        Found.UNCHANGED: "in unchanged text",
        Found.MOVED: "in a line that was moved",
        Found.CONTEXT: "by the words and what stands around them",
    }
)


@dataclass(frozen=True)
class Change:
    """A field, and its value before and after in words; empty for none."""

    name: str
    before: str
    after: str


def names(study: Study, events: Iterable[Event]) -> dict[int, str]:
    """Return who made each change: by name, in an independent study by pseudonym."""
    pseudonyms: dict[int | None, str] = {}
    if study.mode == Study.Mode.INDEPENDENT:
        pseudonyms = dict(Author.objects.filter(study=study).values_list("user", "pseudonym"))
    return {
        event.pk: pseudonyms.get(event.by_id) or (event.by.get_username() if event.by else "somebody")
        for event in events
    }


PUBLIC_ID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""A note may be as long and have as many dashes."""


class Words:
    """Puts the values that events keep into words; what they name by public id is read once for all."""

    def __init__(self, study: Study, vocabulary: Vocabulary, events: Iterable[Event]) -> None:
        self.vocabulary = vocabulary
        ids = set(_ids(each for event in events for each in (event.before, event.after)))
        self.known: dict[str, str] = {}
        for rows in (Speaker.objects, Claim.objects, Statement.objects):
            found = rows.in_study(study).filter(uid__in=ids)
            self.known |= {str(row.uid): str(row) for row in found}

    def changes(self, event: Event) -> Iterator[Change]:
        move, value = move_of(event), self._value if event.target_type == "statement" else self._field
        old, new = move.old or {}, move.new or {}
        if PLACE in new and PLACE in old:
            was, is_now = _offsets(old["spans"]), _offsets(new["spans"])
            yield Change("Place", was if was != is_now else "", is_now)
            old, new = ({**each, PLACE: None} for each in (old, new))
        anchored = (event.after or {}).get("anchored")
        if anchored:
            yield Change("Anchored", "", f"{CERTAINTY[anchored['found']]}, score {anchored['score']:g}")
        for name in [*new, *(name for name in old if name not in new)]:
            before, after = value(name, old.get(name)), value(name, new.get(name))
            if before != after:
                yield Change(self._name(name), before, after)

    def _name(self, name: str) -> str:
        kind, _, rest = name.partition(".")
        if kind == "codes":
            variable = self.vocabulary.variables.get(rest)
            return variable.name if variable else rest
        if kind == "merged":
            return "Merged"
        if kind == "stance":
            return f"Stance on “{shortened(self._named(rest), 80)}”"
        return NAMES.get(name, name.replace("_", " ").capitalize())

    def _value(self, name: str, value: object) -> str:
        kind, _, rest = name.partition(".")
        if value in (None, "", []):
            return ""
        if kind == "codes":
            return self.vocabulary.name_of(rest, str(value))
        tell: Mapping[str, Callable[[Any], str]] = {
            "stance": self._stance,
            "spans": _spans,
            "chain": self._chain,
            "flags": lambda flags: ", ".join(self.vocabulary.name_of("flags", flag) for flag in flags),
            "voice": lambda voice: self.vocabulary.name_of("voice", voice),
            "said_on": _said_on,
        }
        return tell[kind](value) if kind in tell else self._plain(value)

    def _field(self, name: str, value: object) -> str:
        """Return a value of anything but a statement, whose fields have forms of their own."""
        return "" if value in (None, "", []) else self._plain(value)

    def _plain(self, value: object) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, list):
            return ", ".join(self._plain(each) for each in value)
        if isinstance(value, Mapping):
            return ", ".join(f"{name} {self._plain(each)}" for name, each in value.items())
        return shortened(self._named(str(value)), LONGEST)

    def _named(self, value: str) -> str:
        return self.known.get(value, value)

    def _stance(self, kept: Mapping[str, Any]) -> str:
        said = [self.vocabulary.name_of("stance", kept["stance"])]
        if kept["commitment"]:
            said.append(self.vocabulary.name_of("commitment", kept["commitment"]))
        said += [
            word
            for word, holds in (("implied", not kept["explicit"]), ("presupposed", kept["presupposed"]))
            if holds
        ]
        if kept["value"]:
            said.append(kept["value"]["as_written"] or f"{kept['value']['op']} {kept['value']['number']:g}")
        return ", ".join(filter(None, [*said, kept["label"], kept["note"]]))

    def _chain(self, links: Iterable[Mapping[str, Any]]) -> str:
        return " ← ".join(
            f"{self._named(link['speaker'])}{'?' if link['uncertain'] else ''}" for link in links
        )


def _spans(spans: Iterable[Mapping[str, Any]]) -> str:
    return "; ".join(f"{span['role']}: {shortened(span['text'], 120)}" for span in spans)


def _offsets(spans: Iterable[Mapping[str, Any]]) -> str:
    content = [span for span in spans if span["role"] == "content"]
    return ", ".join(f"characters {span['start']} to {span['end']}" for span in content)


def _said_on(kept: Mapping[str, Any]) -> str:
    days = dict.fromkeys(filter(None, (kept["from"], kept["to"])))
    return " to ".join(days) or kept["precision"]


def _ids(values: Iterable[Any]) -> Iterator[str]:
    """Yield the public ids among the values, however deep."""
    for value in values:
        if isinstance(value, Mapping):
            yield from _ids([*value.keys(), *value.values()])
        elif isinstance(value, list):
            yield from _ids(value)
        elif isinstance(value, str) and PUBLIC_ID.fullmatch(value):
            yield value
