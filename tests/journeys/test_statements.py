"""Mark what is said in an article and code it, as an analyst does with the mouse."""

from playwright.sync_api import expect

from annotations.statements.models import Statement
from tests.factories.speakers import make_speaker
from tests.factories.statements import make_statement
from tests.factories.workload import make_set
from tests.journeys.conftest import VALLEY
from tests.journeys.desk import Desk
from tests.journeys.selecting import click_at, drag

DIRECT = "“They opened the gates at noon,”"
NESTED = "Abel “heard his own clerk say so”"


def stored(quotation):
    """Return the statement as it is stored, after checking that every span is the words it says."""
    statement = Statement.objects.with_details().get(quotation=quotation)
    for item in statement.span_list:
        assert VALLEY[item.span.start : item.span.end] == item.span.text
    return statement


def words(statement, role="content"):
    return [item.span.text for item in statement.span_list if item.role == role]


def test_a_direct_quotation_with_its_source_and_cue(desk):
    card = desk.statement(DIRECT)
    desk.add("Source", "the miller Jon Abel")
    desk.add("Cue", "told")
    desk.introduce("Speaker", "Jon Abel", Type="Person", Role="miller")
    desk.choose("Source type", "eyewitness")
    expect(card.get_by_role("radio", name="direct", exact=True)).to_be_checked()
    statement = stored(DIRECT)
    assert (words(statement, "source"), words(statement, "cue")) == (["the miller Jon Abel"], ["told"])
    assert (statement.speaker.name, statement.speaker.role) == ("Jon Abel", "miller")
    coded = dict(statement.codes.values_list("variable__slug", "label__slug"))
    assert coded == {"quote_type": "direct", "source_type": "eyewitness"}


def test_an_indirect_statement_and_one_nested_in_it(desk):
    desk.statement("that no gate was opened", "say so”")
    nested = desk.statement(NESTED)
    expect(nested.get_by_role("radio", name="mixed", exact=True)).to_be_checked()
    assert stored(NESTED).parent == stored(f"that no gate was opened before two and that {NESTED}")
    click_at(desk.page, "clerk")
    expect(desk.card("that no gate was opened before two")).to_have_class("card open")
    click_at(desk.page, "clerk")
    expect(desk.opened.locator(".quote")).to_have_text(NESTED)


def test_a_quotation_that_runs_on_over_an_advertisement(desk):
    card = desk.statement("“Nobody warned us", "until four,”")
    expect(card.locator(".quote")).not_to_contain_text("Advertisement")
    statement = Statement.objects.get()
    assert words(statement) == ["“Nobody warned us, and nobody came.", "“We stood on the roof until four,”"]
    desk.add("Segment", "he added")
    assert words(Statement.objects.get())[2:] == ["he added"]


def test_attribution_through_a_chain(desk):
    card = desk.statement("Venn counted at least 31 drowned sheep")
    desk.introduce("Speaker", "Ida Venn", Role="keeper")
    desk.introduce("Add relay", "Menopress", Type="Media")
    with desk.saving(card):
        card.get_by_role("button", name="Ida Venn ← Yarle Valley Courier").click()
    with desk.saving(card):
        card.get_by_role("checkbox", name="Menopress is uncertain").check(force=True)
    expect(card.locator(".card-head .chain")).to_contain_text("Menopress")
    links = Statement.objects.get().chain.order_by("order")
    assert list(links.values_list("speaker__name", "role", "uncertain")) == [
        ("Ida Venn", "original", False),
        ("Menopress", "relay", True),
        ("Yarle Valley Courier", "publisher", False),
    ]


def test_stances_on_two_claims_stay_after_a_reload(desk):
    card = desk.statement("Venn counted at least 31 drowned sheep")
    desk.word_claim("The keeper counts the sheep herself.", "support")
    row = desk.word_claim("Number of drowned sheep", "support", Kind="quantity", Measure="sheep")
    with desk.saving(card):
        row.get_by_label("Compared").select_option(">=")
        row.get_by_label("Number").fill("31")
        row.get_by_label("As written").fill("at least 31")
        row.get_by_label("As written").blur()
    desk.page.goto(desk.page.url.split("?")[0])
    expect(card).to_contain_text("Number of drowned sheep: at least 31")
    card.get_by_role("link", name="No speaker yet").click()
    expect(desk.claim("The keeper counts").get_by_role("radio", name="support")).to_be_checked()
    expect(desk.claim("Number of").get_by_label("Number")).to_have_value("31")
    taken = Statement.objects.get().stances.order_by("claim__text").values_list("stance", "value")
    (first, value), (second, nothing) = taken
    assert (first, second, nothing) == ("support", "support", None)
    assert (value["op"], value["number"], value["as_written"]) == (">=", 31, "at least 31")


