"""From a sentence to its reports: frames with source, content and relays, and what the words beside them tell."""

from datetime import date

from annotations.extraction.chains import arrange
from annotations.extraction.contents import find_content
from annotations.extraction.frames import Build, Frame, Items, frames_in
from annotations.extraction.likelihood import is_likely, score
from annotations.extraction.media import media_in, medium_of
from annotations.extraction.moments import dates_in, moment_of
from annotations.extraction.passages import Passage
from annotations.extraction.results import Place, Quote, Report
from annotations.extraction.source_spans import before, find_source_span, subject_of


def reports_in(passage: Passage, sentence: Items, published: date | None) -> list[tuple[Frame, Report]]:
    """Return the reports of a sentence, each with the frame that it comes from."""
    frames = _frames(passage, *sentence)
    if not frames:
        return []
    dates, media = dates_in(passage, sentence), media_in(passage, sentence)
    found: list[tuple[Frame, Report]] = []
    for frame in frames:
        report = _report(passage, frame)
        report.quote.medium = medium_of(passage, media, frame)
        report.quote.said_on = moment_of(passage, dates, frame, published)
        found.append((frame, report))
    return found


def _frames(passage: Passage, first: int, last: int) -> list[Frame]:
    """Return the frames of a sentence that report; one that ends its line with a colon may wait for its content."""
    found: list[Frame] = []
    for frame in frames_in(passage, first, last):
        find_source_span(passage, first, last, frame)
        if frame.source_span is None and frame.build in (Build.PARTICIPLE, Build.FINITE, Build.INFINITIVE):
            _inherit(passage, first, frame, found)
        find_content(passage, first, last, frame)
        found.append(frame)
    waits = passage.letters[last - 1] == ":"
    return [
        frame
        for frame in arrange(passage, first, last, found)
        if (is_likely(passage, frame) if frame.content else waits)
    ]


def _inherit(passage: Passage, first: int, frame: Frame, earlier: list[Frame]) -> None:
    """Give "and added ..." and ", saying ..." the source of the frame before, or the sentence's subject."""
    if earlier and earlier[-1].source_span:
        frame.source_span = earlier[-1].source_span
    else:
        frame.source_span = subject_of(passage, first, frame.cue[0]) or _before_comma(passage, first, frame)
    frame.inherits = True


def _before_comma(passage: Passage, first: int, frame: Frame) -> Items | None:
    """Return the phrase that a participle describes: "Lee, noting that ..., left"."""
    comma = frame.cue[0] - 1
    return before(passage, first, comma) if comma > first and passage.letters[comma] == "," else None


def _report(passage: Passage, frame: Frame) -> Report:
    quote = Quote(
        [_place(passage, items) for items in frame.content],
        [_place(passage, frame.cue)],
        [_place(passage, frame.source_span)] if frame.source_span else [],
        score=score(passage, frame),
    )
    return Report(
        quote,
        [(_place(passage, items), uncertain) for items, uncertain in frame.relays],
        ends_quoted=any("Q" in passage.letters[begin:end] for begin, end in frame.content),
    )


def _place(passage: Passage, items: Items) -> Place:
    return passage.starts[items[0]], passage.ends[items[1] - 1]
