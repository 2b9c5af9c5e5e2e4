"""In whose name a command acts: `--as USER`, by default the first superuser."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from annotations.accounts.models import User


def add_as_option(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--as", dest="as_user", metavar="USER", help="act in this user's name (default: the first superuser)"
    )


def acting_user(name: str | None) -> User:
    """Return the user of that name, or the first superuser."""
    if name:
        found = User.objects.filter(username=name, is_active=True).first()
        missing = f"There is no active user {name!r}; `manage.py add_user {name}` adds one."
    else:
        found = User.objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
        missing = "There is no superuser yet: name a user with --as, or run `python3 manage.py up` once."
    if found is None:
        raise CommandError(missing)
    return found
