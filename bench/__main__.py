"""Measure the work of a day on a made study: `python3 -m bench --articles 2000`; bench/README.md explains.

The database is a scratch one: SQLite in a temporary folder, or with `--postgresql URL` a database that may be
filled and emptied.
"""

import argparse
import os
import secrets
import tempfile
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure AtOdds on a made study.")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--per-article", type=int, default=12, help="statements of an article")
    parser.add_argument("--sentences", type=int, default=36, help="of an article, 16 words each")
    parser.add_argument("--exchange", action="store_true", help="import and export alone, no pages")
    parser.add_argument(
        "--postgresql", default="", metavar="URL", help="postgres://..., of an empty database"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="atodds-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "project.settings",
            "ATODDS_DATA_DIR": folder,
            "ATODDS_SECRET_KEY": secrets.token_urlsafe(60),
            "ATODDS_API_RATE": "1000000/s",
            "DATABASE_URL": given.postgresql,
        }
        import django
        from django.conf import settings

        django.setup()
        settings.ROOT_URLCONF = "bench.urls"
        settings.ALLOWED_HOSTS = ["testserver"]
        from bench import work

        sizes = given.articles, given.per_article, given.sentences
        work.everything(sizes, Path(folder), without_pages=given.exchange)


if __name__ == "__main__":
    main()
