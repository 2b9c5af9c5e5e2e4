"""Installations of their own for the checks of trust."""

import os

import pytest

from tests.trust.cluster import durable_cluster
from tests.trust.installation import Installation


@pytest.fixture(scope="session")
def cluster():
    """A PostgreSQL that waits for the disk, in the run of the suite that is about PostgreSQL; else None."""
    if not os.environ.get("TEST_DATABASE_URL"):
        yield None
        return
    with durable_cluster() as running:
        if running is None:
            pytest.skip("no initdb and postgres on this machine: a database that is killed must be our own")
        yield running


@pytest.fixture(scope="session")
def installation(cluster, tmp_path_factory):
    return Installation(tmp_path_factory.mktemp("installation"), cluster.address if cluster else "")
