"""The work that is measured, in order: set up, import and export, pages and saves."""

from pathlib import Path

from django.core.management import call_command

from annotations.accounts.models import User
from annotations.studies.models import Study
from bench import exchange, pages, server
from bench.measuring import say


def everything(sizes: exchange.Sizes, folder: Path, *, without_pages: bool = False) -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    user = User.objects.create_superuser("bench", password="bench")  # noqa: S106  (gone with the database)
    say("work", "AtOdds", limit="limit", target="target")
    exchange.bring_in(sizes, folder, user)
    study = Study.objects.get(slug=exchange.STUDY)
    exchange.everything(study)
    if not without_pages:
        client, long = pages.everything(study, user)
        server.everything(study, long, client)
