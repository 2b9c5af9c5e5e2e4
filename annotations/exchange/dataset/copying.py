"""COPY on PostgreSQL in a thread of its own: the server takes rows in while the next ones are made.

A connection does one thing at a time. So copies are made one after another, and whatever else is asked of the
database through Django waits until they are done.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO
from typing import Any, Final

from django.db import connection

PIECE: Final = 1024 * 1024
"""Rows are gathered, for each table apart, until all of them have so many bytes."""
WAITING: Final = 16
"""So many pieces may wait in memory: enough to go on for a while when the server is busy with long texts."""


class _Copies:
    def __init__(self, thread: ThreadPoolExecutor) -> None:
        self._thread, self._driver = thread, connection.connection
        self._gathered: defaultdict[str, list[bytes]] = defaultdict(list)
        self._size = 0
        self._waiting: deque[Future[None]] = deque()

    def add(self, sql: str, rows: bytes) -> None:
        self._gathered[sql].append(rows)
        self._size += len(rows)
        if self._size >= PIECE:
            self._send()

    def finish(self) -> None:
        """Wait until all rows are in."""
        self._send()
        while self._waiting:
            self._await_first()

    def before(self, execute: Callable[..., Any], *sql: Any) -> Any:  # noqa: ANN401  (what Django hands through)
        """Let another statement wait for its turn."""
        self.finish()
        return execute(*sql)

    def _send(self) -> None:
        if not self._gathered:
            return
        if len(self._waiting) == WAITING:
            self._await_first()
        self._waiting.append(self._thread.submit(_copy, self._driver, self._gathered))
        self._gathered, self._size = defaultdict(list), 0

    def _await_first(self) -> None:
        with connection.wrap_database_errors:
            self._waiting.popleft().result()


_under_way: ContextVar[_Copies | None] = ContextVar("copies under way", default=None)


@contextmanager
def copies_in_step() -> Iterator[None]:
    """Inside it, and inside a transaction, `copy_rows` returns before the rows are in; at the end they are."""
    with ThreadPoolExecutor(1, "copies") as thread:
        copies = _Copies(thread)
        token = _under_way.set(copies)
        try:
            with connection.execute_wrapper(copies.before):
                yield
            copies.finish()
        finally:
            _under_way.reset(token)
            thread.shutdown(cancel_futures=True)


def copy_rows(sql: str, rows: bytes) -> None:
    """Run a COPY ... FROM STDIN; one that fails inside `copies_in_step` is told at a later statement or the end."""
    copies = _under_way.get()
    if copies is not None:
        copies.add(sql, rows)
        return
    connection.ensure_connection()
    with connection.wrap_database_errors:
        _copy(connection.connection, {sql: [rows]})


def _copy(driver: Any, rows: Mapping[str, Sequence[bytes]]) -> None:  # noqa: ANN401  (psycopg2's connection)
    """Send the rows of each table in one go: if the driver asked for them by bits, the threads would wait for each other."""
    with driver.cursor() as cursor:
        for sql, pieces in rows.items():
            table = b"".join(pieces)
            cursor.copy_expert(sql, BytesIO(table), len(table))
