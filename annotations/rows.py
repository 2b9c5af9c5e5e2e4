"""What every table of a study shares: a public id, a version for optimistic locking, dates, a bin."""

import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, reduce
from typing import Any, ClassVar, Self, TypeVar

from django.db import IntegrityError, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F
from django.db.models.lookups import IContains
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from annotations.errors import Conflict, StaleEdit


class Holds(IContains):
    """`column__holds=words`: the words stand in it, case apart; also beyond ASCII, where SQLite's LIKE stops."""

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, Sequence[Any]]:
        """Look in a text for the words as they were typed, which is quick and finds most, and else in any case.

        Both are answered by one index of trigrams on the column; the server's UPPER of a text takes five times as long.
        """
        column, parameters = compiler.compile(self.lhs)
        in_any = f"{column} ~ %s", [*parameters, in_any_case(str(self.rhs))]
        if not isinstance(self.lhs.output_field, models.TextField):
            return in_any
        typed = f"%{connection.ops.prep_for_like_query(self.rhs)}%"
        return f"({column} LIKE %s OR {in_any[0]})", [*parameters, typed, *in_any[1]]

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Sequence[Any]]:
        if str(self.rhs).isascii():
            return self.as_sql(compiler, connection)
        column, parameters = compiler.compile(self.lhs)
        return f"holds({column}, %s)", [*parameters, str(self.rhs).casefold()]


models.Field.register_lookup(Holds, "holds")


def in_any_case(words: str) -> str:
    """Return a regular expression of the words, with each letter in all its cases."""
    alike = letters_alike()
    return "".join(f"[{alike[letter]}]" if letter in alike else re.escape(letter) for letter in words)


@cache
def letters_alike() -> Mapping[str, str]:
    """Return for each letter that has cases all letters that fold to the same; made at the first search."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for letter in map(chr, range(PLANES_WITH_CASES)):
        if (folded := letter.casefold()) != letter:
            found[folded].append(letter)
    alike: dict[str, str] = {}
    for folded, letters in found.items():
        each = "".join([folded, *letters] if len(folded) == 1 else letters)
        alike.update(dict.fromkeys(each, each))
    return alike


PLANES_WITH_CASES = 0x20000
"""No letter beyond has more than one case."""


class Row(models.Model):
    """A row with a public id (`uid`; integer keys never leave) and a version that every save advances."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


M = TypeVar("M", bound=models.Model)


class KeyedRows(models.QuerySet[M]):
    """Row scope for tables whose rows are looked up by a name that only one has."""

    def sole(self) -> M | None:
        """Return the row of a condition that at most one meets; unlike `first`, without an order to work out."""
        return next(iter(self[:1]), None)


class StudyRows(KeyedRows[M]):
    """Row scope for tables that belong to one study, reached by `study_path`."""

    study_path: ClassVar[str] = "study"

    def in_study(self, study: models.Model) -> Self:
        return self.filter(**{self.study_path: study})

    def of_member(self, user: models.Model) -> Self:
        """Keep the rows of studies of which the user is a member, but for studies in the bin."""
        path = self.study_path
        return self.filter(**{f"{path}__memberships__user": user, f"{path}__deleted_at": None})

    def within(self, study_id: int | None) -> Self:
        """Keep the rows of one study, or all for None (a token may be bound to a study)."""
        return self if study_id is None else self.filter(**{f"{self.study_path}_id": study_id})

    def with_role_of(self, user: models.Model) -> Self:
        """Add `asker_role`, the user’s role in the study; call after `visible_to` with the same user."""
        return self.annotate(asker_role=F(f"{self.study_path}__memberships__role"))

    def study_of(self, row: M) -> Any:  # noqa: ANN401  (studies are above)
        """Return the study of a row with which it was loaded."""
        return reduce(getattr, self.study_path.split("__"), row)

    def with_uid(self, uid: uuid.UUID | str) -> Self:
        """Keep the row with this public id."""
        return self.filter(uid=uid)

    def among(self, keys: Collection[int]) -> Self:
        return self.filter(pk__in=keys)

    def named_outside(self, external_id: str) -> Self:
        """Keep the rows that a client has given this name."""
        return self.filter(external_id=external_id)

    def changed_since(self, moment: datetime) -> Self:
        return self.filter(updated_at__gte=moment)


