"""Two people on one statement, and one without a network: the later one is told, and nobody loses anything."""

import pytest
from playwright.sync_api import expect

from annotations.statements.models import Statement
from tests.factories.speakers import make_speaker
from tests.journeys.conftest import PHONE
from tests.journeys.desk import Desk
from tests.journeys.selecting import drag

pytestmark = pytest.mark.django_db(transaction=True)

UNREACHED = ("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
QUOTATION = "“They opened the gates at noon,”"


@pytest.fixture
def article(statement):
    return statement.annotation_set.article


@pytest.fixture
def first(browse, ana, article, statement):
    return Desk(browse(ana)).open(article, statement)


@pytest.fixture
def second(browse, watch, ben, article, statement):
    watch.allow(409)
    return Desk(browse(ben)).open(article, statement)


def words(statement):
    statement.refresh_from_db()
    return [(span["role"], span["text"]) for span in statement.spans]


def coded(statement):
    return dict(statement.codes.values_list("variable__slug", "label__slug"))


def test_one_adds_the_source_while_the_other_adds_the_cue(first, second, statement):
    first.add("Source", "Jon Abel")
    drag(second.page, "told")
    second.bar.get_by_role("button", name="Cue").click()
    notice = second.opened.get_by_role("alert")
    expect(notice).to_contain_text("ana changed this while you were editing")
    expect(second.saved).to_contain_text("Not saved")
    assert words(statement) == [("content", QUOTATION), ("source", "Jon Abel")]
    with second.saving(second.opened):
        notice.get_by_role("button", name="Save mine on top").click()
    assert words(statement) == [("content", QUOTATION), ("source", "Jon Abel"), ("cue", "told")]


def test_theirs_stands_and_ones_own_is_let_go(first, second, statement):
    first.add("Source", "Jon Abel")
    drag(second.page, "told")
    second.page.keyboard.press("u")
    card = second.hold(second.opened)
    card.get_by_role("alert").get_by_role("link", name="Keep theirs").click()
    expect(card.get_by_role("alert")).to_have_count(0)
    expect(card).to_have_attribute("data-version", first.opened.get_attribute("data-version"))
    assert words(statement) == [("content", QUOTATION), ("source", "Jon Abel")]


def test_one_deletes_what_the_other_has_just_changed(first, second, statement):
    first.choose("Source type", "expert")
    second.opened.get_by_role("button", name="Delete").click()
    notice = second.opened.get_by_role("alert")
    expect(notice).to_contain_text("ana changed this while you were editing")
    assert Statement.objects.present().get() == statement
    notice.get_by_role("button", name="Save mine on top").click()
    expect(second.cards).to_have_count(0)
    assert not Statement.objects.present().exists()
    second.page.locator("#toast").get_by_role("button", name="Undo").click()
    expect(second.opened.get_by_label("Source type", exact=True)).to_have_value("expert")


def test_one_changes_what_the_other_has_just_deleted(first, second, statement, watch):
    watch.allow(404)
    first.opened.get_by_role("button", name="Delete").click()
    expect(first.cards).to_have_count(0)
    second.opened.get_by_label("Source type", exact=True).select_option("expert")
    expect(second.saved).to_contain_text("Not saved")
    expect(second.opened.get_by_label("Source type", exact=True)).to_have_value("expert")
    first.page.locator("#toast").get_by_role("button", name="Undo").click()
    expect(first.opened).to_be_visible()
    second.opened.get_by_label("Source type", exact=True).select_option("party")
    second.opened.get_by_role("alert").get_by_role("button", name="Save mine on top").click()
    expect(second.saved).to_have_text("Saved")
    assert coded(statement) == {"source_type": "party"}


@pytest.fixture
def offline(first, watch):
    """Ana's window, its network down."""
    watch.allow(*UNREACHED)
    first.page.context.set_offline(True)
    return first


def unsaved(desk):
    expect(desk.saved).to_contain_text("Not saved: the server does not answer.")
    return desk.saved.get_by_role("button", name="Retry")


def test_without_a_network_a_change_waits_for_retry(offline, statement):
    card = offline.hold(offline.opened)
    card.get_by_label("Source type", exact=True).select_option("expert")
    unsaved(offline).click()
    retry = unsaved(offline)
    offline.page.context.set_offline(False)
    with offline.saving(card):
        retry.click()
    expect(card.get_by_label("Source type", exact=True)).to_have_value("expert")
    assert coded(statement) == {"source_type": "expert"}


def test_what_was_not_saved_is_said_wherever_the_page_stands(offline):
    offline.page.set_viewport_size({**PHONE, "height": 400})
    offline.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    offline.page.get_by_role("button", name="Statements").click()
    offline.opened.get_by_label("Source type", exact=True).select_option("expert")
    expect(unsaved(offline)).to_be_in_viewport(ratio=1)


def test_without_a_network_marked_words_wait_for_retry(offline):
    drag(offline.page, "took the lower mill")
    offline.bar.get_by_role("button", name="Statement").click()
    retry = unsaved(offline)
    offline.page.context.set_offline(False)
    retry.click()
    expect(offline.cards).to_have_count(2)
    expect(offline.opened.locator(".quote")).to_have_text("took the lower mill")
    assert Statement.objects.filter(quotation="took the lower mill").count() == 1


def test_what_could_not_be_saved_goes_with_the_next_change(first, study, statement, watch):
    """Back on the network, the next change takes along those that failed, without a press on Retry."""
    watch.allow(*UNREACHED)
    venn = make_speaker(study, "Ida Venn")
    card = first.hold(first.opened)
    card.get_by_role("combobox", name="Speaker").fill("Ida")
    venn_row = card.get_by_role("option", name="Ida Venn")
    expect(venn_row).to_be_visible()
    first.page.context.set_offline(True)
    venn_row.click()
    unsaved(first)
    card.get_by_label("Source type", exact=True).select_option("expert")
    unsaved(first)
    first.page.context.set_offline(False)
    card.get_by_role("radio", name="direct", exact=True).check(force=True)
    expect(card).to_have_attribute("data-version", "4")
    expect(first.saved).to_have_text("Saved")
    expect(card.get_by_label("Source type", exact=True)).to_have_value("expert")
    expect(card.locator(".who")).to_have_text("Ida Venn")
    statement.refresh_from_db()
    assert statement.speaker == venn
    assert coded(statement) == {"quote_type": "direct", "source_type": "expert"}
