"""Affiliations with dates, as they are given, and as records and events hold them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from annotations.speakers.models import Affiliation, Speaker

ORDER = ("from", "to", "kind", "role", "body")


@dataclass(frozen=True, kw_only=True)
class Dated:
    """Where a speaker belonged, or for whom it spoke, and when."""

    body: Speaker
    kind: str = Affiliation.Kind.AFFILIATION
    role: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def of(cls, row: Affiliation) -> "Dated":
        return cls(body=row.body, kind=row.kind, role=row.role, since=row.since, until=row.until)

    def to_json(self) -> dict[str, object]:
        return {
            "body": str(self.body.uid),
            "kind": self.kind,
            "role": self.role,
            "from": self.since.isoformat() if self.since else None,
            "to": self.until.isoformat() if self.until else None,
        }


def in_order(dated: Iterable[Dated]) -> list[dict[str, object]]:
    """Return affiliations as records and events hold them: the earliest first, each once."""
    found = {json.dumps(each.to_json()): each.to_json() for each in dated}
    return sorted(found.values(), key=lambda each: [str(each[name] or "") for name in ORDER])


def dated_record(rows: Iterable[Affiliation]) -> list[dict[str, object]]:
    """Return the affiliations of a speaker, loaded with their bodies."""
    return in_order(Dated.of(row) for row in rows)
