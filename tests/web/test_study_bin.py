"""The bin of a study: what lies in it for whom, and the way back."""

from datetime import UTC, datetime

import pytest

from annotations.statements.models import Statement
from tests.factories.corpus import make_article
from tests.factories.statements import make_statement
from tests.factories.workload import make_own_set

pytestmark = pytest.mark.django_db
BIN = "/studies/gates/bin/"
GONE = datetime(2026, 1, 1, tzinfo=UTC)


def page(client):
    response = client.get(BIN)
    assert response.status_code == 200
    return response.content.decode()


def test_deleted_statements_are_taken_back(client_of, ana, article, statement):
    client = client_of(ana)
    client.post(f"/studies/gates/statements/{statement.uid}/delete/", {"version": 1})
    shown = page(client)
    assert str(statement) in shown
    assert "Jon Abel" in shown
    assert article.title in shown
    response = client.post(f"/studies/gates/statements/{statement.uid}/restore/", {"version": 2})
    assert response["Location"] == f"{article.get_absolute_url()}?statement={statement.uid}"
    assert "The bin is empty" in page(client)


def test_deleted_articles_are_for_managers(client_of, ana, mira, study, statement):
    binned = make_article(study, "The keeper spoke.\n", deleted_at=GONE)
    assert binned.title in page(client_of(mira))
    assert binned.title not in page(client_of(ana))
    response = client_of(mira).post(f"{binned.get_absolute_url()}restore/", {"version": 1})
    assert response.status_code == 302
    assert "The bin is empty" in page(client_of(mira))


def test_statements_of_a_deleted_article_come_back_with_it(client_of, mira, shared_set, statement):
    made = make_statement(shared_set, words="Nobody warned us", deleted_at=GONE)
    shared_set.article.deleted_at = GONE
    shared_set.article.save()
    assert str(made) not in page(client_of(mira))


def test_another_s_own_set_is_not_shown(client_of, ana, ben, independent_study):
    own = make_own_set(make_article(independent_study), ana)
    made = make_statement(own, ana, deleted_at=GONE)
    address = f"/studies/{independent_study.slug}/bin/"
    assert str(made) in client_of(ana).get(address).content.decode()
    assert str(made) not in client_of(ben).get(address).content.decode()


def test_the_last_deleted_come_first_in_few_queries(
    client_of, ana, shared_set, django_assert_max_num_queries
):
    for day in range(1, 21):
        make_statement(shared_set, note=f"{day}", deleted_at=GONE.replace(day=day), external_id=f"s{day}")
    client = client_of(ana)
    with django_assert_max_num_queries(4):
        shown = page(client)
    first, last = (shared_set.statements.get(external_id=name).uid for name in ("s20", "s1"))
    assert shown.index(str(first)) < shown.index(str(last))


def test_who_sees_a_bin(client_of, vic, otto, study):
    assert client_of(vic).get(BIN).status_code == 403
    assert client_of(otto).get(BIN).status_code == 404


def test_a_manager_purges_the_bin_once_it_is_meant(client_of, mira, ana, study, shared_set):
    make_article(study, "The keeper spoke.\n", deleted_at=GONE)
    make_statement(shared_set, deleted_at=GONE)
    kept = make_statement(shared_set, words="Nobody warned us")
    assert "Purge the bin" not in page(client_of(ana))
    client = client_of(mira)
    assert "goes on 31 January 2026" in page(client)
    assert client.post(f"{BIN}purge/").status_code == 422
    response = client.post(f"{BIN}purge/", {"sure": "yes"}, follow=True)
    assert "Purged for good: 1 article, 1 statement." in response.content.decode()
    assert "The bin is empty" in page(client)
    assert list(Statement.objects.all()) == [kept]
