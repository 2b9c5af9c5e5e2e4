"""The first hour of somebody new: sign in, a study, articles pasted and uploaded, a first statement."""

import pytest
from playwright.sync_api import expect

from annotations.corpus.models import Article
from annotations.statements.models import Statement
from tests.factories.accounts import PASSWORD, make_user
from tests.journeys.desk import Desk

WORDS = """Gates stood open, miller says
By Tomas Reed, The Yarle Valley Courier, 14 March 2018
The river rose overnight 🌊 and took the lower mill.
“They opened the gates at noon,” the miller Jon Abel told reporters.
"""
SCRIPT = "<script>window.broken = 1</script>"
IMAGE = '<img src="x" onerror="window.broken = 1">'
NAME = "<img src=x onerror=window.broken=1>.txt"
ACTING = '<b hx-get="/sign-out/" hx-trigger="load" style="position: fixed">bold</b>'
SENTENCE = "The keeper said on Monday that no gate was opened before two, and nobody had called her since. "
PAGE = f"""<!doctype html><html lang="en" hx-get="/" hx-trigger="load"><head><title>Shut &lt;u&gt; gates</title>{SCRIPT}</head>
<body onload="window.broken = 1"><article><h1>Shut &lt;u&gt; gates</h1><p>{SENTENCE * 3}</p><p>{SENTENCE} {ACTING}{IMAGE}</p>
<p onclick="window.broken = 1">{SENTENCE} Signs &lt;script&gt;stay&lt;/script&gt; words.</p>{SCRIPT}</article></body></html>"""
PLAIN = f"Gates {IMAGE}\n{SCRIPT} {ACTING}\n{{{{ 7 }}}} “{{% now %}}” &amp; it said.\n"


@pytest.fixture
def page(browse, db):
    make_user("nora")
    page = browse(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/")
    page.get_by_label("User name").fill("nora")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Studies")).to_be_visible()
    return page


def test_from_the_first_sign_in_to_the_first_statement(page):
    expect(page.get_by_role("link", name="nora’s study", exact=True)).to_be_visible()
    page.get_by_role("link", name="New study").click()
    page.get_by_label("Name", exact=True).fill("The flood")
    page.get_by_role("button", name="Create study").click()
    expect(page.get_by_role("heading", name="The flood")).to_be_visible()

    page.get_by_role("link", name="Add articles").first.click()
    page.evaluate("words => navigator.clipboard.writeText(words)", WORDS)
    page.get_by_label("Text", exact=True).press("ControlOrMeta+v")
    expect(page.get_by_label("Title")).to_have_value("Gates stood open, miller says")
    expect(page.get_by_label("Outlet").first).to_have_value("The Yarle Valley Courier")
    expect(page.get_by_label("Author")).to_have_value("Tomas Reed")
    expect(page.get_by_label("Published")).to_have_value("2018-03-14")
    page.get_by_role("button", name="Add the article").click()
    expect(page).to_have_title("Gates stood open, miller says · AtOdds")

    desk = Desk(page).ready()
    card = desk.statement("“They opened the gates at noon,”")
    page.reload()
    expect(desk.card("“They opened the gates at noon,”")).to_be_visible()
    statement = Statement.objects.get()
    assert WORDS[statement.start : statement.end] == "“They opened the gates at noon,”"
    assert Article.objects.get().text == WORDS
    expect(card).to_have_attribute("data-version", str(statement.version))

    page.get_by_text("nora", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Password")).to_be_visible()


def test_hostile_files_become_words(page):
    page.get_by_role("link", name="nora’s study", exact=True).click()
    page.get_by_role("link", name="Add articles").first.click()
    page.get_by_label("Files", exact=True).set_input_files(
        [
            {"name": "plain.txt", "mimeType": "text/plain", "buffer": PLAIN.encode()},
            {"name": "page.html", "mimeType": "text/html", "buffer": PAGE.encode()},
            {"name": NAME, "mimeType": "text/plain", "buffer": b"\xff\xfe\x00"},
            {"name": "river.txt", "mimeType": "text/plain", "buffer": "The river 🌊 rose.\r\n".encode()},
        ]
    )
    page.get_by_role("button", name="Add the files").click()
    upload = page.get_by_role("status").filter(has_text="of 4 files added")
    expect(upload).to_contain_text("3 of 4 files added")
    expect(upload.locator(".refused")).to_contain_text(NAME)
    is_clean(page)

    upload.get_by_role("link", name="Gates <img").click()
    lines = page.locator("#text p[data-start]")
    expect(lines.first).to_have_text(f"Gates {IMAGE}")
    assert "\n".join(lines.evaluate_all("all => all.map((line) => line.textContent)")) == PLAIN
    is_clean(page)

    page.goto(Article.objects.get(title__startswith="Shut").get_absolute_url())
    expect(page.locator("#text")).to_contain_text("Signs <script>stay</script> words.")
    expect(page).to_have_title("Shut <u> gates · AtOdds")
    is_clean(page)
    assert Article.objects.get(title__contains="river").text == "The river 🌊 rose.\r\n"


def is_clean(page):
    """Nothing of the files is markup, and nothing of them has run."""
    main = page.locator("main")
    for part in ("script", "img", "[onerror]", "[onclick]", "[style*=position]", "[hx-get*='sign-out']", "u"):
        expect(main.locator(part)).to_have_count(0)
    assert page.evaluate("window.broken") is None
