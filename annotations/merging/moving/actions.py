"""Move every reference from one row to another, remembering each, and move back those that still stand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import F, JSONField, TextField, Value
from django.db.models.functions import Cast, Replace
from django.utils import timezone

from annotations.audit.snapshots import kept_rows, rows_in
from annotations.conflicts.models import Verdict
from annotations.merging.moving.references import REFERENCES, Reference
from annotations.rows import Row, chunks, count_up
from annotations.statements.models import Statement

Memory = dict[str, Any]
"""What a merge has moved, as its event keeps it: `moved` by reference, `dropped` rows, places inside JSON."""
Left = dict[str, list[int]]
"""What does not stand any more as a merge has put it, by reference."""
Places = dict[str, list[Any]]
"""Spans by their statement: role, start and end of each."""
Bases = dict[str, dict[str, list[str]]]
"""The claims on which verdicts rest, before and after, by verdict."""


@dataclass
class Touched:
    """The rows whose records read otherwise now, each to be counted one version further; some are already."""

    keys: dict[type[Row], set[int]] = field(default_factory=lambda: defaultdict(set))
    counted: dict[type[Row], set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, owner: type[Row] | None, keys: Iterable[int]) -> None:
        if owner is not None:
            self.keys[owner].update(keys)

    def count_up(self, *, besides: Row) -> None:
        self.counted[type(besides)].add(besides.pk)
        for owner, keys in self.keys.items():
            for some in chunks(keys - self.counted[owner]):
                count_up(owner._default_manager.filter(pk__in=some))


def move_references(*, away: Row, keep: Row, touched: Touched) -> Memory:
    """Make everything that names `away` name `keep`; what cannot stays behind, to go with `away`."""
    moved, dropped = {}, []
    for reference in REFERENCES[type(away)]:
        clashing = reference.clashing(away, keep)
        if reference.drops and clashing:
            dropped += _drop(reference, clashing, touched)
        keys = _keys(reference, reference.naming(away), without=clashing)
        moved[reference.name] = keys
        _rename(reference, keys, away, keep, touched)
    return {"moved": moved, "dropped": dropped}


def move_back(*, memory: Memory, away: Row, keep: Row, touched: Touched) -> Left:
    """Move back what still stands where the merge has put it; return what does not."""
    left: Left = {}
    for reference in REFERENCES[type(away)]:
        keys = memory["moved"].get(reference.name, [])
        standing = _standing(reference, keys, keep)
        _rename(reference, standing, keep, away, touched)
        left[reference.name] = sorted(set(keys) - set(standing))
        if reference.drops:
            kept = [each for each in memory["dropped"] if each["model"] == reference.model._meta.label_lower]
            rows = _fitting(reference, rows_in(kept), keep, away)
            reference.model._default_manager.bulk_create(rows)
            touched.add(reference.owner, [getattr(row, reference.key) for row in rows])
            missing = {each["fields"][reference.key.removesuffix("_id")] for each in kept}
            left[reference.name] += sorted(missing - {getattr(row, reference.key) for row in rows})
    return left


def _keys(reference: Reference, rows: "models.QuerySet[Any]", without: Iterable[int] = ()) -> list[int]:
    """Return how the rows are known again."""
    staying = set(without)
    return sorted({key for pk, key in rows.values_list("pk", reference.key) if pk not in staying})


def _standing(reference: Reference, keys: Sequence[int], row: Row) -> list[int]:
    found: list[int] = []
    for some in chunks(keys):
        found += _keys(reference, reference.naming(row).filter(**{f"{reference.key}__in": some}))
    return found


def _rename(reference: Reference, keys: Sequence[int], old: Row, new: Row, touched: Touched) -> None:
    """Have rows name `new`; one that was given another meanwhile keeps that. A row of its own is counted up at once."""
    is_own = reference.owner is reference.model
    further = {"version": F("version") + 1, "updated_at": timezone.now()} if is_own else {}
    for some in chunks(keys):
        rows = reference.naming(old).filter(**{f"{reference.key}__in": some})
        if reference.shown_by:
            touched.add(reference.owner, rows.values_list(reference.shown_by, flat=True))
        rows.update(**{reference.column: new.pk}, **further)
    if not reference.shown_by:
        touched.add(reference.owner, keys)
    if reference.owner is not None and is_own:
        touched.counted[reference.owner].update(keys)


def _drop(reference: Reference, clashing: Sequence[int], touched: Touched) -> list[dict[str, Any]]:
    kept = []
    for some in chunks(clashing):
        rows = reference.model._default_manager.filter(pk__in=some)
        touched.add(reference.owner, rows.values_list(reference.key, flat=True))
        kept += kept_rows(rows)
        rows.delete()
    return kept


def _fitting(
    reference: Reference, dropped: Sequence[models.Model], keep: Row, away: Row
) -> list[models.Model]:
    """Keep the dropped rows that can come back: what they stood beside is there, and their place is free."""
    keys = [getattr(row, reference.key) for row in dropped]
    beside = {*_standing(reference, keys, keep), *_standing(reference, keys, away)}
    taken = _places_taken(reference, keys)
    return [
        row
        for row, key in zip(dropped, keys, strict=True)
        if key in beside and _place(reference, row) not in taken
    ]


def _places_taken(reference: Reference, keys: Sequence[int]) -> set[tuple[object, ...]]:
    taken: set[tuple[object, ...]] = set()
    for some in chunks(keys):
        rows = reference.model._default_manager.filter(**{f"{reference.key}__in": some})
        taken |= set(rows.values_list(*reference.drops))
    return taken


def _place(reference: Reference, row: models.Model) -> tuple[object, ...]:
    return tuple(getattr(row, column) for column in reference.drops)


def rename_in_spans(
    *, study_id: int, old: Row, new: Row, touched: Touched, places: Places | None = None
) -> Places:
    """Give addressees and targets that name `old` to `new`; return where that was. With `places`, only there.

    Almost always all that name `old` in a statement change, and so the database rewrites them; only a
    statement in which some stay is written by itself.
    """
    rows = Statement.objects.within(study_id).annotate(words=Cast("spans", TextField()))
    naming = rows.filter(words__contains=f'"{old.uid}"')
    found: Places = {}
    whole: list[int] = []
    for key, spans in naming.values_list("pk", "spans"):
        there = [_place_of(span) for span in spans if span.get("speaker") == str(old.uid)]
        wanted = there if places is None else [place for place in there if place in places.get(str(key), [])]
        if not wanted:
            continue
        found[str(key)] = wanted
        if len(wanted) == len(there):
            whole.append(key)
        else:
            row = Statement.objects.select_for_update(no_key=True).get(pk=key)
            row.spans = [_renamed(span, new) if _place_of(span) in wanted else span for span in row.spans]
            row.save(update_fields=["spans"])
    for some in chunks(whole):
        Statement.objects.filter(pk__in=some).update(spans=_instead("spans", old, new))
    touched.add(Statement, map(int, found))
    return found


def _place_of(span: Mapping[str, Any]) -> list[object]:
    return [span["role"], span["start"], span["end"]]


def _renamed(span: Mapping[str, Any], new: Row) -> dict[str, Any]:
    return {**span, "speaker": str(new.uid)}


def _instead(column: str, old: Row, new: Row) -> Cast:
    """Return the JSON of a column with one id in place of another; inside of words a quotation mark is escaped."""
    words = Cast(column, TextField())
    return Cast(Replace(words, Value(f'"{old.uid}"'), Value(f'"{new.uid}"')), JSONField())


def rename_in_bases(*, study_id: int, old: Row, new: Row, touched: Touched) -> Bases:
    """Have verdicts rest on the one claim in place of the other; return each basis before and after."""
    found, changed = {}, []
    for row in Verdict.objects.within(study_id).select_for_update(no_key=True).only("basis"):
        basis = row.basis or {}
        before = basis.get("claims", [])
        if str(old.uid) in before:
            after = list(dict.fromkeys(str(new.uid) if uid == str(old.uid) else uid for uid in before))
            found[str(row.pk)] = {"before": before, "after": after}
            row.basis = {**basis, "claims": after}
            changed.append(row)
    Verdict.objects.bulk_update(changed, ["basis"], batch_size=500)
    touched.add(Verdict, [row.pk for row in changed])
    return found


def restore_bases(*, bases: Bases, touched: Touched) -> list[int]:
    """Give verdicts the basis they had, where it stands as the merge left it; return the others."""
    changed = []
    for row in Verdict.objects.filter(pk__in=map(int, bases)).select_for_update(no_key=True).only("basis"):
        kept, basis = bases[str(row.pk)], row.basis or {}
        if basis.get("claims") == kept["after"]:
            row.basis = {**basis, "claims": kept["before"]}
            changed.append(row)
    Verdict.objects.bulk_update(changed, ["basis"], batch_size=500)
    touched.add(Verdict, [row.pk for row in changed])
    return sorted({int(key) for key in bases} - {row.pk for row in changed})
