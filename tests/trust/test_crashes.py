"""Rows a1 and a2: what was acknowledged outlives kill -9 of workers, of the server and of the database."""

import random

from tests.trust.installation import FAULTY, SOUND, Ledger
from tests.trust.writing import reckoning, written_while

RECOVERY = 15
"""Seconds until it answers again; 5 on a machine that does nothing else."""


def crashed(installation, kills, app=SOUND):
    """Kill at the moment of an acknowledgement, again and again; return what is wrong, and what was measured."""
    ledger, recovered = Ledger(), []

    def kill():
        for act in kills:
            ledger.wait_for_more(random.randint(5, 20))  # noqa: S311  (any moment will do)
            if ledger.faults:
                return
            ledger.calm = False
            act()
            recovered.append(installation.wait_until_it_answers())

    with installation.served(app):
        written_while(installation, ledger, kill)
        found = reckoning(installation, ledger)
    return found, ledger, recovered


def ways_to_die(installation, cluster):
    def both():
        installation.kill_server()
        cluster.kill_and_restart()
        installation.start(installation.app)

    ways = [installation.kill_and_restart, installation.kill_worker]
    return [*ways, cluster.kill_backend, cluster.kill_and_restart, both] if cluster else ways


def test_acknowledged_saves_outlive_every_crash(installation, cluster, size):
    ways, n = ways_to_die(installation, cluster), size(8, 300)
    found, ledger, recovered = crashed(installation, [ways[i % len(ways)] for i in range(n)])
    assert found == []
    assert len(ledger) >= 5 * n
    assert max(recovered) < RECOVERY
    print(f"{n} kills: {len(ledger)} acknowledged, 0 lost, 0 duplicated; recovery {max(recovered):.1f} s")


def test_a_server_that_acknowledges_before_the_commit_is_found_out(installation):
    found, _, _ = crashed(installation, [installation.kill_and_restart] * 3, FAULTY("acknowledges_early"))
    assert any("is there 0 times" in words for words in found), found
