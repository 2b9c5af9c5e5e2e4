"""Spans cut in two and put together: no code point is lost or counted twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.coding.regrouping import joined_spans, split_spans
from annotations.errors import Invalid
from annotations.spans import RoleSpan, Span, SpanList, SpanRole

TEXT = "x" * 200
CONTENT, QUOTED, SOURCE, _, ADDRESSEE, _ = SpanRole


def spans(*items):
    return SpanList.of(RoleSpan(role, Span(start, end)) for role, start, end in items)


def covered(made, role):
    return {i for span in made.of_role(role) for i in range(span.start, span.end)}


@pytest.mark.parametrize(
    ("at", "before", "after"),
    [
        (5, [(CONTENT, 0, 5)], [(CONTENT, 5, 10), (CONTENT, 20, 30)]),
        (10, [(CONTENT, 0, 10)], [(CONTENT, 20, 30)]),
        (15, [(CONTENT, 0, 10)], [(CONTENT, 20, 30)]),
        (20, [(CONTENT, 0, 10)], [(CONTENT, 20, 30)]),
        (29, [(CONTENT, 0, 10), (CONTENT, 20, 29)], [(CONTENT, 29, 30)]),
    ],
)
def test_a_cut(at, before, after):
    whole = spans((CONTENT, 0, 10), (CONTENT, 20, 30), (SOURCE, 12, 15))
    first, second = split_spans(whole, at, TEXT)
    assert first == spans(*before, (SOURCE, 12, 15))
    assert second == spans(*after, (SOURCE, 12, 15))


@pytest.mark.parametrize("at", [5, 6, 7, 8])
def test_white_space_at_a_cut_goes_to_neither_half_and_comes_back(at):
    text = "So he \n  went home."
    first, second = split_spans(spans((CONTENT, 0, 18)), at, text)
    assert [text[span.start : span.end] for span in (*first.content, *second.content)] == [
        "So he",
        "went home",
    ]
    assert joined_spans(second, first, text) == spans((CONTENT, 0, 18))


@pytest.mark.parametrize("at", [-1, 0, 30, 31])
def test_a_cut_outside_is_refused(at):
    with pytest.raises(Invalid):
        split_spans(spans((CONTENT, 0, 30)), at, TEXT)


def test_a_named_addressee_keeps_the_speaker():
    named = RoleSpan(ADDRESSEE, Span(40, 45), "some-id")
    first, second = split_spans(SpanList.of([RoleSpan(CONTENT, Span(0, 30)), named]), 7, TEXT)
    assert named in list(first)
    assert named in list(second)
    assert named in list(joined_spans(first, second, TEXT))


segments = st.lists(st.tuples(st.integers(0, 8), st.integers(1, 8)), min_size=1, max_size=5)


def laid_out(gaps_and_lengths, role):
    at, out = 0, []
    for gap, length in gaps_and_lengths:
        start = at + gap + (1 if out else 0)
        out.append(RoleSpan(role, Span(start, start + length)))
        at = start + length
    return out


@settings(max_examples=300)
@given(segments, segments, st.data())
def test_cut_and_joined_is_the_same(content, quoted, data):
    whole = SpanList.of([*laid_out(content, CONTENT), *laid_out(quoted, QUOTED)])
    if whole.end - whole.start < 2:
        return
    at = data.draw(st.integers(whole.start + 1, whole.end - 1))
    first, second = split_spans(whole, at, TEXT)
    assert joined_spans(first, second, TEXT) == whole == joined_spans(second, first, TEXT)
    for role in (CONTENT, QUOTED):
        assert covered(first, role) | covered(second, role) == covered(whole, role)
        assert not covered(first, role) & covered(second, role)
    assert first.content
    assert second.content


@settings(max_examples=300)
@given(segments, segments)
def test_joined_covers_both_and_nothing_else(one, other):
    a, b = (SpanList.of(laid_out(items, CONTENT)) for items in (one, other))
    joined = joined_spans(a, b, TEXT)
    assert covered(joined, CONTENT) == covered(a, CONTENT) | covered(b, CONTENT)
