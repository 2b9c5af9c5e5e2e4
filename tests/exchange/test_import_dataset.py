"""What was exported comes back: the same bytes, all of it or nothing, every fault by line and column."""

import copy
import hashlib
import json
import os
import uuid
from datetime import date
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.codebook.models import CodebookVersion
from annotations.conflicts.models import Verdict
from annotations.corpus.models import Article
from annotations.errors import AnnotationError
from annotations.exchange.dataset import actions
from annotations.exchange.dataset.actions import import_dataset
from annotations.exchange.dataset.bulk import insert_rows
from annotations.exchange.dataset.faults import DatasetInvalid
from annotations.exchange.dataset.presence import IdsPresent
from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from annotations.studies.actions import author_of
from annotations.studies.models import Author, Membership, Study
from annotations.workload.models import AnnotationSet
from tests.exchange.conftest import GOLDEN, emptied, exported, file_of, lines_of, read_in, study_called
from tests.factories.corpus import make_article
from tests.factories.speakers import make_affiliation, make_speaker
from tests.factories.studies import make_author

TEXTS = GOLDEN / "texts"
NASTY = (GOLDEN / "nasty.jsonl").read_bytes()
together = pytest.mark.django_db(transaction=True)
alone = pytest.mark.django_db


@pytest.fixture
def nasty():
    """The golden file as objects, to be changed by a test."""
    return lines_of(NASTY)


def refused(raw, admin, **options):
    """The error with which a file is refused; nothing of it may have been written."""
    with pytest.raises(AnnotationError) as error:
        read_in(raw, admin, texts=options.pop("texts", TEXTS), **options)
    assert not Study.objects.filter(slug="copy").exists()
    assert not Article.objects.exists()
    assert not Event.objects.filter(verb="dataset.import").exists()
    return error.value


@together
def test_the_golden_file_comes_out_as_it_went_in(admin):
    done = read_in(NASTY, admin, texts=TEXTS)
    assert exported(done.study) == NASTY
    assert done.notes == []


@together
def test_the_demo_comes_out_of_an_empty_installation_as_it_went_in(demo):
    raw = exported(demo)
    root = emptied()
    done = read_in(raw, root, slug="elsewhere")
    assert exported(done.study) == raw
    assert (done.study.slug, str(done.study.uid)) == ("elsewhere", str(demo.uid))
    assert done.study.name == demo.name


@together
def test_an_empty_study_becomes_what_the_file_was(admin, study):
    member = Membership.objects.get(study=study, role="manager")
    done = read_in(NASTY, admin, slug=study.slug, texts=TEXTS)
    assert done.study.pk == study.pk
    assert exported(done.study) == NASTY
    assert Membership.objects.get(study=study, role="manager") == member
    assert CodebookVersion.objects.current_for(done.study).number == "1.1.0"


@together
def test_texts_are_found_by_their_hash_under_any_name(admin, tmp_path, nasty):
    text = next(
        line["text"] for line in nasty["article"] if line["id"] and "text" in line and line["language"] == ""
    )
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    (folder / "odd.name").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert exported(read_in(NASTY, admin, texts=tmp_path).study) == NASTY


@alone
def test_articles_without_text_are_named(admin, tmp_path, nasty):
    error = refused(NASTY, admin, texts=tmp_path)
    missing = next(line for line in nasty["article"] if "text" not in line)
    assert "no text of 1 of its articles" in error.message
    assert missing["id"] in error.message
    assert missing["sha256"] in error.message
    assert isinstance(error, DatasetInvalid)


@together
def test_ids_that_are_here_are_refused_naming_the_first(admin):
    first = read_in(NASTY, admin, slug="first", texts=TEXTS).study
    n_events = Event.objects.count()
    with pytest.raises(IdsPresent) as error:
        read_in(NASTY, admin, texts=TEXTS)
    assert f"The study in line 1 is here already (id {first.uid})" in error.value.message
    assert "--new-ids, over REST new_ids=true" in error.value.message
    with pytest.raises(IdsPresent, match="The author in line 2 is here already"):
        read_in(NASTY, admin, slug="first", texts=TEXTS)
    assert (Study.objects.count(), Event.objects.count()) == (1, n_events)


