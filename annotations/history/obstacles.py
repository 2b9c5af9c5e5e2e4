"""What stands in the way of turning a change round."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from annotations.audit.models import Event
from annotations.history.moves import Move
from annotations.history.targets.target import InTheWay, Target
from annotations.rows import Row

R = TypeVar("R", bound=Row)


@contextmanager
def told_of(event: Event) -> Iterator[None]:
    """Say of what stands in the way which change it is about."""
    try:
        yield
    except InTheWay as refused:
        raise InTheWay(f"{event.label}: {refused.message}") from None


def refuse_overtaken(move: Move, target: Target[R], later: Event | None) -> None:
    """Refuse if the thing is not as the step left it, or if others have worked on what would go: `later` was theirs."""
    if target.is_there is (move.old is None):
        raise InTheWay("This was deleted meanwhile." if move.old else "This is there again already.")
    if move.old is None:
        return
    if move.new is None and later is not None:
        raise InTheWay(f"{later.by or 'Somebody'} has worked on it since, so it stays.")
    changed = [name for name in move.new or {} if differ(target.standing(name), move.old[name])]
    if changed:
        who = (later.by if later else None) or "A later step"
        names = sorted("merge" if name.startswith("merged.") else name for name in changed)
        raise InTheWay(f"{who} has changed the same since ({', '.join(names)}).")


def differ(standing: object, left: object) -> bool:
    """Tell whether a field holds something else than the step left in it; a stance's place does not count."""
    if isinstance(standing, dict) and isinstance(left, dict):
        return {**standing, "order": 0} != {**left, "order": 0}
    return bool(standing != left)
