"""`manage.py add_user NAME`: somebody who can sign in."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from annotations.accounts.actions import add_user, random_password
from annotations.accounts.password_links import LOCAL, password_link
from annotations.management.acting import acting_user, add_as_option
from annotations.management.people import sentences


class Command(BaseCommand):
    help = "Add a user, and print a random password once, or with --link a link to set one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("--email", default="", metavar="E")
        parser.add_argument(
            "--link", action="store_true", help="print a set-password link, good for three days"
        )
        parser.add_argument("--url", default=LOCAL, help=f"where the site is, for the link ({LOCAL})")
        add_as_option(parser)

    def handle(
        self, *_args: Any, name: str, email: str, link: bool, url: str, as_user: str | None, **_options: Any
    ) -> None:
        by = acting_user(as_user)
        password = None if link else random_password()
        with sentences():
            user = add_user(username=name, email=email, password=password, by=by)
        told = (
            f"password {password} (printed only this once)"
            if password
            else f"to set a password: {password_link(user, url)}"
        )
        self.stdout.write(f"Added {name}; {told}")
