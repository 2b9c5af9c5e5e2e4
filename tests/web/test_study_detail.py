"""A study's home: its articles, what is next, who did what last."""

import re
from datetime import date

import pytest

from annotations.corpus.actions import ArticleDraft, add_article
from tests.factories.corpus import make_article
from tests.factories.speakers import make_outlet
from tests.factories.statements import make_statement
from tests.factories.workload import make_own_set, make_set, submitted

pytestmark = pytest.mark.django_db
HOME = "/studies/gates/"


def shown(client, query="", **headers):
    return " ".join(client.get(f"{HOME}{query}", headers=headers).content.decode().split())


def titles(page):
    return re.findall(r'class="title"[^>]*><bdi>([^<]+)</bdi>', page)


@pytest.fixture
def three(study):
    """A new article, one in progress, one done."""
    voice = make_outlet(study, "Menovar Voice")
    new = make_article(study, "Alpha is new\n", published_on=date(2018, 3, 14), outlet=voice)
    opened = make_article(study, "Beta is open\nwords of the river\n", published_on=date(2018, 3, 10))
    make_statement(make_set(opened), words="words of the river")
    done = make_article(study, "Gamma is done\n")
    make_set(done, **submitted())
    return new, opened, done


def test_articles_with_state_and_counts(client_of, ana, three):
    page = shown(client_of(ana))
    assert titles(page) == ["Gamma is done", "Beta is open", "Alpha is new"]
    assert re.findall(r'class="state (\w+)"', page) == ["done", "open", "new"]
    assert re.findall(r'data-label="statements:">(\d+)<', page) == ["0", "1", "0"]


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("?q=river", ["Beta is open"]),
        ("?q=ALPHA", ["Alpha is new"]),
        ("?q=nowhere", []),
        ("?state=done", ["Gamma is done"]),
        ("?state=open&q=Alpha", []),
        ("?published_after=2018-03-11", ["Alpha is new"]),
        ("?published_before=2018-03-11", ["Beta is open"]),
        ("?sort=title", ["Alpha is new", "Beta is open", "Gamma is done"]),
        ("?sort=-title", ["Gamma is done", "Beta is open", "Alpha is new"]),
        ("?sort=published", ["Beta is open", "Alpha is new", "Gamma is done"]),
        ("?sort=-published", ["Alpha is new", "Beta is open", "Gamma is done"]),
        ("?sort=state", ["Beta is open", "Alpha is new", "Gamma is done"]),
        ("?sort=added", ["Alpha is new", "Beta is open", "Gamma is done"]),
    ],
)
def test_filters_and_orders(client_of, ana, three, query, kept):
    assert titles(shown(client_of(ana), query)) == kept


def test_the_outlet_filter(client_of, ana, three):
    assert titles(shown(client_of(ana), f"?outlet={three[0].outlet.uid}")) == ["Alpha is new"]


@pytest.mark.parametrize(
    "query",
    [
        "?state=secret",
        "?sort=owner__password",
        "?published_after=soon",
        "?outlet=1 OR 1",
        "?page=0",
        "?q=%00",
        "?page=x",
    ],
)
def test_a_faulty_filter_is_named_and_left_out(client_of, ana, three, query):
    page = shown(client_of(ana), query)
    assert 'class="faults"' in page
    assert len(titles(page)) == 3


def test_an_unknown_filter_changes_nothing(client_of, ana, three):
    assert len(titles(shown(client_of(ana), "?study__members__user__password=x"))) == 3


def test_pages_of_fifty(client_of, ana, study):
    for n in range(53):
        make_article(study, f"Article {n:02d}\n")
    client = client_of(ana)
    first, second, beyond = (shown(client, f"?sort=title&page={n}") for n in (1, 2, 99))
    assert (len(titles(first)), titles(second)) == (50, ["Article 50", "Article 51", "Article 52"])
    assert 'rel="next" href="?sort=title&amp;page=2"' in first
    assert titles(beyond) == titles(second)


