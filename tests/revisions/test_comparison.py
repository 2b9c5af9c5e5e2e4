"""What a reader sees of a corrected text: whole words, with a little of what stands around them."""

from annotations.revisions.comparison import AROUND, around, changes_between

LONG = "one two three four five six seven eight nine ten "


def test_what_stands_around_begins_and_ends_with_whole_words():
    text = LONG * 4 + "HERE" + " eleven twelve thirteen" * 8
    at = text.index("HERE")
    shown = around(text, at, at + 4)
    assert shown.words == "HERE"
    assert len(shown.before) <= AROUND + len("… ")
    assert shown.before.startswith("…")
    assert shown.after.endswith("…")
    assert set(shown.before.strip("…").split()) <= set(LONG.split())
    assert set(shown.after.strip("…").split()) == {"eleven", "twelve", "thirteen"}


def test_at_the_ends_of_a_text_nothing_is_left_out():
    assert around("So it was", 3, 5).before == "So "
    assert around("So it was", 3, 5).after == " was"


def test_a_word_longer_than_the_room_is_left_out_whole():
    assert around("x" * 200 + " HERE", 201, 205).before == "… "


def test_a_change_stands_between_whole_words():
    old = LONG * 4 + "the gates were open" + LONG * 4
    new = old.replace("were open", "stayed shut")
    ((first, *_, last),) = changes_between(old, new)
    assert set(first.words.strip("…").split()) <= {*LONG.split(), "the", "gates"}
    assert set(last.words.strip("…").split()) <= set(LONG.split())
