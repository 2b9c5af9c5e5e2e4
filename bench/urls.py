"""The project's addresses, and one that answers nothing: the empty signed-in view that pages are held against."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.user.pk))


urlpatterns = [path("empty/", empty), path("", include("project.urls"))]
