"""Lines of the API reference: words, code, and names of shapes as links to their place."""

from django import template
from django.utils.html import format_html, format_html_join

from annotations.web.reference.wording import Line

register = template.Library()

MARKUP = {"plain": "{}", "code": "<code>{}</code>", "shape": '<a href="#shape-{0}">{0}</a>'}


@register.filter
def line(pieces: Line) -> str:
    """Return the pieces as HTML, their words escaped."""
    return format_html_join("", "{}", ((format_html(MARKUP[piece.kind], piece.words),) for piece in pieces))