@together
def test_new_ids_are_given_consistently(admin, nasty):
    read_in(NASTY, admin, slug="first", texts=TEXTS)
    done = read_in(NASTY, admin, texts=TEXTS, new_ids=True)
    again = exported(done.study)
    old, new = known_ids(lines_of(NASTY)), known_ids(lines_of(again))
    assert len(old) == len(new)
    assert set(old) & set(new) == {"6bc133c2-797e-5675-b484-282a1363d90e"}
    assert said_without_ids(NASTY) == said_without_ids(again)
    one = Statement.objects.in_study(done.study).get(external_id="one")
    two = Statement.objects.in_study(done.study).get(external_id=None)
    ben = Statement.objects.in_study(done.study).get(external_id="ben")
    nested = Statement.objects.in_study(done.study).get(external_id="nested")
    assert one.restates == [str(two.uid)]
    assert one.replies_to == [str(nested.uid), str(ben.uid)]
    assert nested.parent == one
    target = next(item for item in one.span_list if item.role == "target")
    assert Speaker.objects.in_study(done.study).get(uid=target.speaker).type == "state"
    basis = Verdict.objects.in_study(done.study).get(external_id="k1").basis
    assert Claim.objects.in_study(done.study).get(uid=basis["claims"][0]).external_id == "c1"
    assert exported(study_called("first")) == NASTY


def known_ids(lines):
    return [record["id"] for kind, records in lines.items() if kind != "end" for record in records]


def said_without_ids(raw):
    """Every text of a file that is no id, sorted: what must survive whatever the ids are."""

    def texts(value):
        if isinstance(value, dict):
            for item in value.values():
                yield from texts(item)
        elif isinstance(value, list):
            for item in value:
                yield from texts(item)
        elif not is_id(value):
            yield repr(value)

    found = lines_of(raw)
    del found["end"]
    return sorted(text for records in found.values() for record in records for text in texts(record))


def is_id(value):
    try:
        return isinstance(value, str) and str(uuid.UUID(value)) == value
    except ValueError:
        return False


@alone
def test_authors_come_without_users(admin, ana):
    ana.username = "c01"
    ana.save()
    done = read_in(NASTY, admin, texts=TEXTS)
    assert {author.pseudonym for author in done.study.authors.all()} == {"c01", "c02", "c03", "gold-1"}
    assert not done.study.authors.exclude(user=None).exists()
    assert author_of(study=done.study, user=admin).pseudonym == "c04"


@alone
def test_into_a_study_with_work_in_it_a_file_adds(admin, study, ana):
    mine = make_author(study, ana, "c01")
    make_article(study, created_by=mine)
    uid, name, version = study.uid, study.name, study.version
    done = read_in(NASTY, admin, slug=study.slug, texts=TEXTS)
    study.refresh_from_db()
    assert (study.uid, study.name, study.version, study.mode) == (uid, name, version, "shared")
    assert Article.objects.in_study(study).count() == 4
    assert done.notes == ["author c01 of the file is c04 here"]
    theirs = Statement.objects.get(external_id="one").created_by
    assert (theirs.pseudonym, theirs.user) == ("c04", None)
    mine.refresh_from_db()
    assert mine.user == ana


@alone
@pytest.mark.parametrize(
    ("fields", "words", "sentence"),
    [
        ({"external_id": "art-a"}, "Another text.\n", "external_id art-a"),
        ({}, "العربية: قالت الوزارة إن السد سليم 🌊.\nno newline at the end", "sha256"),
    ],
)
def test_a_study_keeps_its_external_ids_and_texts_apart(fields, words, sentence, admin, study):
    make_article(study, words, **fields)
    with pytest.raises(IdsPresent) as error:
        read_in(NASTY, admin, slug=study.slug, texts=TEXTS, new_ids=True)
    assert "The article in line " in error.value.message
    assert sentence in error.value.message
    assert Article.objects.count() == 1


