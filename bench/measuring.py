"""Time, SQL statements and memory of a piece of work, and how a figure is printed."""

import gc
import json
import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.db import connection, connections


@dataclass
class Sql:
    """How many statements were sent, transactions and sessions apart."""

    n: int = 0
    asides: tuple[str, ...] = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "django_session")

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:  # noqa: ANN401
        self.n += not any(aside in sql[:200] for aside in self.asides)
        return execute(sql, *rest)


@contextmanager
def counted() -> Iterator[Sql]:
    sql = Sql()
    with connection.execute_wrapper(sql):
        yield sql


@dataclass
class Timed:
    """Seconds of each run."""

    runs: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return median(self.runs)


def timed(work: Callable[[], object], *, times: int = 30, warm: int = 3) -> Timed:
    for _ in range(warm):
        work()
    found = Timed()
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.runs.append(time.perf_counter() - began)
    return found


def interleaved(
    first: Callable[[], object], second: Callable[[], object], times: int = 30
) -> tuple[Timed, Timed]:
    """Run two kinds of work by turns, so that a noisy machine disturbs both alike."""
    a, b = Timed(), Timed()
    for _ in range(times):
        a.runs += timed(first, times=1, warm=0).runs
        b.runs += timed(second, times=1, warm=0).runs
    return a, b


@dataclass(frozen=True)
class Taken:
    """What a piece of work took: seconds, by how many MB its process grew at most, and what it says of itself."""

    seconds: float
    memory: int
    said: dict[str, float]


def in_a_child(work: Callable[[], dict[str, float]]) -> Taken:
    """Do the work in a process of its own, so that its memory is nobody else's."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        gc.freeze()  # as the server and the command do
        before, began = _peak(), time.perf_counter()
        said = work()
        taken = [time.perf_counter() - began, _peak() - before, said]
        os.write(writing, json.dumps(taken).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        told = answer.read()
    os.waitpid(child, 0)
    return Taken(*json.loads(told))


def _peak() -> int:
    """Return the most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def say(work: str, figure: str, *, limit: str = "", target: str = "") -> None:
    print(f"{work:<34} {figure:<52} {limit:<52} {target}", flush=True)
