"""A checked line as the columns of its row, plain; what it points to is given by key, as far as it has one."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone

from annotations.codebook.models import CodebookVersion
from annotations.codebook.vocabulary import Vocabulary
from annotations.corpus.text import n_words
from annotations.exchange.dataset.bulk import Columns
from annotations.spans import ROLES, WITH_SPEAKER
from annotations.speakers.models import name_key
from annotations.statements.checks import GAP
from annotations.studies.models import Study

Record = Mapping[str, Any]
_RANK = {role: rank for rank, role in enumerate(ROLES)}


@dataclass
class Keys:
    """Database keys by the file's ids, and the ids to write: the file's own or, with a namespace, new ones."""

    study: Study
    namespace: uuid.UUID | None = None
    authors: dict[str, int] = field(default_factory=dict)
    codebooks: dict[str, Vocabulary] = field(default_factory=dict)
    issues: dict[str, int] = field(default_factory=dict)
    speakers: dict[str, int] = field(default_factory=dict)
    claims: dict[str, int] = field(default_factory=dict)
    articles: dict[str, int] = field(default_factory=dict)
    sets: dict[str, tuple[int, str]] = field(default_factory=dict)
    utterances: dict[str, int] = field(default_factory=dict)

    def uid(self, given: str) -> str:
        """Return the id to write, in 32 digits; the same one goes to the same new one wherever it stands."""
        return given.replace("-", "") if self.namespace is None else uuid.uuid5(self.namespace, given).hex

    def text(self, given: str | None) -> str | None:
        if given is None or self.namespace is None:
            return given
        return str(uuid.uuid5(self.namespace, given))

    def anywhere(self, value: Any) -> Any:  # noqa: ANN401  (a JSON value in, the same out)
        """Return a JSON value with the ids in it mapped; for what has no fixed shape."""
        if self.namespace is None:
            return value
        if isinstance(value, dict):
            return {key: self.anywhere(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.anywhere(item) for item in value]
        return self.text(value) if isinstance(value, str) and _is_uid(value) else value


def _is_uid(value: str) -> bool:
    try:
        return str(uuid.UUID(value)) == value
    except ValueError:
        return False


@lru_cache(1024)
def moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value).astimezone(UTC) if value else None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def kept(record: Record, keys: Keys) -> Columns:
    """Return id, version and dates; what the file does not say is given anew."""
    created = moment(record.get("created_at")) or timezone.now()
    return {
        "uid": keys.uid(record["id"]),
        "version": record.get("version", 1),
        "created_at": created,
        "updated_at": moment(record.get("updated_at")) or created,
    }


def named(record: Record, keys: Keys) -> Columns:
    return {"external_id": record.get("external_id"), **kept(record, keys)}


def issue(record: Record, keys: Keys) -> Columns:
    return {
        "study_id": keys.study.pk,
        "name": record["name"],
        **named(record, keys),
    }


def speaker(record: Record, keys: Keys) -> Columns:
    """Links to other speakers are set once all have keys."""
    return {
        "study_id": keys.study.pk,
        "name": record["name"],
        "name_key": name_key(record["name"]),
        "type": record["speaker_type"],
        "role": record.get("role", ""),
        "named": record.get("named", True),
        "private": record.get("private", False),
        **named(record, keys),
    }


def aliases(record: Record, key: int) -> list[Columns]:
    return [{"speaker_id": key, "name": name, "key": name_key(name)} for name in record.get("aliases", ())]


def affiliations(record: Record, key: Mapping[str, int]) -> list[Columns]:
    return [
        {
            "speaker_id": key[record["id"]],
            "body_id": key[each["body"]],
            "kind": each["kind"],
            "role": each.get("role", ""),
            "since": _day(each.get("from")),
            "until": _day(each.get("to")),
        }
        for each in record.get("affiliations", ())
    ]


def side(record: Record, keys: Keys) -> Columns:
    speakers = keys.speakers
    return {
        "study_id": keys.study.pk,
        "speaker_id": speakers[record["speaker"]],
        "side_id": speakers[record["side"]],
        **kept(record, keys),
    }


def claim(record: Record, keys: Keys) -> Columns:
    quantity = record.get("quantity")
    return {
        "study_id": keys.study.pk,
        "text": record["text"],
        "text_key": name_key(record["text"]),
        "kind": record["kind"],
        "issue_id": _key(keys.issues, record.get("issue")),
        "quantity": quantity and {"measure": quantity["measure"], "unit": quantity.get("unit", "")},
        "note": record.get("note", ""),
        **named(record, keys),
    }


def relation(record: Record, keys: Keys) -> Columns:
    return {
        "study_id": keys.study.pk,
        "a_id": keys.claims[record["a"]],
        "b_id": keys.claims[record["b"]],
        "relation": record["relation"],
        **kept(record, keys),
    }


def article(record: Record, keys: Keys, words: str) -> Columns:
    licence, published = record.get("licence", {}), record.get("published_on")
    return {
        "study_id": keys.study.pk,
        "title": record["title"],
        "text": words,
        "sha256": record["sha256"],
        "length": record["length"],
        "n_words": record["n_words"] if "n_words" in record else n_words(words),
        "furniture": _furniture(record),
        "outlet_id": _key(keys.speakers, record.get("outlet")),
        "author": record.get("author", ""),
        "dateline": record.get("dateline", ""),
        "url": record.get("url", ""),
        "published_on": _day(published),
        "language": record.get("language", ""),
        "licence_name": licence.get("name", ""),
        "text_may_leave": licence.get("text_may_leave", False),
        "duplicate_allowed": record.get("duplicate_allowed", False),
        "extractor": record.get("extractor", ""),
        "created_by_id": _key(keys.authors, record.get("created_by")),
        **named(record, keys),
    }


def _furniture(record: Record) -> list[dict[str, Any]]:
    lines = ({key: line[key] for key in ("start", "end", "kind")} for line in record.get("furniture", ()))
    return sorted(lines, key=lambda line: line["start"])


def annotation_set(record: Record, keys: Keys) -> Columns:
    return {
        "article_id": keys.articles[record["article"]],
        "kind": record["kind"],
        "author_id": _key(keys.authors, record.get("author")),
        "codebook_id": keys.codebooks[record["codebook"]].codebook_id,
        "state": record.get("state", "open"),
        "submitted_at": moment(record.get("submitted_at")),
        **kept(record, keys),
    }


def utterance(record: Record, keys: Keys) -> Columns:
    return {
        "annotation_set_id": keys.sets[record["set"]][0],
        "speaker_id": _key(keys.speakers, record.get("speaker")),
        "medium": record.get("medium", ""),
        "segments": [_span(span) for span in record["segments"]],
        "marks": record.get("marks", ""),
        "interrupted_by": [_interruption(each) for each in record.get("interrupted_by", ())],
        "note": record.get("note", ""),
        **named(record, keys),
    }


def mention(record: Record, keys: Keys) -> Columns:
    span = record["span"]
    return {
        "annotation_set_id": keys.sets[record["set"]][0],
        "speaker_id": keys.speakers[record["speaker"]],
        "start": span["start"],
        "end": span["end"],
        "text": span["text"],
        "form": record["form"],
        "note": record.get("note", ""),
        **named(record, keys),
    }


def statement(record: Record, keys: Keys) -> Columns:
    """The parent is set once all statements have keys."""
    spans = sorted(
        (_role_span(span, keys) for span in record["spans"]),
        key=lambda span: (_RANK[span["role"]], span["start"], span["end"]),
    )
    content = [span for span in spans if span["role"] == "content"]
    adopted = record.get("adopted_from")
    return {
        "annotation_set_id": keys.sets[record["set"]][0],
        "voice": record.get("voice", "attributed"),
        "start": content[0]["start"],
        "end": content[-1]["end"],
        "spans": spans,
        "quotation": GAP.join(span["text"] for span in content),
        "speaker_id": _key(keys.speakers, record.get("speaker")),
        "metonym": record.get("metonym", False),
        "collective": record.get("collective", False),
        "utterance_id": _key(keys.utterances, record.get("utterance")),
        "said_on": _said_on(record.get("said_on")),
        "restates": [keys.text(other) for other in record.get("restates", ())],
        "replies_to": [keys.text(other) for other in record.get("replies_to", ())],
        "flags": record.get("flags", []),
        "note": record.get("note", ""),
        "adopted_from": keys.uid(adopted) if adopted else None,
        "created_by_id": keys.authors[record["created_by"]],
        **named(record, keys),
    }


def _role_span(span: Record, keys: Keys) -> dict[str, Any]:
    role = span["role"]
    out = {"role": role, "start": span["start"], "end": span["end"], "text": span["text"]}
    if role in WITH_SPEAKER:
        out["speaker"] = keys.text(span.get("speaker"))
    return out


def _said_on(value: Record | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {
        "from": value.get("from"),
        "to": value.get("to"),
        "precision": value["precision"],
        "anchored": value.get("anchored", True),
        "span": _span_or_none(value.get("span")),
    }


def codes(record: Record, key: int, vocabulary: Vocabulary) -> list[Columns]:
    return [
        {
            "statement_id": key,
            "variable_id": vocabulary.variables[variable].pk,
            "label_id": vocabulary.labels[variable][label].pk,
        }
        for variable, label in record.get("codes", {}).items()
    ]


def chain(record: Record, key: int, keys: Keys) -> list[Columns]:
    return [
        {
            "statement_id": key,
            "order": order,
            "speaker_id": keys.speakers[link["speaker"]],
            "role": link["role"],
            "uncertain": link.get("uncertain", False),
            "source": _span_or_none(link.get("source")),
            "cue": _span_or_none(link.get("cue")),
        }
        for order, link in enumerate(record.get("chain", ()))
    ]


def stances(record: Record, key: int, keys: Keys) -> list[Columns]:
    return [
        {
            "statement_id": key,
            "claim_id": keys.claims[link["claim"]],
            "order": order,
            "stance": link["stance"],
            "commitment": link.get("commitment", ""),
            "explicit": link.get("explicit", True),
            "presupposed": link.get("presupposed", False),
            "label": link.get("label"),
            "note": link.get("note", ""),
            "value": _value(link.get("value")),
        }
        for order, link in enumerate(record.get("stances", ()))
    ]


def _value(value: Record | None) -> dict[str, Any] | None:
    if value is None:
        return None
    return {
        "op": value["op"],
        "number": value["number"],
        "number_high": value.get("number_high"),
        "as_written": value.get("as_written", ""),
        "span": _span_or_none(value.get("span")),
    }


def _span(value: Record) -> dict[str, Any]:
    """Return the parts of a span that have a meaning."""
    return {"start": value["start"], "end": value["end"], "text": value["text"]}


def _interruption(value: Record) -> dict[str, Any]:
    return {key: value[key] for key in ("start", "end", "text", "kind") if key in value}


def _span_or_none(value: Record | None) -> dict[str, Any] | None:
    return None if value is None else _span(value)


def verdict(record: Record, keys: Keys, statements: Mapping[str, int]) -> Columns:
    return {
        "study_id": keys.study.pk,
        "a_id": statements[record["a"]],
        "b_id": statements[record["b"]],
        "judge_id": keys.authors[record["judge"]],
        "verdict": record["verdict"],
        "kind": record.get("kind", ""),
        "strength": record.get("strength", ""),
        "explicit": record.get("explicit", False),
        "basis": keys.anywhere(record.get("basis")),
        "cluster": record.get("cluster", ""),
        "note": record.get("note", ""),
        **named(record, keys),
    }


def author(record: Record, keys: Keys, pseudonyms: Mapping[str, str]) -> Columns:
    """Never with a user: nobody is credited with another's work. `pseudonyms` are those taken here, by the file's."""
    return {
        "study_id": keys.study.pk,
        "uid": keys.uid(record["id"]),
        "pseudonym": pseudonyms[record["pseudonym"]],
    }


def study_columns(record: Record, keys: Keys) -> dict[str, Any]:
    """Return what an empty study takes over; its own address stays, and its id where new ids are given."""
    columns = kept(record, keys)
    if keys.namespace is not None:
        columns["uid"] = keys.study.uid
    archived = columns["updated_at"] if record.get("archived") else None
    mode = record.get("mode", Study.Mode.SHARED)
    return {**columns, "name": record["name"], "mode": mode, "archived_at": archived}


def codebook_columns(record: Record) -> dict[str, Any]:
    """Return what stands beside a codebook's scheme."""
    published = moment(record.get("published_at"))
    state = record.get("state", CodebookVersion.State.PUBLISHED)
    if state == CodebookVersion.State.PUBLISHED:
        published = published or timezone.now()
    created = moment(record.get("created_at")) or timezone.now()
    return {
        "state": state,
        "published_at": published if state == CodebookVersion.State.PUBLISHED else None,
        "created_at": created,
        "updated_at": moment(record.get("updated_at")) or created,
    }


def _key(keys: Mapping[str, int], uid: str | None) -> int | None:
    return None if uid is None else keys[uid]
