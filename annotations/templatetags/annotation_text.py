"""The article's text as lines of HTML whose text is the stored text, character for character.

The browser counts places in these lines (`static/annotations/offsets.js`), so nothing may be added, lost
or normalised in them: markup is escaped, and CR, which an HTML parser would turn into LF, goes as a
character reference.
"""

from collections.abc import Mapping

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from annotations.corpus.models import Article
from annotations.corpus.text import paragraphs

register = template.Library()


@register.simple_tag
def article_lines(article: Article, *, headline: bool = False, may_edit: bool = False) -> SafeString:
    """Return one `<p data-start>` per line, empty ones too; offsets are code points of the stored text.

    The first line is set as a headline on request. Furniture lines carry their kind, and a button of the
    form `furniture-form` for those who may say that they are text after all.
    """
    kinds: Mapping[int, str] = {line["start"]: line["kind"] for line in article.furniture}
    out = []
    for line in paragraphs(article.text):
        words = _escaped(article.text[line.start : line.end])
        if line.start in kinds:
            out.append(_furniture(line.start, words, kinds[line.start], may_edit=may_edit))
        else:
            style = ' class="headline"' if headline and line.index == 0 else ""
            out.append(f'<p data-start="{line.start}"{style}>{words}</p>')
    return mark_safe("\n".join(out))  # noqa: S308 - every line is escaped above


def _furniture(start: int, words: str, kind: str, *, may_edit: bool) -> str:
    button = format_html(
        '<button class="btn quiet small" type="submit" form="furniture-form" name="line" value="{}"'
        ' title="This line is text of the article, not page furniture">Not furniture</button>',
        start,
    )
    return (
        f'<div class="furniture-line"><p class="furniture" data-start="{start}" data-kind="{escape(kind)}">'
        f"{words}</p>{button if may_edit else ''}</div>"
    )


def _escaped(words: str) -> str:
    return escape(words).replace("\r", "&#13;")