def test_a_deletion_is_undone(desk):
    card = desk.statement(DIRECT)
    desk.choose("Source type", "eyewitness")
    card.get_by_role("button", name="Delete").click()
    expect(desk.cards).to_have_count(0)
    expect(desk.page.get_by_text("No statements yet.")).to_be_visible()
    assert not Statement.objects.present().exists()
    desk.page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(card.get_by_label("Source type", exact=True)).to_have_value("eyewitness")
    assert Statement.objects.present().exists()


def test_split_and_join(desk):
    card = desk.statement("that no gate was opened", "say so”")
    drag(desk.page, "that Abel")
    card.get_by_role("button", name="Split").click()
    expect(desk.cards).to_have_count(2)
    quotations = Statement.objects.present().in_text_order().values_list("quotation", flat=True)
    assert list(quotations) == ["that no gate was opened before two and", f"that {NESTED}"]
    card.get_by_role("button", name="Join").click()
    desk.card("that Abel").locator(".quote").click()
    expect(desk.cards).to_have_count(1)
    expect(card.locator(".quote")).to_contain_text("say so”")
    assert Statement.objects.present().count() == 1


def test_furniture_is_toggled_but_not_under_a_statement(desk, watch):
    watch.allow(409)
    desk.page.get_by_role("button", name="Not furniture").last.click()
    line = desk.text.locator("p", has_text="Advertisement")
    expect(line).not_to_have_class("furniture")
    desk.statement("Advertisement")
    click_at(desk.page, "Advertisement")
    desk.page.keyboard.press("f")
    refusal = desk.page.get_by_role("alert")
    expect(refusal).to_contain_text("That line is part of 1 statement")
    refusal.get_by_role("link", name="Advertisement").click()
    expect(desk.opened.locator(".quote")).to_have_text("Advertisement")
    expect(line).not_to_have_class("furniture")
    assert "Advertisement" not in [
        VALLEY[each["start"] : each["end"]]
        for each in Statement.objects.get().annotation_set.article.furniture
    ]


def test_a_span_is_stretched_and_moved(desk):
    card = desk.statement("the lower mill")
    card.get_by_role("button", name="Edit spans").click()
    dock = desk.page.get_by_role("region", name="Spans of the open statement")
    with desk.saving(card):
        dock.get_by_role("button", name="Start one word earlier").click()
    assert words(Statement.objects.get()) == ["took the lower mill"]
    drag(desk.page, DIRECT)
    with desk.saving(card):
        dock.get_by_role("button", name="Move to the selected words").click()
    assert words(stored(DIRECT)) == [DIRECT]


def test_overlapping_statements_are_both_reached(desk):
    desk.statement(DIRECT)
    desk.statement("the gates at noon,” the miller")
    click_at(desk.page, "gates at")
    expect(desk.opened.locator(".quote")).to_have_text(DIRECT)
    click_at(desk.page, "gates at")
    expect(desk.opened.locator(".quote")).to_have_text("the gates at noon,” the miller")


def test_a_known_speaker_is_found_by_the_first_letters(desk, study):
    make_speaker(study, "Ida Venn")
    card = desk.statement(DIRECT)
    desk.set_speaker("Ida")
    expect(card.get_by_role("link", name="Ida Venn")).to_be_visible()


def test_a_viewer_reads_everything_and_changes_nothing(browse, vic, valley):
    statement = make_statement(make_set(valley), words=DIRECT)
    viewing = Desk(browse(vic)).open(valley, statement)
    expect(viewing.opened.locator(".quote")).to_have_text(DIRECT)
    expect(viewing.opened.get_by_role("button", name="Delete")).to_have_count(0)
    expect(viewing.opened.locator("form")).to_have_count(0)
    drag(viewing.page, "the lower mill")
    viewing.page.keyboard.press("n")
    expect(viewing.bar).to_be_hidden()
    assert Statement.objects.count() == 1
