"""`manage.py import_articles`: add .txt and .html files, one line a file."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.accounts.models import User
from annotations.audit.steps import one_step
from annotations.corpus.actions import DuplicateText, add_article
from annotations.corpus.intake import PAGES, TEXTS, check_size, draft_of_file
from annotations.corpus.models import Article
from annotations.errors import AnnotationError
from annotations.management.acting import acting_user, add_as_option
from annotations.management.people import study_to_change
from annotations.studies.models import Study


class Command(BaseCommand):
    help = (
        "Add articles from .txt and .html files and from folders of them; what is known of them is guessed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or a folder")
        parser.add_argument("--study", required=True, metavar="SLUG")
        add_as_option(parser)

    def handle(
        self, *_args: Any, paths: list[Path], study: str, as_user: str | None, **_options: Any
    ) -> None:
        into, by = study_to_change(study), acting_user(as_user)
        n_files = n_refused = 0
        with one_step():
            for path in files_of(paths):
                n_files += 1
                what, refused = outcome(into, path, by)
                n_refused += refused
                self.stdout.write(f"{path}: {what}")
        if n_refused or not n_files:
            raise CommandError(
                f"{n_refused} of {n_files} files were refused." if n_files else "There is no such file."
            )


def files_of(paths: list[Path]) -> Iterator[Path]:
    """Yield the files named, and from folders those that can be articles, by name."""
    for path in paths:
        if path.is_dir():
            inside = sorted(found for found in path.rglob("*") if found.is_file())
            yield from (found for found in inside if found.suffix.lower() in {*PAGES, *TEXTS})
        else:
            yield path


def outcome(study: Study, path: Path, by: User) -> tuple[str, bool]:
    """Add one file; return what became of it, and whether it was refused. A duplicate is not."""
    try:
        check_size(path.stat().st_size)
        draft = draft_of_file(path.name, path.read_bytes(), {})
        article = add_article(study=study, draft=draft, by=by)
    except DuplicateText as error:
        return f"duplicate of “{error.article.title}” ({error.article.uid})", False
    except AnnotationError as error:
        return f"refused: {error.message}", True
    except OSError as error:
        return f"refused: {error.strerror}", True
    return f"added “{article.title}” ({article.uid}){hint(article)}", False


def hint(article: Article) -> str:
    """Say which article stands at the same address, of which this may be a corrected text."""
    others = Article.objects.in_study(article.study).present().current().at_address(article.url)
    other = others.exclude(pk=article.pk).without_text().first()
    if other is None:
        return ""
    return (
        f"; “{other.title}” ({other.uid}) stands at the same address: if this is its corrected text, delete this"
        " article and add the text there as a new revision"
    )
