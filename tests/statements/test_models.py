"""What the database refuses of a statement, and who reads it."""

import pytest
from django.utils import timezone

from annotations.spans import SpanRole
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from tests.factories.corpus import make_article
from tests.factories.statements import (
    make_chain_link,
    make_code,
    make_mention,
    make_statement,
    make_utterance,
    span_of,
    spans_of,
)
from tests.factories.workload import make_own_set, make_set, submitted
from tests.refusals import refused_by_database


@pytest.mark.parametrize("bounds", [{"start": 9, "end": 9}, {"start": 9, "end": 8}])
def test_a_statement_is_not_empty(shared_set, ana, bounds):
    make_statement(shared_set, ana, start=8, end=9)
    with refused_by_database():
        make_statement(shared_set, ana, **bounds)


def test_pages_show_a_gap_as_cards_do(shared_set, ana):
    statement = make_statement(shared_set, ana, quotation="at noon [...] at two")
    assert (statement.quote, str(statement)) == ("at noon … at two",) * 2


def test_a_voice_is_one_of_two(shared_set, ana):
    make_statement(shared_set, ana, voice="author")
    with refused_by_database():
        make_statement(shared_set, ana, voice="passive")


def test_external_ids_are_taken_once_in_a_set_outside_the_bin(shared_set, ana):
    make_statement(shared_set, ana, external_id="s1")
    make_statement(shared_set, ana, external_id="s1", deleted_at=timezone.now())
    make_statement(shared_set, ana)
    make_statement(shared_set, ana)
    make_statement(make_own_set(shared_set.article, ana), ana, external_id="s1")
    with refused_by_database():
        make_statement(shared_set, ana, external_id="s1")


def test_a_variable_has_one_label(statement):
    make_code(statement, "quote_type", "direct")
    make_code(statement, "source_type", "official")
    with refused_by_database():
        make_code(statement, "quote_type", "indirect")


def test_a_place_in_the_chain_is_taken_once(statement, speaker):
    make_chain_link(statement, speaker, 0)
    make_chain_link(statement, speaker, 1, role="relay")
    with refused_by_database():
        make_chain_link(statement, speaker, 1, role="publisher")


def test_a_mention_is_not_empty_and_named_once(shared_set, speaker):
    make_mention(shared_set, speaker, external_id="m1")
    make_mention(shared_set, speaker)
    with refused_by_database():
        make_mention(shared_set, speaker, external_id="m1")
    with refused_by_database():
        make_mention(shared_set, speaker, start=5, end=5)


def test_an_utterance_is_named_once(shared_set):
    make_utterance(shared_set, external_id="u1")
    make_utterance(shared_set)
    with refused_by_database():
        make_utterance(shared_set, external_id="u1")


def test_nested_statements_outlive_their_parent(statement, shared_set, ana):
    nested = make_statement(shared_set, ana, parent=statement)
    statement.delete()
    assert Statement.objects.get(pk=nested.pk).parent is None


def test_the_bin_is_not_shown(statement, shared_set, ana, vic):
    make_statement(shared_set, ana, deleted_at=timezone.now())
    assert list(Statement.objects.visible_to(vic)) == [statement]
    assert list(Statement.objects.present()) == [statement]
    shared_set.article.deleted_at = timezone.now()
    shared_set.article.save()
    assert not Statement.objects.visible_to(vic).exists()


def test_strangers_read_nothing(statement, foreign, otto, dora):
    assert list(Statement.objects.visible_to(otto)) == [foreign.statement]
    assert not Statement.objects.visible_to(dora).exists()


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("vic", {"adjudicated"}),
        ("ana", {"ana"}),
        ("ben", {"ben"}),
        ("ada", {"ben", "adjudicated"}),
        ("mira", {"ana", "ben", "machine", "adjudicated"}),
        ("otto", set()),
        ("dora", set()),
    ],
)
def test_blindness_of_an_independent_study(independent_study, everyone, who, reads):
    """ana's set is open, ben's submitted."""
    article = make_article(independent_study)
    ana, ben = everyone["ana"], everyone["ben"]
    sets = {
        "ana": make_own_set(article, ana),
        "ben": make_own_set(article, ben, **submitted()),
        "machine": make_set(article, kind="machine"),
        "adjudicated": make_set(article, kind="adjudicated"),
    }
    for name, into in sets.items():
        make_statement(into, ana, note=name)
    assert {row.note for row in Statement.objects.visible_to(everyone[who])} == reads


def test_filters(statement, shared_set, speaker, ana):
    other = make_statement(shared_set, ana, "“Nobody warned us,”")
    make_code(statement)
    rows = Statement.objects.in_study(shared_set.article.study)
    assert list(rows.spoken_by_one_of(Speaker.objects.with_uid(speaker.uid))) == [statement]
    assert list(rows.coded("quote_type", "direct")) == [statement]
    assert list(rows.coded("quote_type", "indirect")) == []
    assert list(rows.with_words("NOBODY")) == [other]
    assert list(rows.in_text_order()) == [statement, other]
    assert list(rows.of_article(shared_set.article).in_text_order()) == [statement, other]


def test_details_are_loaded_in_three_queries(statement, shared_set, speaker, ana, django_assert_num_queries):
    for n in range(3):
        nested = make_statement(shared_set, ana, parent=statement, speaker=speaker)
        make_code(nested)
        make_chain_link(nested, speaker, n)
    with django_assert_num_queries(3):
        for row in Statement.objects.with_details().in_text_order():
            assert row.created_by.pseudonym == "c01"
            assert row.speaker.name == "Jon Abel"
            assert row.annotation_set.article.title
            assert row.parent is None or row.parent.uid == statement.uid
            assert [code.variable.slug for code in row.codes.all()] in ([], ["quote_type"])
            assert [link.to_json()["speaker"] for link in row.chain.all()] in ([], [str(speaker.uid)])


def test_spans_are_read_back(statement):
    assert statement.span_list.content == [
        span_of(statement.quotation, statement.annotation_set.article.text)
    ]
    spans = spans_of(statement.annotation_set.article.text, content="noon", source=["Jon Abel"])
    assert [item.role for item in spans] == [SpanRole.CONTENT, SpanRole.SOURCE]


def test_a_long_statement_is_shortened_in_lists(statement):
    statement.quotation = "a" * 81
    assert str(statement) == "a" * 77 + "..."
    statement.quotation = "a" * 80
    assert str(statement) == "a" * 80
