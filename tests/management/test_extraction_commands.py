"""`extract` and `evaluate_extractor`: what goes in, what comes out, what they say of a fault."""

import gzip
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.extraction.test_evaluation import DEMO, document

SAID = "“The gate was shut,” Orla Venn said."


def run(*words):
    out = io.StringIO()
    call_command(*map(str, words), stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "one.txt"
    path.write_bytes(SAID.encode())
    return path


def test_a_file_goes_by_its_name(article):
    (line,) = run("extract", article)
    assert json.loads(line) == {
        "doc_id": "one.txt",
        "quotes": [
            {
                "spans": [[0, 20]],
                "cue": [[31, 35]],
                "speaker": [[21, 30]],
                "speaker_name": "Orla Venn",
                "type": "direct",
                "parent": None,
                "chain": [{"name": "Orla Venn", "role": "original", "uncertain": False}],
                "score": 0.95,
                "medium": "unspecified",
                "source_type": None,
                "on_record": "named",
                "said_on": None,
            }
        ],
    }


@pytest.mark.parametrize("processes", [1, 2])
def test_lines_come_out_in_the_order_they_went_in(monkeypatch, processes):
    lines = [json.dumps({"doc_id": n, "text": SAID}) for n in range(20)]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    found = [json.loads(line) for line in run("extract", "--jsonl", "--processes", processes)]
    assert [one["doc_id"] for one in found] == list(range(20))
    assert all(len(one["quotes"]) == 1 for one in found)


def test_a_weekday_is_read_against_the_day_of_publication(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text(
        '{"doc_id": 1, "text": "Venn said on Tuesday that it was shut.", "published_on": "2018-03-14"}'
    )
    (line,) = run("extract", "--jsonl", path)
    assert json.loads(line)["quotes"][0]["said_on"] == {
        "span": [13, 20],
        "precision": "day",
        "from": "2018-03-13",
        "to": "2018-03-13",
    }


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'{"doc_id": 1, "text": "", "published_on": "soon"}', "“published_on” is no date"),
        (b"{}\n", "Line 1 of .* needs “doc_id” and “text”"),
        (b'\n{"doc_id"', "Line 2 of .* is no JSON"),
        (b"\xff", "is not in UTF-8"),
    ],
)
def test_a_faulty_line_is_named(tmp_path, content, says):
    path = tmp_path / "in.jsonl"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=says):
        run("extract", "--jsonl", path)


def test_what_is_not_there_is_named():
    with pytest.raises(CommandError, match="cannot be read"):
        run("extract", "/nowhere/at/all.txt")
    with pytest.raises(CommandError, match="Name the texts to read"):
        run("extract")
    with pytest.raises(CommandError, match="cannot be read"):
        run("evaluate_extractor", "/nowhere/gold.jsonl")


@pytest.mark.parametrize("name", ["gold.jsonl", "gold.jsonl.gz"])
def test_evaluation_lines(tmp_path, name):
    raw = json.dumps(document() | {"source_corpus": "own-1", "fold": "dev"}).encode()
    path = tmp_path / name
    path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    lines = run("evaluate_extractor", path, "--speech", "--outer", "--corpus", "own", "--fold", "dev")
    assert lines[1].startswith("direct         1      1 | 1.000 1.000 1.000")
    with pytest.raises(CommandError, match="no text of that corpus"):
        run("evaluate_extractor", path, "--fold", "test")


def test_a_gold_file():
    lines = run("evaluate_extractor", DEMO / "demo_gold.json")
    assert lines[0].startswith("45 attributed statements")
    assert len(lines) == 4
    with pytest.raises(CommandError, match="name --texts DIR"):
        run("evaluate_extractor", DEMO / "demo_gold.json", "--texts", Path("/nowhere"))


@pytest.mark.parametrize(("content", "says"), [("{}", "needs “text” and “quotes”"), ("{", "is no JSON")])
def test_faulty_evaluation_lines(tmp_path, content, says):
    path = tmp_path / "gold.jsonl"
    path.write_text(content)
    with pytest.raises(CommandError, match=says):
        run("evaluate_extractor", path)
