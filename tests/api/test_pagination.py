"""Pages: keyset cursors that hold still while rows come and go, and that nobody can read or forge."""

import base64

import pytest

from annotations.cursors import BadCursor, seal, unseal
from tests.api.conftest import program_of
from tests.factories.corpus import make_article
from tests.factories.speakers import make_speaker
from tests.factories.statements import make_statement, spans_of
from tests.factories.workload import make_set

SPEAKERS = "/studies/gates/speakers/"


def names(page):
    return [record["name"] for record in page["results"]]


@pytest.fixture
def crowd(study):
    return [make_speaker(study, f"Speaker {n}") for n in range(7)]


def test_pages_there_and_back(ana, crowd):
    program = program_of(ana)
    first = program.get(f"{SPEAKERS}?page_size=3").json()
    second = program.get(first["next"].removeprefix("http://testserver")).json()
    third = program.get(second["next"].removeprefix("http://testserver")).json()
    assert [len(page["results"]) for page in (first, second, third)] == [3, 3, 1]
    assert names(first) + names(second) + names(third) == [speaker.name for speaker in crowd]
    assert first["previous"] is None
    assert third["next"] is None
    back = program.get(third["previous"].removeprefix("http://testserver")).json()
    assert back["results"] == second["results"]
    start = program.get(back["previous"].removeprefix("http://testserver")).json()
    assert start["results"] == first["results"]
    assert start["previous"] is None


def test_links_keep_the_filters(ana, crowd):
    first = program_of(ana).get(f"{SPEAKERS}?page_size=2&q=Speaker").json()
    assert first["next"].startswith(f"http://testserver/api/v1{SPEAKERS}?")
    assert "page_size=2" in first["next"]
    assert "q=Speaker" in first["next"]


def test_rows_that_come_and_go_shift_nothing(ana, study, crowd):
    """Nothing is shown twice, and nothing that was there all along is left out."""
    program = program_of(ana)
    seen, address, n = [], f"{SPEAKERS}?page_size=2", 0
    while address:
        page = program.get(address.removeprefix("http://testserver")).json()
        seen += names(page)
        address, n = page["next"], n + 1
        make_speaker(study, f"Newcomer {n}") if n < 4 else None
        if n == 1:
            crowd[1].delete()  # the very row that the cursor stands on
            crowd[4].delete()
    assert len(seen) == len(set(seen))
    assert seen[:5] == ["Speaker 0", "Speaker 1", "Speaker 2", "Speaker 3", "Speaker 5"]
    assert set(seen) >= {f"Speaker {n}" for n in (0, 1, 2, 3, 5, 6)} | {"Newcomer 1"}


def test_statements_of_an_article_come_in_text_order(ana, study, codebook):
    article = make_article(study)
    into = make_set(article)
    pieces = ["Monday", "Gates", "river", "Jon Abel", "noon", "miller Jon Abel told"]
    for words in [*pieces, *pieces]:
        make_statement(into, ana, spans=spans_of(article.text, content=words))
    found = program_of(ana).pages(f"/articles/{article.uid}/statements/", size=5)
    places = [(record["spans"][0]["start"], record["spans"][0]["end"]) for record in found]
    assert len({record["id"] for record in found}) == 12
    assert places == sorted(places)
    backwards = program_of(ana).get(f"/articles/{article.uid}/statements/?page_size=500").json()["results"]
    assert backwards == found


@pytest.mark.parametrize("size", ["0", "501", "-1", "x", "", "1.0", "１", "9" * 5000, "1e2"])
def test_page_size_has_bounds(ana, study, size):
    response = program_of(ana).get(f"{SPEAKERS}?page_size={size}")
    assert (response.status_code, response.json()["code"]) == (400, "bad_filter")


def test_the_default_page_has_fifty_rows(ana, study):
    for n in range(51):
        make_speaker(study, f"Speaker {n}")
    page = program_of(ana).get(SPEAKERS).json()
    assert len(page["results"]) == 50
    assert len(program_of(ana).get(f"{SPEAKERS}?page_size=500").json()["results"]) == 51
    assert page["next"]


@pytest.mark.parametrize(
    "cursor", ["x", "", "AAAA", "é", "a" * 3000, "%00", base64.b64encode(b"[false,1]").decode()]
)
def test_a_forged_cursor_is_refused(ana, study, cursor):
    response = program_of(ana).get(f"{SPEAKERS}?cursor={cursor}")
    assert response.status_code == 400
    assert response.json()["code"] in {"bad_cursor", "bad_filter"}


def test_a_cursor_of_another_order_is_refused(ana, study, article):
    cursor = seal("start,end,pk", (1, 2, 3), backwards=False)
    response = program_of(ana).get(f"{SPEAKERS}?cursor={cursor}")
    assert (response.status_code, response.json()["code"]) == (400, "bad_cursor")


@pytest.mark.parametrize("values", [(1,), (2**62,), (3, 5, 7), ("é\u2028", 7)])
@pytest.mark.parametrize("backwards", [True, False])
def test_a_cursor_opens_as_it_was_sealed_and_shows_nothing(values, backwards):
    cursor = seal("order", values, backwards=backwards)
    assert unseal("order", cursor) == (backwards, values)
    assert seal("order", values, backwards=backwards) == cursor
    assert b"[" + str(backwards).lower().encode() not in base64.urlsafe_b64decode(cursor + "==")


def test_a_cursor_with_any_bit_changed_is_refused():
    cursor = seal("order", (12345,), backwards=False)
    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    for at in range(len(raw)):
        changed = bytes(byte ^ (1 if n == at else 0) for n, byte in enumerate(raw))
        with pytest.raises(BadCursor):
            unseal("order", base64.urlsafe_b64encode(changed).decode())
