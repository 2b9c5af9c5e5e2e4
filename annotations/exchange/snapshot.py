"""One moment of the database, read through a connection of its own for as long as an export takes.

A read transaction blocks no save: REPEATABLE READ READ ONLY on PostgreSQL, a deferred one on SQLite with
its write-ahead log. Time limits meant for pages are lifted inside it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from django.db import connection, connections

_NUMBERS = count(1)


@contextmanager
def snapshot() -> Iterator[str]:
    """Yield a database alias for `using()`; it is gone, connection and all, at the end."""
    alias = f"snapshot-{next(_NUMBERS)}"
    opened = connection.copy(alias)
    connections[alias] = opened
    try:
        with opened.cursor() as cursor:
            if opened.vendor == "postgresql":
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SET LOCAL statement_timeout = 0")
                cursor.execute("SET LOCAL cursor_tuple_fraction = 1.0")  # every row will be read
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            else:
                cursor.execute("BEGIN DEFERRED")
        yield alias
    finally:
        opened.close()
        del connections[alias]
