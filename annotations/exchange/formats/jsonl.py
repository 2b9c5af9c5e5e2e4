"""The own JSONL: one object a line, keys sorted, a trailer with counts and hash at the end.

A file without its trailer is broken, wherever it was cut: so an export that fails midway is never taken
for a whole one. docs/formats.md describes the lines, docs/jsonl.schema.json states them.
"""

import hashlib
from collections.abc import Generator, Iterable
from typing import Any, Final

import orjson

TYPES: Final = (
    "study", "author", "codebook", "issue", "speaker", "side", "claim", "claim_relation", "article", "set",
    "utterance", "mention", "statement", "verdict",
)  # fmt: skip
"""The types of line in the order in which they stand."""

CHUNK: Final = 64 * 1024
LINE: Final = orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE


def to_jsonl(records: Iterable[tuple[str, dict[str, Any]]]) -> Generator[bytes]:
    """Yield the file of (type, record) pairs in pieces of about 64 KiB, the first line at once."""
    digest, counts = hashlib.sha256(), dict.fromkeys(TYPES, 0)
    pending: list[bytes] = []
    size = CHUNK
    for kind, record in records:
        line = orjson.dumps({"type": kind, **record}, option=LINE)
        counts[kind] += 1
        pending.append(line)
        size += len(line)
        if size >= CHUNK:
            piece = b"".join(pending)
            digest.update(piece)
            yield piece
            pending, size = [], 0
    rest = b"".join(pending)
    digest.update(rest)
    yield rest + trailer(counts, digest.hexdigest())


def trailer(counts: dict[str, int], sha256: str) -> bytes:
    """Return the last line; the hash covers every byte before it."""
    return orjson.dumps({"type": "end", "counts": counts, "sha256": sha256}, option=LINE)
