"""Many rows into one table at once, without an object a row: COPY on PostgreSQL, one prepared INSERT on SQLite.

A row is a mapping of column to plain value. All rows of a call have the same columns in the same order; columns
that they leave out get what the model gives by default. Only an import writes so, inside its one transaction.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any, Final

import orjson
from django.db import connection
from django.db.models import Model

from annotations.exchange.dataset.copying import copy_rows

Columns = dict[str, Any]
MANY: Final = 1000
Column = Sequence[Any]
_KEYS: Final = """
    SELECT min(key), max(key) FROM (
        SELECT key, key - row_number() OVER (ORDER BY key) AS run FROM (
            SELECT nextval(sequence) AS key
            FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS sequence OFFSET 0) AS one, generate_series(1, %s)
        ) AS taken
    ) AS in_runs GROUP BY run ORDER BY 1
"""
"""Takes keys and tells them by the runs in which they come: nearly always one, as others seldom take any between."""


def next_keys(model: type[Model], n: int) -> Iterator[int]:
    """Return n keys that no other writer gets, rising; write under them before asking again."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_KEYS, [table, n])
            return chain.from_iterable(range(first, last + 1) for first, last in cursor.fetchall())
        cursor.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()[0] or 0
    return iter(range(last + 1, last + n + 1))


def insert_rows(model: type[Model], rows: Sequence[Columns]) -> None:
    """Insert the rows; the constraints of the table hold as for any other writer."""
    if not rows:
        return
    given = rows[0].keys()
    left_out = {
        field.attname: field.get_default()
        for field in model._meta.concrete_fields
        if field.attname not in given and not field.primary_key
    }
    names = ", ".join(connection.ops.quote_name(name) for name in (*given, *left_out))
    into = f"{connection.ops.quote_name(model._meta.db_table)} ({names})"
    columns: list[Column] = [
        *zip(*[row.values() for row in rows], strict=True),
        *([value] * len(rows) for value in left_out.values()),
    ]
    if connection.vendor == "postgresql":
        lines = map("\t".join, zip(*map(_copied, columns), strict=True))
        copy_rows(f"COPY {into} FROM STDIN", "\n".join([*lines, ""]).encode())
        return
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {into} VALUES ({marks})",  # noqa: S608  (names of our own)
            list(zip(*map(_prepared, columns), strict=True)),
        )


def count_anew(models: Sequence[type[Model]], n: int) -> None:
    """Have PostgreSQL count its rows if `n`, those that came in, are many.

    It does so by itself some minutes later; until then it plans for the tables as they were, and a list may take a
    hundred times as long.
    """
    if n >= MANY and connection.vendor == "postgresql":
        tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")


def _copied(column: Column) -> Iterable[str]:
    """Return a column as COPY reads it; most columns have values of one type, and texts that need nothing."""
    kinds = set(map(type, column))
    if kinds == {str} and _escaped(words := "".join(column)) == words:
        return column
    if len(kinds) == 1:
        return map(_COPIED[kinds.pop()], column)
    return [_COPIED[type(value)](value) for value in column]


def _prepared(column: Column) -> Column:
    """Return a column as SQLite takes it."""
    if _PREPARED.keys().isdisjoint(map(type, column)):
        return column
    return [_PREPARED[type(value)](value) if type(value) in _PREPARED else value for value in column]


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _moment(value: datetime) -> str:
    """Return a moment in UTC as Django has it in SQLite, which PostgreSQL reads as UTC too."""
    return str(value.astimezone(UTC)).removesuffix("+00:00")


def _escaped(words: str) -> str:
    r"""Return a text as COPY reads it: tab, line ends and the backslash itself written with a backslash."""
    if "\\" in words:
        words = words.replace("\\", "\\\\")
    if words.isprintable():
        return words
    return words.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


_PREPARED: Final[Mapping[type, Callable[[Any], Any]]] = {
    dict: _json,
    list: _json,
    datetime: _moment,
    date: date.isoformat,
}
_COPIED: Final[Mapping[type, Callable[[Any], str]]] = {
    type(None): lambda _: r"\N",
    bool: lambda value: "t" if value else "f",
    int: str,
    str: _escaped,
    dict: lambda value: _json(value).replace("\\", "\\\\"),
    list: lambda value: _json(value).replace("\\", "\\\\"),
    datetime: _moment,
    date: date.isoformat,
}
