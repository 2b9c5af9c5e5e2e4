"""Statements straight from the cursor: no row object a statement, no query a statement.

Codes, chain links and stance links come from cursors of their own, in the order of the statements, and are
read in step with them: four queries for a study of any size. JSON columns come as text and are parsed once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

import orjson
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, Func, QuerySet, TextField, When
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler

from annotations.claims.models import Claim, StanceLink
from annotations.codebook.models import Label
from annotations.exchange.batches import batches
from annotations.exchange.records import Record, StatementColumns, statement_shape
from annotations.exchange.scope import Scope
from annotations.speakers.models import Speaker
from annotations.statements.models import ChainLink, Code

BATCH = 2000


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


COLUMNS = (
    "pk",
    PublicId("uid"),
    "external_id",
    PublicId("annotation_set__article__uid"),
    PublicId("annotation_set__uid"),
    "voice",
    Cast("spans", TextField()),
    PublicId("speaker__uid"),
    "metonym",
    "collective",
    PublicId("utterance__uid"),
    Cast("said_on", TextField()),
    Case(When(parent__deleted_at=None, then=PublicId("parent__uid"))),
    Cast("restates", TextField()),
    Cast("replies_to", TextField()),
    Cast("flags", TextField()),
    "note",
    PublicId("adopted_from"),
    "created_by__pseudonym",
    "created_at",
    "updated_at",
    "version",
)
SPANS, SAID_ON, PARENT, RESTATES, REPLIES_TO, FLAGS = 6, 11, 12, 13, 14, 15
"""Where the JSON columns and the parent stand."""


@dataclass(frozen=True)
class Names:
    """Public ids and slugs by key, of what many statements point to."""

    speakers: Mapping[int, str]
    claims: Mapping[int, str]
    labels: Mapping[int, tuple[str, str]]
    speaker_ids: frozenset[str]

    @classmethod
    def read(cls, scope: Scope) -> "Names":
        speakers = Speaker.objects.using(scope.using).within(scope.study_id).values_list("pk", "uid")
        claims = Claim.objects.using(scope.using).within(scope.study_id).values_list("pk", "uid")
        labels = Label.objects.using(scope.using).filter(
            variable__codebook__in=scope.codebooks().order_by().values("pk")
        )
        known = {pk: str(uid) for pk, uid in speakers}
        return cls(
            speakers=known,
            claims={pk: str(uid) for pk, uid in claims},
            labels={pk: (v, label) for pk, v, label in labels.values_list("pk", "variable__slug", "slug")},
            speaker_ids=frozenset(known.values()),
        )


def statement_records(scope: Scope) -> Iterator[Record]:
    """Yield the record of every statement in the scope, in its order."""
    return (record for record, _ in statements_beside(scope, Names.read(scope), ()))


def statements_beside(
    scope: Scope, names: Names, beside: tuple[str, ...]
) -> Iterator[tuple[Record, tuple[Any, ...]]]:
    """Yield the record of every statement with the values of further columns, such as its article's title."""
    codes, chain, stances = _codes(scope), _chain(scope), _stances(scope)
    rows = scope.statements().values_list(*COLUMNS, *beside).iterator(chunk_size=BATCH)
    for batch in batches(rows, BATCH):
        for row, columns in zip(batch, _columns(scope, names, batch), strict=True):
            record = statement_shape(
                columns,
                dict(names.labels[label] for _, label in codes.of(row[0])),
                [_link(names, link) for link in chain.of(row[0])],
                [_stance(names, stance) for stance in stances.of(row[0])],
            )
            yield record, row[len(COLUMNS) :]
    for follower in (codes, chain, stances):
        follower.end()


