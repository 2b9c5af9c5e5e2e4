"""Who did what last, and who may know of it."""

import pytest

from annotations.access.actions import issue_token
from annotations.corpus.actions import ArticleDraft, add_article, delete_article, describe_article
from annotations.history.activity import latest
from annotations.spans import RoleSpan, Span, SpanList, SpanRole
from annotations.statements.actions import discard_statement, mark_statement
from annotations.statements.changes import StatementChanges
from annotations.workload.actions import open_set, submit_set

pytestmark = pytest.mark.django_db


def added(study, by, words="The gate stood open\n"):
    return add_article(study=study, draft=ArticleDraft(text=words), by=by)


def marked(article, by):
    spans = SpanList.of([RoleSpan(SpanRole.CONTENT, Span(0, 8))])
    return mark_statement(into=open_set(article=article, by=by), changes=StatementChanges(spans=spans), by=by)


def told(study, user):
    return [(one.who, one.phrase, one.label) for one in latest(study, user)]


def test_sentences_newest_first_with_the_place(study, ana, ben):
    article = added(study, ana)
    statement = marked(article, ben)
    newest, before = latest(study, ana)
    assert (newest.who, newest.phrase, newest.label, newest.is_quotation) == (
        "ben",
        "marked",
        "The gate",
        True,
    )
    assert (newest.place.article, newest.place.statement) == (article.uid, statement.uid)
    assert (before.who, before.phrase, before.place.title) == ("ana", "added", "The gate stood open")


def test_like_changes_in_a_row_are_one(study, ana):
    article = added(study, ana)
    for n in range(3):
        describe_article(article=article, expected=n + 1, metadata={"author": f"A{n}"}, by=ana)
    assert [(one.phrase, one.times) for one in latest(study, ana)] == [("described", 3), ("added", 1)]


def test_a_finished_article_is_named(study, ana):
    article = added(study, ana)
    submit_set(annotation_set=open_set(article=article, by=ana), expected=1, by=ana)
    newest = latest(study, ana)[0]
    assert (newest.phrase, newest.rest, newest.place.title) == ("marked", "as done", article.title)
    assert not newest.is_quotation


def test_what_is_gone_has_no_link(study, mira):
    article = added(study, mira)
    discard_statement(statement=marked(article, mira), expected=1, by=mira)
    assert [one.place for one in latest(study, mira)[:2]] == [None, None]
    delete_article(article=article, expected=1, by=mira)
    assert all(one.place is None for one in latest(study, mira))


def test_blind_work_of_others_is_not_told_to_anybody(independent_study, members):
    article = added(independent_study, members["mira"])
    marked(article, members["ben"])
    for name in ("ana", "ada", "vic", "mira"):
        assert told(independent_study, members[name]) == [("mira", "added", "The gate stood open")]
    assert ("ben", "marked", "The gate") in told(independent_study, members["ben"])


def test_tokens_and_other_studies_are_nobody_s_business(study, ana, mira, foreign):
    issue_token(user=mira, by=mira, study=study)
    assert latest(study, ana) == []


def test_two_queries_whatever_happened(study, ana, django_assert_num_queries):
    for n in range(12):
        marked(added(study, ana, f"The gate {n}\n"), ana)
    with django_assert_num_queries(2):
        assert len(latest(study, ana)) == 12
