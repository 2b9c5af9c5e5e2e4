"""What an analyst downloads is what a program gets: byte for byte, and the statement just made is in it."""

import csv
import io
import json
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import VALLEY

DIRECT = "“They opened the gates at noon,”"


@pytest.fixture
def asked(live_server):
    """Ask over HTTP as a program does: `asked(key, path)` answers with the bytes."""

    def asked(key, path):
        server = HTTPConnection(urlsplit(live_server.url).netloc, timeout=30)
        with closing(server):
            server.request("GET", path, headers={"Authorization": f"Token {key}"})
            answer = server.getresponse()
            assert answer.status == 200
            return answer.read()

    return asked


def new_key(page):
    """Make a token for reading on its page; return the key, which is shown once."""
    page.goto("/tokens/")
    page.get_by_label("Name").fill("notebook")
    page.get_by_role("button", name="Make token").click()
    expect(page.get_by_text("It is shown only now")).to_be_visible()
    return page.locator("#key").inner_text()


@pytest.fixture
def download(desk, study):
    """Download a file by its title, as an analyst does: its name and its bytes."""

    def download(title):
        desk.page.goto(f"/studies/{study.slug}/")
        desk.page.get_by_role("link", name="Export").click()
        desk.page.get_by_role("radio", name=title).check()
        with desk.page.expect_download() as started:
            desk.page.get_by_role("button", name="Download").click()
        return started.value.suggested_filename, Path(started.value.path()).read_bytes()

    return download


def test_the_download_is_what_a_program_gets(desk, study, asked, download):
    desk.statement(DIRECT)
    desk.add("Source", "the miller Jon Abel")
    desk.introduce("Speaker", "Jon Abel", Role="miller")
    desk.word_claim("The gates were opened at noon.", "support")
    key = new_key(desk.page)
    api = f"/api/v1/studies/{study.slug}/export/"

    name, jsonl = download("Everything, as JSONL")
    assert name.endswith(".jsonl")
    assert jsonl == asked(key, f"{api}?format=jsonl")
    records = [json.loads(line) for line in jsonl.splitlines()]
    (statement,) = [record for record in records if record["type"] == "statement"]
    for span in statement["spans"]:
        assert VALLEY[span["start"] : span["end"]] == span["text"]
    assert [span["text"] for span in statement["spans"] if span["role"] == "source"] == [
        "the miller Jon Abel"
    ]

    name, table = download("Statements, as CSV")
    assert name.endswith(".csv")
    assert table == asked(key, f"{api}?format=csv&table=statements")
    (row,) = csv.DictReader(io.StringIO(table.decode("utf-8-sig")))
    assert VALLEY[int(row["start"]) : int(row["end"])] == row["quotation"] == DIRECT
    assert (row["speaker_name"], row["stance"]) == ("Jon Abel", "support")


def test_what_a_list_shows_can_be_taken_along(desk, study):
    for words in (DIRECT, "“Nobody warned us"):
        desk.statement(words)
        desk.introduce("Speaker", "Jon Abel" if words == DIRECT else "Orla Venn", Type="Person")
    page = desk.page
    page.goto(f"/studies/{study.slug}/speakers/?type=person&sort=-name")
    shown = page.locator("#speakers tbody th a")
    expect(shown).to_have_text(["Orla Venn", "Jon Abel"])
    assert taken(page, "CSV")[1] == ["Orla Venn", "Jon Abel"]
    page.get_by_label("Search names and aliases").fill("abel")
    expect(shown).to_have_text(["Jon Abel"])
    assert taken(page, "CSV") == (f"{study.slug}-speakers-q-abel-type-person.csv", ["Jon Abel"])
    page.get_by_label("Search names and aliases").fill("nobody")
    expect(page.get_by_text("No speaker of this study matches.")).to_be_visible()
    expect(page.get_by_role("link", name="CSV")).to_have_count(0)


def taken(page, name):
    """Download a list: the file's name, and the names of speakers in it."""
    with page.expect_download() as started:
        page.get_by_role("link", name=name).click()
    rows = csv.DictReader(io.StringIO(Path(started.value.path()).read_text(encoding="utf-8"), newline=""))
    return started.value.suggested_filename, [row["name"] for row in rows]
