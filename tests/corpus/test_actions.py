"""Articles come in once, are described, go to the bin and come back; their text never changes."""

import hashlib
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from annotations.audit.models import Event
from annotations.corpus.actions import (
    ArticleDraft,
    DuplicateText,
    add_article,
    checked_furniture,
    delete_article,
    describe_article,
    restore_article,
)
from annotations.corpus.models import Article
from annotations.corpus.text import TextEmpty, TextRefused, TextTooLong
from annotations.errors import Conflict, Invalid, StaleEdit
from annotations.spans import SpanRefused
from annotations.studies.models import Author
from tests.factories.corpus import TEXT, make_article
from tests.factories.speakers import make_outlet, make_speaker
from tests.nasty import texts
from tests.refusals import refused


def add(study, by, words=TEXT, **values):
    fields = {
        name: values.pop(name) for name in ("furniture", "extractor", "allow_duplicate") if name in values
    }
    return add_article(study=study, draft=ArticleDraft(text=words, metadata=values, **fields), by=by)


def last_event():
    return Event.objects.latest("pk")


def test_an_article_is_stored_as_it_came(study, ana):
    article = Article.objects.get(pk=add(study, ana).pk)
    assert article.text == TEXT
    assert article.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert article.length == len(TEXT)
    assert article.n_words == 49
    assert article.title == "Gates stood open, miller says"
    assert [(line["kind"], TEXT[line["start"] : line["end"]]) for line in article.furniture] == [
        ("byline", "By Tomas Reed"),
        ("advertisement", "Advertisement"),
    ]
    assert article.created_by == Author.objects.get(user=ana)
    event = last_event()
    assert (event.verb, event.target_id) == ("article.add", str(article.uid))
    assert event.after == {"title": article.title, "sha256": article.sha256}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts)
def test_any_text_comes_back_the_same(study, ana, text):
    words = "x" + text  # something visible
    article = Article.objects.get(pk=add(study, ana, words, allow_duplicate=True).pk)
    assert article.text == words
    assert article.length == len(words)
    for line in article.furniture:
        assert "\n" not in words[line["start"] : line["end"]]


@pytest.mark.parametrize(
    ("words", "error"),
    [("", TextEmpty), (" \n\u2028", TextEmpty), ("a\x00b", TextRefused), ("a\ud800", TextRefused)],
)
def test_a_text_that_cannot_be_stored(study, ana, words, error):
    with refused(error):
        add(study, ana, words)
    assert not Article.objects.exists()


def test_a_text_that_is_too_long(study, ana):
    with refused(TextTooLong, says="2,000,001"):
        add(study, ana, "a" * 2_000_001)


def test_a_text_without_first_words_has_a_title_all_the_same(study, ana):
    assert add(study, ana, "\n\n  Second line \nThird").title == "Second line"
    assert add(study, ana, "y" * 900).title == "y" * 300


def test_metadata_is_kept(study, ana):
    outlet = make_outlet(study)
    values = {
        "title": " Given ",
        "outlet": outlet,
        "author": "Tomas Reed",
        "dateline": "Yarle",
        "url": "https://news.example/1?a=b",
        "published_on": date(2018, 3, 14),
        "language": "en",
        "licence_name": "CC0",
        "text_may_leave": True,
        "external_id": "a1",
    }
    article = Article.objects.get(pk=add(study, ana, **values).pk)
    assert {name: getattr(article, name) for name in values} == {**values, "title": "Given"}
    assert last_event().after["outlet"] == str(outlet.uid)
    assert last_event().after["published_on"] == "2018-03-14"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "a" * 501}, "title"),
        ({"author": "a" * 301}, "author"),
        ({"dateline": "a" * 201}, "dateline"),
        ({"language": "a" * 36}, "language"),
        ({"licence_name": "a" * 201}, "licence_name"),
        ({"external_id": "a" * 201}, "external_id"),
        ({"url": "news.example/1"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://news.example/" + "a" * 2000}, "url"),
        ({"published_on": "14 March"}, "published_on"),
        ({"text": "other"}, "text"),
        ({"sha256": "0" * 64}, "sha256"),
    ],
)
def test_metadata_that_cannot_be(study, ana, values, field):
    with pytest.raises(Invalid) as caught:
        add(study, ana, **values)
    assert field in [fault.field for fault in caught.value.errors]
    assert not Article.objects.exists()


def test_all_faults_are_named_at_once(study, ana):
    with pytest.raises(Invalid) as caught:
        add(study, ana, author="a" * 301, url="x", published_on=7)
    assert {fault.field for fault in caught.value.errors} == {"author", "url", "published_on"}


def test_an_outlet_is_a_medium_of_the_study(study, foreign, ana):
    with refused(Invalid, field="outlet", says="no such speaker"):
        add(study, ana, outlet=foreign.outlet)
    with refused(Invalid, field="outlet", says="not of type media"):
        add(study, ana, outlet=make_speaker(study))


def test_an_outlet_is_found_or_added_by_its_name(study, ana):
    first = add(study, ana, "One.", outlet="Menovar Voice")
    assert (first.outlet.name, first.outlet.type) == ("Menovar Voice", "media")
    assert add(study, ana, "Two.", outlet="menovar  voice ").outlet == first.outlet
    assert add(study, ana, "Three.", outlet=" ").outlet is None


