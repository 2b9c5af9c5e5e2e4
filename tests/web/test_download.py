"""A download of a list is what the list shows: the same rows, in the same order, whoever asks."""

import csv
import io
import json
import re

import pytest
from django.utils import timezone

from annotations.claims import overview as claims
from annotations.exchange import listed
from annotations.statements import attribution
from tests.cast import CANARY
from tests.factories.claims import make_claim, make_issue, make_stance
from tests.factories.corpus import make_article
from tests.factories.speakers import make_outlet, make_speaker
from tests.factories.statements import make_chain_link, make_code, make_statement
from tests.factories.workload import make_own_set, make_set, submitted

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "/studies/gates/"


def body(response):
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def rows_of(client, address):
    return list(csv.DictReader(io.StringIO(body(client.get(address)).decode(), newline="")))


def offered(client, page, query=""):
    """The addresses of the files that the page offers, by what is written on them."""
    html = client.get(f"{HOME}{page}{query}").content.decode()
    found = re.findall(r'<a class="btn small"\s+href="([^"]+)"\s+download>(\w+)</a>', html)
    return {name: address.replace("&amp;", "&") for address, name in found}


@pytest.fixture
def few(study, ana):
    """Statements of three articles: one without a date, one with two statements."""
    courier, voice = make_outlet(study, "Yarle Courier"), make_outlet(study, "Menovar Voice")
    orla, jon = make_speaker(study, "Orla Venn"), make_speaker(study, "Jon Abel")
    rose = make_claim(study, "The river rose.", issue=make_issue(study, "The flood"))
    made = []
    for n, (text, day, outlet) in enumerate(
        [("One two\n", "2018-03-14", courier), ("Three\n", None, None), ("Four\n", "2018-03-10", voice)]
    ):
        into = make_set(make_article(study, text, published_on=day, outlet=outlet, title=f"Title {n}"))
        speaker = orla if n == 0 else jon
        made += [make_statement(into, ana, words, speaker=speaker) for words in reversed(text.split())]
    for statement in made[:3]:
        make_stance(statement, rose, "support")
        make_chain_link(statement, statement.speaker)
        make_code(statement, "quote_type", "direct")
    make_stance(made[3], rose, "oppose")
    make_claim(study, "Nobody spoke of this.")
    return made


def shown_statements(client, query):
    html = client.get(f"{HOME}statements/{query}").content.decode()
    return re.findall(r'data-statement="([^"]+)"', html)


@pytest.mark.parametrize("sort", ["text", "-changed", "-published", "published"])
@pytest.mark.parametrize("query", ["", "&speaker=Orla+Venn", "&claim=rose&stance=support", "&q=t"])
def test_statements(sort, query, few, vic, client_of):
    client = client_of(vic)
    query = f"?sort={sort}{query}"
    shown = shown_statements(client, query)
    assert shown
    files = offered(client, "statements/", query)
    rows = rows_of(client, files["CSV"])
    assert list(dict.fromkeys(row["statement"] for row in rows)) == shown
    assert [row["claim_text"] for row in rows if row["stance"] == "support"].count("The river rose.") <= 3
    lines = [json.loads(line) for line in body(client.get(files["JSONL"])).splitlines()]
    assert {line["id"] for line in lines if line["type"] == "statement"} == set(shown)
    assert ("filter" in lines[0]) == (query.count("=") > 1)


def test_the_parts_of_statements_keep_with_them_in_every_order(few, vic, client_of):
    for sort in ("text", "-changed", "-published", "published"):
        rows = rows_of(client_of(vic), f"{HOME}statements/download/?sort={sort}")
        by_id = {row["statement"]: row for row in rows}
        for i, statement in enumerate(few):
            row = by_id[str(statement.uid)]
            assert (row["quotation"], row["stance"], row["quote_type"]) == (
                statement.quotation,
                "support" if i < 3 else "oppose",
                "direct" if i < 3 else "",
            )


@pytest.mark.parametrize("query", ["", "?sort=-statements", "?q=venn", "?type=media&sort=-name"])
def test_speakers(query, few, vic, client_of):
    client = client_of(vic)
    html = client.get(f"{HOME}speakers/{query}").content.decode()
    shown = re.findall(r'class="title"\s+href="/studies/gates/speakers/([^/]+)/"', html)
    counts = re.findall(r'data-label="statements:">(\d+)<', html)
    rows = rows_of(client, offered(client, "speakers/", query)["CSV"])
    assert [(row["speaker"], row["statements"]) for row in rows] == list(zip(shown, counts, strict=True))
    assert rows


