"""Statements as the evaluation schema has them: what `extract` writes for each text."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from annotations.extraction.extractor import extract
from annotations.extraction.results import Moment, Quote


def answer(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer to one document of `{doc_id, text}`, perhaps with the day of publication."""
    published = document.get("published_on")
    day = date.fromisoformat(published) if published else None
    return {"doc_id": document["doc_id"], "quotes": records(extract(document["text"], published=day))}


def records(quotes: Sequence[Quote]) -> list[dict[str, Any]]:
    """Return quotes as plain values; offsets are code points, half-open."""
    return [_record(quote) for quote in quotes]


def _record(quote: Quote) -> dict[str, Any]:
    return {
        "spans": [list(place) for place in quote.spans],
        "cue": [list(place) for place in quote.cue] or None,
        "speaker": [list(place) for place in quote.speaker] or None,
        "speaker_name": quote.speaker_name,
        "type": quote.type,
        "parent": quote.parent,
        "chain": [
            {"name": link.name, "role": link.role, "uncertain": link.uncertain} for link in quote.chain
        ],
        "score": quote.score,
        "medium": quote.medium,
        "source_type": quote.source_type,
        "on_record": quote.on_record,
        "said_on": _said_on(quote.said_on),
    }


def _said_on(moment: Moment | None) -> dict[str, Any] | None:
    if moment is None:
        return None
    return {
        "span": list(moment.place),
        "precision": moment.precision,
        "from": moment.first and moment.first.isoformat(),
        "to": moment.last and moment.last.isoformat(),
    }
