"""The answers to errors that no view has caught."""

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from annotations.errors import AnnotationError, Forbidden, NotFound
from annotations.web.htmx import FORM_EXPIRED, show_problem


class Unreadable(AnnotationError):
    """A request that breaks the rules of HTTP or our limits."""

    code = "unreadable"
    status = 400


class FormExpired(Forbidden):
    """A form whose CSRF token belongs to a former session."""

    code = "form_expired"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    said = (
        "The browser sent something this site does not understand, or too much at once."
        " Go back, check what you sent, and send it again."
    )
    if isinstance(exception, TooManyFilesSent):
        most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        said = f"More than {most} files came at once; choose at most {most}, then the next ones."
    return show_problem(request, Unreadable(said))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return show_problem(
        request, Forbidden("You may not do this; a manager of the study can change your role.")
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return show_problem(
        request, NotFound("There is no such page, or it belongs to a study of which you are no member.")
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse the form; htmx is told by an event, fetches a fresh token and sends it once more."""
    problem = FormExpired(
        "This page was opened before you last signed in or out, so nothing was saved. Go back, reload the page"
        " and send the form again; if cookies are blocked for this site, allow them."
    )
    response = show_problem(request, problem)
    response["HX-Trigger"] = FORM_EXPIRED
    return response
