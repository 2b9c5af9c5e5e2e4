"""Records of what there are many of: articles, sets, statements. Each has one shape, filled over REST from an object
and for a file from the columns that come straight from a cursor.
"""

from typing import NamedTuple

from annotations.corpus.models import Article
from annotations.exchange.records import Record, day, moment, public_id, stamp
from annotations.statements.models import Statement
from annotations.workload.models import AnnotationSet


class ArticleColumns(NamedTuple):
    """What an article's own row and the rows it points to say; ids, dates and moments as text."""

    uid: str
    external_id: str | None
    title: str
    outlet: str | None
    author: str
    dateline: str
    url: str
    published_on: str | None
    language: str
    licence_name: str
    text_may_leave: bool
    sha256: str
    length: int
    n_words: int
    extractor: str
    created_by: str | None
    created_at: str
    updated_at: str
    version: int


def article_shape(row: ArticleColumns) -> Record:
    """The one shape of an article, whether it comes as an object or straight from a cursor: no text, no furniture."""
    return {
        "id": row.uid,
        "external_id": row.external_id,
        "title": row.title,
        "outlet": row.outlet,
        "author": row.author,
        "dateline": row.dateline,
        "url": row.url,
        "published_on": row.published_on,
        "language": row.language,
        "licence": {"name": row.licence_name, "text_may_leave": row.text_may_leave},
        "sha256": row.sha256,
        "length": row.length,
        "n_words": row.n_words,
        "extractor": row.extractor,
        "created_by": row.created_by,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "version": row.version,
    }


def article_record(article: Article) -> Record:
    """Load `with_outlet()` and `created_by`."""
    return article_shape(
        ArticleColumns(
            uid=str(article.uid),
            external_id=article.external_id,
            title=article.title,
            outlet=public_id(article.outlet),
            author=article.author,
            dateline=article.dateline,
            url=article.url,
            published_on=day(article.published_on),
            language=article.language,
            licence_name=article.licence_name,
            text_may_leave=article.text_may_leave,
            sha256=article.sha256,
            length=article.length,
            n_words=article.n_words,
            extractor=article.extractor,
            created_by=article.created_by.pseudonym if article.created_by else None,
            created_at=stamp(article.created_at),
            updated_at=stamp(article.updated_at),
            version=article.version,
        )
    )


def furniture_record(article: Article) -> list[Record]:
    """Lines with their words; reads the text."""
    return [
        {
            "start": line["start"],
            "end": line["end"],
            "text": article.text[line["start"] : line["end"]],
            "kind": line["kind"],
        }
        for line in article.furniture
    ]


class SetColumns(NamedTuple):
    """What a set's own row and the rows it points to say; ids and moments as text."""

    uid: str
    article: str
    kind: str
    author: str | None
    codebook: str
    state: str
    submitted_at: str | None
    created_at: str
    updated_at: str
    version: int


def set_shape(row: SetColumns) -> Record:
    """The one shape of a set, whether it comes as an object or straight from a cursor."""
    return {
        "id": row.uid,
        "article": row.article,
        "kind": row.kind,
        "author": row.author,
        "codebook": row.codebook,
        "state": row.state,
        "submitted_at": row.submitted_at,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "version": row.version,
    }


def set_record(annotation_set: AnnotationSet) -> Record:
    """Load `with_names()`."""
    return set_shape(
        SetColumns(
            uid=str(annotation_set.uid),
            article=str(annotation_set.article.uid),
            kind=annotation_set.kind,
            author=annotation_set.author.pseudonym if annotation_set.author else None,
            codebook=str(annotation_set.codebook.uid),
            state=annotation_set.state,
            submitted_at=moment(annotation_set.submitted_at),
            created_at=stamp(annotation_set.created_at),
            updated_at=stamp(annotation_set.updated_at),
            version=annotation_set.version,
        )
    )


class StatementColumns(NamedTuple):
    """What a statement's own row and the rows it points to say; ids and moments as text, JSON columns as values."""

    uid: str
    external_id: str | None
    article: str
    annotation_set: str
    voice: str
    spans: list[Record]
    speaker: str | None
    metonym: bool
    collective: bool
    utterance: str | None
    said_on: Record | None
    parent: str | None
    restates: list[str]
    replies_to: list[str]
    flags: list[str]
    note: str
    adopted_from: str | None
    created_by: str
    created_at: str
    updated_at: str
    version: int


def statement_shape(
    row: StatementColumns, codes: dict[str, str], chain: list[Record], stances: list[Record]
) -> Record:
    """The one shape of a statement, whether it comes as an object or straight from a cursor."""
    return {
        "id": row.uid,
        "external_id": row.external_id,
        "article": row.article,
        "set": row.annotation_set,
        "voice": row.voice,
        "spans": row.spans,
        "speaker": row.speaker,
        "metonym": row.metonym,
        "collective": row.collective,
        "utterance": row.utterance,
        "codes": codes,
        "said_on": row.said_on,
        "chain": chain,
        "parent": row.parent,
        "restates": row.restates,
        "replies_to": row.replies_to,
        "flags": row.flags,
        "note": row.note,
        "stances": stances,
        "adopted_from": row.adopted_from,
        "created_by": row.created_by,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "version": row.version,
    }


def statement_record(statement: Statement) -> Record:
    """Load `with_details()` and the stances with their claims."""
    codes = {code.variable.slug: code.label.slug for code in statement.codes.all()}
    chain, stances = (
        [part.to_json() for part in each.all()] for each in (statement.chain, statement.stances)
    )
    return statement_shape(statement_columns(statement), codes, chain, stances)


def statement_columns(statement: Statement) -> StatementColumns:
    """Return what the statement's own row says, and the rows it points to."""
    return StatementColumns(
        uid=str(statement.uid),
        external_id=statement.external_id,
        article=str(statement.annotation_set.article.uid),
        annotation_set=str(statement.annotation_set.uid),
        voice=statement.voice,
        spans=statement.spans,
        speaker=public_id(statement.speaker),
        metonym=statement.metonym,
        collective=statement.collective,
        utterance=public_id(statement.utterance),
        said_on=statement.said_on,
        parent=public_id(statement.parent),
        restates=statement.restates,
        replies_to=statement.replies_to,
        flags=statement.flags,
        note=statement.note,
        adopted_from=str(statement.adopted_from) if statement.adopted_from else None,
        created_by=statement.created_by.pseudonym,
        created_at=stamp(statement.created_at),
        updated_at=stamp(statement.updated_at),
        version=statement.version,
    )