def test_htmx_gets_the_table_alone_and_the_address_without_empty_filters(client_of, ana, three):
    response = client_of(ana).get(f"{HOME}?q=river&state=&sort=-added", headers={"HX-Request": "true"})
    assert response["HX-Replace-Url"] == f"{HOME}?q=river"
    assert "HX-Request" in response["Vary"]
    page = response.content.decode()
    assert "<html" not in page
    assert page.strip().startswith('<div id="articles"')
    assert "Who did what last" not in page


def test_an_empty_study_offers_the_first_step(client_of, ana, vic, study):
    assert "There is no article in this study yet" in shown(client_of(ana))
    assert 'href="/studies/gates/articles/new/"' in shown(client_of(ana))
    assert 'href="/studies/gates/articles/new/"' not in shown(client_of(vic))


def test_the_filter_waits_for_articles(client_of, ana, study):
    def is_there(page):
        return not re.search(r'<form id="filter"\s+class="filter"\s+hidden', page)

    assert not is_there(shown(client_of(ana)))
    assert is_there(shown(client_of(ana), "?q=gates"))
    make_article(study)
    assert is_there(shown(client_of(ana)))


def test_a_filter_without_hits_offers_the_way_back(client_of, ana, three):
    assert "No article of this study matches" in shown(client_of(ana), "?q=nowhere")


def test_what_is_next(client_of, ana, vic, three):
    page = shown(client_of(ana))
    steps = re.findall(r"<small>([^<]+)</small><b><bdi>([^<]+)<", page.replace("</small> <b>", "</small><b>"))
    assert steps == [("Go on with", "Beta is open"), ("Start the next new one", "Alpha is new")]
    assert "Go on with" not in shown(client_of(vic))


def test_all_done_is_said(client_of, ana, study):
    make_set(make_article(study), **submitted())
    assert "Every article is marked as done" in shown(client_of(ana))


def test_who_did_what_last(client_of, ana, mira, study):
    add_article(study=study, draft=ArticleDraft(text="A fresh headline\n"), by=mira)
    page = shown(client_of(ana))
    assert "<bdi>mira</bdi></b> added" in page
    assert "A fresh headline" in page.split("Who did what last")[1]


def test_long_names_and_markup_stay_words(client_of, ana, study):
    make_article(study, f"<script>alert(1)</script>{'x' * 90}\n")
    page = shown(client_of(ana))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_strangers_get_404_and_the_wrong_verb_405(client_of, client, otto, ana, study):
    assert client_of(otto).get(HOME).status_code == 404
    assert client_of(ana).post(HOME).status_code == 405
    assert client.get(HOME).status_code == 302


def test_foreign_and_unknown_studies_read_the_same(client_of, ana, foreign):
    pages = [client_of(ana).get(f"/studies/{slug}/") for slug in (foreign.study.slug, "no-such-study")]
    assert [page.status_code for page in pages] == [404, 404]
    words = [re.sub(r'value="\w{64}"', "", page.content.decode()) for page in pages]
    assert words[0] == words[1]


def test_an_annotator_sees_states_of_own_work_only(client_of, ana, ben, independent_study):
    make_statement(make_own_set(make_article(independent_study), ben), ben)
    states = [
        re.findall(r'class="state (\w+)"', client_of(user).get("/studies/blind/").content.decode())
        for user in (ana, ben)
    ]
    assert states == [["new"], ["open"]]


def test_at_most_eleven_queries(client_of, mira, three, study, django_assert_max_num_queries):
    for n in range(20):
        add_article(
            study=study, draft=ArticleDraft(text=f"Added {n}\n", metadata={"outlet": f"Outlet {n}"}), by=mira
        )
    client = client_of(mira)
    with django_assert_max_num_queries(11):  # four where figures are kept; here nothing is
        client.get(HOME)
    with django_assert_max_num_queries(8):
        client.get(HOME, headers={"HX-Request": "true"})
