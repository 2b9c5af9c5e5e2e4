"""The speakers of a study: the list with filters and counts, and the page of each."""

import re

import pytest

from annotations.statements import attribution
from tests.factories.claims import make_claim, make_stance
from tests.factories.corpus import make_article
from tests.factories.speakers import make_alias, make_outlet, make_speaker
from tests.factories.statements import make_chain_link, make_statement
from tests.factories.workload import make_own_set, make_set

pytestmark = pytest.mark.django_db
LIST = "/studies/gates/speakers/"


def shown(client, address, **headers):
    return " ".join(client.get(address, headers=headers).content.decode().split())


def names(page):
    return re.findall(r'class="title"[^>]*><bdi>([^<]+)</bdi>', page)


def numbers(page):
    return re.findall(r'data-label="statements:">(\d+)<', page)


def quotes(page):
    return re.findall(r'class="quote" dir="auto"> <a href="[^"]+">([^<]+)</a>', page)


def link(page, rel):
    """The address behind Next or Previous, None where there is none."""
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return found and found[1].replace("&amp;", "&")


@pytest.fixture
def three(study, shared_set, ana):
    """Cora with two statements, Abel with none and an alias, the ministry with one."""
    cora, abel = make_speaker(study, "Cora Ott", role="clerk"), make_speaker(study, "abel")
    make_alias(abel, "The Miller")
    ministry = make_speaker(study, "Ministry", type="organisation")
    for words, speaker in (("Nobody warned us", cora), ("took the lower mill", cora), ("told", ministry)):
        make_statement(shared_set, ana, words, speaker=speaker)
    return cora, abel, ministry


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ["abel", "Cora Ott", "Ministry"]),
        ("?sort=-name", ["Ministry", "Cora Ott", "abel"]),
        ("?sort=-statements", ["Cora Ott", "Ministry", "abel"]),
        ("?sort=statements", ["abel", "Ministry", "Cora Ott"]),
        ("?q=OTT", ["Cora Ott"]),
        ("?q=miller", ["abel"]),
        ("?q=nowhere", []),
        ("?type=organisation", ["Ministry"]),
        ("?type=organisation&q=cora", []),
        ("?type=robot&q=cora", ["Cora Ott"]),
        ("?sort=wrong&cursor=x", ["abel", "Cora Ott", "Ministry"]),
    ],
)
def test_filters_and_orders(client_of, vic, three, query, kept):
    page = shown(client_of(vic), LIST + query)
    assert names(page) == kept
    count = {"abel": "0", "Cora Ott": "2", "Ministry": "1"}
    assert numbers(page) == [count[name] for name in kept]


def test_a_fault_of_the_address_is_told(client_of, vic, three):
    assert "robot is not one of the available choices" in shown(client_of(vic), f"{LIST}?type=robot")


@pytest.mark.parametrize("sort", ["name", "-name", "statements", "-statements"])
def test_pages_go_on_where_the_one_before_ended(client_of, vic, three, monkeypatch, sort):
    client = client_of(vic)
    whole = names(shown(client, f"{LIST}?sort={sort}"))
    monkeypatch.setattr(attribution, "PAGE", 1)
    page = shown(client, f"{LIST}?sort={sort}")
    seen = names(page)
    assert link(page, "prev") is None
    while link(page, "next"):
        page = shown(client, LIST + link(page, "next"))
        seen += names(page)
    assert seen == whole
    assert names(shown(client, LIST + link(page, "prev"))) == whole[1:2]


def test_a_filter_keeps_its_place_in_the_links(client_of, vic, three, monkeypatch):
    monkeypatch.setattr(attribution, "PAGE", 1)
    page = shown(client_of(vic), f"{LIST}?type=person")
    following = link(page, "next")
    assert "type=person" in following
    assert names(shown(client_of(vic), LIST + following)) == ["Cora Ott"]


def test_htmx_gets_the_list_alone_and_the_address(client_of, vic, three):
    response = client_of(vic).get(f"{LIST}?q=cora&sort=name", headers={"HX-Request": "true"})
    assert b"<html" not in response.content
    assert response["HX-Replace-Url"] == f"{LIST}?q=cora"


def test_an_empty_study_says_where_speakers_come_from(client_of, vic, study):
    page = shown(client_of(vic), LIST)
    assert "There is no speaker in this study yet." in page
    assert names(page) == []


