"""What a fresh statement suggests by itself."""

import pytest

from annotations.spans import RoleSpan, Span, SpanList, SpanRole
from annotations.statements.proposals import lies_within, propose, segments, with_pieces

C, Q, S, U, A, T = SpanRole


def spans(*items):
    return SpanList.of(RoleSpan(role, Span(start, end)) for role, start, end in items)


def places(found):
    return [(item.role, item.span.start, item.span.end) for item in found]


@pytest.mark.parametrize(
    ("text", "content", "quote_type", "quoted"),
    [
        ("“No gate.” he said", [(0, 10)], "direct", [(0, 10)]),
        ("that the gate “was firmly shut”", [(0, 31)], "mixed", [(14, 31)]),
        ("that the gate was shut", [(0, 22)], "indirect", []),
        ("“No,” he said. “Never.”", [(0, 5), (15, 23)], "direct", [(0, 5), (15, 23)]),
        ("“No,” he said. “Never.”", [(0, 23)], "mixed", [(0, 5), (15, 23)]),
        ("“It runs on\nAdvertisement\n“and ends.”", [(0, 11), (26, 37)], "direct", [(0, 11), (26, 37)]),
        ("it was “shut” and cold", [(0, 6), (7, 22)], "mixed", [(7, 13)]),
    ],
)
def test_quote_type_and_quoted_pieces(text, content, quote_type, quoted):
    proposal = propose([Span(*each) for each in content], text)
    assert proposal.quote_type == quote_type
    assert [(span.start, span.end) for span in proposal.spans.of_role(Q)] == quoted
    assert [(span.start, span.end) for span in proposal.spans.content] == content


@pytest.mark.parametrize(
    ("text", "span", "furniture", "pieces"),
    [
        ("one two", (0, 7), [], [(0, 7)]),
        ("  one two \n", (0, 11), [], [(2, 9)]),
        ("one\nAd\ntwo", (0, 10), [(4, 6)], [(0, 3), (7, 10)]),
        ("one\n\nAd\n\ntwo", (0, 12), [(5, 7)], [(0, 3), (9, 12)]),
        ("one\nAd\ntwo", (5, 10), [(4, 6)], [(7, 10)]),
        ("one\nAd\ntwo", (4, 6), [(4, 6)], []),
        ("   ", (0, 3), [], []),
        ("a\r\nAd\nb", (0, 7), [(3, 5)], [(0, 1), (6, 7)]),
    ],
)
def test_a_selection_is_cut_around_furniture_and_trimmed(text, span, furniture, pieces):
    found = segments(Span(*span), text, [Span(*line) for line in furniture])
    assert [(piece.start, piece.end) for piece in found] == pieces


@pytest.mark.parametrize(
    ("pieces", "after"),
    [
        ([(20, 25)], [(C, 0, 10), (C, 20, 25), (S, 11, 14)]),
        ([(5, 12)], [(C, 0, 12), (S, 11, 14)]),
        ([(2, 4)], [(C, 0, 10), (S, 11, 14)]),
        ([(10, 12)], [(C, 0, 10), (C, 10, 12), (S, 11, 14)]),
    ],
)
def test_a_piece_that_meets_its_own_role_widens_it(pieces, after):
    before = spans((C, 0, 10), (S, 11, 14))
    assert places(with_pieces(before, C, [Span(*piece) for piece in pieces])) == after


def test_a_widened_target_keeps_its_speaker():
    before = SpanList.of([RoleSpan(C, Span(0, 10)), RoleSpan(T, Span(2, 4), "someone")])
    assert with_pieces(before, T, [Span(3, 6)]).items[-1] == RoleSpan(T, Span(2, 6), "someone")


@pytest.mark.parametrize(
    ("content", "others", "inside"),
    [
        ([(2, 4)], [(0, 10)], True),
        ([(0, 10)], [(0, 10)], False),
        ([(0, 4), (6, 8)], [(0, 4), (5, 9)], True),
        ([(0, 4), (6, 12)], [(0, 4), (5, 9)], False),
        ([(8, 12)], [(0, 10)], False),
    ],
)
def test_lies_within(content, others, inside):
    assert lies_within([Span(*each) for each in content], [Span(*each) for each in others]) is inside
