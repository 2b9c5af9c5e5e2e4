"""A claim's page: the statements that bear on it, by stance, each leading to its words; deleting the claim."""

import re
from datetime import date

import pytest

from annotations.claims.models import Claim
from annotations.statements.models import Statement
from tests.factories.claims import make_claim, make_issue, make_relation, make_stance
from tests.factories.corpus import make_article
from tests.factories.speakers import make_outlet
from tests.factories.statements import make_statement
from tests.factories.studies import author_for
from tests.factories.workload import make_set

pytestmark = pytest.mark.django_db


def address(claim, act=""):
    return f"/studies/{claim.study.slug}/claims/{claim.uid}/{act}"


def groups(page):
    """The heads of the groups, sign, name and number."""
    found = re.findall(r"<h2 class=\"group-head.*?</h2>", page.content.decode(), re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", head).split()) for head in found]


def quoted(page):
    """The statements that the page leads to, in order."""
    return re.findall(r"\?statement=([0-9a-f-]{36})", page.content.decode())


def test_what_the_claim_says(client_of, vic, study):
    quantity = {"measure": "deaths", "unit": "people"}
    issue = make_issue(study, "Flood")
    claim = make_claim(study, "The drowned.", kind="quantity", issue=issue, quantity=quantity, note="Of all")
    page = client_of(vic).get(address(claim)).content.decode()
    assert all(words in page for words in ("The drowned.", "Flood", "deaths", "people", "Of all"))
    assert "No statement bears on this claim yet." in page
    assert address(claim, "edit/") not in page


def test_relations_run_both_ways(client_of, vic, claim, study):
    first, second = make_claim(study, "First."), make_claim(study, "Second.")
    make_relation(claim, first, "entails")
    make_relation(second, claim, "contrary")
    page = client_of(vic).get(address(claim)).content.decode()
    words = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "Contrary ← to this claim from Second." in words
    assert "Entails → from this claim to First." in words


def test_statements_stand_by_stance_and_lead_to_their_words(client_of, vic, ana, claim, statement):
    article = statement.annotation_set.article
    against = make_statement(statement.annotation_set, ana, "Nobody warned us", voice="author")
    make_stance(statement, claim)
    make_stance(against, claim, "oppose")
    page = client_of(vic).get(address(claim))
    assert groups(page) == ["+ Support 1", "− Oppose 1"]
    text = page.content.decode()
    for row in (statement, against):
        assert f"{article.get_absolute_url()}?statement={row.uid}" in text
        assert row.quotation in text
    assert "Jon Abel" in text
    assert "The outlet itself" in text


def test_value_naming_word_outlet_and_date(client_of, vic, ana, study):
    article = make_article(study, outlet=make_outlet(study, "Voice"), published_on=date(2018, 3, 14))
    claim = make_claim(study, kind="quantity")
    into = make_set(article)
    written = {"op": ">=", "number": 31, "number_high": None, "as_written": "at least 31", "span": None}
    make_stance(make_statement(into, ana), claim, value=written, label="the toll")
    bare = {**written, "op": "range", "number": 4, "number_high": 9, "as_written": ""}
    make_stance(make_statement(into, ana, "Nobody warned us"), claim, value=bare)
    page = " ".join(client_of(vic).get(address(claim)).content.decode().split())
    assert all(words in page for words in ("at least 31", "the toll", "Voice", "14 Mar 2018"))
    assert "range 4–9" in page


@pytest.fixture
def many(study, ana, claim):
    """70 statements for the claim, each of an article of its day, and 2 against it."""
    made = []
    for n in range(72):
        day = date.fromordinal(date(2018, 1, 1).toordinal() + n) if n else None
        into = make_set(make_article(study, f"Day {n}\n“No gate.”\n", published_on=day))
        made.append(make_statement(into, ana, "“No gate.”"))
        make_stance(made[-1], claim, "oppose" if n > 69 else "support")
    return [str(row.uid) for row in made]


def test_a_long_group_shows_its_newest_and_is_read_in_pages(client_of, vic, claim, many):
    client = client_of(vic)
    page = client.get(address(claim))
    assert groups(page) == ["+ Support 70", "− Oppose 2"]
    assert quoted(page) == [*reversed(many[58:70]), *reversed(many[70:])]
    assert "All 70 of this stance" in page.content.decode()
    first = client.get(address(claim), {"stance": "support"})
    assert (groups(first), quoted(first)) == (["+ Support 70"], [*reversed(many[20:70])])
    after = re.search(r'rel="next"\s+href="([^"]*)"', first.content.decode())[1].replace("&amp;", "&")
    second = client.get(address(claim) + after)
    assert quoted(second) == [*reversed(many[:20])]
    back = re.search(r'rel="prev"\s+href="([^"]*)"', second.content.decode())[1].replace("&amp;", "&")
    assert quoted(client.get(address(claim) + back)) == quoted(first)


@pytest.mark.parametrize("query", ["?stance=nonsense", "?cursor=nonsense", "?stance=support&cursor=nonsense"])
def test_an_odd_address_shows_the_claim_all_the_same(client_of, vic, claim, statement, query):
    make_stance(statement, claim)
    assert quoted(client_of(vic).get(address(claim) + query)) == [str(statement.uid)]


def test_blind_work_of_others_is_not_shown(client_of, ana, ben, independent_study):
    claim = make_claim(independent_study)
    into = make_set(
        make_article(independent_study), kind="annotator", author=author_for(independent_study, ben)
    )
    make_stance(make_statement(into, ben), claim)
    assert quoted(client_of(ana).get(address(claim))) == []
    assert len(quoted(client_of(ben).get(address(claim)))) == 1


def test_the_number_of_queries_is_kept(client_of, mira, claim, many, django_assert_max_num_queries):
    client = client_of(mira)
    client.get(address(claim))
    with django_assert_max_num_queries(10):
        client.get(address(claim))


# Deleting ------------------------------------------------------------------------------------------


def test_a_claim_is_deleted_and_undo_brings_it_back(client_of, mira, claim, study):
    make_relation(claim, make_claim(study, "Other."))
    client = client_of(mira)
    page = client.post(address(claim, "delete/"), {"version": 1}, follow=True)
    assert page.redirect_chain == [("/studies/gates/claims/", 302)]
    assert "is deleted. Undo brings it back." in page.content.decode()
    assert client.get(address(claim)).status_code == 404
    client.post("/studies/gates/undo/")
    assert "Other." in client.get(address(claim)).content.decode()


def test_a_claim_that_statements_bear_on_stays(client_of, mira, claim, statement):
    make_stance(statement, claim)
    client = client_of(mira)
    assert address(claim, "delete/") not in client.get(address(claim)).content.decode()
    response = client.post(address(claim, "delete/"), {"version": 1})
    assert response.status_code == 409
    assert "1 statement(s) take a stance on this claim" in response.content.decode()
    assert Claim.objects.get(pk=claim.pk).version == 1


def test_statements_in_the_bin_hold_a_claim_too_and_it_is_said(client_of, mira, claim, statement, study):
    make_stance(statement, claim)
    Statement.objects.update(deleted_at=study.created_at)
    client = client_of(mira)
    assert address(claim, "delete/") in client.get(address(claim)).content.decode()
    response = client.post(address(claim, "delete/"), {"version": 1})
    assert "1 statement(s) (1 of them in the bin) take a stance" in response.content.decode()


def test_a_stale_deletion_is_refused(client_of, mira, claim):
    assert client_of(mira).post(address(claim, "delete/"), {"version": 5}).status_code == 409
    assert Claim.objects.filter(pk=claim.pk).exists()


def test_managers_alone_are_offered_to_delete(client_of, ana, mira, claim):
    assert address(claim, "delete/") not in client_of(ana).get(address(claim)).content.decode()
    assert address(claim, "delete/") in client_of(mira).get(address(claim)).content.decode()
