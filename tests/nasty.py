"""Characters that shift offsets: astral and joined emoji, combining marks, every line end, marks of direction."""

import random

from hypothesis import strategies as st

ALPHABET = [
    "a", "é", "e\u0301", "ß", "İ", "😀", "👩\u200d👩\u200d👧", "🇺🇦", "👍🏽", "\u0300", "𝒳", "字", "שלום", "العربية",
    "\u200f", "\u202e", "\u2066", "\u200d", "\ufeff", "\u00a0", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c",
    "\r", "\r\n", "\n", "\n\n", "\t", " ", "“", "”", "ﬁ", "\U0010ffff",
]  # fmt: skip

texts = st.lists(st.sampled_from(ALPHABET) | st.text(max_size=3), max_size=30).map("".join)


@st.composite
def texts_with_span(draw):
    """A text and half-open bounds of at least one code point in it."""
    text = draw(texts.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


def corpus(n, spans=9, seed=20180314):
    """The same n texts each time, each with some spans: `(text, [(start, end), ...])`; quick, for large numbers."""
    chance = random.Random(seed)  # noqa: S311  (it must be the same each time)
    for number in range(n):
        pieces = chance.choices(ALPHABET, k=chance.randint(1, 60))
        text = f"{number}" + "".join(pieces)
        places = [sorted(chance.sample(range(len(text) + 1), 2)) for _ in range(spans)]
        yield text, sorted({(start, end) for start, end in places})
