"""The rows beside a statement's own, ready to be inserted: its codes and its chain."""

from collections.abc import Mapping, Sequence

from annotations.codebook.vocabulary import Vocabulary
from annotations.statements.changes import Link
from annotations.statements.models import ChainLink, Code, Statement


def codes_of(statement: Statement, codes: Mapping[str, str | None], vocabulary: Vocabulary) -> list[Code]:
    """Return a row for each variable that is given a label."""
    return [
        Code(statement=statement, variable=vocabulary.variables[slug], label=vocabulary.labels[slug][label])
        for slug, label in codes.items()
        if label is not None
    ]


def links_of(statement: Statement, chain: Sequence[Link]) -> list[ChainLink]:
    return [ChainLink(statement=statement, order=n, **link.to_row()) for n, link in enumerate(chain)]
