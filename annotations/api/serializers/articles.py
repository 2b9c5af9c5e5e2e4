"""Articles: their text, what is known of them, and which of their lines are no news text."""

from dataclasses import dataclass
from typing import Any

from annotations.api.references import References
from annotations.api.serializers.kept import DATES, EXTERNAL, FIXED, ID, WEB_URL
from annotations.api.serializers.speakers import SPEAKER_REFERENCE
from annotations.api.shapes import (
    DAY,
    UID,
    Choice,
    Field,
    Fields,
    Many,
    Null,
    Schema,
    Text,
    Truth,
    Whole,
    answer,
    subset,
)
from annotations.corpus import furniture
from annotations.corpus.actions import LONGEST
from annotations.corpus.intake import guessed
from annotations.corpus.language import NO_TAG, TAG
from annotations.corpus.models import Article
from annotations.errors import Invalid
from annotations.exchange.numerous import article_record, furniture_record
from annotations.exchange.records import Record
from annotations.spans import Span
from annotations.speakers.models import Speaker
from annotations.studies.models import Study

OFFSET_NOTE = "Code points, half-open, into the stored text."
KIND = Choice(tuple(furniture.KINDS))
LINE = answer(
    "FurnitureLine",
    {
        "start": Field(Whole(), OFFSET_NOTE),
        "end": Field(Whole(), OFFSET_NOTE),
        "text": Field(Text()),
        "kind": Field(KIND),
    },
)
LINE_GIVEN = Fields(
    "FurnitureLineGiven",
    {
        "start": Field(Whole(), OFFSET_NOTE, needed=True),
        "end": Field(Whole(), "Of the whole line, without its line break.", needed=True),
        "text": Field(Text(), "Verified if given."),
        "kind": Field(KIND, "other if left out."),
    },
)
LICENCE = answer(
    "Licence",
    {
        "name": Field(Text()),
        "text_may_leave": Field(Truth(), "Whether exports may carry the text."),
    },
)
LICENCE_GIVEN = Fields(
    "LicenceGiven",
    {"name": Field(Text(longest=LONGEST["licence_name"])), "text_may_leave": Field(Truth())},
)

SUMMARY_FIELDS = {
    **ID,
    **EXTERNAL,
    "title": Field(Text()),
    "outlet": Field(Null(UID), "Id of a speaker of type media."),
    "author": Field(Text()),
    "dateline": Field(Text()),
    "url": Field(Text()),
    "published_on": Field(Null(DAY)),
    "language": Field(Text(), "BCP 47 tag."),
    "licence": Field(LICENCE),
    "sha256": Field(Text(), "Of the text's UTF-8 bytes."),
    "length": Field(Whole(1), "Code points of the text."),
    "n_words": Field(Whole()),
    "extractor": Field(Text(), "What has taken the text out of a page; empty for plain text."),
    "created_by": Field(Null(Text()), "Pseudonym."),
    "revision_of": Field(Null(UID), "The article whose text this one corrects, and whose place it took."),
    "revised_by": Field(Null(UID), "The article with the corrected text; this one takes no new statements."),
    **WEB_URL,
    **DATES,
}
ARTICLE_SUMMARY = answer("ArticleSummary", SUMMARY_FIELDS)
ARTICLE = answer(
    "Article",
    {
        **SUMMARY_FIELDS,
        "text": Field(Text(), "Exactly as it came."),
        "furniture": Field(Many(LINE, most=100_000), "Lines that are no news text."),
    },
)
DERIVED = FIXED | {
    "sha256", "length", "n_words", "extractor", "created_by", "revision_of", "revised_by",
}  # fmt: skip


def _line(name: str) -> Text:
    return Text(longest=LONGEST[name], null_is_empty=True)


@dataclass(frozen=True)
class LanguageTag(Text):
    """A language by its BCP 47 tag, or "" where it is not known."""

    def read(self, value: object, where: str) -> str:
        tag = super().read(value, where).strip()
        if tag and not TAG.fullmatch(tag):
            raise Invalid.field(where, NO_TAG)
        return tag

    def schema(self) -> Schema:
        return {**super().schema(), "pattern": f"^(?:{TAG.pattern})?$"}


METADATA = {
    **EXTERNAL,
    "title": Field(Text(longest=LONGEST["title"], blank=False)),
    "outlet": Field(Null(SPEAKER_REFERENCE), "Id, or a name that is found or added as a medium."),
    "author": Field(_line("author")),
    "dateline": Field(_line("dateline")),
    "url": Field(_line("url")),
    "published_on": Field(Null(DAY)),
    "language": Field(
        LanguageTag(longest=LONGEST["language"], null_is_empty=True), "BCP 47 tag, such as `pt-BR`."
    ),
    "licence": Field(LICENCE_GIVEN),
    "furniture": Field(
        Many(LINE_GIVEN, most=100_000),
        "Whole lines that are no news text; replaces the list. Recognised if left out of a create.",
    ),
}
ARTICLE_NEW = Fields(
    "ArticleNew",
    {
        "text": Field(Text(), "Stored exactly as sent; offsets count its code points.", needed=True),
        **METADATA,
        "allow_duplicate": Field(Truth(), "Add a text that the study holds already."),
    },
    DERIVED,
)
ARTICLE_CHANGE = subset("ArticleChange", Fields("", METADATA, DERIVED | {"text"}))


def summary_answer(article: Article) -> Record:
    """Load `with_outlet()`, the author, the study and `with_revisions()`; never the text."""
    earlier, later = (vars(article).get(name) for name in ("earlier", "later"))
    return {
        **article_record(article),
        "revision_of": str(earlier) if earlier else None,
        "revised_by": str(later) if later else None,
        "web_url": article.get_absolute_url(),
    }


def article_answer(article: Article) -> Record:
    return {**summary_answer(article), "text": article.text, "furniture": furniture_record(article)}


def metadata_of(body: dict[str, Any], known: References) -> dict[str, Any]:
    """Return the metadata that a body gives, under the names of our columns."""
    out = {
        name: value
        for name, value in body.items()
        if name in METADATA and name not in {"licence", "furniture"}
    }
    if out.get("outlet"):
        out["outlet"] = known.speaker(out["outlet"], "outlet", Speaker.Type.MEDIA)
    licence = body.get("licence", {})
    columns = {"name": "licence_name", "text_may_leave": "text_may_leave"}
    return out | {columns[name]: value for name, value in licence.items()}


def guesses(body: dict[str, Any], study: Study) -> dict[str, Any]:
    """Return what the text's own lines tell of the fields that the body leaves out.

    A guessed outlet may be the name of a speaker of another type; then it is no outlet.
    """
    found = {
        name: value
        for name, value in guessed(body["text"]).items()
        if name not in body and value not in ("", None)
    }
    called = Speaker.objects.in_study(study).called(str(found.get("outlet", "")))
    if "outlet" in found and called.exists() and not called.outlets().exists():
        del found["outlet"]
    return found


def given_lines(body: dict[str, Any], text: str) -> list[dict[str, Any]] | None:
    """Return the furniture that a body gives, its words verified; None if it gives none."""
    if "furniture" not in body:
        return None
    for i, line in enumerate(body["furniture"]):
        Span(line["start"], line["end"], line.get("text", "")).read_from(text, f"furniture[{i}]")
    return [{"kind": "other", **line} for line in body["furniture"]]
