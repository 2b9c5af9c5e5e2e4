"""The foreign keys of an import, held against their tables once at the end instead of at every row.

PostgreSQL asks for each key of each row by itself, which takes longer than all else that it does for an import.
Whatever a line of a file points to was written by the same transaction, where nobody else can delete it, so one
question a table at the end finds the same faults. Only a role that may set `session_replication_role` can put
the asking off: a superuser or, from PostgreSQL 15 on, one that was granted it. For any other, and on SQLite, every row
is asked about as ever.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, connection
from django.db.models import Exists, Max, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce


@contextmanager
def references_checked_at_the_end(models: Sequence[type[Model]]) -> Iterator[None]:
    """Inside it, and inside a transaction, rows of these models may be inserted, and nothing be deleted."""
    if not _may_put_off():
        yield
        return
    before = _last_keys(models)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")
    dangling, *others = (_dangling(model, before[model._meta.db_table]) for model in models)
    for found in dangling.union(*others, all=True)[:1]:
        raise IntegrityError(f"A row of {found['table']} points to one that is not there.")


def _may_put_off() -> bool:
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        if connection.connection.server_version >= 150000:
            cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
        else:
            cursor.execute("SELECT current_setting('is_superuser') = 'on'")
        granted = cursor.fetchone()[0]
        cursor.execute("SELECT current_setting('session_replication_role') = 'origin'")
        return bool(granted and cursor.fetchone()[0])


def _last_keys(models: Sequence[type[Model]]) -> dict[str, int]:
    """Return the last key of each table."""
    first, *others = (
        model._default_manager.order_by()
        .values(table=Value(model._meta.db_table))
        .annotate(last=Coalesce(Max("pk"), 0))
        .values_list("table", "last")
        for model in models
    )
    return dict(first.union(*others, all=True))


def _dangling(model: type[Model], after: int) -> QuerySet[Model, dict[str, Any]]:
    """Return the table's name for each row behind a key that has a foreign key leading nowhere."""
    nowhere = Q(pk=None)
    for field in model._meta.concrete_fields:
        if field.related_model is not None:
            target = field.related_model._default_manager.filter(pk=OuterRef(field.attname))
            nowhere |= Q(~Exists(target), **{f"{field.attname}__isnull": False})
    rows = model._default_manager.filter(nowhere, pk__gt=after).order_by()
    return rows.values(table=Value(model._meta.db_table))
