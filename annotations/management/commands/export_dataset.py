"""`manage.py export_dataset`: a study as JSONL or as CSV tables."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.accounts.models import User
from annotations.exchange.actions import note_whole_export
from annotations.exchange.downloads import CONTENT_TYPES, NAMES, Export
from annotations.exchange.tables import TABLES
from annotations.management.acting import acting_user
from annotations.management.people import sentences, study_called
from annotations.studies.models import Study


class Command(BaseCommand):
    help = "Write a study to a file: the whole of it or, with --as, what that member may read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--study", required=True, metavar="SLUG")
        parser.add_argument(
            "--format",
            required=True,
            choices=sorted(CONTENT_TYPES),
            metavar="F",
            help=", ".join(CONTENT_TYPES),
        )
        parser.add_argument(
            "--table", choices=list(TABLES), help="which table, for csv (default: statements)"
        )
        parser.add_argument("-o", dest="out", type=Path, metavar="FILE", help="default: standard output")
        parser.add_argument(
            "--names",
            choices=NAMES,
            default="",
            help="how private speakers are called: by their role (default for csv and with --as), or private: by"
            " their names (default for jsonl, which is then whole)",
        )
        parser.add_argument("--as", dest="as_user", metavar="USER", help="export what this member may read")

    def handle(
        self,
        *_args: Any,
        study: str,
        format: str,  # noqa: A002  (the option's name)
        table: str | None,
        out: Path | None,
        as_user: str | None,
        names: str,
        **_options: Any,
    ) -> None:
        chosen = study_called(study)
        reader = self.member(chosen, as_user) if as_user else None
        with sentences():
            export = Export(format, table, names=names)
        if reader is None:
            note_whole_export(study=chosen, by=acting_user(None), what=export.name(chosen))
        with closing(export.pieces(chosen, reader)) as pieces:
            if out is None:
                self.to_stdout(pieces)
            else:
                self.to_file(pieces, out)
                self.stderr.write(f"Wrote {out}.")

    def member(self, study: Study, name: str) -> User:
        reader = acting_user(name)
        if not Study.objects.visible_to(reader).filter(pk=study.pk).exists():
            raise CommandError(f"{name} is no member of the study “{study.name}”.")
        return reader

    def to_stdout(self, pieces: Iterable[bytes]) -> None:
        try:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
        except BrokenPipeError as error:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())  # for what is flushed at the end
            os.close(nowhere)
            raise CommandError("Whoever read the export has gone; it did not come out whole.") from error

    def to_file(self, pieces: Iterable[bytes], out: Path) -> None:
        """Write beside the file and rename, so that a half-written one never stands there."""
        draft = out.with_name(f".{out.name}.{os.getpid()}.part")
        try:
            with draft.open("xb") as file:
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(out)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error
        finally:
            draft.unlink(missing_ok=True)
