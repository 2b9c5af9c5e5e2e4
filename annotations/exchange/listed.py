"""What a page lists, whole and as CSV: the same rows in the same order, with the numbers that the page shows.

The pages are walked as a reader would, in large steps, so that a file cannot differ from them.
"""

from collections.abc import Callable, Container, Generator, Iterator
from typing import Final

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.claims.overview import ClaimFilter, claim_table
from annotations.codebook.vocabulary import Vocabulary
from annotations.corpus.models import Article
from annotations.exchange.formats.csv_cells import Value, to_csv
from annotations.exchange.privacy import name_in_files, shared_roles
from annotations.exchange.records import day, moment
from annotations.rows import Row
from annotations.speakers.models import Speaker
from annotations.statements.article_table import ArticleFilter, article_table
from annotations.statements.attribution import SpeakerFilter, speakers_of
from annotations.studies.models import Study

STEP: Final = 2000
"""Rows of a page, where nobody looks at it."""
ARTICLES: Final = (
    "article", "external_id", "title", "outlet", "outlet_name", "author", "dateline", "url", "published_on",
    "language", "licence", "length", "n_words", "sha256", "state", "statements", "created_at", "updated_at",
    "last_change", "version",
)  # fmt: skip
SPEAKERS: Final = (
    "speaker", "external_id", "name", "type", "role", "affiliation", "affiliation_name", "named", "private",
    "statements", "created_at", "updated_at", "version",
)  # fmt: skip
CLAIMS: Final = (
    "claim", "external_id", "text", "kind", "issue", "issue_name", "measure", "unit", "note", "created_at",
    "updated_at", "version", "statements",
)  # fmt: skip

Cells = tuple[Value, ...]


def articles_as_csv(study: Study, user: User, wanted: ArticleFilter) -> Generator[bytes]:
    shared = shared_roles(Speaker.objects.in_study(study))

    def rows() -> Iterator[Cells]:
        page, last = 1, 1
        while page <= last:
            table = article_table(study, user, wanted, page, size=STEP)
            for line in table.lines:
                yield (
                    *_article(line.article, shared), line.state, line.n_statements, moment(line.article.created_at),
                    moment(line.article.updated_at), moment(line.last_change), line.article.version,
                )  # fmt: skip
            page, last = page + 1, table.n_pages

    return to_csv(ARTICLES, rows())


def speakers_as_csv(study: Study, user: User, wanted: SpeakerFilter) -> Generator[bytes]:
    shared = shared_roles(Speaker.objects.in_study(study))

    def page(cursor: str | None) -> tuple[Iterator[Cells], str | None]:
        table = speakers_of(study, user, wanted, cursor, size=STEP)
        return (_speaker(line.speaker, line.n_statements, shared) for line in table.lines), table.next

    return to_csv(SPEAKERS, _walked(page))


def claims_as_csv(study: Study, user: User, wanted: ClaimFilter, vocabulary: Vocabulary) -> Generator[bytes]:
    """One column for each stance of the codebook says how many statements take it."""
    stances = list(vocabulary.labels.get("stance", ()))

    def page(cursor: str | None) -> tuple[Iterator[Cells], str | None]:
        table = claim_table(study, user, wanted, vocabulary, cursor, size=STEP)
        rows = (
            (
                *_claim(line.claim),
                sum(line.numbers.values()),
                *(line.numbers.get(slug, 0) for slug in stances),
            )
            for line in table.lines
        )
        return rows, table.next

    return to_csv((*CLAIMS, *(f"stance_{slug}" for slug in stances)), _walked(page))


def _walked(page: Callable[[str | None], tuple[Iterator[Cells], str | None]]) -> Iterator[Cells]:
    """Yield the rows of all pages."""
    rows, after = page(None)
    yield from rows
    while after:
        rows, after = page(after)
        yield from rows


def _article(article: Article, shared: Container[str]) -> Cells:
    return (
        str(article.uid), article.external_id, article.title, _uid(article.outlet),
        _name(article.outlet, shared), article.author, article.dateline, article.url,
        day(article.published_on), article.language, article.licence_name, article.length, article.n_words,
        article.sha256,
    )  # fmt: skip


def _speaker(speaker: Speaker, n_statements: int, shared: Container[str]) -> Cells:
    other = speaker.affiliation
    return (
        str(speaker.uid), speaker.external_id, _name(speaker, shared), speaker.type, speaker.role, _uid(other),
        _name(other, shared), speaker.named, speaker.private, n_statements, moment(speaker.created_at),
        moment(speaker.updated_at), speaker.version,
    )  # fmt: skip


def _claim(claim: Claim) -> Cells:
    quantity = claim.quantity or {}
    return (
        str(claim.uid), claim.external_id, claim.text, claim.kind, _uid(claim.issue),
        claim.issue.name if claim.issue else None, quantity.get("measure"), quantity.get("unit"), claim.note,
        moment(claim.created_at), moment(claim.updated_at), claim.version,
    )  # fmt: skip


def _name(speaker: Speaker | None, shared: Container[str]) -> str | None:
    """A private speaker leaves under its role."""
    if speaker is None:
        return None
    return name_in_files(speaker.uid, speaker.role, shared) if speaker.private else speaker.name


def _uid(row: Row | None) -> str | None:
    return str(row.uid) if row else None
