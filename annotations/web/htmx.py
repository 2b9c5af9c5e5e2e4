"""The typed request, fragments of pages, and the events that fragments send each other."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

from annotations.accounts.models import User
from annotations.errors import AnnotationError

SIGN_IN_REQUIRED = "sign-in-required"
SAVED = "saved"
FORM_EXPIRED = "form-expired"
NOTICE = {"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"}
"""Where a sentence goes that replaces nothing: what is typed in the page stays."""


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


def show_problem(request: HttpRequest, problem: AnnotationError) -> HttpResponse:
    """Answer with the error's sentence and status: a page, or for htmx a notice beside what is there."""
    status = 409 if problem.status == 412 else problem.status  # pages say 409 for a stale edit
    if request.headers.get("HX-Request") != "true":
        return render(request, "problem.html", {"problem": problem}, status=status)
    response = render(request, "annotations/_problem.html", {"problem": problem}, status=status)
    for name, value in NOTICE.items():
        response[name] = value
    return response
