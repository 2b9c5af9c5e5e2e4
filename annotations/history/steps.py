"""Which step of a person comes next to be undone, or to be redone. Plain Python."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Done:
    """A step as the log has it: its batch, the step it takes back or does again, the id of its last event."""

    batch: uuid.UUID
    undoes: uuid.UUID | None
    redoes: uuid.UUID | None
    last: int


@dataclass(frozen=True)
class Turn:
    """A step to be turned round: its batch, and the last event of what brought it to where it stands."""

    batch: uuid.UUID
    since: int


def next_undo(newest_first: Iterable[Done], passed: uuid.UUID | None = None) -> Turn | None:
    """Return the newest step that stands; with `passed`, the newest one that is older than that."""
    waiting = passed is not None
    for turn, stands in _standing(newest_first):
        if stands and not waiting:
            return turn
        waiting = waiting and turn.batch != passed
    return None


def next_redo(newest_first: Iterable[Done]) -> Turn | None:
    """Return the step that was undone last, unless something new was done since."""
    redone = set[uuid.UUID]()
    for step in newest_first:
        if step.redoes:
            redone.add(step.redoes)
        elif step.undoes is None:
            return None
        elif step.undoes not in redone:
            return Turn(step.undoes, step.last)
    return None


def _standing(newest_first: Iterable[Done]) -> Iterator[tuple[Turn, bool]]:
    """Yield each step that is no undoing or redoing, newest first, and whether it stands."""
    latest: dict[uuid.UUID, Done] = {}
    for step in newest_first:
        turned = step.undoes or step.redoes
        if turned:
            latest.setdefault(turned, step)
            continue
        last = latest.get(step.batch, step)
        yield Turn(step.batch, last.last), last.undoes is None
