"""`manage.py create_token USER`: print a key with which programs act in the user's name, and nothing else."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from annotations.access.actions import DAYS, issue_token
from annotations.access.models import ApiToken
from annotations.management.people import sentences, study_called, user_called


class Command(BaseCommand):
    help = "Make a token for the API. Its key is printed once, alone, and stored nowhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", metavar="USER")
        parser.add_argument(
            "--scope",
            choices=ApiToken.Scope.values,
            default=ApiToken.Scope.READ.value,
            help="what it may do (default: %(default)s)",
        )
        parser.add_argument(
            "--study", metavar="SLUG", help="bind it to one study (default: all of the user's)"
        )
        parser.add_argument(
            "--days", type=int, default=DAYS, metavar="N", help="how long it lives (default: %(default)s)"
        )

    def handle(
        self, *_args: Any, user: str, scope: str, study: str | None, days: int, **_options: Any
    ) -> None:
        owner = user_called(user)
        bound_to = study_called(study) if study else None
        with sentences():
            issued = issue_token(
                user=owner, by=owner, scope=scope, study=bound_to, days=days, name="create_token"
            )
        self.stdout.write(issued.key)
