"""Change what is said of a claim: its wording, kind, issue, quantity and note."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from annotations.claims.actions import SameWording, describe_claim
from annotations.claims.models import Issue
from annotations.codebook.models import CodebookVersion
from annotations.codebook.vocabulary import Vocabulary, vocabulary_of
from annotations.errors import AnnotationError, StaleEdit
from annotations.permissions import Act
from annotations.web.forms.claim import ClaimEditForm
from annotations.web.forms.faults import show_faults
from annotations.web.htmx import UserRequest, fragment
from annotations.web.lookups import ClaimContext, claim_for

PAGE = "annotations/claim_edit.html"


@require_http_methods(["GET", "HEAD", "POST"])
def claim_edit(request: UserRequest, slug: str, claim: uuid.UUID) -> HttpResponse:
    at = claim_for(request, slug, claim, Act.EDIT_VOCABULARY)
    vocabulary = vocabulary_of(CodebookVersion.objects.current_for(at.study))
    if request.method != "POST":
        initial = ClaimEditForm.initial_of(at.claim)
        return _page(request, at, ClaimEditForm(initial=initial, claim=at.claim, vocabulary=vocabulary))
    form = ClaimEditForm(request.POST, claim=at.claim, vocabulary=vocabulary)
    if not form.is_valid():
        return _page(request, at, form, status=422)
    given = form.cleaned_data
    try:
        describe_claim(
            claim=at.claim,
            expected=given["version"],
            values=form.values,
            issue=given["issue"],
            by=at.user,
        )
    except StaleEdit as error:
        return _stale(request, at, form, vocabulary, error)
    except AnnotationError as error:
        show_faults(form, error)
        same = error.claim if isinstance(error, SameWording) else None
        return _page(request, at, form, {"same": same}, status=error.status)
    messages.success(request, "The claim is saved.")
    return redirect("annotations:claim-detail", slug, claim)


def _stale(
    request: UserRequest, at: ClaimContext, form: ClaimEditForm, vocabulary: Vocabulary, error: StaleEdit
) -> HttpResponse:
    """Show what was typed beside what stands now; saving again overrules it knowingly."""
    theirs = claim_for(request, at.study.slug, at.claim.uid, Act.EDIT_VOCABULARY)
    standing, typed = ClaimEditForm.initial_of(theirs.claim), form.cleaned_data
    changed = [
        (form[name].label, standing[name])
        for name in form.fields
        if name != "version" and standing[name] != typed[name]
    ]
    initial = {**typed, "version": theirs.claim.version}
    again = ClaimEditForm(initial=initial, claim=theirs.claim, vocabulary=vocabulary)
    return _page(request, theirs, again, {"problem": error, "theirs": changed}, status=409)


def _page(
    request: UserRequest,
    at: ClaimContext,
    form: ClaimEditForm,
    more: dict[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "study": at.study,
        "role": at.role,
        "claim": at.claim,
        "here": "claims",
        "form": form,
        "issues": Issue.objects.in_study(at.study).by_name(),
        **(more or {}),
    }
    return fragment(request, PAGE, "edit", context, status=status)
