"""What one act of a person changes: the events recorded inside one step share a batch, and are undone as one."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Step:
    """`undoes` and `redoes` name the batch of the step that this one takes back, or does again."""

    batch: uuid.UUID = field(default_factory=uuid.uuid4)
    undoes: uuid.UUID | None = None
    redoes: uuid.UUID | None = None


_current: ContextVar[Step | None] = ContextVar("step", default=None)


def current_step() -> Step:
    """Return the step under way; outside of one, every event is a step of its own."""
    return _current.get() or Step()


@contextmanager
def one_step(*, undoes: uuid.UUID | None = None, redoes: uuid.UUID | None = None) -> Iterator[None]:
    """Make one step of what is recorded inside; a step inside another is part of it, unless it undoes or redoes."""
    outer = _current.get()
    token = _current.set(outer if outer and not (undoes or redoes) else Step(undoes=undoes, redoes=redoes))
    try:
        yield
    finally:
        _current.reset(token)
