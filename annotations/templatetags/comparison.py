"""A comparison of two stretches of text, as what was left out and what was put in."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django import template
from django.utils.html import format_html, format_html_join

from annotations.revisions.proposals import Piece

register = template.Library()
SHOWN: Mapping[str, str] = MappingProxyType(
    {"equal": "{}", "delete": "<del>{}</del>", "insert": "<ins>{}</ins>"}
)


@register.simple_tag
def compared(pieces: Iterable[Piece]) -> str:
    """Return the pieces one after the other, with nothing between them."""
    return format_html_join("", "{}", ((format_html(SHOWN[piece.kind], piece.words),) for piece in pieces))
