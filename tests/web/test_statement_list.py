"""The statements of a study: which are shown to whom, by which filters, in which order, page by page."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest

from tests.factories.claims import make_claim, make_stance
from tests.factories.corpus import make_article
from tests.factories.speakers import make_alias, make_outlet, make_speaker
from tests.factories.statements import make_code, make_statement
from tests.factories.workload import make_own_set, make_set

pytestmark = pytest.mark.django_db
LIST = "/studies/gates/statements/"
GONE = datetime(2026, 1, 1, tzinfo=UTC)


def shown(client, query="", address=LIST):
    response = client.get(f"{address}{query}")
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def words(page):
    return re.findall(r'<p class="quote"[^>]*> ?<a href="[^"]+">([^<]*)</a>', page)


def link(page, rel):
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return found and found[1]


@pytest.fixture
def three(study):
    """Three statements of two articles: the older article is the one published last."""
    jon, orla = make_speaker(study, "Jon Abel"), make_speaker(study, "Orla Venn")
    make_alias(orla, "the keeper")
    voice, courier = make_outlet(study, "Menovar Voice"), make_outlet(study, "Yarle Courier")
    rose, gates = make_claim(study, "The river rose."), make_claim(study, "The gates were opened.")
    first = make_set(
        make_article(study, "Alpha beta gamma\n", published_on=date(2018, 3, 14), outlet=voice, title="One")
    )
    second = make_set(
        make_article(study, "Delta\n", published_on=date(2018, 3, 10), outlet=courier, title="Two")
    )
    beta = make_statement(first, words="beta", speaker=orla)
    alpha = make_statement(first, words="Alpha", speaker=jon)
    delta = make_statement(second, words="Delta")
    make_stance(alpha, rose, stance="support")
    make_stance(beta, rose, stance="oppose")
    make_stance(beta, gates, stance="support")
    make_code(delta, "quote_type", "indirect")
    make_code(alpha, "source_type", "official")
    return {"alpha": alpha, "beta": beta, "delta": delta, "orla": orla, "rose": rose, "voice": voice}


def test_a_row_says_who_where_when_and_how(client_of, vic, three):
    page = shown(client_of(vic))
    alpha = three["alpha"]
    article = alpha.annotation_set.article
    row = page.partition(f'data-statement="{alpha.uid}"')[2].partition("</li>")[0]
    assert f'href="{article.get_absolute_url()}?statement={alpha.uid}"' in row
    for told in (
        "Jon Abel",
        "Menovar Voice",
        'datetime="2018-03-14"',
        "One",
        "Supports: </i> <bdi>The river",
    ):
        assert told.replace("Supports: </i> ", "") in row, told
    assert re.search(r'class="chip support"[^>]*> ?<b aria-hidden="true">\+</b>', row)
    assert "No speaker yet" in page
    assert 'aria-current="page">Statements' in page
    assert "3 statements" in page


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ["Alpha", "beta", "Delta"]),
        ("?q=ALPHA", ["Alpha"]),
        ("?speaker=orla+venn", ["beta"]),
        ("?speaker=The+keeper", ["beta"]),
        ("?speaker=jon", ["Alpha"]),
        ("?speaker=nobody", []),
        ("?claim=The+river+rose.", ["Alpha", "beta"]),
        ("?claim=gates", ["beta"]),
        ("?claim=THE", ["Alpha", "beta"]),
        ("?claim=nothing", []),
        ("?stance=support", ["Alpha", "beta"]),
        ("?stance=support&claim=river", ["Alpha"]),
        ("?quote_type=indirect", ["Delta"]),
        ("?source_type=official", ["Alpha"]),
        ("?source_type=official&quote_type=indirect", []),
        ("?outlet=Yarle+Courier", ["Delta"]),
        ("?outlet=voice", ["Alpha", "beta"]),
        ("?outlet=Jon+Abel", []),
        ("?published_after=2018-03-11", ["Alpha", "beta"]),
        ("?published_before=2018-03-10", ["Delta"]),
        ("?sort=-changed", ["Delta", "Alpha", "beta"]),
        ("?sort=published", ["Delta", "Alpha", "beta"]),
        ("?sort=-published", ["Alpha", "beta", "Delta"]),
        ("?study__slug=other", ["Alpha", "beta", "Delta"]),
    ],
)
def test_filters_and_orders(client_of, vic, three, query, kept):
    page = shown(client_of(vic), query)
    assert words(page) == kept
    assert ("No statement of this study matches" in page) == (not kept)


def test_ids_filter_as_over_rest_and_are_shown_by_name(client_of, vic, three):
    client = client_of(vic)
    page = shown(client, f"?speaker={three['orla'].uid}")
    assert words(page) == ["beta"]
    assert 'value="Orla Venn"' in page
    assert words(shown(client, f"?claim={three['rose'].uid}&stance=oppose")) == ["beta"]
    assert words(shown(client, f"?outlet={three['voice'].uid}")) == ["Alpha", "beta"]
    article = three["delta"].annotation_set.article
    page = shown(client, f"?article={article.uid}")
    assert words(page) == ["Delta"]
    assert f'Only of <a href="{article.get_absolute_url()}">' in page
    assert f'<input type="hidden" name="article" value="{article.uid}"' in page


def test_a_name_that_nobody_has_is_said(client_of, vic, three):
    page = shown(client_of(vic), f"?speaker=nobody&claim={three['orla'].uid}")
    assert "The study has no speaker “nobody”." in page
    assert f"The study has no claim “{three['orla'].uid}”." in page
    page = shown(client_of(vic), f"?article={three['orla'].uid}")
    assert "Only of one article" in page
    assert "No statement of this study matches" in page


@pytest.mark.parametrize("query", ["stance=secret", "sort=pk", "published_after=soon", "article=1", "q=%00"])
def test_a_faulty_filter_is_named_and_left_out(client_of, vic, three, query):
    page = shown(client_of(vic), f"?{query}")
    assert 'class="faults"' in page
    assert len(words(page)) == 3


def test_labels_come_from_the_codebook(client_of, vic, three, codebook):
    page = shown(client_of(vic))
    for variable in ("stance", "source_type", "quote_type"):
        row = codebook.variables.get(slug=variable)
        assert re.search(rf'<label for="filter-{variable}">{re.escape(row.name)}</label>', page)
        for label in row.labels.all():
            assert f'<option value="{label.slug}">{label.name}</option>' in page


@pytest.mark.parametrize("sort", ["text", "-changed", "published", "-published"])
def test_pages_there_and_back(client_of, vic, three, study, sort):
    client = client_of(vic)
    undated = make_set(make_article(study, "".join(f"w{n:03d} " for n in range(57)) + "\n"))
    for n in range(57):
        make_statement(undated, words=f"w{n:03d}")
    first = shown(client, f"?sort={sort}&q=")
    second = shown(client, link(first, "next"))
    seen = words(first) + words(second)
    assert (len(words(first)), len(seen), len(set(seen))) == (50, 60, 60)
    assert "60 statements" in first
    assert "60 statements" in second
    assert link(first, "prev") is link(second, "next") is None
    assert words(shown(client, link(second, "prev"))) == words(first)
    if sort.endswith("published"):
        assert set(seen[:3]) == {"Alpha", "beta", "Delta"}


def test_a_cursor_of_another_order_begins_anew(client_of, vic, shared_set):
    for _ in range(51):
        make_statement(shared_set)
    client = client_of(vic)
    onward = link(shown(client), "next")
    page = shown(client, f"{onward}&sort=-changed")
    assert words(page) == words(shown(client, "?sort=-changed"))
    assert link(page, "prev") is None


def test_many_are_counted_so_far_only(client_of, vic, shared_set, monkeypatch):
    for name in ("annotations.coding.listing.COUNTED", "annotations.web.views.statement_list.COUNTED"):
        monkeypatch.setattr(name, 50)
    for _ in range(51):
        make_statement(shared_set)
    assert "More than 50 statements" in shown(client_of(vic))


def test_what_may_not_be_read_is_not_there(client_of, everyone, independent_study):
    address = f"/studies/{independent_study.slug}/statements/"
    own = make_own_set(make_article(independent_study, "Quite secret\n"), everyone["ana"])
    make_statement(own, everyone["ana"], words="secret")
    make_statement(own, everyone["ana"], words="Quite", deleted_at=GONE)
    for name in ("ana", "mira"):
        assert words(shown(client_of(everyone[name]), address=address)) == ["secret"]
    for name in ("ben", "vic"):
        page = shown(client_of(everyone[name]), address=address)
        assert "There is no statement in this study yet that you may read" in page
        assert 'role="search"' not in page
    assert client_of(everyone["otto"]).get(address).status_code == 404


def test_an_empty_list_says_what_to_do(client_of, ana, vic, study):
    told = "Open an article and select in it"
    assert told in shown(client_of(ana))
    assert told not in shown(client_of(vic))


def test_each_name_costs_one_query(client_of, vic, three, django_assert_num_queries):
    client = client_of(vic)
    article = three["beta"].annotation_set.article
    plain = f"?article={article.uid}&stance=oppose&q=beta&published_after=2018-01-01"
    names = f"&speaker={three['orla'].uid}&claim={three['rose'].uid}&outlet={three['voice'].uid}"
    shown(client, plain)
    with django_assert_num_queries(9):
        assert words(shown(client, plain)) == ["beta"]
    with django_assert_num_queries(12):
        assert words(shown(client, plain + names)) == ["beta"]


def test_suggestions_for_the_filter(client_of, vic, three):
    client = client_of(vic)
    claims = client.get("/studies/gates/claims/suggest/?part=name&q=river").content.decode()
    assert 'data-name="The river rose."' in claims
    assert f'data-value="{three["rose"].uid}"' in claims
    outlets = client.get("/studies/gates/speakers/suggest/?part=outlet&q=o").content.decode()
    assert "Menovar Voice" in outlets
    assert "Jon Abel" not in outlets


def test_the_address_takes_no_posts(client_of, ana, three):
    assert client_of(ana).post(LIST).status_code == 405
