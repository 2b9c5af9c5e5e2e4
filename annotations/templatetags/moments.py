"""Moments for templates."""

from datetime import datetime

from django import template

from annotations.retention.expiry import goes_at
from annotations.web.lines import ago

register = template.Library()
register.filter(ago)


@register.filter
def leaves_bin(deleted_at: datetime) -> str:
    """Return when something deleted at this moment goes for good; empty where the bin keeps it."""
    goes = goes_at(deleted_at)
    return f"goes on {goes:%-d %B %Y}" if goes else ""
