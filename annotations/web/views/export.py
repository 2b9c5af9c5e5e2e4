"""Take a study out of here: which files there are, and the download itself."""

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.exchange.downloads import Begun, Export, contents_of
from annotations.exchange.tables import TABLES
from annotations.permissions import Act
from annotations.speakers.models import Speaker
from annotations.web.htmx import UserRequest
from annotations.web.lookups import study_for

FILES = (
    ("jsonl", "Everything, as JSONL", "Whole and exact, with sources, chains, claims and verdicts; can be imported again."),
    ("webannotation", "Statements, as Web Annotations", "JSON-LD of the W3C model, for tools that anchor quotations in texts; says what it leaves out."),
    ("statements", "Statements, as CSV", "One row for each statement and each claim it bears on: for R and spreadsheets."),
    ("spans", "Spans, as CSV", "Every marked stretch of text with its role and offsets."),
    ("chain", "Source chains, as CSV", "From the original speaker to the publisher, one row a link."),
    ("codes", "Codes and flags, as CSV", "One row for each label that a statement has."),
    ("speakers", "Speakers, as CSV", "Names, types, roles, affiliations and sides."),
    ("claims", "Claims, as CSV", "Wording, kind, issue, measure and unit."),
)  # fmt: skip
"""What can be downloaded: the name in the address, the name on the page, what is in it."""


@require_safe
def export_detail(request: UserRequest, slug: str) -> HttpResponse:
    at = study_for(request, slug)
    context = {
        "study": at.study,
        "role": at.role,
        "here": "export",
        "files": FILES,
        "may_name": at.may(Act.EXPORT_NAMES)
        and Speaker.objects.in_study(at.study).filter(private=True).exists(),
        "contents": contents_of(at.study, at.user),
    }
    return render(request, "annotations/export_detail.html", context)


@require_safe
def export_download(request: UserRequest, slug: str) -> HttpResponseBase:
    """Stream the chosen file; what goes wrong before its first byte is a page, what goes wrong later breaks it off."""
    at = study_for(request, slug)
    chosen = request.GET.get("file", "jsonl")
    names = request.GET.get("names", "")
    format_, table = ("csv", chosen) if chosen in TABLES else (chosen, None)
    export = Export(format_, table, names=names)
    if export.shows_private_names:
        at.require(Act.EXPORT_NAMES)
    headers = export.headers(at.study)
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    return StreamingHttpResponse(Begun(export.pieces(at.study, at.user)), headers=headers)
