"""Statements straight from the cursor: no row object a statement, no query a statement.

Codes, chain links and stance links come from cursors of their own, in the order of the statements, and are
read in step with them: four queries for a study of any size. JSON columns and moments come as text and are
parsed once, in one way on both databases.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, TypeVar

import orjson
from django.db import connections
from django.db.models import Case, Expression, QuerySet, When

from annotations.claims.models import Claim, StanceLink
from annotations.codebook.models import Label
from annotations.exchange.batches import batches, batches_ahead
from annotations.exchange.columns import AsText, PublicId, moment_of_text, parsed
from annotations.exchange.numerous import StatementColumns, statement_shape
from annotations.exchange.records import Record
from annotations.exchange.scope import Scope
from annotations.speakers.models import Speaker
from annotations.statements.models import ChainLink, Code

BATCH = 2000
T = TypeVar("T")


PARENT = Case(When(parent__deleted_at=None, then=PublicId("parent__uid")))
COLUMNS = (
    "pk",
    PublicId("uid"),
    "external_id",
    PublicId("annotation_set__article__uid"),
    PublicId("annotation_set__uid"),
    "voice",
    AsText("spans"),
    PublicId("speaker__uid"),
    "metonym",
    "collective",
    PublicId("utterance__uid"),
    AsText("said_on"),
    PARENT,
    AsText("restates"),
    AsText("replies_to"),
    AsText("flags"),
    "note",
    PublicId("adopted_from"),
    "created_by__pseudonym",
    AsText("created_at"),
    AsText("updated_at"),
    "version",
)
SPANS, SAID_ON, PARENT_AT, RESTATES, REPLIES_TO, FLAGS, CREATED_AT, UPDATED_AT = 6, 11, 12, 13, 14, 15, 19, 20
"""Where the columns stand that are not exported as they are."""


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
    names = Names.read(scope)
    codes, chain, stances = _codes_of(scope, names), _chain_of(scope, names), _stances_of(scope, names)
    for batch in rows_of(scope, COLUMNS):
        present = _present(scope, batch)
        for row in batch:
            key = row[0]
            columns = _columns(names, present, row)
            yield statement_shape(columns, dict(codes.of(key)), chain.of(key), stances.of(key))
    for follower in (codes, chain, stances):
        follower.end()


def rows_of(scope: Scope, columns: Sequence[str | Expression]) -> Iterator[list[tuple[Any, ...]]]:
    """Yield these columns of the statements in the scope, many at a time.

    PostgreSQL makes the next rows ready meanwhile; a connection to SQLite would have both sides wait for each other.
    """
    rows = scope.statements().values_list(*columns).iterator(chunk_size=BATCH)
    ahead = connections[scope.using].vendor == "postgresql"
    return (batches_ahead if ahead else batches)(rows, BATCH)


class Follower(Generic[T]):
    """What belongs to statements, each with its statement's key in front, in the order of the statements."""

    def __init__(self, rows: Iterator[tuple[Any, ...]], made: Callable[[tuple[Any, ...]], T]) -> None:
        self._groups, self._made = groupby(rows, itemgetter(0)), made
        self._next = next(self._groups, None)

    def of(self, key: int) -> list[T]:
        """Return what belongs to the statement that is next in order."""
        if self._next is None or self._next[0] != key:
            return []
        found = list(map(self._made, self._next[1]))
        self._next = next(self._groups, None)
        return found

    def end(self) -> None:
        """Refuse to end with rows left over: better a file that breaks off than one that lacks something."""
        if self._next is not None:
            raise RuntimeError(f"the rows of statement {self._next[0]} came out of order")


def _codes_of(scope: Scope, names: Names) -> Follower[tuple[str, str]]:
    """Return variable and label of each code."""
    rows = in_step(scope, Code.objects.using(scope.using), (), "label_id")
    return Follower(rows, lambda row: names.labels[row[1]])


def _chain_of(scope: Scope, names: Names) -> Follower[Record]:
    def link(row: tuple[Any, ...]) -> Record:
        _, speaker, role, uncertain, source, cue = row
        return {
            "speaker": names.speakers[speaker],
            "role": role,
            "uncertain": uncertain,
            "source": parsed(source),
            "cue": parsed(cue),
        }

    spans = AsText("source"), AsText("cue")
    links = ChainLink.objects.using(scope.using)
    return Follower(in_step(scope, links, ("order",), "speaker_id", "role", "uncertain", *spans), link)


def _stances_of(scope: Scope, names: Names) -> Follower[Record]:
    def stance(row: tuple[Any, ...]) -> Record:
        _, claim, stance, commitment, explicit, presupposed, label, note, value = row
        return {
            "claim": names.claims[claim],
            "stance": stance,
            "commitment": commitment,
            "explicit": explicit,
            "presupposed": presupposed,
            "label": label,
            "note": note,
            "value": parsed(value),
        }

    columns = ("claim_id", "stance", "commitment", "explicit", "presupposed", "label", "note")
    links, value = StanceLink.objects.using(scope.using), AsText("value")
    return Follower(in_step(scope, links, ("order", "pk"), *columns, value), stance)


def in_step(
    scope: Scope,
    rows: "QuerySet[Code] | QuerySet[ChainLink] | QuerySet[StanceLink]",
    order: tuple[str, ...],
    *columns: str | AsText,
) -> Iterator[tuple[Any, ...]]:
    """Return the rows of the statements in the scope, in the order in which the statements come."""
    among = rows.filter(statement__in=scope.statements().order_by()).order_by(
        *scope.order("statement__"), *order
    )
    return iter(among.values_list("statement_id", *columns).iterator(chunk_size=BATCH))


def _columns(names: Names, present: Collection[str], row: tuple[Any, ...]) -> StatementColumns:
    """Parse the JSON columns; drop references to what is not part of this export."""
    values = list(row)
    values[SPANS] = _spans(row[SPANS], names)
    values[SAID_ON] = parsed(row[SAID_ON])
    values[FLAGS] = _list(row[FLAGS])
    for i in (RESTATES, REPLIES_TO):
        values[i] = [uid for uid in _list(row[i]) if uid in present]
    if row[PARENT_AT] not in present:
        values[PARENT_AT] = None
    for i in (CREATED_AT, UPDATED_AT):
        values[i] = moment_of_text(row[i])
    return StatementColumns._make(values[1:])


def _spans(text: str, names: Names) -> list[Record]:
    spans: list[Record] = orjson.loads(text)
    if '"speaker"' in text:
        for span in spans:
            if span.get("speaker") and span["speaker"] not in names.speaker_ids:
                span["speaker"] = None
    return spans


def _present(scope: Scope, batch: list[tuple[Any, ...]]) -> Collection[str]:
    """Return those of the statements referred to that are exported too."""
    listed = {uid for row in batch for i in (RESTATES, REPLIES_TO) for uid in _list(row[i])}
    return {*_exported(scope, listed), *parents_kept(scope, (row[PARENT_AT] for row in batch))}


def parents_kept(scope: Scope, parents: Iterable[str | None]) -> Collection[str]:
    """Return those of the parents that are exported too: all, if no filter is set."""
    named = {uid for uid in parents if uid is not None}
    return _exported(scope, named) if scope.wanted else named


def _exported(scope: Scope, uids: Collection[str]) -> Collection[str]:
    if not uids:
        return ()
    rows = scope.statements().order_by().filter(uid__in=uids)
    return [str(uid) for uid in rows.values_list("uid", flat=True)]


def _list(text: str) -> list[str]:
    return [] if text == "[]" else orjson.loads(text)
