"""CSV that a spreadsheet shows and never runs: RFC 4180, UTF-8, every dangerous cell neutralised reversibly.

Plain. A cell is dangerous if, after blanks, invisible characters and quotation marks, it begins with a
character that makes a spreadsheet compute, and is no plain number. It then gets one apostrophe in front.
To get the exact words back, take one leading apostrophe away wherever what follows it is dangerous
(`restored`); JSONL carries everything unchanged in the first place.
"""

import csv
import re
from collections.abc import Generator, Iterable, Sequence
from datetime import date, datetime
from io import StringIO
from typing import Final

CHUNK: Final = 64 * 1024
_PASSED_OVER: Final = (
    r" \x01-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u180e\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u3000\u3164\ufeff\uffa0"
    r"\"'`´‘’‚‛“”„‟«»‹›＂＇"
)
_DANGEROUS: Final = re.compile(rf"[{_PASSED_OVER}]*[=+\-@\t\r\n＝＋－＠﹦﹢﹣﹫−]")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)

Value = str | int | float | bool | date | datetime | None


def is_dangerous(words: str) -> bool:
    """Tell whether a spreadsheet might compute the cell instead of showing it."""
    return _DANGEROUS.match(words) is not None and _NUMBER.fullmatch(words) is None


def neutral(words: str) -> str:
    """Return the words with an apostrophe in front if a spreadsheet might compute them."""
    if not words or words[0].isalnum() or not is_dangerous(words):
        return words
    return f"'{words}"


def restored(cell: str) -> str:
    """Return what was written before `neutral`."""
    return cell[1:] if cell.startswith("'") and is_dangerous(cell[1:]) else cell


def cell(value: Value) -> str | int | float:
    """Return what stands in the file: empty for missing, true and false, ISO dates."""
    if isinstance(value, str):
        return neutral(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else value


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Generator[bytes]:
    """Yield the file in pieces of about 64 KiB, the header at once."""
    buffer = StringIO()
    write = csv.writer(buffer, lineterminator="\r\n").writerow
    write(header)
    yield _taken(buffer)
    for row in rows:
        write(map(cell, row))
        if buffer.tell() >= CHUNK:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: StringIO) -> bytes:
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece
