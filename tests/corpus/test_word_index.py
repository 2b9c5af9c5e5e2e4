"""The text filter finds the same with its index and without it."""

import pytest
from django.db import connection

from annotations.corpus.models import Article
from annotations.corpus.word_index import MISSING, index_words
from tests.factories.corpus import make_article

pytestmark = pytest.mark.django_db
ON_POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="an index of PostgreSQL")
INDEXES = ("article_words_in_title", "article_words_in_text")


def drop_indexes():
    with connection.cursor() as cursor:
        for name in INDEXES:
            cursor.execute(f"DROP INDEX IF EXISTS {name}")


@pytest.mark.parametrize(
    "words",
    [
        "gate",
        "GATE",
        "плотина",
        "ПЛОТ",
        "é",
        "ag",
        "50%",
        "a_b",
        "🌊 flo",
        "“No",
        "\\d",
        "λόγος",
        "***: (?c)",
    ],
)
@pytest.mark.parametrize("indexed", [True, False])
def test_found_is_the_same_with_and_without_the_index(study, words, indexed):
    texts = [
        "The gate opened\n",
        "Плотина и вода\n",
        "café\n",
        "Ag 50%\n",
        "a_b\n",
        "🌊 flood\n",
        "“No” \\d\n",
        "axb\n",
        "ΛΌΓΟΣ ***: (?c)\n",
    ]
    made = {text: make_article(study, text, title="Untitled").pk for text in texts}
    titled = make_article(study, "Nothing of it\n", title=f"About {words}").pk
    if not indexed:
        drop_indexes()
    wanted = {pk for text, pk in made.items() if words.casefold() in text.casefold()} | {titled}
    assert set(Article.objects.matching(words).values_list("pk", flat=True)) == wanted


@ON_POSTGRESQL
def test_the_filter_uses_the_index(study):
    make_article(study)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # of one row the planner would rather read all
    plan = Article.objects.matching("plotina").explain()
    assert all(name in plan for name in INDEXES)


@ON_POSTGRESQL
def test_a_role_that_may_not_create_the_extension_is_told_what_to_do():
    drop_indexes()
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION pg_trgm")
        cursor.execute("CREATE ROLE plain")
        cursor.execute("SET LOCAL ROLE plain")
        assert index_words(connection) == MISSING
        cursor.execute("RESET ROLE")
    assert index_words(connection) is None


def test_a_second_run_changes_nothing():
    assert index_words(connection) is None
    assert index_words(connection) is None
