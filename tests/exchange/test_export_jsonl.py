"""An export is one moment of what its reader may read, whole or visibly broken off."""

import hashlib
import json
import threading
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

import jsonschema
import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone
from django.utils.connection import ConnectionDoesNotExist

from annotations.claims.models import stances_of_statements
from annotations.conflicts.models import Verdict
from annotations.corpus.models import Article
from annotations.exchange import exporter
from annotations.exchange.dataset.types import json_schema
from annotations.exchange.downloads import Begun
from annotations.exchange.exporter import export_jsonl, study_records
from annotations.exchange.formats.jsonl import TYPES, to_jsonl
from annotations.exchange.numerous import statement_record
from annotations.exchange.scope import Scope
from annotations.exchange.snapshot import snapshot
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from annotations.studies.models import Study
from annotations.workload.models import AnnotationSet
from tests.cast import CANARY
from tests.exchange.conftest import exported, lines_of
from tests.factories.claims import make_claim, make_stance
from tests.factories.conflicts import make_verdict
from tests.factories.corpus import make_article
from tests.factories.speakers import make_speaker
from tests.factories.statements import make_statement, spans_of
from tests.factories.studies import author_for
from tests.factories.workload import make_own_set, make_set, submitted

pytestmark = pytest.mark.django_db(transaction=True)
SCHEMA = settings.BASE_DIR / "docs" / "jsonl.schema.json"


def test_a_file_has_its_lines_in_order_and_a_trailer(demo):
    raw = exported(demo)
    lines = [json.loads(line) for line in raw.decode().removesuffix("\n").split("\n")]
    places = [(TYPES.index(line["type"]), line["id"]) for line in lines[:-1]]
    assert places == sorted(places)
    before, after = raw[: raw.rindex(b"\n", 0, -1) + 1], raw[raw.rindex(b"\n", 0, -1) + 1 :]
    end = json.loads(after)
    assert end["type"] == "end"
    assert end["sha256"] == hashlib.sha256(before).hexdigest()
    assert end["counts"] == {kind: sum(line["type"] == kind for line in lines) for kind in TYPES}
    assert (end["counts"]["statement"], end["counts"]["mention"], end["counts"]["verdict"]) == (49, 84, 60)
    for line in raw.splitlines():
        assert (
            line
            == json.dumps(
                json.loads(line), sort_keys=True, ensure_ascii=False, separators=(",", ":")
            ).encode()
        )


def test_every_line_fits_the_published_schema(demo):
    check = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for line in exported(demo).splitlines():
        found = list(check.iter_errors(json.loads(line)))
        assert not found, found[:3]
    broken = json.loads(exported(demo).splitlines()[0]) | {"mode": "secret"}
    assert list(check.iter_errors(broken))


def test_the_published_schema_is_that_of_the_import():
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json_schema()


def test_statements_from_the_cursor_are_those_of_the_api(demo):
    rows = Statement.objects.in_study(demo).with_details().prefetch_related(stances_of_statements())
    records = {str(row.uid): {"type": "statement", **statement_record(row)} for row in rows}
    lines = lines_of(exported(demo))["statement"]
    assert len(lines) == len(records)
    for line in lines:
        assert line == records[line["id"]]


def test_the_number_of_queries_does_not_grow_with_the_rows(demo, ana):
    before = n_queries(demo)
    article = Article.objects.in_study(demo).first()
    into, words = article.sets.get(), article.text.split("\n")[0]
    for i in range(30):
        statement = make_statement(into, ana, spans=spans_of(article.text, content=words))
        make_stance(statement, make_claim(demo, f"Claim {i}."))
        make_article(demo, f"Another article, number {i}.\n")
    assert n_queries(demo) == before


def n_queries(study, wanted=None):
    """How many statements of SQL an export sends on its own connection."""
    asked = []

    def count(execute, sql, *args):
        asked.append(sql)
        return execute(sql, *args)

    with snapshot() as alias, connections[alias].execute_wrapper(count):
        assert list(study_records(Scope(study.pk, None, alias, wanted)))
    return len(asked)


