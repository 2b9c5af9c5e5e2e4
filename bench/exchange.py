"""Import and export of the made study, each beside its limit on the same rows in the same run."""

import time
from pathlib import Path

import orjson

from annotations.accounts.models import User
from annotations.exchange.dataset.actions import import_dataset
from annotations.exchange.downloads import Export
from annotations.exchange.formats.jsonl import to_jsonl
from annotations.statements.models import Statement
from annotations.studies.models import Study
from bench.corpus import corpus
from bench.measuring import counted, memory, say

STUDY = "bench"


def everything(study: Study) -> None:
    """Send the study out in each format; `bring_in` has brought it in before."""
    for export in (Export("jsonl"), Export("csv", "statements")):
        send_out(study, export)


def bring_in(n_articles: int, folder: Path, user: User) -> None:
    path = folder / "corpus.jsonl"
    with path.open("wb") as file:
        file.writelines(to_jsonl(corpus(n_articles)))
    before, began = memory(), time.perf_counter()
    with counted() as sql, path.open("rb") as file:
        import_dataset(file=file, slug=STUDY, by=user)
    took = time.perf_counter() - began
    began = time.perf_counter()
    with path.open("rb") as file:
        for line in file:
            orjson.loads(line)
    parsed = time.perf_counter() - began
    say(
        f"import, {n_articles:,} articles",
        f"{n_articles / took:,.0f} articles/s, +{memory() - before} MB, {sql.n * 1000 / n_articles:.0f} SQL a 1,000",
        limit=f"parsing alone {n_articles / parsed:,.0f}/s",
        target=">= 0.5 of parse + COPY; <= 60 SQL; +100 MB",
    )


def send_out(study: Study, export: Export) -> None:
    before, began, first, size = memory(), time.perf_counter(), 0.0, 0
    for piece in export.pieces(study, None):
        first = first or time.perf_counter() - began
        size += len(piece)
    took, n = time.perf_counter() - began, Statement.objects.in_study(study).count()
    began = time.perf_counter()
    rows = Statement.objects.in_study(study).values_list(
        "uid", "spans", "quotation", "said_on", "flags", "note", "start", "end"
    )
    bare = sum(len(orjson.dumps(row)) for row in rows.iterator(chunk_size=2000))
    limit = time.perf_counter() - began
    say(
        f"export {export.format}, {n:,} statements",
        f"{n / took:,.0f} rows/s, first byte {first * 1000:.0f} ms, +{memory() - before} MB, {size / 1e6:.0f} MB",
        limit=f"cursor + orjson {n / limit:,.0f} rows/s, {bare / 1e6:.0f} MB",
        target=f"{'>= 0.5' if export.format == 'jsonl' else '>= 0.4 of COPY'}; <= 100 ms; +64 MB",
    )
