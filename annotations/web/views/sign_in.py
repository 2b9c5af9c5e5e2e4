"""Sign in and out; wrong passwords are counted by name and address, and throttled."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from annotations.accounts.actions import failure_key, forget_failures, is_throttled, note_failure
from annotations.studies.actions import personal_study
from annotations.web.forms.sign_in import SignInForm
from annotations.web.htmx import AnyRequest, UserRequest, fragment

PAGE = "registration/sign_in.html"


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: AnyRequest) -> HttpResponse:
    """Show and take the form, as a page or, in the dialog over another page, as a fragment."""
    if request.method != "POST":
        return _signed_in(request) if request.user.is_authenticated else _form(request, SignInForm())
    key = failure_key(request.POST.get("username", ""), request.META["REMOTE_ADDR"])
    if is_throttled(key):
        return _throttled(request)
    if request.POST.get("password"):
        note_failure(
            key=key
        )  # counted before the password is compared, so that guesses in parallel count too
    form = SignInForm(request, request.POST)
    if not form.is_valid():
        return _form(request, form, status=422)
    forget_failures(key=key)
    user = form.get_user()
    if user.last_login is None:
        personal_study(user=user)
    login(request, user)
    return _signed_in(request)


@require_POST
def sign_out(request: UserRequest) -> HttpResponse:
    logout(request)
    return redirect("annotations:sign-in")


def _form(request: AnyRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "next": _next(request)}
    return fragment(request, PAGE, "sign-in-form", context, status=status)


def _throttled(request: AnyRequest) -> HttpResponse:
    minutes = max(1, round(settings.SIGN_IN_WINDOW_SECONDS / 60))
    form = SignInForm(request, initial={"username": request.POST.get("username", "")})
    context = {"form": form, "next": _next(request), "minutes": minutes}
    response = fragment(request, PAGE, "sign-in-form", context, status=429)
    response["Retry-After"] = str(settings.SIGN_IN_WINDOW_SECONDS)
    return response


def _signed_in(request: AnyRequest) -> HttpResponse:
    """Go where the user wanted to; tell the dialog the new CSRF token instead, which a sign-in changes."""
    if request.htmx:
        return fragment(request, PAGE, "signed-in", {})
    return redirect(_next(request) or resolve_url(settings.LOGIN_REDIRECT_URL))


def _next(request: AnyRequest) -> str:
    """Return the page to go on to, "" unless it is one of this site's own."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if own else ""
