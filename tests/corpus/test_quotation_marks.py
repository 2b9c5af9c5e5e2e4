"""Which pieces of a stretch stand between quotation marks."""

import pytest

from annotations.corpus.quotation_marks import is_quoted_whole, quoted_pieces


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        ("no marks at all", []),
        ("“They call it rain.”", ["“They call it rain.”"]),
        ("that “at least 4,000” fled and “nobody” came", ["“at least 4,000”", "“nobody”"]),
        ("🌊 “soon 🌊 gone” he wrote", ["“soon 🌊 gone”"]),
        ('the "gate" was shut', ['"gate"']),
        ("„Kein Tor“ war offen", ["„Kein Tor“"]),
        ("„Kein Tor” war offen", ["„Kein Tor”"]),
        ("« Non », dit-il", ["« Non »"]),
        ("»Nein«, sagte er", ["»Nein«"]),
        ("他说「没有」了", ["「没有」"]),
        ("she said ‘it wasn’t open’ twice", ["‘it wasn’t open’"]),
        ("the miller’s roof and the keeper’s gate", []),
        ("“a ‘nested’ piece” and more", ["“a ‘nested’ piece”"]),
        ("“never closed", []),
        ("empty “” marks", []),
    ],
)
def test_pieces(words, pieces):
    assert [words[span.start : span.end] for span in quoted_pieces(words)] == pieces


def test_pieces_are_counted_from_the_offset():
    assert [(span.start, span.end) for span in quoted_pieces("so “no”", 100)] == [(103, 107)]


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("“They call it rain. I call it an act of war.”", True),
        ("“Nobody telephoned, nobody rang the bell.", True),
        ("“No,” he said. “Never.”", False),
        ("that “no gate” was open", False),
        ("no gate was open", False),
        ("gone to war.”", False),
        ('"No gate."', True),
    ],
)
def test_quoted_whole(words, whole):
    assert is_quoted_whole(words) is whole
