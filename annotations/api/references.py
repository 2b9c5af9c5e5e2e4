"""The objects of a study that a body names, by id or by a description that finds or adds.

Ids of other studies read like unknown ones. Each object is looked up once for all the places that name it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from annotations.accounts.models import User
from annotations.claims.actions import find_or_add_claim
from annotations.claims.models import Claim, Issue
from annotations.corpus.models import Article
from annotations.errors import AnnotationError, FieldError, Invalid
from annotations.rows import Row, StudyRows
from annotations.speakers.actions import find_or_add_speaker
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement, Utterance
from annotations.studies.models import Study

R = TypeVar("R", bound=Row)


@dataclass
class References:
    """What `by` may name in `study`. What is not known is added: use it inside one transaction."""

    study: Study
    by: User
    found: dict[tuple[str, str], Row] = field(default_factory=dict)

    def speaker(
        self, given: str | Mapping[str, Any], where: str, type_: str = Speaker.Type.PERSON
    ) -> Speaker:
        """Return a speaker by id, or by name; `type_` is that of a new one for which none is given."""
        if isinstance(given, str):
            return self._known("speaker", Speaker.objects.in_study(self.study), given, where)
        name, type_ = given["name"], given.get("type", type_)

        def find() -> Speaker:
            return find_or_add_speaker(study=self.study, name=name, type_=type_, by=self.by)

        return self._once(f"{type_} called", name, where, find)

    def claim(self, given: str | Mapping[str, Any], where: str) -> Claim:
        if isinstance(given, str):
            return self._known("claim", Claim.objects.in_study(self.study), given, where)
        text, kind = given["text"], given.get("kind", "fact")

        def find() -> Claim:
            return find_or_add_claim(study=self.study, text=text, kind=kind, by=self.by)

        return self._once(f"{kind} worded", text, where, find)

    def issue(self, given: str, where: str) -> Issue:
        return self._known("issue", Issue.objects.in_study(self.study), given, where)

    def statement(self, given: str, where: str, within: str = "study") -> Statement:
        """Return a statement of the study that the asker may read."""
        rows = Statement.objects.visible_to(self.by).in_study(self.study)
        return self._known("statement", rows, given, where, within)

    def article(self, given: str, where: str) -> Article:
        rows = Article.objects.in_study(self.study).present().without_text().select_related("study")
        return self._known("article", rows, given, where)

    def utterance(self, given: str, where: str) -> Utterance:
        return self._known("utterance", Utterance.objects.in_study(self.study), given, where, "set")

    def _known(self, what: str, rows: StudyRows[R], uid: str, where: str, within: str = "study") -> R:
        def find() -> R:
            row = rows.with_uid(uid).first()
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
