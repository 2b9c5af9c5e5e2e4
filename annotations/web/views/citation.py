"""A quotation with its citation, to be copied."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.web.cards.citation import citation_of
from annotations.web.htmx import UserRequest
from annotations.web.lookups import statement_for


@require_safe
def statement_citation(request: UserRequest, slug: str, statement: uuid.UUID) -> HttpResponse:
    """Show the citation; the scripts of other pages take it from here into the clipboard."""
    at = statement_for(request, slug, statement)
    place = f"{at.article.get_absolute_url()}?statement={at.statement.uid}"
    context = {
        "study": at.study,
        "role": at.role,
        "here": "statements",
        "place": place,
        "citation": citation_of(at.statement, request.build_absolute_uri(place)),
    }
    return render(request, "annotations/statement_citation.html", context)
