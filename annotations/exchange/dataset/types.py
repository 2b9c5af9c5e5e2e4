"""The fields of every type of line; plain."""

from collections.abc import Mapping
from typing import Any, Final

from annotations.claims.stances import OPERATORS
from annotations.corpus.furniture import KINDS
from annotations.exchange.dataset.shapes import (
    DAY,
    EXTERNAL,
    FLAG,
    MOMENT,
    NAME,
    NUMBER,
    OPAQUE,
    PSEUDONYM,
    ROLE_SPAN,
    SHA256,
    SPAN,
    UID,
    VERSION,
    WHOLE,
    Field,
    Fields,
    Kind,
    array,
    one_of,
    or_null,
    plain,
    record,
    text,
)
from annotations.exchange.formats.jsonl import TYPES
from annotations.statements.changes import PRECISIONS

KEPT: Fields = {"created_at": Field(MOMENT), "updated_at": Field(MOMENT), "version": Field(VERSION)}
ID: Fields = {"id": Field(UID, required=True)}
NAMED: Fields = {**ID, "external_id": Field(EXTERNAL), **KEPT}
LABEL: Final = Field(text(60))
NOTE: Final = Field(text())
MANY: Final = 1000

SPEAKER_TYPES = ("person", "organisation", "state", "media", "group", "document")
SAID_ON: Final = record(
    {
        "from": Field(or_null(DAY)),
        "to": Field(or_null(DAY)),
        "precision": Field(one_of(*PRECISIONS), required=True),
        "anchored": Field(FLAG),
        "span": Field(or_null(SPAN)),
    }
)
LINK: Final = record(
    {
        "speaker": Field(UID, required=True),
        "role": Field(NAME, required=True),
        "uncertain": Field(FLAG),
        "source": Field(or_null(SPAN)),
        "cue": Field(or_null(SPAN)),
    }
)
VALUE: Final = record(
    {
        "op": Field(one_of(*OPERATORS), required=True),
        "number": Field(NUMBER, required=True),
        "number_high": Field(or_null(NUMBER)),
        "as_written": Field(text()),
        "span": Field(or_null(SPAN)),
    }
)
STANCE: Final = record(
    {
        "claim": Field(UID, required=True),
        "stance": Field(NAME, required=True),
        "commitment": LABEL,
        "explicit": Field(FLAG),
        "presupposed": Field(FLAG),
        "label": Field(or_null(text(300))),
        "note": NOTE,
        "value": Field(or_null(VALUE)),
    }
)
FURNITURE: Final = record(
    {
        "start": Field(WHOLE, required=True),
        "end": Field(WHOLE, required=True),
        "kind": Field(one_of(*KINDS), required=True),
    }
)
INTERRUPTION: Final = record(
    {"start": Field(WHOLE, required=True), "end": Field(WHOLE, required=True), "text": NOTE, "kind": LABEL}
)


def _words_by_name(what: str) -> Kind:
    return plain(
        lambda value: type(value) is dict and all(type(words) is str for words in value.values()),
        f"an object of {what}",
        {"type": "object", "additionalProperties": {"type": "string"}},
    )


CODES: Final = _words_by_name("label by variable")
FILTER: Final = _words_by_name("value by filter")

DATED: Final = record(
    {
        "body": Field(UID, required=True),
        "kind": Field(one_of("affiliation", "speaks_for"), required=True),
        "role": Field(text(300)),
        "from": Field(or_null(DAY)),
        "to": Field(or_null(DAY)),
    }
)

