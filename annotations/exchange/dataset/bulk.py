"""Many rows into one table at once, without an object a row: COPY on PostgreSQL, one prepared INSERT on SQLite.

A row is a mapping of column to plain value. All rows of a call have the same columns in the same order; columns
that they leave out get what the model gives by default. Only an import writes so, inside its one transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, Final

import orjson
from django.db import connection
from django.db.models import Model

Columns = dict[str, Any]
MANY: Final = 1000


def next_keys(model: type[Model], n: int) -> Sequence[int]:
    """Return n keys that no other writer gets; write under them before asking again."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, n]
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()[0] or 0
    return range(last + 1, last + n + 1)


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
    columns = ", ".join(connection.ops.quote_name(name) for name in (*given, *left_out))
    table, rest = connection.ops.quote_name(model._meta.db_table), tuple(left_out.values())
    values = ((*row.values(), *rest) for row in rows)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            lines = "".join(
                ["\t".join([_COPIED[type(value)](value) for value in row]) + "\n" for row in values]
            )
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", BytesIO(lines.encode()))
        else:
            marks = ", ".join(["%s"] * (len(given) + len(left_out)))
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608  (names of our own)
                [[_PREPARED.get(type(value), _same)(value) for value in row] for row in values],
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


def _same(value: Any) -> Any:  # noqa: ANN401  (what the database takes as it is)
    return value


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _moment(value: datetime) -> str:
    """Return a moment in UTC as Django has it in SQLite, which PostgreSQL reads as UTC too."""
    return str(value.astimezone(UTC).replace(tzinfo=None))


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
