"""The objects of a study that a body names, by id or by a description that finds or adds.

Ids of other studies read like unknown ones. Each object is looked up once for all the places that name it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar, cast

from annotations.accounts.models import User
from annotations.claims.actions import find_or_add_claim
from annotations.claims.models import Claim, Issue
from annotations.corpus.models import Article
from annotations.errors import AnnotationError, FieldError, Invalid
from annotations.rows import Row, StudyRows, chunks
from annotations.speakers.actions import find_or_add_speaker
from annotations.speakers.models import Speaker, name_key
from annotations.statements.models import Statement, Utterance
from annotations.studies.models import Study

R = TypeVar("R", bound=Row)
FACT = "fact"
"""The kind of a new claim for which none is given."""
ROWS: Mapping[str, StudyRows[Any]] = MappingProxyType(
    {
        "speaker": Speaker.objects.all(),
        "claim": Claim.objects.all(),
        "issue": Issue.objects.all(),
        "utterance": Utterance.objects.all(),
    }
)
"""What every member may name."""


@dataclass
class References:
    """What `by` may name in `study`. What is not known is added: use it inside one transaction."""

    study: Study
    by: User
    found: dict[tuple[str, str], Row] = field(default_factory=dict)

    def look_up(self, named: Iterable[tuple[str, str | Mapping[str, Any]]]) -> None:
        """Find what many places name, by kind, in a few queries; what is not there is looked for in its turn."""
        ids, described = defaultdict[str, set[str]](set), defaultdict[str, set[tuple[str, str]]](set)
        for what, given in named:
            if isinstance(given, str):
                ids[what].add(given)
            elif what == "speaker":
                described[what].add((given.get("type", Speaker.Type.PERSON), given["name"]))
            else:
                described[what].add((given.get("kind", FACT), given["text"]))
        for what, uids in ids.items():
            found = (self._rows(what).filter(uid__in=some) for some in chunks(uids))
            self.found |= {(what, str(row.uid)): row for rows in found for row in rows}
        self._look_up_speakers(described["speaker"])
        self._look_up_claims(described["claim"])

    def _look_up_speakers(self, wanted: Collection[tuple[str, str]]) -> None:
        same = Speaker.objects.in_study(self.study).bearing([name for _, name in wanted])
        for type_, name in wanted:
            if rows := same.get(name_key(name)):
                of_type = (row for row in rows if row.type == type_)
                self.found[f"{type_} called", name] = next(of_type, rows[0])

    def _look_up_claims(self, wanted: Collection[tuple[str, str]]) -> None:
        same = Claim.objects.in_study(self.study).worded_as([text for _, text in wanted])
        for kind, text in wanted:
            if row := same.get(name_key(text)):
                self.found[f"{kind} worded", text] = row

    def speaker(
        self, given: str | Mapping[str, Any], where: str, type_: str = Speaker.Type.PERSON
    ) -> Speaker:
        """Return a speaker by id, or by name; `type_` is that of a new one for which none is given."""
        if isinstance(given, str):
            return cast(Speaker, self._known("speaker", given, where))
        name, type_ = given["name"], given.get("type", type_)

        def find() -> Speaker:
            return find_or_add_speaker(study=self.study, name=name, type_=type_, by=self.by)

        return self._once(f"{type_} called", name, where, find)

    def claim(self, given: str | Mapping[str, Any], where: str) -> Claim:
        if isinstance(given, str):
            return cast(Claim, self._known("claim", given, where))
        text, kind = given["text"], given.get("kind", FACT)

        def find() -> Claim:
            return find_or_add_claim(study=self.study, text=text, kind=kind, by=self.by)

        return self._once(f"{kind} worded", text, where, find)

    def issue(self, given: str, where: str) -> Issue:
        return cast(Issue, self._known("issue", given, where))

    def statement(self, given: str, where: str, within: str = "study") -> Statement:
        """Return a statement of the study that the asker may read."""
        return cast(Statement, self._known("statement", given, where, within))

    def article(self, given: str, where: str) -> Article:
        return cast(Article, self._known("article", given, where))

    def utterance(self, given: str, where: str) -> Utterance:
        return cast(Utterance, self._known("utterance", given, where, "set"))

    def _rows(self, what: str) -> StudyRows[Any]:
        """Return what may be named by its id."""
        if what == "statement":
            return Statement.objects.visible_to(self.by).in_study(self.study)
        if what == "article":
            rows = Article.objects.in_study(self.study).present()
            return rows.without_text().select_related("study")
        return ROWS[what].in_study(self.study)

    def _known(self, what: str, uid: str, where: str, within: str = "study") -> Row:
        def find() -> Row:
            row: Row | None = self._rows(what).with_uid(uid).first()
            if row is None:
                raise Invalid.field("", f"There is no such {what} in this {within}.")
            return row

        return self._once(what, uid, where, find)

    def _once(self, what: str, name: str, where: str, find: Callable[[], R]) -> R:
        """Look something up once; what one name of one kind has found is of that kind."""
        if (what, name) not in self.found:
            with placed(where):
                self.found[what, name] = find()
        return cast(R, self.found[what, name])


@contextmanager
def placed(where: str) -> Iterator[None]:
    """Say of every fault found inside that it lies at `where`, if that is anywhere."""
    try:
        yield
    except AnnotationError as error:
        if where:
            error.errors = tuple(
                FieldError(f"{where}.{fault.field}" if fault.field else where, fault.message)
                for fault in error.errors
            )
        raise


@contextmanager
def item_placed(where: str) -> Iterator[None]:
    """Say of every fault found inside, also of a state that refuses, in which item of a list it lies, if in one."""
    try:
        with placed(where):
            yield
    except AnnotationError as error:
        if where:
            error.errors = error.errors or (FieldError(where, error.message),)
            error.message = f"{where}: {error.message}"
        raise
