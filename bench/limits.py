"""What import and export are held against: the same rows, moved with nothing else done to them."""

import csv
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Final

import orjson
from django.db import connection, transaction
from django.db.models import QuerySet

from annotations.claims.models import StanceLink
from annotations.corpus.models import Article
from annotations.exchange import statement_table
from annotations.exchange.columns import PublicId
from annotations.statements.models import ChainLink, Code, Statement
from annotations.studies.models import Study
from annotations.workload.models import AnnotationSet

TABLES: Final = tuple(
    model._meta.db_table for model in (Article, AnnotationSet, Statement, Code, ChainLink, StanceLink)
)
"""Where all rows are but a few hundred."""
COLUMNS: Final = (
    *statement_table.COLUMNS,
    PublicId("annotation_set__article__uid"),
    "annotation_set__article__external_id",
    "annotation_set__article__title",
    PublicId("annotation_set__article__outlet__uid"),
    "annotation_set__article__published_on",
    PublicId("annotation_set__uid"),
    "annotation_set__kind",
    "annotation_set__author__pseudonym",
)
"""What the table of statements reads row by row, and with it what that reads once for each set."""
STANCES: Final = (
    "claim__uid", "claim__external_id", "claim__text", "claim__kind", "claim__issue__uid", "claim__issue__name",
    "stance", "commitment", "explicit", "presupposed", "label", "value", "note",
)  # fmt: skip


class Sink:
    """A file that counts what is written and lets it go."""

    size = 0

    def write(self, piece: bytes | str) -> None:
        self.size += len(piece)


def parsing(path: Path) -> float:
    """Return the seconds that it takes to parse a file line by line."""
    began = time.perf_counter()
    with path.open("rb") as file:
        for line in file:
            orjson.loads(line)
    return time.perf_counter() - began


def writing() -> float:
    """Return the seconds in which the rows come into tables without keys, and those get their indexes.

    COPY on PostgreSQL; on SQLite the database copies them within itself.
    """
    with connection.cursor() as cursor:
        return sum(_copied(cursor, table) for table in TABLES)


def _copied(cursor: Any, table: str) -> float:  # noqa: ANN401  (a cursor with what its driver adds)
    postgresql = connection.vendor == "postgresql"
    with TemporaryFile() as rows, transaction.atomic():
        if postgresql:
            cursor.copy_expert(f"COPY {table} TO STDOUT (FORMAT binary)", rows)
            cursor.execute(
                f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL EXCLUDING INDEXES EXCLUDING CONSTRAINTS EXCLUDING IDENTITY)"
            )
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", [table])
        else:
            cursor.execute(f"CREATE TABLE bare_{table} AS SELECT * FROM {table} LIMIT 0")  # noqa: S608
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s", [table])
        indexes = [sql for (sql,) in cursor.fetchall() if sql]
        rows.seek(0)
        began = time.perf_counter()
        if postgresql:
            cursor.copy_expert(f"COPY bare_{table} FROM STDIN (FORMAT binary)", rows)
        else:
            cursor.execute(f"INSERT INTO bare_{table} SELECT * FROM {table}")  # noqa: S608
        for n, sql in enumerate(indexes):
            _, _, on = sql.partition(" ON ")
            unique = "UNIQUE " if sql.startswith("CREATE UNIQUE") else ""
            cursor.execute(
                f"CREATE {unique}INDEX bare_{table}_{n} ON {on.replace(table, 'bare_' + table, 1)}"
            )
    took = time.perf_counter() - began
    cursor.execute(f"DROP TABLE bare_{table}")
    return took


def cursor_and_orjson(study: Study) -> int:
    """Read what JSONL has numerous lines of through server-side cursors, and make JSON of each row as it comes."""
    statements = Statement.objects.in_study(study).order_by("uid")
    joined = ("annotation_set__uid", "annotation_set__article__uid", "speaker__uid", "created_by__pseudonym")
    columns = [field.attname for field in Statement._meta.concrete_fields]
    wanted: list[QuerySet[Any, Any]] = [
        Article.objects.in_study(study).values_list(),
        AnnotationSet.objects.in_study(study).values_list(),
        statements.values_list(*columns, *joined),
        *(
            model._default_manager.filter(statement__in=statements.order_by())
            .order_by("statement__uid")
            .values_list()
            for model in (Code, ChainLink, StanceLink)
        ),
    ]
    return sum(len(orjson.dumps(row)) for rows in wanted for row in _read(rows))


def joined_copy(study: Study) -> int:
    """Copy the columns of the table of statements out as CSV, joined with stances and claims; codes apart."""
    rows = Statement.objects.in_study(study).order_by("uid")
    wanted = rows.values_list(*COLUMNS, *(f"stances__{column}" for column in STANCES))
    sink = Sink()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            sql = cursor.mogrify(*wanted.query.sql_with_params()).decode()
            cursor.copy_expert(f"COPY ({sql}) TO STDOUT (FORMAT csv)", sink)
    else:
        csv.writer(sink).writerows(_read(wanted))
    return sink.size


def _read(rows: QuerySet[Any, Any]) -> Iterator[tuple[Any, ...]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(*rows.query.sql_with_params())
        while batch := cursor.fetchmany(2000):
            yield from batch
