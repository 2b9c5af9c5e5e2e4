"""What goes when a row is deleted for good, kept so that it can come back as it was.

A snapshot is `{"rows": [...], "cleared": [...]}`: the row and all that is deleted with it, as Django serialises
them, and the links of other rows that are emptied, as `[table, key, field]`. It holds integer keys, and so
stays inside the log.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import models
from django.db.models.deletion import Collector

Snapshot = dict[str, Any]


def snapshot_of(row: models.Model) -> Snapshot:
    """Return what deleting `row` takes away. Raises `ProtectedError` if it may not be deleted."""
    collector = Collector(using="default", origin=row)
    collector.collect([row])
    return {
        "rows": json.loads(
            json.dumps(serializers.serialize("python", _deleted(collector, row)), default=str)
        ),
        "cleared": list(_cleared(collector)),
    }


def rows_in(snapshot: Snapshot) -> list[Any]:
    """Return the deleted rows, ready to be saved, those that others refer to first."""
    return list(serializers.deserialize("python", snapshot["rows"]))


def cleared_in(snapshot: Snapshot) -> Iterator[tuple[models.QuerySet[Any], str]]:
    """Yield the rows whose links were emptied, each with the name of the link."""
    for name, key, link in snapshot["cleared"]:
        yield apps.get_model("annotations", name)._default_manager.filter(pk=key), link


def _deleted(collector: Collector, origin: models.Model) -> Iterator[models.Model]:
    """Yield the row itself first: the others refer to it, and not to one another."""
    yield origin
    for rows in collector.data.values():
        yield from (row for row in rows if row != origin)
    for others in collector.fast_deletes:
        yield from others


def _cleared(collector: Collector) -> Iterator[list[object]]:
    updates: Any = collector.field_updates  # typed as sets of rows, and holds lists of QuerySets
    for (field, _), groups in updates.items():
        for group in groups:
            yield from ([each._meta.model_name, each.pk, field.name] for each in group)
