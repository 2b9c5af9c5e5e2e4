"""How private speakers are called in files: by their role, with a piece of their id where several have it."""

from collections import Counter
from collections.abc import Container
from uuid import UUID

from annotations.speakers.models import SpeakerQuerySet

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
