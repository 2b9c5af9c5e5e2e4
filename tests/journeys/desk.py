"""The workbench as its user handles it: the text on one side, the statements on the other."""

import re
from contextlib import contextmanager

from playwright.sync_api import expect

from tests.journeys.selecting import drag


class Desk:
    """One article's workbench in a window; everything is found by role and name, as a reader would."""

    def __init__(self, page):
        self.page = page
        self.text = page.get_by_role("group", name="Text of the article")
        self.bar = page.get_by_role("toolbar", name="What the selected words are")
        self.saved = page.locator("#saved")
        self.cards = page.locator("#statements > .card")
        self.opened = page.locator("#statements > .card.open")

    def open(self, article, statement=None):
        wanted = f"?statement={statement.uid}" if statement else ""
        self.page.goto(article.get_absolute_url() + wanted)
        return self.ready()

    def ready(self):
        """Wait for the scripts: before them, marked words bring up no bar."""
        expect(self.page.locator("#bench.live")).to_be_visible()
        return self

    def card(self, words):
        """The card whose quotation holds the words."""
        quote = self.page.locator(".card-head .quote", has_text=words)
        return self.cards.filter(has=quote)

    def statement(self, words, until=""):
        """Mark words with the mouse as a new statement; its card opens."""
        before = self.cards.count()
        drag(self.page, words, until)
        self.bar.get_by_role("button", name="Statement").click()
        expect(self.cards).to_have_count(before + 1)
        expect(self.saved).to_have_text("Saved")
        return self.hold(self.opened)

    def add(self, what, words, until=""):
        """Add words to the open statement: "Segment", "Source", "Cue" or "Quoted"."""
        drag(self.page, words, until)
        with self.saving(self.opened):
            self.bar.get_by_role("button", name=what).click()

    def hold(self, card):
        """Return the same card by its id, so that it is found again when it is closed."""
        return self.page.locator(f"#s-{card.get_attribute('data-statement')}")

    @contextmanager
    def saving(self, card):
        """What is done inside saves the card's statement once."""
        version = int(card.get_attribute("data-version"))
        held = self.hold(card)
        yield
        expect(held).to_have_attribute("data-version", str(version + 1))
        expect(self.saved).to_have_text("Saved")

    def find(self, label, words, row=None):
        """Type into a type-ahead of the open card and take the row that begins with `row`, or the words."""
        field = self.opened.get_by_role("combobox", name=label)
        field.fill(words)
        name = re.compile("^" + re.escape(row or words))
        self.opened.get_by_role("option", name=name).first.click()

    def set_speaker(self, name):
        """Set a speaker that the study knows."""
        with self.saving(self.opened):
            self.find("Speaker", name)

    def introduce(self, label, name, **fields):
        """Create a speaker in place for "Speaker" or "Add relay"; `fields` by label: Type="Media"."""
        self.find(label, name, f"Create speaker “{name}”")
        form = self.opened.get_by_role("form", name="New speaker")
        expect(form.get_by_label("Name", exact=True)).to_have_value(name)
        fill(form, fields)
        with self.saving(self.opened):
            form.get_by_role("button", name="Create and set").click()

    def word_claim(self, words, stance, **fields):
        """Create a claim in place and take a stance on it; return the claim's part of the card."""
        self.find("Add claim", words, f"Create claim “{words}”")
        form = self.opened.get_by_role("form", name="New claim")
        expect(form.get_by_label("Claim", exact=True)).to_have_value(words)
        fill(form, fields)
        form.get_by_role("button", name="Create, then choose the stance").click()
        return self.take(words, stance)

    def take(self, claim, stance):
        """Take a stance on a claim that the open card shows."""
        row = self.claim(claim)
        with self.saving(self.opened):
            choose(row, "Stance", stance)
        return row

    def claim(self, words):
        return self.opened.get_by_role("form", name=f"Stance on: {words}")

    def choose(self, field, label):
        """Choose a label of a field that is a row of segments or a list."""
        with self.saving(self.opened):
            choose(self.opened, field, label)


def fill(form, fields):
    for label, value in fields.items():
        control = form.get_by_label(label)
        if control.evaluate("control => control.matches('select')"):
            control.select_option(label=value)
        else:
            control.fill(value)


def choose(place, field, label):
    """Choose by the label's words in a field that is a row of segments or a list."""
    segments = place.get_by_role("radiogroup", name=field, exact=True)
    choices = place.get_by_role("combobox", name=field, exact=True)
    expect(segments.or_(choices)).to_be_visible()
    if segments.count():
        segments.get_by_role("radio", name=label).check()
    else:
        option = choices.locator("option", has_text=label).first
        choices.select_option(value=option.get_attribute("value"))
