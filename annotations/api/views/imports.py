"""An own JSONL file into a study, over the API."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO, Final

from django.conf import settings
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.endpoint import Endpoint
from annotations.api.filters import Filter, read_filters
from annotations.api.lookups import study_for
from annotations.api.openapi import asked, described, problems
from annotations.api.parsers import TooLarge
from annotations.api.permissions import user_of
from annotations.api.shapes import Choice, Field, Many, Table, Text, Truth, Whole, answer
from annotations.exchange.dataset.actions import import_dataset
from annotations.permissions import Act

PIECE: Final = 1024 * 1024
YES_OR_NO = Choice(("true", "false"))
FILTERS = (
    Filter("dry_run", YES_OR_NO, "`true` checks the whole file and imports nothing."),
    Filter(
        "new_ids", YES_OR_NO, "`true` gives everything a new id, so that a file can come in beside itself."
    ),
)
REPORT = answer(
    "ImportReport",
    {
        "imported": Field(Truth(), "False for a dry run."),
        "counts": Field(Table(Whole()), "Lines of the file by type."),
        "notes": Field(Many(Text()), "What is worth knowing, though it was no fault."),
    },
)


class StudyImport(Endpoint):
    @extend_schema(
        operation_id="study_import",
        summary="Import a JSONL file into a study",
        description=(
            "The body is the file, as an export gives it; all of it is imported, or nothing. A study that is empty"
            " becomes what the file's was. Faults are named by line and column. Texts that the file does not carry"
            " cannot be sent beside it: use the command `import_dataset` with `--texts`."
        ),
        tags=["export"],
        parameters=asked(FILTERS),
        request={"application/x-ndjson": {"type": "string", "format": "binary"}},
        responses={
            200: OpenApiResponse(described(REPORT)),
            **problems(400, 401, 403, 404, 409, 413, 422, 429),
        },
    )
    def post(self, request: Request, slug: str) -> Response:
        study = study_for(request, slug, Act.MANAGE_STUDY)
        told = read_filters(request, FILTERS, paged=False)
        with _on_disk(request) as file:
            done = import_dataset(
                file=file,
                slug=study.slug,
                by=user_of(request),
                new_ids=told.get("new_ids") == "true",
                dry_run=told.get("dry_run") == "true",
            )
        return Response({"imported": done.study is not None, "counts": done.counts, "notes": done.notes})


@contextmanager
def _on_disk(request: Request) -> Iterator[BinaryIO]:
    """Write the body to a file that is gone at the end; it is never held in memory whole."""
    limit, size = settings.IMPORT_MAX_SIZE, 0
    with TemporaryFile() as file:
        while piece := request.stream.read(PIECE) if request.stream is not None else b"":
            size += len(piece)
            if size > limit:
                raise TooLarge(
                    f"The file is larger than {limit:,} bytes; import it by the command import_dataset."
                )
            file.write(piece)
        file.seek(0)
        yield file
