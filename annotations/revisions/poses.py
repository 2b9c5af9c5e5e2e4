"""Where a statement stands: its set and everything in it that counts code points of the set's text."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from annotations.revisions.anchors import Anchored
from annotations.spans import Span, SpanList, SpanRole
from annotations.statements.checks import GAP
from annotations.statements.models import Statement
from annotations.workload.models import AnnotationSet

Json = dict[str, Any]
PLACE = "place"
"""The field of an event that holds a set and the spans beside a statement's own."""


@dataclass(frozen=True)
class Pose:
    """`said_on`, `chain` and `values` hold the spans of the date, of the links by order, of the values by claim."""

    COLUMNS: ClassVar = ("spans", "start", "end", "quotation", "said_on")

    annotation_set: str
    spans: list[Json]
    said_on: Json | None
    chain: list[list[Json | None]]
    values: dict[str, Json | None]

    @classmethod
    def of(cls, statement: Statement) -> "Pose":
        """Load chain and stances with their claims."""
        return cls(
            annotation_set=str(statement.annotation_set.uid),
            spans=statement.spans,
            said_on=(statement.said_on or {}).get("span"),
            chain=[[link.source, link.cue] for link in statement.chain.all()],
            values={
                str(link.claim.uid): link.value.get("span") for link in statement.stances.all() if link.value
            },
        )

    @classmethod
    def from_event(cls, fields: Mapping[str, Any]) -> "Pose":
        place = fields[PLACE]
        return cls(place["set"], fields["spans"], place["said_on"], place["chain"], place["values"])

    def to_event(self) -> dict[str, Any]:
        """Return the pose as two fields of an event."""
        return {"spans": self.spans, PLACE: self.place}

    def columns(self, statement: Statement) -> dict[str, Any]:
        """Return the columns of the statement's own row, its set apart."""
        content = [span for span in self.spans if span["role"] == SpanRole.CONTENT]
        said_on = statement.said_on
        return {
            "spans": self.spans,
            "start": content[0]["start"],
            "end": content[-1]["end"],
            "quotation": GAP.join(span["text"] for span in content),
            "said_on": {**said_on, "span": self.said_on} if said_on else said_on,
        }

    @property
    def place(self) -> Json:
        return {
            "set": self.annotation_set,
            "said_on": self.said_on,
            "chain": self.chain,
            "values": self.values,
        }

    @property
    def beside(self) -> list[Span]:
        """The spans beside the statement's own, in a fixed order."""
        return [Span.from_json(each) for each in self._slots() if each is not None]

    def _slots(self) -> Iterator[Json | None]:
        yield self.said_on
        for source, cue in self.chain:
            yield source
            yield cue
        yield from (self.values[claim] for claim in sorted(self.values))

    def moved(self, into: AnnotationSet, anchored: Anchored) -> "Pose":
        """Return the pose in another text, every span where it was placed."""
        found = iter(anchored.beside)
        return self.carried(into, anchored.spans, [next(found) if each else None for each in self._slots()])

    def carried(self, into: AnnotationSet, spans: SpanList, beside: list[Span | None]) -> "Pose":
        """Return the pose in another text; of the spans `beside`, one for each slot, those that are None are left out."""
        slots = iter([span.to_json() if span else None for span in beside])
        return Pose(
            annotation_set=str(into.uid),
            spans=spans.to_json(),
            said_on=next(slots),
            chain=[[next(slots), next(slots)] for _ in self.chain],
            values={claim: next(slots) for claim in sorted(self.values)},
        )

    def missing_from(self, other: "Pose") -> list[str]:
        """Return what has a place here and, wholly or in part, none in the other."""
        return sorted(self.parts - other.parts)

    @property
    def parts(self) -> Counter[str]:
        """What has a place beside the content, in words, each as often as it has one."""
        roles = [span["role"] for span in self.spans if span["role"] != SpanRole.CONTENT]
        chain = ["words of the chain" for link in self.chain for span in link if span]
        values = ["words of a value" for span in self.values.values() if span]
        return Counter([*roles, *chain, *values, *(["words of the date"] if self.said_on else [])])

    @property
    def slots(self) -> list[Span | None]:
        return [Span.from_json(each) if each else None for each in self._slots()]
