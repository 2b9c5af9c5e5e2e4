"""A create sent again, also at the same moment, makes one row and gives one answer."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from annotations.audit.models import IdempotencyKey
from annotations.corpus.models import Article
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from tests.api.conftest import program_of
from tests.factories.corpus import TEXT

SENDERS = 6


def at_once(send, n=SENDERS):
    """Call `send(i)` in n threads that start together."""
    gate = threading.Barrier(n)

    def run(i):
        gate.wait()
        try:
            return send(i)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(n) as pool:
        return list(pool.map(run, range(n)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("path", "body", "model"),
    [
        (
            "/studies/gates/articles/",
            {"text": TEXT, "outlet": {"name": "Courier"}, "external_id": "a"},
            Article,
        ),
        ("/studies/gates/speakers/", {"name": "Jon Abel", "external_id": "s"}, Speaker),
    ],
)
def test_the_same_request_at_the_same_moment_makes_one_row(ana, study, path, body, model):
    """Without the key, the later ones would be refused for the text or the external id of the first."""
    program = program_of(ana)
    answers = at_once(lambda _: program_of(ana).post(path, body, key="once"))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert len({answer["Location"] for answer in answers}) == 1
    assert model.objects.count() == IdempotencyKey.objects.count() == 1
    assert program.get(answers[0]["Location"]).json() == answers[0].json()


@pytest.mark.django_db(transaction=True)
def test_a_list_at_the_same_moment_is_recorded_once(ana, article):
    program_of(ana)
    body = [
        {"spans": [{"role": "content", "start": n, "end": n + 3}], "speaker": {"name": "Jon"}}
        for n in range(4)
    ]
    answers = at_once(lambda _: program_of(ana).post(f"/articles/{article.uid}/statements/", body, key="k"))
    assert len({answer.content for answer in answers}) == 1
    assert Statement.objects.count() == 4
    assert Speaker.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_other_bodies_under_one_key_at_the_same_moment(ana, study):
    program_of(ana)
    answers = at_once(
        lambda i: program_of(ana).post("/studies/gates/speakers/", {"name": f"Speaker {i}"}, key="k")
    )
    assert sorted(answer.status_code for answer in answers) == [201, *[422] * (SENDERS - 1)]
    assert Speaker.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_speakers_named_at_the_same_moment_are_added_once(ana, article):
    """Without any key: programs that work side by side name the same people."""
    program_of(ana)
    body = {"spans": [{"role": "content", "start": 0, "end": 5}], "speaker": {"name": "Jon Abel"}}
    answers = at_once(lambda _: program_of(ana).post(f"/articles/{article.uid}/statements/", body))
    assert {answer.status_code for answer in answers} == {201}
    assert (Statement.objects.count(), Speaker.objects.count()) == (SENDERS, 1)


@pytest.mark.django_db(transaction=True)
def test_of_changes_at_the_same_moment_one_wins(ana, statement):
    program_of(ana)
    address = f"/statements/{statement.uid}/"
    answers = at_once(lambda i: program_of(ana).patch(address, {"note": f"note {i}"}, match=1))
    assert sorted(answer.status_code for answer in answers) == [200, *[412] * (SENDERS - 1)]
    (won,) = [answer.json() for answer in answers if answer.status_code == 200]
    for lost in answers:
        if lost.status_code == 412:
            assert lost.json()["current"] == won


def test_a_key_belongs_to_one_user(ana, ben, study):
    made = [
        program_of(user).post("/studies/gates/speakers/", {"name": "Jon"}, key="k") for user in (ana, ben)
    ]
    assert made[0].json()["id"] != made[1].json()["id"]


def test_a_key_belongs_to_one_address(ana, study):
    program = program_of(ana)
    assert program.post("/studies/gates/issues/", {"name": "A"}, key="k").status_code == 201
    assert (
        program.post("/studies/gates/speakers/", {"name": "A"}, key="k").json()["code"]
        == "idempotency_key_reused"
    )


def test_a_repetition_is_answered_as_at_first_whatever_has_happened_since(ana, mira, study):
    program = program_of(ana)
    made = program.post("/studies/gates/speakers/", {"name": "Jon", "external_id": "x"}, key="k")
    assert program_of(mira).delete(made["Location"], match=1).status_code == 204
    again = program.post("/studies/gates/speakers/", {"external_id": "x", "name": "Jon"}, key="k")
    assert (again.status_code, again.content) == (201, made.content)


def test_a_repetition_by_somebody_who_has_left_is_404(ana, study):
    program = program_of(ana)
    program.post("/studies/gates/speakers/", {"name": "Jon"}, key="k")
    ana.memberships.all().delete()
    assert program.post("/studies/gates/speakers/", {"name": "Jon"}, key="k").status_code == 404


@pytest.mark.parametrize("key", ["", " ", "a b", "a" * 201, "\u00e9", "\t"])
def test_a_key_that_cannot_be(ana, study, key):
    response = program_of(ana).post("/studies/gates/speakers/", {"name": "Jon"}, key=key)
    assert (response.status_code, response.json()["code"]) == (400, "bad_idempotency_key")
    assert not Speaker.objects.exists()
