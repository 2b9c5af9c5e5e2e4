"""The index behind the text filter of articles: trigrams, on PostgreSQL.

It answers what `holds` asks, any run of characters in any case, and needs the extension pg_trgm, which the owner of
a database may create, but not every role. Where it is missing the filter reads every article, as it does on
SQLite: what it finds is the same.
"""

from django.db import ProgrammingError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

AVAILABLE = "SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'"
BY_TITLE = (
    "CREATE INDEX IF NOT EXISTS article_words_of_title"
    " ON annotations_article USING gin (UPPER(title) gin_trgm_ops)"
)
BY_TEXT = (
    "CREATE INDEX IF NOT EXISTS article_words_of_text"
    " ON annotations_article USING gin (UPPER(text) gin_trgm_ops)"
)
MISSING = (
    "The text filter of articles reads every article. To have an index for it, let somebody who may run"
    " `CREATE EXTENSION pg_trgm` in this database, then start again."
)


def index_words(connection: BaseDatabaseWrapper) -> str | None:
    """Make the index unless it is there; where the database has no such kind, or refuses, say what to do."""
    if connection.vendor != "postgresql":
        return None
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(AVAILABLE)
            if cursor.fetchone() is None:
                return MISSING
            cursor.execute("SET LOCAL statement_timeout = 0")  # pages may not wait for long; this may
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(BY_TITLE)
            cursor.execute(BY_TEXT)
    except ProgrammingError:  # the role may not create extensions
        return MISSING
    return None
