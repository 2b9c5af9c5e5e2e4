"""Which statements of a study are meant: the one vocabulary of filters, of lists, of pages and of exports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from annotations.claims.models import ClaimQuerySet, bearing_on
from annotations.speakers.models import SpeakerQuerySet
from annotations.statements.models import StatementQuerySet

CODES = ("source_type", "quote_type")
"""The variables by whose labels statements are filtered."""


@dataclass(frozen=True, kw_only=True)
class StatementFilter:
    """What to keep of a study's statements, and in which order; the defaults keep all, in text order.

    Speakers, claims and outlets are whoever was meant by an id or a name: none for a name that nobody has.
    `asked` repeats the parameters in the words in which they were given.
    """

    words: str = ""
    external_id: str = ""
    speakers: SpeakerQuerySet | None = None
    claims: ClaimQuerySet | None = None
    stance: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    outlets: SpeakerQuerySet | None = None
    article: UUID | None = None
    published_after: date | None = None
    published_before: date | None = None
    changed_since: datetime | None = None
    sort: str = "text"
    asked: Mapping[str, str] = field(default_factory=dict)

    def of(self, rows: StatementQuerySet) -> StatementQuerySet:
        """Return those of the statements that are meant."""
        rows = rows.published_between(self.published_after, self.published_before)
        if self.words:
            rows = rows.with_words(self.words)
        if self.external_id:
            rows = rows.named_outside(self.external_id)
        if self.changed_since:
            rows = rows.changed_since(self.changed_since)
        if self.speakers is not None:
            rows = rows.spoken_by_one_of(self.speakers)
        if self.outlets is not None:
            rows = rows.from_one_of(self.outlets)
        if self.article:
            rows = rows.in_article(str(self.article))
        for variable, label in self.codes.items():
            rows = rows.coded(variable, label)
        if self.claims is not None or self.stance:
            rows = bearing_on(rows, claims=self.claims, stance=self.stance or None)
        return rows
