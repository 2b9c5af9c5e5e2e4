"""The number that a quotation gives by itself: only where there is no doubt which."""

import pytest

from annotations.claims.numbers import obvious_number


@pytest.mark.parametrize(
    ("words", "op", "number", "as_written"),
    [
        ("that 31 people had died", "=", 31, "31"),
        ("“at least 4,000” had been driven out", ">=", 4000, "at least 4,000"),
        ("it rose by 2.6 metres", "=", 2.6, "2.6"),
        ("the death of 12 people", "=", 12, "12"),
        ("40 of the 300 workers had returned", "=", 40, "40"),
        ("fewer  than 7 of all the 90 houses stand", "<", 7, "fewer  than 7"),
    ],
)
def test_the_one_number(words, op, number, as_written):
    found = obvious_number(words)
    assert (found.op, found.number, found.as_written) == (op, number, as_written)


@pytest.mark.parametrize(
    "words",
    [
        "dozens",
        "12 or 19 dead",
        "not one of the 312 members had gone back",
        "most of their 20 boats",
        "at 10:30",
        "on 14/3",
    ],
)
def test_none_or_in_doubt(words):
    assert obvious_number(words) is None
