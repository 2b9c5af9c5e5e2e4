"""The default codebook is whole, sound, and covers the demo."""

import json
import re
from collections import defaultdict
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest

from annotations.codebook.default import DEFAULT, DEFAULT_ID
from annotations.codebook.scheme import check

GOLD = Path(__file__).parents[2] / "annotations" / "demo" / "demo_gold.json"

CLOSED_LISTS = {
    ("statement_voice", "voice"): "attributed author",
    ("statement", "quote_type"): "direct indirect mixed none",
    ("statement", "report_form"): "clause speech_act attitude anaphoric narration",
    ("statement", "source_type"): (
        "official party organisation expert eyewitness citizen document media anonymous"
    ),
    ("statement", "on_record"): "named unnamed collective",
    ("statement", "evidence"): "direct_experience measurement document inference reported own none_given",
    ("statement", "speech_act"): (
        "assert deny accuse demand commit refuse praise condemn criticise label predict justify correct take_position"
    ),
    ("statement", "medium"): (
        "tweet statement written_statement briefing press_conference interview letter report news_agency newspaper "
        "radio telephone article headline unspecified"
    ),
    ("statement_flag", "flags"): (
        "implicit_source unclosed_quote continues_after_furniture chain_uncertain original_source_missing "
        "third_person_quote label_voice_unclear distancing_cue lead_summary no_verbatim unnamed_collective denial "
        "correction conditional scope_differs hostile_relay"
    ),
    ("chain", "chain_role"): "original relay publisher",
    ("mention", "mention_form"): "name partial_name description appositive pronoun",
    ("stance", "stance"): "support oppose neutral mixed unclear",
    ("stance", "explicit"): "yes no",
    ("stance", "commitment"): "certain probable possible reported unclear",
    ("claim", "claim_kind"): "fact quantity label evaluation policy prediction attribution",
    ("claim_relation", "claim_relation"): "contrary rival_label rival_frame rival_agent entails tension",
    ("conflict", "conflict_kind"): "factual evaluative attribution policy framing",
    ("conflict", "conflict_strength"): "strong medium weak",
    ("conflict", "conflict_basis"): (
        "opposite_stance numeric denial contrary rival_label rival_agent rival_frame tension omission"
    ),
    ("conflict", "position_change"): "reversal softening hardening update correction",
}
"""Scope and variable -> its labels in order, as the codebook of 1.0.0 was agreed on."""

VARIABLES = {variable.slug: variable for variable in DEFAULT.variables}
LABELS = [(variable, label) for variable in DEFAULT.variables for label in variable.labels]


def by_slug(variable):
    return {label.slug: label for label in VARIABLES[variable].labels}


def test_default_is_whole_and_in_order():
    listed = {(v.scope, v.slug): " ".join(label.slug for label in v.labels) for v in DEFAULT.variables}
    assert listed == CLOSED_LISTS


def test_default_is_sound():
    check(DEFAULT)


def test_default_keeps_its_id_and_version():
    assert (DEFAULT.version, DEFAULT.id) == ("1.0.0", DEFAULT_ID)
    assert uuid5(NAMESPACE_URL, "atodds:codebook:1.0.0") == DEFAULT_ID


def gold_labels():
    """Every label that the demo uses, by variable."""
    gold, used = json.loads(GOLD.read_text("utf-8")), defaultdict(set)
    codes = (
        "voice",
        "quote_type",
        "report_form",
        "source_type",
        "on_record",
        "evidence",
        "speech_act",
        "medium",
    )
    for statement in gold["statements"]:
        for variable in codes:
            used[variable].add(statement[variable])
        used["flags"].update(statement["flags"])
        used["chain_role"].update(link["role"] for link in statement["chain"])
        for link in statement["claims"]:
            used["stance"].add(link["stance"])
            used["commitment"].add(link["commitment"])
            used["explicit"].add("yes" if link["explicit"] else "no")
    used["medium"].update(utterance["medium"] for utterance in gold["utterances"])
    used["mention_form"].update(mention["form"] for mention in gold["mentions"])
    used["claim_kind"].update(claim["kind"] for claim in gold["claims"])
    used["claim_relation"].update(relation["relation"] for relation in gold["claim_relations"])
    for conflict in gold["conflicts"]:
        used["conflict_kind"].add(conflict["kind"])
        used["conflict_strength"].add(conflict["strength"])
        used["conflict_basis"].add(conflict["basis"]["relation"])
    used["position_change"].update(change["type"] for change in gold["reversals"])
    return used


