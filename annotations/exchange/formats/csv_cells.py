"""CSV that a spreadsheet shows and never runs: RFC 4180, UTF-8, every dangerous cell neutralised reversibly.

Plain. A cell is dangerous if, after blanks, invisible characters and quotation marks, it begins with a
character that makes a spreadsheet compute, and is no plain number. It then gets one apostrophe in front.
To get the exact words back, take one leading apostrophe away wherever what follows it is dangerous
(`restored`); JSONL carries everything unchanged in the first place.
"""

import re
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

CHUNK: Final = 64 * 1024
_PASSED_OVER: Final = (
    r" \x01-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u180e\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u3000\u3164\ufeff\uffa0"
    r"\"'`´‘’‚‛“”„‟«»‹›＂＇"
)
_DANGEROUS: Final = re.compile(rf"[{_PASSED_OVER}]*[=+\-@\t\r\n＝＋－＠﹦﹢﹣﹫−]")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)

_SPECIAL: Final = re.compile('[",\r\n]')
KEPT: Final = 4096

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


def quoted(words: str) -> str:
    """Return a text as it stands between two commas of the file: neutral, in quotation marks if it needs them."""
    words = neutral(words)
    return '"' + words.replace('"', '""') + '"' if _SPECIAL.search(words) else words


def row_writer() -> Callable[[Iterable[Value]], str]:
    """Return what writes the cells of a row, with their commas.

    Missing values are empty, dates and moments ISO 8601. The same as `csv.writer` would write, at a third of its time: most
    texts stand in many rows, so those written last are kept as they were written.
    """
    written: Mapping[type, Callable[[Any], str]] = {
        str: lru_cache(KEPT)(quoted),
        int: str,
        float: repr,
        bool: lambda value: "true" if value else "false",
        date: date.isoformat,
        datetime: datetime.isoformat,
    }
    return lambda row: ",".join(["" if value is None else written[type(value)](value) for value in row])


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Generator[bytes]:
    """Yield the file in pieces of about 64 KiB, the header at once."""
    return csv_of_lines(header, map(row_writer(), rows))


def csv_of_lines(header: Sequence[str], lines: Iterable[str]) -> Generator[bytes]:
    """Yield the file of rows that are written already."""
    yield _piece([",".join(map(quoted, header))])
    pending: list[str] = []
    size = 0
    for line in lines:
        pending.append(line)
        size += len(line)
        if size >= CHUNK:
            yield _piece(pending)
            pending, size = [], 0
    yield _piece(pending)


def _piece(lines: Sequence[str]) -> bytes:
    return "".join([f"{line}\r\n" for line in lines]).encode()
