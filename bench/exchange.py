"""Import and export of the made study, each beside its limit on the same rows in the same run."""

import time
from collections.abc import Callable
from pathlib import Path

from annotations.accounts.models import User
from annotations.exchange.dataset.actions import import_dataset
from annotations.exchange.downloads import Export
from annotations.exchange.formats.jsonl import to_jsonl
from annotations.statements.models import Statement
from annotations.studies.models import Study
from bench import limits
from bench.corpus import corpus
from bench.measuring import Taken, counted, in_a_child, say

STUDY = "bench"
Sizes = tuple[int, int, int]
"""Articles, statements of each, sentences of each."""


def everything(study: Study) -> None:
    """Send the study out in each format; `bring_in` has brought it in before."""
    send_out(study, Export("jsonl"), ">= 0.5", limits.cursor_and_orjson)
    send_out(study, Export("csv", "statements"), ">= 0.4", limits.joined_copy)


def bring_in(sizes: Sizes, folder: Path, user: User) -> None:
    """Import the corpus as a study, then parse the file and write the rows that it made into bare tables."""
    path, (n, per_article, n_sentences) = folder / "corpus.jsonl", sizes
    with path.open("wb") as out:
        out.writelines(to_jsonl(corpus(n, per_article=per_article, n_sentences=n_sentences)))

    def work() -> dict[str, float]:
        with path.open("rb") as file, counted() as sql:
            import_dataset(file=file, slug=STUDY, by=user)
        return {"sql": sql.n}

    found = in_a_child(work)
    limit = limits.parsing(path) + limits.writing()
    say(
        f"import, {n:,} articles",
        f"{n / found.seconds:,.0f} articles/s, +{found.memory} MB, {found.said['sql'] * 1000 / n:.0f} SQL a 1,000",
        limit=f"parse + COPY + index {n / limit:,.0f}/s: {limit / found.seconds:.2f}",
        target=">= 0.5; <= 60 SQL; +100 MB",
    )


def send_out(study: Study, export: Export, target: str, limit: Callable[[Study], int]) -> None:
    def work() -> dict[str, float]:
        began, first, size = time.perf_counter(), 0.0, 0
        for piece in export.pieces(study, None):
            first = first or time.perf_counter() - began
            size += len(piece)
        return {"first": first, "size": size}

    n = Statement.objects.in_study(study).count()
    found, bare = in_a_child(work), in_a_child(lambda: {"size": limit(study)})
    say(
        f"export {export.format}, {n:,} statements",
        f"{rate(n, found)}, first byte {found.said['first'] * 1000:.0f} ms, +{found.memory} MB",
        limit=f"{limit.__name__.replace('_', ' ')} {rate(n, bare)}: {bare.seconds / found.seconds:.2f}",
        target=f"{target}; <= 100 ms; +64 MB",
    )


def rate(n: int, taken: Taken) -> str:
    return f"{n / taken.seconds:,.0f} rows/s, {taken.said['size'] / 1e6:.0f} MB"
