"""The changes of a study as one reader may know of them, page by page, without a gap.

Each entry tells how a thing stands now, or that it is gone; whoever follows to the end holds what stands. What was
never the reader's to read leaves no entry, and cursors go on over it as if it were not there.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from annotations.accounts.models import User
from annotations.audit.models import Event, Place
from annotations.feed.gone import Gone
from annotations.feed.places import PLAIN, Cursor, horizon
from annotations.feed.touches import KINDS, WHOLE, Named, Spread, Touch, touch_of
from annotations.rows import Row, StudyRows
from annotations.studies.models import Membership, Study

READ = 500
"""Events read at once."""
ROUNDS = 40
"""How many times events are read for one page, where none of them is for the reader."""


@dataclass(frozen=True)
class Change:
    """One entry; `row` is None for what is gone."""

    kind: str
    uid: str
    at: datetime
    row: Row | None
    version: int | None


@dataclass(frozen=True)
class Changes:
    """A page; `more` tells whether another one is there already, after `cursor`."""

    entries: Sequence[Change]
    cursor: str
    more: bool


Visible = Mapping[str, Callable[[], StudyRows[Row]]]
"""What the reader may read in the study, by kind, loaded as it is to be shown."""


def changes_of(study: Study, user: User, visible: Visible, since: str | None, size: int) -> Changes:
    """Return the page of changes after `since`, from the first copy on for None."""
    end, access = horizon(), _access(study, user)
    if since is None:
        cursor = Cursor(access, end, stage=0, whole=True)
    else:
        cursor = Cursor.read(since, study.pk, access, end)
    feed = _Feed(study, user, visible, size)
    entries: list[Change] = []
    for _ in range(ROUNDS):
        entries, cursor = feed.after(cursor, end)
        if entries or (cursor.place == end and cursor.stage == PLAIN):
            break
    more = cursor.stage != PLAIN or cursor.place != end
    return Changes(entries, cursor.seal(study.pk), more)


def _access(study: Study, user: User) -> str:
    """Return in a word what decides about what the user may read."""
    if study.mode == Study.Mode.SHARED:
        return str(study.mode)
    return f"{study.mode} {Membership.objects.get(study=study, user=user).role}"


class _Feed:
    def __init__(self, study: Study, user: User, visible: Visible, size: int) -> None:
        self.study, self.visible, self.size = study, visible, size
        self.gone = Gone(study, user)

    def after(self, cursor: Cursor, end: Place) -> tuple[list[Change], Cursor]:
        """Return what comes next, and where that ends."""
        if cursor.stage != PLAIN:
            return self._spread(cursor)
        events = list(
            Event.objects.of_study(self.study.pk).settled_after(cursor.place, end)[: min(READ, self.size)]
        )
        if not events:
            return [], replace(cursor, place=end)
        own = self.gone.own_sets(events)
        touches = [touch_of(event, own, blind=self.gone.blind) for event in events]
        plain = list(takewhile(lambda touch: touch.spread is None, touches))
        if len(plain) < len(touches):
            plain.append(touches[len(plain)])
        last = plain[-1]
        stage = PLAIN if last.spread is None else 0
        reached = replace(cursor, place=_place(last.event), stage=stage, key=0)
        return self._told(plain, own), reached

    def _told(self, touches: Sequence[Touch], own: Collection[str]) -> list[Change]:
        """Return an entry for each thing that the events name, at the last of them, and for sets that they hide."""
        last: dict[Named, Event] = {}
        hidden: set[str] = set()
        for touch in touches:
            taken = self.gone.hidden_by(touch.event, own)
            hidden |= taken
            for named in (*touch.named, *(("set", uid) for uid in taken)):
                last.pop(named, None)
                last[named] = touch.event
        standing = self._standing(last)
        versions = self.gone.versions(last.keys() - standing.keys(), hidden)
        return list(_entries(last, standing, versions))

    def _standing(self, wanted: Collection[Named]) -> dict[Named, Row]:
        out: dict[Named, Row] = {}
        for kind in KINDS:
            uids = [uid for each, uid in wanted if each == kind]
            rows = self.visible[kind]().filter(uid__in=uids) if uids else ()
            out |= {(kind, str(row.uid)): row for row in rows}
        return out

    def _spread(self, cursor: Cursor) -> tuple[list[Change], Cursor]:
        """Return a page of what the event of the cursor spreads to, or of the first copy."""
        spread, at = self._spread_at(cursor)
        stages = spread.stages()
        kind = stages[cursor.stage]
        rows = self.visible[kind]().filter(spread.rows[kind], pk__gt=cursor.key).order_by("pk")
        found = list(rows[: self.size])
        entries = [Change(kind, str(row.uid), at or row.updated_at, row, row.version) for row in found]
        if len(found) == self.size:
            return entries, replace(cursor, key=found[-1].pk)
        if cursor.stage + 1 < len(stages):
            return entries, replace(cursor, stage=cursor.stage + 1, key=0)
        return entries, Cursor(cursor.access, cursor.place)

    def _spread_at(self, cursor: Cursor) -> tuple[Spread, datetime | None]:
        if cursor.whole:
            return WHOLE, None
        event = Event.objects.of_study(self.study.pk).get(pk=cursor.place.id)
        touch = touch_of(event, self.gone.own_sets([event]), blind=self.gone.blind)
        return touch.spread or WHOLE, event.at


def _place(event: Event) -> Place:
    return Place(event.transaction, event.pk)


def _entries(
    last: Mapping[Named, Event],
    standing: Mapping[Named, Row],
    versions: Mapping[Named, int | None],
) -> Iterator[Change]:
    for (kind, uid), event in last.items():
        row = standing.get((kind, uid))
        if row is not None:
            yield Change(kind, uid, event.at, row, row.version)
        elif (kind, uid) in versions:
            yield Change(kind, uid, event.at, None, versions[kind, uid])
