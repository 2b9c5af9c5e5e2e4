"""What statements are about to name, looked up for all of them in one query a kind."""

import uuid
from collections.abc import Iterator, Sequence
from functools import cached_property

from annotations.rows import chunks
from annotations.speakers.models import Speaker
from annotations.statements.changes import KEPT, StatementChanges
from annotations.statements.models import Statement
from annotations.workload.models import AnnotationSet


class Named:
    """What is there of all that some statements of a study name; external ids are asked for set by set."""

    def __init__(self, study_id: int, changes: Sequence[StatementChanges]) -> None:
        self.study_id = study_id
        self.changes = changes
        self._holders: dict[int, dict[str | None, int | None]] = {}

    @cached_property
    def speakers(self) -> frozenset[str]:
        """The public ids that spans name, as far as they are those of speakers."""
        spans = (each.spans for each in self.changes if each.spans is not KEPT)
        ids = {item.speaker for each in spans for item in each if item.speaker and _is_id(item.speaker)}
        rows = Speaker.objects.within(self.study_id)
        found = (rows.filter(uid__in=some).values_list("uid", flat=True) for some in chunks(ids))
        return frozenset(str(uid) for uids in found for uid in uids)

    @cached_property
    def statements(self) -> frozenset[int]:
        """Those of the statements to which others are said to stand in relation."""
        keys = {other.pk for others in self._relations() for other in others}
        rows = Statement.objects.within(self.study_id)
        found = (rows.among(some).values_list("pk", flat=True) for some in chunks(keys))
        return frozenset(key for keys in found for key in keys)

    def is_taken(self, into: AnnotationSet, external_id: str, *, besides: Statement | None) -> bool:
        """Tell whether another present statement of the set has this external id."""
        held = self._held_in(into)
        return external_id in held and (besides is None or held[external_id] != besides.pk)

    def take(self, into: AnnotationSet, external_id: str) -> None:
        """Know of an external id that one of the statements is going to have."""
        self._held_in(into)[external_id] = None

    def _held_in(self, into: AnnotationSet) -> dict[str | None, int | None]:
        if into.pk not in self._holders:
            ids = {each.external_id for each in self.changes if each.external_id not in {KEPT, None, ""}}
            rows = Statement.objects.present().filter(annotation_set=into.pk, external_id__in=ids)
            self._holders[into.pk] = dict(rows.values_list("external_id", "pk"))
        return self._holders[into.pk]

    def _relations(self) -> Iterator[Sequence[Statement]]:
        for each in self.changes:
            if each.restates is not KEPT:
                yield each.restates
            if each.replies_to is not KEPT:
                yield each.replies_to


def _is_id(name: str) -> bool:
    try:
        return str(uuid.UUID(name)) == name
    except ValueError:
        return False
