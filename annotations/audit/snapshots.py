"""What goes when a row is deleted for good, kept so that it can come back as it was.

A snapshot is `{"rows": [...], "cleared": [...]}`: the row and all that is deleted with it, as Django serialises
them, and the links of other rows that are emptied, as `[table, key, field]`. It holds integer keys, and so
stays inside the log.
"""

import json
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import models
from django.db.models.deletion import Collector

Snapshot = dict[str, Any]
Key = tuple[type[models.Model], object]


def snapshot_of(row: models.Model) -> Snapshot:
    """Return what deleting `row` takes away. Raises `ProtectedError` if it may not be deleted."""
    collector = Collector(using="default", origin=row)
    collector.collect([row])
    cleared = [_place(each, link) for each, link in _cleared(collector)]
    return {"rows": kept_rows(_deleted(collector, [row])), "cleared": cleared}


def snapshots_of(rows: Sequence[models.Model]) -> list[Snapshot]:
    """Return what deleting each of many rows of one kind takes away, in their order.

    What goes with one of them refers to it, not to something that goes with it.
    """
    collector = Collector(using="default")
    collector.collect(rows)
    found = list(_deleted(collector, rows))
    origins = {(type(row), row.pk): Snapshot(rows=[], cleared=[]) for row in rows}
    for row, kept in zip(found, kept_rows(found), strict=True):
        origins[_origin(row, origins)]["rows"].append(kept)
    for row, link in _cleared(collector):
        origins[type(rows[0]), getattr(row, f"{link}_id")]["cleared"].append(_place(row, link))
    return list(origins.values())


def _origin(row: models.Model, origins: Container[Key]) -> Key:
    """Return which of the rows it is, or goes with."""
    if (type(row), row.pk) in origins:
        return type(row), row.pk
    named = ((link.related_model, getattr(row, link.attname)) for link in _links(row))
    return next(key for key in named if key in origins)


def kept_rows(rows: Iterable[models.Model]) -> list[dict[str, Any]]:
    """Return rows as they are kept in the log."""
    kept: list[dict[str, Any]] = json.loads(json.dumps(serializers.serialize("python", rows), default=str))
    return kept


def rows_in(kept: Sequence[Mapping[str, Any]]) -> list[models.Model]:
    """Return the rows that were kept, ready to be inserted, those that others refer to first.

    What they refer to may have gone since: that would have emptied such a link, or taken the row along, and does so
    here. A link that keeps what it names from going stays as it was, for the database to refuse.
    """
    rows = [found.object for found in serializers.deserialize("python", kept)]
    gone = _gone(rows)
    return [row for row in rows if not _links_lost(row, gone)]


def _gone(rows: Sequence[models.Model]) -> set[Key]:
    """Return what the rows refer to and is neither there nor among them, in one query a table."""
    wanted: dict[type[models.Model], set[object]] = defaultdict(set)
    for row in rows:
        for link in _links(row):
            wanted[link.related_model].add(getattr(row, link.attname))
    found = {(type(row), row.pk) for row in rows}
    for model, keys in wanted.items():
        there = model._default_manager.filter(pk__in=keys).values_list("pk", flat=True)
        found |= {(model, key) for key in there}
    return {(model, key) for model, keys in wanted.items() for key in keys} - found


def _links_lost(row: models.Model, gone: Container[Key]) -> bool:
    """Empty the links of a row to what has gone; True if the row would have gone with it."""
    lost = [link for link in _links(row) if (link.related_model, getattr(row, link.attname)) in gone]
    for link in lost:
        if link.remote_field.on_delete is models.SET_NULL:
            setattr(row, link.attname, None)
    return any(link.remote_field.on_delete is models.CASCADE for link in lost)


def _links(row: models.Model) -> list[Any]:
    """Return the columns of a row that refer to another."""
    links = [field for field in row._meta.concrete_fields if field.is_relation]
    return [link for link in links if getattr(row, link.attname) is not None]


def cleared_in(snapshot: Snapshot) -> Iterator[tuple[models.QuerySet[Any], str]]:
    """Yield the rows whose links were emptied, each with the name of the link."""
    for name, key, link in snapshot["cleared"]:
        yield apps.get_model("annotations", name)._default_manager.filter(pk=key), link


def _deleted(collector: Collector, origins: Sequence[models.Model]) -> Iterator[models.Model]:
    """Yield the rows themselves first: the others refer to them, and not to one another."""
    yield from origins
    known = set(origins)
    for rows in collector.data.values():
        yield from (row for row in rows if row not in known)
    for others in collector.fast_deletes:
        yield from others


def _cleared(collector: Collector) -> Iterator[tuple[models.Model, str]]:
    """Yield the rows of which a link is emptied, with the name of the link."""
    updates: Any = collector.field_updates  # typed as sets of rows, and holds lists of QuerySets
    for (field, _), groups in updates.items():
        for group in groups:
            yield from ((each, field.name) for each in group)


def _place(row: models.Model, link: str) -> list[object]:
    return [row._meta.model_name, row.pk, link]
