"""What the database refuses of an article, and who sees it."""

from datetime import date

import pytest
from django.utils import timezone

from annotations.corpus.models import Article
from annotations.spans import Span
from tests.factories.corpus import TEXT, make_article
from tests.factories.speakers import make_outlet
from tests.refusals import refused_by_database


def test_a_text_stands_in_a_study_once(article, study, independent_study):
    make_article(independent_study)
    make_article(study, duplicate_allowed=True)
    make_article(study, deleted_at=timezone.now())
    with refused_by_database():
        make_article(study)


def test_external_ids_are_taken_once_outside_the_bin(study, independent_study):
    make_article(study, "One.", external_id="a1")
    make_article(study, "Two.", external_id="a1", deleted_at=timezone.now())
    make_article(study, "Three.")
    make_article(study, "Four.")
    make_article(independent_study, external_id="a1")
    with refused_by_database():
        make_article(study, "Five.", external_id="a1")


def test_a_text_is_not_empty(study):
    make_article(study, "I")
    with refused_by_database():
        make_article(study, "")


def test_members_see_articles_present_or_binned(article, foreign, ana, otto):
    binned = make_article(article.study, "Gone.", deleted_at=timezone.now())
    assert set(Article.objects.visible_to(ana)) == {article, binned}
    assert list(Article.objects.visible_to(ana).present()) == [article]
    assert list(Article.objects.visible_to(otto)) == [foreign.article]


def test_lists_leave_the_text_out(article, django_assert_num_queries):
    with django_assert_num_queries(1):
        listed = Article.objects.without_text().get()
    with django_assert_num_queries(1):
        assert listed.text == TEXT


def test_filters(study):
    outlet = make_outlet(study)
    march = make_article(study, "Rain in March.", outlet=outlet, published_on=date(2018, 3, 14))
    april = make_article(study, "Sun in April.", published_on=date(2018, 4, 1))
    undated = make_article(study, "No day.", title="Whenever")
    rows = Article.objects.in_study(study)
    assert list(rows.from_outlet(str(outlet.uid))) == [march]
    assert set(rows.published_between()) == {march, april, undated}
    assert list(rows.published_between(after=date(2018, 3, 15))) == [april]
    assert list(rows.published_between(before=date(2018, 3, 14))) == [march]
    assert list(rows.published_between(date(2018, 3, 14), date(2018, 3, 31))) == [march]
    assert list(rows.matching("IN apr")) == [april]
    assert list(rows.matching("whenever")) == [undated]
    assert list(rows.newest_first()) == [undated, april, march]


def test_furniture_is_read_as_spans(article):
    assert [article.text[s.start : s.end] for s in article.furniture_spans] == [
        "By Tomas Reed",
        "Advertisement",
    ]
    assert isinstance(article.furniture_spans[0], Span)


@pytest.mark.parametrize("field", ["text", "sha256", "length"])
def test_no_form_can_change_the_text(field):
    assert not Article._meta.get_field(field).editable
