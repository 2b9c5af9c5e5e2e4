"""Furniture lines: exactly the gold of the demo, clear lines of every kind, and no false alarm on news text."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import annotations.corpus
from annotations.corpus.furniture import KINDS, FurnitureLine, kind_of, recognise
from annotations.corpus.text import paragraphs

DEMO = Path(annotations.corpus.__file__).parent.parent / "demo"
GOLD = json.loads((DEMO / "demo_gold.json").read_bytes())

UNDER_HEADLINE = 1
LATER = 30

FURNITURE = {
    "byline": [
        "By Jane Roe",
        "By Jane Roe, Correspondent",
        "BY JANE ROE",
        "by Jane O’Neill-Smith, The Courier, 14 March 2018",
        "By Jane Roe and John Doe in Besk",
        "By Jane Roe, John Doe and Ann Poe",
        "By Ludwig van Beethoven",
        "By our Lower Besk correspondent, Wednesday 14 March",
        "By our correspondent in Lower Besk",
        "By Reuters Staff",
        "By AFP",
        "Von Jane Roe",
        "Par Jane Roe, Besk",
        "The Menovar Voice, English page, Thursday 15 March",
        "The Sun, 14 March 2018",
        "JANE ROE | 3 May 2021",
        "Jane Roe · 3 May 2021, 12:03 GMT",
        "BESK, March 14, 2018",
        "Wednesday, 14 March",
        "14 March 2018",
        "Jane Roe, political correspondent",
    ],
    "advertisement": [
        "Advertisement",
        "ADVERTISEMENT",
        "- Advertisement -",
        "[ Ad ]",
        "Sponsored",
        "Story continues below advertisement",
        "Article continues after the advertisement",
        "Anzeige",
    ],
    "share_prompt": [
        "Share this story",
        "Share on Facebook",
        "Share this article via e-mail",
        "Tweet",
        "Copy link",
        "Print this article",
        "Teilen",
    ],
    "comment_prompt": [
        "Add a comment",
        "Comments (12)",
        "12 comments",
        "View all comments",
        "Leave a comment",
        "Join the conversation",
        "Comments are closed.",
    ],
    "newsletter": [
        "Sign up for our daily newsletter",
        "Subscribe to the Courier’s morning newsletter.",
        "Get our best stories in your inbox",
        "Newsletter",
    ],
    "related": [
        "Read more: Gates “never opened”",
        "READ MORE",
        "Related: How the dam was built",
        "More on this story",
    ],
    "caption_credit": ["Photo: Jane Roe/AP", "Photograph © The Courier", "Image by Jane Roe", "Getty Images"],
    "other": ["© 2018 Menovar Voice. All rights reserved.", "Back to top", "Skip to main content"],
}
ANYWHERE = [
    *[(kind, line) for kind, lines in FURNITURE.items() if kind != "byline" for line in lines],
    ("byline", "Published 12:03"),
    ("byline", "Published: Wed 14 Mar 2018 12.03 GMT"),
    ("byline", "Updated 3 hours ago"),
    ("byline", "Last updated on 3 May 2021 at 12:03"),
    ("byline", "(Reporting by Jane Roe in Besk; Editing by John Doe)"),
]
NEWS = [
    "By noon the river had risen.",
    "By noon the river had risen",
    "By Noon the River Had Risen",
    "By Wednesday Dremmond Had Gone",
    "By accident",
    "Von der Leyen kritisiert Menovar",
    "Von Berlin nach Paris",
    "“Share this story,” she said.",
    "“Share the river, share the blame,” Dremmond told the assembly.",
    "“By Jane Roe”",
    "Share prices fell on Wednesday",
    "Share of the vote",
    "Comments by the minister were met with laughter.",
    "Comment was refused",
    "Published figures differ",
    "Updated figures put the dead at 19",
    "Sponsored by the state, the saboteurs struck at night.",
    "Advertisement for a dam",
    "Sign up, said the minister, or leave.",
    "Related families were housed together.",
    "Read more closely, the report says otherwise.",
    "Photo and video were shown in court.",
    "Images by the police show a boat",
    "Reporting by the agency was criticised",
    "Copyright law is old",
    "Save the river",
    "March",
    "May 2021 was wet",
    "No",
    "Dremmond, in Besk on 14 March",
    "Korrin Dam: saboteurs are guilty, declares deputy minister Hallane",
    "Quorrane accuses Menovar of hiding the true cost of the Korrin Dam flood",
    "Thousands march in Besk, Thursday 15 March",
]


@pytest.mark.parametrize("article", GOLD["articles"], ids=lambda article: article["id"])
def test_demo_furniture_is_exactly_the_gold(article):
    text = (DEMO / article["file"]).read_bytes().decode()
    gold = [FurnitureLine(line["start"], line["end"], line["kind"]) for line in article["furniture"]]
    assert recognise(text) == gold


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind in FURNITURE for line in FURNITURE[kind]])
def test_clear_lines_are_recognised_under_a_headline(kind, line):
    assert kind_of(line, UNDER_HEADLINE) == kind


@pytest.mark.parametrize(("kind", "line"), ANYWHERE)
def test_prompts_and_stamps_are_recognised_anywhere(kind, line):
    assert kind_of(line, LATER) == kind


@pytest.mark.parametrize("line", NEWS)
@pytest.mark.parametrize("position", [0, UNDER_HEADLINE, LATER])
def test_news_text_is_left_alone(line, position):
    assert kind_of(line, position) == ""


@pytest.mark.parametrize("line", ["By Jane Roe", "By Royal Decree", "Jane Roe | 3 May 2021", "14 March 2018"])
def test_the_first_line_is_taken_for_a_headline(line):
    assert kind_of(line, 0) == ""


@pytest.mark.parametrize(
    "line", ["By Jane Roe, Correspondent", "By Jane Roe, 3 May 2021", "The Sun, 14 March 2018"]
)
def test_a_byline_that_cannot_be_a_headline_is_one_in_the_first_line(line):
    assert kind_of(line, 0) == "byline"


@pytest.mark.parametrize("line", FURNITURE["byline"])
def test_names_deep_in_the_text_are_news(line):
    assert kind_of(line, LATER) == ""


def test_every_kind_has_a_case():
    assert set(FURNITURE) == set(KINDS)


def test_lines_are_whole_with_their_blanks_and_carriage_return():
    text = "Head\r\n  Advertisement \r\nBody.\r\nShare\u2028this story"
    assert recognise(text) == [FurnitureLine(6, 23, "advertisement"), FurnitureLine(31, 47, "share_prompt")]
    assert text[6:23] == "  Advertisement \r"


pieces = st.sampled_from(
    [
        "Advertisement",
        "By Jane Roe",
        "The river rose.",
        "😀",
        "e\u0301",
        "\u2028",
        "\x85",
        "\x0b",
        "\r",
        "\u200f",
        " ",
        "",
    ]
)


@given(st.lists(st.lists(pieces, max_size=3).map("".join) | st.text(max_size=5), max_size=12).map("\n".join))
def test_only_whole_lines_in_order_are_furniture(text):
    whole = [(p.start, p.end) for p in paragraphs(text)]
    found = [(line.start, line.end) for line in recognise(text)]
    assert found == [bounds for bounds in whole if bounds in set(found)]
    gold = [(p.start, p.end) for p in paragraphs(text) if text[p.start : p.end].strip() == "Advertisement"]
    assert set(gold) <= set(found)


@pytest.mark.parametrize(
    "unit", ["<!--", "(", "a@a.", " ", "1e9999 ", "By A B, ", "ab\n", "By Jane Roe, " * 13 + "\n"]
)
def test_a_megabyte_of_one_thing_holds_no_furniture(unit):
    assert recognise(unit * (1_000_000 // len(unit))) == []
