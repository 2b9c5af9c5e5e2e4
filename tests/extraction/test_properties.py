"""What holds of any text: no error, no span outside it or on furniture, time in proportion to its length."""

import time
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotations.corpus.furniture import recognise
from annotations.extraction.extractor import extract

PIECES = [
    "“", "”", '"', "''", "'", "‘", "’", "«", "»", "„", ",", ".", "?", ":", ";", "—", "(", ")", "\n", " said ", " told ",
    " that ", " according to ", " citing ", " quoted ", " as saying ", " on Tuesday ", "31 May ", " ٣١ May ", " and ", " who ", " he ", " The minister ",
    " Ann Lee ", " Reuters ", "Advertisement", "Share this story", " was asked ", " by ", " 12 ", "🌊", "\u202e", "é",
    " called ", " to ", " it ", " but ", " “Go,” ", "\r", "\t", "\x00",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=60).map("".join)


def places(quote):
    moment = [quote.said_on.place] if quote.said_on else []
    return [*quote.spans, *quote.cue, *quote.speaker, *moment]


@settings(max_examples=400, deadline=None)
@given(texts)
@example("“" * 50)
@example("\ud800 said “yes”")
def test_every_span_lies_in_the_text_and_off_the_furniture(text):
    lines = recognise(text)
    quotes = extract(text, published=date(2018, 3, 14))
    for quote in quotes:
        assert quote.spans
        for start, end in places(quote):
            assert 0 <= start < end <= len(text)
            assert not any(line.start < end and start < line.end for line in lines)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_parents_form_no_circle(text):
    quotes = extract(text)
    for i, quote in enumerate(quotes):
        seen = {i}
        parent = quote.parent
        while parent is not None:
            assert parent not in seen
            seen.add(parent)
            parent = quotes[parent].parent


@settings(max_examples=100, deadline=None)
@given(texts)
def test_the_same_text_gives_the_same_answer(text):
    assert extract(text) == extract(text)


HOSTILE = {
    "news": "“The gate was shut,” Orla Venn said on Tuesday. The ministry denied that it had been warned.\n\n",
    "one word": "said ",
    "open marks": "“",
    "nested marks": "“He said ‘she said “",
    "apostrophes": "'a ",
    "commas": "Ann Lee, ",
    "clauses": "he said that ",
    "sources": "according to Ann Lee, ",
    "relays": "citing Reuters, ",
    "quoting": "quoted Ann as saying ",
    "brackets": "(",
    "paragraphs": "“Yes,\n",
    "pronouns": "He said she said they said it said. ",
    "no blanks": "a",
}
LENGTH = 10_000
"""Code points of the shorter text; `--long` tries a quarter of a megabyte, and so a megabyte."""


def seconds(text):
    began = time.process_time()
    extract(text)
    return time.process_time() - began


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_a_text_four_times_as_long_takes_about_four_times_as_long(piece, size):
    """Twice that is allowed for a busy machine; what grows with the square would take sixteen times."""
    n = size(LENGTH, 250_000) // len(piece)
    shorter = seconds(piece * n)
    assert seconds(piece * n * 4) < 8 * shorter + 0.1


def test_nesting_is_bounded():
    deepest = 0
    quotes = extract("Ann said " + "that Lee said " * 2000 + "it was shut.")
    for quote in quotes:
        deepest = max(deepest, len(quote.chain))
    assert deepest <= 20
