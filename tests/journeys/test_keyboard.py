"""A whole morning without a mouse: from the sign-in to a coded statement, its article done, the next one open."""

from playwright.sync_api import expect

from annotations.statements.models import Statement
from annotations.workload.models import AnnotationSet
from tests.factories.accounts import PASSWORD
from tests.factories.corpus import make_article
from tests.journeys.conftest import VALLEY
from tests.journeys.desk import Desk

DIRECT = "“They opened the gates at noon,”"
FOCUSED = "() => document.activeElement.innerText || document.activeElement.getAttribute('aria-label') || ''"
FARTHEST = 40


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, words):
    """Go by Tab to the control that says the words, and see the ring around it."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if words in page.evaluate(FOCUSED):
            ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert ring != "none", f"no ring is to be seen around “{words}”"
            return
    raise AssertionError(f"“{words}” is not reached in {FARTHEST} presses of Tab")


def test_from_sign_in_to_a_coded_statement(browse, study, valley, ana):
    make_article(study, "Gates shut again\n", language="en")
    page = browse()
    desk = Desk(page)
    page.goto("/")
    expect(page.get_by_label("User name")).to_be_focused()
    page.keyboard.type("ana")
    press(page, "Tab")
    page.keyboard.type(PASSWORD)
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Studies")).to_be_visible()
    tab_to(page, study.name)
    press(page, "Enter")
    expect(page.get_by_role("heading", name=study.name)).to_be_visible()
    tab_to(page, valley.title)
    press(page, "Enter")
    expect(page.locator("#bench.live")).to_be_visible()  # its keys are heard from then on

    press(page, "g", "4", "n")  # the first quotation
    expect(desk.opened.locator(".quote")).to_have_text(DIRECT)
    press(page, "g", "2", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    expect(page.locator("#announce")).to_have_text("the miller Jon Abel")
    with desk.saving(desk.opened):
        press(page, "s")
    press(page, "/")
    expect(desk.opened.get_by_role("combobox", name="Speaker")).to_be_focused()
    page.keyboard.type("Jon Abel")
    expect(desk.opened.get_by_role("option", name="Create speaker “Jon Abel”")).to_be_visible()
    press(page, "Enter")
    form = desk.opened.get_by_role("form", name="New speaker")
    expect(form.get_by_label("Name", exact=True)).to_be_focused()
    with desk.saving(desk.opened):
        press(page, "Enter")
    expect(form).to_have_count(0)
    press(page, "Escape", "c")
    expect(desk.opened.get_by_role("combobox", name="Add claim")).to_be_focused()
    page.keyboard.type("The gates were opened at noon.")
    expect(desk.opened.get_by_role("option", name="Create claim")).to_be_visible()
    press(page, "Enter")
    expect(
        desk.opened.get_by_role("form", name="New claim").get_by_label("Claim", exact=True)
    ).to_be_focused()
    press(page, "Enter")
    expect(desk.claim("The gates").get_by_role("radio", name="support")).to_be_focused()
    with desk.saving(desk.opened):
        press(page, "s")

    statement = Statement.objects.with_details().get()
    assert VALLEY[statement.start : statement.end] == statement.quotation == DIRECT
    assert (statement.speaker.name, statement.stances.get().stance) == ("Jon Abel", "support")
    sources = [item.span.text for item in statement.span_list if item.role == "source"]
    assert sources == ["the miller Jon Abel"]


def test_between_articles_and_done_and_reopened(browse, study, valley, ana):
    other = make_article(study, "Gates shut again\nNobody came.\n", language="en")
    page = browse(ana)
    Desk(page).open(valley)
    press(page, "?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("Mark as done, or reopen")
    press(page, "Escape")
    expect(keys).to_be_hidden()

    press(page, "[")
    expect(page).to_have_title(f"{other.title} · AtOdds")
    expect(page.locator("#bench.live")).to_be_visible()
    press(page, "]")
    expect(page).to_have_title(f"{valley.title} · AtOdds")
    expect(page.locator("#bench.live")).to_be_visible()
    press(page, "d")
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    assert AnnotationSet.objects.get().state == "submitted"
    press(page, "d")
    expect(page.get_by_role("button", name="Mark as done")).to_be_visible()
    assert AnnotationSet.objects.get().state == "open"
