"""What the card of a statement says: a read model of what was loaded, so that its template never queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from annotations.claims.models import Claim
from annotations.claims.stances import Stance
from annotations.codebook.vocabulary import Vocabulary
from annotations.statements.changes import KEPT, Link, StatementChanges
from annotations.statements.models import Statement
from annotations.web.cards.head import Hand, Head, Said


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

    @cached_property
    def head(self) -> Head:
        """What the card says while it is closed."""
        statement, speaker = self.statement, self.statement.speaker
        return Head(
            vocabulary=self.vocabulary,
            uid=self.uid,
            version=statement.version,
            start=statement.start,
            end=statement.end,
            spans=statement.spans,
            voice=statement.voice,
            n_flags=len(statement.flags),
            speaker=speaker.name if speaker else "",
            role=speaker.role if speaker else "",
            affiliation=speaker.affiliation.name if speaker and speaker.affiliation else "",
            codes=self.codes,
            chain=[Hand(link.speaker.name, link.uncertain) for link in self.chain],
            stances=[_said(each) for each in self.stances],
        )


def _said(stance: Stance) -> Said:
    value = stance.value.to_json() if stance.value else None
    return Said(stance.claim.text, stance.stance, stance.label, value)
