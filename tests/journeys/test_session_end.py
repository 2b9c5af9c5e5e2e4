"""A session ends while somebody works: they sign in over the page, and nothing typed is lost."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from annotations.corpus.models import Article
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Gates shut, ministry says\nThe gates of the dam were shut on Monday, it said.\n"


@pytest.fixture
def typed(browse, watch, ana, study):
    """A page with a text pasted into it and a title typed, whose session has just ended."""
    watch.allow(401, 404, 422)
    page = browse(ana)
    page.goto("/studies/gates/articles/new/")
    page.get_by_label("Text", exact=True).fill(WORDS)
    page.get_by_label("Title").fill("My own title")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Add the article").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    return page


def test_the_same_user_goes_on_and_the_article_is_added_once(typed):
    dialog = typed.get_by_role("dialog")
    expect(dialog.get_by_label("User name")).to_have_value("ana")
    expect(dialog.get_by_label("Password")).to_be_focused()
    dialog.get_by_label("Password").fill("wrong")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog.get_by_role("alert")).to_contain_text("do not go together")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    expect(typed).to_have_title("My own title · AtOdds")
    assert Article.objects.get().text == WORDS


def test_not_now_leaves_everything_typed(typed):
    typed.get_by_role("dialog").get_by_role("button", name="Not now").click()
    expect(typed.get_by_role("dialog")).to_be_hidden()
    expect(typed.get_by_label("Title")).to_have_value("My own title")
    expect(typed.locator("#saved")).to_contain_text("Not saved: sign in to go on.")
    assert not Article.objects.exists()


def test_somebody_else_gets_a_page_of_their_own(typed, otto):
    dialog = typed.get_by_role("dialog")
    dialog.get_by_label("User name").fill("otto")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    expect(typed).to_have_title("Not found · AtOdds")
    assert not Article.objects.exists()


def test_a_sign_in_in_another_tab_is_noticed_and_the_form_sent_anew(browse, watch, ana, study):
    watch.allow(403)
    page = browse(ana)
    page.goto("/studies/gates/articles/new/")
    page.get_by_label("Text", exact=True).fill(WORDS)
    other = page.context.new_page()
    other.goto("/")
    other.get_by_text("ana", exact=True).click()
    other.get_by_role("button", name="Sign out").click()
    other.get_by_label("User name").fill("ana")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("heading", name="Studies")).to_be_visible()
    page.get_by_role("button", name="Add the article").click()
    expect(page).to_have_title("Gates shut, ministry says · AtOdds")
    assert Article.objects.get().text == WORDS
