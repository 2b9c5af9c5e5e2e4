"""What the first pass knows of the lines it has read; plain."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from annotations.codebook.scheme import Scheme
from annotations.exchange.dataset.faults import Path, Trouble
from annotations.exchange.dataset.register import Register
from annotations.exchange.dataset.texts import Texts

Labels = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class KnownCodebook:
    """Labels by variable, the variables of statements, and which kinds of claim compare as quantities."""

    labels: Labels
    of_statements: frozenset[str]
    quantities: frozenset[str]

    @classmethod
    def of(cls, scheme: Scheme) -> "KnownCodebook":
        labels = {v.slug: frozenset(label.slug for label in v.labels) for v in scheme.variables}
        kinds = next((v.labels for v in scheme.variables if v.slug == "claim_kind"), ())
        return cls(
            labels=labels,
            of_statements=frozenset(v.slug for v in scheme.variables if v.scope == "statement"),
            quantities=frozenset(label.slug for label in kinds if label.comparison == "quantity"),
        )

    def knows(self, variable: str, label: str) -> bool:
        return label in self.labels.get(variable, ())

    def trouble(self, variable: str, label: str, path: Path) -> Trouble:
        """Say what is wrong with a label that is not known."""
        known = self.labels.get(variable)
        if known is None:
            return path, f"{variable!r} is no variable of the codebook."
        return path, f"{label!r} is no label of {variable}; use one of {', '.join(sorted(known))}."


class KnownSet(NamedTuple):
    """Article and codebook of a set, and its number in the file.

    Sets of one author in several revisions of an article share their number: what waits in an earlier text
    may be nested in what stands in a later one.
    """

    article: str
    codebook: str
    number: int


@dataclass(frozen=True, slots=True)
class Awaited:
    """A reference from `by` to an object of the same type, which may stand further down."""

    line: int
    offset: int
    path: Path
    kind: str
    uid: str
    by: str


class _Known(Protocol):
    def __contains__(self, uid: str, /) -> bool: ...


@dataclass
class State:
    """Objects by type and id, with what later lines need to know of them; statements by id alone."""

    texts: Texts
    default: Scheme
    pseudonyms: set[str] = field(default_factory=set)
    codebooks: dict[str, KnownCodebook] = field(default_factory=dict)
    issues: set[str] = field(default_factory=set)
    speakers: dict[str, str] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    articles: dict[str, None] = field(default_factory=dict)
    sets: dict[str, KnownSet] = field(default_factory=dict)
    earlier: dict[str, str] = field(default_factory=dict)
    families: dict[tuple[str, str, str], int] = field(default_factory=dict)
    utterances: dict[str, str] = field(default_factory=dict)
    registers: defaultdict[str, Register] = field(default_factory=lambda: defaultdict(Register))
    unique: dict[str, set[int]] = field(default_factory=dict)
    awaited: list[Awaited] = field(default_factory=list)
    without_text: list[str] = field(default_factory=list)
    studies: int = 0

    def __post_init__(self) -> None:
        self.codebooks[str(self.default.id)] = KnownCodebook.of(self.default)
        self.known: Mapping[str, _Known] = {
            "issue": self.issues,
            "speaker": self.speakers,
            "claim": self.claims,
            "article": self.articles,
            "set": self.sets,
            "utterance": self.utterances,
            "codebook": self.codebooks,
            "statement": self.register("statement"),
        }

    def register(self, kind: str) -> Register:
        return self.registers[kind]

    def is_first(self, rule: str, *key: str) -> bool:
        """Tell whether this key has not been seen under this rule, and remember it (by its 64-bit hash)."""
        seen, found = self.unique.setdefault(rule, set()), hash(key)
        if found in seen:
            return False
        seen.add(found)
        return True

    def knows(self, kind: str, uid: str) -> bool:
        return uid in self.known[kind]

    def first_text(self, article: str) -> str:
        """Return the first of the article's revisions."""
        seen = {article}
        while (before := self.earlier.get(article)) is not None and before not in seen:
            article = before
            seen.add(before)
        return article

    def number_of_set(self, record: dict[str, Any]) -> int:
        """Return the number of a set that is not known yet."""
        article = record["article"]
        if article not in self.earlier and article not in self.earlier.values():
            return len(self.sets)
        family = self.first_text(article), record["kind"], record.get("author") or ""
        return self.families.setdefault(family, len(self.sets))

    def missing(self, kind: str, record: dict[str, Any], *names: str) -> Sequence[Trouble]:
        """Return a trouble for each of the named references that leads nowhere; null leads nowhere on purpose."""
        known = self.known[kind]
        return [
            ((name,), f"there is no {kind} {record[name]} in this file.")
            for name in names
            if record.get(name) is not None and record[name] not in known
        ]

    def stranger(self, record: dict[str, Any], name: str) -> Iterator[Trouble]:
        pseudonym = record.get(name)
        if pseudonym is not None and pseudonym not in self.pseudonyms:
            yield (name,), f"there is no author {pseudonym!r} in this file."
