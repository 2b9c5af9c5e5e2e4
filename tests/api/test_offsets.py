"""Offsets and texts through the API: any text comes back as it was sent, any span where it was put."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.corpus.text import TextRefused, check_text, sha256_of
from tests.api.conftest import program_of
from tests.nasty import texts, texts_with_span

# One study serves all examples; each adds an article of its own.
SHARED = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
BARE = {"furniture": [], "title": "T", "author": "", "language": "", "outlet": None, "published_on": None}


def is_storable(text):
    try:
        check_text(text)
    except TextRefused:
        return False
    return True


def added(program, text):
    body = {"text": text, "allow_duplicate": True, **BARE}
    made = program.post("/studies/gates/articles/", body)
    assert made.status_code == 201, made.content
    return made.json()


@SHARED
@given(case=texts_with_span().filter(lambda case: is_storable(case[0])))
def test_texts_and_spans_come_back_as_they_were_sent(ana, study, case):
    text, start, end = case
    program = program_of(ana)
    article = added(program, text)
    assert (article["text"], article["length"], article["sha256"]) == (text, len(text), sha256_of(text))
    assert program.get(f"/articles/{article['id']}/").json()["text"] == text
    span = {"role": "content", "start": start, "end": end, "text": text[start:end]}
    made = program.post(f"/articles/{article['id']}/statements/", {"spans": [span], "note": text}).json()
    assert (made["spans"], made["note"]) == ([span], text)
    found = program.get(f"/statements/{made['id']}/").json()
    assert found == made
    (listed,) = program.get(f"/articles/{article['id']}/statements/").json()["results"]
    assert listed["spans"][0]["text"] == text[start:end]


@SHARED
@given(case=texts_with_span().filter(lambda case: is_storable(case[0])), data=st.data())
def test_words_that_differ_by_anything_are_refused(ana, study, case, data):
    text, start, end = case
    others = texts.filter(lambda words: words and is_storable(words) and words != text[start:end])
    words = data.draw(
        others | st.just(text[start:end] + "\u200d") | st.just(text[start:end].replace("\r\n", "\n") + "\n")
    )
    program = program_of(ana)
    article = added(program, text)
    span = {"role": "content", "start": start, "end": end, "text": words}
    refused = program.post(f"/articles/{article['id']}/statements/", {"spans": [span]})
    assert (refused.status_code, refused.json()["code"]) == (422, "span_refused")


@SHARED
@given(text=texts.filter(is_storable), over=st.integers(1, 3))
def test_a_span_never_leaves_the_text(ana, study, text, over):
    program = program_of(ana)
    article = added(program, text)
    span = {"role": "content", "start": len(text) - 1, "end": len(text) + over}
    assert program.post(f"/articles/{article['id']}/statements/", {"spans": [span]}).status_code == 422


@pytest.mark.parametrize(
    "words",
    [
        "🌊",
        "👩\u200d👩\u200d👧",
        "e\u0301",
        "שלום",
        "\u202eabc",
        "a\r\nb",
        "a\rb",
        "a\u2028b",
        "\ufeffa",
        "\x85",
        "\x1c",
    ],
)
def test_each_kind_of_trouble(ana, study, words):
    program = program_of(ana)
    text = f"x🇺🇦{words}y"
    article = added(program, text)
    span = {"role": "content", "start": 3, "end": 3 + len(words), "text": words}
    made = program.post(f"/articles/{article['id']}/statements/", {"spans": [span]})
    assert made.json()["spans"] == [span]


@pytest.mark.parametrize("bad", [b"\\u0000", b"\\ud83d", b"\\ude00", b"\\ud83d\\u0041"])
@pytest.mark.parametrize("field", [b"text", b"title", b"author"])
def test_what_no_text_may_hold_is_refused_by_place(ana, study, bad, field):
    raw = (
        b'{"text": "A.", "' + field + b'": "ab' + bad + b'"}'
        if field != b"text"
        else b'{"text": "ab' + bad + b'"}'
    )
    response = program_of(ana).send("post", "/studies/gates/articles/", raw=raw)
    assert response.status_code == 400
    assert field.decode() in response.json()["detail"]
    assert "position 2" in response.json()["detail"]


def test_names_keep_their_letters(ana, study):
    """Only white space is made single; nothing is folded or normalised."""
    program = program_of(ana)
    for name in ("Ana e\u0301", "Ana é", "Straße", "İpek", "שלום", "👩\u200d👩\u200d👧", "\u202eevil"):
        made = program.post(
            "/studies/gates/speakers/", {"name": name, "external_id": str(uuid.uuid4())}
        ).json()
        assert made["name"] == name
