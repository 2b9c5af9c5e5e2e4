"""`manage.py add_member USER --study SLUG --role R`: let somebody into a study."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from annotations.management.acting import acting_user, add_as_option
from annotations.management.people import sentences, study_to_change, user_called
from annotations.studies.actions import add_member
from annotations.studies.models import Role


class Command(BaseCommand):
    help = "Add a user to a study, in a role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", metavar="USER")
        parser.add_argument("--study", required=True, metavar="SLUG")
        parser.add_argument("--role", required=True, metavar="R", help=", ".join(Role.values))
        add_as_option(parser)

    def handle(
        self, *_args: Any, user: str, study: str, role: str, as_user: str | None, **_options: Any
    ) -> None:
        member, into, by = user_called(user), study_to_change(study), acting_user(as_user)
        with sentences():
            add_member(study=into, user=member, role=role, by=by)
        self.stdout.write(f"{user} is {role} of {into.slug} now")
