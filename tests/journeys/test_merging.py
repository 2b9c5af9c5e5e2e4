"""Two speakers who turn out to be one: found by typing, looked at, merged, and taken apart again."""

from playwright.sync_api import expect

from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from tests.factories.speakers import make_speaker
from tests.factories.statements import make_statement
from tests.factories.workload import make_set
from tests.journeys.pictures import take


def test_two_speakers_are_merged_undone_merged_and_taken_apart(browse, mira, study, valley):
    keep = make_speaker(study, "Anna Venn", role="minister")
    away = make_speaker(study, "Venn, A.", role="deputy minister")
    statement = make_statement(make_set(valley), mira, speaker=away)
    page = browse(mira)
    page.goto(keep.get_absolute_url())
    page.get_by_role("link", name="Merge with").click()
    expect(
        page.get_by_role("link", name="Venn, A.")
    ).to_be_visible()  # likely the same, before a word is typed
    page.get_by_role("searchbox", name="Search speakers").press_sequentially("venn a")
    expect(page.get_by_role("heading", name="Found")).to_be_visible()
    page.get_by_role("searchbox", name="Search speakers").fill("venn,")
    page.get_by_role("link", name="Venn, A.").click()
    expect(page.get_by_text("1 statement made")).to_be_visible()
    take(page, "merge-preview", full_page=True)
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_text("“Venn, A.” is merged into this speaker.")).to_be_visible()
    expect(page.get_by_role("heading", name="Merged into this speaker")).to_be_visible()
    take(page, "merge-done", full_page=True)
    assert Statement.objects.get().speaker == keep
    page.locator("#messages").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: merged the speaker “Venn, A.” into “Anna Venn”.")).to_be_visible()
    assert Statement.objects.get().speaker == away
    page.get_by_role("button", name="Redo", exact=True).click()
    expect(page.get_by_text("Done again: merged the speaker")).to_be_visible()
    page.goto(keep.get_absolute_url())
    page.get_by_role("button", name="Take apart").click()
    expect(page.get_by_text("“Venn, A.” stands for itself again.")).to_be_visible()
    statement.refresh_from_db()
    assert statement.speaker == Speaker.objects.get(name="Venn, A.")


def test_a_phone_and_the_dark_show_it_whole(browse, mira, study, valley):
    keep = make_speaker(study, "Anna Venn", role="minister", type="media")
    away = make_speaker(study, "Venn, A.", role="deputy minister", external_id="venn-2", private=True)
    make_statement(make_set(valley), mira, speaker=away)
    for name, options in (("phone", {"size": {"width": 390, "height": 844}}), ("dark", {"scheme": "dark"})):
        page = browse(mira, **options)
        page.goto(f"/studies/{study.slug}/speakers/{keep.uid}/merge/?with={away.uid}")
        expect(page.get_by_role("button", name="Merge", exact=True)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        take(page, f"merge-{name}", full_page=True)
