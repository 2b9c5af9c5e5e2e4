"""What the browser says of a place: a span of the text in a role, and the version that it was seen in."""

from collections.abc import Mapping

from annotations.errors import Invalid
from annotations.spans import ROLES, Span, SpanRole

Posted = Mapping[str, str]


def whole_number(posted: Posted, name: str) -> int:
    """Return a field as a whole number from 0 on; refuse anything else by the field's name."""
    value = str(posted.get(name, "")).strip()
    if not value.isascii() or not value.isdigit() or len(value) > 10:
        raise Invalid.field(
            name, f"{name}: {value[:40]!r} is no whole number; reload the page and try again."
        )
    return int(value)


def version_in(posted: Posted, name: str = "version") -> int:
    """Return the version of the row as the sender saw it."""
    return whole_number(posted, name)


def role_in(posted: Posted) -> SpanRole:
    role = str(posted.get("role", ""))
    if role not in ROLES:
        raise Invalid.field("role", f"{role[:40]!r} is no role of a span; use one of {', '.join(ROLES)}.")
    return SpanRole(role)


def span_in(posted: Posted, text: str) -> Span:
    """Return the span sent, its words checked against `text`.

    Offsets are code points. Of the words, line ends are compared as one kind: a browser turns every one
    into CRLF when it posts a form by itself.
    """
    span = Span(whole_number(posted, "start"), whole_number(posted, "end"))
    sent = str(posted.get("text", ""))
    if not sent:
        raise Invalid.field("text", "The words of the span are missing; select them in the text again.")
    found = span.read_from(text)
    if _one_kind(sent) == _one_kind(found.text):
        return found
    return Span(span.start, span.end, sent).read_from(text)  # refuses, and says what stands there


def old_span_in(posted: Posted) -> Span:
    """Return the span that is to be replaced or removed, as it stood."""
    return Span(whole_number(posted, "old_start"), whole_number(posted, "old_end"))


def _one_kind(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n")
