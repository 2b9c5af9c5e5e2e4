"""Offsets are code points, half-open, and a span that would shift is refused by place."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.spans import (
    CONTEXT,
    RoleSpan,
    Span,
    SpanList,
    SpanRefused,
    SpanRole,
    around_furniture,
    context,
)
from tests.nasty import texts, texts_with_span

TEXT = "👍🏽 “No,” said Ida. 🌊 “Never.”"
C, Q, S, U, A, T = SpanRole


def role_spans(*items):
    return SpanList.of(RoleSpan(role, Span(start, end)) for role, start, end in items)


# One span ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "meet"),
    [
        ((0, 5), (5, 9), False),
        ((0, 5), (4, 9), True),
        ((4, 9), (0, 5), True),
        ((0, 9), (3, 4), True),
        ((3, 4), (3, 4), True),
        ((0, 1), (8, 9), False),
    ],
)
def test_two_spans_meet_when_they_share_a_code_point(a, b, meet):
    assert Span(*a).meets(Span(*b)) is meet


def test_words_are_read_from_the_text():
    assert Span(3, 8).read_from(TEXT) == Span(3, 8, "“No,”")
    assert Span(3, 8, "“No,”").read_from(TEXT) == Span(3, 8, "“No,”")


@pytest.mark.parametrize(
    ("span", "says"),
    [
        (Span(3, 3), "no span"),
        (Span(8, 3), "no span"),
        (Span(-1, 3), "no span"),
        (Span(0, len(TEXT) + 1), f"{len(TEXT)} code points"),
        (Span(4, 9, "“No,”"), "reads 'No,” '"),
        (Span(0, 2, "👍"), "Unicode code points"),
    ],
)
def test_a_span_that_does_not_fit_is_refused(span, says):
    with pytest.raises(SpanRefused) as refused:
        span.read_from(TEXT, "spans[2]")
    assert refused.value.status == 422
    assert refused.value.errors[0].field == "spans[2]"
    assert says in refused.value.message


def test_a_long_difference_is_shortened():
    with pytest.raises(SpanRefused) as refused:
        Span(0, 100, "b").read_from("a" * 100)
    assert "'" + "a" * 57 + "...'" in refused.value.message


@pytest.mark.parametrize(
    "value",
    [
        None,
        [1, 2],
        "0-5",
        {},
        {"start": 0},
        {"start": "0", "end": 5},
        {"start": 0.0, "end": 5},
        {"start": True, "end": 5},
        {"start": -1, "end": 5},
        {"start": 0, "end": 2**31},
        {"start": 0, "end": 5, "text": None},
        {"start": 0, "end": 5, "text": ["x"]},
    ],
)
def test_what_is_no_span_is_refused(value):
    with pytest.raises(SpanRefused) as refused:
        Span.from_json(value, "value.span")
    assert refused.value.errors[0].field == "value.span"


@settings(max_examples=300)
@given(texts_with_span())
def test_a_span_survives_json_and_reads_the_same_words(case):
    text, start, end = case
    read = Span(start, end).read_from(text)
    again = Span.from_json(json.loads(json.dumps(read.to_json())))
    assert again == read == again.read_from(text)
    assert again.text == text[start:end]


@settings(max_examples=300)
@given(texts_with_span(), st.integers(-2, 2))
def test_a_shift_is_noticed_unless_the_words_are_the_same(case, by):
    text, start, end = case
    shifted = Span(start + by, end + by, text[start:end])
    same = start + by >= 0 and end + by <= len(text) and text[start + by : end + by] == text[start:end]
    if same:
        assert shifted.read_from(text).text == text[start:end]
    else:
        with pytest.raises(SpanRefused):
            shifted.read_from(text)


@settings(max_examples=300)
@given(texts_with_span())
def test_code_points_and_utf_16_units_convert_both_ways(case):
    """What the browser's `offsets.js` does, done here by encoding: the code points of the units are the same."""
    text, start, end = case
    units = [len(text[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in (start, end)]
    encoded = text.encode("utf-16-le", "surrogatepass")
    back = [len(encoded[: 2 * at].decode("utf-16-le", "surrogatepass")) for at in units]
    assert back == [start, end]


# Spans with roles ----------------------------------------------------------------------------------


def test_addressee_and_target_carry_a_speaker():
    spans = SpanList.from_json([{"role": "addressee", "start": 0, "end": 2, "speaker": "some-id"}])
    assert spans.to_json() == [{"role": "addressee", "start": 0, "end": 2, "text": "", "speaker": "some-id"}]
    assert "speaker" not in role_spans((C, 0, 2)).to_json()[0]


@pytest.mark.parametrize(
    ("item", "field"),
    [
        ({"role": "quote", "start": 0, "end": 2}, "spans[1].role"),
        ({"start": 0, "end": 2}, "spans[1].role"),
        ({"role": ["content"], "start": 0, "end": 2}, "spans[1].role"),
        ({"role": "content", "start": 0, "end": 2, "speaker": "x"}, "spans[1].speaker"),
        ({"role": "target", "start": 0, "end": 2, "speaker": 7}, "spans[1].speaker"),
        ("content", "spans[1]"),
    ],
)
def test_a_faulty_item_is_named(item, field):
    with pytest.raises(SpanRefused) as refused:
        SpanList.from_json([{"role": "content", "start": 4, "end": 5}, item])
    assert refused.value.errors[0].field == field


@pytest.mark.parametrize("value", ["abc", b"abc", None, 7, {"role": "content"}])
def test_what_is_no_list_is_refused(value):
    with pytest.raises(SpanRefused, match="must be a list"):
        SpanList.from_json(value)


def test_order_is_by_role_then_place():
    spans = role_spans((U, 9, 13), (C, 20, 28), (S, 14, 17), (C, 3, 8), (Q, 3, 8))
    assert [(s.role, s.span.start) for s in spans] == [(C, 3), (C, 20), (Q, 3), (S, 14), (U, 9)]
    assert (spans.start, spans.end) == (3, 28)
    assert spans.of_role(S) == [Span(14, 17)]
    assert spans.of_role(T) == []


def test_a_repeated_span_counts_once():
    assert len(list(role_spans((C, 3, 8), (C, 3, 8)))) == 1


@pytest.mark.parametrize(
    "items",
    [
        [(C, 3, 8), (C, 7, 9)],
        [(C, 3, 8), (C, 3, 5)],
        [(C, 0, 20), (C, 2, 3), (C, 5, 6)],
        [(S, 3, 8), (C, 0, 1), (S, 4, 5)],
    ],
)
def test_segments_of_one_role_never_overlap(items):
    with pytest.raises(SpanRefused, match="overlap"):
        role_spans(*items)


@pytest.mark.parametrize("items", [[(C, 3, 8), (C, 8, 9)], [(C, 3, 8), (S, 4, 5)], [(C, 3, 8), (Q, 3, 8)]])
def test_neighbours_and_other_roles_may_touch(items):
    assert len(list(role_spans(*items))) == 2


spans_of_a_text = st.lists(
    st.tuples(st.sampled_from(SpanRole), st.integers(0, 20), st.integers(1, 6)).map(
        lambda t: RoleSpan(t[0], Span(t[1], t[1] + t[2]))
    ),
    max_size=8,
)


@settings(max_examples=300)
@given(spans_of_a_text)
def test_a_list_is_accepted_exactly_when_no_two_of_a_role_meet(items):
    distinct = set(items)
    clash = any(a.role == b.role and a is not b and a.span.meets(b.span) for a in distinct for b in distinct)
    if clash:
        with pytest.raises(SpanRefused):
            SpanList.of(items)
    else:
        made = SpanList.of(items)
        assert set(made) == distinct
        assert SpanList.of(reversed(list(made))) == made == SpanList.from_json(made.to_json())


# Spans against a text ------------------------------------------------------------------------------


def test_content_is_needed():
    with pytest.raises(SpanRefused, match="at least one content span"):
        role_spans((S, 3, 8)).read_from(TEXT)


def test_every_span_is_read():
    read = role_spans((C, 3, 8), (S, 14, 17), (U, 9, 13)).read_from(TEXT)
    assert [item.span.text for item in read] == ["“No,”", "Ida", "said"]


def test_furniture_is_refused_by_place_for_any_role():
    with pytest.raises(SpanRefused, match="page furniture") as refused:
        role_spans((C, 3, 8), (S, 14, 17)).read_from(TEXT, [Span(16, 20)])
    assert refused.value.errors[0].field == "spans[1]"
    role_spans((C, 3, 8), (S, 14, 17)).read_from(TEXT, [Span(17, 20)])


def test_spans_of_one_role_are_replaced():
    spans = role_spans((C, 3, 8), (S, 14, 17)).with_role(S, [RoleSpan(S, Span(0, 2))])
    assert spans == role_spans((C, 3, 8), (S, 0, 2))
    assert spans.with_role(S, []) == role_spans((C, 3, 8))


@pytest.mark.parametrize(
    ("span", "lines", "pieces"),
    [
        ((0, 30), [(10, 20)], [(0, 9), (21, 30)]),
        ((0, 30), [], [(0, 30)]),
        ((0, 30), [(40, 50)], [(0, 30)]),
        ((12, 18), [(10, 20)], []),
        ((0, 15), [(10, 20)], [(0, 9)]),
        ((15, 30), [(10, 20)], [(21, 30)]),
        ((0, 30), [(20, 25), (10, 15)], [(0, 9), (16, 19), (26, 30)]),
        ((0, 30), [(10, 15), (16, 20)], [(0, 9), (21, 30)]),
        ((0, 30), [(0, 5)], [(6, 30)]),
        ((0, 10), [(10, 20)], [(0, 10)]),
        ((9, 30), [(10, 20)], [(21, 30)]),
    ],
)
def test_a_selection_is_cut_around_furniture(span, lines, pieces):
    assert around_furniture(Span(*span), [Span(*line) for line in lines]) == [Span(*p) for p in pieces]


@settings(max_examples=300)
@given(texts, st.data())
def test_pieces_hold_all_that_is_no_furniture(text, data):
    """Whole lines of furniture and the line breaks beside them go; every other code point stays."""
    bounds, start = [], 0
    for line in text.split("\n"):
        bounds.append((start, start + len(line)))
        start += len(line) + 1
    chosen = [Span(*b) for b in bounds if b[0] < b[1] and data.draw(st.booleans())]
    if not text:
        return
    first = data.draw(st.integers(0, len(text) - 1))
    span = Span(first, data.draw(st.integers(first + 1, len(text))))
    pieces = around_furniture(span, chosen)
    kept = {i for piece in pieces for i in range(piece.start, piece.end)}
    cut = {i for line in chosen for i in range(line.start, line.end)}
    beside = {i for line in chosen if line.meets(span) for i in (line.start - 1, line.end)}
    assert kept == set(range(span.start, span.end)) - cut - beside
    assert all(piece.start < piece.end for piece in pieces)
    for i, piece in enumerate(pieces):
        assert i == 0 or pieces[i - 1].end < piece.start


@settings(max_examples=200)
@given(texts_with_span())
def test_context_is_what_stands_around(case):
    text, start, end = case
    before, after = context(text, start, end)
    assert before + text[start:end] + after in text
    assert text[:start].endswith(before)
    assert text[end:].startswith(after)
    assert len(before) == min(CONTEXT, start)
    assert len(after) == min(CONTEXT, len(text) - end)
