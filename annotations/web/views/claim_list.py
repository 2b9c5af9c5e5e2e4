"""The claims of a study, filtered by the address, with how many statements bear on each and how."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe
from django_htmx.http import replace_url

from annotations.claims.models import Issue
from annotations.claims.overview import claim_table
from annotations.codebook.models import CodebookVersion
from annotations.codebook.vocabulary import vocabulary_of
from annotations.web.cards.tallies import tallies
from annotations.web.forms.claim import ClaimFilterForm
from annotations.web.htmx import UserRequest, fragment, wants_fragment
from annotations.web.lookups import study_for

PAGE = "annotations/claim_list.html"


@require_safe
def claim_list(request: UserRequest, slug: str) -> HttpResponse:
    at = study_for(request, slug)
    vocabulary = vocabulary_of(CodebookVersion.objects.current_for(at.study))
    form = ClaimFilterForm(request.GET, Issue.objects.in_study(at.study).by_name(), vocabulary)
    table = claim_table(at.study, at.user, form.wanted, vocabulary, request.GET.get("cursor"))
    context = {
        "study": at.study,
        "role": at.role,
        "may_annotate": at.may_annotate,
        "here": "claims",
        "form": form,
        "table": table,
        "lines": [
            (line, vocabulary.name_of("claim_kind", line.claim.kind), tallies(line.numbers, vocabulary))
            for line in table.lines
        ],
    }
    response = fragment(request, PAGE, "claims", context)
    return replace_url(response, f"{request.path}{form.query}") if wants_fragment(request) else response
