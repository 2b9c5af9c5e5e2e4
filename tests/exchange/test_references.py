"""Foreign keys hold for an import as for any other writer, however they are checked."""

import pytest
from django.db import IntegrityError, connection, transaction

from annotations.exchange.dataset.actions import WRITTEN
from annotations.exchange.dataset.bulk import insert_rows
from annotations.exchange.dataset.references import references_checked_at_the_end
from annotations.speakers.models import Alias

NOWHERE = 10**9


@pytest.mark.django_db(transaction=True)
def test_a_row_that_points_nowhere_is_refused():
    row = {"speaker_id": NOWHERE, "name": "n", "key": "k"}
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        references_checked_at_the_end(WRITTEN),
    ):
        insert_rows(Alias, [row])
    assert not Alias.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_every_row_is_asked_about_again_afterwards():
    with transaction.atomic(), references_checked_at_the_end(WRITTEN):
        pass
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Alias, [{"speaker_id": NOWHERE, "name": "n", "key": "k"}])


@pytest.mark.django_db
@pytest.mark.parametrize("granted", [True, False])
def test_a_role_may_put_the_asking_off_if_it_was_granted_that(granted):
    if connection.vendor != "postgresql" or connection.pg_version < 150000:
        pytest.skip("only PostgreSQL 15 and later grant it")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE plain")
        cursor.execute("GRANT pg_read_all_data, pg_write_all_data TO plain")
        if granted:
            cursor.execute("GRANT SET ON PARAMETER session_replication_role TO plain")
        cursor.execute("SET LOCAL ROLE plain")
        with references_checked_at_the_end(WRITTEN):
            cursor.execute("SELECT current_setting('session_replication_role')")
            assert cursor.fetchone() == ("replica" if granted else "origin",)
        cursor.execute("RESET ROLE")


@pytest.mark.django_db
def test_nothing_but_foreign_keys_is_put_off():
    """What puts the foreign keys off would put off triggers and deferred uniqueness too; there are none."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL can put them off")
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        assert cursor.fetchall() == []
        cursor.execute("SELECT conname FROM pg_constraint WHERE condeferrable AND contype <> 'f'")
        assert cursor.fetchall() == []
