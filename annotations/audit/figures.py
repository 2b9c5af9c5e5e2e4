"""What costs much to count in a study and is asked for with every page, kept until the study's next event.

Every change of a study leaves an event, so the last event's id says whether a figure still holds. Of two
transactions the one that began first may end last, and its event then comes unseen under a known id; therefore
nothing is kept for longer than a minute. Each process keeps its own.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

from django.core.cache import caches

T = TypeVar("T")
SECONDS = 60
NOTHING: Any = object()


@dataclass(frozen=True)
class Figures:
    """What is kept of a study for one reader, as of its last event (0 before the first)."""

    study_id: int
    reader_id: int
    event_id: int

    def get(self, name: str, make: Callable[[], T], *given: Hashable) -> T:
        """Return what `make` returns, made once for a name and what it was given."""
        key = sha256(f"{self} {name} {given!r}".encode()).hexdigest()
        kept: T = caches["figures"].get(key, NOTHING)
        if kept is NOTHING:
            kept = make()
            caches["figures"].set(key, kept, SECONDS)
        return kept
