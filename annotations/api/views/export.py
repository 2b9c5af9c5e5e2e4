"""A study as a file, streamed."""

from dataclasses import asdict

from django.http import HttpResponse, StreamingHttpResponse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.endpoint import Endpoint
from annotations.api.filters import Filter
from annotations.api.lookups import study_for
from annotations.api.openapi import READS, asked, described, problems
from annotations.api.permissions import require, user_of
from annotations.api.shapes import Choice, Field, Table, Text, Whole, answer
from annotations.api.statement_filters import OF_STUDY, statements_asked
from annotations.exchange.downloads import CONTENT_TYPES, NAMES, Begun, Export
from annotations.exchange.manifest import manifest_of
from annotations.exchange.tables import TABLES
from annotations.permissions import Act
from annotations.studies.models import Study


class Offered(Choice):
    """A choice as the document names it; what is none of it is refused by `Export`, with a code of its own."""

    def read(self, value: object, where: str) -> str:
        return str(value)


FORMAT = Filter("format", Offered(tuple(CONTENT_TYPES)), "jsonl if not given.")
TABLE = Filter("table", Offered(tuple(TABLES)), "With csv; statements if not given.")
NAMED = Filter(
    "names",
    Offered(NAMES),
    "role, if not given, has private speakers go by their role, without aliases; private has them go by their"
    " names all the same, for managers.",
)
PARAMETERS = asked((FORMAT, TABLE, NAMED, *OF_STUDY))
FILTERED = (
    " The filters are those of the study's list of statements: the file then holds the statements that the list shows,"
    " and the articles, sets, speakers, claims and so on that they refer to; it can be imported by itself."
)
MANIFEST = answer(
    "Manifest",
    {
        "file": Field(Text(), "Name of the file."),
        "size": Field(Whole(high=2**63 - 1), "In bytes."),
        "sha256": Field(Text()),
        "counts": Field(
            Table(Whole()),
            "Lines by type in JSONL, rows without the header in CSV, annotations and losses else.",
        ),
    },
)
JSONL = OpenApiResponse(
    {"type": "string"}, "The file. One that broke off has no trailer line, and a broken last chunk."
)
CSV = OpenApiResponse({"type": "string"}, "One table. One that broke off has a broken last chunk.")

LD = OpenApiResponse(
    {"type": "object"},
    "A W3C annotation collection; its last line counts annotations and what has no place in it.",
)


class StudyExport(Endpoint):
    @extend_schema(
        operation_id="study_export",
        summary="Export a study",
        description=(
            "Everything that you may read, as of one moment: JSONL is whole and can be imported again; CSV comes in"
            " tables, one row for each statement and stance link by default, with cells neutralised for spreadsheets."
            " Texts of articles are in the JSONL only where their licence lets them leave." + FILTERED
        ),
        tags=["export"],
        parameters=PARAMETERS,
        responses={
            (200, "application/x-ndjson"): JSONL,
            (200, "text/csv"): CSV,
            (200, "application/ld+json"): LD,
            **problems(*READS, 403),
        },
    )
    def get(self, request: Request, slug: str) -> StreamingHttpResponse:
        study = study_for(request, slug)
        export = _export_asked(request, study)
        pieces = Begun(export.pieces(study, user_of(request)))
        return StreamingHttpResponse(pieces, headers=export.headers(study))

    @extend_schema(exclude=True)
    def head(self, request: Request, slug: str) -> HttpResponse:
        """Answer as GET would, without making the file."""
        study = study_for(request, slug)
        return HttpResponse(headers=_export_asked(request, study).headers(study))


class StudyManifest(Endpoint):
    @extend_schema(
        operation_id="study_export_manifest",
        summary="Read size, hash and counts of an export",
        description=(
            "The export is made and measured, not sent, so this takes as long as the download. As long as nothing is"
            " changed in the study, the file of the same parameters has these bytes."
        ),
        tags=["export"],
        parameters=PARAMETERS,
        responses={200: OpenApiResponse(described(MANIFEST)), **problems(*READS, 403)},
    )
    def get(self, request: Request, slug: str) -> Response:
        study = study_for(request, slug)
        export = _export_asked(request, study)
        return Response(asdict(manifest_of(export, study, user_of(request))))


def _export_asked(request: Request, study: Study) -> Export:
    """Return what the query asks for, filters and all; anything else in it is refused."""
    wanted, given = statements_asked(request, study, OF_STUDY, FORMAT, TABLE, NAMED, paged=False)
    export = Export(
        given.get("format", "jsonl"),
        given.get("table"),
        wanted if wanted.asked else None,
        names=given.get("names", ""),
    )
    if export.shows_private_names:
        require(request, Act.EXPORT_NAMES, study, study)
    return export
