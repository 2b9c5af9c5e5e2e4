"""The log of a study as its managers read it: every event, but for what tells of sets they may not read yet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from django.db.models import Case, Exists, F, Func, OuterRef, Q, UUIDField, When
from django.db.models.sql.compiler import SQLCompiler

from annotations.accounts.models import User
from annotations.audit.models import Event, EventQuerySet
from annotations.cursors import BadCursor
from annotations.keyset import Order, Page, page_of
from annotations.statements.models import Statement
from annotations.studies.models import Study
from annotations.workload.models import AnnotationSet

PAGE = 50
AT_ONCE = 2000
"""How many events are in memory while the whole log is read."""
NEWEST = Order(("-id",))
SLACK = 1000
"""How far the order of ids and that of moments may differ, where several write at once."""
THINGS: Mapping[str, str] = MappingProxyType(
    {
        "study": "Study",
        "membership": "Member",
        "codebookversion": "Codebook",
        "article": "Article",
        "annotationset": "Set",
        "statement": "Statement",
        "speaker": "Speaker",
        "claim": "Claim",
        "issue": "Issue",
        "claimrelation": "Claim relation",
        "goldfile": "Gold file",
        "user": "User",
    }
)
"""What events are about, in the order in which a filter offers it."""
OF_SETS = ("annotationset", "statement")


@dataclass(frozen=True)
class LogFilter:
    """What to keep of the log; nothing asked for keeps everything. Days are whole days in UTC."""

    person: User | None = None
    verb: str = ""
    thing: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""


class PublicId(Func):
    """A text of 36 characters as the public id that it is, in the way each database keeps such ids."""

    arity = 1
    output_field = UUIDField()

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **context: Any) -> Any:  # noqa: ANN401
        return self.as_sql(compiler, connection, template="REPLACE(%(expressions)s, '-', '')", **context)

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **context: Any) -> Any:  # noqa: ANN401
        return self.as_sql(compiler, connection, template="(%(expressions)s)::uuid", **context)


def page_of_log(study: Study, user: User, wanted: LogFilter, cursor: str | None) -> Page[Event]:
    """Return one page, the newest events first; an address that was cut short leads to the first one."""
    events = _kept(study, user, wanted)
    try:
        return _whole(page_of(events.only("id"), NEWEST, cursor, PAGE))
    except BadCursor:
        return _whole(page_of(events.only("id"), NEWEST, None, PAGE))


def whole_log(study: Study, user: User, wanted: LogFilter) -> Iterator[Sequence[Event]]:
    """Yield everything, the newest first, some at a time."""
    events, cursor = _kept(study, user, wanted), None
    while True:
        page = _whole(page_of(events.only("id"), NEWEST, cursor, AT_ONCE))
        yield page.rows
        cursor = page.next
        if cursor is None:
            return


def _whole(page: Page[Event]) -> Page[Event]:
    """Load the events of a page: they are found in an index, which holds the words but not the rest."""
    rows = Event.objects.among([event.pk for event in page.rows]).with_user().newest_first()
    return replace(page, rows=list(rows))


def _kept(study: Study, user: User, wanted: LogFilter) -> EventQuerySet:
    rows = readable_events(study, user)
    if wanted.person is not None:
        rows = rows.filter(by=wanted.person)
    if wanted.verb:
        rows = rows.filter(verb=wanted.verb)
    if wanted.thing:
        rows = rows.filter(target_type=wanted.thing)
    if wanted.words:
        rows = rows.filter(label__holds=wanted.words)
    if wanted.since:
        rows = _since(rows, study, _midnight(wanted.since))
    if wanted.until:
        rows = _before(rows, study, _midnight(wanted.until + timedelta(days=1)))
    return rows


def readable_events(study: Study, user: User) -> EventQuerySet:
    """Return the events of a study that its manager may read: about sets, those of sets they may read.

    Only who holds an open set of their own is blind, and then whatever cannot be traced to a set that they
    may read stays hidden: others' work that was purged is among it.
    """
    rows = Event.objects.of_study(study.pk)
    if study.mode != Study.Mode.INDEPENDENT or not _is_blind(study, user):
        return rows
    uid = Case(When(target_type__in=OF_SETS, then=PublicId(F("target_id"))), default=None)
    rows = rows.annotate(target_uid=uid)
    told_of = OuterRef("target_uid")
    statements = Statement.objects.visible_to(user) | Statement.objects.binned_visible_to(user)
    sets = AnnotationSet.objects.visible_to(user)
    of_vocabulary = Q(target_type__in=[thing for thing in THINGS if thing not in OF_SETS])
    return rows.filter(
        of_vocabulary
        | Q(by=user)
        | Q(Exists(statements.filter(uid=told_of)), target_type="statement")
        | Q(Exists(sets.filter(uid=told_of)), target_type="annotationset")
    )


def _is_blind(study: Study, user: User) -> bool:
    own = AnnotationSet.objects.in_study(study).filter(author__user=user, state=AnnotationSet.State.OPEN)
    return own.exists()


def _since(rows: EventQuerySet, study: Study, moment: datetime) -> EventQuerySet:
    """Keep events from a moment on; found by id, so that a page of an old week does not read all that came since."""
    first = (
        Event.objects.of_study(study.pk).filter(at__gte=moment).order_by("at").values_list("id", flat=True)
    )
    bound = first.first()
    return rows.filter(id__gte=bound - SLACK, at__gte=moment) if bound is not None else rows.none()


def _before(rows: EventQuerySet, study: Study, moment: datetime) -> EventQuerySet:
    last = Event.objects.of_study(study.pk).filter(at__lt=moment).order_by("-at").values_list("id", flat=True)
    bound = last.first()
    return rows.filter(id__lte=bound + SLACK, at__lt=moment) if bound is not None else rows.none()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