def test_no_connection_is_left(demo, monkeypatch):
    opened = []

    @contextmanager
    def noted():
        with snapshot() as alias:
            opened.append(alias)
            yield alias

    monkeypatch.setattr(exporter, "snapshot", noted)
    unfinished = export_jsonl(demo, None)
    next(unfinished)
    assert connections[opened[0]].connection is not None
    unfinished.close()
    list(export_jsonl(demo, None))
    assert len(opened) == 2
    for alias in opened:
        with pytest.raises(ConnectionDoesNotExist):
            connections[alias]


def test_text_leaves_only_by_licence(study, ana):
    make_article(study, "Kept at home.\n", title="home")
    make_article(study, "Free to go.\n", title="away", text_may_leave=True)
    lines = {line["title"]: line for line in lines_of(exported(study, ana))["article"]}
    assert "text" not in lines["home"]
    assert lines["away"]["text"] == "Free to go.\n"
    assert lines["home"]["sha256"] == hashlib.sha256(b"Kept at home.\n").hexdigest()
    assert lines["home"]["length"] == 14


def test_authors_are_pseudonyms_alone(statement, study, ana, speaker):
    raw = exported(study, ana)
    assert [set(line) for line in lines_of(raw)["author"]] == [{"type", "id", "pseudonym"}]
    assert b'"ana"' not in raw
    assert b"example.org" not in raw


def test_the_bin_is_left_out_and_what_points_to_it(shared_set, study, ana, speaker):
    text = shared_set.article.text
    kept = make_statement(shared_set, ana)
    binned = make_statement(
        shared_set, ana, spans=spans_of(text, content="“Nobody warned us,”"), deleted_at=timezone.now()
    )
    Statement.objects.filter(pk=kept.pk).update(
        parent=binned, restates=[str(binned.uid)], replies_to=[str(binned.uid)]
    )
    make_verdict(kept, binned, author_for(study, ana))
    gone = make_speaker(study, "Gone")
    spans = kept.span_list.to_json()
    spans.append({**spans_of(text, addressee="reporters").to_json()[0], "speaker": str(gone.uid)})
    Statement.objects.filter(pk=kept.pk).update(spans=spans)
    Speaker.objects.filter(pk=gone.pk).delete()
    lines = lines_of(exported(study))
    assert [line["id"] for line in lines["statement"]] == [str(kept.uid)]
    line = lines["statement"][0]
    assert (line["parent"], line["restates"], line["replies_to"]) == (None, [], [])
    assert line["spans"][-1]["speaker"] is None
    assert lines["verdict"] == []


def test_a_binned_article_takes_all_of_it_along(statement, study):
    Article.objects.update(deleted_at=timezone.now())
    counts = lines_of(exported(study))["end"][0]["counts"]
    assert (counts["article"], counts["set"], counts["statement"]) == (0, 0, 0)


def test_another_study_is_not_in_it(statement, study, foreign, ana):
    assert CANARY.encode() not in exported(study, ana)
    assert CANARY.encode() not in exported(study)


@pytest.fixture
def blind(independent_study, ana, ben, ada, codebook):
    """ana's set is open, ben's submitted, and there is a settled one; each with one statement."""
    article = make_article(independent_study)
    made = {}
    for user, fields in ((ana, {}), (ben, submitted())):
        into = make_own_set(article, user, **fields)
        made[user.username] = make_statement(into, user, note=f"note of {user.username}")
    settled = make_set(
        article, kind=AnnotationSet.Kind.ADJUDICATED, author=author_for(independent_study, ada)
    )
    made["settled"] = make_statement(settled, ada, note="settled note")
    return made


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("ana", {"note of ana"}),
        ("ben", {"note of ben"}),
        ("ada", {"note of ben", "settled note"}),
        ("vic", {"settled note"}),
        ("mira", {"note of ana", "note of ben", "settled note"}),
    ],
)
def test_the_blind_do_not_see(name, seen, blind, independent_study, members):
    lines = lines_of(exported(independent_study, members[name]))
    assert {line["note"] for line in lines["statement"]} == seen
    assert len(lines["set"]) == len(seen)
    authors = {line["pseudonym"] for line in lines["author"]}
    named = {line["created_by"] for line in lines["statement"]} | {s["author"] for s in lines["set"]}
    assert named <= authors
    if name in {"ana", "vic"}:
        assert author_for(independent_study, members["ben"]).pseudonym not in authors


