"""Deleting a statement, with the way back."""

import json

import pytest

from tests.factories.statements import make_statement
from tests.factories.workload import make_set, submitted
from tests.web.asking import HTMX, address

pytestmark = pytest.mark.django_db


def test_deleted_and_undone(client_of, ana, statement, article):
    client = client_of(ana)
    response = client.post(address(statement, "delete"), {"version": 1}, headers=HTMX)
    assert (response.status_code, response["HX-Retarget"]) == (200, "#toast")
    assert 'data-command="undo"' in response.content.decode()
    assert json.loads(response["HX-Trigger-After-Swap"])["statement-gone"] == {"id": str(statement.uid)}
    statement.refresh_from_db()
    assert statement.deleted_at is not None
    assert str(statement.uid) not in client.get(article.get_absolute_url()).content.decode()
    client.post(f"/studies/{article.study.slug}/undo/", headers=HTMX)
    statement.refresh_from_db()
    assert (statement.deleted_at, statement.version) == (None, 3)


def test_without_htmx_the_page_says_so(client_of, ana, statement, article):
    client = client_of(ana)
    response = client.post(address(statement, "delete"), {"version": 1})
    assert response["Location"] == article.get_absolute_url()
    assert "Statement deleted. Undo takes that back." in client.get(response["Location"]).content.decode()


def test_taken_back_from_the_bin(client_of, ana, statement):
    client = client_of(ana)
    client.post(address(statement, "delete"), {"version": 1}, headers=HTMX)
    response = client.post(address(statement, "restore"), {"version": 2}, headers=HTMX)
    assert (response.status_code, response["HX-Retarget"]) == (200, "#statements")
    assert f'<li class="card open" id="s-{statement.uid}"' in response.content.decode()
    statement.refresh_from_db()
    assert (statement.deleted_at, statement.version) == (None, 3)


def test_statements_nested_in_it_stay(client_of, ana, shared_set, statement, article):
    inner = make_statement(shared_set, ana, "the gates", parent=statement)
    client = client_of(ana)
    client.post(address(statement, "delete"), {"version": 1}, headers=HTMX)
    page = client.get(f"{article.get_absolute_url()}?statement={inner.uid}").content.decode()
    assert f'id="s-{inner.uid}"' in page


def test_what_somebody_changed_meanwhile_is_not_deleted_unseen(client_of, ana, statement):
    statement.version = 2
    statement.save()
    response = client_of(ana).post(address(statement, "delete"), {"version": 1}, headers=HTMX)
    assert (response.status_code, response["HX-Retarget"]) == (409, f"#s-{statement.uid}")
    assert "put into the bin" in response.content.decode()
    assert "changed this while you were editing" in response.content.decode()
    statement.refresh_from_db()
    assert statement.deleted_at is None


def test_what_is_deleted_is_not_there_to_delete(client_of, ana, statement):
    client = client_of(ana)
    client.post(address(statement, "delete"), {"version": 1}, headers=HTMX)
    assert client.post(address(statement, "delete"), {"version": 2}, headers=HTMX).status_code == 404


def test_a_restore_that_comes_too_late(client_of, ana, statement):
    client = client_of(ana)
    client.post(address(statement, "delete"), {"version": 1}, headers=HTMX)
    assert client.post(address(statement, "restore"), {"version": 1}, headers=HTMX).status_code == 409
    assert client.post(address(statement, "restore"), {"version": 2}, headers=HTMX).status_code == 200
    assert client.post(address(statement, "restore"), {"version": 3}, headers=HTMX).status_code == 404


def test_a_set_that_is_done_is_closed(client_of, ana, article):
    done = make_set(article, **submitted())
    kept, gone = make_statement(done, ana), make_statement(done, ana, deleted_at=done.submitted_at)
    for made, act in ((kept, "delete"), (gone, "restore")):
        response = client_of(ana).post(address(made, act), {"version": 1}, headers=HTMX)
        assert response.status_code == 409
        assert "reopen it" in response.content.decode()


@pytest.mark.parametrize("act", ["delete", "restore"])
def test_who_may(client_of, members, otto, shared_set, act):
    gone_at = shared_set.created_at if act == "restore" else None
    made = make_statement(shared_set, deleted_at=gone_at)
    assert client_of(members["vic"]).post(address(made, act), {"version": 1}).status_code == 403
    assert client_of(otto).post(address(made, act), {"version": 1}).status_code == 404
    assert client_of(members["ana"]).get(address(made, act)).status_code == 405
    assert client_of(members["ana"]).post(address(made, act), {"version": ""}).status_code == 422
    made.refresh_from_db()
    assert made.version == 1
