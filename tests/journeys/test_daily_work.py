"""What an analyst does all day, in a real browser: nothing doubled, nothing silent, the focus where it helps."""

import time

import pytest
from django.conf import settings
from playwright.sync_api import expect

from annotations.claims.models import StanceLink
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from tests.factories.accounts import PASSWORD
from tests.factories.corpus import make_article
from tests.journeys.conftest import PHONE
from tests.journeys.desk import Desk
from tests.journeys.selecting import drag

pytestmark = pytest.mark.django_db(transaction=True)


def late(route):
    """Answer so late that the next act comes before it."""
    time.sleep(0.6)
    route.continue_()


def press(desk, *keys):
    for key in keys:
        desk.page.keyboard.press(key)


def test_a_save_that_met_a_dead_session_is_sent_again_into_its_own_place(desk, watch):
    watch.allow(401)
    card = desk.statement("“They opened the gates at noon,”")
    desk.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    desk.opened.get_by_role("radio", name="mixed").check(force=True)
    dialog = desk.page.get_by_role("dialog", name="Sign in again")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    expect(desk.saved).to_have_text("Saved")
    expect(card).to_have_attribute("data-version", "2")
    expect(desk.cards).to_have_count(1)
    expect(desk.page.locator(".card .card")).to_have_count(0)


def test_words_typed_after_tab_take_the_place_of_those_proposed(desk):
    desk.statement("counted at least 31 drowned sheep")
    row = desk.word_claim(
        "How many sheep drowned", "support", Kind="quantity", Measure="deaths", Unit="sheep"
    )
    with desk.saving(desk.opened):
        row.get_by_label("Number", exact=True).fill("30")
        press(desk, "Tab")
    expect(row.get_by_label("As written")).to_be_focused()
    with desk.saving(desk.opened):
        desk.page.keyboard.type("some thirty")
        press(desk, "Tab")
    assert StanceLink.objects.get().value["as_written"] == "some thirty"


def test_a_speaker_is_introduced_and_a_claim_worded_with_enter(desk):
    desk.statement("“They opened the gates at noon,”")
    press(desk, "/")
    desk.page.keyboard.type("Jon Abel")
    expect(desk.opened.get_by_role("option", name="Create speaker")).to_have_attribute(
        "aria-selected", "true"
    )
    press(desk, "Enter")
    form = desk.opened.get_by_role("form", name="New speaker")
    form.get_by_label("Affiliation", exact=True).fill("Valley mill")
    with desk.saving(desk.opened):
        press(desk, "Enter")
    abel = Speaker.objects.get(name="Jon Abel")
    assert abel.affiliation.name == "Valley mill"
    press(desk, "Escape")
    expect(desk.opened).to_be_focused()
    press(desk, "c")
    desk.page.keyboard.type("The gates were opened at noon.")
    expect(desk.opened.get_by_role("option", name="Create claim")).to_be_visible()
    press(desk, "Enter")
    expect(desk.opened.get_by_label("Claim", exact=True)).to_be_focused()
    press(desk, "Enter")
    with desk.saving(desk.opened):
        expect(desk.opened.get_by_role("radio", name="support")).to_be_focused()
        press(desk, "s")
    assert StanceLink.objects.get().claim.text == "The gates were opened at noon."


def test_two_presses_make_one_statement(desk):
    drag(desk.page, "“They opened the gates at noon,”")
    desk.bar.get_by_role("button", name="Statement").dblclick()
    expect(desk.saved).to_have_text("Saved")
    drag(desk.page, "“Nobody warned us, and nobody came.")
    press(desk, "n", "n")
    expect(desk.cards).to_have_count(2)
    expect(desk.saved).to_have_text("Saved")
    assert Statement.objects.count() == 2


def test_words_marked_while_a_mark_is_under_way_follow_it(desk):
    desk.page.route("**/statements/", late)
    drag(desk.page, "“They opened the gates at noon,”")
    press(desk, "n")
    drag(desk.page, "“Nobody warned us, and nobody came.")
    press(desk, "n")
    expect(desk.cards).to_have_count(2)
    expect(desk.saved).to_have_text("Saved")
    expect(desk.opened.locator(".quote")).to_have_text("“Nobody warned us, and nobody came.")
    expect(desk.bar).to_be_hidden()


def test_a_line_taken_out_of_the_furniture_leaves_the_focus_in_the_text(desk):
    button = desk.page.get_by_role("button", name="Not furniture").first
    button.focus()
    press(desk, "Enter")
    expect(desk.saved).to_have_text("Saved")
    expect(desk.text).to_be_focused()


def test_a_closed_article_says_why_a_key_does_nothing_and_what_comes_next(desk, study):
    later = make_article(study, "Sluice shut\nThe keeper said it was shut.\n")
    press(desk, "d")
    go_on = desk.page.get_by_role("link", name="Next to do")
    expect(go_on).to_be_visible()
    drag(desk.page, "Nobody warned us")
    press(desk, "n")
    hint = desk.page.locator("#hint")
    expect(hint).to_have_text("This article is marked as done; reopen it with D to change it.")
    press(desk, "o")
    expect(desk.page).to_have_title("Sluice shut · AtOdds")
    assert str(later.uid) in desk.page.url
    press(desk, "c")
    expect(hint).to_have_text("Open a statement first.")


