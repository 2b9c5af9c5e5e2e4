"""What a stance link may be told, and the check against codebook, study and text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotations.claims.models import Claim, StanceLink
from annotations.codebook.vocabulary import Vocabulary, vocabulary_of
from annotations.errors import Invalid
from annotations.spans import Span
from annotations.statements.models import Statement
from annotations.workload.models import AnnotationSet

OPERATORS = ("=", ">", ">=", "<", "<=", "~", "range")


@dataclass(frozen=True, kw_only=True)
class Value:
    """A number as said: `~` and `range` run from `number` to `number_high`; the words stand in `as_written`."""

    op: str
    number: int | float
    number_high: int | float | None = None
    as_written: str = ""
    span: Span | None = None

    def check(self, where: str) -> None:
        if self.op not in OPERATORS:
            raise Invalid.field(
                f"{where}.op", f"{self.op!r} is no operator; use one of {', '.join(OPERATORS)}."
            )
        for name in ("number", "number_high"):
            number = getattr(self, name)
            if number is not None and not _is_number(number):
                raise Invalid.field(f"{where}.{name}", "must be a finite number.")
        if self.number_high is not None and self.op not in {"~", "range"}:
            raise Invalid.field(f"{where}.number_high", "belongs to ~ and range only; leave it out.")
        if self.op == "range" and self.number_high is None:
            raise Invalid.field(f"{where}.number_high", "A range needs its upper end.")
        if self.number_high is not None and self.number_high < self.number:
            raise Invalid.field(
                f"{where}.number_high", "The upper end lies below the lower one; swap the two."
            )

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Value":
        span = Span.from_json(value["span"]) if value.get("span") else None
        return cls(**{**value, "span": span})

    def to_json(self) -> dict[str, object]:
        return {
            "op": self.op,
            "number": self.number,
            "number_high": self.number_high,
            "as_written": self.as_written,
            "span": self.span.to_json() if self.span else None,
        }


@dataclass(frozen=True, kw_only=True)
class Stance:
    """How a statement bears on a claim."""

    claim: Claim
    stance: str
    commitment: str = ""
    explicit: bool = True
    presupposed: bool = False
    label: str | None = None
    note: str = ""
    value: Value | None = None

    @classmethod
    def from_row(cls, row: StanceLink) -> "Stance":
        return cls(
            claim=row.claim,
            stance=row.stance,
            commitment=row.commitment,
            explicit=row.explicit,
            presupposed=row.presupposed,
            label=row.label,
            note=row.note,
            value=Value.from_json(row.value) if row.value else None,
        )

    def to_row(self) -> dict[str, Any]:
        """Return the columns of a `StanceLink`."""
        return {
            "claim": self.claim,
            "stance": self.stance,
            "commitment": self.commitment,
            "explicit": self.explicit,
            "presupposed": self.presupposed,
            "label": self.label,
            "note": self.note,
            "value": self.value.to_json() if self.value else None,
        }

    def to_json(self) -> dict[str, Any]:
        return {**self.to_row(), "claim": str(self.claim.uid)}


def links_of_stances(statement: Statement, stances: Sequence[Stance]) -> list[StanceLink]:
    """Return the rows of a statement's stances, ready to be inserted."""
    return [
        StanceLink(statement=statement, order=order, **stance.to_row())
        for order, stance in enumerate(stances)
    ]


def checked_stances(into: AnnotationSet, stances: Sequence[Stance]) -> list[Stance]:
    """Return the stances with the words of their values read from the text; refuse what does not fit."""
    vocabulary = vocabulary_of(into.codebook)
    seen: set[int] = set()
    out = []
    for i, stance in enumerate(stances):
        if stance.claim.pk in seen:
            raise Invalid.field(
                f"stances[{i}].claim", "This claim is linked twice; one statement takes one stance on it."
            )
        seen.add(stance.claim.pk)
        out.append(_checked(into, stance, f"stances[{i}]", vocabulary))
    return out


def _checked(into: AnnotationSet, stance: Stance, where: str, vocabulary: Vocabulary) -> Stance:
    if stance.claim.study_id != into.article.study_id:
        raise Invalid.field(f"{where}.claim", "There is no such claim in this study.")
    vocabulary.label("stance", stance.stance, f"{where}.stance")
    if stance.commitment:
        vocabulary.label("commitment", stance.commitment, f"{where}.commitment")
    if len(stance.label or "") > 300:
        raise Invalid.field(f"{where}.label", "The naming word is longer than 300 characters; shorten it.")
    if stance.value is None:
        return stance
    if _comparison(stance.claim, vocabulary) != "quantity":
        raise Invalid.field(
            f"{where}.value", "Only a quantity claim takes a value; this claim is of another kind."
        )
    stance.value.check(f"{where}.value")
    span = (
        stance.value.span.read_from(into.article.text, f"{where}.value.span") if stance.value.span else None
    )
    return replace(stance, value=replace(stance.value, span=span))


def _comparison(claim: Claim, vocabulary: Vocabulary) -> str:
    label = vocabulary.labels.get("claim_kind", {}).get(claim.kind)
    return label.comparison if label else ""


def _is_number(value: object) -> bool:
    """Tell whether the value is a number below 10^15 in size; neither NaN nor an infinity is."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15
