"""Read a stored version back as a scheme."""

from annotations.codebook import scheme
from annotations.codebook.models import CodebookVersion, Label, Variable


def scheme_of(version: CodebookVersion) -> scheme.Scheme:
    """Return the scheme that a version holds; load it `with_labels()`."""
    return scheme.Scheme(
        id=version.uid,
        version=version.number,
        name=version.name,
        language=version.language,
        notes=tuple(scheme.Note(title, text) for title, text in version.notes),
        variables=tuple(_variable(row) for row in version.variables.all()),
    )


def _variable(row: Variable) -> scheme.Variable:
    return scheme.Variable(
        slug=row.slug,
        name=row.name,
        question=row.question,
        scope=row.scope,
        definition=row.definition,
        order=row.order,
        required=row.required,
        multiple=row.multiple,
        folded=row.folded,
        labels=tuple(_label(label) for label in row.labels.all()),
    )


def _label(row: Label) -> scheme.Label:
    return scheme.Label(
        slug=row.slug,
        name=row.name,
        definition=row.definition,
        yes=tuple(row.yes),
        no=tuple(row.no),
        key=row.key,
        polarity=row.polarity,
        weight=row.weight,
        comparison=row.comparison,
        retired=row.retired,
    )
