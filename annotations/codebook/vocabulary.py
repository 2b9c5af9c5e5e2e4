"""A codebook version held in memory for checks, labels and shortcut keys.

Published versions never change, so each is read once per process; drafts are read anew every time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from annotations.codebook.models import CodebookVersion, Label, Variable
from annotations.errors import Invalid


@dataclass(frozen=True)
class Vocabulary:
    """Variables by slug, in order, and their labels by slug, in order."""

    codebook_id: int
    variables: Mapping[str, Variable]
    labels: Mapping[str, Mapping[str, Label]]

    def label(self, variable: str, slug: str, where: str) -> Label:
        """Return the label, or refuse with the closed list; a retired label takes no new use."""
        known = self.labels.get(variable)
        if known is None:
            raise Invalid.field(where, f"{variable!r} is no variable of this codebook.")
        if slug not in known or known[slug].retired:
            usable = ", ".join(label.slug for label in known.values() if not label.retired)
            raise Invalid.field(where, f"{slug!r} is no label of {variable}; use one of {usable}.")
        return known[slug]

    @cached_property
    def unfolded(self) -> list[Variable]:
        """The statement's variables that stand open in its form, and so on its closed card."""
        return [variable for variable in self.of_scope("statement") if not variable.folded]

    def of_scope(self, scope: str) -> list[Variable]:
        return [variable for variable in self.variables.values() if variable.scope == scope]

    def name_of(self, variable: str, slug: str) -> str:
        """Return the label's name, or the slug itself for a label that this version does not know."""
        label = self.labels.get(variable, {}).get(slug)
        return label.name if label else slug


def vocabulary_of(codebook: CodebookVersion) -> Vocabulary:
    return (
        _published(codebook.pk) if codebook.state == CodebookVersion.State.PUBLISHED else _read(codebook.pk)
    )


@lru_cache(maxsize=64)
def _published(codebook_id: int) -> Vocabulary:
    return _read(codebook_id)


def _read(codebook_id: int) -> Vocabulary:
    variables = list(Variable.objects.filter(codebook=codebook_id).prefetch_related("labels"))
    return Vocabulary(
        codebook_id=codebook_id,
        variables={variable.slug: variable for variable in variables},
        labels={
            variable.slug: {label.slug: label for label in variable.labels.all()} for variable in variables
        },
    )
