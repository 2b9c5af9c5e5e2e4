"""Rows written without objects are the rows that the ORM would have written, on either database."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, connection, transaction

from annotations.corpus.models import Article
from annotations.exchange.dataset import copying
from annotations.exchange.dataset.bulk import MANY, count_anew, insert_rows, next_keys
from annotations.exchange.dataset.copying import copies_in_step
from annotations.speakers.models import Alias
from tests.factories.corpus import make_article
from tests.factories.speakers import make_speaker

pytestmark = pytest.mark.django_db
NASTY = (
    "",
    r"\N",
    "\\.",
    "a\tb\nc\r\nd\\e",
    "\\t \x01\x1f\x7f\x85\u2028",
    "“ž” 🌊 'quoted' \"twice\", %s ? {}",
    " blank at both ends ",
)


@pytest.mark.parametrize("words", NASTY)
def test_every_text_comes_back_as_it_went_in(words, study):
    speaker = make_speaker(study)
    insert_rows(Alias, [{"speaker_id": speaker.pk, "name": words, "key": words + "|"}])
    alias = Alias.objects.get(speaker=speaker)
    assert (alias.name, alias.key) == (words, words + "|")


def test_values_of_every_kind_are_those_that_the_orm_writes(study):
    """The copy by `insert_rows` of a row that was saved, column by column as the database has them."""
    article = make_article(
        study,
        external_id=None,
        furniture=[{"start": 0, "end": 3, "kind": 'a "b" \\ \t ž🌊'}],
        published_on=date(2025, 2, 28),
        created_at=datetime(2026, 1, 1, 2, 0, tzinfo=timezone(timedelta(hours=2))),
        updated_at=datetime(2026, 1, 1, 0, 0, 0, 120, tzinfo=UTC),
        text_may_leave=True,
        duplicate_allowed=True,
    )
    (key,) = next_keys(Article, 1)
    columns = {field.attname: getattr(article, field.attname) for field in Article._meta.concrete_fields}
    uid = "0f" * 16
    insert_rows(Article, [columns | {"id": key, "uid": uid}])
    plain = [name for name in columns if name not in {"id", "uid", "furniture"}]
    names = ", ".join(map(connection.ops.quote_name, plain))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM annotations_article ORDER BY id")  # noqa: S608  (names of our own)
        saved, written = cursor.fetchall()
    assert saved == written
    copied = Article.objects.get(uid=uid)
    assert (copied.pk, copied.furniture) == (key, article.furniture)


def test_columns_left_out_get_the_default_of_the_model(study):
    author = study.authors.create(pseudonym="c07")
    (key,) = next_keys(type(author), 1)
    insert_rows(type(author), [{"id": key, "uid": "0e" * 16, "study_id": study.pk, "pseudonym": "c08"}])
    row = study.authors.get(pk=key)
    assert (row.version, row.user) == (1, None)
    assert row.created_at >= author.created_at


def test_keys_are_free_and_stay_so(study):
    saved = make_article(study)
    keys = list(next_keys(Article, 3))
    assert len(set(keys)) == 3
    assert min(keys) > saved.pk
    columns = {field.attname: getattr(saved, field.attname) for field in Article._meta.concrete_fields}
    rows = [columns | {"id": key, "uid": f"{key:032x}", "sha256": f"{key:064x}"} for key in keys]
    insert_rows(Article, [row | {"external_id": None} for row in rows])
    assert make_article(study, "Another text.").pk > max(keys)


def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows(Alias, [])


def one_by_one(rows):
    with transaction.atomic(), copies_in_step():
        for row in rows:
            insert_rows(Alias, [row])


def test_rows_copied_in_step_are_there_for_the_next_question(study, monkeypatch):
    """Whatever is asked waits for them; nothing is lost when more of them wait than may."""
    monkeypatch.setattr(copying, "PIECE", 1)
    speaker = make_speaker(study)
    with transaction.atomic(), copies_in_step():
        for n in range(50):
            insert_rows(Alias, [{"speaker_id": speaker.pk, "name": f"n{n}", "key": f"k{n}"}])
        assert Alias.objects.count() == 50
        insert_rows(Alias, [{"speaker_id": speaker.pk, "name": "n", "key": "k"}])
    assert Alias.objects.count() == 51


@pytest.mark.parametrize("piece", [1, copying.PIECE])
def test_constraints_hold_for_rows_copied_in_step(study, monkeypatch, piece):
    monkeypatch.setattr(copying, "PIECE", piece)
    speaker = make_speaker(study)
    with pytest.raises(IntegrityError):
        one_by_one([{"speaker_id": speaker.pk, "name": "n", "key": "k"}] * 50)
    assert not Alias.objects.exists()
    insert_rows(Alias, [{"speaker_id": speaker.pk, "name": "n", "key": "k"}])
    assert Alias.objects.count() == 1


def test_what_breaks_off_leaves_no_copy_under_way(study, monkeypatch):
    monkeypatch.setattr(copying, "PIECE", 1)
    speaker = make_speaker(study)
    rows = ({"speaker_id": speaker.pk, "name": f"n{n}", "key": f"k{1 // (50 - n)}{n}"} for n in range(60))
    with pytest.raises(ZeroDivisionError):
        one_by_one(rows)
    assert not Alias.objects.exists()


def test_keys_need_not_come_in_one_run():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two write at once")
    with connection.cursor() as cursor:
        cursor.execute("ALTER SEQUENCE annotations_article_id_seq INCREMENT BY 3")
    first, second, third = next_keys(Article, 3)
    assert (second, third) == (first + 3, first + 6)


def test_constraints_hold(study):
    speaker = make_speaker(study)
    row = {"speaker_id": speaker.pk, "name": "n", "key": "k"}
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Alias, [row, row])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="statistics of PostgreSQL")
@pytest.mark.parametrize(("n", "known"), [(MANY, 3), (MANY - 1, 0)])
def test_the_server_counts_its_rows_once_many_have_come(study, n, known):
    count_anew([Article], MANY)
    for i in range(3):
        make_article(study, f"Text {i}\n")
    count_anew([Article], n)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'annotations_article'")
        assert cursor.fetchone() == (known,)
