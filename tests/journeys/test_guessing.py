"""What is guessed from a pasted text never overwrites what somebody has typed."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Gates shut, ministry says\nBy Tomas Reed, 14 March 2018\nThe gates of the dam were shut on Monday, it said.\n"


def test_typing_goes_before_a_guess_that_comes_late(browse, ana, study):
    page = browse(ana)
    page.goto("/studies/gates/articles/new/")
    held = []

    def hold(route):
        held.append(route)

    page.route("**/guess/", hold)
    page.get_by_label("Text", exact=True).fill(WORDS)
    with page.expect_request("**/guess/"):
        page.get_by_label("Title").focus()
    page.get_by_label("Title").fill("My own title")
    page.get_by_label("Language").focus()
    held[0].continue_()
    expect(page.get_by_label("Author")).to_have_value("Tomas Reed")
    expect(page.get_by_label("Published")).to_have_value("2018-03-14")
    expect(page.get_by_label("Title")).to_have_value("My own title")
    expect(page.get_by_label("Language")).to_be_focused()
    expect(page.get_by_label("Language")).to_have_value("")
