"""The users of this installation, for its administrators; what they do in studies is not shown here."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import replace_url

from annotations.accounts.actions import (
    add_user,
    deactivate_user,
    issue_password_link,
    reactivate_user,
    set_administrator,
)
from annotations.accounts.models import User
from annotations.cursors import BadCursor
from annotations.errors import Invalid
from annotations.keyset import Order, Page, page_of
from annotations.web.forms.faults import show_faults
from annotations.web.forms.fields import flag
from annotations.web.forms.user import UserFilterForm, UserForm, mail_link
from annotations.web.htmx import UserRequest, fragment, wants_fragment
from annotations.web.lookups import administrator_for, user_for

BY_NAME = Order(("username",))
SIZE = 50


@require_safe
def user_list(request: UserRequest) -> HttpResponse:
    administrator_for(request)
    return _page(request, UserForm())


@require_POST
@sensitive_variables("link")
def user_add(request: UserRequest) -> HttpResponse:
    """Add a user; the link to set a password is in the answer itself, and nowhere else."""
    by, form = administrator_for(request), UserForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        user = add_user(**form.cleaned_data, by=by)
    except Invalid as error:
        show_faults(form, error)
        return _page(request, form, status=422)
    link = issue_password_link(user=user, by=by, site=request.build_absolute_uri("/"))
    return _page(request, UserForm(), link=(user, link), status=201)


@require_POST
@sensitive_variables("link")
def user_reset(request: UserRequest, user: str) -> HttpResponse:
    """Show a link with which somebody sets a new password."""
    found = user_for(request, user)
    link = issue_password_link(user=found, by=request.user, site=request.build_absolute_uri("/"))
    return _page(request, UserForm(), link=(found, link))


@require_POST
def user_deactivate(request: UserRequest, user: str) -> HttpResponse:
    found = user_for(request, user)
    deactivate_user(user=found, by=request.user)
    messages.success(
        request, f"{user} is deactivated: signed out everywhere, tokens revoked. Their work stays."
    )
    return redirect("annotations:user-list")


@require_POST
def user_reactivate(request: UserRequest, user: str) -> HttpResponse:
    reactivate_user(user=user_for(request, user), by=request.user)
    messages.success(request, f"{user} can sign in again; tokens must be made anew.")
    return redirect("annotations:user-list")


@require_POST
def user_administrator(request: UserRequest, user: str) -> HttpResponse:
    """Make somebody an administrator, or end that."""
    found, wanted = user_for(request, user), flag(request.POST, "administrator")
    set_administrator(user=found, administrator=wanted, by=request.user)
    messages.success(
        request, f"{user} is {'an' if wanted else 'no'} administrator{'' if wanted else ' any more'}."
    )
    ended_own = not wanted and found == request.user
    return redirect("annotations:study-list" if ended_own else "annotations:user-list")


@sensitive_variables("link")
def _page(
    request: UserRequest, form: UserForm, *, link: tuple[User, str] | None = None, status: int = 200
) -> HttpResponse:
    sieve = UserFilterForm(request.GET)
    context = {
        "sieve": sieve,
        "page": _users(sieve),
        "form": form,
        "link": link,
        "mailed": mail_link(*link) if link else False,
    }
    response = fragment(request, "annotations/user_list.html", "users", context, status=status)
    return replace_url(response, f"{request.path}{sieve.query}") if wants_fragment(request) else response


def _users(sieve: UserFilterForm) -> Page[User]:
    rows = User.rows.matching(sieve.words).with_number_of_studies()
    try:
        return page_of(rows, BY_NAME, sieve.place, SIZE)
    except BadCursor:
        return page_of(rows, BY_NAME, None, SIZE)
