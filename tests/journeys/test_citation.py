"""A quotation goes into the clipboard with its citation, or to a page where it is to be copied."""

from playwright.sync_api import expect

from tests.factories.statements import make_statement
from tests.factories.workload import make_set
from tests.journeys.desk import Desk
from tests.journeys.pictures import take

CLIPBOARD = ["clipboard-read", "clipboard-write"]


def clipped(page):
    return page.evaluate("navigator.clipboard.readText()")


def test_by_key_in_the_workbench_and_by_link_in_a_list(browse, ana, study, valley):
    statement = make_statement(make_set(valley), ana)
    page = browse(ana, permissions=CLIPBOARD)
    desk = Desk(page).open(valley, statement)
    page.keyboard.press("y")
    expect(desk.saved).to_have_text("Citation copied")
    assert clipped(page).startswith("“They opened the gates at noon,”\n— ")
    assert clipped(page).endswith(f"{valley.get_absolute_url()}?statement={statement.uid}")
    page.evaluate("navigator.clipboard.writeText('')")
    page.goto(f"/studies/{study.slug}/statements/")
    page.get_by_role("link", name="Copy citation").click()
    expect(desk.saved).to_have_text("Citation copied")
    assert "Gates stood open" in clipped(page)


def test_a_closed_clipboard_leads_to_the_page(browse, ana, study, valley):
    make_statement(make_set(valley), ana)
    page = browse(ana)
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('closed'))")
    page.goto(f"/studies/{study.slug}/statements/")
    page.get_by_role("link", name="Copy citation").click()
    expect(page.get_by_role("heading", name="Citation")).to_be_visible()
    expect(page.locator("#citation")).to_contain_text("They opened the gates at noon")
    take(page, "citation")
