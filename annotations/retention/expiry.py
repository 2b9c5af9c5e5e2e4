"""When what lies in a bin goes for good: so many days after it was put there."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone


def goes_at(deleted_at: datetime) -> datetime | None:
    """Return when something deleted at this moment is purged; None where the bin keeps it."""
    return deleted_at + timedelta(days=settings.BIN_DAYS) if settings.BIN_DAYS else None


def overdue_since() -> datetime | None:
    """Return the moment before which whatever was deleted is to go; None where the bin keeps everything."""
    return timezone.now() - timedelta(days=settings.BIN_DAYS) if settings.BIN_DAYS else None
