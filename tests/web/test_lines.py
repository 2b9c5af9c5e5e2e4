"""The lines of lists are put together by hand: whatever stands in them comes out as text, never as markup."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from annotations.codebook.models import CodebookVersion
from annotations.codebook.vocabulary import vocabulary_of
from annotations.corpus.models import Article
from annotations.history.activity import Happening, Place
from annotations.speakers.models import Speaker
from annotations.statements.article_table import ArticleLine
from annotations.web.cards.head import Head, Said
from annotations.web.cards.listed import Listed
from annotations.web.lines import ago, article_rows, happening_items, option_list, statement_lines
from tests.reading import Read

EVIL = """</td></li></option><script x='y'>"&amp;<b y='z'>"""
NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)


def happening(**changes):
    told = {"who": "ana", "phrase": "marked", "label": "", "rest": "", "is_quotation": True, "place": None}
    return Happening(**{**told, "at": NOW, "times": 3, **changes})


def test_the_words_of_an_article_stay_words():
    article = Article(title=EVIL, outlet=Speaker(name=EVIL), pk=1, published_on=NOW.date())
    line = ArticleLine(article, "open", 12, NOW)
    read = Read(article_rows([line, line], "/studies/x/", {1: (article, 4)}))
    assert read.depth == 0
    assert set(read.tags) == {"tr", "th", "td", "a", "bdi", "span", "time"}
    assert read.text.count(EVIL) == 4
    assert read.text.count("10 May 2026") >= 2
    assert ("href", f"/studies/x/articles/{article.uid}/to-place/") in read.attributes
    assert "To place: 4" in read.text


@pytest.mark.parametrize("is_quotation", [True, False])
@pytest.mark.parametrize("place", [None, Place(uuid4(), EVIL, uuid4())])
def test_the_words_of_a_happening_stay_words(is_quotation, place):
    each = happening(who=EVIL, label=EVIL, place=place, is_quotation=is_quotation)
    read = Read(happening_items([each], "/studies/x/"))
    assert read.depth == 0
    assert set(read.tags) <= {"li", "b", "bdi", "a", "span", "time"}
    assert read.text.count(EVIL) == (3 if place and is_quotation else 2)
    assert "and 2 more" in read.text


@pytest.mark.django_db
def test_the_words_of_a_statement_stay_words(study):
    head = Head(
        vocabulary=vocabulary_of(CodebookVersion.objects.current_for(study)),
        uid=str(uuid4()),
        version=1,
        start=0,
        end=9,
        spans=[{"role": "content", "start": 0, "end": 9, "text": EVIL}],
        voice="attributed",
        n_flags=1,
        speaker=EVIL,
        role="",
        affiliation="",
        codes={"quote_type": EVIL},
        chain=[],
        stances=[Said(EVIL, "support", EVIL, None)],
    )
    row = Listed(head, uuid4(), EVIL, EVIL, NOW.date())
    read = Read(statement_lines([row, replace(row, outlet="", published_on=None)], "/studies/x/"))
    assert read.depth == 0
    assert set(read.tags) == {"li", "p", "a", "span", "b", "bdi", "i", "time"}
    assert read.text.count(EVIL) == 11
    assert ("href", f"/studies/x/articles/{row.article}/?statement={head.uid}") in read.attributes
    assert ("title", EVIL) in read.attributes
    assert "No speaker yet" in Read(statement_lines([replace(row, head=replace(head, speaker=""))], "/")).text


def test_long_words_of_a_happening_end_in_an_ellipsis():
    read = Read(happening_items([happening(label="a" * 91)], "/studies/x/"))
    assert "a" * 89 + "…" in read.text
    assert "a" * 90 not in read.text


def test_the_words_of_an_option_stay_words_and_one_is_chosen():
    read = Read(option_list([("", "Any"), (EVIL, EVIL)], EVIL))
    assert (read.depth, set(read.tags)) == (0, {"option"})
    assert read.text == f"Any{EVIL}"
    assert read.attributes == [("value", ""), ("value", EVIL), ("selected", None)]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=3), "3 min ago"),
        (timedelta(hours=5), "5 h ago"),
        (timedelta(hours=30), "yesterday"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=40), "31 March 2026"),
    ],
)
def test_moments_are_told_by_how_long_ago_they_were(before, words):
    assert Read(ago(NOW - before, NOW)).text == words
