"""A program that follows the changes of a study holds at each moment what a reader of the lists would find."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from annotations.audit.models import Event, Place
from annotations.claims.actions import add_claim, add_issue, delete_claim, delete_issue, relate_claims
from annotations.coding.bulk.actions import withdraw_statements
from annotations.corpus.actions import ArticleDraft, add_article, delete_article, restore_article
from annotations.exchange.actions import import_gold
from annotations.feed import pages, touches
from annotations.feed.places import Cursor
from annotations.history.actions import last_step, last_undone, redo, undo
from annotations.history.phrases import PHRASES
from annotations.merging.actions import merge_speakers, unmerge
from annotations.retention.actions import purge_bin
from annotations.revisions.actions import revise_article, take_back_revision
from annotations.speakers.actions import SpeakerChanges, add_speaker, change_speaker, delete_speaker
from annotations.statements.actions import (
    discard_statement,
    mark_statement,
    restore_statement,
    revise_statement,
)
from annotations.statements.changes import StatementChanges
from annotations.studies.actions import change_role
from annotations.studies.models import Membership
from annotations.workload.actions import open_set, reopen_set, submit_set
from tests.api.conftest import program_of
from tests.cast import CANARY
from tests.exchange.conftest import DEMO, GOLDEN, read_in
from tests.factories.corpus import make_article
from tests.factories.statements import make_statement, spans_of

pytestmark = pytest.mark.django_db(transaction=True)


class Mirror:
    """The loop of docs/api.md: what a client holds, by (type, id)."""

    def __init__(self, user, slug="gates", size=100):
        self.program, self.slug, self.size = program_of(user), slug, size
        self.held, self.cursor, self.entries = {}, None, []

    def follow(self):
        """Ask until that was all; return what came."""
        self.entries = []
        while True:
            since = f"&since={self.cursor}" if self.cursor else ""
            answer = self.program.get(f"/studies/{self.slug}/changes/?page_size={self.size}{since}")
            assert answer.status_code == 200, answer.content
            page = answer.json()
            assert len(page["results"]) <= 2 * self.size
            for entry in page["results"]:
                self.take(entry)
            self.cursor = page["cursor"]
            if page["next"] is None:
                return self.entries

    def take(self, entry):
        self.entries.append(entry)
        key = entry["type"], entry["id"]
        if not entry["deleted"]:
            self.held[key] = entry["object"]
            return
        self.held.pop(key, None)
        inside = {"set": ("set",), "article": ("article",)}.get(entry["type"], ())
        for field in inside:
            self.held = {k: held for k, held in self.held.items() if held.get(field) != entry["id"]}

    def kinds(self):
        return [(entry["type"], entry["deleted"]) for entry in self.entries]

    def lists(self):
        """What the lists answer this user, by (type, id)."""
        found = {}
        for name, kind in (
            ("articles", "article"),
            ("statements", "statement"),
            ("speakers", "speaker"),
            ("claims", "claim"),
            ("issues", "issue"),
            ("claim-relations", "claim_relation"),
        ):
            found |= {(kind, row["id"]): row for row in self.rows(f"/studies/{self.slug}/{name}/")}
        for kind, uid in list(found):
            if kind == "article":
                found |= {("set", row["id"]): row for row in self.rows(f"/articles/{uid}/sets/")}
        return found

    def rows(self, address):
        every = "&revisions=all" if address.endswith("/articles/") else ""
        page = self.program.get(f"{address}?page_size=500{every}").json()
        assert page["next"] is None
        return page["results"]

    def agrees(self):
        self.follow()
        assert self.held == self.lists()
        return True


@pytest.fixture
def mirror(statement, vic):
    mirror = Mirror(vic)
    assert mirror.agrees()
    return mirror


def test_the_first_copy_is_everything_in_pages(statement, study, vic, foreign):
    for i in range(5):
        make_article(study, f"Text {i}\n")
    mirror = Mirror(vic, size=2)
    assert mirror.agrees()
    assert {"article", "set", "statement", "speaker"} <= {kind for kind, _ in mirror.held}
    assert len(mirror.entries) == len({(entry["type"], entry["id"]) for entry in mirror.entries})
    assert CANARY not in str(mirror.held)
    assert mirror.follow() == []


def test_everything_that_changes_comes_once(mirror, study, shared_set, ana, mira):
    article = add_article(study=study, draft=draft("Another text.\n"), by=ana)
    speaker = add_speaker(study=study, changes=SpeakerChanges(values={"name": "Orla Venn"}), by=ana)
    issue = add_issue(study=study, values={"name": "The flood"}, by=ana)
    a, b = (add_claim(study=study, values={"text": text, "kind": "fact"}, by=ana) for text in ("A.", "B."))
    relate_claims(study=study, a=a, b=b, relation="contrary", by=ana)
    into = open_set(article=article, by=ana)
    changes = StatementChanges(spans=spans_of(article.text, content="Another"), speaker=speaker)
    marked = mark_statement(into=into, changes=changes, by=ana)
    revise_statement(statement=marked, expected=1, changes=StatementChanges(note="Twice."), by=ana)
    mirror.agrees()
    assert sorted(mirror.kinds()) == sorted(
        (kind, False)
        for kind in ("article", "speaker", "issue", "claim", "claim", "claim_relation", "set", "statement")
    )
    told = next(entry for entry in mirror.entries if entry["type"] == "statement")
    assert (told["version"], told["object"]["note"]) == (2, "Twice.")
    assert issue.name in str(mirror.held)


def test_binned_restored_purged(mirror, statement, study, ana, mira):
    discard_statement(statement=statement, expected=1, by=ana)
    mirror.agrees()
    assert mirror.entries == [
        {
            "type": "statement",
            "id": str(statement.uid),
            "version": 2,
            "at": mirror.entries[0]["at"],
            "deleted": True,
            "object": None,
        }
    ]
    restore_statement(statement=statement, expected=2, by=ana)
    mirror.agrees()
    article = statement.annotation_set.article
    delete_article(article=article, expected=article.version, by=mira)
    mirror.agrees()
    assert mirror.kinds() == [("article", True)]
    restore_article(article=article, expected=article.version, by=mira)
    mirror.agrees()
    assert {("article", False), ("set", False), ("statement", False)} <= set(mirror.kinds())
    discard_statement(statement=statement, expected=3, by=ana)
    purge_bin(study=study, by=mira)
    mirror.agrees()
    assert mirror.kinds() == [("statement", True)]
    assert mirror.entries[0]["version"] is None


def test_what_a_deletion_takes_along_or_leaves_changed(mirror, statement, study, ana, mira):
    issue = add_issue(study=study, values={"name": "The flood"}, by=ana)
    a, b = (
        add_claim(study=study, values={"text": text, "kind": "fact", "issue": issue}, by=ana)
        for text in ("A.", "B.")
    )
    relate_claims(study=study, a=a, b=b, relation="contrary", by=ana)
    office = add_speaker(study=study, changes=SpeakerChanges(values={"name": "Office"}), by=ana)
    speaks = SpeakerChanges(values={"affiliation": office}, members=[office])
    change_speaker(speaker=statement.speaker, expected=statement.speaker.version, changes=speaks, by=ana)
    mirror.agrees()
    delete_issue(issue=issue, expected=1, by=mira)
    mirror.agrees()
    delete_claim(claim=fresh(a), expected=fresh(a).version, by=mira)
    mirror.agrees()
    assert {("claim", True), ("claim_relation", True)} <= set(mirror.kinds())
    delete_speaker(speaker=office, expected=1, by=mira)
    mirror.agrees()
    for _ in range(3):
        undo_step(study=study, by=mira)
        mirror.agrees()
    redo_step(study=study, by=mira)
    mirror.agrees()


def test_a_statement_taken_back_and_what_was_nested_in_it(mirror, shared_set, ana):
    spans = spans_of(shared_set.article.text, content="that no gate was opened before two")
    outer = mark_statement(into=shared_set, changes=StatementChanges(spans=spans), by=ana)
    inner = make_statement(shared_set, ana, "opened before two", parent=outer)
    mirror.follow()
    withdraw_statements(study=shared_set.article.study, statements=[outer], by=ana)
    mirror.agrees()
    assert ("statement", True) in mirror.kinds()
    assert mirror.held["statement", str(inner.uid)]["parent"] is None


def test_a_merge_moves_what_names_the_speaker(mirror, statement, study, ana, mira):
    keep = add_speaker(study=study, changes=SpeakerChanges(values={"name": "J. Abel"}), by=ana)
    away = fresh(statement.speaker)
    mirror.follow()
    merge_speakers(keep=keep, away=away, expected=1, by=mira)
    mirror.agrees()
    assert ("speaker", True) in mirror.kinds()
    assert mirror.held["statement", str(statement.uid)]["speaker"] == str(keep.uid)
    unmerge(keep=fresh(keep), away=str(away.uid), expected=fresh(keep).version, by=mira)
    mirror.agrees()
    assert mirror.held["statement", str(statement.uid)]["speaker"] == str(away.uid)


def test_a_corrected_text_takes_its_statements_along_and_back(mirror, statement, ana, mira):
    article = fresh(statement.annotation_set.article)
    draft = ArticleDraft(text=article.text.replace("Nobody", "No one"))
    revise_article(article=article, expected=article.version, draft=draft, by=mira)
    mirror.agrees()
    assert ("article", False) in mirror.kinds()
    assert ("statement", False) in mirror.kinds()
    take_back_revision(article=fresh(article), expected=fresh(article).version, by=mira)
    mirror.agrees()


def test_an_import_shows_its_rows_and_no_others(mirror, study, mira):
    held = set(mirror.held)
    read_in((GOLDEN / "demo.jsonl").read_bytes(), mira, "gates")
    mirror.agrees()
    assert len(mirror.held) > len(held) + 100
    assert not held & {(entry["type"], entry["id"]) for entry in mirror.entries}
    assert not any(entry["deleted"] for entry in mirror.entries)


def test_a_gold_file_shows_its_rows(mirror, mira):
    held = set(mirror.held)
    import_gold(raw=(DEMO / "demo_gold.json").read_bytes(), texts=DEMO, slug="gates", by=mira)
    mirror.agrees()
    assert len(mirror.held) > len(held) + 100
    assert not held & {(entry["type"], entry["id"]) for entry in mirror.entries}


def test_pages_are_small_and_go_on_inside_an_event(mirror, mira):
    mirror.size = 7
    read_in((GOLDEN / "demo.jsonl").read_bytes(), mira, "gates")
    mirror.agrees()


def test_every_verb_is_known():
    """A new verb: add it to ALONE if it changes its target alone. Any other is looked after by the time of writing."""
    known = touches.ALONE | touches.OF_THE_WHOLE
    told = {verb for verb in PHRASES if not verb.startswith(touches.ELSEWHERE)}
    assert told - known <= {
        "article.delete", "article.restore", "article.revise", "statement.delete", "statement.purge", "speaker.delete",
        "speaker.restore", "claim.delete", "claim.restore", "issue.delete", "issue.restore",
        "claim_relation.restore", "speaker.merge", "speaker.unmerge", "claim.merge", "claim.unmerge",
    }  # fmt: skip


def test_what_it_refuses(mirror, vic, otto, study):
    program = program_of(vic)
    address = "/studies/gates/changes/"
    assert program.get(f"{address}?since=nonsense").json()["code"] == "bad_cursor"
    assert program.get(f"{address}?stance=support").json()["code"] == "unknown_filter"
    assert program_of(otto).get(address).status_code == 404
    later = Cursor("shared", Place(2**60, 2**60)).seal(study.pk)
    answer = program.get(f"{address}?since={later}")
    assert (answer.status_code, answer.json()["code"]) == (410, "begin_anew")


# In a blind study


@pytest.fixture
def blind_article(independent_study):
    return make_article(independent_study)


@pytest.fixture
def mirrors(blind_article, members):
    mirrors = {name: Mirror(user, "blind") for name, user in members.items()}
    for mirror in mirrors.values():
        mirror.follow()
    return mirrors


def mark(article, user, words="“They opened the gates at noon,”"):
    into = open_set(article=article, by=user)
    spans = spans_of(article.text, content=words)
    return mark_statement(into=into, changes=StatementChanges(spans=spans, note=f"by {user}"), by=user)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def test_nobody_is_told_of_the_open_set_of_another(mirrors, blind_article, ben):
    cursors = {name: mirror.cursor for name, mirror in mirrors.items()}
    statement = mark(blind_article, ben)
    revise_statement(statement=statement, expected=1, changes=StatementChanges(note="More."), by=ben)
    discard_statement(statement=fresh(statement), expected=2, by=ben)
    restore_statement(statement=fresh(statement), expected=3, by=ben)
    for name, told in (("ana", False), ("vic", False), ("ada", False), ("ben", True), ("mira", True)):
        assert bool(mirrors[name].follow()) is told, name
        assert mirrors[name].agrees(), name
    assert cursors


def test_a_set_appears_with_its_statements_as_it_is_submitted_and_goes_as_it_is_reopened(
    mirrors, blind_article, ben
):
    statement = mark(blind_article, ben)
    into = fresh(statement.annotation_set)
    submit_set(annotation_set=into, expected=1, by=ben)
    for name, told in (("ada", {"set", "statement"}), ("ana", set()), ("vic", set())):
        assert {entry["type"] for entry in mirrors[name].follow()} == told, name
        assert mirrors[name].agrees()
    assert mirrors["mira"].agrees()
    reopen_set(annotation_set=fresh(into), expected=2, by=ben)
    assert [(entry["type"], entry["id"], entry["deleted"]) for entry in mirrors["ada"].follow()] == [
        ("set", str(into.uid), True)
    ]
    for name in ("ana", "vic"):
        assert mirrors[name].follow() == []
    for mirror in mirrors.values():
        assert mirror.agrees()


def test_a_manager_loses_sight_of_others_by_opening_her_own_set_and_gets_it_back(
    mirrors, blind_article, ana, ben, mira
):
    mark(blind_article, ben)
    mira_s = mirrors["mira"]
    assert mira_s.agrees()
    own = mark(blind_article, mira).annotation_set
    assert ("set", True) in [(entry["type"], entry["deleted"]) for entry in mira_s.follow()]
    assert mira_s.agrees()
    mark(blind_article, ana)
    assert mira_s.follow() == []
    submit_set(annotation_set=fresh(own), expected=1, by=mira)
    assert mira_s.agrees()
    assert len([kind for kind, _ in mira_s.held if kind == "set"]) == 3
    reopen_set(annotation_set=fresh(own), expected=2, by=mira)
    assert mira_s.agrees()
    assert len([kind for kind, _ in mira_s.held if kind == "set"]) == 1


def test_what_was_purged_is_gone_for_who_could_read_it(mirrors, blind_article, independent_study, ben, mira):
    statement = mark(blind_article, ben)
    for mirror in mirrors.values():
        mirror.follow()
    discard_statement(statement=statement, expected=1, by=ben)
    purge_bin(study=independent_study, by=mira)
    for name, told in (("mira", True), ("ben", True), ("ana", False), ("ada", False), ("vic", False)):
        assert bool(mirrors[name].follow()) is told, name
        assert mirrors[name].agrees()


def test_with_another_role_one_begins_anew(mirrors, independent_study, ben, mira):
    member = Membership.objects.get(study=independent_study, user=ben)
    change_role(member=member, expected=1, role="adjudicator", by=mira)
    answer = mirrors["ben"].program.get(f"/studies/blind/changes/?since={mirrors['ben'].cursor}")
    assert (answer.status_code, answer.json()["code"]) == (410, "begin_anew")


def test_work_that_is_hidden_makes_no_pages(mirrors, blind_article, ana, ben, monkeypatch):
    monkeypatch.setattr(pages, "READ", 2)
    statement = mark(blind_article, ben)
    for i in range(9):
        revise_statement(
            statement=fresh(statement), expected=i + 1, changes=StatementChanges(note=str(i)), by=ben
        )
    page = mirrors["ana"].program.get(f"/studies/blind/changes/?since={mirrors['ana'].cursor}").json()
    assert (page["results"], page["next"]) == ([], None)


# With several writers


def test_no_change_is_missed_while_others_write(statement, study, members, vic):
    """Writers of different speed, whose events get their ids long before they are committed."""
    rounds = 12

    def write(user):
        try:
            for n in range(rounds):
                with transaction.atomic():
                    add_speaker(study=study, changes=SpeakerChanges(values={"name": f"{user} {n}"}), by=user)
                    if n % 3 == 0 and connection.vendor == "postgresql":
                        with connection.cursor() as cursor:
                            cursor.execute("SELECT pg_sleep(0.05)")
        finally:
            connection.close()

    mirror = Mirror(vic, size=3)
    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(write, members[name]) for name in ("ana", "ben", "ada", "mira")]
        while not all(writer.done() for writer in writers):
            mirror.follow()
        for writer in writers:
            writer.result()
    assert mirror.agrees()
    assert len({uid for kind, uid in mirror.held if kind == "speaker"}) >= 4 * rounds


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
def test_what_is_committed_late_comes_late_and_is_not_passed_over(mirror, study, ana, ben):
    """The first event has the lower id, and is committed after the second."""
    written, go_on = threading.Event(), threading.Event()

    def late():
        try:
            with transaction.atomic():
                add_speaker(study=study, changes=SpeakerChanges(values={"name": "Late"}), by=ben)
                written.set()
                assert go_on.wait(20)
        finally:
            connection.close()

    writer = threading.Thread(target=late)
    writer.start()
    assert written.wait(20)
    add_speaker(study=study, changes=SpeakerChanges(values={"name": "Early"}), by=ana)
    mirror.follow()
    go_on.set()
    writer.join(20)
    mirror.agrees()
    assert {"Late", "Early"} <= {held.get("name") for held in mirror.held.values()}
    ids = {event.label: event.pk for event in Event.objects.filter(verb="speaker.add")}
    assert ids["Late"] < ids["Early"]


def draft(text):
    return ArticleDraft(text=text, metadata={"title": "Another"})


def undo_step(study, by):
    undo(step=last_step(study=study, user=by), by=by)


def redo_step(study, by):
    redo(step=last_undone(study=study, user=by), by=by)
