"""A coding scheme as plain data: what one codebook version holds, its JSON record, and its check.

The record is the codebook of the API and of exports. Order carries meaning (variables and labels are
shown as listed); keys do not, so a record may be written with sorted keys and still reads the same.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Final, NamedTuple
from uuid import UUID

from annotations.codebook.reading import Part, fault

SCOPES: Final = (
    "statement_voice",
    "statement",
    "statement_flag",
    "chain",
    "mention",
    "stance",
    "claim",
    "claim_relation",
    "conflict",
)
"""Where a variable is asked: of a statement (its voice, its codes, its flags), of a link of its chain,
of a mention, of a stance link, of a claim, of two claims, of a pair of statements."""

COMPARISONS: Final = ("boolean", "quantity", "name")

_VERSION = re.compile(r"(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){2}", re.ASCII)
_SLUG = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_LONGEST = {
    "Scheme": {"name": 200, "language": 35},
    "Variable": {"name": 120, "question": 300},
    "Label": {"name": 120},
}


class Note(NamedTuple):
    """A short titled paragraph of instructions that belongs to no single label."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """One value of a variable. `yes` are examples, `no` near misses, with “→” before the right coding.

    `polarity` (-1, 0, +1, or None for neither) belongs to the labels of `stance`, `weight` (above 0, up
    to 1) to those of `commitment`, `comparison` to those of `claim_kind`: all that is ever computed with.
    """

    slug: str
    name: str
    definition: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    key: str = ""
    polarity: int | None = None
    weight: float | None = None
    comparison: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    """One question put to a coder. `required`: left open, the coding is not complete; `folded`: rarely used."""

    slug: str
    name: str
    question: str
    scope: str
    definition: str
    order: int
    required: bool
    multiple: bool
    folded: bool
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A whole codebook version, MAJOR.MINOR.PATCH."""

    id: UUID
    version: str
    name: str
    language: str
    notes: tuple[Note, ...]
    variables: tuple[Variable, ...]


def to_record(scheme: Scheme) -> dict[str, object]:
    """Return the scheme as JSON values, every field present, keys sorted."""
    return _object(scheme)


def from_record(record: Mapping[str, object]) -> Scheme:
    """Read and check a record; raise `SchemeInvalid` naming the first place at fault."""
    part = _part(Scheme, "", record)
    scheme = Scheme(
        id=part.uuid("id"),
        version=part.text("version"),
        name=part.text("name"),
        language=part.text("language"),
        notes=tuple(_note(place, value) for place, value in part.items("notes")),
        variables=tuple(_variable(place, value) for place, value in part.items("variables")),
    )
    check(scheme)
    return scheme


def check(scheme: Scheme) -> None:
    """Raise `SchemeInvalid` naming the first place at fault; a scheme that passes can be published."""
    if not _VERSION.fullmatch(scheme.version):
        raise fault("version", f"“{scheme.version}” is no version; write MAJOR.MINOR.PATCH, such as 1.0.0.")
    _check_named(scheme, "")
    if not scheme.variables:
        raise fault("variables", "a codebook needs at least one variable.")
    _check_once(
        ((f"variables[{i}].slug", v.slug) for i, v in enumerate(scheme.variables)), "in this codebook"
    )
    last = 0
    for i, variable in enumerate(scheme.variables):
        if not last < variable.order < 2**15:
            raise fault(
                f"variables[{i}].order", f"{variable.order} does not follow {last}; list variables in order."
            )
        last = variable.order
        _check_variable(variable, f"variables[{i}]")


def _check_variable(variable: Variable, place: str) -> None:
    _check_slug(variable.slug, place)
    _check_named(variable, f"{place}.")
    if variable.scope not in SCOPES:
        raise fault(f"{place}.scope", f"“{variable.scope}” is no scope; choose one of {', '.join(SCOPES)}.")
    if not variable.labels:
        raise fault(f"{place}.labels", f"the variable {variable.slug} needs at least one label.")
    places = [(f"{place}.labels[{i}]", label) for i, label in enumerate(variable.labels)]
    for at, label in places:
        _check_label(label, at, variable.slug)
    _check_once(((f"{at}.slug", label.slug) for at, label in places), f"in the variable {variable.slug}")
    keys = ((f"{at}.key", label.key.casefold()) for at, label in places if label.key)
    _check_once(keys, f"as a shortcut key of the variable {variable.slug}")


