"""Take the user's last step back, or do it again, through the actions and checks of what it changed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from annotations.accounts.models import User
from annotations.audit.models import Event, of_themselves
from annotations.audit.steps import one_step
from annotations.errors import NotFound
from annotations.history.marks import Allow, marked_apart, put_marks_back, take_marks_back
from annotations.history.moves import ADDITIONS, UNDOABLE, Move, move_of
from annotations.history.obstacles import differ, refuse_overtaken, told_of
from annotations.history.steps import Done, Turn, next_redo, next_undo
from annotations.history.targets import TARGETS
from annotations.history.targets.target import InTheWay
from annotations.revisions.poses import PLACE
from annotations.rows import Row
from annotations.studies.models import Study


class NothingToUndo(InTheWay):
    code = "nothing_to_undo"


IN_TEXT = frozenset({PLACE, "spans", "said_on", "chain"})
"""Fields of a statement that count code points of its text."""


@dataclass(frozen=True)
class Turned:
    """A step about to be turned round; `events` in the order in which they happened."""

    study: Study
    turn: Turn
    events: Sequence[Event]

    @property
    def types(self) -> set[str]:
        """The kinds of things it changed, as `TARGETS` has them."""
        return {event.target_type for event in self.events}

    def ids(self, target_type: str) -> list[str]:
        """Return the public ids of things of one kind, in the order of the events, each once."""
        found = (event.target_id for event in self.events if event.target_type == target_type)
        return list(dict.fromkeys(found))


def last_step(*, study: Study, user: User, passed: uuid.UUID | None = None) -> Turned:
    """Return the user's last step in the study that stands; with `passed`, the one before that step."""
    turn = next_undo(_steps(study, user), passed)
    if turn is None:
        raise NothingToUndo("There is nothing of yours in this study to undo.")
    return _turned(study, turn)


def last_undone(*, study: Study, user: User) -> Turned:
    turn = next_redo(_steps(study, user))
    if turn is None:
        raise NothingToUndo("There is nothing to redo: nothing was undone, or something new was done since.")
    return _turned(study, turn)


@transaction.atomic
def undo(*, step: Turned, by: User, allow: Allow = lambda event, row: None) -> None:
    """Take a step back, the last change first, as a step of its own; all of it or nothing."""
    with one_step(undoes=step.turn.batch):
        for marked, events in marked_apart(reversed(step.events)):
            if marked:
                take_marks_back(step.study, events, step.turn.since, by, allow)
                continue
            for event in events:
                _make(step, event, move_of(event).backwards, by, allow)


@transaction.atomic
def redo(*, step: Turned, by: User, allow: Allow = lambda event, row: None) -> None:
    with one_step(redoes=step.turn.batch):
        for marked, events in marked_apart(step.events):
            rest = put_marks_back(step.study, events, by, allow) if marked else events
            for event in rest:
                _make(step, event, move_of(event), by, allow)


@transaction.atomic
def restore_version(*, study: Study, row: Row, step: uuid.UUID, by: User) -> bool:
    """Bring the fields of a thing back to how they stood after a step; False if they stand so already.

    Others' later changes are overruled, knowingly: the page shows them beside. It is a step, and can be undone.
    """
    events = Event.objects.of_target(row)
    if not events.filter(batch=step).exists():
        raise NotFound("There is no such version of it.")
    later = events.after_step(step)
    fields: dict[str, object] = {}
    for event in later:  # the last first, so that what stood earliest stays
        move = move_of(event)
        if move.old is not None and move.new is not None:
            fields |= move.old
    if PLACE in fields:  # what stood in another text stays as it stands in this one
        fields = {name: value for name, value in fields.items() if name not in IN_TEXT}
    target = TARGETS[row._meta.model_name or ""](study, str(row.uid))
    changed = {name: value for name, value in fields.items() if differ(target.standing(name), value)}
    if changed:
        target.write(changed, by)
    return bool(changed)


def _steps(study: Study, user: User) -> list[Done]:
    return [Done(*row) for row in Event.objects.steps_of(study.pk, user, UNDOABLE)]


def _turned(study: Study, turn: Turn) -> Turned:
    events = Event.objects.of_study(study.pk).of_step(turn.batch).filter(verb__in=UNDOABLE)
    return Turned(study, turn, of_themselves(events))


def _make(step: Turned, event: Event, move: Move, by: User, allow: Allow) -> None:
    target = TARGETS[move.target_type](step.study, move.target_id)
    allow(event, target.row)
    with told_of(event):
        since = Event.objects.of_thing(event).by_others_since(step.turn.since, by).with_user()
        refuse_overtaken(move, target, None if move.old is None else since.last())
        if move.new is None and event.verb in ADDITIONS:
            target.withdraw(by)
        elif move.new is None:
            target.remove(by)
        elif move.old is None:
            was_in_bin = target.row is not None
            target.bring_back(by)
            if not was_in_bin:
                allow(event, target.row)  # only now is it known what it belongs to
        else:
            target.write(move.new, by)