class Follower:
    """Rows that belong to statements, each with its statement's key in front, in the order of the statements."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._key: int | None = None
        self._rows: list[tuple[Any, ...]] = []
        self._advance()

    def of(self, key: int) -> list[tuple[Any, ...]]:
        """Return the rows of the statement that is next in order."""
        if key != self._key:
            return []
        rows = self._rows
        self._advance()
        return rows

    def end(self) -> None:
        """Refuse to end with rows left over: better a file that breaks off than one that lacks something."""
        if self._key is not None:
            raise RuntimeError(f"the rows of statement {self._key} came out of order")

    def _advance(self) -> None:
        self._key, rows = next(self._groups, (None, ()))
        self._rows = list(rows)


def _columns(scope: Scope, names: Names, batch: list[tuple[Any, ...]]) -> Iterator[StatementColumns]:
    """Parse the JSON columns; drop references to what is not part of this export."""
    present = _present(scope, batch)
    for row in batch:
        values = list(row)
        values[SPANS] = _spans(row[SPANS], names)
        values[SAID_ON] = _json(row[SAID_ON])
        values[FLAGS] = _json(row[FLAGS])
        for i in (RESTATES, REPLIES_TO):
            values[i] = [uid for uid in orjson.loads(row[i]) if uid in present] if row[i] != "[]" else []
        if scope.wanted and row[PARENT] not in present:
            values[PARENT] = None
        yield StatementColumns._make(values[1 : len(COLUMNS)])


def _spans(text: str, names: Names) -> list[Record]:
    spans: list[Record] = orjson.loads(text)
    if '"speaker"' in text:
        for span in spans:
            if span.get("speaker") and span["speaker"] not in names.speaker_ids:
                span["speaker"] = None
    return spans


def _present(scope: Scope, batch: list[tuple[Any, ...]]) -> set[str]:
    """Return those of the statements referred to that are exported too; parents are, if no filter is set."""
    named = {
        UUID(uid)
        for row in batch
        for i in (RESTATES, REPLIES_TO)
        if row[i] != "[]"
        for uid in orjson.loads(row[i])
    }
    if scope.wanted:
        named |= {UUID(row[PARENT]) for row in batch if row[PARENT]}
    if not named:
        return set()
    rows = scope.statements().order_by().filter(uid__in=named)
    return {str(uid) for uid in rows.values_list("uid", flat=True)}


def _codes(scope: Scope) -> Follower:
    return _following(scope, Code.objects.using(scope.using), (), "label_id")


def _chain(scope: Scope) -> Follower:
    rows = ChainLink.objects.using(scope.using)
    spans = Cast("source", TextField()), Cast("cue", TextField())
    return _following(scope, rows, ("order",), "speaker_id", "role", "uncertain", *spans)


def _stances(scope: Scope) -> Follower:
    rows = StanceLink.objects.using(scope.using)
    columns = ("claim_id", "stance", "commitment", "explicit", "presupposed", "label", "note")
    return _following(scope, rows, ("order", "pk"), *columns, Cast("value", TextField()))


def _following(
    scope: Scope,
    rows: "QuerySet[Code] | QuerySet[ChainLink] | QuerySet[StanceLink]",
    order: tuple[str, ...],
    *columns: str | Cast,
) -> Follower:
    """Return the rows of the statements in the scope, in the order in which the statements come."""
    among = rows.filter(statement__in=scope.statements().order_by()).order_by(
        *scope.order("statement__"), *order
    )
    return Follower(among.values_list("statement_id", *columns).iterator(chunk_size=BATCH))


def _link(names: Names, row: tuple[Any, ...]) -> Record:
    _, speaker, role, uncertain, source, cue = row
    return {
        "speaker": names.speakers[speaker],
        "role": role,
        "uncertain": uncertain,
        "source": _json(source),
        "cue": _json(cue),
    }


def _stance(names: Names, row: tuple[Any, ...]) -> Record:
    _, claim, stance, commitment, explicit, presupposed, label, note, value = row
    return {
        "claim": names.claims[claim],
        "stance": stance,
        "commitment": commitment,
        "explicit": explicit,
        "presupposed": presupposed,
        "label": label,
        "note": note,
        "value": _json(value),
    }


def _json(text: str | None) -> Any:  # noqa: ANN401  (a JSON value)
    return None if text is None else orjson.loads(text)
