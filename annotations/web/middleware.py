"""What every page shares: a signed-in user, no copies in caches, errors as sentences."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from annotations.audit.steps import one_step
from annotations.errors import AnnotationError
from annotations.merging.merges import MergedAway
from annotations.rows import overtaken
from annotations.web.htmx import SIGN_IN_REQUIRED, show_problem


class SignInRequired(LoginRequiredMiddleware):
    """Send strangers to the sign-in page; answer htmx with 401, so that a dialog opens in place."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[object, ...],
        view_kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        refused = super().process_view(request, view_func, view_args, view_kwargs)
        if refused is not None and request.headers.get("HX-Request") == "true":
            return HttpResponse(status=401, headers={"HX-Trigger": SIGN_IN_REQUIRED})
        return refused


class BehindProxies:
    """Take the address of the client from the header that one's own proxies write, counted from the right.

    Whatever stands further left was sent by the client and may be anything; without proxies the header is
    not looked at. A request with fewer entries has come past the proxies, and keeps the address it came from.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if 0 < settings.PROXIES <= len(hops):
            request.META["REMOTE_ADDR"] = hops[-settings.PROXIES]
        return self.get_response(request)


class PrivatePages:
    """Keep pages and answers out of every cache; static files have their own headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response


class OneStep:
    """Take what one request changes, here or over the API, as one step: it is undone as a whole."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_step():
            return self.get_response(request)


class Problems:
    """Show an error meant for people as a page or, for htmx, as a fragment, with its status.

    The pages of what was merged into another lead to that.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, IntegrityError):
            exception = overtaken(exception) or exception
        if not isinstance(exception, AnnotationError):
            return None
        if isinstance(exception, MergedAway) and _is_of_a_page(request):
            return redirect(exception.heir)
        return show_problem(request, exception)


def _is_of_a_page(request: HttpRequest) -> bool:
    return request.method in {"GET", "HEAD"} and request.headers.get("HX-Request") != "true"
