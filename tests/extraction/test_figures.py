"""The figures of docs/extraction.md on outside texts, and our scorer against theirs; `ATODDS_EVAL` names the folder.

The texts belong to others: they are read where they lie, and without the variable these tests are skipped.
"""

import gzip
import json
import os
import runpy
from pathlib import Path

import pytest

from annotations.extraction.evaluation.scores import KINDS, Scores
from annotations.extraction.extractor import extract
from annotations.extraction.wire import answer, records

FOLDER = Path(os.environ.get("ATODDS_EVAL", "/nowhere"))
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="ATODDS_EVAL names no folder of evaluation data")


def documents(corpus, fold):
    with gzip.open(FOLDER / "quotes" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    return [one for one in found if one["source_corpus"].startswith(corpus) and one["fold"] == fold]


def outer(quotes):
    return [one for one in quotes if one["parent"] is None]


def scored(gold, *, speech):
    scores = Scores()
    for document in gold:
        found = records(extract(document["text"]))
        kept = outer if speech else list
        scores.add(dict(document, quotes=kept(document["quotes"])), kept(found), speech=speech)
    return scores


@pytest.fixture(scope="module")
def speech():
    return scored(documents("PolNeAR", "dev"), speech=True)


@pytest.mark.parametrize(
    ("kind", "least"), [("all", 0.80), ("direct", 0.93), ("mixed", 0.81), ("indirect", 0.72)]
)
def test_spans_of_speech(speech, kind, least):
    assert speech.prf("iou50", kind).f1 >= least


def test_cues_and_sources_of_speech(speech):
    assert speech.prf("cue lenient", "all", of="cues").f1 >= 0.86
    assert speech.prf("speaker", "all", of="speakers").f1 >= 0.77


def test_another_domain():
    scores = scored(documents("GUM-news", "dev"), speech=False)
    assert scores.prf("iou50", "all").f1 >= 0.62
    assert scores.share("right names", "asked names", "all") >= 0.80


def test_the_scorer_that_came_with_the_data_agrees(speech):
    theirs = runpy.run_path(str(FOLDER / "quotes" / "score.py"))["score"]
    gold = [dict(one, quotes=outer(one["quotes"])) for one in documents("PolNeAR", "dev")]
    found = [dict(made, quotes=outer(made["quotes"])) for made in map(answer, gold)]
    result = theirs(gold, found, speech=True)
    for kind in KINDS:
        for what, of, name in (
            ("exact", "", "exact"),
            ("iou50", "", "iou50"),
            ("shared words", "words", "tokens"),
            ("cue lenient", "cues", "cue_lenient"),
            ("cue exact", "cues", "cue_exact"),
            ("speaker", "speakers", "speaker_e2e"),
        ):
            assert speech.prf(what, kind, of=of) == pytest.approx(result[kind][name]), (kind, what)
