"""Articles and sets straight from the cursor, as `statement_rows` reads statements: no row object for each."""

from collections.abc import Iterator

from django.db.models import Case, F, When

from annotations.exchange.columns import AsText, PublicId, moment_of_text, parsed
from annotations.exchange.numerous import ArticleColumns, SetColumns, article_shape, set_shape
from annotations.exchange.records import Record, day
from annotations.exchange.scope import Scope

ARTICLES = 100
"""Articles are read in small batches, because of their texts."""
SETS = 1000


def article_records(scope: Scope) -> Iterator[Record]:
    """Yield every article in the scope with its furniture; its text only where the licence lets it leave.

    What is left out is no earlier revision.
    """
    there = scope.articles().order_by().values("pk")
    earlier_revision = Case(When(revision_of__in=there, then=PublicId("revision_of__uid")))
    rows = scope.articles().values_list(
        PublicId("uid"), "external_id", "title", PublicId("outlet__uid"), "author", "dateline", "url",
        "published_on", "language", "licence_name", "text_may_leave", "sha256", "length", "n_words", "extractor",
        "created_by__pseudonym", AsText("created_at"), AsText("updated_at"), "version",
        AsText("furniture"), "duplicate_allowed", earlier_revision, Case(When(text_may_leave=True, then=F("text"))),
    )  # fmt: skip
    for *values, furniture, duplicate_allowed, earlier, words in rows.iterator(chunk_size=ARTICLES):
        row = ArticleColumns._make(values)
        record = article_shape(
            row._replace(
                published_on=day(values[7]),
                created_at=moment_of_text(row.created_at),
                updated_at=moment_of_text(row.updated_at),
            )
        )
        record |= {"furniture": parsed(furniture), "duplicate_allowed": duplicate_allowed}
        if earlier is not None:
            record["revision_of"] = earlier
        if words is not None:
            record["text"] = words
        yield record


def set_records(scope: Scope) -> Iterator[Record]:
    """Yield every set in the scope."""
    rows = scope.sets().values_list(
        PublicId("uid"), PublicId("article__uid"), "kind", "author__pseudonym", PublicId("codebook__uid"), "state",
        AsText("submitted_at"), AsText("created_at"), AsText("updated_at"), "version",
    )  # fmt: skip
    for values in rows.iterator(chunk_size=SETS):
        row = SetColumns._make(values)
        yield set_shape(
            row._replace(
                submitted_at=moment_of_text(row.submitted_at) if row.submitted_at else None,
                created_at=moment_of_text(row.created_at),
                updated_at=moment_of_text(row.updated_at),
            )
        )