def _check_label(label: Label, place: str, variable: str) -> None:
    _check_slug(label.slug, place)
    _check_named(label, f"{place}.")
    if label.key and not (len(label.key) == 1 and label.key.isalnum()):
        raise fault(
            f"{place}.key", f"“{label.key}” is no shortcut key; use one letter or digit, or leave it empty."
        )
    if label.polarity not in ((None, -1, 0, 1) if variable == "stance" else (None,)):
        raise fault(
            f"{place}.polarity", f"{label.polarity} does not fit: -1, 0, 1 or null for stance, else null."
        )
    weighed = label.weight is not None and 0 < label.weight <= 1
    if not (weighed if variable == "commitment" else label.weight is None):
        raise fault(
            f"{place}.weight", f"{label.weight} does not fit: above 0, up to 1, for commitment, else null."
        )
    if label.comparison not in (COMPARISONS if variable == "claim_kind" else ("",)):
        allowed = ", ".join(COMPARISONS)
        raise fault(
            f"{place}.comparison", f"“{label.comparison}” does not fit: {allowed} for claim_kind, else empty."
        )


def _check_slug(slug: str, place: str) -> None:
    if not _SLUG.fullmatch(slug):
        why = "use up to 60 of a-z, 0-9, _ and -, beginning with a letter."
        raise fault(f"{place}.slug", f"“{slug}” is no slug; {why}")


def _check_named(holder: "Scheme | Variable | Label", prefix: str) -> None:
    if not holder.name.strip():
        raise fault(f"{prefix}name", "it is empty; give a name.")
    for field, longest in _LONGEST[type(holder).__name__].items():
        length = len(getattr(holder, field))
        if length > longest:
            raise fault(f"{prefix}{field}", f"it has {length} characters; shorten it to {longest}.")


def _check_once(values: Iterable[tuple[str, str]], where: str) -> None:
    seen: dict[str, str] = {}
    for place, value in values:
        if value in seen:
            raise fault(place, f"“{value}” stands twice {where}, first at {seen[value]}; change one of them.")
        seen[value] = place


def _object(holder: "Scheme | Variable | Label") -> dict[str, object]:
    return {name: _plain(getattr(holder, name)) for name in sorted(f.name for f in fields(holder))}


def _plain(value: object) -> object:
    match value:
        case Note():
            return {"text": value.text, "title": value.title}
        case Scheme() | Variable() | Label():
            return _object(value)
        case tuple():
            return [_plain(part) for part in value]
        case UUID():
            return str(value)
    return value


def _part(shape: "type[Scheme | Variable | Label]", place: str, value: object) -> Part:
    optional = {f.name for f in fields(shape) if f.default is not MISSING}
    return Part.read(value, place, needed={f.name for f in fields(shape)} - optional, optional=optional)


def _note(place: str, value: object) -> Note:
    part = Part.read(value, place, needed=set(Note._fields), optional=set())
    return Note(title=part.text("title"), text=part.text("text"))


def _variable(place: str, value: object) -> Variable:
    part = _part(Variable, place, value)
    return Variable(
        slug=part.text("slug"),
        name=part.text("name"),
        question=part.text("question"),
        scope=part.text("scope"),
        definition=part.text("definition"),
        order=part.whole("order"),
        required=part.flag("required"),
        multiple=part.flag("multiple"),
        folded=part.flag("folded"),
        labels=tuple(_label(at, label) for at, label in part.items("labels")),
    )


def _label(place: str, value: object) -> Label:
    part = _part(Label, place, value)
    return Label(
        slug=part.text("slug"),
        name=part.text("name"),
        definition=part.text("definition"),
        yes=part.texts("yes"),
        no=part.texts("no"),
        key=part.text("key"),
        polarity=part.whole_or_none("polarity"),
        weight=part.number_or_none("weight"),
        comparison=part.text("comparison"),
        retired=part.flag("retired"),
    )
