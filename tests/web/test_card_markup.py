"""The closed card is put together by hand: whatever stands in it comes out as text, never as markup."""

from dataclasses import replace

import pytest

from annotations.codebook.models import CodebookVersion
from annotations.codebook.vocabulary import vocabulary_of
from annotations.web.cards.coding import Choice
from annotations.web.cards.head import Chip, Hand, Head, Said
from annotations.web.cards.markup import HOLE, closed_cards, options_of, saves, start_of_card, stencil
from tests.reading import Read

pytestmark = pytest.mark.django_db
EVIL = """</li><script x='y'>"&amp;<b onclick='z'>"""
TAGS = {"li", "div", "a", "b", "span", "p", "bdi", "i"}


@pytest.fixture
def head(study):
    vocabulary = vocabulary_of(CodebookVersion.objects.current_for(study))
    return Head(
        vocabulary=vocabulary,
        uid="5f0c1f6e-0000-4000-8000-000000000000",
        version=3,
        start=1,
        end=9,
        spans=[{"role": "content", "start": 1, "end": 9, "text": "the gate"}],
        voice="attributed",
        n_flags=1,
        speaker="Ida Venn",
        role="keeper",
        affiliation="Gate Board",
        codes={"quote_type": "direct"},
        chain=[Hand("Ida Venn", False), Hand("Menopress", True)],
        stances=[Said("The gate was open.", "support", None, {"as_written": "two", "number": 2})],
    )


def evil(head):
    return replace(
        head,
        spans=[{"role": EVIL, "start": 1, "end": 9, "text": EVIL}, {**head.spans[0], "text": EVIL}],
        speaker=EVIL,
        role=EVIL[:20],
        affiliation=EVIL,
        codes={"quote_type": EVIL},
        chain=[Hand(EVIL, True), Hand(EVIL, False)],
        stances=[Said(EVIL, EVIL, EVIL, {"as_written": EVIL, "number": 2})],
    )


def test_nothing_that_people_wrote_becomes_markup(head):
    plain, read = Read(closed_cards([head])), Read(closed_cards([evil(head)]))
    assert set(read.tags) <= TAGS
    assert {name for name, _ in read.attributes} == {name for name, _ in plain.attributes}
    assert read.depth == 0
    assert read.text.count(EVIL) >= 4  # speaker, affiliation, words, chain, code


def test_each_field_alone(head):
    for field, value in vars(evil(head)).items():
        read = Read(closed_cards([replace(head, **{field: value})]))
        assert set(read.tags) <= TAGS, field
        assert read.depth == 0, field
        assert not any(name.startswith("on") for name, _ in read.attributes), field


def test_it_says_what_a_closed_card_says(head):
    read = Read(start_of_card(head, opened=True))
    assert read.text == (
        "Ida Vennkeeper, Gate Boardthe gateIda Venn←Menopress?+support: The gate was open: twodirect1 flag"
    )
    found = dict(read.attributes[:9])
    assert found["class"] == "card open"
    assert found["data-spans"] == '[["content",1,9]]'
    assert (found["data-version"], found["data-start"], found["data-end"]) == ("3", "1", "9")
    assert ("aria-expanded", "true") in read.attributes


def test_without_speaker_chain_and_chips_nothing_empty_stands(head):
    bare = replace(head, speaker="", role="", affiliation="", chain=[], stances=[], codes={}, n_flags=0)
    read = Read(closed_cards([bare]))
    assert read.text == "No speaker yetthe gate"
    assert read.tags == ["li", "div", "a", "b", "p"]
    assert head.chips[-1] == Chip("1 flag")


def test_options_are_text_and_one_is_chosen():
    read = Read(options_of([Choice(EVIL, EVIL), Choice("b", "B", chosen=True)]))
    assert read.tags == ["option", "option"]
    assert read.attributes == [("value", EVIL), ("value", "b"), ("selected", None)]
    assert read.text == EVIL + "B"


def test_a_form_saves_under_the_name_it_has_on_the_page():
    read = Read(f"<form {saves(EVIL, '/there/', 'u', place='u-c', when='submit')}></form>")
    assert read.tags == ["form"]
    assert dict(read.attributes) == {
        "id": f"f-{EVIL}-u-c",
        "action": "/there/",
        "hx-post": "/there/",
        "hx-trigger": "submit",
        "hx-target": "#s-u",
        "hx-swap": "outerHTML",
    }


def type_ahead(value):
    words = {"part": "relay", "uid": "u", "placeholder": "Name", "address": "/there/", "offered": "Relays"}
    return stencil("annotations/_combobox.html", **words, value=value)


class TestStencils:
    def test_words_come_out_as_text(self):
        read = Read(type_ahead(EVIL))
        assert read.tags == ["input", "ul"]
        assert ("value", EVIL) in read.attributes
        assert ("hx-get", "/there/?statement=u&part=relay") in read.attributes

    def test_each_time_it_has_the_words_of_that_time(self):
        first, second = (type_ahead(v) for v in ("one", "two"))
        assert 'value="one"' in first
        assert 'value="two"' not in first
        assert 'value="two"' in second
        assert 'value="one"' not in second

    def test_no_word_is_taken_for_a_hole(self):
        shown = type_ahead(f"{HOLE}uid{HOLE}")
        assert f'value="{HOLE}uid{HOLE}"' in shown
