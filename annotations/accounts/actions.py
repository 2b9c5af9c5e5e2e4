"""Add users, say who may sign in and who administers, set passwords, count wrong ones."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from annotations.accounts.models import SignInFailure, User
from annotations.accounts.password_links import password_link
from annotations.audit.actions import record
from annotations.errors import Conflict, FieldError, Invalid


class OwnAccount(Conflict):
    code = "own_account"


class LastAdministrator(Conflict):
    code = "last_administrator"


class Inactive(Conflict):
    code = "inactive"


@transaction.atomic
def add_user(
    *, username: str, email: str = "", password: str | None = None, superuser: bool = False, by: User | None
) -> User:
    """Add someone who can sign in; without a password they cannot until one is set."""
    if User.objects.filter(username__iexact=username).exists():
        raise Invalid.field("username", f"There is a user {username!r} already; choose another name.")
    user = User(username=username, email=email, is_superuser=superuser, is_staff=superuser)
    try:
        user.full_clean(exclude=["password"])
        if email:
            validate_email(email)
        if password is not None:
            validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), [FieldError("user", m) for m in error.messages]) from error
    user.set_password(password)
    user.save()
    record(study_id=None, by=by, verb="user.add", target=user, after={"username": username, "email": email})
    return user


@transaction.atomic
def set_password(*, user: User, password: str, by: User | None) -> User:
    """Give `user` a new password; every session of theirs ends (Django binds sessions to the password's hash)."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record(study_id=None, by=by, verb="user.password", target=user)
    return user


@transaction.atomic
def deactivate_user(*, user: User, by: User) -> User:
    """Keep somebody out from the next request on: sessions and tokens end for good; their work stays."""
    if user == by:
        raise OwnAccount("You cannot deactivate yourself; ask another administrator.")
    _keep_an_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    _end_sessions(user)
    tokens, _ = user.api_tokens.all().delete()
    record(study_id=None, by=by, verb="user.deactivate", target=user, before={"tokens": tokens})
    return user


@transaction.atomic
def reactivate_user(*, user: User, by: User) -> User:
    """Let somebody in again, with the password they had; tokens are made anew."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(study_id=None, by=by, verb="user.reactivate", target=user)
    return user


@transaction.atomic
def set_administrator(*, user: User, administrator: bool, by: User) -> User:
    """Make somebody an administrator of the installation, or end that."""
    if not administrator:
        _keep_an_administrator(user)
    before = {"administrator": user.is_superuser}
    user.is_superuser = user.is_staff = administrator
    user.save(update_fields=["is_superuser", "is_staff"])
    after = {"administrator": administrator}
    record(study_id=None, by=by, verb="user.administrator", target=user, before=before, after=after)
    return user


@transaction.atomic
def issue_password_link(*, user: User, by: User, site: str) -> str:
    """Return a link with which the user sets a password; the old one works until then."""
    if not user.is_active:
        raise Inactive(f"{user.username} is deactivated; reactivate them first.")
    record(study_id=None, by=by, verb="user.link", target=user)
    return password_link(user, site)


def _keep_an_administrator(user: User) -> None:
    """Refuse if nobody else could administer the installation; two that resign at once cannot both."""
    others = User.rows.select_for_update(of=("self",)).administrators()
    if user.is_superuser and user.is_active and {each.pk for each in others} <= {user.pk}:
        raise LastAdministrator(
            f"{user.username} is the last active administrator; make someone else an administrator first."
        )


def _end_sessions(user: User) -> None:
    """Delete the user's sessions, which are found by reading them: the table knows no users."""
    alive = Session.objects.filter(expire_date__gt=timezone.now())
    own = [each.pk for each in alive.iterator() if each.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=own).delete()


def random_password() -> str:
    """Return 20 characters that are easy to copy: no look-alikes."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(5)) for _ in range(4))


def failure_key(username: str, address: str) -> str:
    """Return the digest under which wrong passwords are counted: name and address together."""
    return hashlib.sha256(f"{username.casefold()}\n{address}".encode()).hexdigest()


def is_throttled(key: str) -> bool:
    since = timezone.now() - timedelta(seconds=settings.SIGN_IN_WINDOW_SECONDS)
    return SignInFailure.objects.filter(key=key, at__gt=since).count() >= settings.SIGN_IN_FAILURES_ALLOWED


@transaction.atomic
def note_failure(*, key: str) -> SignInFailure:
    """Count one wrong password, and forget those whose window has passed."""
    expired = timezone.now() - timedelta(seconds=settings.SIGN_IN_WINDOW_SECONDS)
    SignInFailure.objects.filter(at__lte=expired).delete()
    return SignInFailure.objects.create(key=key)


@transaction.atomic
def forget_failures(*, key: str) -> None:
    """Clear the count after a right password."""
    SignInFailure.objects.filter(key=key).delete()
