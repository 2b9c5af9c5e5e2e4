"""`manage.py import_dataset`: read an own JSONL file back, all of it or nothing."""

import gc
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.exchange.dataset.actions import import_dataset
from annotations.management.acting import acting_user, add_as_option
from annotations.management.people import sentences


class Command(BaseCommand):
    help = "Import an AtOdds JSONL file into a study; an empty one becomes what the file's was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--study", required=True, metavar="SLUG", help="made when there is none")
        parser.add_argument(
            "--texts",
            type=Path,
            metavar="DIR",
            help="article texts that the file does not carry, under any names",
        )
        parser.add_argument("--dry-run", action="store_true", help="check the whole file, import nothing")
        parser.add_argument("--new-ids", action="store_true", help="give everything a new id")
        add_as_option(parser)

    def handle(
        self,
        *_args: Any,
        file: Path,
        study: str,
        texts: Path | None,
        dry_run: bool,
        new_ids: bool,
        as_user: str | None,
        **_options: Any,
    ) -> None:
        if texts is not None and not texts.is_dir():
            raise CommandError(f"--texts {texts}: there is no such folder.")
        by = acting_user(as_user)
        try:
            opened = file.open("rb")
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        gc.freeze()  # what is loaded stays; collections, of which an import causes many, need not walk over it
        with opened, sentences():
            done = import_dataset(
                file=opened, slug=study, by=by, texts=texts, new_ids=new_ids, dry_run=dry_run
            )
        for note in done.notes:
            self.stderr.write(f"Note: {note}.")
        counted = ", ".join(f"{kind} {n}" for kind, n in done.counts.items() if n)
        if done.study is None:
            self.stdout.write(f"{file.name} can be imported ({counted}); nothing was changed.")
        else:
            self.stdout.write(f"Imported {file.name} into the study “{done.study.name}” ({counted}).")
