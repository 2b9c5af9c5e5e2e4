"""What the card of a statement says: a read model of what was loaded, so that its template never queries."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from annotations.claims.models import Claim
from annotations.claims.stances import Stance
from annotations.codebook.vocabulary import Vocabulary
from annotations.spans import SpanRole
from annotations.statements.changes import KEPT, Link, StatementChanges
from annotations.statements.models import Statement

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


@dataclass(frozen=True)
class Chip:
    """A word about the statement; a stance has its `kind` (colour and line) and its sign."""

    words: str
    kind: str = ""
    sign: str = ""
    name: str = ""
    whole: str = ""


@dataclass(frozen=True)
class Card:
    """The statement's row with codes, chain and stances as plain values."""

    statement: Statement
    vocabulary: Vocabulary
    codes: Mapping[str, str]
    chain: Sequence[Link]
    stances: Sequence[Stance]

    @classmethod
    def of(cls, statement: Statement, vocabulary: Vocabulary) -> "Card":
        """Read a statement loaded with codes, chain and stances."""
        return cls(
            statement=statement,
            vocabulary=vocabulary,
            codes={code.variable.slug: code.label.slug for code in statement.codes.all()},
            chain=[Link.from_row(row) for row in statement.chain.all()],
            stances=[Stance.from_row(row) for row in statement.stances.all()],
        )

    def after(self, changes: StatementChanges) -> "Card":
        """Return the card as it stands once `changes` are written; the row itself holds its columns."""
        card = self
        if changes.codes is not KEPT:
            merged = {**self.codes, **changes.codes}
            card = replace(card, codes={slug: label for slug, label in merged.items() if label is not None})
        if changes.chain is not KEPT:
            card = replace(card, chain=list(changes.chain))
        elif changes.speaker is not KEPT and changes.speaker is not None:
            speaker = changes.speaker
            first = [
                replace(link, speaker=speaker) if link.role == "original" else link for link in self.chain[:1]
            ]
            card = replace(card, chain=[*first, *self.chain[1:]])
        return card

    def stance_on(self, claim: str) -> Stance | None:
        """Return the stance taken on the claim of this public id."""
        return next((each for each in self.stances if str(each.claim.uid) == claim), None)

    def with_stance(self, stance: Stance) -> "Card":
        """Return the card with a stance taken: in place of the one on the same claim, else at the end."""
        known = any(each.claim.pk == stance.claim.pk for each in self.stances)
        changed = [stance if each.claim.pk == stance.claim.pk else each for each in self.stances]
        return replace(self, stances=changed if known else [*changed, stance])

    def without_stance(self, claim: Claim) -> "Card":
        return replace(self, stances=[each for each in self.stances if each.claim.pk != claim.pk])

    @property
    def uid(self) -> str:
        return str(self.statement.uid)

    @property
    def who(self) -> str:
        """The speaker's name; empty for a statement that has none yet."""
        speaker = self.statement.speaker
        if speaker:
            return speaker.name
        return "The outlet itself" if self.statement.voice == Statement.Voice.AUTHOR else ""

    @property
    def about(self) -> str:
        """Role and affiliation, short; an affiliation that the role names already is left out."""
        speaker = self.statement.speaker
        if speaker is None:
            return ""
        role = shortened(speaker.role, 60)
        affiliation = speaker.affiliation.name if speaker.affiliation else ""
        return ", ".join(part for part in (role, affiliation if affiliation not in role else "") if part)

    @property
    def quote(self) -> str:
        """The words, segments joined by an ellipsis."""
        words = (span["text"] for span in self.statement.spans if span["role"] == SpanRole.CONTENT)
        return " … ".join(words)

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
        spans = [[span["role"], span["start"], span["end"]] for span in self.statement.spans]
        return json.dumps(spans, separators=(",", ":"))

    @property
    def chips(self) -> list[Chip]:
        chips = [self._chip(each, kind) for each, kind in zip(self.stances, self.stance_kinds, strict=True)]
        chips += [
            Chip(self.vocabulary.name_of(variable.slug, self.codes[variable.slug]), whole=variable.name)
            for variable in self.vocabulary.of_scope("statement")
            if not variable.folded and variable.slug in self.codes
        ]
        n = len(self.statement.flags)
        return [*chips, Chip(f"{n} flag{'' if n == 1 else 's'}")] if n else chips

    def _chip(self, stance: Stance, kind: str) -> Chip:
        said = stance.value.as_written or f"{stance.value.number:g}" if stance.value else stance.label or ""
        words = shortened(stance.claim.text.rstrip("."))
        name = self.vocabulary.name_of("stance", stance.stance)
        return Chip(f"{words}: {said}" if said else words, kind, SIGNS[kind], name, stance.claim.text)
