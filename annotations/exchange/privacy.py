"""How private speakers are called in files: by their role, with a piece of their id where several have it."""

from collections import Counter
from collections.abc import Container, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from annotations.exchange.scope import Scope
from annotations.speakers.models import Speaker, SpeakerQuerySet

NAMELESS = "private person"
ROLE = 280
"""So much of a role is shown, that the whole is no longer than a name may be."""


def shared_roles(speakers: SpeakerQuerySet) -> frozenset[str]:
    """Return the roles that several private speakers have."""
    roles = speakers.filter(private=True).order_by().values_list("role", flat=True)
    return frozenset(role for role, n in Counter(map(_label, roles)).items() if n > 1)


def name_in_files(uid: UUID | str, role: str, shared: Container[str]) -> str:
    """Return what a private speaker is called, though two have one role."""
    label = _label(role)
    return f"{label} ({str(uid)[:8]})" if label in shared else label


def _label(role: str) -> str:
    return role[:ROLE] or NAMELESS


class Shown(NamedTuple):
    """What a file says of a speaker; of a `hidden` one it keeps back how the text names them, too."""

    name: str
    type: str
    hidden: bool

    def words(self, span: Mapping[str, Any]) -> str | None:
        return "" if self.hidden and span else span.get("text")


def shown_speakers(scope: Scope) -> dict[str, Shown]:
    """Return what the file says of every speaker."""
    rows = Speaker.objects.using(scope.using).within(scope.study_id)
    shared = shared_roles(rows)
    found = {}
    for uid, name, kind, private, role in rows.values_list("uid", "name", "type", "private", "role"):
        hidden = private and not scope.named
        found[str(uid)] = Shown(name_in_files(uid, role, shared) if hidden else name, kind, hidden)
    return found
