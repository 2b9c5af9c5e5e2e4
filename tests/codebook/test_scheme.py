"""A scheme survives its record, and a faulty record is refused by place."""

import copy
import json
from dataclasses import replace

import pytest

from annotations.codebook.default import DEFAULT
from annotations.codebook.reading import SchemeInvalid
from annotations.codebook.scheme import check, from_record, to_record

STANCE, COMMITMENT, CLAIM_KIND = (
    [v.slug for v in DEFAULT.variables].index(slug) for slug in ("stance", "commitment", "claim_kind")
)
REMOVED = object()


def written(scheme):
    return json.dumps(to_record(scheme), ensure_ascii=False, sort_keys=True).encode()


def faulty(path, value):
    """The record of the default codebook with one place changed."""
    record = copy.deepcopy(to_record(DEFAULT))
    *above, last = path
    holder = record
    for step in above:
        holder = holder[step]
    if value is REMOVED:
        del holder[last]
    else:
        holder[last] = value
    return record


def test_scheme_survives_its_record():
    assert from_record(to_record(DEFAULT)) == DEFAULT


def test_scheme_survives_bytes():
    again = from_record(json.loads(written(DEFAULT)))
    assert again == DEFAULT
    assert written(again) == written(DEFAULT)


def test_record_has_every_key_sorted():
    record = to_record(DEFAULT)
    label = record["variables"][0]["labels"][0]
    assert list(record) == ["id", "language", "name", "notes", "variables", "version"]
    assert list(label) == sorted(label)
    assert label.keys() == {
        "slug", "name", "definition", "yes", "no", "key", "polarity", "weight", "comparison", "retired",
    }  # fmt: skip


def test_label_may_leave_out_what_it_does_not_use():
    label = {"slug": "direct", "name": "direct", "definition": "In marks."}
    scheme = from_record(faulty(["variables", 1, "labels"], [label]))
    assert scheme.variables[1].labels[0].yes == ()


def test_retired_label_stays_retired():
    scheme = from_record(faulty(["variables", 1, "labels", 3, "retired"], True))
    assert [label.retired for label in scheme.variables[1].labels] == [False, False, False, True]


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (["id"], "no-uuid", "id"),
        (["version"], "1.0", "version"),
        (["version"], "1.0.0-beta", "version"),
        (["version"], "01.0.0", "version"),
        (["version"], "1.0.0\n", "version"),
        (["name"], " ", "name"),
        (["name"], "n" * 201, "name"),
        (["language"], None, "language"),
        (["notes"], "none", "notes"),
        (["notes", 2], ["Title", "Text"], "notes[2]"),
        (["notes", 2, "text"], 7, "notes[2].text"),
        (["variables"], [], "variables"),
        (["variables", 1], None, "variables[1]"),
        (["variables", 1, "slug"], "voice", "variables[1].slug"),
        (["variables", 1, "slug"], "Quote type", "variables[1].slug"),
        (["variables", 1, "slug"], "q" * 61, "variables[1].slug"),
        (["variables", 1, "name"], "", "variables[1].name"),
        (["variables", 1, "question"], "q" * 301, "variables[1].question"),
        (["variables", 1, "definition"], "NUL \0", "variables[1].definition"),
        (["variables", 1, "scope"], "sentence", "variables[1].scope"),
        (["variables", 1, "order"], 1, "variables[1].order"),
        (["variables", 1, "order"], True, "variables[1].order"),
        (["variables", 1, "order"], 2.0, "variables[1].order"),
        (["variables", 1, "required"], "yes", "variables[1].required"),
        (["variables", 1, "labels"], [], "variables[1].labels"),
        (["variables", 1, "labels"], {}, "variables[1].labels"),
        (["variables", 1, "labels", 2, "slug"], "direct", "variables[1].labels[2].slug"),
        (["variables", 1, "labels", 2, "key"], "1", "variables[1].labels[2].key"),
        (["variables", 1, "labels", 2, "key"], "ab", "variables[1].labels[2].key"),
        (["variables", 1, "labels", 2, "key"], "?", "variables[1].labels[2].key"),
        (["variables", 1, "labels", 2, "yes"], "text", "variables[1].labels[2].yes"),
        (["variables", 1, "labels", 2, "yes"], ["good", 3], "variables[1].labels[2].yes[1]"),
        (["variables", 1, "labels", 2, "no"], ["\ud83d"], "variables[1].labels[2].no[0]"),
        (["variables", 1, "labels", 2, "polarity"], 1, "variables[1].labels[2].polarity"),
        (["variables", 1, "labels", 2, "weight"], 0.5, "variables[1].labels[2].weight"),
        (["variables", 1, "labels", 2, "comparison"], "name", "variables[1].labels[2].comparison"),
        (["variables", STANCE, "labels", 0, "polarity"], 2, f"variables[{STANCE}].labels[0].polarity"),
        (["variables", STANCE, "labels", 0, "polarity"], True, f"variables[{STANCE}].labels[0].polarity"),
        (["variables", COMMITMENT, "labels", 0, "weight"], None, f"variables[{COMMITMENT}].labels[0].weight"),
        (["variables", COMMITMENT, "labels", 0, "weight"], 0, f"variables[{COMMITMENT}].labels[0].weight"),
        (["variables", COMMITMENT, "labels", 0, "weight"], 1.1, f"variables[{COMMITMENT}].labels[0].weight"),
        (["variables", COMMITMENT, "labels", 0, "weight"], "1", f"variables[{COMMITMENT}].labels[0].weight"),
        (
            ["variables", COMMITMENT, "labels", 0, "weight"],
            float("nan"),
            f"variables[{COMMITMENT}].labels[0].weight",
        ),
        (
            ["variables", CLAIM_KIND, "labels", 0, "comparison"],
            "",
            f"variables[{CLAIM_KIND}].labels[0].comparison",
        ),
    ],
)
def test_fault_is_named_by_its_place(path, value, place):
    with pytest.raises(SchemeInvalid) as caught:
        from_record(faulty(path, value))
    assert [error.field for error in caught.value.errors] == [place]
    assert place in caught.value.message


@pytest.mark.parametrize(
    ("path", "value", "place", "key"),
    [
        (["version"], REMOVED, "", "version"),
        (["colour"], "red", "", "colour"),
        (["notes", 0, "title"], REMOVED, "notes[0]", "title"),
        (["variables", 3, "scope"], REMOVED, "variables[3]", "scope"),
        (["variables", 3, "color"], "red", "variables[3]", "color"),
        (["variables", 3, "labels", 1, "definition"], REMOVED, "variables[3].labels[1]", "definition"),
        (["variables", 3, "labels", 1, "shortcut"], "p", "variables[3].labels[1]", "shortcut"),
    ],
)
def test_missing_and_unknown_keys_are_named(path, value, place, key):
    with pytest.raises(SchemeInvalid, match=f"“{key}”") as caught:
        from_record(faulty(path, value))
    assert [error.field for error in caught.value.errors] == [place]


def test_record_that_is_no_object_is_refused():
    with pytest.raises(SchemeInvalid, match="at the top"):
        from_record([])


def test_keys_differ_beyond_case():
    with pytest.raises(SchemeInvalid, match="first at"):
        from_record(faulty(["variables", STANCE, "labels", 1, "key"], "S"))


def test_check_holds_for_schemes_built_in_code():
    with pytest.raises(SchemeInvalid, match="is no version"):
        check(replace(DEFAULT, version="1"))
