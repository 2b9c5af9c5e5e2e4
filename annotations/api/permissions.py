"""The adapter between requests and `annotations.permissions`: who is signed in, with which token, for which act."""

from django.db.models import Model
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from annotations.access.models import ApiToken
from annotations.accounts.models import User
from annotations.permissions import Act, check
from annotations.rows import Row
from annotations.studies.models import Study


class SignedInWithScope(BasePermission):
    """Strangers get 401; a token of scope read changes nothing."""

    message = "This token may only read; make one with the scope write."

    def has_permission(self, request: Request, view: object) -> bool:
        if not isinstance(request.user, User):
            self.message = "Send a token: `Authorization: Token KEY`."
            return False
        token = request.auth
        reads = request.method in SAFE_METHODS
        return reads or not isinstance(token, ApiToken) or token.scope == ApiToken.Scope.WRITE


def user_of(request: Request) -> User:
    """Return the asker, whom `SignedInWithScope` has let in."""
    if not isinstance(request.user, User):
        raise TypeError("a view without SignedInWithScope asked for its user")
    return request.user


def study_of_token(request: Request) -> int | None:
    """Return the key of the one study that the token is bound to; None for all of the user's."""
    return request.auth.study_id if isinstance(request.auth, ApiToken) else None


def role_on(row: Model) -> str:
    """Return the role that `with_role_of` has put on the row."""
    return str(vars(row)["asker_role"])


def require(request: Request, act: Act, row: Model, study: Study) -> None:
    """Raise what keeps the asker, in the role that `with_role_of` has put on the row, from doing `act` to it."""
    check(act, user_of(request), role_on(row), study, row if isinstance(row, Row) else None)
