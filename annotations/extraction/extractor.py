"""From a text to its attributed statements."""

from collections.abc import Iterator, Sequence
from datetime import date

from annotations.corpus.furniture import recognise
from annotations.extraction.attribution import set_speakers
from annotations.extraction.continuing import Course
from annotations.extraction.likelihood import reports_of_others
from annotations.extraction.names import bare
from annotations.extraction.nesting import set_parents, set_types
from annotations.extraction.passages import Passage, read_passage
from annotations.extraction.quotations import Quotation, quotations_in
from annotations.extraction.results import Place, Quote, Report
from annotations.extraction.sentences import reports_in
from annotations.extraction.speakers import Speakers


def extract(
    text: str, furniture: Sequence[Place] | None = None, published: date | None = None
) -> list[Quote]:
    """Return the attributed statements of a text in order; no span touches its furniture.

    Against the day of publication "on Wednesday" is read.
    """
    if furniture is None:
        furniture = [(line.start, line.end) for line in recognise(text)]
    course = Course()
    passages: list[Passage] = []
    regions: list[Quotation] = []
    for start, end in _lines(text, furniture):
        in_line = quotations_in(text, start, end, unclosed=course.unclosed)
        passage = read_passage(text, start, end, in_line)
        if passage.words:
            regions += in_line
            passages.append(passage)
            _read_line(course, passage, published)
    reports = [report for report in course.reports if report.quote.spans]
    reports += [report for region in regions for report in _inside(text, region, published)]
    set_parents([report.quote for report in reports])
    reports = [report for report in reports if not report.inside or report.quote.parent is not None]
    quotes = [report.quote for report in reports]
    set_parents(quotes)
    set_types(text, quotes, regions)
    set_speakers(Speakers(text, passages), reports, _names_in(text, furniture))
    return quotes


def _names_in(text: str, furniture: Sequence[Place]) -> frozenset[str]:
    """Return the words of the furniture: the outlet that publishes the text names itself there."""
    return frozenset(bare(word.strip(",")) for start, end in furniture for word in text[start:end].split())


def _inside(text: str, region: Quotation, published: date | None) -> Iterator[Report]:
    """Yield what a quotation itself reports of others: "They call it rain"; not what its speaker thinks."""
    start, end = region.start + region.mark, region.end - region.closed
    passage = read_passage(text, start, end, quotations_in(text, start, end))
    for sentence in passage.sentences:
        for frame, report in reports_in(passage, sentence, published):
            if reports_of_others(passage, frame):
                report.inside = True
                yield report


def _lines(text: str, furniture: Sequence[Place]) -> Iterator[Place]:
    skipped = {start for start, _ in furniture}
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip() and start not in skipped:
            yield start, end
        start = end + 1


def _read_line(course: Course, passage: Passage, published: date | None) -> None:
    course.begin_line()
    for number, (first, last) in enumerate(passage.sentences):
        found = reports_in(passage, (first, last), published)
        for _, report in found:
            course.add(report)
        taken = [items for frame, _ in found for items in frame.content]
        loose = [
            i
            for i in range(first, last)
            if passage.letters[i] == "Q" and not any(begin <= i < end for begin, end in taken)
        ]
        if loose and not passage.letters[first:last].strip("Q.,-"):
            course.take(passage, loose[0], loose[-1] + 1, opens_line=number == 0)
        elif not found and course.quoted is not None and passage.letters[first] == "Q":
            course.take(passage, first, last, opens_line=False)
    course.end_line(passage)
