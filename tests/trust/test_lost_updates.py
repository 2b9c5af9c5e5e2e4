"""Rows b1 and b2 on the real server: no edit is lost, no stale one accepted, one key makes one row."""

import uuid
from concurrent.futures import ThreadPoolExecutor

from tests.trust.installation import FAULTY, SOUND
from tests.trust.writing import SPANS


def at_once(act, n):
    with ThreadPoolExecutor(n) as pool:
        return list(pool.map(act, range(n)))


def new_statement(installation):
    status, made = installation.ask("POST", f"/articles/{installation.article}/statements/", {"spans": SPANS})
    assert status == 201, made
    return f"/statements/{made['id']}/"


# b1: the same rows edited at the same time ----------------------------------------------------------


def edited_at_once(installation, clients, edits, rows=2):
    """Let clients edit the same statements, each edit with a token of its own; return what went wrong."""
    paths, faults = [new_statement(installation) for _ in range(rows)], []

    def edit(client):
        for n in range(edits):
            save(installation, paths[n % rows], f"<{client}.{n}>", faults, stale=n % 5 == 0)

    at_once(edit, clients)
    notes = "".join(installation.ask("GET", path)[1]["note"] for path in paths)
    tokens = [f"<{client}.{n}>" for client in range(clients) for n in range(edits)]
    faults += [f"{token} is there {n} times" for token in tokens if (n := notes.count(token)) != 1]
    stale = [f"a stale edit was accepted: {word}" for word in ("<stale>",) if word in notes]
    return faults + stale


def save(installation, path, token, faults, *, stale):
    """Add a token to a note, as often as it takes; then, if `stale`, write over it with the version from before."""
    _, row = installation.ask("GET", path)
    while True:
        tag = f'"v{row["version"]}"'
        status, answer = installation.ask("PATCH", path, {"note": row["note"] + token}, If_Match=tag)
        if status == 200:
            break
        if status != 412 or answer.get("current", {}).get("version", 0) <= row["version"]:
            return faults.append(
                f"{token}: neither saved nor a conflict with what stands now: {status} {answer}"
            )
        row = answer["current"]
    if stale:
        status, answer = installation.ask("PATCH", path, {"note": "<stale>"}, If_Match=tag)
        if status != 412 or token not in answer["current"]["note"]:
            faults.append(f"{token}: the version before was taken for the present one: {status}")
    return None


def test_edits_of_the_same_rows_are_neither_lost_nor_written_over(installation, size):
    with installation.served(SOUND):
        assert edited_at_once(installation, clients=size(8, 16), edits=size(25, 100)) == []


def test_a_server_that_ignores_the_version_is_found_out(installation):
    with installation.served(FAULTY("ignores_the_version")):
        found = edited_at_once(installation, clients=4, edits=4, rows=1)
    assert any("is there 0 times" in words for words in found), found


# b2: one key, many requests ------------------------------------------------------------------------


def repeated_at_once(installation, keys, senders=8):
    """Send creates many times at once under one key, the last sender with another body; return what went wrong."""
    faults = []
    for _ in range(keys):
        key, name = str(uuid.uuid4()), uuid.uuid4().hex

        def send(i, key=key, name=name):
            body = {"name": name if i < senders - 1 else f"other {name}"}
            return installation.ask("POST", "/studies/gates/speakers/", body, Idempotency_Key=key)

        answers = at_once(send, senders)
        made = [answer for status, answer in answers if status == 201]
        _, found = installation.ask("GET", f"/studies/gates/speakers/?q={name}")
        if len(found["results"]) != 1 or len({answer["id"] for answer in made}) != 1:
            faults.append(f"{len(found['results'])} rows for one key")
        refused = [(status, answer["code"]) for status, answer in answers if status != 201]
        other = answers[-1][0] == 201  # the other body came first: then all the rest are refused
        if refused != [(422, "idempotency_key_reused")] * (senders - 1 if other else 1):
            faults.append(f"another body under the same key: {refused}")
    return faults


def test_a_key_makes_one_row(installation, size):
    with installation.served(SOUND):
        assert repeated_at_once(installation, keys=size(10, 200)) == []


def test_a_server_that_forgets_keys_is_found_out(installation):
    with installation.served(FAULTY("forgets_keys")):
        assert repeated_at_once(installation, keys=2, senders=3)
