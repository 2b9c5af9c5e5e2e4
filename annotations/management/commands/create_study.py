"""`manage.py create_study SLUG`: an empty study with the acting user as its manager."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from annotations.management.acting import acting_user, add_as_option
from annotations.management.people import sentences
from annotations.studies.actions import create_study
from annotations.studies.models import Study


class Command(BaseCommand):
    help = "Create a study; the acting user becomes its manager."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--name", default="", help="its name (made from the slug)")
        parser.add_argument("--mode", default="shared", metavar="M", help=" or ".join(Study.Mode.values))
        add_as_option(parser)

    def handle(
        self, *_args: Any, slug: str, name: str, mode: str, as_user: str | None, **_options: Any
    ) -> None:
        by = acting_user(as_user)
        name = name or slug.replace("-", " ").capitalize()
        with sentences():
            study = create_study(name=name, slug=slug, mode=mode, by=by)
        self.stdout.write(
            f"Created the study {study.slug} ({study.mode}); {by.get_username()} is its manager"
        )