def test_a_text_is_in_a_study_once(study, independent_study, ana):
    first = add(study, ana)
    with refused(DuplicateText, says=f"“{first.title}”") as caught:
        add(study, ana)
    assert caught.value.article == first
    assert caught.value.status == 409
    add(independent_study, ana)
    assert add(study, ana, allow_duplicate=True).duplicate_allowed
    add(study, ana, TEXT + " ")


def test_a_binned_text_may_come_again_and_then_blocks_its_return(study, ana, mira):
    first = add(study, ana)
    delete_article(article=first, expected=1, by=mira)
    second = add(study, ana)
    with refused(DuplicateText):
        restore_article(article=first, expected=2, by=mira)
    delete_article(article=second, expected=1, by=mira)
    restore_article(article=first, expected=2, by=mira)
    assert list(Article.objects.present()) == [first]
    assert [event.verb for event in Event.objects.order_by("pk")][-2:] == [
        "article.delete",
        "article.restore",
    ]


def test_an_allowed_duplicate_returns_beside_its_twin(study, ana, mira):
    add(study, ana)
    twin = add(study, ana, allow_duplicate=True)
    delete_article(article=twin, expected=1, by=mira)
    restore_article(article=twin, expected=2, by=mira)
    assert Article.objects.present().count() == 2


def test_an_external_id_names_one_present_article(study, ana, mira):
    first = add(study, ana, "One.", external_id="a1")
    with refused(Invalid, field="external_id", says="'a1' names another"):
        add(study, ana, "Two.", external_id="a1")
    delete_article(article=first, expected=1, by=mira)
    add(study, ana, "Two.", external_id="a1")
    with refused(Conflict, says="'a1' was given to another article"):
        restore_article(article=first, expected=2, by=mira)


def test_an_empty_external_id_is_none(study, ana):
    assert {add(study, ana, words, external_id=" ").external_id for words in ("One.", "Two.")} == {None}


def test_description_changes_the_text_stays(article, ana):
    describe_article(article=article, expected=1, metadata={"title": "Other", "language": "en"}, by=ana)
    kept = Article.objects.get()
    assert (kept.title, kept.language, kept.text, kept.version) == ("Other", "en", TEXT, 2)
    assert last_event().before == {"title": "Gates stood open, miller says", "language": ""}
    with refused(Invalid, field="text"):
        describe_article(article=article, expected=2, metadata={"text": "x"}, by=ana)


def test_a_description_keeps_its_own_external_id(article, ana):
    describe_article(article=article, expected=1, metadata={"external_id": "a1"}, by=ana)
    describe_article(article=article, expected=2, metadata={"external_id": "a1", "title": "T"}, by=ana)
    with refused(Invalid, field="external_id"):
        describe_article(
            article=make_article(article.study, "Two."), expected=1, metadata={"external_id": "a1"}, by=ana
        )


def test_stale_edits_change_nothing(article, ana, mira):
    describe_article(article=Article.objects.get(), expected=1, metadata={"title": "First"}, by=ana)
    with pytest.raises(StaleEdit):
        describe_article(article=article, expected=1, metadata={"title": "Second"}, by=mira)
    with pytest.raises(StaleEdit):
        delete_article(article=article, expected=1, by=mira)
    kept = Article.objects.get()
    assert (kept.title, kept.deleted_at) == ("First", None)
    assert Event.objects.count() == 1


WORDS = "Headline\n\nBy Ida\nText"
LINES = [{"start": 0, "end": 8}, {"start": 10, "end": 16}]


def test_furniture_is_kept_in_text_order_once():
    given = [*reversed(LINES), {**LINES[1], "kind": "byline"}]
    assert checked_furniture(WORDS, given) == [
        {"start": 0, "end": 8, "kind": "other"},
        {"start": 10, "end": 16, "kind": "byline"},
    ]
    assert checked_furniture(WORDS, []) == []


@pytest.mark.parametrize("line", [{"start": 0, "end": 7}, {"start": 1, "end": 8}, {"start": 0, "end": 16}])
def test_furniture_is_whole_lines(line):
    with refused(Invalid, field="furniture[1]", says="no whole line"):
        checked_furniture(WORDS, [LINES[1], line])


@pytest.mark.parametrize(
    "line",
    [
        {"start": 9, "end": 9},
        {"start": 17, "end": 99},
        {"start": "0", "end": 8},
        {"start": [0], "end": 8},
        {"start": False, "end": 8},
        {"start": 0.0, "end": 8.0},
        {"start": 0, "end": 8, "text": "HEADLINE"},
        {},
        "byline",
    ],
)
def test_furniture_is_given_as_spans(line):
    with refused(SpanRefused, field="furniture[1]"):
        checked_furniture(WORDS, [LINES[1], line])


def test_a_kind_of_furniture_is_known():
    with refused(Invalid, field="furniture[0].kind", says="byline"):
        checked_furniture(WORDS, [{**LINES[0], "kind": "sofa"}])


def test_given_furniture_is_taken_as_it_is(study, ana):
    article = add(study, ana, WORDS, furniture=[LINES[1]])
    assert article.furniture == [{"start": 10, "end": 16, "kind": "other"}]
    assert add(study, ana, "By Ida Venn\nText.", furniture=[]).furniture == []
