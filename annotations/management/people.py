"""Find the user and the study that a command names, or end it with a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError

from annotations.accounts.models import User
from annotations.errors import AnnotationError
from annotations.studies.actions import refuse_archived
from annotations.studies.models import Study


@contextmanager
def sentences() -> Iterator[None]:
    """End the command with the sentence of an error that is meant for people, exit status 1."""
    try:
        yield
    except AnnotationError as error:
        raise CommandError(error.message) from error


def user_called(name: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"There is no user {name!r}; `manage.py add_user {name}` adds one.")
    return user


def study_to_change(slug: str) -> Study:
    """Return the study for a command that writes into it, which an archived one refuses."""
    study = study_called(slug)
    with sentences():
        refuse_archived(study)
    return study


def study_called(slug: str) -> Study:
    study = Study.objects.present().filter(slug=slug).first()
    if study is None:
        raise CommandError(f"There is no study {slug!r}; `manage.py create_study {slug}` makes one.")
    return study
