"""The open card in a real browser: keys of the codebook, saves in a row, and nothing typed is lost."""

import re
import time

import pytest
from playwright.sync_api import expect

from annotations.statements.models import Statement
from tests.factories.claims import make_claim
from tests.factories.speakers import make_outlet, make_speaker
from tests.factories.statements import make_statement
from tests.journeys.accessibility import barriers
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.desk import Desk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(browse, ana, statement):
    return Desk(browse(ana)).open(statement.annotation_set.article, statement)


@pytest.fixture
def card(desk, statement):
    return desk.page.locator(f"#s-{statement.uid}")


def radio(card, name):
    return card.get_by_role("radio", name=name, exact=True).first


def coded(statement):
    return {
        code.variable.slug: code.label.slug for code in statement.codes.select_related("variable", "label")
    }


def focus(page, attribute="name"):
    return page.evaluate(f"document.activeElement.getAttribute('{attribute}')")


def selected(desk):
    """The words that typing would replace."""
    return desk.page.evaluate("getSelection().toString()")


def slowed(page, address, seconds=0.4):
    """Answer late, so that the next change comes while a save is under way."""

    def late(route):
        time.sleep(seconds)
        route.continue_()

    page.route(address, late)


def test_labels_are_chosen_by_their_keys_and_the_focus_stays(desk, card, statement):
    radio(card, "direct").focus()
    with desk.saving(card):
        desk.page.keyboard.press("3")
    assert coded(statement) == {"quote_type": "mixed"}
    assert focus(desk.page, "value") == "mixed"
    card.get_by_label("Source type").focus()
    with desk.saving(card):
        desk.page.keyboard.press("4")
    assert coded(statement) == {"quote_type": "mixed", "source_type": "expert"}


def test_changes_made_during_a_save_follow_it(desk, card, statement):
    slowed(desk.page, "**/edit/")
    radio(card, "direct").focus()
    for key in "124":
        desk.page.keyboard.press(key)
    card.get_by_label("Source type").select_option("party")
    expect(card).to_have_attribute("data-version", re.compile("^[4-9]$"))
    expect(desk.saved).to_have_text("Saved")
    expect(radio(card, "none")).to_be_checked()
    statement.refresh_from_db()
    assert coded(statement) == {"quote_type": "none", "source_type": "party"}


def test_words_typed_during_a_save_are_kept_and_saved(desk, card, statement):
    card.get_by_text("More").click()
    note = card.get_by_label("Note")
    expect(note).to_be_visible()
    slowed(desk.page, "**/edit/")
    note.fill("half a thought")
    with desk.saving(card):
        radio(card, "direct").check(force=True)
        note.focus()
        desk.page.keyboard.press("End")
        desk.page.keyboard.type(" and more")
    with desk.saving(card):
        desk.page.keyboard.press("Tab")
    expect(note).to_have_value("half a thought and more")
    statement.refresh_from_db()
    assert statement.note == "half a thought and more"


def test_a_speaker_is_found_by_keys_alone(desk, card, study, statement):
    venn = make_speaker(study, "Ida Venn", role="keeper")
    desk.page.keyboard.press("/")
    field = card.get_by_role("combobox", name="Speaker")
    expect(field).to_be_focused()
    desk.page.keyboard.type("venn")
    expect(card.get_by_role("option", name="Ida Venn person, keeper")).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    active = card.locator("li[aria-selected=true]")
    expect(field).to_have_attribute("aria-activedescendant", active.get_attribute("id"))
    with desk.saving(card):
        desk.page.keyboard.press("Enter")
    statement.refresh_from_db()
    assert statement.speaker == venn
    expect(card.locator(".who b")).to_have_text("Ida Venn")
    assert selected(desk) == "Ida Venn"  # what is typed next searches anew


def test_escape_closes_the_list_then_takes_back_the_words(desk, card):
    field = card.get_by_role("combobox", name="Speaker")
    field.fill("somebody")
    expect(card.get_by_role("listbox", name="Speakers")).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(card.get_by_role("listbox", name="Speakers")).to_be_hidden()
    expect(field).to_have_value("somebody")
    desk.page.keyboard.press("Escape")
    expect(field).to_have_value("Jon Abel")


