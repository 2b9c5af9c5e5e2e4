"""The user guide as it is followed: each page's steps on the demo study, and the pictures that it shows.

Like the pictures of the README they are made anew in docs/images with ATODDS_SCREENSHOTS=1.
"""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from annotations.claims.models import Claim
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from tests.factories.accounts import PASSWORD
from tests.factories.corpus import make_article
from tests.factories.speakers import make_speaker
from tests.factories.statements import make_statement
from tests.journeys.conftest import PHONE
from tests.journeys.desk import Desk
from tests.journeys.pictures import show
from tests.journeys.selecting import drag, pull_handles

pytestmark = pytest.mark.django_db(transaction=True)

HOSPITAL = """Hospital emptied after night of smoke, council and nurses give two accounts
By Rahel Bytner-Okonjo, The Yarle Valley Courier, 16 March 2018
The district hospital of Upper Besk was emptied on Thursday night. “We moved 140 patients in four hours, and we lost nobody,” Mayor Orla Venn told reporters.
The nurses’ union disputes that. “At least two of our patients died in the corridor,” said Teo Marnik, its secretary.
Advertisement
According to the agency Menopress, a person close to the council said the smoke alarm had been switched off since Monday.
"""
SPOKEN = "“We moved 140 patients in four hours, and we lost nobody,”"
UNMARKED = "what Quorrane would do if Menovar refused"
"""Words of the demo that no statement holds."""


def statement_of(study, external_id):
    """A statement of the demo study by the name that its file gives it."""
    return Statement.objects.get(external_id=external_id, annotation_set__article__study=study)


@pytest.fixture
def at(browse, members, demo):
    """Open the workbench of the demo study at a statement: `at("a05")`, `at("a02", "ben")`."""

    def at(external_id, who="ana", **window):
        statement = statement_of(demo, external_id)
        return Desk(browse(members[who], **window)).open(statement.annotation_set.article, statement)

    return at


@pytest.fixture
def visit(browse, members, demo):
    """Open a page of the demo study: `visit("claims/")`."""

    def visit(address, who="ana"):
        page = browse(members[who])
        page.goto(demo.get_absolute_url() + address)
        return page

    return visit


def main(page):
    return page.locator("main")


def test_the_first_sign_in(browse, members, demo):
    page = browse()
    page.goto("/")
    page.get_by_label("User name").fill("ana")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    own = page.get_by_role("link", name="ana’s study", exact=True)
    expect(own).to_be_visible()
    show(page, "studies", page.get_by_role("banner"), page.locator("ul.studies"))
    page.get_by_role("link", name="Korrin Dam flood (demo)").click()
    expect(page.get_by_role("heading", name="Korrin Dam flood (demo)")).to_be_visible()
    show(page, "articles", page.get_by_role("banner"), page.locator("#articles"))


def test_an_article_is_pasted_once(visit, watch):
    watch.allow(409)
    page = visit("articles/new/")
    text = page.get_by_label("Text", exact=True)
    text.fill(HOSPITAL)
    text.dispatch_event("change")
    expect(page.get_by_label("Author")).to_have_value("Rahel Bytner-Okonjo")
    page.get_by_label("Title").scroll_into_view_if_needed()
    show(page, "add-article", page.get_by_role("heading", name="Add articles"), page.locator("#paste"))
    page.get_by_role("button", name="Add the article").click()
    expect(page.locator("#text .furniture")).to_have_count(2)
    page.go_back()
    text.fill(HOSPITAL)
    page.get_by_role("button", name="Add the article").click()
    expect(page.get_by_role("alert")).to_contain_text("This text is in the study already")
    expect(page.get_by_label("Add it all the same")).to_be_visible()


def test_a_text_is_corrected(visit, demo):
    article = statement_of(demo, "a03").annotation_set.article
    page = visit(f"articles/{article.uid}/")
    page.get_by_role("link", name="New revision").click()
    page.get_by_label("Corrected text").fill(article.text.replace("dead at 12", "dead at twelve"))
    page.get_by_role("button", name="Add the revision").click()
    page.get_by_role("link", name="To place: 1 statement").click()
    expect(page.get_by_role("button", name="Place at these words")).to_be_visible()
    show(page, "to-place", main(page), margin=0)


