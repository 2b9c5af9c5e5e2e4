"""Users, passwords, and the count of wrong ones."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from annotations.accounts import actions
from annotations.accounts.models import SignInFailure, User
from annotations.audit.models import Event
from annotations.errors import Invalid
from tests.factories.accounts import make_sign_in_failure
from tests.refusals import refused

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-quiet-password"


def test_a_user_is_added(mira):
    user = actions.add_user(username="nora", email="nora@example.org", password=PASSWORD, by=mira)
    assert User.objects.get(username="nora").check_password(PASSWORD)
    assert not user.is_superuser
    event = Event.objects.latest("pk")
    assert (event.verb, event.by) == ("user.add", mira)
    assert PASSWORD not in str(event.after)


def test_without_a_password_nobody_gets_in():
    assert not actions.add_user(username="nora", by=None).has_usable_password()


def test_a_superuser_is_staff():
    user = actions.add_user(username="root", password=PASSWORD, superuser=True, by=None)
    assert user.is_staff
    assert user.is_superuser


@pytest.mark.parametrize(
    "values",
    [
        {"username": ""},
        {"username": "two words"},
        {"username": "a" * 151},
        {"username": "MIRA"},
        {"username": "nora", "email": "nowhere"},
        {"username": "nora", "password": "short"},
        {"username": "nora", "password": "12345678901"},
        {"username": "nora-of-the-mill", "password": "nora-of-the-mill"},
    ],
)
def test_a_user_that_cannot_be(mira, values):
    with refused(Invalid):
        actions.add_user(by=mira, **values)
    assert User.objects.count() == 1


def test_a_new_password_ends_sessions(client, mira):
    client.force_login(mira)
    actions.set_password(user=User.objects.get(), password="another-long-one", by=None)
    assert User.objects.get().check_password("another-long-one")
    from django.contrib.auth import get_user

    request = type("Request", (), {"session": client.session})()
    assert not get_user(request).is_authenticated


def test_random_passwords_differ_and_are_easy_to_copy():
    made = {actions.random_password() for _ in range(50)}
    assert len(made) == 50
    assert not set("".join(made)) & set("0O1lIi")


def test_failures_are_counted_for_name_and_address_together():
    key = actions.failure_key("Ana", "192.0.2.1")
    assert key == actions.failure_key("ana", "192.0.2.1")
    assert key != actions.failure_key("ana", "192.0.2.2")
    assert key != actions.failure_key("ben", "192.0.2.1")
    assert "ana" not in key


def test_the_window_shuts_after_so_many_and_opens_again():
    key = actions.failure_key("ana", "192.0.2.1")
    for _ in range(settings.SIGN_IN_FAILURES_ALLOWED):
        assert not actions.is_throttled(key)
        actions.note_failure(key=key)
    assert actions.is_throttled(key)
    assert not actions.is_throttled(actions.failure_key("ana", "192.0.2.2"))
    SignInFailure.objects.update(at=timezone.now() - timedelta(seconds=settings.SIGN_IN_WINDOW_SECONDS + 1))
    assert not actions.is_throttled(key)


def test_old_failures_are_forgotten_with_the_next():
    passed = timezone.now() - timedelta(seconds=settings.SIGN_IN_WINDOW_SECONDS + 1)
    make_sign_in_failure("a" * 64, at=passed)
    recent = make_sign_in_failure("b" * 64)
    noted = actions.note_failure(key="c" * 64)
    assert set(SignInFailure.objects.all()) == {recent, noted}


def test_a_right_password_clears_the_count():
    make_sign_in_failure("a" * 64)
    kept = make_sign_in_failure("b" * 64)
    actions.forget_failures(key="a" * 64)
    assert list(SignInFailure.objects.all()) == [kept]
