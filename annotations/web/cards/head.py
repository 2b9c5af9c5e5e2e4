"""What a closed card says of its statement, as plain values: read for a whole set, or taken from a full card.

A thousand of them may stand on one page. Rows of the ORM, each with its speaker, codes, chain and claims, would
take most of that page's time, so these are read as columns.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from annotations.claims.models import StanceLink
from annotations.codebook.vocabulary import Vocabulary
from annotations.prepared import Prepared
from annotations.spans import SpanRole
from annotations.statements.models import ChainLink, Code, Statement
from annotations.workload.models import AnnotationSet

SIGNS = {"support": "+", "oppose": "−", "neutral": "○", "mixed": "±", "unclear": "?"}
POLARITIES = {1: "support", -1: "oppose", 0: "neutral"}
SHORT = 44
"""Characters of a claim that a chip shows."""


def kind_of(vocabulary: Vocabulary, stance: str) -> str:
    """Return how a stance is drawn; by its polarity, so that a codebook may rename and add labels."""
    label = vocabulary.labels.get("stance", {}).get(stance)
    polarity = label.polarity if label else None
    if polarity is None:
        return "mixed" if stance == "mixed" else "unclear"
    return POLARITIES[polarity]


def shortened(words: str, limit: int = SHORT) -> str:
    """Cut at a word near `limit` and say so with an ellipsis."""
    if len(words) <= limit:
        return words
    head, _, _ = words[:limit].rpartition(" ")
    return (head or words[: limit - 1]).rstrip(" ,.;:") + "…"


class Chip(NamedTuple):
    """A word about the statement; a stance has its `kind` (colour and line) and its sign."""

    words: str
    kind: str = ""
    sign: str = ""
    name: str = ""
    whole: str = ""


class Hand(NamedTuple):
    """One hand of the chain, by name."""

    name: str
    uncertain: bool


class Said(NamedTuple):
    """How the statement bears on a claim, as far as a chip tells; `value` is the number as said."""

    claim: str
    stance: str
    label: str | None
    value: Mapping[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class Head:
    """The closed card; `speaker`, `role` and `affiliation` are empty where there is none."""

    vocabulary: Vocabulary
    uid: str
    version: int
    start: int
    end: int
    spans: Sequence[Mapping[str, Any]]
    voice: str
    n_flags: int
    speaker: str
    role: str
    affiliation: str
    codes: Mapping[str, str]
    chain: Sequence[Hand]
    stances: Sequence[Said]

    @property
    def who(self) -> str:
        """The speaker's name; empty for a statement that has none yet."""
        return self.speaker or ("The outlet itself" if self.voice == Statement.Voice.AUTHOR else "")

    @property
    def about(self) -> str:
        """Role and affiliation, short; an affiliation that the role names already is left out."""
        role = shortened(self.role, 60)
        affiliation = self.affiliation if self.affiliation not in role else ""
        return ", ".join(part for part in (role, affiliation) if part)

    @property
    def quote(self) -> str:
        """The words, segments joined by an ellipsis."""
        return " … ".join(span["text"] for span in self.spans if span["role"] == SpanRole.CONTENT)

    @cached_property
    def stance_kinds(self) -> list[str]:
        return [kind_of(self.vocabulary, each.stance) for each in self.stances]

    @property
    def stance(self) -> str:
        """How its marks are drawn: the first stance's kind, mixed for several that differ, none for none."""
        kinds = set(self.stance_kinds)
        if len(kinds) > 1:
            return "mixed"
        return self.stance_kinds[0] if kinds else "none"

    @property
    def places(self) -> str:
        """Role, start and end of every span, as JSON; code points."""
        spans = [[span["role"], span["start"], span["end"]] for span in self.spans]
        return json.dumps(spans, separators=(",", ":"))

    @property
    def chips(self) -> list[Chip]:
        chips = [self._chip(each, kind) for each, kind in zip(self.stances, self.stance_kinds, strict=True)]
        chips += [
            Chip(self.vocabulary.name_of(variable.slug, self.codes[variable.slug]), whole=variable.name)
            for variable in self.vocabulary.unfolded
            if variable.slug in self.codes
        ]
        n = self.n_flags
        return [*chips, Chip(f"{n} flag{'' if n == 1 else 's'}")] if n else chips

    def _chip(self, each: Said, kind: str) -> Chip:
        number = each.value
        said = number.get("as_written") or f"{number['number']:g}" if number else each.label or ""
        words = shortened(each.claim.rstrip("."))
        name = self.vocabulary.name_of("stance", each.stance)
        return Chip(f"{words}: {said}" if said else words, kind, SIGNS[kind], name, each.claim)


_ROWS = Prepared(
    lambda into: Statement.objects.filter(annotation_set=into).present().in_text_order().as_heads(), int
)
_CODES = Prepared(
    lambda into: Code.objects.of_set(into).values_list("statement_id", "variable__slug", "label__slug"), int
)
_HANDS = Prepared(
    lambda into: ChainLink.objects.of_set(into).values_list("statement_id", "speaker__name", "uncertain"), int
)
_STANCES = Prepared(
    lambda into: StanceLink.objects.of_set(into).values_list(
        "statement_id", "claim__text", "stance", "label", "value"
    ),
    int,
)


def heads_of(shown: AnnotationSet, vocabulary: Vocabulary) -> list[Head]:
    """Return the closed cards of a set in text order, in four queries."""
    parts = Parts(*(grouped(read(shown.pk)) for read in (_CODES, _HANDS, _STANCES)))
    return [head_of(row, vocabulary, parts) for row in _ROWS(shown.pk)]


Rows = Mapping[int, Sequence[tuple[Any, ...]]]


class Parts(NamedTuple):
    """What belongs to statements, by their keys; the hands are left out where no chain is shown."""

    codes: Rows
    hands: Rows
    stances: Rows


def head_of(row: Mapping[str, Any], vocabulary: Vocabulary, parts: Parts) -> Head:
    """Return the closed card of a row that was read `as_heads`."""
    key = row["pk"]
    return Head(
        vocabulary=vocabulary,
        uid=str(row["uid"]),
        version=row["version"],
        start=row["start"],
        end=row["end"],
        spans=row["spans"],
        voice=row["voice"],
        n_flags=len(row["flags"]),
        speaker=row["speaker__name"] or "",
        role=row["speaker__role"] or "",
        affiliation=row["speaker__affiliation__name"] or "",
        codes=dict(parts.codes.get(key, ())),
        chain=[Hand(*hand) for hand in parts.hands.get(key, ())],
        stances=[Said(*said) for said in parts.stances.get(key, ())],
    )


def grouped(rows: Iterable[tuple[Any, ...]]) -> Mapping[int, list[tuple[Any, ...]]]:
    """Return rows by their first column, in the order in which they come."""
    found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row[1:])
    return found
