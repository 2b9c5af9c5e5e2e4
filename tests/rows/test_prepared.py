"""A prepared query reads what its QuerySet reads, on one connection after the other."""

from datetime import timedelta
from threading import Thread
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from annotations.claims.models import Claim
from annotations.prepared import Prepared


@pytest.fixture
def claims(study):
    return [Claim.objects.create(study=study, text=f"Claim {n} of 100%.", text_key=str(n)) for n in range(3)]


def test_each_call_reads_the_rows_of_its_values(claims, study):
    worded = Prepared(lambda slug, text: Claim.objects.filter(study__slug=slug, text=text), str, str)
    for claim in [*claims, *claims]:
        assert worded(study.slug, claim.text) == [claim]
    assert worded("another", claims[0].text) == []


def test_every_kind_of_value_is_stored_as_the_database_takes_it(claims):
    read = Prepared(
        lambda uid, key, since: Claim.objects.filter(uid=uid, pk=key, created_at__gte=since),
        UUID,
        int,
        type(timezone.now()),
    )
    claim = claims[1]
    assert read(claim.uid, claim.pk, claim.created_at) == [claim]
    assert read(claim.uid, claim.pk, claim.created_at + timedelta(microseconds=1)) == []
    assert read(uuid4(), claim.pk, claim.created_at) == []


def test_a_value_may_stand_in_several_places_and_constants_beside_it(claims):
    read = Prepared(
        lambda key: (
            (Claim.objects.filter(pk=key) | Claim.objects.filter(pk__lt=key, text="Claim 0 of 100%."))
            .order_by("pk")
            .values_list("pk", "text")
        ),
        int,
    )
    assert read(claims[2].pk) == [(claim.pk, claim.text) for claim in (claims[0], claims[2])]


def test_a_slice_may_begin_at_a_value(claims, study):
    def rows(study, start, but):
        keys = Claim.objects.filter(study=study).order_by("pk").values("pk")[start : start + 2]
        return Claim.objects.filter(pk__in=keys).exclude(text=but).order_by("pk")

    read = Prepared(rows, int, int, str)
    assert read(study.pk, 0, "-") == claims[:2]
    assert read(study.pk, 1, "-") == claims[1:]
    assert read(study.pk, 1, claims[1].text) == claims[2:]


def test_related_rows_and_annotations_come_with_it(claims, study, mira, django_assert_num_queries):
    read = Prepared(
        lambda user, key: Claim.objects.of_member(user).with_role_of(user).with_study().filter(pk=key),
        int,
        int,
    )
    read(mira.pk, claims[0].pk)
    with django_assert_num_queries(1):
        [claim] = read(mira.pk, claims[0].pk)
        assert (claim.study.name, claim.asker_role) == (study.name, "manager")


def test_rows_are_read_anew_each_time(claims):
    read = Prepared(lambda key: Claim.objects.filter(pk=key), int)
    [before] = read(claims[0].pk)
    Claim.objects.filter(pk=claims[0].pk).update(note="changed")
    [after] = read(claims[0].pk)
    assert (before.note, after.note) == ("", "changed")


@pytest.mark.django_db(transaction=True)
def test_it_outlives_a_rolled_back_transaction_and_a_lost_connection(claims):
    read = Prepared(lambda key: Claim.objects.filter(pk=key), int)
    with transaction.atomic():
        assert read(claims[0].pk) == [claims[0]]
        transaction.set_rollback(True)
    assert read(claims[0].pk) == [claims[0]]
    connection.close()
    assert read(claims[0].pk) == [claims[0]]


@pytest.mark.django_db(transaction=True)
def test_threads_do_not_share_it(claims):
    read = Prepared(lambda key: Claim.objects.filter(pk=key), int)
    found = {}

    def ask(claim):
        found[claim.pk] = [read(claim.pk) for _ in range(50)]
        connection.close()

    threads = [Thread(target=ask, args=[claim]) for claim in claims]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {claim.pk: [[claim]] * 50 for claim in claims}
