"""The form inside an open card: which fields stand open or fold away, with labels, keys and what is chosen.

All of it comes from the set's codebook version; only the places of the fixed fields are decided here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotations.claims.models import Claim
from annotations.claims.numbers import obvious_number
from annotations.claims.stances import OPERATORS, Stance, Value
from annotations.codebook.models import Label, Variable
from annotations.codebook.vocabulary import Vocabulary
from annotations.corpus.models import Article
from annotations.speakers.models import Speaker
from annotations.statements.changes import PRECISIONS, Link
from annotations.web.cards.card import Card
from annotations.web.cards.head import SIGNS, kind_of

SEGMENTS = 5
"""Up to this many labels a variable is a row of segments, beyond it a list."""


@dataclass(frozen=True)
class Choice:
    value: str
    name: str
    key: str = ""
    chosen: bool = False
    sign: str = ""


@dataclass(frozen=True)
class Group:
    """One variable as a field: `field` is its name in the form, `about` the variable whose definitions it has."""

    field: str
    about: str
    name: str
    question: str
    required: bool
    choices: tuple[Choice, ...]

    @property
    def segmented(self) -> bool:
        return len(self.choices) <= SEGMENTS

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.chosen), None)

    @property
    def chosen_all(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.chosen]


@dataclass(frozen=True)
class StanceRow:
    """A claim with the stance taken on it; `draft` until a stance is chosen, which stores it."""

    claim: Claim
    taken: Stance | None
    draft: bool
    stance: Group
    commitment: Group
    kind: str
    is_quantity: bool
    is_name: bool
    explicit: bool
    value: Value | None
    kind_name: str

    @property
    def uid(self) -> str:
        return str(self.claim.uid)

    @property
    def operators(self) -> list[Choice]:
        now = self.value.op if self.value else "="
        return [Choice(op, op, chosen=op == now) for op in OPERATORS]


@dataclass(frozen=True)
class ChainRow:
    index: int
    link: Link
    role: Group
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class Coding:
    """The fields of one open card."""

    open: Sequence[Group]
    folded: Sequence[Group]
    voice: Group
    flags: Group
    explicit: Group
    stances: Sequence[StanceRow]
    chain: Sequence[ChainRow]
    outlet: Speaker | None
    chain_is_whole: bool
    precisions: Sequence[Choice]
    n_folded: int

    @property
    def all(self) -> list[Group]:
        """Every variable of the statement, for those who only read."""
        return [self.voice, *self.open, *self.folded]


def coding_of(card: Card, article: Article | None, drafts: Iterable[Claim] = ()) -> Coding:
    """Lay out the form; `drafts` are claims that were chosen and have no stance yet."""
    vocabulary, statement = card.vocabulary, card.statement
    groups = [
        _group(vocabulary, variable, f"codes.{variable.slug}", {card.codes.get(variable.slug, "")})
        for variable in vocabulary.of_scope("statement")
    ]
    folded = {variable.slug for variable in vocabulary.of_scope("statement") if variable.folded}
    taken = [_row(card, each.claim, each) for each in card.stances]
    known = {each.claim.pk for each in card.stances}
    said = statement.said_on or {}
    outlet = article.outlet if article else None
    return Coding(
        open=[group for group in groups if group.about not in folded],
        folded=[group for group in groups if group.about in folded],
        voice=_named(vocabulary, "voice", "voice", {statement.voice}),
        flags=_named(vocabulary, "flags", "flags", set(statement.flags)),
        explicit=_named(vocabulary, "explicit", "explicit", set()),
        stances=[*taken, *(_row(card, claim, None) for claim in drafts if claim.pk not in known)],
        chain=_chain(card),
        outlet=outlet,
        chain_is_whole=_is_whole(card, outlet),
        precisions=[Choice(each, each, chosen=each == said.get("precision", "day")) for each in PRECISIONS],
        n_folded=_n_folded(card, folded),
    )


def _named(vocabulary: Vocabulary, slug: str, field: str, chosen: set[str]) -> Group:
    """Return the group of a variable that the card knows by name; empty if the codebook has dropped it."""
    variable = vocabulary.variables.get(slug)
    if variable is None:
        return Group(field, slug, slug, "", required=False, choices=())
    return _group(vocabulary, variable, field, chosen)


def _group(vocabulary: Vocabulary, variable: Variable, field: str, chosen: set[str]) -> Group:
    labels: Mapping[str, Label] = vocabulary.labels.get(variable.slug, {})
    choices = tuple(
        Choice(slug, label.name, label.key, slug in chosen, _sign(vocabulary, variable, slug))
        for slug, label in labels.items()
        if not label.retired or slug in chosen
    )
    return Group(field, variable.slug, variable.name, variable.question, variable.required, choices)


def _sign(vocabulary: Vocabulary, variable: Variable, slug: str) -> str:
    return SIGNS[kind_of(vocabulary, slug)] if variable.slug == "stance" else ""


def _row(card: Card, claim: Claim, taken: Stance | None) -> StanceRow:
    vocabulary = card.vocabulary
    label = vocabulary.labels.get("claim_kind", {}).get(claim.kind)
    comparison = label.comparison if label else ""
    is_quantity = comparison == "quantity"
    value = taken.value if taken else obvious_number(card.head.quote) if is_quantity else None
    return StanceRow(
        claim=claim,
        taken=taken,
        draft=taken is None,
        stance=_named(vocabulary, "stance", "stance", {taken.stance} if taken else set()),
        commitment=_named(vocabulary, "commitment", "commitment", {taken.commitment} if taken else set()),
        kind=kind_of(vocabulary, taken.stance) if taken else "",
        is_quantity=is_quantity,
        is_name=comparison == "name",
        explicit=taken.explicit if taken else True,
        value=value,
        kind_name=vocabulary.name_of("claim_kind", claim.kind),
    )


def _chain(card: Card) -> list[ChainRow]:
    last = len(card.chain) - 1
    return [
        ChainRow(
            index=i,
            link=link,
            role=_named(card.vocabulary, "chain_role", f"chain.{i}.role", {link.role}),
            is_first=i == 0,
            is_last=i == last,
        )
        for i, link in enumerate(card.chain)
    ]


def _is_whole(card: Card, outlet: Speaker | None) -> bool:
    """Tell whether the chain runs from the statement's speaker to a publisher, as far as both are known."""
    speaker = card.statement.speaker
    begins = speaker is None or any(link.role == "original" for link in card.chain)
    ends = outlet is None or any(link.role == "publisher" for link in card.chain)
    return begins and ends


def _n_folded(card: Card, folded: set[str]) -> int:
    """Count what is filled in among the fields that fold away, so that nothing hides."""
    statement = card.statement
    filled = [slug in card.codes for slug in folded]
    filled += [
        statement.voice != "attributed",
        statement.metonym,
        statement.collective,
        statement.said_on is not None,
        statement.parent_id is not None,
        bool(statement.flags),
        bool(statement.note),
    ]
    return sum(filled)