def test_what_was_deleted_comes_back_under_the_keys(desk):
    first = desk.statement("“They opened the gates at noon,”")
    desk.statement("“Nobody warned us, and nobody came.")
    press(desk, "Escape", "k", "Delete")
    expect(desk.cards).to_have_count(1)
    press(desk, "z")
    expect(desk.cards).to_have_count(2)
    expect(first).to_be_focused()


def test_the_words_whose_span_is_edited_stand_above_the_dock(desk):
    desk.page.set_viewport_size({"width": 1280, "height": 520})
    desk.statement("Venn counted at least 31 drowned sheep")
    desk.page.evaluate("scrollTo(0, document.body.scrollHeight - 700)")
    press(desk, "e")
    dock = desk.page.get_by_role("region", name="Spans of the open statement")
    expect(dock).to_be_visible()
    words = desk.page.evaluate(
        """() => { const lines = document.querySelectorAll("#text p");
                   const line = [...lines].find((each) => each.textContent.includes("31 drowned"));
                   return line.getBoundingClientRect().bottom; }"""
    )
    assert words <= dock.bounding_box()["y"]


def test_a_walk_by_keys_takes_the_focus_into_the_sheet_of_a_narrow_window(browse, ana, valley, desk):
    desk.statement("“They opened the gates at noon,”")
    narrow = Desk(browse(ana, size=PHONE)).open(valley)
    press(narrow, "j")
    expect(narrow.cards).to_be_focused()
    press(narrow, "Enter")
    expect(narrow.opened).to_have_count(1)


def test_on_paper_the_statements_follow_the_text(desk):
    card = desk.statement("“They opened the gates at noon,”")
    desk.page.set_viewport_size({"width": 720, "height": 1000})  # a sheet of A4
    desk.page.emulate_media(media="print")
    expect(card.locator(".quote")).to_be_visible()
    expect(card.get_by_label("Source type", exact=True)).to_be_hidden()
    last = desk.text.locator("p").last.bounding_box()
    assert 0 <= card.bounding_box()["y"] - last["y"] - last["height"] < 200


def test_a_card_that_does_not_come_is_missed_aloud_and_asked_for_again(desk, watch):
    watch.allow("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
    card = desk.statement("“They opened the gates at noon,”")
    press(desk, "Escape")
    desk.page.context.set_offline(True)
    card.locator(".quote").click()
    expect(desk.saved).to_contain_text("The server does not answer.")
    desk.page.context.set_offline(False)
    desk.saved.get_by_role("button", name="Retry").click()
    expect(desk.opened).to_have_count(1)
    expect(desk.saved).to_be_empty()


def test_rare_fields_once_unfolded_stay_so_from_card_to_card(desk):
    note = desk.opened.get_by_label("Note")
    desk.statement("“They opened the gates at noon,”")
    expect(note).to_be_hidden()
    desk.opened.get_by_text("More").click()
    expect(note).to_be_visible()
    desk.statement("“Nobody warned us, and nobody came.")
    expect(note).to_be_visible()
    desk.card("They opened").locator(".quote").click()
    expect(desk.opened.locator(".quote")).to_have_text("“They opened the gates at noon,”")
    expect(note).to_be_visible()
    desk.page.goto(desk.opened.locator(".who").evaluate("link => link.href"))
    expect(note).to_be_visible()
    desk.opened.get_by_text("More").click()
    desk.card("Nobody warned").locator(".quote").click()
    expect(desk.opened.locator(".quote")).to_have_text("“Nobody warned us, and nobody came.")
    expect(note).to_be_hidden()


def test_tab_goes_on_from_the_last_field_over_its_save(desk):
    desk.statement("“They opened the gates at noon,”")
    desk.opened.get_by_text("More").click()
    with desk.saving(desk.opened):
        desk.opened.get_by_label("Note").fill("he laughed")
        press(desk, "Tab")
    expect(desk.opened.get_by_role("button", name="Edit spans")).to_be_focused()


def test_the_speaker_named_last_is_offered_where_there_is_one(desk):
    same = desk.opened.get_by_role("button", name="Same as last")
    desk.statement("“They opened the gates at noon,”")
    expect(desk.opened.get_by_label("Quote type").first).to_be_visible()
    expect(same).to_be_hidden()
    desk.introduce("Speaker", "Jon Abel")
    desk.statement("“Nobody warned us, and nobody came.")
    expect(same).to_be_visible()


def test_escape_leaves_the_form_for_a_new_speaker(desk):
    desk.statement("“They opened the gates at noon,”")
    desk.find("Speaker", "Jon Abel", "Create speaker")
    form = desk.opened.get_by_role("form", name="New speaker")
    form.get_by_label("Role").fill("miller")
    press(desk, "Escape")
    expect(form).to_have_count(0)
    expect(desk.opened.get_by_role("combobox", name="Speaker")).to_be_focused()
    assert not Speaker.objects.filter(name="Jon Abel").exists()