def test_a_speaker_is_introduced_in_place(desk, card, statement):
    card.get_by_role("combobox", name="Speaker").fill("Orla Venn")
    card.get_by_role("option", name="Create speaker “Orla Venn”").click()
    form = card.get_by_role("form", name="New speaker")
    expect(form.get_by_label("Name")).to_be_focused()
    expect(form.get_by_label("Name")).to_have_value("Orla Venn")
    form.get_by_label("Role").fill("keeper of the gate")
    form.get_by_role("combobox", name="Affiliation").fill("Gate Board")
    with desk.saving(card):
        form.get_by_role("button", name="Create and set").click()
    expect(form).to_have_count(0)
    expect(card.locator(".who")).to_have_text("Orla Vennkeeper of the gate, Gate Board")
    expect(card.get_by_role("combobox", name="Speaker")).to_be_focused()
    assert selected(desk) == "Orla Venn"


def test_a_half_filled_form_outlives_another_save(desk, card, statement):
    card.get_by_role("combobox", name="Speaker").fill("Orla Venn")
    card.get_by_role("option", name="Create speaker “Orla Venn”").click()
    form = card.get_by_role("form", name="New speaker")
    form.get_by_label("Role").fill("keeper")
    with desk.saving(card):
        radio(card, "direct").check(force=True)
    expect(form.get_by_label("Role")).to_have_value("keeper")
    with desk.saving(card):
        form.get_by_role("button", name="Create and set").click()
    statement.refresh_from_db()
    assert statement.speaker.role == "keeper"


def test_the_last_speaker_is_taken_by_one_key(desk, study, shared_set, ana, statement):
    bare = make_statement(shared_set, ana, "Nobody warned us")
    desk.open(shared_set.article, bare)
    card = desk.page.locator(f"#s-{bare.uid}")
    expect(card.get_by_role("button", name="Same as last")).to_be_visible()
    radio(card, "direct").focus()
    with desk.saving(card):
        desk.page.keyboard.press(".")
    bare.refresh_from_db()
    assert bare.speaker == statement.speaker


def test_a_claim_is_stored_with_the_first_stance(desk, card, statement, claim):
    desk.page.keyboard.press("c")
    desk.page.keyboard.type("noon gates")
    expect(card.get_by_role("option", name="The gates were opened at noon.")).to_be_visible()
    desk.page.keyboard.press("Enter")
    row = card.get_by_role("form", name="Stance on: The gates were opened at noon.")
    expect(row.get_by_role("radio", name="support")).to_be_focused()
    assert not statement.stances.exists()
    with desk.saving(card):
        radio(card, "mixed").first.check(force=True)
    expect(row.get_by_text("With it the claim is stored.")).to_be_visible()
    row.get_by_role("radio", name="support").focus()
    with desk.saving(card):
        desk.page.keyboard.press("o")
    expect(card).to_have_attribute("data-stance", "oppose")
    with desk.saving(card):
        row.get_by_role("checkbox", name="explicit").uncheck()
    link = statement.stances.get()
    assert (link.stance, link.explicit) == ("oppose", False)
    expect(row.get_by_role("checkbox", name="explicit")).to_be_focused()
    with desk.saving(card):
        desk.page.keyboard.press("u")
    assert statement.stances.get().stance == "unclear"


def test_a_claim_is_worded_in_place(desk, card, statement):
    card.get_by_role("combobox", name="Add claim").fill("Number of gates opened")
    card.get_by_role("option", name="Create claim “Number of gates opened”").click()
    form = card.get_by_role("form", name="New claim")
    expect(form.get_by_label("Measure")).to_be_hidden()
    form.get_by_label("Kind").select_option("quantity")
    form.get_by_label("Measure").fill("gates")
    form.get_by_role("button", name="Create, then choose the stance").click()
    row = card.get_by_role("form", name="Stance on: Number of gates opened")
    expect(row.get_by_role("radio", name="support")).to_be_focused()
    with desk.saving(card):
        desk.page.keyboard.press("s")
    row.get_by_label("Compared").select_option("range")
    expect(row.get_by_label("Upper end")).to_be_visible()


def test_an_error_stands_beside_its_field_and_goes(desk, card, study, statement, watch):
    watch.allow(422)
    deaths = make_claim(study, "Number of dead.", kind="quantity")
    statement.stances.create(claim=deaths, stance="support")
    desk.open(statement.annotation_set.article, statement)
    row = card.get_by_role("form", name="Stance on: Number of dead.")
    row.get_by_label("Number").fill("three")
    desk.page.keyboard.press("Tab")
    expect(card.get_by_role("alert")).to_contain_text("'three' is no number")
    expect(desk.saved).to_contain_text("Not saved")
    expect(row.get_by_label("Number")).to_have_value("three")
    expect(row.get_by_label("Number")).to_have_attribute("aria-invalid", "true")
    with desk.saving(card):
        row.get_by_label("Number").fill("3")
        desk.page.keyboard.press("Tab")
    expect(card.get_by_role("alert")).to_have_count(0)