def test_words_are_marked_with_source_and_cue(browse, members, demo):
    courier = Speaker.objects.get(study=demo, name="The Yarle Valley Courier")
    desk = Desk(browse(members["ana"])).open(make_article(demo, HOSPITAL, outlet=courier))
    line = desk.text.locator("p", has_text=SPOKEN)
    drag(desk.page, SPOKEN)
    expect(desk.bar).to_be_visible()
    show(desk.page, "mark-bar", line, desk.bar)
    desk.page.keyboard.press("n")
    expect(desk.opened.locator(".quote")).to_have_text(SPOKEN)
    desk.add("Source", "Mayor Orla Venn")
    desk.add("Cue", "told")
    desk.introduce("Speaker", "Orla Venn", Role="mayor of Upper Besk")
    expect(desk.opened.locator(".who")).to_contain_text("mayor of Upper Besk")
    show(desk.page, "marked", line, desk.opened, margin=8)


def test_words_are_marked_on_a_telephone(at):
    desk = at("a21", size=PHONE, has_touch=True, is_mobile=True)
    desk.page.get_by_role("button", name="Statements").tap()
    pull_handles(desk.page, UNMARKED)
    expect(desk.bar).to_be_visible()
    show(desk.page, "mark-touch")


def test_spans_are_changed(at):
    desk = at("a05")
    desk.opened.get_by_role("button", name="Edit spans").click()
    dock = desk.page.get_by_role("region", name="Spans of the open statement")
    dock.get_by_role("button", name="content").click()
    expect(dock.get_by_role("button", name="Start one word earlier")).to_be_visible()
    show(desk.page, "edit-spans", desk.text.locator("p", has_text="engineers had opened"), dock)


def test_who_is_behind_it(at):
    desk = at("a05")
    chain = desk.opened.locator(".chain-editor")
    chain.scroll_into_view_if_needed()
    show(desk.page, "chain", chain)
    desk.opened.get_by_role("combobox", name="Speaker").fill("rivers")
    offered = desk.opened.get_by_role("listbox", name="Speakers")
    expect(offered.get_by_role("option", name="Menovar Rivers Ministry")).to_be_visible()
    show(desk.page, "speaker", desk.opened.locator(".card-head"), offered)


def test_what_it_bears_on(at):
    desk = at("a02")
    claims = desk.opened.locator(".claims")
    expect(claims.get_by_label("As written").first).to_have_value("31 people")
    claims.scroll_into_view_if_needed()
    show(desk.page, "claims", claims)
    desk.opened.get_by_role("combobox", name="Add claim").fill("siren")
    offered = desk.opened.get_by_role("listbox", name="Claims")
    expect(offered.get_by_role("option", name="The siren at the dam")).to_be_visible()
    show(desk.page, "claim-found", desk.opened.get_by_role("combobox", name="Add claim"), offered)


def test_definitions_stand_beside_the_field(at):
    desk = at("a05")
    desk.opened.get_by_role("link", name="Definitions: Quote type").click()
    definitions = desk.opened.get_by_role("group", name="Definitions: Quote type")
    expect(definitions).to_be_visible()
    show(desk.page, "definitions", desk.opened.get_by_role("radiogroup", name="Quote type"), definitions)


def test_the_past_of_a_statement_and_the_way_back(at, demo):
    desk = at("a05")
    desk.choose("Source type", "expert")
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("z")
    toast = desk.page.locator("#toast")
    expect(toast).to_contain_text("Undone: revised")
    desk.choose("Source type", "anonymous")
    desk.opened.get_by_role("link", name="version").click()
    page = desk.page
    expect(page.get_by_role("button", name="Go back to this").first).to_be_visible()
    show(page, "history", main(page), margin=0)


