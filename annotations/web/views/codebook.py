"""The codebook of a study, whole, to read and to print."""

from collections.abc import Mapping
from types import MappingProxyType

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.codebook.models import CodebookVersion
from annotations.codebook.scheme import SCOPES, Variable
from annotations.codebook.stored import scheme_of
from annotations.web.htmx import UserRequest
from annotations.web.lookups import study_for

ASKED: Mapping[str, str] = MappingProxyType(
    {
        "statement_voice": "Of a statement: its voice",
        "statement": "Of a statement",
        "statement_flag": "Of a statement: flags",
        "chain": "Of a link of the chain",
        "mention": "Of a mention",
        "stance": "Of a stance on a claim",
        "claim": "Of a claim",
        "claim_relation": "Of two claims",
        "conflict": "Of a pair of statements",
    }
)


@require_safe
def codebook_detail(request: UserRequest, slug: str) -> HttpResponse:
    at = study_for(request, slug)
    version = CodebookVersion.objects.with_labels().current_for(at.study)
    scheme = scheme_of(version)
    parts = [(ASKED[scope], [v for v in scheme.variables if v.scope == scope]) for scope in SCOPES]
    context: dict[str, object] = {
        "study": at.study,
        "role": at.role,
        "here": "codebook",
        "version": version,
        "scheme": scheme,
        "parts": [part for part in parts if part[1]],
        "n_labels": sum(map(_n_labels, scheme.variables)),
    }
    return render(request, "annotations/codebook_detail.html", context)


def _n_labels(variable: Variable) -> int:
    return len(variable.labels)
