"""Adding, moving, stretching, shortening and removing the spans of a statement."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.corpus import TEXT, make_article
from tests.factories.statements import QUOTATION, make_statement, spans_of
from tests.factories.workload import make_own_set, make_set, submitted
from tests.web.asking import HTMX, address, place_of, spans_of_row

pytestmark = pytest.mark.django_db
ABEL, ADDED = "Jon Abel", "“Nobody warned us,”"


def post(client, statement, headers=HTMX, **given):
    return client.post(address(statement, "spans"), {"version": 1, **given}, headers=headers)


def old(words):
    place = place_of(TEXT, words)
    return {"old_start": place["start"], "old_end": place["end"]}


@pytest.fixture
def attributed(shared_set, ana):
    spans = spans_of(TEXT, content=QUOTATION, source="Jon Abel told", addressee="reporters")
    return make_statement(shared_set, ana, spans=spans)


@pytest.mark.parametrize(
    ("given", "after"),
    [
        (
            {"action": "add", "role": "content", **place_of(TEXT, ADDED)},
            [
                ("content", QUOTATION),
                ("content", ADDED),
                ("source", "Jon Abel told"),
                ("addressee", "reporters"),
            ],
        ),
        (
            {"action": "add", "role": "content", **place_of(TEXT, "at noon,” the miller")},
            [("content", f"{QUOTATION} the miller"), ("source", "Jon Abel told"), ("addressee", "reporters")],
        ),
        (
            {"action": "add", "role": "cue", **place_of(TEXT, "told")},
            [
                ("content", QUOTATION),
                ("source", "Jon Abel told"),
                ("cue", "told"),
                ("addressee", "reporters"),
            ],
        ),
        (
            {"action": "replace", "role": "source", **old("Jon Abel told"), **place_of(TEXT, ABEL)},
            [("content", QUOTATION), ("source", ABEL), ("addressee", "reporters")],
        ),
        (
            {"action": "replace", "role": "source", **old("Jon Abel told"), **place_of(TEXT, "Ida Venn")},
            [("content", QUOTATION), ("source", "Ida Venn"), ("addressee", "reporters")],
        ),
        (
            {
                "action": "replace",
                "role": "content",
                **old(QUOTATION),
                **place_of(TEXT, "They opened the gates"),
            },
            [("content", "They opened the gates"), ("source", "Jon Abel told"), ("addressee", "reporters")],
        ),
        (
            {"action": "remove", "role": "addressee", **old("reporters")},
            [("content", QUOTATION), ("source", "Jon Abel told")],
        ),
    ],
    ids=["segment", "overlapping-segment", "cue", "shorten", "move", "shorten-content", "remove"],
)
def test_spans_change_and_the_card_comes_back(client_of, ana, attributed, given, after):
    response = post(client_of(ana), attributed, **given)
    assert (response.status_code, response["HX-Trigger"]) == (200, "saved")
    assert (response["HX-Retarget"], response["HX-Reswap"]) == (f"#s-{attributed.uid}", "outerHTML")
    page = response.content.decode()
    assert f'<li class="card open" id="s-{attributed.uid}"' in page
    assert 'data-version="2"' in page
    assert spans_of_row(attributed) == after
    assert attributed.quotation == " [...] ".join(text for role, text in after if role == "content")


def test_a_segment_over_furniture_is_cut(client_of, ana, attributed):
    words = TEXT[TEXT.index("he added.") : TEXT.index(", Ida Venn")]
    post(client_of(ana), attributed, action="add", role="content", **place_of(TEXT, words))
    assert [text for role, text in spans_of_row(attributed) if role == "content"] == [
        QUOTATION,
        "he added.",
        "The keeper",
    ]


def test_an_addressee_keeps_its_speaker_when_it_is_moved(client_of, ana, shared_set, speaker):
    spans = spans_of(TEXT, content=QUOTATION, addressee="reporters").to_json()
    made = make_statement(shared_set, ana, QUOTATION)
    made.spans = [
        {**span, "speaker": str(speaker.uid)} if span["role"] == "addressee" else span for span in spans
    ]
    made.save()
    place = place_of(TEXT, "told reporters")
    post(client_of(ana), made, action="replace", role="addressee", **old("reporters"), **place)
    made.refresh_from_db()
    assert made.spans[-1]["text"] == "told reporters"
    assert made.spans[-1]["speaker"] == str(speaker.uid)


@pytest.mark.parametrize(
    "given",
    [
        {"action": "nonsense", "role": "cue", **place_of(TEXT, "told")},
        {"role": "cue", **place_of(TEXT, "told")},
        {"action": "add", "role": "nonsense", **place_of(TEXT, "told")},
        {"action": "add", "role": "cue", **place_of(TEXT, "told"), "text": "said"},
        {"action": "add", "role": "cue", "start": 5, "end": 5, "text": "x"},
        {"action": "add", "role": "cue", "start": 0, "end": len(TEXT) + 1, "text": "x"},
        {"action": "add", "role": "cue", "start": "x", "end": 9, "text": "x"},
        {"action": "add", "role": "cue", **place_of(TEXT, "Advertisement")},
        {"action": "replace", "role": "cue", **old("told"), **place_of(TEXT, "told")},
        {"action": "replace", "role": "source", "old_start": 1, **place_of(TEXT, "told")},
        {"action": "remove", "role": "content", **old(QUOTATION)},
        {"action": "remove", "role": "cue", **old("told")},
        {"action": "add", "role": "cue", **place_of(TEXT, "told"), "version": "x"},
    ],
)
def test_faulty_changes_are_refused_and_change_nothing(client_of, ana, attributed, given):
    before = spans_of_row(attributed)
    response = post(client_of(ana), attributed, **given)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert response["HX-Retarget"] == "#notice"
    assert spans_of_row(attributed) == before
    assert attributed.version == 1


def test_the_later_of_two_edits_sees_both_and_loses_nothing(client_of, ana, ben, attributed):
    post(client_of(ben), attributed, action="remove", role="source", **old("Jon Abel told"))
    place = place_of(TEXT, ABEL)
    given = {"action": "replace", "role": "source", **old("Jon Abel told"), **place}
    response = post(client_of(ana), attributed, **given)
    page = response.content.decode()
    assert response.status_code == 409
    assert response["HX-Retarget"] == f"#s-{attributed.uid}"
    assert "ben" in page
    assert "changed this while you were editing" in page
    for name, value in given.items():
        assert f'name="{name}" value="{value}"' in page
    assert 'name="version" value="2"' in page
    assert ("source", ABEL) not in spans_of_row(attributed)


def test_a_set_that_is_done_is_closed(client_of, ana, article):
    made = make_statement(make_set(article, **submitted()), ana)
    response = post(client_of(ana), made, action="add", role="source", **place_of(TEXT, ABEL))
    assert response.status_code == 409
    assert "reopen it" in response.content.decode()
    assert spans_of_row(made) == [("content", QUOTATION)]


def test_who_may(client_of, ana, vic, otto, attributed):
    given = {"action": "add", "role": "source", **place_of(TEXT, ABEL)}
    assert post(client_of(vic), attributed, **given).status_code == 403
    assert post(client_of(otto), attributed, **given).status_code == 404
    assert client_of(ana).get(address(attributed, "spans")).status_code == 405


def test_a_blind_statement_is_not_there(client_of, ana, mira, ben, independent_study):
    made = make_statement(make_own_set(make_article(independent_study), ben))
    given = {"action": "add", "role": "source", **place_of(TEXT, ABEL)}
    assert post(client_of(ana), made, **given).status_code == 404
    assert post(client_of(mira), made, **given).status_code == 403  # reads it, and may not write in it


def test_without_htmx_the_answer_leads_back(client_of, ana, attributed, article):
    given = {"action": "add", "role": "cue", **place_of(TEXT, "told")}
    response = post(client_of(ana), attributed, headers={}, **given)
    assert response["Location"] == f"{article.get_absolute_url()}?statement={attributed.uid}"


def test_a_save_costs_the_same_among_many(client_of, ana, attributed, shared_set):
    client, counts = client_of(ana), []
    post(client, attributed, action="add", role="cue", **place_of(TEXT, "added"))  # reads the codebook, once
    for version, words in ((2, "told"), (3, "miller")):
        given = {"action": "add", "role": "cue", "version": version, **place_of(TEXT, words)}
        with CaptureQueriesContext(connection) as queries:
            assert post(client, attributed, **given).status_code == 200
        saved = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        counts.append(len(saved) - 2)  # session and user
        for start in range(18):
            make_statement(shared_set, ana, TEXT[start : start + 30])
    assert counts[0] == counts[1] <= 8, saved
