"""The statements that could not follow into a corrected text, and their places in it."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from annotations.corpus.models import Article
from annotations.errors import Conflict, Invalid
from annotations.permissions import Act
from annotations.revisions.lineage import lineage_of
from annotations.revisions.placing.actions import place_statement
from annotations.revisions.waiting import standing_of, waiting_for
from annotations.spans import Span
from annotations.statements.proposals import segments
from annotations.web.forms.place import Posted, span_in, version_in
from annotations.web.htmx import UserRequest
from annotations.web.lookups import article_for, statement_for

LIST = "annotations:to-place"


@require_safe
def to_place(request: UserRequest, slug: str, article: uuid.UUID) -> HttpResponse:
    """List what waits for its place in a corrected text, with the likeliest words."""
    at = article_for(request, slug, article, text=True)
    standing = standing_of(at.article, at.user)
    if at.article.is_superseded:
        return redirect(LIST, slug, standing.newest.uid)
    lines = waiting_for(at.article, at.user)
    context = {
        "study": at.study,
        "role": at.role,
        "here": "articles",
        "article": at.article,
        "standing": standing,
        "lines": [(line, at.may(Act.EDIT_SET, line.statement)) for line in lines],
    }
    return render(request, "annotations/to_place.html", context)


@require_POST
def statement_place(request: UserRequest, slug: str, statement: uuid.UUID) -> HttpResponseBase:
    """Place a statement at the words proposed, or at those selected in the corrected text."""
    at = statement_for(request, slug, statement, Act.EDIT_SET)
    if not at.article.is_superseded:
        raise Conflict("This statement has its place already; its spans can be changed on its card.")
    newest = Article.objects.get(pk=lineage_of(at.article)[-1].pk)
    newest.study = at.study
    content = _content(request.POST, newest)
    placed = place_statement(
        statement=at.statement, expected=version_in(request.POST), content=content, by=at.user
    )
    rest = f" Not found again, and left out: its {', '.join(placed.left_out)}." if placed.left_out else ""
    messages.success(request, f"Placed.{rest} Undo takes that back.")
    n = standing_of(newest, at.user).n_to_place
    place = reverse(LIST, args=[slug, newest.uid]) if n and "proposed" in request.POST else None
    place = place or f"{newest.get_absolute_url()}?statement={placed.statement.uid}"
    return HttpResponseClientRedirect(place) if request.htmx else redirect(place)


def _content(posted: Posted, newest: Article) -> list[Span]:
    if "proposed" in posted:
        return [_span(pair) for pair in posted["proposed"].split(",")]
    pieces = segments(span_in(posted, newest.text), newest.text, newest.furniture_spans)
    if not pieces:
        raise Invalid.field("start", "Only page furniture is selected; select words of the article itself.")
    return pieces


def _span(pair: str) -> Span:
    start, _, end = pair.partition("-")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        raise Invalid.field("proposed", "That is no stretch of the text; reload the page and try again.")
    return Span(int(start[:10]), int(end[:10]))
