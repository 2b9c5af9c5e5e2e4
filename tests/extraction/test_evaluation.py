"""The scorer: what counts as found, what is not asked for; and gold files."""

import json
from pathlib import Path

import pytest

import annotations.demo
from annotations.extraction.evaluation import gold_file, table
from annotations.extraction.evaluation.scores import KINDS, Scores, last_name
from annotations.extraction.extractor import extract

TEXT = 'Ann Lee said "we are fine," and Bob told reporters that the deal is dead.'
at = TEXT.index


def document():
    return {
        "doc_id": "1",
        "text": TEXT,
        "quotes": [
            {
                "spans": [[at('"'), at(" and")]],
                "cue": [[8, 12]],
                "speaker": [[0, 7]],
                "speaker_name": "Ann Lee",
                "type": "direct",
                "parent": None,
            },
            {
                "spans": [[at("that"), len(TEXT) - 1]],
                "cue": [[at("told"), at(" reporters")]],
                "speaker": [[at("Bob"), at(" told")]],
                "speaker_name": "Bob",
                "type": "indirect",
                "parent": 0,
            },
        ],
    }


def scored(gold, quotes, *, speech=False):
    scores = Scores()
    scores.add(gold, quotes, speech=speech)
    return scores


def test_the_gold_itself_scores_one():
    scores = scored(document(), document()["quotes"])
    for kind in ("direct", "indirect", "all"):
        for what in ("exact", "iou50"):
            assert scores.prf(what, kind).f1 == 1
        assert scores.prf("shared words", kind, of="words").f1 == 1
        assert scores.prf("cue exact", kind, of="cues").f1 == 1
        assert scores.prf("speaker", kind, of="speakers").f1 == 1
    assert scores.share("right names", "asked names", "all") == 1
    assert scores.counts["nested found", "all"] == 1


def test_near_misses_count_where_they_should():
    quotes = document()["quotes"]
    quotes[0]["spans"] = [[at("we"), at(',"')]]  # punctuation only: still exact
    quotes[1]["spans"] = [[at("the deal"), len(TEXT)]]  # "that" is lost: four of five words
    quotes[1].update(speaker=[[0, 7]], parent=None)
    scores = scored(document(), quotes)
    assert scores.prf("exact", "direct").f1 == 1
    assert (scores.prf("exact", "indirect").f1, scores.prf("iou50", "indirect").f1) == (0, 1)
    assert scores.prf("shared words", "indirect", of="words").recall == pytest.approx(4 / 5)
    assert scores.share("speaker gold", "asked speakers", "all") == 0.5
    assert scores.counts["nested found", "all"] == 0


def test_what_is_no_speech_is_neither_asked_for_nor_wrong():
    gold = document()
    gold["quotes"][1]["cue_class"] = "other"
    scores = scored(gold, document()["quotes"], speech=True)
    assert scores.counts["gold", "all"] == scores.counts["proposed", "all"] == 1
    assert scores.prf("exact", "all").f1 == 1


def test_nothing_proposed_scores_nothing():
    assert scored(document(), []).prf("exact", "all") == (0, 0, 0)


@pytest.mark.parametrize(
    ("name", "last"), [("Sen. Ann Lee", "lee"), ("the", None), (None, None), ("Lee", "lee")]
)
def test_last_name(name, last):
    assert last_name(name) == last


def test_the_table_has_every_type_and_the_speed():
    lines = table.lines(scored(document(), document()["quotes"]), seconds=2.0)
    assert all(sum(line.startswith(kind) for line in lines) == 2 for kind in KINDS)
    assert lines[-2:] == [
        "nested: gold 1, found 1, proposed 1",
        "1 texts, 15 words, 2.0 seconds of processor time, 8 words a second",
    ]


DEMO = (
    Path(annotations.demo.__file__ or "").parent
    if annotations.demo.__file__
    else Path(annotations.demo.__path__[0])
)


@pytest.fixture
def demo():
    gold = json.loads((DEMO / "demo_gold.json").read_bytes())
    texts = {one["id"]: (DEMO / one["file"]).read_bytes().decode() for one in gold["articles"]}
    return gold, texts


def test_the_demo_is_found_as_well_as_promised(demo):
    figures = gold_file.compare(*demo, extract)
    assert figures.found >= 0.88 * figures.statements
    assert figures.right_speaker >= 0.90 * figures.found
    assert figures.right_chain >= 0.80 * figures.found
    assert figures.lines()[0] == f"45 attributed statements, {figures.proposed} proposed"


def test_without_proposals_nothing_of_a_gold_file_is_found(demo):
    figures = gold_file.compare(*demo, lambda _text: [])
    assert (figures.statements, figures.found, figures.right_chain) == (45, 0, 0)
    assert figures.lines()[1].endswith("0.000")
