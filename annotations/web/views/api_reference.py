"""The reference of the REST API, made of the document that the API answers at `schema/`."""

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from annotations.web.htmx import UserRequest
from annotations.web.reference.reading import Document, Reference, read


@require_safe
def api_reference(request: UserRequest) -> HttpResponse:
    return render(request, "annotations/api_reference.html", {"reference": _reference()})


@lru_cache(maxsize=1)
def _reference() -> Reference:
    """Return the reference, made once per process: the API does not change while it runs."""
    document: Callable[[], Document] = import_string(settings.API_DOCUMENT)
    return read(document())
