"""A quotation with its citation, as plain text to be pasted somewhere else."""

from annotations.speakers.models import Speaker
from annotations.statements.models import Statement

ENDS = ("original", "publisher")
MARKS = ("“", "”", '"', "«", "»", "„", "‘", "’")


def citation_of(statement: Statement, link: str) -> str:
    """Return the words, who said them, through whom, where and when, and where they stand here.

    Load `with_details()` and `with_set()`.
    """
    article = statement.annotation_set.article
    where = [
        article.outlet.name if article.outlet else "",
        f"“{article.title}”",
        f"{article.published_on:%-d %B %Y}" if article.published_on else "",
    ]
    return f"{_quoted(statement.quotation)}\n— {_said_by(statement)}. In: {', '.join(filter(None, where))}.\n{link}"


def _quoted(words: str) -> str:
    return words if words.startswith(MARKS) else f"“{words}”"


def _said_by(statement: Statement) -> str:
    if statement.speaker:
        said = _name(statement.speaker, with_role=True)
    else:
        said = "The outlet itself" if statement.voice == Statement.Voice.AUTHOR else "Speaker not known"
    relays = [_name(link.speaker) for link in statement.chain.all() if link.role not in ENDS]
    return f"{said}, as quoted by {', by '.join(relays)}" if relays else said


def _name(speaker: Speaker, *, with_role: bool = False) -> str:
    """A private speaker goes by role: what is copied leaves the installation."""
    if speaker.private:
        return speaker.role or "a private person"
    return f"{speaker.name} ({speaker.role})" if with_role and speaker.role else speaker.name
