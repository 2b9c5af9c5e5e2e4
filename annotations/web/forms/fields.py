"""Read single fields of a posted form into domain values; what does not fit is refused by the field's name."""

import re
import uuid
from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

from annotations.errors import Invalid

M = TypeVar("M", bound=Model)

_NUMBER = re.compile(r"[-+]?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,9})?")


def words(posted: QueryDict, name: str) -> str:
    """Return a text field, stripped, with line feeds only; empty if it was not sent."""
    value = posted.get(name) or ""
    if "\0" in value:
        raise Invalid.field(name, f"{name}: there is a NUL character in it; take it out.")
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def flag(posted: QueryDict, name: str) -> bool:
    """Return a checkbox: a hidden `no` goes before it, so that an empty box is told from an absent one."""
    value = posted.get(name)
    if value not in {"yes", "no"}:
        raise Invalid.field(name, f"{name}: {value!r} is neither yes nor no.")
    return value == "yes"


def day(posted: QueryDict, name: str) -> date | None:
    value = words(posted, name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise Invalid.field(name, f"{value[:40]!r} is no date; write it as 2018-03-14.") from error


def number(posted: QueryDict, name: str) -> int | float | None:
    """Return a number in figures, thousands with or without commas, decimals after a point."""
    value = words(posted, name).replace("−", "-")
    if not value:
        return None
    if not _NUMBER.fullmatch(value):
        raise Invalid.field(
            name, f"{value[:40]!r} is no number; write figures, such as 4000, 4,000 or 2.6 (decimal point)."
        )
    plain = value.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def chosen(posted: QueryDict, name: str, rows: QuerySet[M], what: str) -> M | None:
    """Return the row whose public id was sent, None for an empty field; an unknown id is refused."""
    value = words(posted, name)
    if not value:
        return None
    try:
        found = rows.filter(uid=uuid.UUID(value)).first()
    except ValueError:
        found = None
    if found is None:
        raise Invalid.field(name, f"There is no such {what}; choose one from the list.")
    return found
