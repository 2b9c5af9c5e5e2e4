"""`manage.py extract`: find the attributed statements of texts. It needs no database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.extraction.wire import answer

_TEXTS_AT_A_TIME = 8


class Command(BaseCommand):
    help = (
        "Find the attributed statements of texts; writes one JSON object a text, in the order of the texts."
    )
    requires_system_checks: list[str] = []  # noqa: RUF012  (Django's own declaration)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="texts in UTF-8; with --jsonl, JSONL files")
        parser.add_argument(
            "--jsonl",
            action="store_true",
            help="read {doc_id, text}, perhaps with published_on, one a line, from the files or else from standard input",
        )
        parser.add_argument("--processes", type=int, default=1, metavar="N", help="default: %(default)s")

    def handle(self, *_args: Any, files: list[Path], jsonl: bool, processes: int, **_options: Any) -> None:
        if not files and not jsonl:
            raise CommandError("Name the texts to read, or pipe JSONL in with --jsonl.")
        documents = _from_jsonl(files) if jsonl else map(_from_file, files)
        for found in _answers(documents, processes):
            self.stdout.write(json.dumps(found, ensure_ascii=False))


def _answers(documents: Iterable[dict[str, Any]], processes: int) -> Iterator[dict[str, Any]]:
    if processes <= 1:
        yield from map(answer, documents)
        return
    with get_context("spawn").Pool(processes) as pool:
        yield from pool.imap(answer, documents, chunksize=_TEXTS_AT_A_TIME)


def _from_file(path: Path) -> dict[str, Any]:
    return {"doc_id": path.name, "text": _read(path)}


def _from_jsonl(files: list[Path]) -> Iterator[dict[str, Any]]:
    if not files:
        yield from _documents(sys.stdin, "standard input")
    for path in files:
        yield from _documents(_read(path).split("\n"), str(path))


def _documents(lines: Iterable[str], where: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
        except json.JSONDecodeError as fault:
            raise CommandError(f"Line {number} of {where} is no JSON: {fault}.") from fault
        if not (
            isinstance(document, dict) and isinstance(document.get("text"), str) and "doc_id" in document
        ):
            raise CommandError(f"Line {number} of {where} needs “doc_id” and “text”.")
        yield {**document, "published_on": _day(document.get("published_on"), number, where)}


def _day(written: object, number: int, where: str) -> str | None:
    """Return a date as written, checked; none is fine."""
    if written is None:
        return None
    try:
        return date.fromisoformat(str(written)).isoformat()
    except ValueError as fault:
        raise CommandError(f"Line {number} of {where}: “published_on” is no date like 2018-03-14.") from fault


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is not in UTF-8.") from error