@pytest.mark.parametrize("query", ["", "?sort=-statements", "?sort=-contested", "?q=river"])
def test_claims(query, few, vic, client_of):
    client = client_of(vic)
    html = client.get(f"{HOME}claims/{query}").content.decode()
    shown = re.findall(r'class="title"\s+href="/studies/gates/claims/([^/]+)/"', html)
    rows = rows_of(client, offered(client, "claims/", query)["CSV"])
    assert [row["claim"] for row in rows] == shown
    rose = next(row for row in rows if row["text"] == "The river rose.")
    assert (rose["statements"], rose["stance_support"], rose["stance_oppose"], rose["issue_name"]) == (
        "4",
        "3",
        "1",
        "The flood",
    )


@pytest.mark.parametrize(
    "query", ["", "?sort=title", "?sort=-published&state=open", "?published_after=2018-03-12"]
)
def test_articles(query, few, vic, client_of):
    client = client_of(vic)
    html = client.get(f"{HOME}{query}").content.decode()
    shown = re.findall(r'class="title"\s+href="/studies/gates/articles/([^/]+)/"', html)
    counts = re.findall(r'data-label="statements:">(\d+)<', html)
    rows = rows_of(client, offered(client, "", query)["CSV"])
    assert [(row["article"], row["statements"]) for row in rows] == list(zip(shown, counts, strict=True))
    assert "text" not in rows[0]


def test_a_long_list_is_whole(few, study, vic, client_of, monkeypatch):
    for i in range(7):
        make_speaker(study, f"Speaker {i}")
        make_claim(study, f"Claim {i}.")
        make_article(study, f"Text {i}\n")
    monkeypatch.setattr(listed, "STEP", 2)
    client = client_of(vic)
    assert attribution.PAGE > 11
    assert claims.PAGE > 9
    for page, n in (("speakers/download/", 11), ("claims/download/", 9), ("articles/download/", 10)):
        rows = rows_of(client, f"{HOME}{page}")
        first = [next(iter(row.values())) for row in rows]
        assert (len(first), len(set(first))) == (n, n)


@pytest.mark.parametrize("page", ["statements/", "speakers/", "claims/", ""])
def test_an_empty_result_says_so_and_offers_no_file(page, few, vic, client_of):
    html = client_of(vic).get(f"{HOME}{page}?q=nowhere-to-be-found").content.decode()
    assert "of this study matches." in html
    assert " download>" not in html


def test_names_say_what_is_in_the_files(few, vic, client_of):
    client = client_of(vic)
    for address, name in (
        ("statements/download/?speaker=Orla+Venn&sort=published", "gates-statements-speaker-orla-venn.csv"),
        ("statements/download/?stance=oppose&format=jsonl", "gates-stance-oppose.jsonl"),
        ("speakers/download/?q=Venn&type=person&sort=-name", "gates-speakers-q-venn-type-person.csv"),
        ("claims/download/", "gates-claims.csv"),
        ("articles/download/?state=new&page=3", "gates-articles-state-new.csv"),
    ):
        answer = client.head(f"{HOME}{address}")
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


def test_cells_are_neutralised_and_private_speakers_keep_their_role(study, vic, client_of):
    make_speaker(study, "=1+1", role="miller")
    make_speaker(study, "A child", role="a witness", private=True)
    raw = body(client_of(vic).get(f"{HOME}speakers/download/"))
    assert b",'=1+1," in raw
    assert b"A child" not in raw


def test_the_blind_see_their_own(independent_study, ana, ben, mira, client_of):
    article = make_article(independent_study)
    speaker, claim = make_speaker(independent_study), make_claim(independent_study)
    for user, fields in ((ana, {}), (ben, submitted())):
        statement = make_statement(make_own_set(article, user, **fields), user, speaker=speaker)
        make_stance(statement, claim)
    for user, n in ((ana, "1"), (mira, "2")):
        for page in ("speakers", "claims"):
            rows = rows_of(client_of(user), f"/studies/blind/{page}/download/")
            assert [row["statements"] for row in rows] == [n]
        assert len(rows_of(client_of(user), "/studies/blind/statements/download/")) == int(n)


def test_what_is_in_the_bin_or_elsewhere_is_in_no_file(few, study, foreign, vic, client_of):
    few[0].deleted_at = timezone.now()
    few[0].save(update_fields=["deleted_at"])
    client = client_of(vic)
    assert len(rows_of(client, f"{HOME}statements/download/")) == 3
    for page in ("statements", "speakers", "claims", "articles"):
        assert CANARY.encode() not in body(client.get(f"{HOME}{page}/download/"))
