"""The log keeps what happened, and the answers of creates are kept once per user and key."""

import pytest

from annotations.audit.actions import delete_for_good, put_back, record
from annotations.audit.models import Event, IdempotencyKey
from annotations.audit.steps import one_step
from annotations.claims.models import Claim, Issue
from tests.factories.audit import make_event, make_idempotency_key
from tests.factories.claims import make_issue
from tests.refusals import refused_by_database


def test_an_event_names_its_target_by_public_id(statement, ana):
    event = record(study_id=1, by=ana, verb="statement.mark", target=statement, after={"note": "x"})
    assert (event.target_type, event.target_id) == ("statement", str(statement.uid))
    assert event.label == str(statement)
    assert (event.before, event.after) == (None, {"note": "x"})


def test_a_user_is_named_by_key(ana):
    event = record(study_id=None, by=None, verb="user.add", target=ana)
    assert (event.target_type, event.target_id) == ("user", str(ana.pk))


def test_a_long_label_is_cut(claim, ana):
    claim.text = "a" * 400
    assert len(record(study_id=1, by=ana, verb="x.y", target=claim).label) == 300


def test_events_of_one_step_share_its_batch(claim, ana):
    def batch():
        return record(study_id=1, by=ana, verb="x.y", target=claim).batch

    with one_step():
        first = batch()
        with one_step():
            assert batch() == first
        with one_step(undoes=first):
            undoing = record(study_id=1, by=ana, verb="x.y", target=claim)
        assert batch() == first
    assert (undoing.batch != first, undoing.undoes, undoing.redoes) == (True, first, None)
    assert len({first, undoing.batch, batch(), batch()}) == 4, "Outside of a step each event is one."


def test_a_deletion_keeps_all_that_goes(study, claim, ana):
    issue = make_issue(study)
    Claim.objects.filter(pk=claim.pk).update(issue=issue)
    kept = Issue.objects.values().get()
    delete_for_good(row=issue, study_id=study.pk, by=ana)
    deletion = Event.objects.get(verb="issue.delete")
    assert put_back(deletion=deletion, by=ana).uid == issue.uid
    assert Issue.objects.values().get() == kept
    claim.refresh_from_db()
    assert claim.issue.uid == issue.uid
    assert Event.objects.latest("pk").verb == "issue.restore"


def test_the_log_outlives_target_and_user(claim, ana):
    event = record(study_id=claim.study_id, by=ana, verb="x.y", target=claim)
    claim.study.delete()
    ana.delete()
    kept = Event.objects.get(pk=event.pk)
    assert kept.by is None
    assert kept.target_id


@pytest.mark.django_db
def test_an_event_needs_no_study(mira):
    assert make_event(mira).study_id is None


def test_an_answer_is_kept_once_for_user_and_key(ana, ben):
    kept = make_idempotency_key(ana, "k", answer={"id": 1})
    make_idempotency_key(ben, "k")
    make_idempotency_key(ana, "other")
    with refused_by_database():
        make_idempotency_key(ana, "k")
    assert IdempotencyKey.objects.get(pk=kept.pk).answer == {"id": 1}
