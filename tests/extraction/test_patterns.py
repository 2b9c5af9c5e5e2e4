"""What each pattern of reporting finds: source, cue and content of statements in single sentences."""

import pytest

from annotations.extraction.extractor import extract
from tests.extraction.reading import contents, words


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        # A quotation before, after and around its frame.
        ("“The gate was shut,” Orla Venn said.", "Orla Venn", "said", "“The gate was shut,”"),
        (
            "“The gate was shut,” said Orla Venn, a miller.",
            "Orla Venn, a miller",
            "said",
            "“The gate was shut,”",
        ),
        ("Orla Venn said: “The gate was shut.”", "Orla Venn", "said", "“The gate was shut.”"),
        ("Orla Venn told reporters, “It was shut.”", "Orla Venn", "told", "“It was shut.”"),
        ("“It was shut,” she told the inquiry on Monday.", "she", "told", "“It was shut,”"),
        ("“It was,” she said, “shut.”", "she", "said", "“It was,” … “shut.”"),
        ("“It was shut,” she said. “Nobody came.”", "she", "said", "“It was shut,” … “Nobody came.”"),
        ("“Who opened it?” asked Venn.", "Venn", "asked", "“Who opened it?”"),
        ('"The gate was shut," Venn said.', "Venn", "said", '"The gate was shut,"'),
        ("''The gate was shut,'' Venn said.", "Venn", "said", "''The gate was shut,''"),
        ("«The gate was shut», said Venn.", "Venn", "said", "«The gate was shut»"),
        ("„The gate was shut“, Venn said.", "Venn", "said", "„The gate was shut“"),
        ("‘The gate was shut,’ Venn said.", "Venn", "said", "‘The gate was shut,’"),
        # Clauses.
        ("Venn said that the gate was shut.", "Venn", "said", "that the gate was shut"),
        ("Venn said the gate was shut.", "Venn", "said", "the gate was shut"),
        ("Venn said on Tuesday that the gate was shut.", "Venn", "said", "that the gate was shut"),
        ("Venn said on Tuesday the gate was shut.", "Venn", "said", "the gate was shut"),
        ("In a letter to the board Venn wrote that it was shut.", "Venn", "wrote", "that it was shut"),
        ("The gate was shut, Venn said.", "Venn", "said", "The gate was shut"),
        ("The gate, Venn said, was shut.", "Venn", "said", "The gate … was shut"),
        ("But, Venn added, the gate was shut.", "Venn", "added", "the gate was shut"),
        ("Venn called the gate “a disgrace”.", "Venn", "called", "the gate “a disgrace”"),
        ("Venn put the number of dead at 12.", "Venn", "put", "the number of dead at 12"),
        # Where the content ends.
        ("Venn said it was shut, but Lee had a key.", "Venn", "said", "it was shut"),
        ("Venn said the gate was shut, which Lee doubts.", "Venn", "said", "the gate was shut"),
        ("While Venn said it was shut, the guard had a key.", "Venn", "said", "it was shut"),
        ("Noting that it was late, Venn left the hall.", "Venn", "Noting", "that it was late"),
        # According to.
        ("According to the survey, the river rose.", "the survey", "According to", "the river rose"),
        ("The river rose, according to the survey.", "the survey", "according to", "The river rose"),
        # Speech acts, intentions, anaphora.
        ("Venn vowed to fight the ruling.", "Venn", "vowed", "to fight the ruling"),
        ("Venn called on the board to act.", "Venn", "called on", "the board to act"),
        ("Venn called for talks.", "Venn", "called for", "talks"),
        ("Venn urged the board to act.", "Venn", "urged", "the board to act"),
        ("Venn accused Lee of theft.", "Venn", "accused", "Lee of theft"),
        ("Venn rejected the charge.", "Venn", "rejected", "the charge"),
        ("Venn denied it on the radio.", "Venn", "denied", "it"),
        ("But the compensation he rejected.", "he", "rejected", "the compensation"),
        ("Venn asked whether the gate was shut.", "Venn", "asked", "whether the gate was shut"),
        ("Venn refused to answer.", "Venn", "refused", "to answer"),
        ("The survey shows that the river rose.", "The survey", "shows", "that the river rose"),
        (
            "Venn called Lee a “liar,” a “bully” and a “coward.”",
            "Venn",
            "called",
            "Lee a “liar,” a “bully” and a “coward.”",
        ),
        ("As Venn put it, “It was shut.”", "Venn", "put it", "“It was shut.”"),
        ("As Venn told the Post, the gate was shut.", "Venn", "told", "the gate was shut"),
        ("“It,” Lee said at a rally in Besk, “was shut.”", "Lee", "said", "“It,” … “was shut.”"),
        # Sources.
        ("The Rivers Ministry said it was shut.", "The Rivers Ministry", "said", "it was shut"),
        ("Officials said it was shut.", "Officials", "said", "it was shut"),
        ("Orla Venn (Besk) said it was shut.", "Orla Venn (Besk)", "said", "it was shut"),
        ("Bram Oskery, a miller, said it was shut.", "Bram Oskery, a miller,", "said", "it was shut"),
        ("The gate, which Venn says is shut, leaks.", "Venn", "says", "is shut"),
        ("Moody's said the bank was sound.", "Moody's", "said", "the bank was sound"),
        ("Half said they would stay.", "Half", "said", "they would stay"),
    ],
)
def test_pattern(text, source, cue, content):
    assert (source, cue, content) in contents(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Venn said it was shut and added that nobody came.", [("Venn", "said"), ("Venn", "added")]),
        ("Venn shook her head, saying that it was shut.", [("Venn", "saying")]),
        ("“It was shut,” Venn said, adding that nobody came.", [("Venn", "said"), ("Venn", "adding")]),
        ("Asked whether it was shut, Venn said she knew.", [("", "Asked"), ("Venn", "said")]),
        ("Venn was accused by Lee of theft.", [("Lee", "was accused")]),
    ],
)
def test_sources_that_stand_elsewhere(text, expected):
    assert [(source, cue) for source, cue, _ in contents(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The pledged sum was paid.",
        "A device called the E-meter was found.",
        "The claims were paid by the insurer.",
        "The so-called “gate” leaks.",
        "She read the “Courier” every day.",
        "The minister left the room.",
        "",
        "   \n\n  ",
    ],
)
def test_nothing_is_reported(text):
    assert extract(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The gate was shut,” Venn said.", "direct"),
        ("Venn said it was “firmly shut”.", "mixed"),
        ("Venn said it was shut.", "indirect"),
    ],
)
def test_quote_type(text, kind):
    assert [quote.type for quote in extract(text)] == [kind]


