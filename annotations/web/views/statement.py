"""Mark statements, move their spans, delete, restore, split and join them: each answers with cards."""

import json
import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from annotations.accounts.models import User
from annotations.codebook.vocabulary import vocabulary_of
from annotations.coding.actions import join_statements, split_statement
from annotations.errors import Conflict, Invalid, NotFound, StaleEdit
from annotations.permissions import Act
from annotations.prepared import Prepared
from annotations.spans import RoleSpan, Span, SpanList, SpanRole
from annotations.statements.actions import (
    discard_statement,
    mark_statement,
    restore_statement,
    revise_statement,
)
from annotations.statements.changes import KEPT, StatementChanges
from annotations.statements.models import Statement
from annotations.statements.proposals import lies_within, propose, segments, with_pieces
from annotations.web.cards.answers import render_card, render_stale
from annotations.web.cards.card import Card
from annotations.web.cards.stale import pending_of
from annotations.web.forms.place import Posted, old_span_in, role_in, span_in, version_in, whole_number
from annotations.web.htmx import SAVED, UserRequest
from annotations.web.lookups import ArticleContext, StatementContext, article_for, statement_for
from annotations.workload.actions import open_set
from annotations.workload.models import AnnotationSet

GONE = "statement-gone"
"""Tells the page that a card is to leave the list; its detail holds the statement's id."""
INTO_LIST = {"HX-Retarget": "#statements", "HX-Reswap": "beforeend"}
"""A card that is new to the list goes to its end; the page then puts it into text order."""

_SETS = Prepared(
    lambda user, article, uid: (
        AnnotationSet.objects.visible_to(User(pk=user)).of_article(article).with_author().with_uid(uid)
    ),
    int,
    int,
    uuid.UUID,
)
_AROUND = Prepared(
    lambda into, start, end: Statement.objects.filter(
        annotation_set=into, start__lte=start, end__gte=end
    ).present(),
    int,
    int,
    int,
)


@require_POST
def statement_create(request: UserRequest, slug: str, article: uuid.UUID) -> HttpResponse:
    """Mark the selected words as a statement, in the reader's set, which the first mark opens."""
    at = article_for(request, slug, article, Act.ANNOTATE, text=True)
    if role_in(request.POST) != SpanRole.CONTENT:
        raise Invalid.field("role", "A statement begins with its content; mark that first.")
    content = _pieces(at, request.POST)
    into = _set_to_write(request, at)
    changes = _first(into, content, at.article.text)
    statement = mark_statement(into=into, changes=changes, by=request.user)
    statement.annotation_set = into
    statement.created_by.user = request.user
    return render_card(request, at, statement, opened=True, headers=INTO_LIST, card=_new(statement, changes))


@require_POST
def statement_spans(request: UserRequest, slug: str, statement: uuid.UUID) -> HttpResponse:
    """Add, replace or remove one span of a statement."""
    at = statement_for(request, slug, statement, Act.EDIT_SET, text=True)
    expected = version_in(request.POST)
    try:
        _refuse_stale(at, expected)
        spans = _changed(at, request.POST)
        changes = StatementChanges(spans=spans)
        revise_statement(statement=at.statement, expected=expected, changes=changes, by=request.user)
    except StaleEdit:
        return _stale(request, at)
    return render_card(request, at, at.statement, opened=True, headers=_to(at.statement))


@require_POST
def statement_delete(request: UserRequest, slug: str, statement: uuid.UUID) -> HttpResponse:
    """Put a statement into the bin; the answer is the way back."""
    at = statement_for(request, slug, statement, Act.EDIT_SET)
    try:
        discard_statement(statement=at.statement, expected=version_in(request.POST), by=request.user)
    except StaleEdit:
        return render_stale(request, at, at.statement, {"delete": "yes"}, request.path)
    if not request.htmx:
        messages.success(request, "Statement deleted. Undo takes that back.")
        if at.article.is_superseded:
            return redirect("annotations:to-place", slug, at.article.uid)
        return redirect(at.article)
    context = {"words": "Statement deleted.", "back": "undo"}
    response = render(request, "annotations/_turned.html#toast", context)
    response["HX-Retarget"], response["HX-Reswap"] = "#toast", "innerHTML"
    response["HX-Trigger"] = SAVED
    # only then, or the form that was sent is no longer in the page when htmx looks for #toast
    response["HX-Trigger-After-Swap"] = json.dumps({GONE: {"id": str(statement)}})
    return response


@require_POST
def statement_restore(request: UserRequest, slug: str, statement: uuid.UUID) -> HttpResponse:
    """Take a statement back from the bin."""
    at = statement_for(request, slug, statement, Act.EDIT_SET, binned=True)
    restore_statement(statement=at.statement, expected=version_in(request.POST), by=request.user)
    return render_card(request, at, at.statement, opened=True, headers=INTO_LIST)


@require_POST
def statement_split(request: UserRequest, slug: str, statement: uuid.UUID) -> HttpResponse:
    """Cut a statement at a code point of the text; the answer is both cards."""
    at = statement_for(request, slug, statement, Act.EDIT_SET)
    cut, expected = whole_number(request.POST, "at"), version_in(request.POST)
    try:
        _refuse_stale(at, expected)
        rest = split_statement(statement=at.statement, expected=expected, at=cut, by=request.user)
    except StaleEdit:
        return _stale(request, at)
    response = render_card(request, at, at.statement, opened=True, headers=_to(at.statement))
    if request.htmx:
        response.content += render_card(request, at, rest, opened=False).content
    return response


