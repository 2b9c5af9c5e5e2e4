"""Spans in a corrected text: placed with their very words where that is sure, else not placed."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.revisions.anchors import Anchoring, Found
from annotations.revisions.blocks import unchanged
from annotations.revisions.proposals import Proposing, alike, differences
from annotations.spans import RoleSpan, Span, SpanList, SpanRole

OLD = (
    "Gates opened at noon\n"
    "The miller Jon Abel told reporters: “They opened the gates at noon. Nobody warned us.”\n"
    "The keeper said the river had risen since the morning.\n"
    "Nobody warned the farms below the weir, he added.\n"
)


def span_of(words, text=OLD, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words), words)


def spans_of(text=OLD, **words):
    return SpanList.of(RoleSpan(SpanRole(role), span_of(each, text)) for role, each in words.items())


def anchored(old, new, spans):
    return Anchoring(old, new).anchor(spans)


SAID = {"content": "They opened the gates at noon", "source": "The miller Jon Abel", "cue": "told"}


@pytest.mark.parametrize(
    ("new", "found"),
    [
        (OLD, {Found.UNCHANGED}),
        ("Corrected on Friday\n" + OLD, {Found.UNCHANGED}),
        (OLD.replace("The keeper said", "On Friday the keeper said"), {Found.UNCHANGED}),
        (OLD.replace("Nobody warned us", "Nobody had warned us"), {Found.UNCHANGED}),
        (OLD.replace("Gates opened at noon\n", ""), {Found.UNCHANGED}),
        (OLD.replace("\n", "\r\n"), {Found.UNCHANGED}),
        ("".join(OLD.splitlines(keepends=True)[i] for i in (0, 2, 3, 1)), {Found.MOVED}),
    ],
)  # fmt: skip
def test_what_follows(new, found):
    spans = spans_of(**SAID)
    there = anchored(OLD, new, spans)
    assert there is not None
    assert [item.span.text for item in there.spans] == [item.span.text for item in spans]
    assert all(new[item.span.start : item.span.end] == item.span.text for item in there.spans)
    assert set(there.found) == found
    assert 0 < there.score <= 1


@pytest.mark.parametrize(
    ("what", "new"),
    [
        ("the words were edited", OLD.replace("opened the gates", "closed the gates")),
        ("the words are gone", OLD.replace("“They opened the gates at noon. ", "“")),
        ("one of its spans is gone", OLD.replace("told reporters", "said")),
        ("the source went elsewhere", OLD.replace("The miller Jon Abel ", "A miller ") + "The miller Jon Abel drowned.\n"),
        ("they became part of another word", OLD.replace("gates at noon. ", "gates at noontime. ")),
        ("another text", "Something quite different stands here.\n"),
    ],
)  # fmt: skip
def test_what_does_not(what, new):
    assert anchored(OLD, new, spans_of(**SAID)) is None, what


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("X. He denied it. Y.", "X. He denied it. He denied it. Y."),
        ("X. He denied it. He denied it. Y.", "X. He denied it. Y."),
        ("He denied it. Then he left for the coast.", "He denied it. He denied it. Then he left for the coast."),
        ("He denied it. " * 5, "He denied it. " * 6),
        ("He denied it. " * 5, "He denied it. " * 4),
        ("One said no.\nHe denied it.\nTwo said no.\n", "Three said yes.\nHe denied it.\nFour said yes.\nHe denied it.\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("nth", [0, -1])
def test_what_could_be_either_is_not_placed(old, new, nth):
    times = old.count("He denied it.")
    span = span_of("He denied it.", old, nth % times)
    there = Anchoring(old, new).place(span)
    assert there is None


def test_of_repeated_words_each_keeps_its_own_place():
    old = "The mayor spoke first. He denied it. The keeper came next to speak. He denied it. Then all of them left."
    new = "On Friday the mayor spoke. " + old
    anchoring = Anchoring(old, new)
    for nth in (0, 1):
        span = span_of("He denied it.", old, nth)
        assert anchoring.place(span).span.start == span.start + len("On Friday the mayor spoke. ")


def test_a_lone_word_is_not_found_again_in_another_sentence():
    old, new = "The river rose overnight.\n", "Nobody has seen that river since.\n"
    assert Anchoring(old, new).place(span_of("river", old)) is None


def test_a_long_quotation_is_known_wherever_it_goes():
    words = "we shall never again open those gates without a warning"
    old, new = f"At noon he said {words}, and left.\n", f"“{words}” was what they remembered.\n"
    placed = Anchoring(old, new).place(span_of(words, old))
    assert placed.span == span_of(words, new)
    assert placed.score < 1


def test_spans_that_were_torn_apart_are_not_placed():
    filler = "".join(f"Another long line, number {n}, about the weather of that day.\n" for n in range(20))
    first, second = (
        "The miller Jon Abel spoke to us at length.\n",
        "They had opened the gates, according to him.\n",
    )
    old, new = first + second + filler, first + filler + second
    spans = spans_of(old, content="They had opened the gates", source="The miller Jon Abel")
    assert anchored(old, new, spans) is None or set(anchored(old, new, spans).found) == {Found.UNCHANGED}
    assert anchored(old, second + filler + first, spans) is None


def test_the_spans_beside_must_follow_too():
    old, new = OLD + "It was Wednesday, the 14th.\n", OLD + "It was Thursday, the 15th.\n"
    day = span_of("Wednesday", old)
    assert Anchoring(old, new).anchor(spans_of(**SAID), [day]) is None
    assert Anchoring(old, old + "More.\n").anchor(spans_of(**SAID), [day]).beside == (day,)


NASTY = st.sampled_from(
    [
        "he ",
        "He denied it. ",
        "gates ",
        "🌊 ",
        "👩‍👩‍👧 ",
        "e\u0301 ",
        "\r\n",
        "\n",
        "ا ",
        "noon. ",
        "Nobody warned us. ",
        "a",
        "\u2028",
    ]
)
SENTENCES = st.lists(st.one_of(NASTY, st.text(st.characters(exclude_categories=("Cs",)), max_size=40)), min_size=1, max_size=25)  # fmt: skip
KINDS = st.sampled_from(["insert", "delete", "replace", "move"])
EDITS = st.tuples(KINDS, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), NASTY), max_size=4))
"""Edits of one kind: of several kinds some undo each other, and then nobody can tell what was moved."""


def corrected(pieces, edits):
    """Return the pieces after the edits, each with the number that it had, or None where it is new."""
    kind, places = edits
    out = list(enumerate(pieces))
    for place, to, words in places:
        at = place % (len(out) + 1)
        if kind == "insert":
            out.insert(at, (None, words))
        elif at < len(out) and kind == "delete":
            del out[at]
        elif at < len(out) and kind == "replace":
            out[at] = (None, words)
        elif at < len(out) and "".join(pieces).count(out[at][1]) == 1:
            out.insert(to % len(out), out.pop(at))
    return out


@settings(max_examples=400, deadline=None)
@given(SENTENCES, EDITS, st.data())
def test_no_span_is_ever_put_elsewhere(pieces, edits, data):
    old = "".join(pieces)
    after = corrected(pieces, edits)
    new = "".join(words for _, words in after)
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    placed = Anchoring(old, new).place(Span(start, end, old[start:end]))
    if placed is None:
        return
    assert new[placed.span.start : placed.span.end] == old[start:end] == placed.span.text
    truth = standing(pieces, after, start, end)
    if truth is not None:
        assert placed.span.start == truth


def standing(pieces, after, start, end):
    """Return where the piece that holds [start, end) has come to; None if it is gone or there is no such piece."""
    at = 0
    for n, words in enumerate(pieces):
        if at <= start and end <= at + len(words):
            place = 0
            for origin, each in after:
                if origin == n:
                    return place + start - at
                place += len(each)
            return None
        at += len(words)
    return None


@settings(max_examples=200, deadline=None)
@given(SENTENCES, EDITS)
def test_blocks_are_unchanged_and_in_order(pieces, edits):
    old, new = "".join(pieces), "".join(words for _, words in corrected(pieces, edits))
    blocks = unchanged(old, new)
    old_end = new_end = 0
    for block in blocks:
        assert block.length > 0
        assert block.old >= old_end
        assert block.new >= new_end
        assert old[block.old : block.old_end] == new[block.new : block.new_end]
        old_end, new_end = block.old_end, block.new_end
    if old == new and old:
        assert blocks[0].length == len(old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("He said so. " * 10_000, "He said so. " * 10_001),
        ("ab " * 40_000, "ba " * 40_000),
        ("x\n" * 60_000, "x\ny\n" * 40_000),
        ("".join(f"Word{n} " for n in range(20_000)), "".join(f"Word{n} " for n in reversed(range(20_000)))),
        (
            "".join(f"Line {n} of {n % 7} more. " for n in range(5_000)),
            "".join(f"Line {n} of {n % 5} more. " for n in range(5_000)),
        ),
    ],
)
def test_no_text_takes_long(old, new):
    began = time.process_time()
    anchoring = Anchoring(old, new)
    for start in range(0, 100_000, 100):
        anchoring.place(Span(start, start + 60))
    assert time.process_time() - began < 10


class TestProposals:
    def propose(self, new, words="They opened the gates at noon"):
        return Proposing(Anchoring(OLD, new)).propose(span_of(words))

    def test_what_stands_in_their_place(self):
        proposal = self.propose(OLD.replace("They opened the gates", "They had opened all the gates"))
        assert proposal.span.text == "They had opened all the gates at noon"
        assert 0.7 < proposal.score < 1

    def test_the_same_words_elsewhere(self):
        new = "He wrote: They opened the gates at noon\nThey opened the gates at noon\n"
        assert self.propose(new).span.text == "They opened the gates at noon"
        assert self.propose(new).score < 1

    def test_a_sentence_like_them(self):
        new = OLD.replace("They opened the gates at noon. ", "").replace(
            "Nobody warned the farms", "Two of them opened the gates at noon. Nobody warned the farms"
        )
        assert self.propose(new).span.text == "Two of them opened the gates at noon."

    def test_nothing_like_them(self):
        assert self.propose("Quite another text.\n") is None

    def test_whole_words(self):
        proposal = self.propose(OLD.replace("at noon. Nobody", "at noontime. Nobody"))
        assert proposal.span.text == "They opened the gates at noontime"


def test_differences_word_by_word():
    pieces = [(piece.kind, piece.words) for piece in differences("the gates at noon", "all gates at noon")]
    assert pieces == [("delete", "the"), ("insert", "all"), ("equal", " gates at noon")]


@given(st.text(max_size=60), st.text(max_size=60))
def test_differences_lose_nothing(a, b):
    pieces = differences(a, b)
    assert "".join(piece.words for piece in pieces if piece.kind != "insert") == a
    assert "".join(piece.words for piece in pieces if piece.kind != "delete") == b


def test_alikeness():
    assert alike("the gates", "the gates") == 1
    assert alike("the gates", "") == 0
    assert alike("word " * 500, "word " * 500) == 1
