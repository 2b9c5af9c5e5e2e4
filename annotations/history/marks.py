"""Turn round the marking of statements: of all at once that one step has marked, for a list may hold a thousand."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.db import IntegrityError

from annotations.accounts.models import User
from annotations.audit.models import Event
from annotations.coding.bulk.actions import put_back_statements, withdraw_statements
from annotations.history.moves import Move, move_of
from annotations.history.obstacles import differ, refuse_overtaken, told_of
from annotations.history.targets.statement import StatementTarget, judged, refuse_judged
from annotations.history.targets.target import OUT_OF_LOG, TAKEN, InTheWay
from annotations.rows import Row
from annotations.statements.models import Statement
from annotations.studies.models import Study

Allow = Callable[[Event, Row | None], None]
"""Told each change before it is turned round, with its thing as it stands; raises what forbids that."""
MARK = "statement.mark"


def marked_apart(events: Iterable[Event]) -> Iterator[tuple[bool, list[Event]]]:
    """Cut the events of a step into pieces, in their order: what marks statements or changes those, and the rest.

    Statements that the step has moved into a bin or out of it as well are among the rest.
    """
    events = list(events)
    marked = {event.target_id for event in events if event.verb == MARK}
    marked -= {event.target_id for event in events if event.verb != MARK and None in _ends(move_of(event))}
    for apart, some in groupby(events, lambda event: event.target_id in marked):
        yield apart, list(some)


def take_marks_back(study: Study, events: Sequence[Event], since: int, by: User, allow: Allow) -> None:
    """Withdraw what events have marked, the last of them first, if nobody else has worked on it since the event `since`."""
    targets = _targets(study, events)
    later = Event.objects.by_others_since(since, by).with_user().last_of_each("statement", targets)
    with_verdicts = judged([target.row for target in targets.values() if target.row])
    seen = defaultdict[str, set[str]](set)
    for event in events:
        target, move = targets[event.target_id], move_of(event).backwards
        allow(event, target.row)
        with told_of(event):
            standing = _besides(move, seen[event.target_id])
            refuse_overtaken(standing, target, later.get(event.target_id))
            if event.verb == MARK:
                refuse_judged(target.present, with_verdicts)
        seen[event.target_id] |= (move.new or {}).keys()
    statements = [target.present for target in targets.values()]
    withdraw_statements(study=study, statements=statements, by=by)


def put_marks_back(study: Study, events: Sequence[Event], by: User, allow: Allow) -> list[Event]:
    """Put back what events had marked; return those of the events that are still to be made."""
    marks = [event for event in events if event.verb == MARK]
    gone = _targets(study, marks)
    deletions = Event.objects.last_deletions_of("statement", gone)
    for event in marks:
        allow(event, gone[event.target_id].row)
        with told_of(event):
            refuse_overtaken(move_of(event), gone[event.target_id], None)
            if event.target_id not in deletions:
                raise InTheWay(OUT_OF_LOG)
    try:
        put_back_statements(deletions=[deletions[event.target_id] for event in marks], by=by)
    except IntegrityError as error:
        taken = next((event for event in marks if _is_taken(deletions[event.target_id])), marks[0])
        raise InTheWay(f"{taken.label}: {TAKEN}") from error
    targets = _targets(study, marks)
    for event in marks:
        allow(event, targets[event.target_id].row)  # only now is it known what it belongs to
    rest = [event for event in events if event.verb != MARK]
    without = _without_changes(rest, targets)
    return [event for event in rest if event.target_id in without]


def _without_changes(events: Sequence[Event], targets: Mapping[str, StatementTarget]) -> set[str]:
    """Return which statements came back otherwise than the changes have left them; most bring those along."""
    left = defaultdict[str, dict[str, Any]](dict)
    for event in events:
        left[event.target_id].update(move_of(event).new or {})
    return {
        uid
        for uid, fields in left.items()
        if any(differ(targets[uid].standing(name), value) for name, value in fields.items())
    }


def _targets(study: Study, events: Sequence[Event]) -> Mapping[str, StatementTarget]:
    uids = list(dict.fromkeys(event.target_id for event in events))
    loaded = StatementTarget.load(study, uids)
    return {uid: StatementTarget(study, uid, loaded) for uid in uids}


def _is_taken(deletion: Event) -> bool:
    """Tell whether another statement has been given the external id of one that was withdrawn."""
    kept = (deletion.before or {})["snapshot"]["rows"][0]["fields"]
    same_set = Statement.objects.present().filter(annotation_set=kept["annotation_set"])
    return bool(kept["external_id"]) and same_set.named_outside(kept["external_id"]).exists()


def _ends(move: Move) -> tuple[object, object]:
    return move.old, move.new


def _besides(move: Move, seen: set[str]) -> Move:
    """Leave out the fields that a later event of the step has left otherwise."""
    if move.new is None:
        return move
    return replace(move, new={name: value for name, value in move.new.items() if name not in seen})
