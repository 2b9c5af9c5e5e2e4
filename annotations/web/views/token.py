"""A user's own keys for programs; the bare key is shown once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from annotations.access.actions import IssuedToken, issue_token, revoke_token
from annotations.access.models import ApiToken
from annotations.errors import Invalid
from annotations.web.forms.faults import show_faults
from annotations.web.forms.token import TokenForm
from annotations.web.htmx import UserRequest
from annotations.web.lookups import token_for


@require_safe
def token_list(request: UserRequest) -> HttpResponse:
    return _page(request, TokenForm(request.user))


@require_POST
@sensitive_variables("issued")
def token_create(request: UserRequest) -> HttpResponse:
    """Show the new key in the answer itself: it is stored nowhere, so no other page can."""
    form = TokenForm(request.user, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        issued = issue_token(user=request.user, by=request.user, **form.cleaned_data)
    except Invalid as error:
        show_faults(form, error)
        return _page(request, form, status=422)
    return _page(request, TokenForm(request.user), issued, status=201)


@require_POST
def token_revoke(request: UserRequest, address: str) -> HttpResponse:
    token = token_for(request, address)
    revoke_token(token=token, by=request.user)
    messages.success(
        request, f"The token {token.hint}… is revoked; programs that used it are refused from now on."
    )
    return redirect("annotations:token-list")


@sensitive_variables("issued")
def _page(
    request: UserRequest, form: TokenForm, issued: IssuedToken | None = None, *, status: int = 200
) -> HttpResponse:
    context = {"tokens": ApiToken.objects.of(request.user), "form": form, "issued": issued}
    return render(request, "annotations/token_list.html", context, status=status)
