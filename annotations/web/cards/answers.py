"""The responses that carry a card: the card itself, or two versions of an edit that came too late."""

import uuid
from collections.abc import Callable, Mapping, Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render

from annotations.claims.loading import load_coding
from annotations.claims.models import Claim
from annotations.codebook.vocabulary import vocabulary_of
from annotations.errors import StaleEdit
from annotations.permissions import Act
from annotations.statements.models import Statement
from annotations.studies.models import Study
from annotations.web.cards.card import Card
from annotations.web.cards.stale import Pending, both_versions, pending_of
from annotations.web.forms.place import version_in
from annotations.web.htmx import SAVED, UserRequest
from annotations.web.lookups import StatementContext, StudyContext, statement_for
from annotations.workload.models import AnnotationSet

TEMPLATE = "annotations/_statement_card.html"


def render_card(
    request: UserRequest,
    at: StudyContext,
    statement: Statement,
    *,
    opened: bool,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    card: Card | None = None,
    drafts: Sequence[Claim] = (),
) -> HttpResponse:
    """Answer with a statement's card; without htmx, go to the article with the statement open.

    `card` is given where a save has changed codes, chain or stances, so that nothing is read again; `drafts`
    are claims to show a row for, beside those that the browser still has open.
    """
    into = statement.annotation_set
    if not request.htmx:
        return redirect(f"{into.article.get_absolute_url()}?statement={statement.uid}")
    if card is None:
        load_coding(statement)
    may_edit = at.may(Act.EDIT_SET, statement) and into.state == AnnotationSet.State.OPEN
    context = {
        "study": at.study,
        "article": into.article,
        "statement": statement,
        "vocabulary": vocabulary_of(into.codebook),
        "card": card,
        "opened": opened,
        "unfolded": "unfolded" in request.POST or "unfolded" in request.GET,
        "may_edit": may_edit,
        "drafts": [*_drafts(request, at.study), *drafts] if may_edit else [],
    }
    saved = {"HX-Trigger": SAVED} if request.method == "POST" and status == 200 else {}
    response = render(request, TEMPLATE, context, status=status)
    for name, value in {**saved, **(headers or {})}.items():
        response[name] = value
    return response


def render_saved(request: UserRequest, at: StatementContext, write: Callable[[int], Card]) -> HttpResponse:
    """Write and answer with the open card; of two edits at once the later one gets to see both versions.

    `write` is given the version that the sender saw. A later one is told before its form is even read, for
    that may speak of what no longer stands.
    """
    expected = version_in(request.POST)
    try:
        card = write(expected) if expected == at.statement.version else None
    except StaleEdit:
        card = None
    if card is None:
        return render_stale(request, at, at.statement, pending_of(request.POST), request.path)
    return render_card(request, at, at.statement, opened=True, card=card)


def render_stale(
    request: UserRequest,
    at: StudyContext,
    statement: Statement,
    pending: Mapping[str, str | Sequence[str]],
    action_url: str,
) -> HttpResponse:
    """Answer 409 with what stands now beside what was about to be saved; nothing of it is lost.

    `pending` holds the form's fields as they came, without token and version; they go to `action_url` again,
    with the version that stands now, if the user decides so.
    """
    now = statement_for(request, at.study.slug, statement.uid)
    vocabulary = vocabulary_of(now.statement.annotation_set.codebook)
    fields: Pending = {
        name: [value] if isinstance(value, str) else list(value) for name, value in pending.items()
    }
    card = Card.of(now.statement, vocabulary)
    context = {
        "study": at.study,
        "article": now.article,
        "statement": now.statement,
        "vocabulary": vocabulary,
        "card": card,
        "stale": both_versions(card, fields),
        "action_url": action_url,
    }
    template = TEMPLATE if request.htmx else "annotations/statement_stale.html"
    response = render(request, template, context, status=409)
    response["HX-Retarget"], response["HX-Reswap"] = f"#s-{statement.uid}", "outerHTML"
    return response


def _drafts(request: UserRequest, study: Study) -> list[Claim]:
    """Return the claims that were chosen in the open card and have no stance yet."""
    sent = [*request.POST.getlist("draft"), *request.GET.getlist("draft"), *request.GET.getlist("claim")][:20]
    wanted = [uid for uid in map(_uid, sent) if uid]
    return list(Claim.objects.in_study(study).filter(uid__in=wanted)) if wanted else []


def _uid(sent: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(sent)
    except ValueError:
        return None
