"""Which objects of a file the installation holds already: asked in batches, told as the first in file order."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.db import models

from annotations.claims.models import Claim, ClaimRelation, Issue
from annotations.codebook.default import DEFAULT_ID
from annotations.codebook.models import CodebookVersion
from annotations.conflicts.models import Verdict
from annotations.corpus.models import Article
from annotations.errors import Conflict
from annotations.exchange.dataset.lines import Line
from annotations.speakers.models import Side, Speaker
from annotations.statements.models import Mention, Statement, Utterance
from annotations.studies.models import Author, Study
from annotations.workload.models import AnnotationSet

MODELS: Final[Mapping[str, type[models.Model]]] = {
    "study": Study,
    "author": Author,
    "codebook": CodebookVersion,
    "issue": Issue,
    "speaker": Speaker,
    "side": Side,
    "claim": Claim,
    "claim_relation": ClaimRelation,
    "article": Article,
    "set": AnnotationSet,
    "utterance": Utterance,
    "mention": Mention,
    "statement": Statement,
    "verdict": Verdict,
}
STUDY_WIDE: Final = frozenset({"issue", "speaker", "claim", "article", "verdict"})
"""External ids of these are unique in a study, of the others in a set, which the file brings along."""
SHIPPED: Final = str(DEFAULT_ID)
"""Whatever this codebook is in, it is here already."""

BATCH = 5000


class IdsPresent(Conflict):
    """Something of the file is here already."""

    code = "ids_present"


class Entry(NamedTuple):
    """What is asked about one line."""

    line: int
    id: str
    external_id: str | None
    sha256: str | None


class Presence:
    """Collects the ids of a file type by type and remembers the first that is taken.

    `study` is the target where it holds something already, else None. With `new_ids` the file's ids do not
    matter; its external ids and texts still do.
    """

    def __init__(self, *, study: Study | None, takes_study_id: bool, new_ids: bool) -> None:
        self.study, self.takes_study_id, self.new_ids = study, takes_study_id, new_ids
        self.kind = ""
        self.pending: list[Entry] = []
        self.first: str | None = None

    def see(self, line: Line) -> None:
        if self.first is not None or (line.kind == "study" and not self.takes_study_id):
            return
        if self.pending and (self.kind != line.kind or len(self.pending) == BATCH):
            self._ask()
        record = line.record
        if record["id"] != SHIPPED:
            self.kind = line.kind
            unless_twice = None if record.get("duplicate_allowed") else record.get("sha256")
            self.pending.append(Entry(line.number, record["id"], record.get("external_id"), unless_twice))

    def refuse_first(self) -> None:
        """Raise `IdsPresent` for the first object that is here already, if there is one."""
        if self.pending and self.first is None:
            self._ask()
        if self.first is not None:
            raise IdsPresent(f"{self.first} Nothing was imported.")

    def _ask(self) -> None:
        rows = MODELS[self.kind]._default_manager.all()
        if not self.new_ids:
            ids = [entry.id for entry in self.pending]
            taken = {str(uid) for uid in rows.filter(uid__in=ids).values_list("uid", flat=True)}
            self._note(
                taken, "id", "With new ids (--new-ids, over REST new_ids=true) it can come in beside that."
            )
        if self.study is not None and self.kind in STUDY_WIDE:
            rows = rows.filter(study=self.study)
            rows = rows.filter(deleted_at=None) if self.kind == "article" else rows
            self._note(
                _values(rows, "external_id", self.pending), "external_id", "Import into an empty study."
            )
        if self.study is not None and self.kind == "article":
            rows = rows.filter(duplicate_allowed=False)
            self._note(_values(rows, "sha256", self.pending), "sha256", "Import into an empty study.")
        self.pending = []

    def _note(self, taken: set[str], field: str, way_out: str) -> None:
        for entry in self.pending:
            value = getattr(entry, field)
            if self.first is None and value is not None and value in taken:
                self.first = (
                    f"The {self.kind} in line {entry.line} is here already ({field} {value}). {way_out}"
                )


def _values(rows: models.QuerySet[models.Model], field: str, entries: list[Entry]) -> set[str]:
    wanted = {value for entry in entries if (value := getattr(entry, field)) is not None}
    if not wanted:
        return set()
    return set(rows.filter(**{f"{field}__in": wanted}).values_list(field, flat=True))
