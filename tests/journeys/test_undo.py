"""Undo and redo of one's own changes, by key and by button, over navigation and sign-out."""

from playwright.sync_api import expect

from annotations.statements.models import Statement
from tests.factories.corpus import make_article
from tests.factories.speakers import make_speaker
from tests.journeys.desk import Desk

DIRECT = "“They opened the gates at noon,”"


def toast(desk):
    return desk.page.locator("#toast")


def test_changes_are_taken_back_and_done_again_by_key(desk, study):
    make_speaker(study, "Ida Venn")
    card = desk.statement(DIRECT)
    desk.set_speaker("Ida")
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("z")
    expect(toast(desk)).to_contain_text("Undone: revised “They opened the gates at noon,”")
    expect(card.get_by_role("link", name="No speaker yet")).to_be_visible()
    desk.page.keyboard.press("z")
    expect(toast(desk)).to_contain_text("Undone: marked")
    expect(desk.cards).to_have_count(0)
    expect(desk.page.get_by_text("No statements yet.")).to_be_visible()
    assert not Statement.objects.exists()
    desk.page.keyboard.press("Shift+Z")
    expect(desk.opened.locator(".quote")).to_have_text(DIRECT)
    toast(desk).get_by_role("button", name="Undo").click()
    expect(desk.cards).to_have_count(0)
    desk.page.keyboard.press("Shift+Z")
    expect(desk.cards).to_have_count(1)
    desk.page.keyboard.press("Shift+Z")
    expect(card.get_by_role("link", name="Ida Venn")).to_be_visible()
    assert Statement.objects.get().speaker.name == "Ida Venn"


def test_a_change_is_undone_elsewhere_and_after_signing_in_anew(desk, browse, ana, study, valley):
    desk.statement(DIRECT)
    desk.choose("Source type", "eyewitness")
    other = make_article(study, "The keeper spoke.\n")
    elsewhere = Desk(browse(ana)).open(other)
    elsewhere.page.get_by_role("button", name="Undo", exact=True).click()
    expect(toast(elsewhere)).to_contain_text("Undone: revised")
    assert not Statement.objects.get().codes.filter(variable__slug="source_type").exists()
    toast(elsewhere).get_by_role("link", name="Go there").click()
    expect(elsewhere.opened.locator(".quote")).to_have_text(DIRECT)
    elsewhere.page.goto(study.get_absolute_url())
    elsewhere.page.get_by_role("button", name="Redo", exact=True).click()
    expect(elsewhere.page.get_by_text("Done again: revised")).to_be_visible()
    assert Statement.objects.get().codes.filter(variable__slug="source_type").exists()


def test_what_somebody_did_since_stands_in_the_way(desk, browse, ben, valley, watch):
    watch.allow(409)
    card = desk.statement(DIRECT)
    desk.choose("Source type", "eyewitness")
    bens = Desk(browse(ben)).open(valley, Statement.objects.get())
    bens.choose("Source type", "expert")
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("z")
    expect(desk.page.get_by_role("alert")).to_contain_text("ben has changed the same since")
    desk.page.keyboard.press("z")
    expect(desk.page.get_by_role("alert")).to_contain_text("ben has worked on it since, so it stays")
    expect(card).to_be_visible()


def test_the_text_stays_where_it_is(desk, valley):
    desk.page.set_viewport_size({"width": 1280, "height": 320})
    desk.statement("at least 31 drowned sheep")
    desk.choose("Source type", "expert")
    desk.page.keyboard.press("Escape")
    before = desk.page.evaluate("[scrollY, document.querySelector('#text').scrollTop]")
    assert max(before) > 0
    desk.page.keyboard.press("z")
    expect(toast(desk)).to_contain_text("Undone")
    expect(desk.opened.get_by_label("Source type", exact=True)).to_have_value("")
    assert desk.page.evaluate("[scrollY, document.querySelector('#text').scrollTop]") == before
