"""The article's text as lines of HTML whose text is the stored text, character for character.

The browser counts places in these lines (`static/annotations/offsets.js`), so nothing may be added, lost
or normalised in them: markup is escaped, and CR, which an HTML parser would turn into LF, goes as a
character reference.
"""

from django import template
from django.utils.html import format_html, format_html_join

from annotations.corpus.models import Article
from annotations.corpus.text import paragraphs

register = template.Library()

_BUTTON = (
    '<button class="btn quiet small" type="submit" form="furniture-form" name="line" value="{}"'
    ' title="This line is text of the article, not page furniture">Not furniture</button>'
)


@register.simple_tag
def article_lines(article: Article, *, headline: bool = False, may_edit: bool = False) -> str:
    """Return one `<p data-start>` per line, empty ones too; offsets are code points of the stored text.

    The first line is set as a headline on request. Furniture lines carry their kind, and a button of the
    form `furniture-form` for those who may say that they are text after all.
    """
    kinds = {line["start"]: line["kind"] for line in article.furniture}
    lines = []
    for line in paragraphs(article.text):
        words = _exactly(article.text[line.start : line.end])
        if line.start in kinds:
            lines.append(_furniture(line.start, words, kinds[line.start], may_edit=may_edit))
        elif headline and line.index == 0:
            lines.append(format_html('<p data-start="{}" class="headline">{}</p>', line.start, words))
        else:
            lines.append(format_html('<p data-start="{}">{}</p>', line.start, words))
    return format_html_join("\n", "{}", ((line,) for line in lines))


def _furniture(start: int, words: str, kind: str, *, may_edit: bool) -> str:
    """Return a line of furniture; `words` are escaped already."""
    markup = '<p class="furniture" data-start="{}" data-kind="{}">{}</p>'
    button = format_html(_BUTTON, start) if may_edit else ""
    return format_html(f'<div class="furniture-line">{markup}{{}}</div>', start, kind, words, button)


def _exactly(words: str) -> str:
    """Return the words escaped, each CR as a character reference."""
    *before, last = words.split("\r")
    ended = format_html_join("", "{}&#13;", ((part,) for part in before))
    return format_html("{}{}", ended, last)
