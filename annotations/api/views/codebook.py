"""The coding scheme that a study works by."""

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.endpoint import Endpoint
from annotations.api.etags import object_answer
from annotations.api.lookups import study_for
from annotations.api.openapi import reading
from annotations.api.serializers.sets import CODEBOOK
from annotations.codebook.models import CodebookVersion
from annotations.exchange.records import codebook_record


class CodebookDetail(Endpoint):
    @reading("codebook", "codebook", "Read the codebook that new sets of a study follow", CODEBOOK)
    def get(self, request: Request, slug: str) -> Response:
        """Answer the newest published version; it never changes, so its id is the tag."""
        study = study_for(request, slug)
        version = CodebookVersion.objects.with_labels().select_related("derived_from").current_for(study)
        return object_answer(request, codebook_record(version), tag=f'"{version.uid}"')
