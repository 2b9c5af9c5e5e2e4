"""The filters of statements, for every list and file of them."""

from collections.abc import Mapping
from typing import Any

from rest_framework.request import Request

from annotations.api import filters
from annotations.api.filters import Filter, label_known, read_filters
from annotations.claims.models import Claim
from annotations.codebook.models import CodebookVersion
from annotations.codebook.vocabulary import vocabulary_of
from annotations.coding.filtering import CODES, StatementFilter
from annotations.speakers.models import Speaker
from annotations.studies.models import Study

OF_ARTICLE = (
    filters.SPEAKER,
    filters.CLAIM,
    filters.STANCE,
    filters.SOURCE_TYPE,
    filters.QUOTE_TYPE,
    filters.CHANGED_SINCE,
    filters.EXTERNAL_ID,
    filters.q("Words of the content"),
)
OF_STUDY = (
    *OF_ARTICLE,
    filters.OUTLET,
    filters.ARTICLE,
    filters.PUBLISHED_AFTER,
    filters.PUBLISHED_BEFORE,
)


def statements_asked(
    request: Request, study: Study, known: tuple[Filter, ...], *besides: Filter, paged: bool = True
) -> tuple[StatementFilter, Mapping[str, Any]]:
    """Return the statements that the query asks for, and what it gives of the parameters `besides`."""
    asked = read_filters(request, (*known, *besides), paged=paged)
    _check_labels(asked, study)
    wanted = StatementFilter(
        words=asked.get("q", ""),
        external_id=asked.get("external_id", ""),
        speakers=Speaker.objects.with_uid(asked["speaker"]) if "speaker" in asked else None,
        claims=Claim.objects.with_uid(asked["claim"]) if "claim" in asked else None,
        stance=asked.get("stance", ""),
        codes={name: asked[name] for name in CODES if name in asked},
        outlets=Speaker.objects.with_uid(asked["outlet"]) if "outlet" in asked else None,
        article=asked.get("article"),
        published_after=asked.get("published_after"),
        published_before=asked.get("published_before"),
        changed_since=asked.get("changed_since"),
        asked={one.name: request.query_params[one.name] for one in known if one.name in asked},
    )
    return wanted, {one.name: asked[one.name] for one in besides if one.name in asked}


def _check_labels(asked: Mapping[str, Any], study: Study) -> None:
    """Refuse labels that the study's codebook does not have: a misspelt one would answer nothing, in silence."""
    given = {"stance", *CODES} & asked.keys()
    if not given:
        return
    vocabulary = vocabulary_of(CodebookVersion.objects.current_for(study))
    for variable in given:
        label_known(variable, asked[variable], vocabulary.labels.get(variable, {}))
