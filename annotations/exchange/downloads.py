"""One export as a file to send: its name, its type, its bytes; the same for page, API and command."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Final

from annotations.accounts.models import User
from annotations.errors import AnnotationError, FieldError
from annotations.exchange.exporter import export_jsonl
from annotations.exchange.tables import TABLES, export_csv
from annotations.studies.models import Study

CONTENT_TYPES: Final = {
    "jsonl": "application/x-ndjson; charset=utf-8",
    "csv": "text/csv; charset=utf-8; header=present",
}


class UnknownExport(AnnotationError):
    """A format or a table that there is not."""

    code = "unknown_export"
    status = 400


@dataclass(frozen=True)
class Export:
    """What is asked for; `table` is for CSV."""

    format: str = "jsonl"
    table: str | None = None

    def __post_init__(self) -> None:
        if self.format not in CONTENT_TYPES:
            raise _unknown("format", f"{self.format[:40]!r} is no format; use jsonl or csv.")
        if self.table is not None and self.format != "csv":
            raise _unknown("table", "Only format=csv comes in tables; leave table out.")
        if self.table is not None and self.table not in TABLES:
            raise _unknown("table", f"{self.table[:40]!r} is no table; use one of {', '.join(TABLES)}.")

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.format]

    def name(self, study: Study) -> str:
        table = "" if self.format == "jsonl" else f"-{self.table or 'statements'}"
        return f"{study.slug}{table}.{self.format}"

    def pieces(self, study: Study, reader: User | None) -> Generator[bytes]:
        """Yield the bytes as `reader` may read them, or whole for None."""
        if self.format == "jsonl":
            return export_jsonl(study, reader)
        return export_csv(study, reader, self.table or "statements")


class Begun(Iterator[bytes]):
    """A stream whose first piece is there already: what keeps an export from beginning is an error of its own,
    with a status of its own, and no file that breaks off."""

    def __init__(self, pieces: Generator[bytes]) -> None:
        self._pieces = pieces
        self._first: bytes | None = next(pieces)

    def __next__(self) -> bytes:
        if self._first is None:
            return next(self._pieces)
        first, self._first = self._first, None
        return first

    def close(self) -> None:
        """Let go of the database; the server calls this at the end, also when the reader has gone."""
        self._pieces.close()


def _unknown(name: str, message: str) -> UnknownExport:
    return UnknownExport(message, [FieldError(name, message)])
