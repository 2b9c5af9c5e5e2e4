"""Saying which lines of a text are page furniture."""

import pytest

from tests.factories.corpus import TEXT, make_article
from tests.factories.statements import make_statement
from tests.factories.workload import make_own_set
from tests.web.asking import HTMX

pytestmark = pytest.mark.django_db
AD = TEXT.index("Advertisement")
KEEPER = TEXT.index("The keeper")


def lines(article):
    article.refresh_from_db()
    return [(line["start"], line["kind"]) for line in article.furniture]


def test_a_line_is_toggled_both_ways(client_of, ana, article):
    client, address = client_of(ana), f"{article.get_absolute_url()}furniture/"
    before = lines(article)
    assert AD in dict(before)
    response = client.post(address, {"line": AD, "version": 1}, headers=HTMX)
    assert (response.status_code, response["HX-Retarget"]) == (200, "#text-part")
    assert f'<p data-start="{AD}">Advertisement</p>' in response.content.decode()
    assert 'name="version" value="2"' in response.content.decode()
    assert AD not in dict(lines(article))
    client.post(address, {"line": AD, "version": 2}, headers=HTMX)
    assert (AD, "other") in lines(article)


def test_without_htmx_the_answer_leads_back(client_of, ana, article):
    response = client_of(ana).post(f"{article.get_absolute_url()}furniture/", {"line": AD, "version": 1})
    assert response["Location"] == article.get_absolute_url()


def test_a_line_inside_a_statement_is_refused_with_the_statement(client_of, ana, article, shared_set):
    made = make_statement(shared_set, ana, "no gate was opened before two")
    before = lines(article)
    given = {"line": KEEPER, "version": 1}
    response = client_of(ana).post(f"{article.get_absolute_url()}furniture/", given, headers=HTMX)
    assert response.status_code == 409
    page = response.content.decode()
    assert "part of 1 statement; change those first" in page
    assert f"?statement={made.uid}" in page
    assert "no gate was opened before two" in page
    assert lines(article) == before
    response = client_of(ana).post(f"{article.get_absolute_url()}furniture/", given)
    assert response.status_code == 409
    assert "change those first" in response.content.decode()


def test_a_blind_set_stays_blind(client_of, ana, ben, mira, independent_study):
    article = make_article(independent_study)
    make_statement(make_own_set(article, ben), words="no gate was opened before two")
    make_statement(make_own_set(article, mira), words="The river rose overnight")
    given, address = {"line": KEEPER, "version": 1}, f"{article.get_absolute_url()}furniture/"
    for headers in (HTMX, {}):
        response = client_of(mira).post(address, given, headers=headers)
        assert response.status_code == 409
        page = response.content.decode()
        assert "part of statements in sets that you may not read; change those first" in page
        assert "no gate was opened" not in page


def test_among_blind_sets_lines_are_the_manager_s(client_of, ana, ben, mira, independent_study):
    """Refusing an annotator's toggle would tell that somebody has marked the line."""
    article = make_article(independent_study)
    make_statement(make_own_set(article, ben), words="no gate was opened before two")
    address = f"{article.get_absolute_url()}furniture/"
    for line in (KEEPER, AD):
        assert client_of(ana).post(address, {"line": line, "version": 1}).status_code == 403
    assert 'form="furniture-form"' not in client_of(ana).get(article.get_absolute_url()).content.decode()
    assert client_of(mira).post(address, {"line": AD, "version": 1}).status_code == 302


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"line": AD, "version": 9}, 409),
        ({"line": AD + 1, "version": 1}, 422),
        ({"line": "x", "version": 1}, 422),
        ({"line": "-1", "version": 1}, 422),
        ({"line": "9" * 20, "version": 1}, 422),
        ({"line": len(TEXT), "version": 1}, 422),
        ({"version": 1}, 422),
    ],
)
def test_faulty_and_stale(client_of, ana, article, given, status):
    before = lines(article)
    response = client_of(ana).post(f"{article.get_absolute_url()}furniture/", given, headers=HTMX)
    assert response.status_code == status
    assert lines(article) == before


def test_who_may(client_of, vic, otto, ana, article):
    given, address = {"line": AD, "version": 1}, f"{article.get_absolute_url()}furniture/"
    assert client_of(vic).post(address, given).status_code == 403
    assert client_of(otto).post(address, given).status_code == 404
    assert client_of(ana).get(address).status_code == 405
