"""What a step is called when it is undone or done again."""

import pytest

from annotations.audit.models import Event
from annotations.coding.actions import join_statements, split_statement
from annotations.history.phrases import around, said_of, step_in_words
from annotations.statements.actions import discard_statement
from annotations.statements.models import Statement
from tests.factories.corpus import TEXT
from tests.factories.statements import make_statement, spans_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(shared_set, ana):
    return make_statement(shared_set, ana, spans=spans_of(TEXT, content="the miller Jon Abel told reporters"))


def words():
    return step_in_words(list(Event.objects.order_by("id")))


def test_a_label_stands_where_the_phrase_has_it():
    assert around("moved … to the bin") == ("moved", "to the bin")
    assert said_of("“It rained”", "moved … to the bin") == "moved “It rained” to the bin"
    assert said_of("Abel", "added the speaker") == "added the speaker Abel"


def test_words_are_quoted_once(statement, ana):
    Event.objects.all().delete()
    discard_statement(statement=statement, expected=1, by=ana)
    assert words() == "deleted the statement “the miller Jon Abel told reporters”"
    Event.objects.update(label="“Nobody warned us,”")
    assert words() == "deleted the statement “Nobody warned us,”"
    for half in ("“Nobody warned", "warned us,”"):
        Event.objects.update(label=half)
        assert words() == f"deleted the statement “{half.strip('“”')}”"


def test_a_split_and_a_join_are_each_one_thing(statement, ana):
    Event.objects.all().delete()
    second = split_statement(statement=statement, expected=1, at=TEXT.index("told"), by=ana)
    assert words() == "split a statement after “the miller Jon Abel”"
    Event.objects.all().delete()
    first = Statement.objects.get(pk=statement.pk)
    join_statements(first=first, expected=2, second=second, second_expected=1, by=ana)
    assert words() == "joined two statements to “the miller Jon Abel told reporters”"
