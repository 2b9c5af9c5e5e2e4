"""Clients that save all the time, and the reckoning: is every acknowledged save there, once, with its event?"""

import threading
import time
import uuid
from collections import Counter

from tests.trust.installation import BROKEN, PATIENCE

SPANS = [{"role": "content", "start": 0, "end": 5, "text": "Gates"}]


class Writer(threading.Thread):
    """Marks a statement, then adds tokens to its note; whatever breaks is asked again until it is answered."""

    def __init__(self, name, installation, ledger):
        super().__init__(name=f"writer {name}")
        self.me, self.installation, self.ledger = name, installation, ledger
        self.n = 0

    def run(self):
        while not self.ledger.stop.is_set() and not self.ledger.faults:
            made = self.create()
            for _ in range(3):
                if made and not self.ledger.stop.is_set():
                    self.update(made)

    def token(self):
        self.n += 1
        return f"<{self.ledger.run}.{self.me}.{self.n}>"

    def create(self):
        """A create is sent again under the same key, so that it happens once however often it breaks."""
        token, key = self.token(), str(uuid.uuid4())
        body = {"spans": SPANS, "note": token}
        path = f"/articles/{self.installation.article}/statements/"
        status, made = self.answered("POST", path, body, Idempotency_Key=key)
        if status != 201:
            return self.ledger.fault(f"create {token}: {status} {made}")
        self.ledger.note(self.ledger.created, token, made["id"])
        return made

    def update(self, made):
        """A change whose answer is lost is looked up: either it stands there, or it is sent again."""
        token = self.token()
        path = f"/statements/{made['id']}/"
        while True:
            note, tag = made["note"] + token, f'"v{made["version"]}"'
            status, new = self.answered("PATCH", path, {"note": note}, retry=False, If_Match=tag)
            if status == 200:
                break
            if status is not None:
                return self.ledger.fault(f"update {token}: {status} {new}")
            status, new = self.answered("GET", path)
            if status != 200:
                return self.ledger.fault(f"{path} was acknowledged and is gone: {status}")
            if token in new["note"]:
                break
            made |= new
        made |= new
        return self.ledger.note(self.ledger.updated, token, made["id"])

    def answered(self, method, path, body=None, *, retry=True, **headers):
        """Ask until there is an answer; without `retry` once: (None, None) where nobody knows what happened."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                status, answer = self.installation.ask(method, path, body, **headers)
            except BROKEN:
                status, answer = None, None
            if status is not None and status < 500:
                return status, answer
            if self.ledger.calm:
                self.ledger.fault(f"{method} {path} before anything was killed: {status}")
            if not retry:
                return None, None
            time.sleep(0.02)
        self.ledger.fault(f"{method} {path} was not answered within {PATIENCE} s")
        return None, None


def written_while(installation, ledger, act, writers=6):
    """Let writers save while `act` runs, then let each finish what it has begun."""
    threads = [Writer(i, installation, ledger) for i in range(writers)]
    for thread in threads:
        thread.start()
    try:
        act()
    finally:
        ledger.stop.set()
        for thread in threads:
            thread.join()


def reckoning(installation, ledger):
    """Everything that is wrong with the database after what the clients were told: a list of sentences."""
    found = list(ledger.faults) + [f"damaged: {words}" for words in installation.damage()]
    rows = {
        uuid.UUID(str(uid)): (note, version)
        for uid, note, version in installation.rows("SELECT uid, note, version FROM annotations_statement")
        if ledger.run in note
    }
    notes = "".join(note for note, _ in rows.values())
    for token in ledger.created.keys() | ledger.updated.keys():
        if (n := notes.count(token)) != 1:
            found.append(f"the acknowledged save {token} is there {n} times")
    for token, statement in (ledger.created | ledger.updated).items():
        if token not in rows.get(uuid.UUID(statement), ("",))[0]:
            found.append(f"{token} is not in the statement that was acknowledged")
    if len(rows) != len(ledger.created):
        found.append(f"{len(rows)} rows for {len(ledger.created)} creates")
    return found + without_their_events(installation, rows)


def without_their_events(installation, rows):
    """A row without the events that tell of it, and events that tell of no row."""
    told = installation.rows("SELECT target_id, verb FROM annotations_event WHERE target_type = 'statement'")
    every = {uuid.UUID(str(uid)) for (uid,) in installation.rows("SELECT uid FROM annotations_statement")}
    pairs = [(uuid.UUID(target), verb) for target, verb in told]
    events = Counter((uid, verb) for uid, verb in pairs if uid in rows or uid not in every)
    expected = Counter()
    for uid, (_, version) in rows.items():
        expected[uid, "statement.mark"] = 1
        if version > 1:
            expected[uid, "statement.revise"] = version - 1
    wrong = {key for key in events.keys() | expected.keys() if events[key] != expected[key]}
    return [f"{verb} of {uid}: {events[uid, verb]} events, not {expected[uid, verb]}" for uid, verb in wrong]
