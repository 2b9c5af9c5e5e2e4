"""Tokens: shown once, kept as a digest, alive for a while, in one study or all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.access.actions import digest_of, issue_token, revoke_token
from annotations.access.models import ApiToken
from annotations.audit.models import Event
from annotations.errors import Invalid
from tests.factories.access import make_token
from tests.refusals import refused, refused_by_database


def test_the_key_is_stored_nowhere(ana):
    issued = issue_token(user=ana, by=ana, name="script")
    assert len(issued.key) >= 40
    kept = ApiToken.objects.values().get()
    assert kept["digest"] == digest_of(issued.key)
    assert kept["hint"] == issued.key[:6]
    event = Event.objects.values().latest("pk")
    assert issued.key not in str(kept) + str(event)
    assert kept["scope"] == "read"
    assert abs(kept["expires_at"] - timezone.now() - timedelta(days=90)) < timedelta(minutes=1)


def test_two_tokens_have_two_keys(ana):
    assert issue_token(user=ana, by=ana).key != issue_token(user=ana, by=ana).key


def test_a_token_may_be_bound_to_a_study_of_the_user(study, ana):
    issued = issue_token(user=ana, by=ana, study=study, scope="write", days=1)
    assert issued.token.study == study
    assert Event.objects.latest("pk").study_id == study.pk


@pytest.mark.parametrize(
    ("values", "field"),
    [({"scope": "admin"}, "scope"), ({"days": 0}, "days"), ({"days": 367}, "days"), ({"days": -1}, "days")],
)
def test_a_token_that_cannot_be(ana, values, field):
    with refused(Invalid, field=field):
        issue_token(user=ana, by=ana, **values)
    assert not ApiToken.objects.exists()


def test_no_token_for_a_study_of_others(foreign, ana):
    with refused(Invalid, field="study"):
        issue_token(user=ana, by=ana, study=foreign.study)


def test_a_long_name_is_cut(ana):
    assert len(issue_token(user=ana, by=ana, name="a" * 150).token.name) == 100


def test_expired_tokens_and_those_of_deactivated_users_are_dead(ana, ben, dora):
    alive = make_token(ana)
    make_token(ben, expires_at=timezone.now() - timedelta(seconds=1))
    make_token(dora)
    assert list(ApiToken.objects.alive()) == [alive]


def test_own_tokens_newest_first(ana, ben):
    first, second = make_token(ana, "read"), make_token(ana, "write")
    make_token(ben)
    assert list(ApiToken.objects.of(ana)) == [second, first]


def test_a_revoked_token_is_gone_the_event_stays(ana, mira):
    revoke_token(token=make_token(ana), by=mira)
    assert not ApiToken.objects.exists()
    event = Event.objects.latest("pk")
    assert (event.verb, event.by, event.target_id) == ("token.revoke", mira, str(ana.pk))


def test_database_knows_the_scopes_and_each_digest_once(ana):
    make_token(ana, "read")
    with refused_by_database():
        make_token(ana, "admin")
    with refused_by_database():
        make_token(ana, "write", digest=ApiToken.objects.get().digest)
