"""The wire records: one plain dictionary per object, the same over REST and in the own JSONL.

Ids are public (UUIDs as strings), dates ISO 8601, offsets code points. Callers load what a record reads.
REST adds `web_url` and, for studies, `slug`; JSONL adds `type`.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from annotations.claims.models import Claim, ClaimRelation, Issue
from annotations.corpus.models import Article
from annotations.rows import Row
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from annotations.studies.models import Study
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


def speaker_record(speaker: Speaker) -> Record:
    """Load `with_names()`."""
    return {
        "id": str(speaker.uid),
        "external_id": speaker.external_id,
        "name": speaker.name,
        "type": speaker.type,
        "role": speaker.role,
        "aliases": [alias.name for alias in speaker.aliases.all()],
        "affiliation": _uid(speaker.affiliation),
        "speaks_for": _uid(speaker.speaks_for),
        "members": sorted(str(member.uid) for member in speaker.members.all()),
        "named": speaker.named,
        "private": speaker.private,
        **_kept(speaker),
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


def article_record(article: Article) -> Record:
    """All but text and furniture; load `with_outlet()` and `created_by`."""
    return {
        "id": str(article.uid),
        "external_id": article.external_id,
        "title": article.title,
        "outlet": _uid(article.outlet),
        "author": article.author,
        "dateline": article.dateline,
        "url": article.url,
        "published_on": day(article.published_on),
        "language": article.language,
        "licence": {"name": article.licence_name, "text_may_leave": article.text_may_leave},
        "sha256": article.sha256,
        "length": article.length,
        "n_words": article.n_words,
        "extractor": article.extractor,
        "created_by": article.created_by.pseudonym if article.created_by else None,
        **_kept(article),
    }


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


def set_record(annotation_set: AnnotationSet) -> Record:
    """Load `with_names()`."""
    return {
        "id": str(annotation_set.uid),
        "article": str(annotation_set.article.uid),
        "kind": annotation_set.kind,
        "author": annotation_set.author.pseudonym if annotation_set.author else None,
        "codebook": str(annotation_set.codebook.uid),
        "state": annotation_set.state,
        "submitted_at": moment(annotation_set.submitted_at),
        **_kept(annotation_set),
    }


def statement_record(statement: Statement) -> Record:
    """Load `with_details()` and the stances with their claims."""
    return {
        "id": str(statement.uid),
        "external_id": statement.external_id,
        "article": str(statement.annotation_set.article.uid),
        "set": str(statement.annotation_set.uid),
        "voice": statement.voice,
        "spans": statement.spans,
        "speaker": _uid(statement.speaker),
        "metonym": statement.metonym,
        "collective": statement.collective,
        "utterance": _uid(statement.utterance),
        "codes": {code.variable.slug: code.label.slug for code in statement.codes.all()},
        "said_on": statement.said_on,
        "chain": [link.to_json() for link in statement.chain.all()],
        "parent": _uid(statement.parent),
        "restates": statement.restates,
        "replies_to": statement.replies_to,
        "flags": statement.flags,
        "note": statement.note,
        "stances": [link.to_json() for link in statement.stances.all()],
        "adopted_from": str(statement.adopted_from) if statement.adopted_from else None,
        "created_by": statement.created_by.pseudonym,
        **_kept(statement),
    }


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def moment(value: datetime | None) -> str | None:
    """Return UTC with microseconds and a Z: the same bytes on both databases."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if value else None


def _kept(row: Row) -> Mapping[str, Any]:
    return {
        "created_at": moment(row.created_at),
        "updated_at": moment(row.updated_at),
        "version": row.version,
    }


def _uid(row: Row | None) -> str | None:
    return str(row.uid) if row else None
