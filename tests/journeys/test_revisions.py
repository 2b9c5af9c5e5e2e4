"""An article is corrected: most statements follow, two are placed by a person, and all of it can be taken back."""

from playwright.sync_api import expect

from annotations.corpus.models import Article
from annotations.statements.models import Statement
from tests.factories.corpus import make_article
from tests.factories.statements import make_statement
from tests.factories.workload import make_set
from tests.journeys.desk import Desk
from tests.journeys.selecting import drag

NAMES = ("Abel", "Venn", "Reed", "Okoye", "Lindt", "Moreau", "Silva", "Tanaka", "Weiss", "Yilmaz")
SAID = [f"gate {n + 1} was shut before {name} came" for n, name in enumerate(NAMES)]
WORDS = "Ten on the gates\n" + "".join(
    f"{name} told the inquiry on the weir that {said}, and would say no more of it.\n"
    for name, said in zip(NAMES, SAID, strict=True)
)
CORRECTED = WORDS.replace("gate 3 was shut", "gate 3 was half shut").replace(
    "gate 7 was shut", "gate 7 was open"
)


def test_a_text_is_corrected(browse, study, ana):
    article = make_article(study, WORDS)
    into = make_set(article)
    for said in SAID:
        make_statement(into, ana, said)
    desk = Desk(browse(ana)).open(article)
    page = desk.page
    page.get_by_role("link", name="New revision").click()
    page.get_by_label("Corrected text").fill(CORRECTED)
    page.get_by_role("button", name="See what would follow").click()
    expect(page.locator("#preview")).to_contain_text("8 statements will follow exactly, 2 need a person.")
    page.get_by_role("button", name="Add the revision").click()

    desk.ready()
    expect(desk.cards).to_have_count(8)
    expect(page.get_by_text("Revision 2 of 2")).to_be_visible()
    page.get_by_role("link", name="To place: 2 statements").click()
    expect(page.get_by_role("heading", name="To place: 2 statements")).to_be_visible()

    third = page.get_by_role("listitem").filter(has_text="gate 3 was")
    expect(third.locator("ins")).to_have_text("half ")
    third.get_by_role("button", name="Place at these words").press("Enter")
    expect(page.get_by_role("heading", name="To place: 1 statement")).to_be_visible()

    page.get_by_role("link", name="Select the words").press("Enter")
    desk.ready()
    expect(page.get_by_text("Placing:")).to_be_visible()
    drag(page, "gate 7 was open before Silva came")
    page.keyboard.press("n")
    expect(page.get_by_text("Placed. Undo takes that back.")).to_be_visible()
    expect(desk.cards).to_have_count(10)
    expect(desk.opened.locator(".quote")).to_have_text("gate 7 was open before Silva came")
    expect(page.get_by_role("link", name="To place")).to_have_count(0)

    for _ in range(3):
        page.get_by_role("button", name="Undo", exact=True).click()
        expect(page.get_by_text("Undone:").first).to_be_visible()
        page.goto(study.get_absolute_url())
    desk.open(article)
    expect(desk.cards).to_have_count(10)
    assert set(Statement.objects.values_list("annotation_set", flat=True)) == {into.pk}
    assert Article.objects.current().get() == article
