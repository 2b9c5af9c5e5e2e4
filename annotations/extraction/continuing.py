"""Quotations without a frame of their own: they continue a statement, wait for none, or have no source."""

from dataclasses import dataclass, field

from annotations.extraction.passages import Passage
from annotations.extraction.results import Quote, Report

_WITHOUT_FRAME = 0.6


@dataclass(slots=True)
class Course:
    """What is carried from line to line: the reports so far, and whether the last one may go on."""

    reports: list[Report] = field(default_factory=list)
    quoted: Report | None = None
    """The report of this line whose content ended in a quotation."""
    waiting: Report | None = None
    """The report whose frame ended the line before with a colon."""
    unclosed: bool = False
    """Whether a quotation was still open where the line before ended."""

    def begin_line(self) -> None:
        """Forget what holds within one line."""
        self.quoted = None

    def end_line(self, passage: Passage) -> None:
        """Note what the next line may go on with."""
        last = self.reports[-1] if self.reports else None
        waits = last is not None and not last.quote.spans and passage.letters.endswith(":")
        self.waiting = last if waits else None
        final = max(passage.quotations, default=-1)
        self.unclosed = (
            final >= 0 and final >= len(passage.letters) - 1 and not passage.quotations[final].closed
        )

    def add(self, report: Report) -> None:
        """Append a report."""
        self.reports.append(report)
        if report.ends_quoted:
            self.quoted = report

    def take(self, passage: Passage, first: int, last: int, *, opens_line: bool) -> None:
        """Give the quotations of a sentence that has no frame to the report that they continue."""
        place = passage.starts[first], passage.ends[last - 1]
        if self.quoted is not None:
            self.quoted.quote.spans.append(place)
        elif opens_line and self.waiting is not None:
            self.waiting.quote.spans.append(place)
            self.quoted = self.waiting
        elif opens_line and self.unclosed and self.reports:
            self.reports[-1].quote.spans.append(place)
            self.quoted = self.reports[-1]
        elif self.reports:
            self.add(Report(Quote([place], [], []), score=_WITHOUT_FRAME, ends_quoted=True, continues=True))
