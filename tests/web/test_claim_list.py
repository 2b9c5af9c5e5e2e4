"""The claims of a study: filters, orders, pages, and numbers that tell nobody of work that they may not read."""

import re

import pytest

from tests.factories.claims import make_claim, make_issue, make_stance
from tests.factories.corpus import make_article
from tests.factories.statements import make_statement
from tests.factories.studies import author_for
from tests.factories.workload import make_set
from tests.web.asking import HTMX

pytestmark = pytest.mark.django_db

ADDRESS = "/studies/gates/claims/"
ROW = re.compile(r'<a class="title"\s+href="[^"]*"><bdi>([^<]*)</bdi>')


def listed(page):
    """The wordings that the page lists, in order."""
    return ROW.findall(page.content.decode())


def numbers(page):
    """What the chips of the page say, signs and numbers."""
    found = re.findall(
        r'aria-hidden="true">(.)</b><i class="hidden-text">\w+: </i>(\d+)', page.content.decode()
    )
    return [f"{sign}{n}" for sign, n in found]


def said(shared_set, user, claim, *stances, **fields):
    for stance in stances:
        make_stance(make_statement(shared_set, user, **fields), claim, stance)


@pytest.fixture
def claims(study, shared_set, ana):
    """Toll is stated often, gates is contested, river is not stated."""
    issue = make_issue(study, "Flood")
    gates = make_claim(study, "The gates were open.", issue=issue)
    toll = make_claim(study, "Number of the drowned.", kind="quantity", issue=make_issue(study, "Toll"))
    make_claim(study, "The river rose.")
    said(shared_set, ana, gates, "support", "oppose")
    said(shared_set, ana, toll, "support", "support", "support", "neutral")
    return {"gates": gates, "toll": toll, "issue": issue}


WORDINGS = {"t": "Number of the drowned.", "g": "The gates were open.", "r": "The river rose."}


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", "tgr"),
        ("?sort=-number", "tgr"),
        ("?sort=-contested", "gtr"),
        ("?q=OPEN+gates", "g"),
        ("?kind=quantity", "t"),
        ("?issue=none", "r"),
        ("?kind=quantity&q=river", ""),
        ("?nothing=of+this", "tgr"),
        ("?cursor=nonsense", "tgr"),
    ],
)
def test_filters_and_orders(client_of, vic, claims, query, kept):
    assert listed(client_of(vic).get(ADDRESS + query)) == [WORDINGS[letter] for letter in kept]


def test_the_claims_of_an_issue(client_of, ana, claims):
    assert listed(client_of(ana).get(f"{ADDRESS}?issue={claims['issue'].uid}")) == [WORDINGS["g"]]


def test_stances_are_counted_by_sign(client_of, ana, claims):
    assert numbers(client_of(ana).get(ADDRESS)) == ["+3", "○1", "+1", "−1"]


def test_what_is_in_the_bin_is_not_counted(client_of, ana, claims, article):
    type(article).objects.filter(pk=article.pk).update(deleted_at=article.created_at)
    assert numbers(client_of(ana).get(ADDRESS)) == []
    assert listed(client_of(ana).get(f"{ADDRESS}?sort=-number")) == [WORDINGS[letter] for letter in "tgr"]


@pytest.mark.parametrize("sort", ["wording", "-number", "-contested"])
def test_blind_work_of_others_neither_counts_nor_orders(client_of, ana, ben, independent_study, sort):
    article = make_article(independent_study)
    first, second = (make_claim(independent_study, words) for words in ("A gate.", "B gate."))
    bens, anas = (
        make_set(article, kind="annotator", author=author_for(independent_study, u)) for u in (ben, ana)
    )
    said(bens, ben, second, "support", "oppose")
    said(anas, ana, first, "support")
    page = client_of(ana).get(f"/studies/blind/claims/?sort={sort}")
    assert (listed(page), numbers(page)) == (["A gate.", "B gate."], ["+1"])


@pytest.mark.parametrize("sort", ["wording", "-number", "-contested"])
def test_pages_lead_on_and_back(client_of, ana, study, shared_set, sort):
    claims = [make_claim(study, f"Claim {n:03}.") for n in range(101)]
    for claim in claims[:60:2]:
        said(shared_set, ana, claim, "support", "oppose")
    client, seen, address = client_of(ana), [], f"{ADDRESS}?sort={sort}"
    whole = []
    while address:
        page = client.get(address)
        seen.append(listed(page))
        whole += seen[-1]
        address = _link(page, "next")
    assert [len(rows) for rows in seen] == [50, 50, 1]
    assert sorted(whole) == [claim.text for claim in claims]
    if sort != "wording":
        assert whole[:30] == [claim.text for claim in claims[:60:2]]
    assert listed(client.get(_link(page, "prev"))) == seen[1]


def _link(page, rel):
    found = re.search(rf'rel="{rel}"\s+href="([^"]*)"', page.content.decode())
    return ADDRESS + found[1].replace("&amp;", "&") if found else ""


def test_a_faulty_filter_is_named_and_left_out(client_of, ana, claims):
    page = client_of(ana).get(f"{ADDRESS}?kind=nonsense&q=river")
    assert listed(page) == [WORDINGS["r"]]
    assert "Select a valid choice" in page.content.decode()


def test_htmx_gets_the_list_alone_and_the_shortest_address(client_of, ana, claims):
    response = client_of(ana).get(f"{ADDRESS}?q=river&kind=&issue=&sort=", headers=HTMX)
    assert "<html" not in response.content.decode()
    assert listed(response) == [WORDINGS["r"]]
    assert response["HX-Replace-Url"] == f"{ADDRESS}?q=river"


def test_nothing_yet_and_nothing_found(client_of, ana, vic, study):
    assert "To the articles" in client_of(ana).get(ADDRESS).content.decode()
    assert "To the articles" not in client_of(vic).get(ADDRESS).content.decode()
    make_claim(study)
    assert "Show all claims" in client_of(vic).get(f"{ADDRESS}?q=nowhere").content.decode()


def test_markup_stays_words(client_of, ana, study):
    make_claim(study, "<b>Gates</b> & all", issue=make_issue(study, "<i>Flood</i>"))
    page = client_of(ana).get(ADDRESS).content.decode()
    assert "&lt;b&gt;Gates&lt;/b&gt; &amp; all" in page
    assert "<i>Flood</i>" not in page