@require_POST
def statement_join(request: UserRequest, slug: str, statement: uuid.UUID) -> HttpResponse:
    """Put another statement's spans and stances into this one; the other goes into the bin."""
    at = statement_for(request, slug, statement, Act.EDIT_SET)
    other = statement_for(request, slug, _id_in(request.POST, "with"), Act.EDIT_SET)
    expected, second_expected = version_in(request.POST), version_in(request.POST, "with_version")
    if other.statement.version != second_expected:
        raise Conflict("The other statement was changed meanwhile; look at it, then join them again.")
    try:
        _refuse_stale(at, expected)
        join_statements(
            first=at.statement,
            expected=expected,
            second=other.statement,
            second_expected=second_expected,
            by=request.user,
        )
    except StaleEdit:
        return _stale(request, at)
    joined = statement_for(request, slug, statement)
    gone = {"HX-Trigger": json.dumps({SAVED: None, GONE: {"id": str(other.statement.uid)}})}
    return render_card(
        request, joined, joined.statement, opened=True, headers={**_to(joined.statement), **gone}
    )


def _pieces(at: ArticleContext | StatementContext, posted: Posted) -> list[Span]:
    """Return the span sent, cut around page furniture."""
    span = span_in(posted, at.article.text)
    pieces = segments(span, at.article.text, at.article.furniture_spans)
    if not pieces:
        raise Invalid.field("start", "Only page furniture is selected; select words of the article itself.")
    return pieces


def _set_to_write(request: UserRequest, at: ArticleContext) -> AnnotationSet:
    wanted = request.POST.get("set")
    if not wanted:
        return open_set(article=at.article, by=request.user)
    into = next(iter(_SETS(at.user.pk, at.article.pk, _id_in(request.POST, "set"))), None)
    if into is None:
        raise NotFound("There is no such set of this article, or you may not read it.")
    into.article = at.article
    at.require(Act.EDIT_SET, into)
    return into


def _first(into: AnnotationSet, content: list[Span], text: str) -> StatementChanges:
    """Return what a new statement starts with: its spans, a quote type where the codebook has it, a parent."""
    proposal = propose(content, text)
    label = vocabulary_of(into.codebook).labels.get("quote_type", {}).get(proposal.quote_type)
    around = _AROUND(into.pk, content[0].start, content[-1].end)
    bigger = [other for other in around if lies_within(content, other.span_list.content)]
    return StatementChanges(
        spans=proposal.spans,
        codes={"quote_type": label.slug} if label and not label.retired else KEPT,
        parent=bigger[0] if len(bigger) == 1 else KEPT,
    )


def _new(statement: Statement, changes: StatementChanges) -> Card:
    """Return the card of a statement that was just marked: what it says is known without reading."""
    codes = {} if changes.codes is KEPT else {slug: label for slug, label in changes.codes.items() if label}
    vocabulary = vocabulary_of(statement.annotation_set.codebook)
    return Card(statement=statement, vocabulary=vocabulary, codes=codes, chain=(), stances=())


def _changed(at: StatementContext, posted: Posted) -> SpanList:
    action = posted.get("action", "")
    if action not in _CHANGES:
        raise Invalid.field(
            "action", f"{action[:40]!r} is no change of spans; use one of {', '.join(_CHANGES)}."
        )
    return _CHANGES[action](at, posted)


def _added(at: StatementContext, posted: Posted) -> SpanList:
    return with_pieces(at.statement.span_list, role_in(posted), _pieces(at, posted))


def _replaced(at: StatementContext, posted: Posted) -> SpanList:
    old = _standing(at.statement, posted)
    rest = SpanList(tuple(item for item in at.statement.span_list if item != old))
    return with_pieces(rest, old.role, _pieces(at, posted), old.speaker)


def _removed(at: StatementContext, posted: Posted) -> SpanList:
    old = _standing(at.statement, posted)
    rest = SpanList(tuple(item for item in at.statement.span_list if item != old))
    if not rest.content:
        raise Invalid.field("role", "This is the statement's only content; delete the statement instead.")
    return rest


_CHANGES: dict[str, Callable[[StatementContext, Posted], SpanList]] = {
    "add": _added,
    "replace": _replaced,
    "remove": _removed,
}


def _standing(statement: Statement, posted: Posted) -> RoleSpan:
    """Return the statement's span that the sender speaks of."""
    role, old = role_in(posted), old_span_in(posted)
    for item in statement.span_list:
        if item.role == role and (item.span.start, item.span.end) == (old.start, old.end):
            return item
    raise Invalid.field("old_start", f"The statement has no {role} span at [{old.start}, {old.end}).")


def _id_in(posted: Posted, name: str) -> uuid.UUID:
    try:
        return uuid.UUID(posted.get(name, ""))
    except ValueError:
        raise Invalid.field(name, f"{name} is no id of a statement or set.") from None


def _refuse_stale(at: StatementContext, expected: int) -> None:
    """Say so before the change is even read: it may speak of spans that are no longer there."""
    if at.statement.version != expected:
        raise StaleEdit("This statement was changed meanwhile.", at.statement)


def _to(statement: Statement) -> dict[str, str]:
    """Return the headers that put an answer in the place of the statement's card."""
    return {"HX-Retarget": f"#s-{statement.uid}", "HX-Reswap": "outerHTML"}


def _stale(request: UserRequest, at: StatementContext) -> HttpResponse:
    """Show what stands now beside what was to be done; nothing is lost on either side."""
    return render_stale(request, at, at.statement, pending_of(request.POST), request.path)
