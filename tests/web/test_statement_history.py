"""The past of a statement: each change with before and after in words, and the way back to a version."""

import html
import re

import pytest

from annotations.claims.stances import Stance
from annotations.coding.actions import take_stance
from annotations.statements.actions import revise_statement
from annotations.statements.changes import Link, StatementChanges
from annotations.statements.models import Statement
from tests.factories.corpus import TEXT, make_article
from tests.factories.speakers import make_outlet, make_speaker
from tests.factories.statements import QUOTATION as DIRECT
from tests.factories.statements import make_statement, spans_of
from tests.factories.workload import make_own_set, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(statement):
    """Change the statement as a user: `change(ana, note="x")`."""

    def change(by, **fields):
        row = Statement.objects.get(pk=statement.pk)
        changes = StatementChanges(**fields)
        revise_statement(statement=row, expected=row.version, changes=changes, by=by)

    return change


def past(client, statement):
    slug = statement.annotation_set.article.study.slug
    response = client.get(f"/studies/{slug}/statements/{statement.uid}/history/")
    assert response.status_code == 200
    return response.content.decode()


def rows(page):
    """The cells of the page's tables."""
    cells = [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
        for row in re.findall(r"<tr>(.*?)</tr>", page, re.S)
    ]
    plain = [
        tuple(" ".join(html.unescape(re.sub(r"<[^>]*>", " ", cell)).split()) for cell in row) for row in cells
    ]
    return [row for row in plain if row != ("Field", "Before", "After")]


def go_back(client, statement, page, n):
    """Press the n-th button “Go back to this”, counted from the top."""
    step = re.findall(r'name="step"\s+value="([^"]+)"', page)[n]
    slug = statement.annotation_set.article.study.slug
    address = f"/studies/{slug}/statements/{statement.uid}/history/"
    return client.post(f"{address}restore/", {"step": step})


def test_each_change_is_told_in_words(client_of, ana, ben, study, statement, claim, change):  # noqa: PLR0917
    keeper = make_speaker(study, "Ida Venn")
    change(ana, codes={"quote_type": "direct"}, note="see below")
    change(
        ben,
        speaker=keeper,
        chain=[
            Link(speaker=keeper, role="original"),
            Link(speaker=make_outlet(study), role="relay", uncertain=True),
        ],
    )
    change(
        ana,
        spans=spans_of(TEXT, content="They opened the gates", source="the miller Jon Abel"),
        flags=["denial"],
    )
    stance = Stance(claim=claim, stance="oppose", commitment="certain", explicit=False)
    take_stance(statement=statement, expected=4, stance=stance, by=ana)
    page = past(client_of(ana), statement)
    assert rows(page) == [
        ("Stance on “The gates were opened at noon.”", "", "oppose, certain, implied"),
        ("Flags", "", "denial"),
        ("Spans", f"content: {DIRECT}", "content: They opened the gates; source: the miller Jon Abel"),
        ("Chain", "", "Ida Venn ← Yarle Valley Courier?"),
        ("Speaker", "Jon Abel", "Ida Venn"),
        ("Note", "", "see below"),
        ("Quote type", "", "direct"),
    ]
    assert page.index("ben") < page.index("see below")


def test_a_version_is_brought_back_and_that_undone(client_of, ana, ben, statement, change):
    change(ana, note="first", codes={"source_type": "expert"})
    change(ben, note="second", codes={"source_type": "party"})
    change(ben, note="third")
    client = client_of(ana)
    go_back(client, statement, past(client, statement), 1)
    row = Statement.objects.get(pk=statement.pk)
    assert (row.note, row.codes.get(variable__slug="source_type").label.slug) == ("first", "expert")
    assert "Undo takes that back" in past(client, statement)
    client.post("/studies/gates/undo/")
    row.refresh_from_db()
    assert (row.note, row.codes.get(variable__slug="source_type").label.slug) == ("third", "party")


def test_a_version_that_stands_already(client_of, ana, statement, change):
    for words in ("one", "two", "one"):
        change(ana, note=words)
    client = client_of(ana)
    go_back(client, statement, past(client, statement), 1)
    assert "It stands like that already" in past(client, statement)
    assert Statement.objects.get(pk=statement.pk).version == 4


def test_what_is_no_version_is_refused(client_of, ana, statement, change):
    change(ana, note="one")
    address = f"/studies/gates/statements/{statement.uid}/history/restore/"
    client = client_of(ana)
    assert client.post(address, {"step": "x"}).status_code == 422
    assert client.post(address, {"step": "00000000-0000-4000-8000-000000000000"}).status_code == 404


def test_a_closed_set_and_a_viewer_have_no_way_back(client_of, ana, vic, statement, change):
    change(ana, note="one")
    change(ana, note="two")
    assert "Go back to this" not in past(client_of(vic), statement)
    statement.annotation_set.__class__.objects.update(**submitted())
    assert "Go back to this" not in past(client_of(ana), statement)


def test_an_imported_statement_has_no_past(client_of, ana, statement):
    assert "it came with an import" in past(client_of(ana), statement)


def test_coders_of_an_independent_study_go_by_pseudonym(client_of, ana, mira, independent_study):
    made = make_statement(make_own_set(make_article(independent_study), ana), ana)
    revise_statement(statement=made, expected=1, changes=StatementChanges(note="x"), by=ana)
    page = past(client_of(mira), made)
    assert made.created_by.pseudonym in page
    assert "<bdi>ana</bdi>" not in page


def test_its_length_costs_no_queries(client_of, ana, statement, change, django_assert_max_num_queries):
    client = client_of(ana)
    for n in range(12):
        change(ana, note=f"{n}")
    with django_assert_max_num_queries(12):
        past(client, statement)
