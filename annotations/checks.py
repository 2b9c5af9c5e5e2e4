"""System checks: name what in a database could lose an acknowledged save; `up` warns of it at each start."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

WANTED = {
    "sqlite": {"journal_mode": ("wal", "memory"), "synchronous": ("2", "3"), "foreign_keys": ("1",)},
    "postgresql": {
        "fsync": ("on",),
        "full_page_writes": ("on",),
        "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
    },
}


@register(Tags.database)
def durable(databases: Sequence[str] | None, **kwargs: object) -> list[CheckMessage]:
    """Compare the settings that durability rests on with what the connected database reports."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        verb = "PRAGMA" if connection.vendor == "sqlite" else "SHOW"
        for name, allowed in WANTED.get(connection.vendor, {}).items():
            with connection.cursor() as cursor:
                cursor.execute(f"{verb} {name}")
                value = str(cursor.fetchone()[0])
            if value not in allowed:
                found.append(
                    Error(
                        f"{name} is {value}: a crash could lose saved work.",
                        hint=f"Set it to {allowed[0]}.",
                        id="atodds.E001",
                    )
                )
    return found
