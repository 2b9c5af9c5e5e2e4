"""The wire records: one plain dictionary per object, the same over REST and in the own JSONL.

Ids are public (UUIDs as strings), dates ISO 8601, offsets code points. Callers load what a record reads.
REST adds `web_url` and, for studies, `slug`; JSONL adds `type`, and to articles furniture and, where the
licence lets it leave, the text. docs/formats.md and docs/jsonl.schema.json describe them for people outside.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from annotations.claims.models import Claim, ClaimRelation, Issue
from annotations.codebook.models import CodebookVersion
from annotations.codebook.scheme import to_record
from annotations.codebook.stored import scheme_of
from annotations.conflicts.models import Verdict
from annotations.corpus.models import Article
from annotations.rows import Row
from annotations.speakers.affiliations import dated_record
from annotations.speakers.models import Side, Speaker
from annotations.statements.models import Mention, Statement, Utterance
from annotations.studies.models import Author, Study
from annotations.workload.models import AnnotationSet

Record = dict[str, Any]


def study_record(study: Study) -> Record:
    return {
        "id": str(study.uid),
        "name": study.name,
        "mode": study.mode,
        "archived": study.archived_at is not None,
        **_kept(study),
    }


def author_record(author: Author) -> Record:
    """Never the user: who stands behind a pseudonym stays in the installation."""
    return {"id": str(author.uid), "pseudonym": author.pseudonym}


def codebook_record(version: CodebookVersion) -> Record:
    """The scheme and where the version stands; load `with_labels()` and `derived_from`.

    A version is frozen, so it has no version counter; the shipped one is the same everywhere but for the
    moment of its installation, so it has no dates.
    """
    own, parent = version.study_id is not None, version.derived_from
    return {
        **to_record(scheme_of(version)),
        "state": version.state,
        "derived_from": _uid(parent) if parent and parent.study_id in {None, version.study_id} else None,
        "published_at": moment(version.published_at) if own else None,
        "created_at": moment(version.created_at) if own else None,
        "updated_at": moment(version.updated_at) if own else None,
    }


def speaker_record(speaker: Speaker) -> Record:
    """Load `with_names()`."""
    return {
        "id": str(speaker.uid),
        "external_id": speaker.external_id,
        "name": speaker.name,
        "type": speaker.type,
        "role": speaker.role,
        "aliases": [alias.name for alias in sorted(speaker.aliases.all(), key=lambda alias: alias.pk)],
        "affiliation": _uid(speaker.affiliation),
        "speaks_for": _uid(speaker.speaks_for),
        "members": sorted(str(member.uid) for member in speaker.members.all()),
        "affiliations": dated_record(speaker.affiliations.all()),
        "named": speaker.named,
        "private": speaker.private,
        **_kept(speaker),
    }


def side_record(side: Side) -> Record:
    """Load with both speakers."""
    return {
        "id": str(side.uid),
        "speaker": str(side.speaker.uid),
        "side": str(side.side.uid),
        **_kept(side),
    }


def issue_record(issue: Issue) -> Record:
    return {"id": str(issue.uid), "external_id": issue.external_id, "name": issue.name, **_kept(issue)}


def claim_record(claim: Claim) -> Record:
    """Load `with_issue()`."""
    return {
        "id": str(claim.uid),
        "external_id": claim.external_id,
        "text": claim.text,
        "kind": claim.kind,
        "issue": _uid(claim.issue),
        "quantity": claim.quantity,
        "note": claim.note,
        **_kept(claim),
    }


def relation_record(relation: ClaimRelation) -> Record:
    """Load with both claims."""
    return {
        "id": str(relation.uid),
        "a": str(relation.a.uid),
        "b": str(relation.b.uid),
        "relation": relation.relation,
        **_kept(relation),
    }


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
            outlet=_uid(article.outlet),
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


def utterance_record(utterance: Utterance) -> Record:
    """Load with set and speaker."""
    return {
        "id": str(utterance.uid),
        "external_id": utterance.external_id,
        "set": str(utterance.annotation_set.uid),
        "speaker": _uid(utterance.speaker),
        "medium": utterance.medium,
        "segments": utterance.segments,
        "marks": utterance.marks,
        "interrupted_by": utterance.interrupted_by,
        "note": utterance.note,
        **_kept(utterance),
    }


def mention_record(mention: Mention) -> Record:
    """Load with set and speaker."""
    return {
        "id": str(mention.uid),
        "external_id": mention.external_id,
        "set": str(mention.annotation_set.uid),
        "speaker": str(mention.speaker.uid),
        "span": {"start": mention.start, "end": mention.end, "text": mention.text},
        "form": mention.form,
        "note": mention.note,
        **_kept(mention),
    }


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
    columns = StatementColumns(
        uid=str(statement.uid),
        external_id=statement.external_id,
        article=str(statement.annotation_set.article.uid),
        annotation_set=str(statement.annotation_set.uid),
        voice=statement.voice,
        spans=statement.spans,
        speaker=_uid(statement.speaker),
        metonym=statement.metonym,
        collective=statement.collective,
        utterance=_uid(statement.utterance),
        said_on=statement.said_on,
        parent=_uid(statement.parent),
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
    codes = {code.variable.slug: code.label.slug for code in statement.codes.all()}
    chain = [link.to_json() for link in statement.chain.all()]
    return statement_shape(columns, codes, chain, [link.to_json() for link in statement.stances.all()])


def verdict_record(verdict: Verdict) -> Record:
    """Load with both statements and the judge."""
    return {
        "id": str(verdict.uid),
        "external_id": verdict.external_id,
        "a": str(verdict.a.uid),
        "b": str(verdict.b.uid),
        "judge": verdict.judge.pseudonym,
        "verdict": verdict.verdict,
        "kind": verdict.kind,
        "strength": verdict.strength,
        "explicit": verdict.explicit,
        "basis": verdict.basis,
        "cluster": verdict.cluster,
        "note": verdict.note,
        **_kept(verdict),
    }


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def moment(value: datetime | None) -> str | None:
    return stamp(value) if value else None


def stamp(value: datetime) -> str:
    """Return UTC with microseconds and a Z: the same bytes on both databases."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def _kept(row: Row) -> Mapping[str, Any]:
    return {
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.updated_at),
        "version": row.version,
    }


def _uid(row: Row | None) -> str | None:
    return str(row.uid) if row else None
