"""What a gold file becomes: rows that are not stored yet, and what they are built within."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar
from uuid import UUID

from annotations.claims.models import Claim, ClaimRelation, Issue, StanceLink
from annotations.codebook.models import CodebookVersion
from annotations.codebook.vocabulary import Vocabulary, vocabulary_of
from annotations.conflicts.models import Verdict
from annotations.corpus.models import Article
from annotations.exchange.places import Place
from annotations.rows import Row
from annotations.spans import Span
from annotations.speakers.models import Side, Speaker
from annotations.statements.models import ChainLink, Code, Mention, Statement, Utterance
from annotations.studies.models import Author, Study
from annotations.workload.models import AnnotationSet

R = TypeVar("R", bound=Row)


class ById(Generic[R]):
    """Rows by the file's own ids; ids are unique among all kinds that share `taken`."""

    def __init__(self, what: str, taken: set[str]) -> None:
        self.what, self.taken = what, taken
        self.rows: dict[str, R] = {}

    def new_id(self, place: Place) -> str:
        """Return the id of the object at `place`, refusing one that stands for another object already."""
        gold_id = place["id"].text(200)
        if gold_id in self.taken:
            raise place["id"].fault(f"{gold_id!r} names two objects of this file; change one of them.")
        self.taken.add(gold_id)
        return gold_id

    def add(self, gold_id: str, row: R) -> R:
        self.rows[gold_id] = row
        return row

    def named(self, place: Place) -> R:
        found = self.rows.get(place.text())
        if found is None:
            raise place.fault(f"there is no {self.what} {place.text()!r} in this file.")
        return found

    def named_or_none(self, place: Place) -> R | None:
        return None if place.is_null else self.named(place)

    def __iter__(self) -> Iterator[R]:
        return iter(self.rows.values())

    def __len__(self) -> int:
        return len(self.rows)


@dataclass
class GoldRows:
    """Everything of one file, unsaved; links between rows of one table are set once both have keys."""

    study: Study
    author: Author
    codebook: CodebookVersion
    folder: Path
    text_may_leave: bool
    taken: set[str] = field(default_factory=set)
    sides: list[Side] = field(default_factory=list)
    members: list[tuple[Speaker, Speaker]] = field(default_factory=list)
    relations: list[ClaimRelation] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    chain: list[ChainLink] = field(default_factory=list)
    stances: list[StanceLink] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    parents: dict[UUID, Statement] = field(default_factory=dict)
    n_kept_in_file: int = 0

    def __post_init__(self) -> None:
        self.speakers = ById[Speaker]("speaker", self.taken)
        self.issues = ById[Issue]("issue", self.taken)
        self.claims = ById[Claim]("claim", self.taken)
        self.articles = ById[Article]("article", set())  # may be called like their outlet
        self.utterances = ById[Utterance]("utterance", self.taken)
        self.statements = ById[Statement]("statement", self.taken)
        self.sets: dict[UUID, AnnotationSet] = {}

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each kind, for the report and the event."""
        return {
            "articles": len(self.articles),
            "speakers": len(self.speakers),
            "issues": len(self.issues),
            "claims": len(self.claims),
            "claim relations": len(self.relations),
            "mentions": len(self.mentions),
            "utterances": len(self.utterances),
            "statements": len(self.statements),
            "stances": len(self.stances),
            "verdicts": len(self.verdicts),
        }

    @property
    def vocabulary(self) -> Vocabulary:
        return vocabulary_of(self.codebook)

    def label(self, variable: str, place: Place) -> str:
        """Return the label at `place`, if the codebook has it."""
        return self.vocabulary.label(variable, place.text(), place.path).slug

    def label_or_empty(self, variable: str, place: Place) -> str:
        return "" if place.is_null else self.label(variable, place)

    def in_article(self, place: Place) -> tuple[AnnotationSet, str, list[Span]]:
        """Return the set, the text and the furniture of the article that the object at `place` names."""
        article = self.articles.named(place["article"])
        return self.sets[article.uid], article.text, article.furniture_spans
