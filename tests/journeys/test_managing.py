"""A manager's day: roles of members, and a study that goes into the bin and comes back."""

import pytest
from playwright.sync_api import expect

from annotations.studies.models import Membership, Role, Study
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def test_a_member_is_added_promoted_and_removed(browse, mira, study):
    make_user("kim")
    page = browse(mira)
    page.goto("/studies/gates/members/")
    page.get_by_label("User name").fill("kim")
    button(page, "Add").click()
    expect(page.get_by_text("kim is annotator of this study now.")).to_be_visible()
    row = page.get_by_role("row").filter(has=page.get_by_text("kim", exact=True)).first
    row.get_by_label("Role of kim").select_option("adjudicator")
    button(row, "Change").click()
    expect(page.get_by_text("kim is adjudicator now.")).to_be_visible()
    assert Membership.objects.get(study=study, user__username="kim").role == Role.ADJUDICATOR
    row.locator("summary").click()
    expect(row.get_by_text("The work stays in the study")).to_be_visible()
    button(row, "Remove kim").click()
    expect(page.get_by_text("kim is no member of")).to_be_visible()
    expect(page.get_by_role("cell", name="kim")).to_have_count(0)


def test_a_study_goes_into_the_bin_and_comes_back(browse, watch, members, statement):
    watch.allow(404)
    manager, annotator = browse(members["mira"]), browse(members["ana"])
    manager.goto("/studies/gates/edit/")
    manager.locator("summary", has_text="Delete…").click()
    manager.get_by_label("To go on, type its name: Gates").fill("Gates")
    button(manager, "Delete this study").click()
    expect(manager.get_by_role("heading", name="The bin of studies")).to_be_visible()
    expect(manager.get_by_text("goes on ")).to_be_visible()
    annotator.goto("/studies/gates/")
    expect(annotator.get_by_role("heading", name="Not found")).to_be_visible()
    button(manager, "Take back Gates").click()
    expect(manager.get_by_text("is back, with everything in it")).to_be_visible()
    annotator.goto(statement.annotation_set.article.get_absolute_url())
    expect(annotator.locator(".card").first).to_be_visible()


def test_an_archived_study_offers_nothing_that_changes_it(browse, mira, study, statement):
    page = browse(mira)
    page.goto("/studies/gates/edit/")
    button(page, "Archive this study").click()
    page.goto(statement.annotation_set.article.get_absolute_url())
    expect(page.locator(".card").first).to_be_visible()
    for name in ("Undo", "Delete", "Mark as done"):
        expect(button(page, name)).to_have_count(0)
    page.goto("/studies/gates/edit/")
    button(page, "Take back from the archive").click()
    expect(page.get_by_text("is back from the archive")).to_be_visible()
    assert Study.objects.get(pk=study.pk).archived_at is None
