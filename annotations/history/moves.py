"""What one event did to one thing, as a move that can be made backwards or forwards. Plain Python."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Fields = Mapping[str, Any]

ADDED = frozenset({"mark", "add", "restore"})
REMOVED = frozenset({"discard", "delete"})
CHANGED = frozenset(
    {"revise", "describe", "furniture", "change", "take", "drop", "replace", "place", "merge", "unmerge"}
)
KINDS = ("statement", "stance", "article", "speaker", "claim", "issue", "claim_relation")
UNDOABLE = frozenset(f"{kind}.{what}" for kind in KINDS for what in ADDED | REMOVED | CHANGED)
"""The verbs of changes that can be taken back; not all of the combinations exist."""
ADDITIONS = frozenset(f"{kind}.{what}" for kind in KINDS for what in ("mark", "add"))
"""The verbs with which things begin."""
IMPLIED = frozenset({"start", "end", "quotation", "sha256", "snapshot", "kept", "anchored"})
"""Columns that follow from others, and what events keep beside the fields."""


class Change(Protocol):
    """An event, as far as it matters here."""

    verb: str
    target_type: str
    target_id: str
    before: Fields | None
    after: Fields | None


@dataclass(frozen=True)
class Move:
    """From `old` to `new`: the fields that differ, by name. None says that the thing is not there.

    Codes, stances and merges count singly, as `codes.VARIABLE`, `stance.CLAIM` and `merged.ID`, so that
    another's work on the next one is no obstacle.
    """

    target_type: str
    target_id: str
    old: Fields | None
    new: Fields | None

    @property
    def backwards(self) -> "Move":
        return Move(self.target_type, self.target_id, self.new, self.old)


def move_of(change: Change) -> Move:
    """Return what the event did."""
    what = change.verb.rpartition(".")[2]
    old, new = dict(_fields(change.before or {})), dict(_fields(change.after or {}))
    if what in ADDED:
        return Move(change.target_type, change.target_id, None, new)
    if what in REMOVED:
        return Move(change.target_type, change.target_id, old, None)
    names = old.keys() | new.keys()
    return Move(
        change.target_type,
        change.target_id,
        {name: old.get(name) for name in names},
        {name: new.get(name) for name in names},
    )


def _fields(values: Fields) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if name == "codes" and isinstance(value, Mapping):
            yield from ((f"codes.{variable}", label) for variable, label in value.items())
        elif name == "stance" and isinstance(value, Mapping):
            yield f"stance.{value['claim']}", value
        elif name == "stances" and isinstance(value, list):
            yield from ((f"stance.{each['claim']}", {"order": n, **each}) for n, each in enumerate(value))
        elif name == "merged":
            yield from ((f"merged.{uid}", memory is not None) for uid, memory in value.items())
        elif name not in IMPLIED:
            yield name, value
