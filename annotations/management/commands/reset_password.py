"""`manage.py reset_password NAME`: a new password for somebody who has lost theirs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from annotations.accounts.actions import random_password, set_password
from annotations.accounts.password_links import LOCAL, password_link
from annotations.management.acting import acting_user, add_as_option
from annotations.management.people import sentences, user_called


class Command(BaseCommand):
    help = "Give a user a random password, printed once, or with --link print a link to set one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME")
        parser.add_argument(
            "--link", action="store_true", help="print a set-password link, good for three days"
        )
        parser.add_argument("--url", default=LOCAL, help=f"where the site is, for the link ({LOCAL})")
        add_as_option(parser)

    def handle(
        self, *_args: Any, name: str, link: bool, url: str, as_user: str | None, **_options: Any
    ) -> None:
        user = user_called(name)
        if link:
            self.stdout.write(f"{name} sets a new password at {password_link(user, url)}")
            return
        password = random_password()
        with sentences():
            set_password(user=user, password=password, by=acting_user(as_user))
        self.stdout.write(f"{name} has the password {password} now (printed only this once)")