def test_what_is_deleted_lies_in_the_bin(at, demo):
    desk = at("a05")
    desk.opened.get_by_role("button", name="Delete").click()
    expect(desk.page.locator("#toast").get_by_role("button", name="Undo")).to_be_visible()
    desk.page.goto(f"{demo.get_absolute_url()}bin/")
    expect(main(desk.page).get_by_role("button", name="Take back")).to_be_visible()


def test_statements_are_found_again(visit, demo):
    claim = Claim.objects.get(study=demo, text__startswith="Menovar's engineers")
    page = visit(f"statements/?claim={claim.uid}&stance=oppose")
    expect(main(page).get_by_text("3 statements")).to_be_visible()
    show(page, "statements", page.get_by_role("banner"), main(page))


def test_speakers_and_claims_are_found_again(visit):
    page = visit("speakers/?sort=-statements")
    expect(page.get_by_role("link", name="Ilsa Dremmond").first).to_be_visible()
    show(page, "speakers", page.get_by_role("banner"), main(page))
    page = visit("claims/?sort=-contested")
    page.get_by_role("link", name="Menovar's engineers").click()
    expect(page.get_by_role("heading", name="Menovar's engineers")).to_be_visible()
    show(page, "claim", page.get_by_role("banner"), main(page))


def test_two_speakers_are_merged(visit, demo):
    twin = make_speaker(demo, "T. Hallane", role="deputy minister")
    into = Speaker.objects.get(study=demo, name="Torv Hallane")
    make_statement(statement_of(demo, "a21").annotation_set, words=UNMARKED, speaker=twin)
    page = visit(f"speakers/{into.uid}/", "mira")
    page.get_by_role("link", name="Merge with").click()
    page.get_by_role("link", name="T. Hallane").click()
    expect(page.get_by_role("link", name="The other way round")).to_be_visible()
    show(page, "merge", main(page), margin=0)
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_role("button", name="Take apart")).to_be_visible()


def test_two_people_change_the_same(at, watch):
    watch.allow(409)
    first, second = at("a05"), at("a05", "ben")
    first.choose("Source type", "anonymous")
    second.opened.get_by_label("Source type", exact=True).select_option("expert")
    notice = second.opened.get_by_role("alert")
    expect(notice).to_contain_text("ana changed this while you were editing")
    show(second.page, "two-versions", second.opened, margin=0)


def test_members_and_what_they_may(visit):
    page = visit("members/", "mira")
    expect(page.locator("summary", has_text="Remove vic")).to_be_visible()
    show(page, "members", page.get_by_role("banner"), main(page))


def test_the_codebook_and_the_export(visit):
    page = visit("codebook/")
    show(page, "codebook")
    page = visit("export/")
    show(page, "export", page.get_by_role("banner"), main(page))


def test_the_keys_and_marks(at):
    desk = at("a05")
    desk.page.keyboard.press("?")
    keys = desk.page.get_by_role("dialog", name="Keys and marks")
    expect(keys.get_by_text("Split it where")).to_be_visible()
    looks = "span => getComputedStyle(span).textDecorationLine"
    assert keys.get_by_text("supports a claim").evaluate(looks) == "underline"
    show(desk.page, "keys", keys, margin=0)


def test_when_the_network_is_gone_or_the_session_over(at, watch):
    watch.allow("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest", 401)
    desk = at("a05")
    desk.page.context.set_offline(True)
    desk.opened.get_by_label("Source type", exact=True).select_option("anonymous")
    expect(desk.saved.get_by_role("button", name="Retry")).to_be_visible()
    show(desk.page, "not-saved", desk.page.get_by_role("banner"), desk.saved)
    desk.page.context.set_offline(False)
    desk.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    desk.saved.get_by_role("button", name="Retry").click()
    dialog = desk.page.get_by_role("dialog", name="Sign in again")
    expect(dialog).to_be_visible()
    show(desk.page, "sign-in-again", dialog, margin=0)
