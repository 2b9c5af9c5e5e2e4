"""The list of a user's studies."""

from datetime import UTC, datetime

import pytest

from tests.factories.corpus import make_article
from tests.factories.statements import make_statement
from tests.factories.studies import make_membership, make_study
from tests.factories.workload import make_own_set, make_set

pytestmark = pytest.mark.django_db


def shown(client):
    return " ".join(client.get("/").content.decode().split())


def test_each_study_with_role_mode_and_counts(client_of, ana, statement):
    page = shown(client_of(ana))
    assert "Gates" in page
    assert (
        "<span>you are annotator</span> <span>shared</span> <span>1 article</span> <span>1 statement</span>"
        in page
    )
    assert "<span>5 members</span>" in page


def test_studies_of_others_are_not_there(client_of, ana, foreign):
    assert "zq7canary" not in shown(client_of(ana))


def test_whoever_belongs_nowhere_is_told_what_to_do(client_of, ana):
    page = shown(client_of(ana))
    assert "You belong to no study yet" in page
    assert 'href="/studies/new/"' in page


def test_archived_studies_are_folded_and_a_manager_can_take_them_back(client_of, mira, ana):
    old = make_study("old", archived_at=datetime(2026, 1, 2, tzinfo=UTC))
    make_membership(old, mira, "manager")
    make_membership(old, ana)
    assert "Take back" in shown(client_of(mira))
    assert "Archived" in shown(client_of(ana))
    assert "Take back" not in shown(client_of(ana))


def test_counts_do_not_tell_of_the_blind_work_of_others(client_of, ana, ben, independent_study):
    article = make_article(independent_study)
    make_statement(make_own_set(article, ben), ben)
    assert "<span>0 statements</span>" in shown(client_of(ana))
    assert "<span>1 statement</span>" in shown(client_of(ben))


def test_ten_studies_take_as_many_queries_as_one(client_of, ana, study, django_assert_max_num_queries):
    client = client_of(ana)
    for n in range(10):
        made = make_study(f"s{n}")
        make_membership(made, ana)
        make_statement(make_set(make_article(made)), ana)
    with django_assert_max_num_queries(8):
        client.get("/")


def test_a_study_without_articles_offers_to_add_some(client_of, ana, vic, study):
    assert 'href="/studies/gates/articles/new/"' in shown(client_of(ana))
    assert 'href="/studies/gates/articles/new/"' not in shown(client_of(vic))
    make_article(study)
    assert 'href="/studies/gates/articles/new/"' not in shown(client_of(ana))
