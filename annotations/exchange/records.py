"""The wire records: one plain dictionary per object, the same over REST and in the own JSONL.

Ids are public (UUIDs as strings), dates ISO 8601, offsets code points. Callers load what a record reads.
REST adds `web_url` and, for studies, `slug`; JSONL adds `type`, and to articles furniture and, where the
licence lets it leave, the text. docs/formats.md and docs/jsonl.schema.json describe them for people outside.
Those of articles, sets and statements are in `numerous.py`.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from annotations.claims.models import Claim, ClaimRelation, Issue
from annotations.codebook.models import CodebookVersion
from annotations.codebook.scheme import to_record
from annotations.codebook.stored import scheme_of
from annotations.conflicts.models import Verdict
from annotations.rows import Row
from annotations.speakers.affiliations import dated_record
from annotations.speakers.models import Side, Speaker
from annotations.statements.models import Mention, Utterance
from annotations.studies.models import Author, Study

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
        "derived_from": public_id(parent) if parent and parent.study_id in {None, version.study_id} else None,
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
        "affiliation": public_id(speaker.affiliation),
        "speaks_for": public_id(speaker.speaks_for),
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
        "issue": public_id(claim.issue),
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


def utterance_record(utterance: Utterance) -> Record:
    """Load with set and speaker."""
    return {
        "id": str(utterance.uid),
        "external_id": utterance.external_id,
        "set": str(utterance.annotation_set.uid),
        "speaker": public_id(utterance.speaker),
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


def public_id(row: Row | None) -> str | None:
    return str(row.uid) if row else None
