"""`manage.py prepare_installation`: everything a start needs from Django, in one go."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection

from annotations.checks import durable
from annotations.corpus.word_index import index_words
from annotations.errors import AnnotationError
from annotations.management import installation


class Command(BaseCommand):
    help = (
        "Bring database and static files up to date, make the first user and the demo study (used by `up`)."
    )
    requires_system_checks = ()  # `verify` runs them; a start should be quick, and warns by `durable` alone

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="do not load the demo study")

    def handle(self, *_args: Any, no_demo: bool, **_options: Any) -> None:
        try:
            self.prepare(with_demo=not no_demo)
        except Error as problem:
            reason = " ".join(str(problem).split())
            raise CommandError(
                f"The database cannot be used: {reason}. DATABASE_URL says which one it is."
            ) from problem
        except AnnotationError as problem:
            raise CommandError(problem.message) from problem

    def prepare(self, *, with_demo: bool) -> None:
        for fault in durable(["default"]):
            self.say(f"Warning: of the database, {fault.msg} {fault.hint}")
        self.say(installation.bring_tables_up_to_date())
        self.say(index_words(connection))
        self.say(installation.empty_bins())
        self.say(installation.collect_static_files())
        user, sign_in = installation.first_user()
        if with_demo:
            self.say(installation.load_demo(user))
        self.say(sign_in)

    def say(self, text: str | None) -> None:
        if text:
            self.stdout.write(text)
            self.stdout.flush()
