"""Selecting words in a real browser: the span that is stored is the span that was selected."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from annotations.statements.models import Statement
from tests.factories.corpus import make_article
from tests.factories.statements import make_statement
from tests.factories.workload import make_set
from tests.journeys.conftest import PHONE
from tests.journeys.selecting import click_at, drag, pull_handles, spot

CASES = json.loads((Path(__file__).parent.parent / "vectors" / "spans.json").read_text())["cases"]

TEXT = """Flood 🌊 report
The miller 👨‍👩‍👧‍👦 said “no gate was opened 🦀 before two”, twice.
Cafe\u0301 owner Ru\u0308ti called it a de\u0301ba\u0302cle.\r
قال الوزير إن «البوابة لم تُفتح 🌊 قبل الفجر» أمس.
old Mac\rline with 🌊 and words.
Advertisement
“It runs on here. And ends.”
"""

PLACES = """
async (cases) => {
  const { TextMap } = await import("/static/annotations/offsets.js");
  const failed = [];
  for (const { name, text, start, end, words, from, to } of cases) {
    const root = document.createElement("div");
    root.dataset.length = [...text].length;
    let point = 0;
    for (const line of text.split("\\n")) {
      const paragraph = document.createElement("p");
      paragraph.dataset.start = point;
      paragraph.textContent = line;
      root.append(paragraph);
      point += [...line].length + 1;
    }
    document.body.append(root);
    const map = new TextMap(root);
    const place = (at) => [root.children[at.line].firstChild ?? root.children[at.line], at.units];
    const same = (got, wanted) => got[0] === wanted[0] && got[1] === wanted[1];
    if (!same(map.domOf(start), place(from))) failed.push(`${name}: start to DOM`);
    if (!same(map.domOf(end), place(to))) failed.push(`${name}: end to DOM`);
    if (map.pointOf(...place(from)) !== start) failed.push(`${name}: start from DOM`);
    if (map.pointOf(...place(to)) !== end) failed.push(`${name}: end from DOM`);
    if (map.slice(start, end) !== words) failed.push(`${name}: words`);
    if (map.slice(0, map.length) !== text) failed.push(`${name}: whole text`);
    const tidy = map.tidy(start, end);
    if (tidy.start !== start || tidy.end !== end) failed.push(`${name}: tidy`);
    for (let at = 0; at <= map.length; at += 1) {
      if (map.pointOf(...map.domOf(at)) !== at) failed.push(`${name}: ${at} and back`);
    }
    if (map.pointOf(root, 0) !== 0) failed.push(`${name}: before the first line`);
    if (map.pointOf(root, root.childNodes.length) !== map.length) failed.push(`${name}: after the last line`);
    if (map.pointOf(document.documentElement, 0) !== 0) failed.push(`${name}: before the text`);
    root.remove();
  }
  return failed;
}
"""

PURE = """
async () => {
  const { astralsOf, pointsOf, unitsOf } = await import("/static/annotations/offsets.js");
  const { stretches } = await import("/static/annotations/marks.js");
  const string = "a🌊b🦀";
  const table = astralsOf(string);
  return {
    table,
    points: [0, 1, 2, 3, 4, 5, 6].map((units) => pointsOf(table, units)),
    units: [0, 1, 2, 3, 4].map((points) => unitsOf(table, points)),
    twice: stretches([[0, 1], [4, 1], [6, -1], [9, -1], [9, 1], [12, -1]], 2),
  };
}
"""


@pytest.fixture
def article(study):
    return make_article(study, TEXT, language="en")


def stored(words):
    """The statement whose content is these words, and nothing else of the text."""
    made = Statement.objects.present().get(quotation=words)
    assert TEXT[made.start : made.end] == words
    return made


def opened(page):
    card = page.locator("#statements > .card.open")
    expect(card).to_have_count(1)
    return card


def spans(statement):
    statement.refresh_from_db()
    return [(span["role"], span["text"]) for span in statement.spans]


def test_vectors_hold_in_the_browser(browse, ana, article):
    page = browse(ana)
    page.goto(article.get_absolute_url())
    assert page.evaluate(PLACES, CASES) == []
    found = page.evaluate(PURE)
    assert found["table"] == [1, 4]
    assert found["points"] == [0, 1, 1, 2, 3, 3, 4]
    assert found["units"] == [0, 1, 3, 4, 6]
    assert found["twice"] == [[4, 6]]


def test_the_page_holds_the_text_exactly(browse, ana, article):
    page = browse(ana)
    page.goto(article.get_absolute_url())
    lines = page.locator("#text p[data-start]").evaluate_all("all => all.map((line) => line.textContent)")
    assert "\n".join(lines) == TEXT


@pytest.mark.parametrize(
    "words",
    [
        "“no gate was opened 🦀 before two”",
        "twice",
        "de\u0301ba\u0302cle",
        "Ru\u0308ti called it a",
        "🌊",
        "with 🌊 and",
    ],
)
def test_by_mouse(browse, ana, article, words):
    page = browse(ana)
    page.goto(article.get_absolute_url())
    drag(page, words)
    expect(page.get_by_role("toolbar", name="What the selected words are")).to_be_visible()
    page.get_by_role("button", name="Statement N").click()
    expect(opened(page)).to_contain_text(words.replace("\r", ""))
    stored(words)


def test_by_mouse_over_lines_a_crlf_and_furniture(browse, ana, article):
    page = browse(ana)
    page.goto(article.get_absolute_url())
    drag(page, "Ru\u0308ti", until="قال الوزير")
    page.keyboard.press("n")
    opened(page)
    assert "cle.\r\nقال" in Statement.objects.get().quotation
    page.keyboard.press("Escape")
    drag(page, "and words.", until="“It runs on")
    page.keyboard.press("n")
    expect(page.locator("#statements > .card")).to_have_count(2)
    assert spans(Statement.objects.latest("pk"))[:2] == [
        ("content", "and words."),
        ("content", "“It runs on"),
    ]


def test_spaces_at_the_ends_are_left_out(browse, ana, article):
    page = browse(ana)
    page.goto(article.get_absolute_url())
    drag(page, " no gate was ".strip() + " ")
    page.keyboard.press("n")
    opened(page)
    stored("no gate was")


def test_by_keyboard(browse, ana, article):
    page = browse(ana)
    page.goto(article.get_absolute_url())
    page.keyboard.press("g")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.press("4")  # by quotation
    expect(page.locator("#announce")).to_contain_text("By quotation. “no gate was opened 🦀 before two”")
    page.keyboard.press("n")
    opened(page)
    made = stored("“no gate was opened 🦀 before two”")

    page.keyboard.press("2")  # by word, from here
    page.keyboard.press("Home")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#announce")).to_have_text("The miller")
    page.keyboard.press("s")
    expect(opened(page)).to_have_attribute("data-version", "2")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#announce")).to_have_text("said")
    page.keyboard.press("u")
    expect(opened(page)).to_have_attribute("data-version", "3")
    quoted = "“no gate was opened 🦀 before two”"
    assert spans(made) == [("content", quoted), ("quoted", quoted), ("source", "The miller"), ("cue", "said")]

    page.keyboard.press("3")  # by sentence
    page.keyboard.press("End")
    expect(page.locator("#announce")).to_have_text("And ends.”")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("a")
    expect(opened(page)).to_have_attribute("data-version", "4")
    assert ("content", "“It runs on here. And ends.”") in spans(made)


def test_arrows_follow_the_direction_of_the_text(browse, ana, study):
    page = browse(ana)
    page.goto(make_article(study, "قال الوزير إن البوابة", language="ar").get_absolute_url())
    page.keyboard.press("g")
    page.keyboard.press("2")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#announce")).to_have_text("الوزير")
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("#announce")).to_have_text("الوزير إن")
    page.keyboard.press("n")
    opened(page)
    assert Statement.objects.get().quotation == "الوزير إن"


def test_by_mouse_in_a_text_from_right_to_left(browse, ana, study):
    text = "قال الوزير 🌊 إن «البوابة لم تُفتح» أمس."
    page = browse(ana)
    page.goto(make_article(study, text, language="ar").get_absolute_url())
    drag(page, "إن «البوابة لم تُفتح»")
    page.keyboard.press("n")
    opened(page)
    made = Statement.objects.get()
    assert text[made.start : made.end] == made.quotation == "إن «البوابة لم تُفتح»"


def test_by_touch(browse, ana, article):
    page = browse(ana, has_touch=True, is_mobile=True)
    page.set_viewport_size(PHONE)
    page.goto(article.get_absolute_url())
    pull_handles(page, "called it a")
    bar = page.get_by_role("toolbar", name="What the selected words are")
    expect(bar).to_be_visible()
    bar.get_by_role("button", name="Statement").tap()
    expect(opened(page)).to_be_visible()
    stored("called it a")


def test_statements_at_one_place_are_all_reached(browse, ana, article):
    into = make_set(article)
    made = [make_statement(into, ana, words) for words in (
        "The miller 👨‍👩‍👧‍👦 said “no gate was opened 🦀 before two”, twice.",
        "“no gate was opened 🦀 before two”",
        "gate was opened",
    )]  # fmt: skip
    page = browse(ana)
    page.goto(article.get_absolute_url())
    for nth in (2, 1, 0, 2):  # the smallest first, then round
        click_at(page, "opened 🦀")
        expect(opened(page)).to_have_id(f"s-{made[nth].uid}")
    painted = "(name) => [...(CSS.highlights.get(name) ?? [])].map(String).length"
    assert page.evaluate(painted, "mark-none") == 3
    assert page.evaluate(painted, "mark-deep") == 1
    assert page.evaluate(painted, "mark-deeper") == 1
    assert page.evaluate(painted, "mark-open") == 1
    page.keyboard.press("Escape")
    expect(page.locator(".card.open")).to_have_count(0)
    assert page.evaluate(painted, "mark-open") == 0


def test_spans_are_pushed_moved_and_removed(browse, ana, article):
    made = make_statement(make_set(article), ana, "gate was opened")
    page = browse(ana)
    page.goto(f"{article.get_absolute_url()}?statement={made.uid}")
    card = opened(page)
    card.get_by_role("button", name="Edit spans").click()
    dock = page.get_by_role("region", name="Spans of the open statement")
    expect(dock.get_by_role("button", name="content gate was opened")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("ArrowRight")  # saved together, when the keys rest
    expect(card).to_have_attribute("data-version", "2")
    assert spans(made) == [("content", "gate was opened 🦀 before two")]
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Shift+Alt+ArrowLeft")
    expect(card).to_have_attribute("data-version", "3")
    assert spans(made) == [("content", "“no gate was opened 🦀 before two")]
    dock.get_by_role("button", name="End one word earlier").click()
    expect(card).to_have_attribute("data-version", "4")
    drag(page, "The miller 👨‍👩‍👧‍👦")
    page.keyboard.press("s")
    expect(card).to_have_attribute("data-version", "5")
    dock.get_by_role("button", name="source").click()
    drag(page, "Ru\u0308ti")
    dock.get_by_role("button", name="Move to the selected words").click()
    expect(card).to_have_attribute("data-version", "6")
    assert spans(made) == [("content", "“no gate was opened 🦀 before"), ("source", "Ru\u0308ti")]
    dock.get_by_role("button", name="Remove").click()
    expect(card).to_have_attribute("data-version", "7")
    assert spans(made) == [("content", "“no gate was opened 🦀 before")]


def test_delete_undo_split_join(browse, ana, article):
    made = make_statement(make_set(article), ana, "“no gate was opened 🦀 before two”")
    page = browse(ana)
    page.goto(article.get_absolute_url())
    cards = page.locator("#statements > .card")
    page.keyboard.press("j")
    expect(cards.first).to_be_focused()
    page.keyboard.press("Delete")
    expect(cards).to_have_count(0)
    expect(page.get_by_text("No statements yet.")).to_be_visible()
    page.keyboard.press("z")
    expect(cards).to_have_count(1)
    expect(page.locator("#toast form")).to_have_count(0)

    drag(page, "opened 🦀")
    page.keyboard.press("x")
    expect(cards).to_have_count(2)
    assert spans(made) == [("content", "“no gate was")]
    page.keyboard.press("Shift+J")
    expect(cards).to_have_count(1)
    assert spans(made) == [("content", "“no gate was opened 🦀 before two”")]
    expect(page.locator("h2 [data-count]")).to_have_text("1")


def test_what_is_missing_is_said(browse, ana, article):
    page = browse(ana)
    page.goto(article.get_absolute_url())
    hint = page.locator("#hint")
    for key, says in (
        ("n", "Select words in the text first."),
        ("s", "Open a statement first"),
        ("e", "Open a statement first."),
        ("x", "Choose a statement first."),
        ("m", "Choose a statement first."),
    ):
        page.keyboard.press(key)
        expect(hint).to_contain_text(says)
    drag(page, "twice")
    page.keyboard.press("n")
    opened(page)
    expect(hint).to_be_empty()


def test_a_chosen_statement_is_joined(browse, ana, article):
    into = make_set(article)
    first, middle, last = (
        make_statement(into, ana, words) for words in ("Flood", "twice", "It runs on here.")
    )
    page = browse(ana)
    page.goto(f"{article.get_absolute_url()}?statement={first.uid}")
    opened(page)
    opened(page).get_by_role("button", name="Join").click()
    expect(page.locator("#hint")).to_contain_text("Click the statement to join it with")
    page.locator(f"#s-{last.uid} .who").click()
    expect(page.locator("#statements > .card")).to_have_count(2)
    assert spans(first) == [("content", "Flood"), ("content", "It runs on here.")]
    assert spans(middle) == [("content", "twice")]


def test_furniture_and_done_leave_the_text_in_hand(browse, ana, article, watch):
    made = make_statement(make_set(article), ana, "and words.")
    page = browse(ana)
    page.goto(article.get_absolute_url())
    page.get_by_role("button", name="Not furniture").click()
    expect(page.locator("#text .furniture")).to_have_count(0)
    drag(page, "Advertisement")
    page.keyboard.press("f")
    expect(page.locator("#text .furniture")).to_have_count(1)
    watch.allow(409)
    drag(page, "old Mac")
    page.keyboard.press("f")
    expect(page.get_by_role("alert")).to_contain_text("part of 1 statement; change those first")
    expect(page.get_by_role("alert").get_by_role("link", name="and words.")).to_be_visible()

    page.keyboard.press("Escape")
    page.keyboard.press("d")
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    drag(page, "twice")
    page.keyboard.press("n")
    expect(page.locator("#mark-bar")).to_have_count(0)
    page.keyboard.press("d")
    expect(page.get_by_role("button", name="Mark as done")).to_be_visible()
    drag(page, "with 🌊")
    page.keyboard.press("n")
    opened(page)
    stored("with 🌊")
    assert Statement.objects.exclude(pk=made.pk).count() == 1


def test_keys_are_listed_and_rest_while_something_is_typed(browse, ana, article):
    made = make_statement(make_set(article), ana, "twice")
    page = browse(ana)
    page.goto(f"{article.get_absolute_url()}?statement={made.uid}")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("New statement from the selected words")
    page.keyboard.press("d")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    field = opened(page).locator("input[type=text]").first
    field.focus()
    page.keyboard.type("dn?jx")
    expect(field).to_have_value("dn?jx")
    expect(page.get_by_role("button", name="Mark as done")).to_be_visible()


def test_one_write_waits_for_the_other(browse, ana, article):
    """Keys pressed in one breath: each change carries the version that the one before it left."""
    made = make_statement(make_set(article), ana, "twice")
    page = browse(ana)
    page.goto(f"{article.get_absolute_url()}?statement={made.uid}")
    opened(page)
    for words, key in (("The miller", "s"), ("said", "u"), ("opened", "t")):
        pull_handles(page, words)
        page.wait_for_function(
            "words => document.getElementById('mark-form').elements.text.value === words", arg=words
        )
        page.keyboard.press(key)
    expect(opened(page)).to_have_attribute("data-version", "4")
    assert [role for role, _ in spans(made)] == ["content", "source", "cue", "target"]


def test_a_drag_that_slips_into_the_statements_ends_in_its_line(desk):
    start, line = spot(desk.page, "They opened"), spot(desk.page, "the miller")
    side = desk.page.get_by_role("complementary", name="Statements").bounding_box()
    desk.page.mouse.move(**start)
    desk.page.mouse.down()
    desk.page.mouse.move(side["x"] + 60, line["y"], steps=8)
    desk.page.mouse.up()
    expect(desk.bar).to_be_visible()
    selected = desk.page.evaluate("window.getSelection().toString()")
    assert selected.startswith("They opened")
    assert selected in "They opened the gates at noon,” the miller Jon Abel told reporters."


def test_the_bar_makes_way_for_the_next_drag(desk):
    drag(desk.page, "opened the gates")
    expect(desk.bar).to_be_visible()
    desk.page.mouse.move(**spot(desk.page, "miller Jon"))
    desk.page.mouse.down()
    expect(desk.bar).to_be_hidden()
    desk.page.mouse.up()