def test_a_manager_with_an_open_set_of_her_own_is_blind_too(blind, independent_study, mira):
    into = make_own_set(Article.objects.get(), mira)
    make_statement(into, mira, note="note of mira")
    notes = {line["note"] for line in lines_of(exported(independent_study, mira))["statement"]}
    assert notes == {"note of mira"}


def test_verdicts_of_others_are_blind(blind, independent_study, ana, ben, mira):
    for judge in (ana, ben):
        make_verdict(blind["ben"], blind["settled"], author_for(independent_study, judge))
    assert lines_of(exported(independent_study, ben))["verdict"] == []
    both = lines_of(exported(independent_study, mira))["verdict"]
    assert len(both) == 2
    mine = make_statement(
        Statement.objects.get(pk=blind["ben"].pk).annotation_set, ben, "“Nobody warned us,”"
    )
    make_verdict(blind["ben"], mine, author_for(independent_study, ana))
    make_verdict(mine, blind["ben"], author_for(independent_study, ben))
    judges = {line["judge"] for line in lines_of(exported(independent_study, ben))["verdict"]}
    assert judges == {author_for(independent_study, ben).pseudonym}


def test_it_is_one_moment_and_saves_go_on(demo, ana):
    pieces = export_jsonl(demo, None)
    raw = next(pieces)
    saved = threading.Thread(target=change_everything, args=(demo.pk,))
    saved.start()
    saved.join(timeout=15)
    assert not saved.is_alive(), "a save waits for the export"
    raw += b"".join(pieces)
    lines = lines_of(raw)
    assert len(lines["statement"]) == 49
    assert {line["note"] for line in lines["statement"]}.isdisjoint({"changed"})
    assert lines["end"][0]["counts"]["verdict"] == 60
    assert Statement.objects.filter(note="changed").count() == 49


def change_everything(study_id):
    Statement.objects.filter(annotation_set__article__study=study_id).update(note="changed")
    Verdict.objects.filter(study=study_id).delete()
    connections.close_all()


def test_a_failure_midway_never_looks_like_an_end(demo, monkeypatch):
    pieces = []
    with monkeypatch.context() as patch:
        patch.setattr(exporter, "READERS", {**exporter.READERS, "mention": partial(broken, exporter.READERS)})
        with pytest.raises(RuntimeError, match="went away"):
            pieces.extend(export_jsonl(demo, None))
    assert b'"type":"end"' in exported(demo)
    assert pieces
    assert b'"type":"end"' not in b"".join(pieces)


def broken(readers, scope):
    """Yield three mentions, then fail."""
    yield from islice(readers["mention"](scope), 3)
    raise RuntimeError("the database went away")


def test_what_fails_before_the_first_byte_is_no_file(demo, monkeypatch):
    def failing(scope):
        raise RuntimeError("no study")

    monkeypatch.setattr(exporter, "READERS", {**exporter.READERS, "study": failing})
    with pytest.raises(RuntimeError, match="no study"):
        Begun(export_jsonl(demo, None))


def test_the_first_piece_comes_at_once_and_pieces_stay_small():
    seen = []

    def records():
        for i in range(5000):
            seen.append(i)
            yield "issue", {"id": str(i), "name": "x" * 100}

    pieces = to_jsonl(records())
    next(pieces)
    assert len(seen) == 1
    sizes = [len(piece) for piece in pieces]
    assert max(sizes) < 2 * 64 * 1024


def test_an_empty_study(study, vic):
    lines = lines_of(exported(study, vic))
    assert [line["name"] for line in lines["study"]] == ["Gates"]
    assert [line["version"] for line in lines["codebook"]] == ["1.0.0"]
    assert lines["end"][0]["counts"]["statement"] == 0
    assert Study.objects.count() == 1
    assert Path(SCHEMA).exists()
