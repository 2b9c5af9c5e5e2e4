"""Queries put together once: Django takes one to two milliseconds for a wide one, PostgreSQL up to ten to plan it.

    by_address = Prepared(lambda slug, uid: Article.objects.filter(study__slug=slug, uid=uid), str, UUID)
    articles = by_address("a-study", uid)

What is read, and how, stays with the QuerySets. The query is built once for each connection, with a stand-in for
each value; from then on only values go to the database, where PostgreSQL keeps the plan. Meant for lookups that
every click runs. A slice may begin at a value, once in a query. No query whose SQL depends on a value otherwise can be
prepared, nor one with prefetches: prepare those too.
"""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateTimeField, Field, QuerySet, UUIDField

T = TypeVar("T")
Value = int | str | UUID | datetime
Parameters = Sequence[Any]

_numbers = count(1)
_FIELDS: Mapping[type, "Field[Any, Any]"] = {UUID: UUIDField(), datetime: DateTimeField()}
"""Who tells how a value is stored that databases differ in; SQLite takes both as text."""


class Prepared(Generic[T]):
    """A query of values of the given kinds; called with them it returns its rows."""

    def __init__(self, build: Callable[..., "QuerySet[Any, T]"], *kinds: type[Value]) -> None:
        self._build, self._kinds = build, kinds
        self._name = f"prepared_{next(_numbers)}"
        self._here = threading.local()

    def __call__(self, *values: Value) -> list[T]:
        connection = connections["default"]
        kept: _Kept[T] | None = getattr(self._here, "kept", None)
        if kept is None or kept.connection is not connection:
            stand_ins = [_stand_in(kind, i) for i, kind in enumerate(self._kinds)]
            kept = self._here.kept = _Kept(self._build(*stand_ins), stand_ins, self._name, connection)
        return kept.rows(values)


def _stand_in(kind: type[Value], i: int) -> Value:
    """Return a value of this kind that no query holds of itself."""
    number = 2_000_000_011 + i
    made: Mapping[type, Value] = {
        int: number,
        str: str(number),
        UUID: UUID(int=number),
        datetime: datetime.fromtimestamp(number, UTC),
    }
    return made[kind]


def _with_slices(sql: str, given: Parameters, stand_ins: Sequence[Value]) -> tuple[str, Parameters]:
    """Make parameters of stand-ins that Django has written into the SQL itself: where a slice begins."""
    out = list(given)
    for value in stand_ins:
        before, found, after = sql.partition(f"OFFSET {value}")
        if found:
            sql = f"{before}OFFSET %s{after}"
            out.insert(before.count("%s"), value)
    return sql, out


class _Kept(Generic[T]):
    """The query on one connection. Django reads its rows as ever, but finds the SQL ready."""

    def __init__(
        self,
        query: "QuerySet[Any, T]",
        stand_ins: Sequence[Value],
        name: str,
        connection: BaseDatabaseWrapper,
    ) -> None:
        self.connection, self._query, self._name = connection, query, name
        compiler = query.query.get_compiler(connection=connection)
        sql, given = compiler.as_sql()
        self._sql, self._given = _with_slices(sql, given, stand_ins)
        places = {self._stored(value): i for i, value in enumerate(stand_ins)}
        self._places = [places.get(value) if isinstance(value, Value) else None for value in self._given]
        self._now: Parameters = ()
        self._prepared_on: object = None
        vars(compiler)["as_sql"] = self._ready
        vars(query.query)["get_compiler"] = lambda *_, **__: compiler

    def rows(self, values: Sequence[Value]) -> list[T]:
        self._now = [self._stored(value) for value in values]
        rows: Iterable[T] = vars(self._query)["_iterable_class"](self._query)
        return list(rows)

    def _stored(self, value: Value) -> Value:
        """Return the value as this database takes it."""
        field = _FIELDS.get(type(value))
        stored: Value = field.get_db_prep_value(value, self.connection) if field else value
        return stored

    def _ready(self, *_: object, **__: object) -> tuple[str, Parameters]:
        """Return what the compiler is asked for."""
        if self.connection.vendor == "postgresql":
            return self._execution()
        pairs = zip(self._places, self._given, strict=True)
        return self._sql, [given if place is None else self._now[place] for place, given in pairs]

    def _execution(self) -> tuple[str, Parameters]:
        self.connection.ensure_connection()
        if self._prepared_on is not self.connection.connection:
            self._prepare()
        now = [self._now[place] for place in self._places if place is not None]
        slots = ", ".join(["%s"] * len(now))
        return f"EXECUTE {self._name} ({slots})" if slots else f"EXECUTE {self._name}", now

    def _prepare(self) -> None:
        """Let PostgreSQL plan the query, once for each session; what never changes stands in it."""
        from psycopg2.extensions import AsIs  # noqa: PLC0415  (not loaded where SQLite is the database)

        slots = count(1)
        pairs = zip(self._places, self._given, strict=True)
        parameters = [given if place is None else AsIs(f"${next(slots)}") for place, given in pairs]
        with self.connection.connection.cursor() as cursor:
            cursor.execute(f"PREPARE {self._name} AS {self._sql}", parameters)
        self._prepared_on = self.connection.connection
