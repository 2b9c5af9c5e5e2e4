"""Write the log. Every action calls `record` inside its own transaction."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from annotations.accounts.models import User
from annotations.audit.models import Event, IdempotencyKey
from annotations.audit.snapshots import cleared_in, rows_in, snapshot_of, snapshots_of
from annotations.audit.steps import Step, current_step
from annotations.errors import AnnotationError, Conflict
from annotations.rows import Row, chunks

T = TypeVar("T")

KEYS_KEPT = timedelta(days=7)
"""How long a create that is sent again with its Idempotency-Key gets the answer of the first time."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What happened to one thing; `before` and `after` hold the changed fields as JSON values.

    `label` is what people read of it, the target's own words if none is given.
    """

    verb: str
    target: Row | User
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None
    label: str = ""


def record(
    *,
    study_id: int | None,
    by: User | None,
    verb: str,
    target: Row | User,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    label: str = "",
) -> Event:
    """Append the event of one change to the step under way."""
    change = Change(verb=verb, target=target, before=before, after=after, label=label)
    event = _event(study_id, by, change, current_step())
    event.save(force_insert=True)
    return event


def record_all(*, study_id: int | None, by: User, changes: Iterable[Change]) -> None:
    """Append one event for each change, in their order, in a few writes."""
    step = current_step()
    Event.objects.bulk_create([_event(study_id, by, change, step) for change in changes], 500)


def _event(study_id: int | None, by: User | None, change: Change, step: Step) -> Event:
    target = change.target
    return Event(
        study_id=study_id,
        by=by,
        verb=change.verb,
        target_type=target._meta.model_name or "",
        target_id=str(target.uid if isinstance(target, Row) else target.pk),
        label=(change.label or str(target))[:300],
        before=change.before,
        after=change.after,
        batch=step.batch,
        undoes=step.undoes,
        redoes=step.redoes,
    )


@transaction.atomic
def delete_for_good(*, row: Row, study_id: int, by: User) -> None:
    """Delete a row that has no bin; the event keeps all that goes with it, so that it can be put back.

    Raises `ProtectedError` if something refers to the row that must not go.
    """
    before = {"snapshot": snapshot_of(row)}
    record(study_id=study_id, by=by, verb=f"{_stem(row)}.delete", target=row, before=before)
    row.delete()


@transaction.atomic
def delete_all_for_good(*, rows: Sequence[Row], study_id: int, by: User) -> None:
    """Delete rows of one kind as `delete_for_good` does each, in a few writes."""
    changes = [
        Change(verb=f"{_stem(row)}.delete", target=row, before={"snapshot": kept})
        for row, kept in zip(rows, snapshots_of(rows), strict=True)
    ]
    record_all(study_id=study_id, by=by, changes=changes)
    for keys in chunks(row.pk for row in rows):
        type(rows[0])._default_manager.filter(pk__in=keys).delete()


@transaction.atomic
def put_back(*, deletion: Event, by: User) -> Row:
    """Bring back what `delete_for_good` took, under the ids it had; links filled meanwhile stay as they are."""
    return put_all_back(deletions=[deletion], by=by)[0]


@transaction.atomic
def put_all_back(*, deletions: Sequence[Event], by: User) -> list[Row]:
    """Bring back what several deletions of one study took, in their order, in a few writes."""
    snapshots = [(deletion.before or {})["snapshot"] for deletion in deletions]
    rows = rows_in([row for snapshot in snapshots for row in snapshot["rows"]])
    by_model = defaultdict[type[Model], list[Model]](list)
    for row in rows:
        by_model[type(row)].append(row)
    for model, some in by_model.items():
        model._default_manager.bulk_create(some, 500)
    there = {str(row.uid): row for row in rows if isinstance(row, Row)}
    if any(deletion.target_id not in there for deletion in deletions):
        raise Conflict("What this belonged to was deleted for good since, so it cannot come back.")
    origins = [there[deletion.target_id] for deletion in deletions]
    for origin, snapshot in zip(origins, snapshots, strict=True):
        for others, link in cleared_in(snapshot):
            others.filter(**{link: None}).update(**{link: origin})
    changes = [Change(verb=f"{_stem(origin)}.restore", target=origin) for origin in origins]
    record_all(study_id=deletions[0].study_id, by=by, changes=changes)
    return origins


def _stem(row: Row) -> str:
    """Return how verbs on such rows begin."""
    return str(row._meta.verbose_name).replace(" ", "_")


class KeyReused(AnnotationError):
    """An Idempotency-Key that was sent before, with another request."""

    code = "idempotency_key_reused"


@transaction.atomic
def all_or_nothing(act: Callable[[], T]) -> T:
    """Run several actions as one."""
    return act()


def create_once(
    *, user: User, key: str, body_hash: str, create: Callable[[], tuple[int, object]]
) -> IdempotencyKey:
    """Return the answer kept under the user's `key`, running `create` (status, JSON value) for a new key.

    Row, event and answer are committed together. Of two requests with one key at the same moment the later
    one waits at the key, which is taken first, and then reads the answer of the other.
    """
    kept = _kept(user, key)
    if kept is None:
        try:
            return _create_and_keep(user, key, body_hash, create)
        except IntegrityError:
            kept = _kept(user, key)
            if kept is None:
                raise
    if kept.body_hash != body_hash:
        raise KeyReused("This Idempotency-Key was sent before with another request; use a new key.")
    return kept


@transaction.atomic
def forget_old_keys() -> int:
    """Forget the answers to creates that nobody will send again; return how many there were."""
    forgotten, _ = IdempotencyKey.objects.filter(at__lt=timezone.now() - KEYS_KEPT).delete()
    return forgotten


def _kept(user: User, key: str) -> IdempotencyKey | None:
    return IdempotencyKey.objects.filter(user=user, key=key).first()


@transaction.atomic
def _create_and_keep(
    user: User, key: str, body_hash: str, create: Callable[[], tuple[int, object]]
) -> IdempotencyKey:
    kept = IdempotencyKey.objects.create(user=user, key=key, body_hash=body_hash, status=0, answer={})
    kept.status, kept.answer = create()
    kept.save(update_fields=["status", "answer"])
    return kept