def test_only_statements_that_the_reader_may_see_count(client_of, independent_study, ana, ben, mira):
    speaker = make_speaker(independent_study)
    article = make_article(independent_study)
    for user, words in ((ana, "Nobody warned us"), (ben, "took the lower mill")):
        make_statement(make_own_set(article, user), user, words, speaker=speaker)
    address = "/studies/blind/speakers/"
    for query in ("", "?sort=-statements"):
        assert numbers(shown(client_of(ana), address + query)) == ["1"]
        assert numbers(shown(client_of(mira), address + query)) == ["2"]
    page = shown(client_of(ana), speaker.get_absolute_url())
    assert quotes(page) == ["Nobody warned us"]
    assert re.search(r"Statements\s*<span class=\"count\">1<", page)


def test_the_page_says_who_it_is(client_of, vic, study):
    ministry = make_speaker(study, "Ministry", type="state", external_id="m-1", private=True, named=False)
    speaker = make_speaker(study, role="miller", affiliation=ministry, speaks_for=ministry)
    make_alias(speaker, "the miller")
    ministry.members.add(make_speaker(study, "Member M"))
    page = shown(client_of(vic), speaker.get_absolute_url())
    assert all(words in page for words in ("Jon Abel", "the miller", "Person", "Speaks for", "Affiliation"))
    assert ministry.get_absolute_url() in page
    page = shown(client_of(vic), ministry.get_absolute_url())
    known = ("State", "known by description only", "private", "m-1", "Member M", "(affiliated)")
    assert all(words in page for words in known)
    assert speaker.get_absolute_url() in page


def test_an_outlet_leads_to_its_articles(client_of, vic, study):
    outlet = make_outlet(study)
    assert f"/studies/gates/?outlet={outlet.uid}" in shown(client_of(vic), outlet.get_absolute_url())


def test_a_statement_leads_to_its_words(client_of, vic, statement, speaker, study):
    make_stance(statement, make_claim(study), "oppose")
    page = shown(client_of(vic), speaker.get_absolute_url())
    assert f"{statement.annotation_set.article.get_absolute_url()}?statement={statement.uid}" in page
    assert 'class="chip oppose"' in page
    assert "The gates were opened at noon" in page
    assert "As relay" not in page


def test_newest_articles_come_first_and_pages_go_on(client_of, vic, study, speaker, monkeypatch):
    for words, day in (("first", "2018-03-10"), ("second", None), ("third", "2018-03-14")):
        into = make_set(make_article(study, f"They said {words} of all\n", published_on=day))
        make_statement(into, words=words, speaker=speaker)
    client, address = client_of(vic), speaker.get_absolute_url()
    assert quotes(shown(client, address)) == ["third", "first", "second"]
    monkeypatch.setattr(attribution, "PAGE", 2)
    page = shown(client, address)
    assert quotes(page) == ["third", "first"]
    page = shown(client, address + link(page, "next"))
    assert quotes(page) == ["second"]
    assert quotes(shown(client, address + link(page, "prev"))) == ["third", "first"]
    assert quotes(shown(client, f"{address}?cursor=broken")) == ["third", "first"]


def test_what_it_passes_on_stands_apart(client_of, vic, study, statement, shared_set):
    relay, outlet = make_speaker(study, "News agency"), make_outlet(study)
    make_chain_link(statement, statement.speaker)
    make_chain_link(statement, relay, 1, role="relay")
    make_chain_link(statement, outlet, 2, role="publisher")
    make_statement(shared_set, words="Nobody warned us", speaker=relay)
    client = client_of(vic)
    page = shown(client, relay.get_absolute_url())
    assert quotes(page) == ["Nobody warned us"]
    assert 'As relay <span class="count">1</span>' in page
    page = shown(client, f"{relay.get_absolute_url()}?part=relayed")
    assert quotes(page) == [statement.quotation]
    assert statement.speaker.get_absolute_url() in page
    for other in (outlet, statement.speaker):
        assert "As relay" not in shown(client, other.get_absolute_url())


def test_deleted_statements_are_left_out(client_of, vic, statement, speaker):
    statement.deleted_at = statement.created_at
    statement.save()
    assert "No statement that you may read is attributed to this speaker." in shown(
        client_of(vic), speaker.get_absolute_url()
    )
    assert numbers(shown(client_of(vic), f"{LIST}?sort=-statements")) == ["0"]


def test_only_who_may_edit_is_offered_to(client_of, ana, vic, speaker):
    edit = f"{speaker.get_absolute_url()}edit/"
    assert edit in shown(client_of(ana), speaker.get_absolute_url())
    assert edit not in shown(client_of(vic), speaker.get_absolute_url())
