"""`manage.py evaluate_extractor`: hold the extractor against annotated texts. It needs no database."""

import gzip
import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.extraction.evaluation import gold_file, table
from annotations.extraction.evaluation.scores import Scores
from annotations.extraction.extractor import extract
from annotations.extraction.wire import records


class Command(BaseCommand):
    help = (
        "Print how good the extractor is on evaluation JSONL (plain or .gz) or on a news-claims-gold/1 file."
    )
    requires_system_checks: list[str] = []  # noqa: RUF012  (Django's own declaration)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("gold", type=Path, help="evaluation JSONL, or a gold file")
        parser.add_argument(
            "--texts", type=Path, metavar="DIR", help="of a gold file: folder of the articles"
        )
        parser.add_argument("--corpus", default="", metavar="PREFIX", help="only texts of these corpora")
        parser.add_argument("--fold", metavar="NAME", help="only texts of this fold")
        parser.add_argument(
            "--speech", action="store_true", help="ask for speech only, not for votes or beliefs"
        )
        parser.add_argument("--outer", action="store_true", help="leave statements inside statements out")

    def handle(self, *_args: Any, gold: Path, texts: Path | None, **options: Any) -> None:
        raw = _read(gold)
        whole = _gold_file(raw)
        found = _of_gold_file(whole, texts or gold.parent) if whole else _of_jsonl(raw, gold, options)
        self.stdout.write("\n".join(found))


def _of_jsonl(raw: str, path: Path, options: Mapping[str, Any]) -> list[str]:
    scores = Scores()
    seconds = 0.0
    for document in _documents(raw, path):
        if not (document.get("source_corpus") or "").startswith(options["corpus"]):
            continue
        if options["fold"] and document.get("fold") != options["fold"]:
            continue
        began = time.process_time()
        quotes = records(extract(document["text"]))
        seconds += time.process_time() - began
        if options["outer"]:
            document["quotes"] = [one for one in document["quotes"] if one.get("parent") is None]
            quotes = [one for one in quotes if one["parent"] is None]
        scores.add(document, quotes, speech=options["speech"])
    if not scores.counts["documents", "all"]:
        raise CommandError(f"{path} has no text of that corpus and fold.")
    return table.lines(scores, seconds)


def _documents(raw: str, path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(raw.split("\n"), start=1):
        if line.strip():
            try:
                document = json.loads(line)
            except json.JSONDecodeError as fault:
                raise CommandError(f"Line {number} of {path} is no JSON: {fault}.") from fault
            if not (isinstance(document, dict) and {"text", "quotes"} <= document.keys()):
                raise CommandError(f"Line {number} of {path} needs “text” and “quotes”.")
            yield document


def _gold_file(raw: str) -> dict[str, Any] | None:
    """Return the file if it is one gold file whole, None if it is JSONL."""
    try:
        whole = json.loads(raw)
    except json.JSONDecodeError:
        return None
    return whole if isinstance(whole, dict) and whole.get("schema") == gold_file.SCHEMA else None


def _of_gold_file(whole: dict[str, Any], folder: Path) -> list[str]:
    texts = {article["id"]: _read(folder / article["file"]) for article in whole["articles"]}
    return gold_file.compare(whole, texts, extract).lines()


def _read(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()
    except OSError as error:
        raise CommandError(
            f"{path} cannot be read: {error.strerror or error}. For a gold file name --texts DIR."
        ) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is not in UTF-8.") from error
