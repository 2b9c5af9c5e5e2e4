from datetime import timedelta

from django.utils import timezone

from annotations.access.actions import digest_of
from annotations.access.models import ApiToken


def key_for(user, scope="write"):
    """The bare key of the token that `make_token` makes for this user and scope."""
    return f"key-for-tests-{user.username}-{scope}"


def make_token(user, scope="write", **fields):
    key = key_for(user, scope)
    fields.setdefault("expires_at", timezone.now() + timedelta(days=90))
    fields.setdefault("digest", digest_of(key))
    fields.setdefault("used_on", timezone.now().date())  # the first request of a day writes
    return ApiToken.objects.create(user=user, scope=scope, hint=key[:6], **fields)