def test_demo_uses_no_label_that_the_default_lacks():
    used = gold_labels()
    assert used.keys() == VARIABLES.keys()
    assert {variable: labels - by_slug(variable).keys() for variable, labels in used.items()} == {
        variable: set() for variable in VARIABLES
    }


def test_demo_names_this_version():
    assert json.loads(GOLD.read_text("utf-8"))["codebook"]["version"] == DEFAULT.version


@pytest.mark.parametrize(("variable", "label"), LABELS, ids=[f"{v.slug}-{label.slug}" for v, label in LABELS])
def test_label_is_explained(variable, label):
    assert len(label.definition) > 10
    assert label.definition.endswith((".", "!", "?"))
    assert label.yes
    assert all(example.strip() for example in label.yes + label.no)
    assert all("→" in example for example in label.no), "a near miss names the right coding"
    assert not any("→" in example for example in label.yes) or label.slug == "appositive"


@pytest.mark.parametrize("variable", DEFAULT.variables, ids=lambda variable: variable.slug)
def test_variable_asks_a_question(variable):
    assert variable.question.endswith("?")
    assert variable.definition.endswith(".")


def test_definitions_differ():
    definitions = [label.definition for _, label in LABELS]
    assert len(set(definitions)) == len(definitions)


@pytest.mark.parametrize(("variable", "label"), LABELS, ids=[f"{v.slug}-{label.slug}" for v, label in LABELS])
def test_key_is_the_place_in_the_list_or_a_letter_of_the_word(variable, label):
    if variable.slug == "stance" or len(variable.labels) > 9:
        assert label.key.isalpha()
        assert label.key in label.slug
    else:
        assert label.key == str(variable.labels.index(label) + 1)


def test_stances_carry_their_polarity():
    polarities = {slug: label.polarity for slug, label in by_slug("stance").items()}
    assert polarities == {"support": 1, "oppose": -1, "neutral": 0, "mixed": None, "unclear": None}


def test_commitments_carry_their_weight():
    weights = {slug: label.weight for slug, label in by_slug("commitment").items()}
    assert weights == {"certain": 1, "probable": 0.8, "possible": 0.5, "reported": 0.4, "unclear": 0.3}


def test_claim_kinds_say_how_they_are_compared():
    others = {slug: label.comparison for slug, label in by_slug("claim_kind").items()}
    assert (others.pop("quantity"), others.pop("label")) == ("quantity", "name")
    assert set(others.values()) == {"boolean"}


def test_rare_fields_fold_and_common_ones_stand_open():
    statement = {v.slug: v.folded for v in DEFAULT.variables if v.scope == "statement"}
    assert {slug for slug, folded in statement.items() if not folded} == {"quote_type", "source_type"}


def test_only_flags_and_bases_may_be_several():
    assert {v.slug for v in DEFAULT.variables if v.multiple} == {"flags", "conflict_basis"}


@pytest.mark.parametrize("hard", ["song lyrics", "placard", "thought", "self-quote"])
def test_hard_cases_have_an_example_and_a_note(hard):
    examples = [example for _, label in LABELS for example in label.yes + label.no]
    assert any(hard in example for example in examples)
    assert any(note.title.lower().rstrip("s") == hard.rstrip("s") for note in DEFAULT.notes)


def test_notes_hold_the_training_rules():
    rules = next(note.text for note in DEFAULT.notes if note.title.startswith("Three rules"))
    assert re.findall(r"\((\d)\)", rules) == ["1", "2", "3"]
