"""One export as a file to send: its name, its type, its bytes; the same for page, API and command."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q
from django.utils.text import slugify

from annotations.accounts.models import User
from annotations.coding.filtering import StatementFilter
from annotations.corpus.models import Article
from annotations.errors import AnnotationError, FieldError
from annotations.exchange.exporter import export_jsonl
from annotations.exchange.tables import TABLES, export_csv
from annotations.exchange.web_annotations import export_web_annotations
from annotations.statements.models import Statement
from annotations.studies.models import Study

CONTENT_TYPES: Final = {
    "jsonl": "application/x-ndjson; charset=utf-8",
    "csv": "text/csv; charset=utf-8; header=present",
    "webannotation": 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
}

PRIVATE: Final = "private"
NAMES: Final = ("role", PRIVATE)
"""How private speakers are called: by their role, or by their names all the same."""
LONGEST_NAME: Final = 150


def file_name(parts: Iterable[str], filters: Mapping[str, str], ending: str) -> str:
    """Return a name that says what is in a file and by what it was filtered."""
    kept = (f"{name}-{slugify(words)[:30]}" for name, words in filters.items())
    return f"{'-'.join([*parts, *kept])[:LONGEST_NAME].rstrip('-')}.{ending}"


def headers_of(name: str, format_: str) -> dict[str, str]:
    """Return what an HTTP answer says of a file; its name holds nothing that would need quoting."""
    return {
        "Content-Type": CONTENT_TYPES[format_],
        "Content-Disposition": f'attachment; filename="{name}"',
    }


class UnknownExport(AnnotationError):
    """A format or a table that there is not."""

    code = "unknown_export"
    status = 400


@dataclass(frozen=True)
class Export:
    """What is asked for; `table` and `sort` are for CSV, `wanted` for a file of some statements and what they refer to."""

    format: str = "jsonl"
    table: str | None = None
    wanted: StatementFilter | None = None
    sort: str = ""
    names: str = ""

    def __post_init__(self) -> None:
        if self.format not in CONTENT_TYPES:
            raise _unknown(
                "format", f"{_shown(self.format)!r} is no format; use one of {', '.join(CONTENT_TYPES)}."
            )
        if self.names not in {"", *NAMES}:
            raise _unknown(
                "names", f"{_shown(self.names)!r} is no way to name; use one of {', '.join(NAMES)}."
            )
        if self.table is not None and self.format != "csv":
            raise _unknown("table", "Only format=csv comes in tables; leave table out.")
        if self.table is not None and self.table not in TABLES:
            raise _unknown("table", f"{_shown(self.table)!r} is no table; use one of {', '.join(TABLES)}.")

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.format]

    def name(self, study: Study) -> str:
        """Return the name of the file: the study, the table and by what it is filtered."""
        parts = [study.slug, self.table or "statements"] if self.format == "csv" else [study.slug]
        ending = "jsonld" if self.format == "webannotation" else self.format
        return file_name(parts, self.wanted.asked if self.wanted else {}, ending)

    def headers(self, study: Study) -> dict[str, str]:
        return headers_of(self.name(study), self.format)

    def pieces(self, study: Study, reader: User | None) -> Generator[bytes]:
        """Yield the bytes as `reader` may read them, or whole for None."""
        if self.format == "jsonl":
            shown = self.shows_private_names if self.names else None
            return export_jsonl(study, reader, self.wanted, named=shown)
        if self.format == "webannotation":
            return export_web_annotations(study, reader, self.wanted, named=self.shows_private_names)
        table = self.table or "statements"
        return export_csv(study, reader, table, self.wanted, self.sort, named=self.shows_private_names)

    @property
    def shows_private_names(self) -> bool:
        """Whether the names of private speakers are asked for; managers may."""
        return self.names == PRIVATE


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


@dataclass(frozen=True)
class Contents:
    """How much an export holds for a reader."""

    n_articles: int
    n_texts: int
    n_statements: int


def contents_of(study: Study, reader: User) -> Contents:
    articles = Article.objects.in_study(study).present()
    n_texts = Count("pk", filter=Q(text_may_leave=True))
    counted = articles.aggregate(articles=Count("pk"), texts=n_texts)
    n_statements = Statement.objects.visible_to(reader).in_study(study).count()
    return Contents(counted["articles"], counted["texts"], n_statements)


def _unknown(name: str, message: str) -> UnknownExport:
    return UnknownExport(message, [FieldError(name, message)])


def _shown(words: str) -> str:
    """Return the beginning of something that a stranger sent, fit to be shown."""
    return "".join(c if c.isprintable() else "\ufffd" for c in words[:40])
