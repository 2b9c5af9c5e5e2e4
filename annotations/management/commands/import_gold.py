"""`manage.py import_gold`: load a news-claims-gold/1 file whole."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.errors import AnnotationError
from annotations.exchange.actions import import_gold
from annotations.management.acting import acting_user, add_as_option


class Command(BaseCommand):
    help = "Load a news-claims-gold/1 file into a study's shared sets; the same file again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the gold file")
        parser.add_argument(
            "--texts", type=Path, required=True, metavar="DIR", help="folder of the article files"
        )
        parser.add_argument("--study", required=True, metavar="SLUG", help="made when there is none")
        parser.add_argument("--name", default="", help="the name of a new study (default: the file's title)")
        parser.add_argument(
            "--text-may-leave",
            action="store_true",
            help="the articles' licence lets exports carry their text",
        )
        add_as_option(parser)

    def handle(
        self,
        *_args: Any,
        file: Path,
        texts: Path,
        study: str,
        name: str,
        text_may_leave: bool,
        as_user: str | None,
        **_options: Any,
    ) -> None:
        by = acting_user(as_user)
        try:
            raw = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        try:
            done = import_gold(
                raw=raw, texts=texts, slug=study, name=name, text_may_leave=text_may_leave, by=by
            )
        except AnnotationError as error:
            raise CommandError(
                f"{error.message}\n{file.name} was not loaded; nothing was changed."
            ) from error
        if done.was_there:
            self.stdout.write(
                f"The study “{done.study.name}” holds {file.name} already; nothing was changed."
            )
        else:
            counted = ", ".join(f"{n} {what}" for what, n in done.counts.items())
            self.stdout.write(f"Loaded {file.name} into the study “{done.study.name}”: {counted}.")
