"""Where a reader stands in the log of a study, and up to where the log is settled."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import connection

from annotations.audit.models import Event, Place
from annotations.cursors import seal, unseal
from annotations.errors import AnnotationError

PLAIN = -1
"""The stage of a cursor that stands between two events."""


class BeginAnew(AnnotationError):
    """What the reader holds cannot be brought up to date from here."""

    code = "begin_anew"
    status = 410


@dataclass(frozen=True)
class Cursor:
    """After the event at `place`; with a `stage` inside what it spreads to, after the row with this key.

    `access` tells what the reader could read when the cursor was given. With `whole`, the stages are of the first
    copy, and the events that follow it come after `place`.
    """

    ORDER: ClassVar = "changes"

    access: str
    place: Place
    stage: int = PLAIN
    key: int = 0
    whole: bool = False

    def seal(self, study_id: int) -> str:
        values = (self.access, *self.place, self.stage, self.key, int(self.whole))
        return seal(f"{self.ORDER} {study_id}", values, backwards=False)

    @classmethod
    def read(cls, sealed: str, study_id: int, access: str, horizon: Place) -> "Cursor":
        """Return what was sealed; refuse what was given for another study, another role or another database."""
        _, (given, transaction, id_, stage, key, whole) = unseal(f"{cls.ORDER} {study_id}", sealed)
        if given != access:
            raise BeginAnew(
                "What you may read in this study has changed since, with your role or its mode; drop what you hold"
                " and begin anew, without `since`."
            )
        found = cls(str(given), Place(int(transaction), int(id_)), int(stage), int(key), bool(whole))
        if found.place > horizon:
            raise BeginAnew("This cursor is of a later state of the database; begin anew, without `since`.")
        return found


def horizon() -> Place:
    """Return the place before which no event can come in any more.

    On PostgreSQL that is where the oldest transaction still writing began; on SQLite, where one writes at a time,
    the last event.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT txid_snapshot_xmin(txid_current_snapshot())")
            return Place(cursor.fetchone()[0], 0)
    return Place(0, Event.objects.order_by("-id").values_list("id", flat=True).first() or 0)
