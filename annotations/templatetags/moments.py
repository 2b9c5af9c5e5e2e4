"""Moments in few words: "3 min ago", "yesterday", a date when it is longer ago."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html

from annotations.retention.expiry import goes_at

register = template.Library()


@register.filter
def ago(moment: datetime) -> str:
    """Return a <time> element that says how long ago `moment` was; the exact time is in its title."""
    exact = f"{moment:%-d %B %Y, %H:%M} UTC"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        exact,
        _in_words(moment, timezone.now()),
    )


@register.filter
def leaves_bin(deleted_at: datetime) -> str:
    """Return when something deleted at this moment goes for good; empty where the bin keeps it."""
    goes = goes_at(deleted_at)
    return f"goes on {goes:%-d %B %Y}" if goes else ""


def _in_words(moment: datetime, now: datetime) -> str:
    seconds = (now - moment).total_seconds()
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return f"{int(seconds // 60)} min ago"
    if seconds < 86400:
        return f"{int(seconds // 3600)} h ago"
    days = (now.date() - moment.date()).days
    if days < 2:
        return "yesterday"
    return f"{days} days ago" if days < 7 else f"{moment:%-d %B %Y}"
