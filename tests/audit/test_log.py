"""The log keeps what happened, and the answers of creates are kept once per user and key."""

import pytest

from annotations.audit.actions import record
from annotations.audit.models import Event, IdempotencyKey
from tests.factories.audit import make_event, make_idempotency_key
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


def test_events_of_one_batch_share_its_id(claim, ana):
    first = record(study_id=1, by=ana, verb="x.y", target=claim)
    assert record(study_id=1, by=ana, verb="x.y", target=claim, batch=first.batch).batch == first.batch
    assert record(study_id=1, by=ana, verb="x.y", target=claim).batch != first.batch


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
