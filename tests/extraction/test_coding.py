"""What is coded besides: medium, kind of source, whether a reader can find who it is."""

from datetime import date

import pytest

from annotations.extraction.extractor import extract


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("Venn told a briefing that it was shut.", "briefing"),
        ("Venn wrote in a letter to the board that it was shut.", "letter"),
        ("Venn said at a news conference that it was shut.", "press_conference"),
        ("Venn said by telephone that it was shut.", "telephone"),
        ("“It was shut,” Venn said in a written statement.", "written_statement"),
        ("“It was shut,” Venn said in a statement.", "statement"),
        ("Venn tweeted: “It was shut.”", "tweet"),
        ("The survey says it was shut.", "report"),
        ("Venn told the agency Menopress that it was shut.", "news_agency"),
        ("Venn, quoted by the Evening Mail, said it was shut.", "newspaper"),
        ("Venn said the letter was lost.", "unspecified"),
    ],
)
def test_medium(text, medium):
    assert [quote.medium for quote in extract(text)] == [medium]


@pytest.mark.parametrize(
    ("text", "source_type", "on_record"),
    [
        ("Orla Venn, the interior minister, said it was shut.", "official", "named"),
        ("Anneth Quill, a hydrologist at Besk College, said it was shut.", "expert", "named"),
        ("A resident said it was shut.", "citizen", "unnamed"),
        ("An eyewitness said it was shut.", "eyewitness", "unnamed"),
        ("One worker, who asked to stay without name, said it was shut.", "anonymous", "unnamed"),
        ("An official who spoke on condition of anonymity said it was shut.", "anonymous", "unnamed"),
        ("The survey says it was shut.", "document", "named"),
        ("Reuters reported that it was shut.", "media", "named"),
        ("The strike committee said it was shut.", "party", "unnamed"),
        ("Lanternfolk Society said it was shut.", "organisation", "named"),
        ("Officials said it was shut.", "official", "collective"),
        ("Orla Venn said it was shut.", None, "named"),
        ("Asked whether it was shut, she left.", None, None),
    ],
)
def test_source(text, source_type, on_record):
    quote = extract(text)[0]
    assert (quote.source_type, quote.on_record) == (source_type, on_record)


WEDNESDAY = date(2018, 3, 14)


@pytest.mark.parametrize(
    ("text", "written", "precision", "first", "last"),
    [
        ("Venn said on Tuesday that it was shut.", "Tuesday", "day", date(2018, 3, 13), date(2018, 3, 13)),
        ("Venn said Wednesday that it was shut.", "Wednesday", "day", WEDNESDAY, WEDNESDAY),
        ("“It was shut,” Venn said on Thursday.", "Thursday", "day", date(2018, 3, 8), date(2018, 3, 8)),
        ("Yesterday Venn said it was shut.", "Yesterday", "day", date(2018, 3, 13), date(2018, 3, 13)),
        ("On 12 March Venn said it was shut.", "12 March", "day", date(2018, 3, 12), date(2018, 3, 12)),
        (
            "On March 12, 2017 Venn said it was shut.",
            "March 12, 2017",
            "day",
            date(2017, 3, 12),
            date(2017, 3, 12),
        ),
        ("In February Venn said it was shut.", "February", "month", date(2018, 2, 1), date(2018, 2, 28)),
        ("In October Venn said it was shut.", "October", "month", date(2017, 10, 1), date(2017, 10, 31)),
        ("Last week Venn said it was shut.", "Last week", "relative", None, None),
        ("On 31 February Venn said it was shut.", "31 February", "day", None, None),
    ],
)
def test_date(text, written, precision, first, last):
    moment = extract(text, published=WEDNESDAY)[0].said_on
    assert (text[slice(*moment.place)], moment.precision, moment.first, moment.last) == (
        written,
        precision,
        first,
        last,
    )


@pytest.mark.parametrize(
    "text", ["Venn said it was shut on Tuesday.", "Venn said it may be shut.", "Venn said so."]
)
def test_a_date_inside_the_content_is_not_when_it_was_said(text):
    assert extract(text, published=WEDNESDAY)[0].said_on is None


def test_without_a_day_of_publication_a_weekday_stays_open():
    moment = extract("Venn said on Tuesday that it was shut.")[0].said_on
    assert (moment.precision, moment.first) == ("day", None)
