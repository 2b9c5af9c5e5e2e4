"""The typed request, fragments of pages, and the events that fragments send each other."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

from annotations.accounts.models import User

SIGN_IN_REQUIRED = "sign-in-required"
SAVED = "saved"


class AnyRequest(HttpRequest):
    """A request that may come from htmx and from a stranger."""

    htmx: HtmxDetails


class UserRequest(AnyRequest):
    """A request behind the sign-in: the user is one of ours."""

    user: User


def wants_fragment(request: AnyRequest) -> bool:
    """Tell whether htmx asks for a part of the page, not for a whole one by boost or on going back."""
    htmx = request.htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def fragment(
    request: AnyRequest, template: str, name: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render `template#name` for htmx, else the whole page; the server names the fragment, never the client."""
    chosen = f"{template}#{name}" if wants_fragment(request) else template
    response = render(request, chosen, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return response
