"""The lines in the page hold the stored text, character for character."""

import html
import json
import re
from pathlib import Path

import pytest
from hypothesis import given

from annotations.corpus.models import Article
from annotations.corpus.text import paragraphs
from annotations.templatetags.annotation_text import article_lines
from tests.nasty import texts

CASES = json.loads((Path(__file__).parent.parent / "vectors" / "spans.json").read_text())["cases"]
LINE = re.compile(r"<p(?: class=\"furniture\")? data-start=\"(\d+)\"[^>]*>([^<]*)</p>")


def lines_of(text, furniture=(), **options):
    """The lines as a browser reads them: raw CR would become LF, so none may be left."""
    markup = str(article_lines(Article(text=text, furniture=list(furniture)), **options))
    assert "\r" not in markup
    return {int(start): html.unescape(words) for start, words in LINE.findall(markup)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_vectors_hold_on_this_side(case):
    text, start, end = case["text"], case["start"], case["end"]
    assert text[start:end] == case["words"]
    for point, place in ((start, case["from"]), (end, case["to"])):
        line = paragraphs(text)[place["line"]]
        assert len(text[line.start : point].encode("utf-16-le")) // 2 == place["units"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_vectors_stand_in_the_page_unchanged(case):
    assert "\n".join(lines_of(case["text"]).values()) == case["text"]


@given(texts.filter(bool))
def test_any_text_stands_in_the_page_unchanged(text):
    lines = lines_of(text)
    assert "\n".join(lines.values()) == text
    assert list(lines) == [line.start for line in paragraphs(text)]


def test_markup_in_the_text_is_text():
    markup = str(article_lines(Article(text="<script>x</script>\n<b hx-get='/a'>&amp;</b>", furniture=[])))
    assert "<script" not in markup
    assert "<b" not in markup
    assert "&amp;amp;" in markup


def test_furniture_is_told_apart_and_can_be_turned_back_by_those_who_may():
    article = Article(
        text="News\nAdvertisement\nMore", furniture=[{"start": 5, "end": 18, "kind": "advertisement"}]
    )
    seen = str(article_lines(article))
    assert '<p class="furniture" data-start="5" data-kind="advertisement">Advertisement</p>' in seen
    assert "<button" not in seen
    assert 'form="furniture-form" name="line" value="5"' in str(article_lines(article, may_edit=True))
    assert lines_of(article.text, article.furniture, may_edit=True) == {
        0: "News",
        5: "Advertisement",
        19: "More",
    }


def test_the_first_line_can_be_the_headline():
    article = Article(text="Gate opened\nNews", furniture=[])
    assert '<p data-start="0" class="headline">Gate opened</p>' in str(article_lines(article, headline=True))
    assert "headline" not in str(article_lines(article))
