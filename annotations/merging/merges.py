"""What is merged into a speaker or a claim, read from the log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from annotations.accounts.models import User
from annotations.audit.models import Event
from annotations.rows import Row


@dataclass(frozen=True)
class Merge:
    """One merge that stands: `uid` is the public id of what went, `memory` what was moved."""

    uid: str
    name: str
    at: datetime
    by: User | None
    memory: dict[str, Any]


def merges_into(row: Row) -> dict[str, Merge]:
    """Return the merges into a row that have not been taken apart, by the id of what went, the last one first."""
    standing: dict[str, Merge] = {}
    for event in Event.objects.of_target(row).merges().with_user().order_by("id"):
        for uid, memory in (event.after or {})["merged"].items():
            standing.pop(uid, None)
            if memory is not None:
                standing[uid] = Merge(uid, memory["name"], event.at, event.by, memory)
    return dict(reversed(standing.items()))
