"""The index behind the text filter of articles: trigrams, on PostgreSQL.

It answers what `holds` asks, any run of characters in any case (trigrams know no case), and needs the extension pg_trgm, which the owner of
a database may create, but not every role. Where it is missing the filter reads every article, as it does on
SQLite: what it finds is the same.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

MISSING = (
    "The text filter of articles reads every article. To have an index for it, let somebody who may run"
    " `CREATE EXTENSION pg_trgm` in this database, then start again."
)


def index_words(connection: BaseDatabaseWrapper) -> str | None:
    """Make the index unless it is there; where the role may not, say what to do."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') OR EXISTS ("
            " SELECT FROM pg_available_extension_versions, pg_roles WHERE name = 'pg_trgm' AND rolname = current_user"
            " AND (rolsuper OR trusted AND has_database_privilege(current_database(), 'CREATE')))"
        )
        if not cursor.fetchone()[0]:
            return MISSING
        cursor.execute("SET statement_timeout = 0")  # pages may not wait for long; this may
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("DROP INDEX IF EXISTS article_words_of_title, article_words_of_text")
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS article_words_in_title"
            " ON annotations_article USING gin (title gin_trgm_ops)"
        )
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS article_words_in_text"
            " ON annotations_article USING gin (text gin_trgm_ops)"
        )
        cursor.execute("RESET statement_timeout")
    return None
