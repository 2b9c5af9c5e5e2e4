"""Add users, set passwords, count wrong ones."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from annotations.accounts.models import SignInFailure, User
from annotations.audit.actions import record
from annotations.errors import FieldError, Invalid


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
