"""Issue and revoke tokens, note their use."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from annotations.access.models import ApiToken
from annotations.accounts.models import User
from annotations.audit.actions import record
from annotations.errors import Invalid
from annotations.studies.models import Study

DAYS = 90
MAX_DAYS = 366


@dataclass(frozen=True)
class IssuedToken:
    """A token with its bare key, which is shown once and stored nowhere."""

    token: ApiToken
    key: str


def digest_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def issue_token(
    *,
    user: User,
    by: User,
    scope: str = ApiToken.Scope.READ,
    study: Study | None = None,
    days: int = DAYS,
    name: str = "",
) -> IssuedToken:
    """Make a token that works for `days` days, in one study or in all of the user's."""
    if scope not in ApiToken.Scope.values:
        raise Invalid.field("scope", f"{scope!r} is no scope; use read or write.")
    if not 1 <= days <= MAX_DAYS:
        raise Invalid.field("days", f"A token lives from 1 to {MAX_DAYS} days, not {days}.")
    if study is not None and not Study.objects.visible_to(user).filter(pk=study.pk).exists():
        raise Invalid.field("study", f"{user.username} is no member of that study.")
    key = secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        study=study,
        scope=scope,
        name=name[:100],
        digest=digest_of(key),
        hint=key[:6],
        expires_at=timezone.now() + timedelta(days=days),
    )
    after = {"scope": str(scope), "hint": token.hint, "days": days}
    record(study_id=study.pk if study else None, by=by, verb="token.issue", target=user, after=after)
    return IssuedToken(token, key)


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User) -> None:
    record(
        study_id=token.study_id, by=by, verb="token.revoke", target=token.user, before={"hint": token.hint}
    )
    token.delete()


def note_use(*, token: ApiToken) -> None:
    """Keep on which day a token was used last: one write a day, so that reading stays reading."""
    today = timezone.now().date()
    if token.used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(used_on=today)
