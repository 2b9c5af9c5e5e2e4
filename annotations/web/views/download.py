"""What a list shows, as a file: by the same filters, in the same order."""

from collections.abc import Generator, Mapping

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from annotations.claims.models import Issue
from annotations.codebook.models import CodebookVersion
from annotations.codebook.vocabulary import Vocabulary, vocabulary_of
from annotations.exchange.downloads import Begun, Export, file_name, headers_of
from annotations.exchange.listed import articles_as_csv, claims_as_csv, speakers_as_csv
from annotations.web.forms.claim import ClaimFilterForm
from annotations.web.forms.speaker import SpeakerFilterForm
from annotations.web.forms.statement_filter import StatementFilterForm
from annotations.web.forms.study import ArticleFilterForm, outlet_choices
from annotations.web.htmx import UserRequest
from annotations.web.lookups import StudyContext, study_for

PLACE = {"sort", "cursor", "page"}
"""What in an address says where in the list one is, not what is kept."""


@require_safe
def statement_download(request: UserRequest, slug: str) -> HttpResponseBase:
    """Send the statements as CSV in the order shown or, with `format=jsonl`, with all that they refer to."""
    at = study_for(request, slug)
    wanted = StatementFilterForm(request.GET, at.study, _vocabulary(at)).wanted
    kept = wanted if wanted.asked else None
    export = (
        Export("jsonl", wanted=kept)
        if request.GET.get("format") == "jsonl"
        else Export("csv", "statements", wanted=kept, sort=wanted.sort)
    )
    return _sent(request, export.pieces(at.study, at.user), export.headers(at.study))


@require_safe
def article_download(request: UserRequest, slug: str) -> HttpResponseBase:
    at = study_for(request, slug)
    form = ArticleFilterForm(request.GET, outlet_choices(at.study))
    pieces = articles_as_csv(at.study, at.user, form.wanted)
    return _sent(request, pieces, _headers(at, "articles", form))


@require_safe
def speaker_download(request: UserRequest, slug: str) -> HttpResponseBase:
    at = study_for(request, slug)
    form = SpeakerFilterForm(request.GET)
    pieces = speakers_as_csv(at.study, at.user, form.wanted)
    return _sent(request, pieces, _headers(at, "speakers", form))


@require_safe
def claim_download(request: UserRequest, slug: str) -> HttpResponseBase:
    at = study_for(request, slug)
    vocabulary = _vocabulary(at)
    form = ClaimFilterForm(request.GET, Issue.objects.in_study(at.study).by_name(), vocabulary)
    pieces = claims_as_csv(at.study, at.user, form.wanted, vocabulary)
    return _sent(request, pieces, _headers(at, "claims", form))


def _vocabulary(at: StudyContext) -> Vocabulary:
    return vocabulary_of(CodebookVersion.objects.current_for(at.study))


def _headers(at: StudyContext, what: str, form: Form) -> Mapping[str, str]:
    asked = {name: form.data[name] for name in form.cleaned_data if name not in PLACE and form.data.get(name)}
    return headers_of(file_name([at.study.slug, what], asked, "csv"), "csv")


def _sent(request: UserRequest, pieces: Generator[bytes], headers: Mapping[str, str]) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    return StreamingHttpResponse(Begun(pieces), headers=headers)
