"""Where quotation marks open and close: regions of text that are somebody's words, or named with distance."""

import re
from dataclasses import dataclass, field

_OPEN_ONLY = {"“": "”", "„": "“”", "«": "»", "「": "」", "『": "』"}
_CLOSE_ONLY = "”»」』"
_TWO_SIDED = ('"', "''", "``")
_MARK = re.compile("'''?|``|[“”„«»「」『』\"]|(?<![\\w’'])[‘'](?=[\\w“\"$(])|(?<=[\\w.,!?…—)])[’'](?![\\w])")
_OPENS_AFTER = re.compile(r"[\s(\[—–/-]")


@dataclass(slots=True)
class Quotation:
    """A stretch between marks, marks included, within one line."""

    start: int
    end: int
    closed: bool = True
    mark: int = field(default=1)
    """How many characters the opening mark has."""


def quotations_in(text: str, start: int, end: int, *, unclosed: bool = False) -> list[Quotation]:
    """Return the outermost quotations of one line in order; one that nothing closes runs to the line's end.

    With `unclosed` the line before ended inside a quotation, so that the first mark here may close it.
    """
    line = _Line(text, end)
    if unclosed and (rest := _closes(text, start, end)):
        line.found.append(rest)
        start = rest.end
    for hit in _MARK.finditer(text, start, end):
        if line.opening is None:
            line.open(hit)
        else:
            line.go_on(hit)
    line.finish()
    return [one for one in line.found if any(map(str.isalnum, text[one.start : one.end]))]


class _Line:
    """One line while its marks are read from left to right."""

    def __init__(self, text: str, end: int) -> None:
        self.text = text
        self.end = end
        self.found: list[Quotation] = []
        self.opening: int | None = None
        self._closers = ""
        self._width = 1

    def open(self, hit: re.Match[str]) -> None:
        """Read a mark where nothing is open."""
        mark = _double(hit)
        covered = bool(self.found) and self.found[-1].end > hit.start()
        if mark in {"‘", "'", "’"} or mark in _CLOSE_ONLY:
            single = _single(self.text, hit, self.end)
            if single is not None and not covered:
                self.found.append(single)
            return
        if covered:
            self.found.pop()  # a double mark inside single ones: the single ones were none
        self.opening, self._width = hit.start(), len(mark)
        self._closers = "''" if mark == "``" else _OPEN_ONLY.get(mark, mark)

    def go_on(self, hit: re.Match[str]) -> None:
        """Read a mark inside a quotation: it closes it, or opens the next one, or means nothing."""
        mark = _double(hit)
        if self._is_closing(mark, hit):
            if mark == self._closers and mark in _TWO_SIDED and self._reopens(hit):
                self._break_off(hit.start())
                return
            self._add(hit.end(), closed=True)
            self.opening = None
        elif _OPEN_ONLY.get(mark) == self._closers:
            self._break_off(hit.start())  # a second opening mark of the same kind: the first was never closed

    def finish(self) -> None:
        """Let what is still open run to the end of the line."""
        if self.opening is not None:
            self._add(self.end, closed=False)

    def _break_off(self, at: int) -> None:
        self._add(at, closed=False)
        self.opening = at

    def _add(self, end: int, *, closed: bool) -> None:
        start = self.opening or 0
        while not closed and end > start + 1 and self.text[end - 1].isspace():
            end -= 1
        self.found.append(Quotation(start, end, closed=closed, mark=self._width))

    def _is_closing(self, mark: str, hit: re.Match[str]) -> bool:
        """Tell whether a mark closes what is open; straight marks may close typographic ones and the other way."""
        if mark not in _TWO_SIDED and self._closers not in _TWO_SIDED:
            return mark in self._closers
        tight = not self.text[hit.start() - 1].isspace()
        ends = hit.end() >= self.end or not self.text[hit.end()].isalnum()
        return mark == self._closers or (tight and ends and mark in {'"', "”"})

    def _reopens(self, hit: re.Match[str]) -> bool:
        """Tell whether a mark that should close looks like one that opens: blank before, a word after."""
        after = hit.end()
        return after < self.end and self.text[hit.start() - 1].isspace() and not self.text[after].isspace()


def _double(hit: re.Match[str]) -> str:
    """Return a mark; of three single ones in a row two are a double one."""
    return "''" if hit.group() == "'''" else hit.group()


def _closes(text: str, start: int, end: int) -> Quotation | None:
    """Return the rest of a quotation from the line before, if the first double mark of this line closes it."""
    hit = _DOUBLE.search(text, start, end)
    if hit is None or hit.start() == start or text[hit.start() - 1].isspace():
        return None
    if hit.group() in _OPEN_ONLY or (hit.end() < end and text[hit.end()].isalnum()):
        return None
    return Quotation(start, hit.end(), mark=0)


_DOUBLE = re.compile("''|[“”„«»\"]")


_SINGLE = re.compile(r"[‘']((?:[^‘'’“”\"]|(?<=\w)[’'](?=\w)){1,600})[’'](?!\w)")


def _single(text: str, hit: re.Match[str], end: int) -> Quotation | None:
    """Return the stretch between single marks that opens here; an apostrophe opens nothing."""
    if hit.group() not in "‘'":
        return None
    whole = _SINGLE.match(text, hit.start(), end)
    if whole is None or (hit.start() and not _OPENS_AFTER.match(text[hit.start() - 1])):
        return None
    return Quotation(whole.start(), whole.end())
