"""Marking selected words as a statement."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.statements.models import Statement
from annotations.workload.models import AnnotationSet
from tests.factories.codebook import make_codebook
from tests.factories.corpus import TEXT, make_article
from tests.factories.statements import QUOTATION, make_statement
from tests.factories.workload import make_own_set, make_set, submitted
from tests.web.asking import HTMX, place_of

pytestmark = pytest.mark.django_db


def post(client, article, words, headers=HTMX, **more):
    given = {"role": "content", **place_of(article.text, words), **more}
    return client.post(f"{article.get_absolute_url()}statements/", given, headers=headers)


def codes(statement):
    return {code.variable.slug: code.label.slug for code in statement.codes.all()}


def spans(statement):
    return [(span["role"], span["text"]) for span in statement.spans]


def test_a_quotation_after_an_emoji(client_of, ana, article):
    response = post(client_of(ana), article, QUOTATION)
    made = Statement.objects.get()
    assert response.status_code == 200
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#statements", "beforeend")
    assert response["HX-Trigger"] == "saved"
    assert f'<li class="card open" id="s-{made.uid}"' in response.content.decode()
    assert (made.quotation, made.start) == (QUOTATION, TEXT.index(QUOTATION))
    assert spans(made) == [("content", QUOTATION), ("quoted", QUOTATION)]
    assert codes(made) == {"quote_type": "direct"}
    assert (made.annotation_set.kind, made.created_by.user) == ("shared", ana)


@pytest.mark.parametrize(
    ("words", "proposed"),
    [
        ("told reporters. “Nobody warned us,” he added", ["mixed", "“Nobody warned us,”"]),
        ("that no gate was opened before two", ["indirect"]),
    ],
)
def test_the_quote_type_is_proposed_from_the_marks(client_of, ana, article, words, proposed):
    post(client_of(ana), article, words)
    made = Statement.objects.get()
    quoted = [text for role, text in spans(made) if role == "quoted"]
    assert (codes(made), quoted) == ({"quote_type": proposed[0]}, proposed[1:])


def test_a_codebook_without_that_label_gets_no_proposal(client_of, ana, article, shared_set):
    shared_set.codebook = make_codebook(article.study)
    shared_set.save()
    assert post(client_of(ana), article, QUOTATION, set=shared_set.uid).status_code == 200
    assert codes(Statement.objects.get()) == {}


def test_a_selection_over_furniture_becomes_two_segments(client_of, ana, article):
    words = TEXT[TEXT.index("he added.") : TEXT.index(", Ida Venn")]
    assert "Advertisement" in words
    assert post(client_of(ana), article, words).status_code == 200
    assert spans(Statement.objects.get()) == [("content", "he added."), ("content", "The keeper")]


def test_line_ends_that_a_browser_changed_are_no_fault(client_of, ana, study):
    article = make_article(study, "He said\r\nno gate\rwas open\nat all.\n")
    words = "no gate\rwas open\nat"
    start = article.text.index(words)
    given = {
        "role": "content",
        "start": start,
        "end": start + len(words),
        "text": "no gate\r\nwas open\r\nat",
    }
    response = client_of(ana).post(f"{article.get_absolute_url()}statements/", given, headers=HTMX)
    assert response.status_code == 200
    assert Statement.objects.get().quotation == words


def test_what_lies_inside_one_bigger_statement_is_nested_in_it(client_of, ana, article, shared_set):
    outer = make_statement(shared_set, ana, "told reporters. “Nobody warned us,” he added")
    make_statement(shared_set, ana, QUOTATION)
    post(client_of(ana), article, "“Nobody warned us,”", set=shared_set.uid)
    inner = Statement.objects.get(quotation="“Nobody warned us,”")
    assert inner.parent == outer
    post(client_of(ana), article, "warned us", set=shared_set.uid)
    assert Statement.objects.get(quotation="warned us").parent is None  # two lie around it: not for us to say


def test_the_first_mark_opens_the_annotators_own_set(client_of, ana, ben, independent_study):
    article = make_article(independent_study)
    make_own_set(article, ben)
    post(client_of(ana), article, QUOTATION)
    made = Statement.objects.get()
    assert (made.annotation_set.kind, made.annotation_set.author.user) == ("annotator", ana)


def test_a_set_of_somebody_else_takes_no_statement(client_of, members, independent_study):
    article = make_article(independent_study)
    bens, settled = make_own_set(article, members["ben"]), make_set(article, kind="adjudicated")
    for name, into, status in (
        ("ana", bens, 404),
        ("mira", bens, 403),
        ("ana", settled, 404),
        ("ada", settled, 200),
    ):
        assert post(client_of(members[name]), article, QUOTATION, set=into.uid).status_code == status, name


def test_a_set_that_is_done_takes_no_statement(client_of, ana, article):
    done = make_set(article, **submitted())
    response = post(client_of(ana), article, QUOTATION, set=done.uid)
    assert response.status_code == 409
    assert "reopen it" in response.content.decode()
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"start": 0},
        {"end": len(TEXT) + 1},
        {"end": 3},
        {"start": "x"},
        {"start": ""},
        {"start": "1.5"},
        {"end": "٣"},
        {"text": "other words"},
        {"text": ""},
        {"role": "source"},
        {"role": "nonsense"},
        {"set": "nonsense"},
    ],
)
def test_a_faulty_span_is_refused_and_nothing_is_written(client_of, ana, article, change):
    response = post(client_of(ana), article, QUOTATION, **change)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert response["HX-Retarget"] == "#notice"
    assert not Statement.objects.exists()
    assert not AnnotationSet.objects.exists()


def test_offsets_in_utf16_units_are_noticed(client_of, ana, article):
    place = place_of(article.text, QUOTATION)
    response = post(client_of(ana), article, QUOTATION, start=place["start"] + 1, end=place["end"] + 1)
    assert response.status_code == 422
    assert "code points" in response.content.decode()


@pytest.mark.parametrize("words", ["Advertisement", "\n", "\nAdvertisement\n"])
def test_furniture_and_white_space_alone_are_no_statement(client_of, ana, article, words):
    start = article.text.index("\nAdvertisement") + (0 if words.startswith("\n") else 1)
    given = {"role": "content", "start": start, "end": start + len(words), "text": words}
    response = client_of(ana).post(f"{article.get_absolute_url()}statements/", given, headers=HTMX)
    assert response.status_code == 422
    assert not Statement.objects.exists()


def test_who_may(client_of, vic, otto, ana, article):
    assert post(client_of(vic), article, QUOTATION).status_code == 403
    assert post(client_of(otto), article, QUOTATION).status_code == 404
    assert client_of(ana).get(f"{article.get_absolute_url()}statements/").status_code == 405


def test_without_htmx_the_answer_leads_to_the_statement(client_of, ana, article):
    response = post(client_of(ana), article, QUOTATION, headers={})
    made = Statement.objects.get()
    assert response["Location"] == f"{article.get_absolute_url()}?statement={made.uid}"


def test_a_statement_more_costs_the_same_among_many(client_of, ana, article, shared_set):
    client = client_of(ana)
    post(
        client, article, "the lower mill", set=shared_set.uid
    )  # pseudonym and codebook are there from now on
    counts = []
    for n in range(2):
        for i in range(1, 18 * n):
            make_statement(shared_set, ana, TEXT[i : i + 20])
        with CaptureQueriesContext(connection) as queries:
            assert post(client, article, QUOTATION, set=shared_set.uid).status_code == 200
        statements = [
            query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))
        ]
        counts.append(len(statements) - 2)  # session and user
    assert counts == [8, 8], statements
