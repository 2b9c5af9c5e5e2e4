"""Columns as the text that the wire has of them, made by the database: there are many, and both say the same."""

from typing import Any

import orjson
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, TextField
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler


class AsText(Cast):
    """A JSON column or a moment as text: `parsed` and `moment_of_text` read it, cheaper than the driver does."""

    def __init__(self, column: str) -> None:
        super().__init__(column, TextField())


class PublicId(Func):
    """An id as the text that it has outside, made by the database: there are many of them."""

    output_field = TextField()
    template = "CAST(%(expressions)s AS text)"

    def as_sqlite(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        **extra_context: Any,
    ) -> tuple[str, tuple[str | int, ...]]:
        """Put the hyphens in, which SQLite stores without."""
        parts = ("1, 8", "9, 4", "13, 4", "17, 4", "21, 12")
        template = " || '-' || ".join(f"substr(%(expressions)s, {part})" for part in parts)
        sql, params = self.as_sql(compiler, connection, template=template, **extra_context)
        return sql, (*params,) * len(parts)


def parsed(text: str | None) -> Any:  # noqa: ANN401  (a JSON value)
    return None if text is None else orjson.loads(text)


def moment_of_text(text: str) -> str:
    """Return a moment as `records.moment` does, from the text that a database makes of it in UTC."""
    words = text.removesuffix("+00")
    return f"{words[:10]}T{words[11:19]}.{words[20:]:0<6}Z"
