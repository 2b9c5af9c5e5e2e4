"""Reading, refusing and measuring article text: exact places, exact offsets, nothing changed."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import annotations.corpus
from annotations.corpus import text as t

DEMO = Path(annotations.corpus.__file__).parent.parent / "demo"
GOLD = json.loads((DEMO / "demo_gold.json").read_bytes())

# What breaks offsets: astral and joined emoji, combining marks, every line end there is, marks of direction.
NASTY = [
    "a", "é", "e\u0301", "ß", "İ", "😀", "👩\u200d👩\u200d👧", "🇺🇦", "👍🏽", "\u0300", "𝒳", "字", "שלום", "العربية",
    "\u200f", "\u202e", "\u2066", "\u200d", "\ufeff", "\u00a0", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c",
    "\r", "\r\n", "\n", "\n\n", "\t", " ", "“", "”", "ﬁ", "\U0010ffff",
]  # fmt: skip
nasty_text = st.lists(st.sampled_from(NASTY) | st.text(max_size=3), max_size=30).map("".join)


@pytest.mark.parametrize("article", GOLD["articles"], ids=lambda article: article["id"])
def test_demo_articles_read_as_their_gold_says(article):
    read = t.decode((DEMO / article["file"]).read_bytes())
    assert not read.had_byte_order_mark
    assert len(read.text) == article["length"]
    assert t.sha256_of(read.text) == article["sha256"]
    lines = [(p["index"], p["start"], p["end"]) for p in article["paragraphs"]]
    assert [(p.index, p.start, p.end) for p in t.paragraphs(read.text)] == lines


@given(nasty_text)
def test_decoding_changes_nothing(text):
    marked = text.startswith("\ufeff")
    assert t.decode(text.encode()) == t.Decoded(text[1:] if marked else text, had_byte_order_mark=marked)


@given(nasty_text)
def test_only_the_first_byte_order_mark_is_dropped(text):
    assert t.decode(b"\xef\xbb\xbf" + text.encode()) == t.Decoded(text, had_byte_order_mark=True)


@given(nasty_text, st.sampled_from([b"\xff", b"\x80", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5\x80"]), nasty_text)
def test_bad_bytes_are_named_by_offset_line_and_column(before, bad, after):
    raw = before.encode() + bad + after.encode()
    with pytest.raises(t.TextRefused) as refused:
        t.decode(raw)
    shown = before.removeprefix("\ufeff")
    line, column = shown.count("\n") + 1, len(shown.split("\n")[-1]) + 1
    place = f"byte 0x{bad[0]:02X} at byte offset {len(before.encode())} (line {line}, column {column})"
    assert place in refused.value.message
    assert "save the file as UTF-8" in refused.value.message
    assert (refused.value.code, refused.value.status) == ("text_refused", 400)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_with_a_mark_is_named(codec):
    with pytest.raises(t.TextRefused, match="UTF-16"):
        t.decode("\ufeffText".encode(codec))


def test_more_bytes_than_any_text_may_have_are_not_decoded():
    assert t.decode(b"\xef\xbb\xbf" + b"a" * 4 * t.MAX_CHARACTERS).had_byte_order_mark
    with pytest.raises(t.TextTooLong, match=r"8,000,004 bytes.*2,000,000 characters"):
        t.decode(b"a" * (4 * t.MAX_CHARACTERS + 4))


@given(
    nasty_text.filter(lambda text: "\x00" not in text),
    st.sampled_from("\x00\ud800\udbff\udc00\udfff"),
    nasty_text,
)
def test_nul_and_lone_surrogates_are_named_by_position(before, bad, after):
    with pytest.raises(t.TextRefused) as refused:
        t.check_text(before + bad + after)
    name = "NUL" if bad == "\x00" else f"U+{ord(bad):04X}"
    line, column = before.count("\n") + 1, len(before.split("\n")[-1]) + 1
    assert name in refused.value.message
    assert f"at position {len(before)} (line {line}, column {column})" in refused.value.message


@pytest.mark.parametrize(
    "text", ["", " \n\t\r\n", "\ufeff", "\u200b\u200d\u2028\x85\x0b", "\u200f\u202e \u00a0"]
)
def test_a_text_without_a_visible_character_is_refused(text):
    with pytest.raises(t.TextEmpty) as refused:
        t.check_text(text)
    assert (refused.value.code, refused.value.status) == ("text_empty", 422)


@pytest.mark.parametrize("text", [".", "\n\n字", "\u200f👩\u200d👧", "\u0301", "\ue000"])
def test_one_visible_character_is_a_text(text):
    t.check_text(text)


def test_the_longest_text_passes_and_one_more_character_does_not():
    t.check_text("😀" * t.MAX_CHARACTERS)
    with pytest.raises(t.TextTooLong, match=r"2,000,001 characters.*2,000,000") as refused:
        t.check_text("a" * (t.MAX_CHARACTERS + 1))
    assert (refused.value.code, refused.value.status) == ("text_too_long", 413)


@given(nasty_text)
def test_paragraphs_tile_the_text_at_line_feeds_only(text):
    lines = t.paragraphs(text)
    assert "\n".join(text[p.start : p.end] for p in lines) == text
    assert [p.index for p in lines] == list(range(text.count("\n") + 1))
    assert [p.start for p in lines[1:]] == [p.end + 1 for p in lines[:-1]]
    assert (lines[0].start, lines[-1].end) == (0, len(text))


@given(nasty_text)
def test_the_digest_is_of_the_utf_8_bytes(text):
    assert t.sha256_of(text) == hashlib.sha256(text.encode()).hexdigest()


@given(nasty_text.map(lambda text: text.replace("\r", "")))
def test_a_form_post_is_undone(text):
    assert t.from_form(text.replace("\n", "\r\n")) == text


@pytest.mark.parametrize(
    ("posted", "kept"),
    [
        ("a\r\nb", "a\nb"),
        ("a\rb", "a\rb"),
        ("a\r\r\nb", "a\r\nb"),
        ("\ufeffe\u0301\x85\u2028", "\ufeffe\u0301\x85\u2028"),
    ],
)
def test_a_form_post_loses_nothing_but_crlf(posted, kept):
    assert t.from_form(posted) == kept


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("— … “”", 0),
        ("“We were not warned,” Dremmond said.", 6),
        ("well-known neighbour’s 2.6 metres", 4),
        ("cafe\u0301 cafe\u0301\u2028cafe\u0301", 3),
        ("👩\u200d👧 two", 1),
        ("大坝 is 安全的", 6),
        ("قال الوزير", 2),
    ],
)
def test_words_are_counted(text, count):
    assert t.n_words(text) == count


@given(nasty_text)
def test_places_count_lines_and_columns_from_one(text):
    for position in range(len(text) + 1):
        before = text[:position].split("\n")
        assert t.place_of(text, position) == (len(before), len(before[-1]) + 1)