class Overtaken(Conflict):
    code = "overtaken"


def overtaken(error: IntegrityError) -> Overtaken | None:
    """Return what to tell the writer of a row when what it refers to was deleted at the same moment.

    Both writers have looked first; the database looks again as they commit and lets one of them through.
    """
    if getattr(error.__cause__, "pgcode", "") != FOREIGN_KEY_VIOLATION and "FOREIGN KEY" not in str(error):
        return None
    return Overtaken(
        "Something that this refers to was deleted at the same moment; look again and choose anew."
    )


FOREIGN_KEY_VIOLATION = "23503"

R = TypeVar("R", bound=Row)
K = TypeVar("K")


def take_loaded(row: models.Model, relation: str) -> list[Any] | None:
    """Return the related rows that were prefetched, and forget them, for the caller is about to change them.

    None if they were not. What was read with `row` belongs to its version, which `advance` compares.
    """
    loaded = getattr(row, "_prefetched_objects_cache", {}).pop(relation, None)
    return None if loaded is None else list(loaded)


def has_loaded(row: models.Model, relation: str) -> bool:
    return relation in getattr(row, "_prefetched_objects_cache", {})


def keep_loaded(row: models.Model, relation: str, related: Sequence[models.Model]) -> None:
    """Let `row.relation.all()` return what was read of it already, as after `prefetch_related`.

    What is narrowed further, such as `row.relation.filter(...)`, is asked of the database, of this row's alone.
    """
    back = getattr(row, relation).field.name
    rows = getattr(row, relation).all()
    for each in related:
        setattr(each, back, row)
    vars(rows).update(_result_cache=list(related), _prefetch_done=True)
    vars(row).setdefault("_prefetched_objects_cache", {})[relation] = rows


def advance(row: R, *, expected: int, changes: Mapping[str, object]) -> R:
    """Write `changes` to `row` if its version is still `expected`, and count the version up.

    The comparison is part of the UPDATE, so two writers can never both win, on either database.
    Raises `StaleEdit` with the current row when somebody else was faster.
    """
    model = type(row)
    now = timezone.now()
    hits = model._default_manager.filter(pk=row.pk, version=expected).update(
        version=F("version") + 1, updated_at=now, **changes
    )
    if not hits:
        raise _stale(model._default_manager.filter(pk=row.pk))
    for field, value in changes.items():
        setattr(row, field, value)
    row.version, row.updated_at = expected + 1, now
    return row


def advance_all(rows: Sequence[R]) -> None:
    """Count rows of one kind a version further, as `advance` does each, if all of them stand as they were loaded."""
    now, by_version = timezone.now(), defaultdict[int, list[R]](list)
    for row in rows:
        by_version[row.version].append(row)
    for version, same in by_version.items():
        for some in chunks(same):
            found = type(some[0])._default_manager.filter(pk__in=[row.pk for row in some])
            if found.filter(version=version).update(version=version + 1, updated_at=now) < len(some):
                raise _stale(found.exclude(version=version + 1))
    for row in rows:
        row.version, row.updated_at = row.version + 1, now


def _stale(rows: "models.QuerySet[Any]") -> StaleEdit:
    return StaleEdit(
        f"This {rows.model._meta.verbose_name} was changed meanwhile; look at what stands now and decide.",
        rows.first(),
    )


def count_up(rows: models.QuerySet[Any]) -> None:
    """Count a version further what tells of another row that is about to go: one version never reads two ways."""
    rows.update(version=F("version") + 1, updated_at=timezone.now())


def chunks(keys: Iterable[K], size: int = 5000) -> Iterator[list[K]]:
    """Cut keys into lists that a query takes."""
    found = list(keys)
    for start in range(0, len(found), size):
        yield found[start : start + size]
