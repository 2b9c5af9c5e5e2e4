"""What is merged into a speaker or a claim, read from the log."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from annotations.accounts.models import User
from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.errors import NotFound
from annotations.rows import Row, StudyRows
from annotations.speakers.models import Speaker

R = TypeVar("R", Speaker, Claim)


class MergedAway(NotFound):
    """What is sought was merged into another of its kind: `heir`."""

    def __init__(self, message: str, heir: Speaker | Claim) -> None:
        super().__init__(message)
        self.heir = heir


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


def heir_of(uid: uuid.UUID, rows: StudyRows[R], study_id: int) -> R | None:
    """Return that of the rows into which what had this public id was merged in the end, if it was."""
    kind = rows.model._meta.model_name or ""
    merges = Event.objects.of_study(study_id).filter(verb__in=[f"{kind}.merge", f"{kind}.unmerge"])
    name, passed = str(uid), set[str]()
    while name not in passed:
        passed.add(name)
        event = merges.filter(after__merged__has_key=name).order_by("id").last()
        if event is None or (event.after or {})["merged"][name] is None:
            return None
        if heir := rows.with_uid(event.target_id).sole():
            return heir
        name = event.target_id
    return None
