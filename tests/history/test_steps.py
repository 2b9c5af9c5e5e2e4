"""Whose turn it is: the order in which steps are undone and redone."""

from uuid import UUID

import pytest

from annotations.history.steps import Done, Turn, next_redo, next_undo


def steps(*told):
    """The log in the order of events: "a" is a step, "-a" its undoing, "+a" its redoing; ids count from 1."""
    out = []
    for n, each in enumerate(told, start=1):
        name = batch(each[-1])
        marks = {"undoes": name if each[0] == "-" else None, "redoes": name if each[0] == "+" else None}
        out.append(Done(batch=name if len(each) == 1 else batch("zyxw"[n % 4]), last=n, **marks))
    return out[::-1]


def batch(letter):
    return UUID(int=ord(letter))


@pytest.mark.parametrize(
    ("log", "undo", "redo"),
    [
        ("", None, None),
        ("a", "a", None),
        ("a b", "b", None),
        ("a b -b", "a", "b"),
        ("a b -b -a", None, "a"),
        ("a b -b -a +a", "a", "b"),
        ("a b -b -a +a +b", "b", None),
        ("a b -b c", "c", None),
        ("a b -b c -c", "a", "c"),
        ("a -a +a -a", None, "a"),
        ("a b -a", "b", "a"),
    ],
)
def test_whose_turn_it_is(log, undo, redo):
    newest_first = steps(*log.split())
    assert named(next_undo(newest_first)) == undo
    assert named(next_redo(newest_first)) == redo


def named(turn):
    return chr(turn.batch.int) if turn else None


def test_the_turn_knows_what_brought_the_step_about():
    assert next_undo(steps("a", "b", "-b", "+b")) == Turn(batch("b"), 4)
    assert next_redo(steps("a", "b", "-b")) == Turn(batch("b"), 3)


@pytest.mark.parametrize(("log", "next_one"), [("a b", "a"), ("a b -b", "a"), ("a c -c b", "a"), ("b", None)])
def test_a_step_can_be_passed_over(log, next_one):
    assert named(next_undo(steps(*log.split()), batch("b"))) == next_one