def test_a_quotation_goes_on_over_paragraphs_and_furniture():
    text = (
        "“We were not warned,” Venn said. “Nobody came.\n“Nobody rang.\nAdvertisement\n“They call it rain.”"
    )
    quote = extract(text)[0]
    assert words(text, quote.spans) == (
        "“We were not warned,” … “Nobody came. … “Nobody rang. … “They call it rain.”"
    )
    assert quote.type == "direct"


def test_a_quotation_without_a_frame_is_the_speaker_s_who_went_before():
    text = "Venn rejected the plan. “Not one coin will we pay.”"
    first, second = extract(text)
    assert (second.speaker, second.cue, second.speaker_name) == ([], [], first.speaker_name)


def test_a_frame_that_ends_its_line_waits_for_the_quotation():
    text = "Venn wrote:\n“The gate was shut.”"
    assert contents(text) == [("Venn", "wrote", "“The gate was shut.”")]


def test_offsets_are_code_points():
    text = "🌊🌊 “Gone 🌊,” Venn said."
    assert contents(text) == [("Venn", "said", "“Gone 🌊,”")]


def test_scores_tell_sure_from_doubtful():
    (sure,) = extract("“It was shut,” Venn said.")
    (doubtful,) = extract("Venn feared it was shut.")
    assert 0 < doubtful.score < sure.score <= 1