def test_the_chain_is_made_moved_and_doubted(desk, card, study, article):
    article.outlet = make_outlet(study)
    article.save()
    make_outlet(study, "Menopress")
    desk.open(article, Statement.objects.get())
    chain = card.locator(".card-head .chain")
    with desk.saving(card):
        card.get_by_role("button", name="Jon Abel ← Yarle Valley Courier").click()
    with desk.saving(card):
        desk.find("Add relay", "menop", "Menopress")
    with desk.saving(card):
        card.get_by_role("checkbox", name="Menopress is uncertain").check(force=True)
    expect(chain).to_have_text("Jon Abel←Menopress?←Yarle Valley Courier")
    with desk.saving(card):
        card.get_by_role("button", name="Menopress: nearer to the speaker").click()
    expect(chain).to_have_text("Menopress?←Jon Abel←Yarle Valley Courier")
    with desk.saving(card):
        card.get_by_role("button", name="Remove Menopress").click()
    expect(chain).to_have_text("Jon Abel←Yarle Valley Courier")


def test_definitions_are_one_key_away_and_stay_over_a_save(desk, card):
    radio(card, "direct").focus()
    desk.page.keyboard.press("i")
    definitions = card.get_by_role("group", name="Definitions: Quote type")
    expect(definitions).to_contain_text("All content stands in quotation marks")
    with desk.saving(card):
        desk.page.keyboard.press("2")
    expect(definitions).to_be_visible()
    expect(card.get_by_role("link", name="Definitions: Quote type")).to_have_attribute(
        "aria-expanded", "true"
    )
    desk.page.keyboard.press("i")
    expect(definitions).to_be_hidden()


def test_statements_around_come_first_as_parents(desk, card, shared_set, ana, statement):
    inner = make_statement(shared_set, ana, "They opened the gates")
    desk.open(shared_set.article, inner)
    card = desk.page.locator(f"#s-{inner.uid}")
    card.get_by_text("More").click()
    card.get_by_label("Stands inside").focus()
    expect(card.locator("optgroup[label='Around it'] option")).to_have_count(1)
    with desk.saving(card):
        card.get_by_label("Stands inside").select_option(str(statement.uid))
    inner.refresh_from_db()
    assert inner.parent == statement


def test_two_windows_lose_nothing(browse, watch, ana, ben, statement):
    watch.allow(409)
    article = statement.annotation_set.article
    first, second = Desk(browse(ana)).open(article, statement), Desk(browse(ben)).open(article, statement)
    with first.saving(first.opened):
        radio(first.opened, "direct").check(force=True)
    card = second.page.locator(f"#s-{statement.uid}")
    card.get_by_label("Source type").select_option("expert")
    notice = card.get_by_role("alert")
    expect(notice).to_contain_text("ana changed this while you were editing")
    expect(notice.get_by_role("row", name="Source type nothing expert")).to_be_visible()
    expect(card.locator(".chip", has_text="direct")).to_be_visible()
    assert coded(statement) == {"quote_type": "direct"}
    with second.saving(card):
        notice.get_by_role("button", name="Save mine on top").click()
    assert coded(statement) == {"quote_type": "direct", "source_type": "expert"}
    first.page.locator(f"#s-{statement.uid}").get_by_role("radio", name="mixed").first.check(force=True)
    first.opened.get_by_role("link", name="Keep theirs").click()
    expect(first.opened.get_by_label("Source type", exact=True)).to_have_value("expert")
    expect(radio(first.opened, "direct")).to_be_checked()


@pytest.mark.parametrize(("scheme", "size"), [("light", DESK), ("dark", DESK), ("light", PHONE)])
def test_the_card_is_open_to_everybody(browse, statement, claim, scheme, size):
    statement.speaker.name = "The Right Honourable " + "Torv Hallane of Menovar " * 3
    statement.speaker.save()
    statement.stances.create(claim=claim, stance="oppose")
    page = browse(statement.created_by.user)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    desk = Desk(page).open(statement.annotation_set.article, statement)
    card = desk.page.locator(f"#s-{statement.uid}")
    if not card.is_visible():
        desk.page.locator("#side-toggle").click()
    card.get_by_text("More").click()
    expect(card.get_by_label("Note")).to_be_visible()
    assert barriers(desk.page) == []
    card.get_by_role("combobox", name="Speaker").fill("nobody")
    card.get_by_role("option", name="Create speaker").click()
    expect(card.get_by_role("form", name="New speaker")).to_be_visible()
    assert barriers(desk.page) == []
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
