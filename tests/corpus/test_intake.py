"""From paste or file to a draft."""

from datetime import date

import pytest

from annotations.corpus.intake import MAX_BYTES, check_size, draft_of_file, draft_of_paste
from annotations.corpus.page_encoding import PageRefused
from annotations.corpus.text import TextRefused, TextTooLong

WORDS = "Gates shut, ministry says\nBy Tomas Reed, 14 March 2018\nThe gates were shut on Monday, it said.\n"


def test_typed_words_go_before_guesses_and_empty_ones_do_not():
    draft = draft_of_paste(
        WORDS, {"title": "Mine", "author": "", "published_on": None, "text_may_leave": False}
    )
    assert draft.metadata["title"] == "Mine"
    assert draft.metadata["author"] == "Tomas Reed"
    assert draft.metadata["published_on"] == date(2018, 3, 14)
    assert draft.metadata["text_may_leave"] is False
    assert "outlet" not in draft.metadata


def test_a_paste_loses_only_the_line_ends_of_the_form():
    assert draft_of_paste("a\r\n\r\nb\rc", {}).text == "a\n\nb\rc"


def test_a_text_file_is_read_as_it_is():
    draft = draft_of_file("2018-03-14 gates.txt", b"\xef\xbb\xbfline\r\nother", {})
    assert draft.text == "line\r\nother"
    assert draft.metadata["published_on"] == date(2018, 3, 14)


def test_a_page_is_read_by_the_extractor():
    body = "The gates of the dam were shut on Monday, the ministry said in a statement to the press. " * 9
    raw = f"<html><head><title>Dam shut</title></head><body><article><p>{body}</p></article></body></html>"
    draft = draft_of_file("saved.HTM", raw.encode(), {"outlet": "Menovar Voice"})
    assert draft.text.startswith("The gates of the dam")
    assert draft.metadata["outlet"] == "Menovar Voice"
    assert draft.extractor


@pytest.mark.parametrize("name", ["scan.pdf", "noending", ".txt.exe", "a.txt/b.doc"])
def test_other_kinds_are_refused_with_the_way_out(name):
    with pytest.raises(TextRefused, match=r"neither \.txt nor \.html"):
        draft_of_file(name, b"words", {})


def test_a_page_without_an_article_is_refused():
    with pytest.raises(PageRefused):
        draft_of_file("empty.html", b"<html></html>", {})


def test_a_file_too_large_is_refused_before_it_is_read():
    check_size(MAX_BYTES)
    with pytest.raises(TextTooLong, match="8,000,001 bytes"):
        check_size(MAX_BYTES + 1)
