"""The workbench on a telephone: words marked by their handles, coded in the sheet, found again by a tap."""

import pytest
from playwright.sync_api import expect

from annotations.statements.models import Statement
from tests.factories.statements import make_statement
from tests.factories.workload import make_set
from tests.journeys.conftest import PHONE
from tests.journeys.desk import Desk
from tests.journeys.selecting import BOXES, pull_handles

DIRECT = "“They opened the gates at noon,”"
LOWEST = """
() => {
  const [open] = CSS.highlights.get("mark-open");
  const words = new Range();
  words.setStart(open.startContainer, open.startOffset);
  words.setEnd(open.endContainer, open.endOffset);
  return words.getBoundingClientRect().bottom;
}
"""


@pytest.fixture
def desk(browse, ana, valley):
    page = browse(ana, size=PHONE, has_touch=True, is_mobile=True)
    return Desk(page).open(valley)


@pytest.fixture
def sheet(desk):
    return desk.page.get_by_role("complementary", name="Statements")


def stands_clear(desk, sheet):
    """The words of the open statement are to be seen above the sheet."""
    return desk.page.evaluate(LOWEST) <= sheet.bounding_box()["y"]


def test_words_are_marked_and_coded_with_the_thumb(desk, sheet):
    pull_handles(desk.page, DIRECT)
    desk.bar.get_by_role("button", name="Statement").tap()
    expect(desk.opened.locator(".quote")).to_have_text(DIRECT)
    expect(desk.opened).to_be_in_viewport()
    assert stands_clear(desk, sheet)
    card = desk.hold(desk.opened)
    card.get_by_role("radio", name="mixed", exact=True).first.tap()
    expect(card).to_have_attribute("data-version", "2")
    expect(card.get_by_role("radio", name="mixed", exact=True).first).to_be_checked()
    coded = Statement.objects.get().codes.values_list("variable__slug", "label__slug")
    assert ("quote_type", "mixed") in coded

    desk.page.get_by_role("button", name="Statements").tap()
    expect(sheet).not_to_be_in_viewport()
    pull_handles(desk.page, "the miller Jon Abel")
    desk.bar.get_by_role("button", name="Source").tap()
    expect(card).to_have_attribute("data-version", "3")
    spans = [(span["role"], span["text"]) for span in Statement.objects.get().spans]
    assert ("source", "the miller Jon Abel") in spans


@pytest.mark.parametrize("height", [0.2, 0.39, 0.6])
def test_a_tap_on_marked_words_opens_them_above_the_sheet(desk, sheet, valley, ana, height):
    """Wherever they stood when they were tapped, as a part of the window's height."""
    words = "no gate was opened before two"
    statement = make_statement(make_set(valley), ana, words)
    desk.open(valley)
    expect(sheet).not_to_be_in_viewport()
    now = desk.page.evaluate(BOXES, [words, ""])["from"]["y"]
    desk.page.evaluate("by => scrollBy({ top: by })", now - height * PHONE["height"])
    place = desk.page.evaluate(BOXES.replace("scrollIntoView", "getBoundingClientRect"), [words, ""])["from"]
    desk.page.touchscreen.tap(place["x"] + 4, place["y"])
    expect(desk.page.locator(f"#s-{statement.uid}")).to_have_class("card open")
    expect(desk.opened).to_be_in_viewport()
    assert stands_clear(desk, sheet)


def test_the_page_that_one_is_on_is_named_on_a_narrow_screen(browse, mira, study):
    page = browse(mira, size=PHONE, has_touch=True, is_mobile=True)
    page.goto(f"/studies/{study.slug}/members/")
    names = page.get_by_role("navigation", name="Study")
    expect(names.get_by_role("link", name="Members")).to_be_in_viewport(ratio=1)
    expect(names.get_by_role("link", name="Articles")).not_to_be_in_viewport()
