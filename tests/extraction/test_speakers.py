"""Who is meant: names, titles, role nouns, pronouns."""

import pytest

from annotations.extraction.extractor import extract
from tests.extraction.reading import names

SAID = " said it was shut."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orla Venn came. Venn" + SAID, ["Orla Venn"]),
        ("Orla Venn came. Orla" + SAID, ["Orla Venn"]),
        ("Orla Venn came. Ms. Venn" + SAID, ["Orla Venn"]),
        ("Prime Minister Orla Venn" + SAID, ["Orla Venn"]),
        ("The deputy minister of rivers, Torv Hallane," + SAID, ["Torv Hallane"]),
        ("The relief society Lanternfolk" + SAID, ["Lanternfolk"]),
        ("Refugee Council director Enver Solomon" + SAID, ["Enver Solomon"]),
        ("The head of the council Orla Venn" + SAID, ["Orla Venn"]),
        ("A spokesman for Orla Venn" + SAID, ["spokesman"]),
        ("The Department of Justice" + SAID, ["Department of Justice"]),
        ("One worker of the dam, who asked not to be named," + SAID, ["worker of the dam"]),
        ("Officials" + SAID, ["Officials"]),
        ("Orla Venn's office" + SAID, ["Orla Venn's office"]),
        ("The World Health Organization met. WHO" + SAID, ["World Health Organization"]),
    ],
)
def test_name(text, expected):
    assert [name.partition(" for ")[0] for name in names(text)][-1:] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ilsa Dremmond, interior minister of Quorrane, arrived. The minister" + SAID, "Ilsa Dremmond"),
        ("The state agency Menopress called. The agency" + SAID, "Menopress"),
        ("The Rivers Ministry met the Interior Ministry. The Rivers Ministry" + SAID, "Rivers Ministry"),
        ("The Rivers Ministry met the Interior Ministry. The rivers ministry" + SAID, "Rivers Ministry"),
        ("Anna Venn met David Lee. She" + SAID, "Anna Venn"),
        ("Anna Venn met David Lee. He" + SAID, "David Lee"),
        ("Mr. Oskery left. “I heard cows,” he said.", "Oskery"),
        ("Officials met. They" + SAID, "They"),
        ("Officials said it leaked. They" + SAID, "Officials"),
        ("The Rivers Ministry rejected it. “No gate was opened,” it said.", "Rivers Ministry"),
        ("Torv Hallane is away. His office" + SAID, "Torv Hallane's office"),
        ("Anna Venn, who said it was shut, left.", "Anna Venn"),
    ],
)
def test_reference_back(text, expected):
    assert names(text)[-1] == expected


def test_the_right_one_of_two_countries_ministries():
    text = (
        "The Quorrane foreign ministry summoned the envoy. The Menovar foreign ministry protested. "
        "The Quorrane foreign ministry said it was shut."
    )
    assert "Quorrane" in (extract(text)[-1].speaker_name or "")
