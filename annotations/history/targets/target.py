"""What undo needs to know of a kind of thing."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar, Generic, TypeVar

from django.db import IntegrityError

from annotations.accounts.models import User
from annotations.audit.actions import put_back
from annotations.audit.models import Event
from annotations.errors import Conflict
from annotations.history.moves import Fields
from annotations.rows import Row, StudyRows
from annotations.studies.models import Study

R = TypeVar("R", bound=Row)
L = TypeVar("L", bound=Row)

OUT_OF_LOG = "The log no longer holds what was deleted."
TAKEN = "What it was known by, such as its text or its external id, was taken since."


class InTheWay(Conflict):
    """Something later stands in the way of an undo."""

    code = "in_the_way"


class Target(ABC, Generic[R]):
    """One thing of a study, found by its public id; `row` is None when it is not there, nor in a bin."""

    target_type: ClassVar[str]
    """As events have it."""
    row: R | None

    def __init__(self, study: Study, uid: str, loaded: Mapping[str, R] | None = None) -> None:
        """Find the thing, or take it from those of many that were loaded."""
        self.study = study
        self.uid = uid
        self.row = self.find() if loaded is None else loaded.get(uid)

    @abstractmethod
    def find(self) -> R | None: ...

    @property
    def present(self) -> R:
        """Return the row, where it is known to be there."""
        if self.row is None:
            raise InTheWay("This was deleted meanwhile.")
        return self.row

    @property
    def is_there(self) -> bool:
        return self.row is not None and getattr(self.row, "deleted_at", None) is None

    @abstractmethod
    def standing(self, name: str) -> object:
        """Return what a field holds now, as events keep it."""

    @abstractmethod
    def write(self, fields: Fields, by: User) -> None:
        """Give the fields these values, which events have kept."""

    @abstractmethod
    def remove(self, by: User) -> None:
        """Delete the thing, as its deletion did."""

    def withdraw(self, by: User) -> None:
        """Take back its adding; refuse where that would take other work away."""
        self.remove(by)

    def bring_back(self, by: User) -> None:
        """Put back what was deleted for good, as the log has kept it."""
        deletion = Event.objects.last_deletion_of(self.target_type, self.uid)
        if deletion is None:
            raise InTheWay(OUT_OF_LOG)
        try:
            self.put_back(deletion, by)
        except IntegrityError as error:
            raise InTheWay(TAKEN) from error
        self.row = self.find()

    def put_back(self, deletion: Event, by: User) -> None:
        put_back(deletion=deletion, by=by)

    def named(self, rows: StudyRows[L], uid: str, what: str) -> L:
        """Return the row of the study that a field named; refuse if it has been deleted since."""
        found = rows.in_study(self.study).with_uid(uid).first()
        if found is None:
            raise InTheWay(f"The {what} that stood there was deleted since; bring that back first.")
        return found
