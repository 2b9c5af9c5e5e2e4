"""`manage.py purge_bin`: what has lain in a bin for too long goes for good."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from annotations.audit.actions import forget_old_keys
from annotations.retention.actions import purge_overdue


class Command(BaseCommand):
    help = "Purge what was deleted more than ATODDS_BIN_DAYS days ago (used by `up`; for a nightly timer)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        forget_old_keys()
        if not settings.BIN_DAYS:
            self.stdout.write("Nothing is purged: ATODDS_BIN_DAYS is 0, so the bin keeps everything")
            return
        self.stdout.write(
            f"Purged {purge_overdue()} from bins (deleted {settings.BIN_DAYS} days ago or earlier)"
        )
