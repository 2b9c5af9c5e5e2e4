"""Events as moves: what differs, field by field."""

from types import SimpleNamespace

import pytest

from annotations.history.moves import Move, move_of


def event(verb, before=None, after=None):
    return SimpleNamespace(verb=verb, target_type="statement", target_id="u", before=before, after=after)


def moved(*args):
    move = move_of(event(*args))
    return move.old, move.new


def test_a_change_names_the_same_fields_on_both_sides():
    before = {"note": "", "codes": {"quote_type": None}, "start": 3}
    after = {"note": "x", "codes": {"quote_type": "direct"}, "start": 4}
    assert moved("statement.revise", before, after) == (
        {"note": "", "codes.quote_type": None},
        {"note": "x", "codes.quote_type": "direct"},
    )


def test_stances_count_by_their_claim():
    taken = {"claim": "c", "stance": "support", "order": 0}
    assert moved("stance.take", None, {"stance": taken}) == ({"stance.c": None}, {"stance.c": taken})
    assert moved("stance.drop", {"stance": taken}) == ({"stance.c": taken}, {"stance.c": None})
    several = [{"claim": "b", "stance": "oppose"}, {"claim": "c", "stance": "support"}]
    assert moved("stance.replace", {"stances": [taken]}, {"stances": several}) == (
        {"stance.b": None, "stance.c": taken},
        {"stance.b": {**several[0], "order": 0}, "stance.c": {**several[1], "order": 1}},
    )


@pytest.mark.parametrize("verb", ["statement.mark", "statement.restore", "speaker.add"])
def test_what_was_added_was_not_there(verb):
    assert moved(verb, None, {"note": "x"}) == (None, {"note": "x"})


@pytest.mark.parametrize("verb", ["statement.discard", "claim.delete"])
def test_what_was_removed_is_not_there(verb):
    assert moved(verb, {"snapshot": {"rows": []}}) == ({}, None)


def test_backwards():
    assert Move("t", "u", None, {"a": 1}).backwards == Move("t", "u", {"a": 1}, None)
