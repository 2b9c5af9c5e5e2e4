"""Claims while coding: search by words in any order, word a new one in place, search issues."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from annotations.claims.actions import word_claim
from annotations.claims.models import Claim, Issue
from annotations.codebook.models import CodebookVersion
from annotations.codebook.vocabulary import vocabulary_of
from annotations.errors import NotFound
from annotations.permissions import Act
from annotations.web.cards.answers import render_card
from annotations.web.cards.options import SHOWN, claim_names, claim_options, creating, issue_options
from annotations.web.forms import fields
from annotations.web.forms.claim import claim_values
from annotations.web.htmx import UserRequest, fragment
from annotations.web.lookups import statement_for, study_for
from annotations.workload.actions import SetClosed
from annotations.workload.models import AnnotationSet

OPTIONS = "annotations/_options.html"
NAME = "name"


@require_safe
def claim_suggest(request: UserRequest, slug: str) -> HttpResponse:
    """Offer claims that hold all the words, in any order; a chosen one gets its row in the statement's card.

    With `part=name` they are offered by their wording, as for a filter.
    """
    at = study_for(request, slug)
    words = fields.words(request.GET, "q")
    vocabulary = vocabulary_of(CodebookVersion.objects.current_for(at.study))
    found = Claim.objects.in_study(at.study).worded_like(words).with_issue().by_text()
    if request.GET.get("part") == NAME:
        return render(request, OPTIONS, {"options": claim_names(found[:SHOWN], vocabulary)})
    statement = str(_statement_id(request.GET.get("statement", "")))
    options = claim_options(found[:SHOWN], vocabulary, slug, statement)
    if words and at.may(Act.EDIT_VOCABULARY):
        address = reverse("annotations:claim-create", args=[slug])
        query = {"text": words, "statement": statement}
        options.append(creating("claim", words, address, query, f"#new-claim-{statement}"))
    return render(request, OPTIONS, {"options": options})


@require_http_methods(["GET", "HEAD", "POST"])
def claim_create(request: UserRequest, slug: str) -> HttpResponse:
    """Word a claim; the answer is the statement's card with a row for it, in which the stance is asked."""
    sent = request.POST if request.method == "POST" else request.GET
    at = statement_for(request, slug, _statement_id(sent.get("statement", "")), Act.EDIT_SET)
    at.require(Act.EDIT_VOCABULARY)
    if at.statement.annotation_set.state != AnnotationSet.State.OPEN:
        raise SetClosed("This article is marked as done; reopen it, then add the claim.")
    vocabulary = vocabulary_of(CodebookVersion.objects.current_for(at.study))
    if request.method == "POST":
        values, issue = claim_values(sent, vocabulary), fields.words(sent, "issue")
        claim = word_claim(study=at.study, values=values, issue=issue, by=request.user)
        return render_card(request, at, at.statement, opened=True, drafts=[claim])
    context = {
        "study": at.study,
        "role": at.role,
        "statement": at.statement,
        "text": fields.words(sent, "text"),
        "kinds": [label for label in vocabulary.labels.get("claim_kind", {}).values() if not label.retired],
    }
    return fragment(request, "annotations/claim_create.html", "claim-form", context)


@require_safe
def issue_suggest(request: UserRequest, slug: str) -> HttpResponse:
    at = study_for(request, slug)
    found = Issue.objects.in_study(at.study).named_like(fields.words(request.GET, "q"))
    return render(request, OPTIONS, {"options": issue_options(found[:SHOWN])})


def _statement_id(sent: str) -> uuid.UUID:
    try:
        return uuid.UUID(sent)
    except ValueError as error:
        raise NotFound("There is no such statement in this study.") from error
