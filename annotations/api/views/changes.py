"""What has changed in a study since a program asked last."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api import lookups
from annotations.api.endpoint import Endpoint, Record
from annotations.api.filters import PAGE_SIZE, Filter, read_filters
from annotations.api.lookups import study_for
from annotations.api.openapi import following
from annotations.api.pagination import DEFAULT_SIZE, address_with
from annotations.api.permissions import user_of
from annotations.api.serializers.articles import ARTICLE_SUMMARY, summary_answer
from annotations.api.serializers.claims import CLAIM, ISSUE, RELATION, claim_answer
from annotations.api.serializers.sets import SET
from annotations.api.serializers.speakers import SPEAKER, speaker_answer
from annotations.api.serializers.statements import STATEMENT, statement_answer
from annotations.api.shapes import (
    MOMENT,
    UID,
    Choice,
    Field,
    Many,
    Null,
    Schema,
    Shape,
    Text,
    Truth,
    Whole,
    answer,
)
from annotations.exchange.numerous import set_record
from annotations.exchange.records import issue_record, moment, relation_record
from annotations.feed.pages import Change, changes_of
from annotations.rows import StudyRows
from annotations.studies.models import Study

SINCE = Filter(
    "since", Text(longest=2000, blank=False), "The `cursor` of the page before; without it everything comes."
)
SHAPES: Mapping[str, tuple[Any, Callable[[Any], Record], Callable[[Request], Any]]] = {
    "issue": (ISSUE, issue_record, lookups.issues),
    "speaker": (SPEAKER, speaker_answer, lookups.speakers),
    "claim": (CLAIM, claim_answer, lookups.claims),
    "claim_relation": (RELATION, relation_record, lookups.relations),
    "article": (ARTICLE_SUMMARY, summary_answer, lookups.articles),
    "set": (SET, set_record, lookups.sets),
    "statement": (STATEMENT, statement_answer, lookups.statements),
}


class Thing(Shape):
    """An object of one of the types, or null."""

    def read(self, value: object, where: str) -> object:
        return value

    def schema(self) -> Schema:
        return {"anyOf": [*(shape.schema() for shape in self.inner()), {"type": "null"}]}

    def inner(self) -> Iterable[Shape]:
        return [shape for shape, _, _ in SHAPES.values()]


CHANGE = answer(
    "Change",
    {
        "type": Field(Choice(tuple(SHAPES))),
        "id": Field(UID),
        "version": Field(Null(Whole(low=1)), "null where nothing is left that could have one."),
        "at": Field(MOMENT, "When it was changed; in the first copy, when it was changed last."),
        "deleted": Field(Truth(), "It is gone; a set takes its statements along, an article its sets."),
        "object": Field(Thing(), "As it stands now; articles without text. null if it is gone."),
    },
)
CHANGES = answer(
    "ChangesPage",
    {
        "next": Field(Text(null_is_empty=True), "Address of what follows; null if that was all for now."),
        "previous": Field(Text(null_is_empty=True), "Always null: a feed goes one way."),
        "cursor": Field(Text(), "Keep it, and ask with `since` when you want to know what has changed."),
        "results": Field(Many(CHANGE, most=500)),
    },
)
MORE = (
    "Without `since` everything that you may read comes, then what has changed; with the `cursor` of a page, what has"
    " changed since. Each entry tells how an object stands now, so the last one of an id is right, and what comes twice"
    " does no harm. Nothing is left out, however many write at the same time; what is still being written comes later."
)


class StudyChanges(Endpoint):
    @following(
        "changes", "study_changes", "Follow the changes of a study", CHANGES, (SINCE, PAGE_SIZE), more=MORE
    )
    def get(self, request: Request, slug: str) -> Response:
        study = study_for(request, slug)
        asked = read_filters(request, (SINCE, PAGE_SIZE), paged=False)
        visible = {kind: partial(_rows, request, study, rows) for kind, (_, _, rows) in SHAPES.items()}
        size = asked.get("page_size", DEFAULT_SIZE)
        found = changes_of(study, user_of(request), visible, asked.get("since"), size)
        return Response(
            {
                "next": address_with(request, since=found.cursor) if found.more else None,
                "previous": None,
                "cursor": found.cursor,
                "results": [_entry(change) for change in found.entries],
            }
        )


def _rows(request: Request, study: Study, rows: Callable[[Request], Any]) -> StudyRows[Any]:
    found: StudyRows[Any] = rows(request).in_study(study)
    return found


def _entry(change: Change) -> Record:
    record = SHAPES[change.kind][1]
    return {
        "type": change.kind,
        "id": change.uid,
        "version": change.version,
        "at": moment(change.at),
        "deleted": change.row is None,
        "object": record(change.row) if change.row else None,
    }
