"""A list of statements recorded in one step goes and comes back as one, however many there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.audit.models import Event
from annotations.audit.steps import one_step
from annotations.claims.stances import Stance
from annotations.coding.actions import take_stance
from annotations.coding.bulk.actions import NewStatement, record_statements
from annotations.history.actions import last_step, last_undone, redo, undo
from annotations.history.targets.target import InTheWay
from annotations.speakers.actions import find_or_add_speaker
from annotations.statements.actions import mark_statement, revise_statement
from annotations.statements.changes import Link, StatementChanges
from annotations.statements.models import Statement
from annotations.workload.actions import SetClosed, submit_set
from tests.factories.claims import make_claim
from tests.factories.conflicts import make_verdict
from tests.factories.corpus import TEXT, make_article
from tests.factories.speakers import make_speaker
from tests.factories.statements import make_statement, spans_of
from tests.factories.studies import author_for
from tests.history.picture import picture


@pytest.fixture
def claim(study):
    return make_claim(study)


@pytest.fixture
def record(study, article, ana, claim):
    """Record n statements of every second article in one step, with a speaker who is new."""
    articles = [article, make_article(study, f"{TEXT}Once more.\n")]

    def recorded(n):
        with one_step():
            abel = find_or_add_speaker(study=study, name="Jon Abel", type_="person", by=ana)
            news = [
                NewStatement(article=articles[i % 2], changes=changes(abel, f"s-{i}"), stances=stances(claim))
                for i in range(n)
            ]
            return [each.statement for each in record_statements(study=study, news=news, by=ana)]

    return recorded


def changes(speaker, external_id):
    return StatementChanges(
        spans=spans_of(TEXT, content="took the lower mill"),
        external_id=external_id,
        speaker=speaker,
        codes={"quote_type": "indirect"},
        chain=[Link(speaker=speaker, role="original")],
    )


def stances(claim):
    return [Stance(claim=claim, stance="support")]


def take_back(study, by):
    undo(step=last_step(study=study, user=by), by=by)


def do_again(study, by):
    redo(step=last_undone(study=study, user=by), by=by)


def versions():
    return dict(Statement.objects.values_list("uid", "version"))


def test_a_list_goes_and_comes_back_with_all_its_parts(study, ana, record):
    before = picture(study)
    record(5)
    after = picture(study)
    for n in range(2, 4):
        take_back(study, ana)
        assert picture(study) == before
        do_again(study, ana)
        assert picture(study) == after
        assert set(versions().values()) == {n}, "one version never reads two ways"


def test_what_is_nested_in_them_is_emptied_filled_and_counted(study, shared_set, ana, record):
    parent = record(2)[0]
    inner = make_statement(shared_set, ana, "Nobody warned us", parent=parent)
    take_back(study, ana)
    inner.refresh_from_db()
    assert (inner.parent, inner.version) == (None, 2)
    do_again(study, ana)
    inner.refresh_from_db()
    assert (inner.parent, inner.version) == (parent, 3)


def test_one_that_is_nested_in_another_of_the_step(study, shared_set, ana):
    before = picture(study)
    with one_step():
        spans = spans_of(TEXT, content="took the lower mill")
        outer, inner = (
            mark_statement(into=shared_set, changes=StatementChanges(spans=spans), by=ana) for _ in range(2)
        )
        revise_statement(
            statement=inner, expected=1, changes=StatementChanges(parent=outer, note="in"), by=ana
        )
        revise_statement(statement=inner, expected=2, changes=StatementChanges(note="within"), by=ana)
    after = picture(study)
    take_back(study, ana)
    assert picture(study) == before
    do_again(study, ana)
    assert picture(study) == after


def test_stances_come_back_where_they_had_gone_before_the_statement(study, ana, record):
    """So it was undone by earlier versions: the stances first, then the statement without them."""
    record(2)
    after = picture(study)
    take_back(study, ana)
    for event in Event.objects.filter(verb="statement.delete"):
        rows = event.before["snapshot"]["rows"]
        kept = [row for row in rows if row["model"] != "annotations.stancelink"]
        assert len(kept) < len(rows)
        Event.objects.filter(pk=event.pk).update(before={"snapshot": {"rows": kept, "cleared": []}})
    do_again(study, ana)
    assert picture(study) == after


class TestInTheWay:
    """One obstacle holds up all of them, and is told of the one where it is."""

    def refused(self, study, by, turn, match):
        standing, n_events = picture(study), Event.objects.count()
        with pytest.raises(InTheWay, match=match):
            turn(study, by)
        assert (picture(study), Event.objects.count()) == (standing, n_events)

    def test_work_of_another_on_one(self, study, ana, ben, record):
        made = record(4)[2]
        revise_statement(statement=made, expected=1, changes=StatementChanges(note="ben's"), by=ben)
        self.refused(study, ana, take_back, "^took the lower mill: ben has worked on it since, so it stays")

    def test_another_stance_on_one(self, study, ana, ben, claim, record):
        made = record(4)[2]
        take_stance(statement=made, expected=1, stance=Stance(claim=claim, stance="oppose"), by=ben)
        self.refused(study, ana, take_back, f"ben has changed the same since \\(stance.{claim.uid}\\)")

    def test_ones_own_later_stance_that_was_passed_over(self, study, ana, claim, record):
        made = record(2)[0]
        with one_step():
            take_stance(statement=made, expected=1, stance=Stance(claim=claim, stance="oppose"), by=ana)
        passed = last_step(study=study, user=ana).turn.batch

        def pass_over(study, by):
            undo(step=last_step(study=study, user=by, passed=passed), by=by)

        self.refused(study, ana, pass_over, "A later step has changed the same since")

    def test_a_verdict_on_one(self, study, ana, record):
        made = record(4)
        make_verdict(made[1], made[2], author_for(study, ana))
        self.refused(study, ana, take_back, "Verdicts rest on it")

    def test_an_external_id_that_was_given_away(self, study, shared_set, ana, ben, record):
        record(4)
        take_back(study, ana)
        abel = make_speaker(study, "Somebody")
        mark_statement(into=shared_set, changes=changes(abel, "s-2"), by=ben)
        self.refused(study, ana, do_again, "^took the lower mill: What it was known by")

    def test_a_set_that_was_submitted(self, study, shared_set, ana, mira, record):
        record(4)
        submit_set(annotation_set=shared_set, expected=1, by=mira)
        with pytest.raises(SetClosed):
            take_back(study, ana)
        assert Statement.objects.count() == 4


def test_as_many_queries_for_two_as_for_twenty(study, ana, record):
    counts = []
    for n in (2, 20):
        record(n)
        for turn in (take_back, do_again, take_back):
            with CaptureQueriesContext(connection) as captured:
                turn(study, ana)
            counts.append(len(captured))
    assert counts[:3] == counts[3:]
