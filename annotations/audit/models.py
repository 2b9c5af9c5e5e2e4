"""The append-only log of changes, and the answers kept for repeated requests."""

import uuid
from collections.abc import Collection, Iterable
from typing import Any, ClassVar, NamedTuple, Protocol, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from annotations.accounts.models import User
from annotations.rows import Row, chunks

STEPS = 1000
"""How many of their last steps in a study a user can take back."""


class Place(NamedTuple):
    """A place in the order of the log."""

    transaction: int
    id: int


class EventQuerySet(models.QuerySet["Event"]):
    def settled_after(self, place: "Place", horizon: "Place") -> Self:
        """Events after one place and before the horizon, in the order in which they never change any more."""
        beyond = models.Q(transaction=place.transaction, id__gt=place.id)
        rows = self.filter(beyond | models.Q(transaction__gt=place.transaction))
        settled = models.Q(transaction=horizon.transaction, id__lte=horizon.id)
        rows = rows.filter(settled | models.Q(transaction__lt=horizon.transaction))
        return rows.order_by("transaction", "id")

    def of_study(self, study_id: int) -> Self:
        return self.filter(study_id=study_id)

    def of_target(self, target: Row) -> Self:
        """Events of one row, found by its public id."""
        return self.filter(target_type=target._meta.model_name or "", target_id=str(target.uid))

    def last_deletion_of(self, target_type: str, uid: str) -> "Event | None":
        """Return the event that keeps what was deleted for good under this public id."""
        return self.last_deletions_of(target_type, [uid]).get(uid)

    def last_deletions_of(self, target_type: str, uids: Iterable[str]) -> "dict[str, Event]":
        """Return the events that keep what was deleted for good under these public ids, by those."""
        found = dict[str, Event]()
        for some in chunks(uids):
            of_them = self.filter(target_type=target_type, target_id__in=some)
            rows = of_them.filter(verb__endswith=".delete", before__has_key="snapshot").order_by("id")
            found |= {event.target_id: event for event in rows}
        return found

    def last_of_each(self, target_type: str, uids: Iterable[str]) -> "dict[str, Event]":
        """Return the last of these events about each of the things, by public id."""
        found = dict[str, Event]()
        for some in chunks(uids):
            rows = self.filter(target_type=target_type, target_id__in=some).order_by("id")
            found |= {event.target_id: event for event in rows}
        return found

    def merges(self) -> Self:
        """Events that merged something into their target, or took it apart again."""
        return self.filter(verb__endswith="merge", after__has_key="merged")

    def of_thing(self, event: "Event") -> Self:
        """Events of what the event is about."""
        return self.filter(target_type=event.target_type, target_id=event.target_id).order_by("id")

    def after_step(self, batch: uuid.UUID) -> Self:
        """Events after the last one of a step, the newest first."""
        last = self.filter(batch=batch).order_by("-id").values("id")[:1]
        return self.filter(id__gt=models.Subquery(last)).order_by("-id")

    def of_step(self, batch: uuid.UUID) -> Self:
        return self.filter(batch=batch).order_by("id")

    def by_others_since(self, event_id: int, user: User) -> Self:
        """Events after this one that are not the user's."""
        return self.filter(id__gt=event_id).exclude(by=user)

    def steps_of(self, study_id: int, user: User, verbs: Collection[str]) -> list[tuple[Any, ...]]:
        """Return the user's steps in a study, newest first: batch, what it undoes, what it redoes, last event."""
        own = self.filter(study_id=study_id, by=user, verb__in=verbs)
        steps = own.values_list("batch", "undoes", "redoes").annotate(last=models.Max("id"))
        return list(steps.order_by("-last")[:STEPS])

    def with_user(self) -> Self:
        return self.select_related("by")

    def among(self, keys: Collection[int]) -> Self:
        return self.filter(pk__in=keys)

    def newest_first(self) -> Self:
        return self.order_by("-id")


class TransactionNumber(models.Func):
    """The number of the transaction that writes, by which PostgreSQL tells what has been committed.

    SQLite lets one writer in at a time: there the ids follow one another as they are committed.
    """

    function = "txid_current"
    arity = 0
    output_field = models.BigIntegerField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra_context: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        return "0", ()


class Event(models.Model):
    """One change: who, when, which verb, what stood before and after (the changed fields only).

    The events of one step share a `batch`; `undoes` and `redoes` name the batch that the step takes back, or
    does again.

    Study and target are plain ids, so that the log outlives what it describes. Ids are given before the commit;
    in the order of (`transaction`, `id`) nothing comes in before what was settled already.
    """

    id = models.BigAutoField(primary_key=True)
    study_id = models.BigIntegerField(null=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    verb = models.CharField(max_length=60)
    target_type = models.CharField(max_length=40)
    target_id = models.CharField(max_length=40)
    label = models.CharField(max_length=300, blank=True, default="")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    batch = models.UUIDField(default=uuid.uuid4)
    undoes = models.UUIDField(null=True)
    redoes = models.UUIDField(null=True)

    transaction = models.BigIntegerField(db_default=TransactionNumber(), editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["study_id", "transaction", "id"], name="event_in_order"),
            models.Index(fields=["study_id", "-id", "label"], name="event_of_study"),
            models.Index(fields=["study_id", "by", "-id"], name="event_of_user"),
            models.Index(fields=["study_id", "verb", "-id"], name="event_of_verb"),
            models.Index(fields=["study_id", "target_type", "-id"], name="event_of_type"),
            models.Index(fields=["study_id", "at"], name="event_of_day"),
            models.Index(fields=["batch"], name="event_of_step"),
            models.Index(fields=["target_type", "target_id"], name="event_of_target"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_type} {self.target_id}"


class Logged(Protocol):
    """An event, as a row or as columns: what it did to which thing, in which step."""

    @property
    def batch(self) -> uuid.UUID: ...
    @property
    def verb(self) -> str: ...
    @property
    def target_type(self) -> str: ...
    @property
    def target_id(self) -> str: ...


E = TypeVar("E", bound=Logged)


def of_themselves(events: Iterable[E]) -> list[E]:
    """Leave out what follows from another event of the step: who is merged goes, and comes back, with that."""
    events = list(events)
    merging = {(event.batch, event.target_type) for event in events if event.verb.endswith("merge")}
    return [
        event
        for event in events
        if (event.batch, event.target_type) not in merging or event.verb.endswith("merge")
    ]


class IdempotencyKey(models.Model):
    """The stored answer of a create, so that the same request sent again makes no second row."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once_per_user")
        ]

    def __str__(self) -> str:
        return self.key
