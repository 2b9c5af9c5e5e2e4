"""A study as a file, streamed."""

from django.http import HttpResponse, StreamingHttpResponse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request

from annotations.api.endpoint import Endpoint
from annotations.api.errors import PROBLEM
from annotations.api.lookups import study_for
from annotations.api.openapi import READS, WHEN
from annotations.api.permissions import user_of
from annotations.exchange.downloads import Begun, Export
from annotations.exchange.tables import TABLES

PROBLEMS = {
    (status, PROBLEM): OpenApiResponse({"$ref": "#/components/schemas/Problem"}, WHEN[status])
    for status in READS
}
JSONL = OpenApiResponse(
    {"type": "string"}, "The file. One that broke off has no trailer line, and a broken last chunk."
)
CSV = OpenApiResponse({"type": "string"}, "One table. One that broke off has a broken last chunk.")


class StudyExport(Endpoint):
    @extend_schema(
        operation_id="study_export",
        summary="Export a study",
        description=(
            "Everything that you may read, as of one moment: JSONL is whole and can be imported again; CSV comes in"
            " tables, one row for each statement and stance link by default, with cells neutralised for spreadsheets."
            " Texts of articles are in the JSONL only where their licence lets them leave."
        ),
        tags=["export"],
        parameters=[
            OpenApiParameter("format", {"enum": ["jsonl", "csv"], "default": "jsonl", "type": "string"}),
            OpenApiParameter(
                "table",
                {"enum": list(TABLES), "default": "statements", "type": "string"},
                description="With csv.",
            ),
        ],
        responses={(200, "application/x-ndjson"): JSONL, (200, "text/csv"): CSV, **PROBLEMS},
    )
    def get(self, request: Request, slug: str) -> StreamingHttpResponse:
        study = study_for(request, slug)
        export = Export.asked(request.query_params.lists())
        pieces = Begun(export.pieces(study, user_of(request)))
        return StreamingHttpResponse(pieces, headers=export.headers(study))

    @extend_schema(exclude=True)
    def head(self, request: Request, slug: str) -> HttpResponse:
        """Answer as GET would, without making the file."""
        study = study_for(request, slug)
        return HttpResponse(headers=Export.asked(request.query_params.lists()).headers(study))