@alone
def test_a_codebook_number_that_the_study_has_is_refused(admin, study, ana):
    make_article(study)
    CodebookVersion.objects.create(study=study, name="Ours", number="1.1.0")
    with pytest.raises(AnnotationError, match=r"has a codebook 1\.1\.0 of its own"):
        read_in(NASTY, admin, slug=study.slug, texts=TEXTS)
    assert Article.objects.count() == 1
    assert Author.objects.count() == 0


@alone
def test_a_dry_run_writes_nothing_and_finds_the_same(admin, nasty):
    done = read_in(NASTY, admin, texts=TEXTS, dry_run=True)
    assert done.study is None
    assert done.counts["statement"] == 8
    assert not Study.objects.exists()
    nasty["statement"][0]["set"] = str(uuid.uuid4())
    raw = file_of(nasty)
    said = refused(raw, admin).message
    assert refused(raw, admin, dry_run=True).message == said


@alone
def test_the_import_is_one_event_and_the_codebooks(admin):
    read_in(NASTY, admin, texts=TEXTS)
    verbs = list(Event.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["study.create", "codebook.publish", "dataset.import"]
    assert Event.objects.get(verb="dataset.import").after["statement"] == 8


@alone
def test_what_may_be_left_out_may(admin):
    """The least that each type needs; the rest is given anew."""
    text = "“We did,” she said.\n"
    ids = {
        name: str(uuid.uuid4())
        for name in ("study", "author", "speaker", "claim", "article", "set", "statement")
    }
    span = {"role": "content", "start": 0, "end": 9, "text": text[:9]}
    lines = {
        "study": [{"name": "Small"}],
        "author": [{"pseudonym": "c01"}],
        "speaker": [{"name": "She", "speaker_type": "person"}],
        "claim": [{"text": "They did.", "kind": "fact"}],
        "article": [{"title": "T", "text": text, "sha256": sha(text), "length": len(text)}],
        "set": [{"article": ids["article"], "kind": "shared", "codebook": "6bc133c2-797e-5675-b484-282a1363d90e"}],
        "statement": [
            {
                "article": ids["article"], "set": ids["set"], "spans": [span], "created_by": "c01", "weather": "rain",
                "stances": [{"claim": ids["claim"], "stance": "support"}],
            }
        ],
    }  # fmt: skip
    for kind, records in lines.items():
        records[0]["id"] = ids[kind]
    done = read_in(file_of(lines), admin)
    row = Statement.objects.get()
    assert (row.quotation, row.version, row.voice, row.start, row.end) == ("“We did,”", 1, "attributed", 0, 9)
    assert row.stances.get().explicit
    assert done.notes == ["the key 'weather' of statement lines is not known here and was left out"]


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


@alone
def test_lines_of_one_type_may_stand_in_any_order(admin, nasty):
    for records in nasty.values():
        records.reverse()
    done = read_in(file_of(nasty), admin, texts=TEXTS)
    assert Statement.objects.get(external_id="nested").parent.external_id == "one"
    assert done.counts["statement"] == 8


def first(lines, type_, /, **wanted):
    """The first line of a type with these values."""
    return next(r for r in lines[type_] if all(r.get(name) == value for name, value in wanted.items()))


NOWHERE = "00000000-0000-4000-8000-000000000000"
CHANGES = {
    "an id that is no UUID": ("statement", {"external_id": "one"}, "id", "X1", "id: must be an id"),
    "a missing field": ("speaker", {"speaker_type": "state"}, "name", ..., "name: is missing"),
    "a wrong type": ("claim", {"external_id": "c1"}, "text", 7, "text: must be a text"),
    "NUL": ("claim", {"external_id": "c1"}, "note", "a\0b", "note: holds a NUL"),
    "too long": ("article", {"external_id": "art-a"}, "title", "x" * 501, "title: has 501 characters"),
    "no such label": ("statement", {"external_id": "one"}, "flags", ["odd"], "flags[0]: 'odd' is no label"),
    "no such code": ("statement", {"external_id": "one"}, "codes", {"tone": "sad"}, "codes.tone: 'sad' is no label"),
    "code of another codebook": ("statement", {"external_id": "ben"}, "codes", {"tone": "calm"}, "codes.tone: 'tone'"),
    "no such set": ("statement", {"external_id": "one"}, "set", NOWHERE, "set: there is no set"),
    "no such parent": ("statement", {"external_id": "one"}, "parent", NOWHERE, "parent: there is no statement"),
    "no such speaker": ("statement", {"external_id": "one"}, "speaker", NOWHERE, "speaker: there is no speaker"),
    "no such coder": ("statement", {"external_id": "one"}, "created_by", "c99", "created_by: there is no author 'c99'"),
    "no such restated": ("statement", {"external_id": "one"}, "restates", [NOWHERE], "restates[0]: there is no"),
    "own parent": ("statement", {"external_id": "one"}, "parent", "self", "parent: a statement cannot stand"),
    "no such affiliation": ("speaker", {"speaker_type": "state"}, "affiliation", NOWHERE, "affiliation: there is no"),
    "no such member": ("speaker", {"speaker_type": "group"}, "members", [NOWHERE], "members[0]: there is no speaker"),
    "an outlet of another type": ("article", {"external_id": "art-a"}, "outlet", NOWHERE, "outlet: there is no speaker of"),
    "a hash that differs": ("article", {"external_id": "art-a"}, "sha256", "0" * 64, "sha256: the text has the SHA-256"),
    "a length that differs": ("article", {"external_id": "art-a"}, "length", 3, "length: the text has"),
    "no whole line": ("article", {"external_id": "art-a"}, "furniture", [{"start": 1, "end": 4, "kind": "other"}], "furniture[0]: [1, 4)"),
    "a day that is none": ("article", {"external_id": "art-a"}, "published_on", "2018-02-30", "published_on: must be a date"),
    "a moment without zone": ("claim", {"external_id": "c1"}, "created_at", "2018-02-03T10:00:00", "created_at: must be a moment"),
    "submitted without when": ("set", {"kind": "machine"}, "state", "submitted", "submitted_at: a submitted set"),
    "a value of a fact": ("statement", {"external_id": "nested"}, "stances", "value", "stances[0].value: only a quantity"),
    "a range the wrong way": ("statement", {"external_id": "one"}, "stances", "range", "stances[1].value.number_high: The upper"),
    "a verdict on nothing": ("verdict", {"external_id": "k1"}, "a", NOWHERE, "a: there is no statement"),
    "a relation to itself": ("claim_relation", {}, "b", "self", "b: a claim cannot stand"),
    "a mention on no set": ("mention", {"external_id": "m1"}, "set", NOWHERE, "set: there is no set"),
    "an unknown form": ("mention", {"external_id": "m1"}, "form", "shout", "form: 'shout' is no label"),
    "an utterance elsewhere": ("utterance", {}, "medium", "smoke", "medium: 'smoke' is no label"),
    "an address that runs": ("article", {"external_id": "art-a"}, "url", "javascript:alert(1)", "url: is no web address"),
    "a moment before time": ("claim", {"external_id": "c1"}, "created_at", "0001-01-01T00:00:00+14:00", "created_at: must be a moment"),
    "too many links": ("statement", {"external_id": "one"}, "flags", ["denial"] * 1001, "flags: has 1001 members"),
    "a basis without end": ("verdict", {"external_id": "k1"}, "basis", json.loads('{"a":' * 150 + "1" + "}" * 150), "basis: must be an object"),
    "a codebook gone wrong": ("codebook", {"version": "1.1.0"}, "variables", [{"slug": "x"}], "Codebook, at"),
}  # fmt: skip


@alone
@pytest.mark.parametrize("case", CHANGES)
def test_each_fault_is_named_with_line_column_and_path(case, admin, nasty):
    kind, which, name, value, sentence = CHANGES[case]
    line = first(nasty, kind, **which)
    put(line, name, value)
    raw = file_of(nasty)
    error = refused(raw, admin)
    number = next(
        i for i, text in enumerate(raw.decode().split("\n"), 1) if line["id"] == json.loads(text).get("id")
    )
    listed = error.message.split("\n")[1]
    assert listed.startswith(f"line {number}, column ")
    assert sentence in listed
    column = int(listed.split("column ")[1].split(":")[0])
    if value is not ... and kind != "codebook" and name in listed.split(": ")[1]:
        at = raw.decode().split("\n")[number - 1]
        assert at.index(f'"{name}"') < column <= len(at)
    assert error.errors[0].field == f"line {number}"


def put(line, name, value):
    if value is ...:
        del line[name]
    elif value == "self":
        line[name] = line["a" if name == "b" else "id"]
    elif value == "value":
        line[name][0]["value"] = {"op": "=", "number": 1}
    elif value == "range":
        line[name][1]["value"]["number"] = 9999
    else:
        line[name] = value


@alone
def test_the_column_is_that_of_the_value_at_fault(admin, nasty):
    line = first(nasty, "statement", external_id="one")
    line["spans"][1]["text"] = "not the words"
    raw = file_of(nasty)
    message = refused(raw, admin).message
    number, column = (int(part.split(" ")[1]) for part in message.split("\n")[1].split(":")[0].split(", "))
    assert raw.decode().split("\n")[number - 1][column - 1 :].startswith('"not the words"')
    assert "spans[1].text: differs from the article at [" in message


@alone
def test_a_span_on_furniture_is_refused(admin, nasty):
    line = first(nasty, "statement", external_id="nested")
    article = first(nasty, "article", id=line["article"])
    ad = article["furniture"][1]
    words = article["text"][ad["start"] : ad["end"]]
    line["spans"].append({"role": "cue", "start": ad["start"], "end": ad["end"], "text": words})
    assert "touches page furniture" in refused(file_of(nasty), admin).message


@alone
def test_the_same_span_twice_and_spans_that_overlap_are_refused(admin, nasty):
    line = first(nasty, "statement", external_id="nested")
    line["spans"].append(dict(line["spans"][0]))
    assert "spans: the same span stands twice" in refused(file_of(nasty), admin).message
    line["spans"][1]["end"] -= 1
    line["spans"][1]["text"] = line["spans"][1]["text"][:-1]
    assert "spans: two content spans overlap" in refused(file_of(nasty), admin).message


@alone
def test_statements_nested_in_a_circle_are_refused(admin, nasty):
    one, nested = (first(nasty, "statement", external_id=name) for name in ("one", "nested"))
    one["parent"] = nested["id"]
    assert "a statement cannot be nested in itself" in refused(file_of(nasty), admin).message
    one["parent"] = first(nasty, "statement", external_id="ben")["id"]
    assert "stands in another set" in refused(file_of(nasty), admin).message


@alone
@pytest.mark.parametrize(
    ("kind", "which", "sentence"),
    [
        ("statement", {"external_id": "one"}, "stands for two statements"),
        ("mention", {"external_id": "m1"}, "stands for two mentions"),
        ("claim", {"external_id": "c1"}, "stands for two claims"),
        ("author", {"pseudonym": "c01"}, "stands for two authors"),
    ],
)
def test_an_id_stands_once(kind, which, sentence, admin, nasty):
    twin = copy.deepcopy(first(nasty, kind, **which))
    twin["external_id"] = "twin"
    nasty[kind].append(twin)
    assert sentence in refused(file_of(nasty), admin).message


@alone
@pytest.mark.parametrize("kind", ["speaker", "claim", "article", "statement", "verdict"])
def test_an_external_id_stands_once(kind, admin, nasty):
    both = [line for line in nasty[kind] if kind != "statement" or line["external_id"] in {"one", "nested"}][
        :2
    ]
    for line in both:
        line["external_id"] = "same"
    assert f"'same' stands for two {kind}s" in refused(file_of(nasty), admin).message


@alone
def test_the_first_twenty_faults_are_listed_and_all_counted(admin, demo_lines):
    for line in demo_lines["mention"]:
        line["form"] = "shout"
    message = refused(file_of(demo_lines), admin, texts=None).message
    assert message.startswith("The file has 84 faults; nothing was imported.")
    assert message.count("'shout' is no label") == 20
    assert message.endswith("... and 64 more")


@pytest.fixture
def demo_lines():
    """The lines of the demo study, as exported once."""
    return lines_of((GOLDEN / "demo.jsonl").read_bytes())


LINES = NASTY.split(b"\n")


@alone
@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "line 1, column 1: the trailer is missing"),
        (b"\n".join(LINES[:-2]) + b"\n", "the trailer is missing: the file is not whole"),
        (NASTY[:5000], "is cut off"),
        (NASTY[:-40], "is cut off"),
        (NASTY + LINES[0] + b"\n", "stands behind the trailer"),
        (NASTY.replace(b'"statement":8', b'"statement":9'), "counts.statement: says 9, but the file has 8"),
        (NASTY.replace(b"Nasty", b"Lasty"), "sha256: differs"),
        (NASTY.replace(b"\n", b"\r\n"), "sha256: differs"),
        (b"\n".join([LINES[1], LINES[0], *LINES[2:]]), "line 2, column 1: type: a study cannot follow a author"),
        (NASTY.replace(b'"type":"side"', b'"type":"seat"'), "'seat' is no type of line"),
        (b"[1]\n" + NASTY, "line 1, column 1: must be a JSON object"),
        (b"{oops\n" + NASTY, "line 1, column 2: is no JSON"),
        (b"\xff\xfe\n" + NASTY, "line 1, column "),
        (NASTY + b"\n", "stands behind the trailer"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_whole_is_refused(raw, sentence, admin):
    assert sentence in refused(raw, admin).message


@alone
def test_a_codebook_under_the_id_of_ours_but_with_other_content_is_refused(admin, nasty):
    first(nasty, "codebook", version="1.0.0")["name"] = "Changed"
    assert "this is the id of the codebook that AtOdds ships" in refused(file_of(nasty), admin).message


@alone
def test_a_failure_while_writing_leaves_nothing(admin, monkeypatch):
    def failing(model, rows):
        if model is Verdict:
            raise IntegrityError("taken meanwhile")
        insert_rows(model, rows)

    monkeypatch.setattr(actions, "insert_rows", failing)
    error = refused(NASTY, admin)
    assert error.code == "conflict"
    assert "do it again" in error.message
    assert not AnnotationSet.objects.exists()
    assert not CodebookVersion.objects.exclude(study=None).exists()


@alone
def test_the_file_is_read_in_pieces(admin):
    """No call asks for more than a line."""

    class Counting(BytesIO):
        longest = 0

        def read(self, size=-1):
            raise AssertionError("the whole file was asked for")

        def readline(self, size=-1):
            line = super().readline(size)
            Counting.longest = max(Counting.longest, len(line))
            return line

    import_dataset(file=Counting(NASTY), slug="copy", by=admin, texts=TEXTS)
    assert Counting.longest == max(map(len, NASTY.splitlines(keepends=True)))


@together
def test_the_commands_take_a_study_out_and_in(demo, tmp_path, capsysbinary):
    path = tmp_path / "demo.jsonl"
    call_command("export_dataset", "--study", "demo", "--format", "jsonl", "-o", path)
    assert path.read_bytes() == exported(demo)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["demo.jsonl"]
    assert Event.objects.filter(verb="study.export").count() == 1
    capsysbinary.readouterr()
    call_command("export_dataset", "--study", "demo", "--format", "jsonl")
    assert capsysbinary.readouterr().out == path.read_bytes()
    with pytest.raises(CommandError, match="With new ids"):
        call_command("import_dataset", path, "--study", "two")
    call_command("import_dataset", path, "--study", "two", "--new-ids", "--dry-run")
    assert not Study.objects.filter(slug="two").exists()
    call_command("import_dataset", path, "--study", "two", "--new-ids")
    assert Statement.objects.in_study(study_called("two")).count() == 49
    assert b"Imported demo.jsonl into the study" in capsysbinary.readouterr().out


@together
def test_a_reader_that_goes_away_is_told_in_a_sentence(demo, monkeypatch):
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w", encoding="utf-8") as out:  # noqa: PTH123  (a descriptor)
        monkeypatch.setattr("sys.stdout", out)
        with pytest.raises(CommandError, match="it did not come out whole"):
            call_command("export_dataset", "--study", "demo", "--format", "jsonl")
        monkeypatch.undo()


@together
@pytest.mark.usefixtures("statement", "otto", "admin")
def test_the_command_exports_what_a_member_may_read(study, ana, tmp_path):
    out = tmp_path / "x.jsonl"
    call_command("export_dataset", "--study", study.slug, "--format", "jsonl", "--as", "ana", "-o", out)
    assert out.read_bytes() == exported(study, ana)
    with pytest.raises(CommandError, match="otto is no member"):
        call_command("export_dataset", "--study", study.slug, "--format", "jsonl", "--as", "otto", "-o", out)
    with pytest.raises(CommandError, match="cannot be written"):
        call_command(
            "export_dataset", "--study", study.slug, "--format", "csv", "-o", tmp_path / "no" / "x.csv"
        )


@alone
def test_the_command_ends_with_the_faults(admin, tmp_path):
    path = tmp_path / "broken.jsonl"
    path.write_bytes(NASTY[:5000])
    with pytest.raises(CommandError, match="nothing was imported"):
        call_command("import_dataset", path, "--study", "copy")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_dataset", tmp_path / "none", "--study", "copy")
    with pytest.raises(CommandError, match="there is no such folder"):
        call_command("import_dataset", path, "--study", "copy", "--texts", tmp_path / "none")


@together
def test_affiliations_with_dates_survive(study):
    venn, ministry = make_speaker(study, "Anna Venn"), make_speaker(study, "Ministry", type="state")
    make_affiliation(venn, ministry, kind="speaks_for", role="minister", since=date(2015, 1, 2))
    make_affiliation(venn, ministry, until=date(2018, 3, 14))
    whole = exported(study)
    assert sorted(len(line.get("affiliations", ())) for line in lines_of(whole)["speaker"]) == [0, 2]
    assert exported(read_in(whole, emptied()).study) == whole


@together
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"from": "2018-01-01", "to": "2015-01-01"}, "ends before it begins"),
        ({"body": "00000000-0000-4000-8000-000000000000"}, "there is no speaker"),
        ({"kind": "owns"}, "must be one of"),
    ],
)
def test_affiliations_that_cannot_be_are_refused(study, change, sentence):
    venn, ministry = make_speaker(study, "Anna Venn"), make_speaker(study, "Ministry", type="state")
    make_affiliation(venn, ministry)
    lines = lines_of(exported(study))
    dated = next(line for line in lines["speaker"] if line.get("affiliations"))["affiliations"][0]
    dated.update(change)
    assert sentence in str(refused(file_of(lines), emptied()))
