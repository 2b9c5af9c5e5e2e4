"""How many statements take each stance: small numbers with the stance's sign, in the codebook's order."""

from collections.abc import Mapping
from dataclasses import dataclass

from annotations.codebook.vocabulary import Vocabulary
from annotations.web.cards.head import SIGNS, kind_of


@dataclass(frozen=True)
class Tally:
    """`n` statements of one stance; `kind` says how it is drawn, `name` is the label's."""

    stance: str
    name: str
    kind: str
    n: int

    @property
    def sign(self) -> str:
        return SIGNS[self.kind]


def tallies(numbers: Mapping[str, int], vocabulary: Vocabulary) -> list[Tally]:
    """Return the stances that somebody takes; a stance that this codebook does not know comes last."""
    known = vocabulary.labels.get("stance", {})
    slugs = [*(slug for slug in known if slug in numbers), *sorted(numbers.keys() - known.keys())]
    return [
        Tally(slug, vocabulary.name_of("stance", slug), kind_of(vocabulary, slug), numbers[slug])
        for slug in slugs
    ]