FIELDS: Mapping[str, Fields] = {
    "study": {
        **ID,
        "name": Field(text(200, filled=True), required=True),
        "mode": Field(one_of("shared", "independent")),
        "archived": Field(FLAG),
        "filter": Field(FILTER),
        **KEPT,
    },
    "author": {**ID, "pseudonym": Field(PSEUDONYM, required=True)},
    "codebook": {
        **ID,
        "version": Field(text(20, filled=True), required=True),
        "name": Field(text(200), required=True),
        "language": Field(text(35), required=True),
        "notes": Field(array(record({"title": NOTE, "text": NOTE})), required=True),
        "variables": Field(array(record({"slug": Field(NAME, required=True)})), required=True),
        "state": Field(one_of("draft", "published")),
        "derived_from": Field(or_null(UID)),
        "published_at": Field(or_null(MOMENT)),
        "created_at": Field(or_null(MOMENT)),
        "updated_at": Field(or_null(MOMENT)),
    },
    "issue": {**NAMED, "name": Field(text(300, filled=True), required=True)},
    "speaker": {
        **NAMED,
        "name": Field(text(300, filled=True), required=True),
        "speaker_type": Field(one_of(*SPEAKER_TYPES), required=True),
        "role": Field(text(300)),
        "aliases": Field(array(text(300, filled=True))),
        "affiliation": Field(or_null(UID)),
        "speaks_for": Field(or_null(UID)),
        "members": Field(array(UID)),
        "affiliations": Field(array(DATED)),
        "named": Field(FLAG),
        "private": Field(FLAG),
    },
    "side": {**ID, **KEPT, "speaker": Field(UID, required=True), "side": Field(UID, required=True)},
    "claim": {
        **NAMED,
        "text": Field(text(1000, filled=True), required=True),
        "kind": Field(NAME, required=True),
        "issue": Field(or_null(UID)),
        "quantity": Field(or_null(record({"measure": Field(text(), required=True), "unit": Field(text())}))),
        "note": NOTE,
    },
    "claim_relation": {
        **ID,
        **KEPT,
        "a": Field(UID, required=True),
        "b": Field(UID, required=True),
        "relation": Field(NAME, required=True),
    },
    "article": {
        **NAMED,
        "title": Field(text(500, filled=True), required=True),
        "text": Field(text()),
        "sha256": Field(SHA256, required=True),
        "length": Field(WHOLE, required=True),
        "n_words": Field(WHOLE),
        "furniture": Field(array(FURNITURE)),
        "outlet": Field(or_null(UID)),
        "author": Field(text(300)),
        "dateline": Field(text(200)),
        "url": Field(text(2000)),
        "published_on": Field(or_null(DAY)),
        "language": Field(text(35)),
        "licence": Field(record({"name": Field(text(200)), "text_may_leave": Field(FLAG)})),
        "duplicate_allowed": Field(FLAG),
        "extractor": Field(text(80)),
        "created_by": Field(or_null(PSEUDONYM)),
        "revision_of": Field(or_null(UID)),
    },
    "set": {
        **ID,
        **KEPT,
        "article": Field(UID, required=True),
        "kind": Field(one_of("shared", "annotator", "machine", "adjudicated"), required=True),
        "author": Field(or_null(PSEUDONYM)),
        "codebook": Field(UID, required=True),
        "state": Field(one_of("open", "submitted")),
        "submitted_at": Field(or_null(MOMENT)),
    },
    "utterance": {
        **NAMED,
        "set": Field(UID, required=True),
        "speaker": Field(or_null(UID)),
        "medium": LABEL,
        "segments": Field(array(SPAN), required=True),
        "marks": Field(text(20)),
        "interrupted_by": Field(array(INTERRUPTION)),
        "note": NOTE,
    },
    "mention": {
        **NAMED,
        "set": Field(UID, required=True),
        "speaker": Field(UID, required=True),
        "span": Field(SPAN, required=True),
        "form": Field(NAME, required=True),
        "note": NOTE,
    },
    "statement": {
        **NAMED,
        "article": Field(UID, required=True),
        "set": Field(UID, required=True),
        "voice": Field(one_of("attributed", "author")),
        "spans": Field(array(ROLE_SPAN), required=True),
        "speaker": Field(or_null(UID)),
        "metonym": Field(FLAG),
        "collective": Field(FLAG),
        "utterance": Field(or_null(UID)),
        "codes": Field(CODES),
        "said_on": Field(or_null(SAID_ON)),
        "chain": Field(array(LINK, MANY)),
        "parent": Field(or_null(UID)),
        "restates": Field(array(UID)),
        "replies_to": Field(array(UID)),
        "flags": Field(array(NAME, MANY)),
        "note": NOTE,
        "stances": Field(array(STANCE, MANY)),
        "adopted_from": Field(or_null(UID)),
        "created_by": Field(PSEUDONYM, required=True),
    },
    "verdict": {
        **NAMED,
        "a": Field(UID, required=True),
        "b": Field(UID, required=True),
        "judge": Field(PSEUDONYM, required=True),
        "verdict": Field(one_of("confirmed", "rejected", "repeat"), required=True),
        "kind": LABEL,
        "strength": LABEL,
        "explicit": Field(FLAG),
        "basis": Field(OPAQUE),
        "cluster": Field(text(200)),
        "note": NOTE,
    },
}
SHAPES: Mapping[str, Kind] = {kind: record(fields) for kind, fields in FIELDS.items()}
KNOWN: Mapping[str, frozenset[str]] = {kind: frozenset({"type", *fields}) for kind, fields in FIELDS.items()}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of one line of the file."""
    end = {
        "type": "object",
        "properties": {
            "type": {"const": "end"},
            "counts": {
                "type": "object",
                "properties": {kind: {"type": "integer", "minimum": 0} for kind in TYPES},
            },
            "sha256": SHA256.schema,
        },
        "required": ["type", "counts", "sha256"],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of an AtOdds JSONL file",
        "description": "docs/formats.md says in which order the lines stand and what the fields mean.",
        "oneOf": [*({"$ref": f"#/$defs/{kind}"} for kind in TYPES), {"$ref": "#/$defs/end"}],
        "$defs": {**{kind: _with_type(kind) for kind in TYPES}, "end": end},
    }


def _with_type(kind: str) -> dict[str, Any]:
    schema = SHAPES[kind].schema
    return {
        **schema,
        "properties": {"type": {"const": kind}, **schema["properties"]},
        "required": ["type", *schema["required"]],
    }
