"""Who asks: a program with a token, or a signed-in person whose page carries a CSRF token."""

from rest_framework import authentication, exceptions
from rest_framework.request import Request

from annotations.access.actions import digest_of, note_use
from annotations.access.models import ApiToken
from annotations.accounts.models import User


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Token KEY`; the key is looked up by its digest, alive and with its user, in one query."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "token":
            return None
        token = ApiToken.objects.alive().with_digest(digest_of(key.strip())).first()
        if token is None:
            raise exceptions.AuthenticationFailed(
                "This token is unknown, revoked or expired; make another on the page “Tokens for programs”."
            )
        note_use(token=token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Token"


class SessionAuthentication(authentication.SessionAuthentication):
    """The session of the pages; unsafe requests need the CSRF token in `X-CSRFToken`."""
