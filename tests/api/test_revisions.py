"""Corrected texts over the API: the new article, and what became of the statements."""

import pytest

from annotations.corpus.models import Article
from annotations.statements.models import Statement
from tests.api.conftest import program_of
from tests.factories.corpus import TEXT, make_article
from tests.factories.statements import make_statement
from tests.factories.workload import make_own_set, make_set, submitted

CORRECTED = TEXT.replace("no gate was opened", "not one gate was opened").replace("The river", "That river")
FOLLOWS, STAYS = "“They opened the gates at noon,”", "no gate was opened before two"


@pytest.fixture
def article(study):
    return make_article(study, url="https://news.example/1", licence_name="CC0")


def revise(user, article, **body):
    return program_of(user).post(f"/articles/{article.uid}/revisions/", {"text": CORRECTED, **body})


def test_statements_follow_or_are_listed(ana, article):
    into = make_set(article)
    first, second = make_statement(into, ana, FOLLOWS), make_statement(into, ana, STAYS)
    response = revise(ana, article, title="Corrected")
    made = response.json()
    assert response.status_code == 201
    assert response["location"] == f"/api/v1/articles/{made['id']}/"
    assert (made["text"], made["title"], made["url"]) == (CORRECTED, "Corrected", article.url)
    assert (made["revision_of"], made["revised_by"]) == (str(article.uid), None)
    assert made["licence"]["name"] == "CC0"
    assert made["placed"] == [{"statement": str(first.uid), "score": 1, "found": "unchanged"}]
    (waits,) = made["to_place"]
    assert (waits["statement"], waits["text"]) == (str(second.uid), STAYS)
    (span,) = waits["proposal"]["spans"]
    assert span["text"] == CORRECTED[span["start"] : span["end"]] == "not one gate was opened before two"
    assert 0.5 < waits["proposal"]["score"] < 1
    assert Statement.objects.get(pk=first.pk).annotation_set.article.text == CORRECTED


def test_both_articles_tell_of_each_other(ana, article):
    made = revise(ana, article).json()
    program = program_of(ana)
    assert program.get(f"/articles/{article.uid}/").json()["revised_by"] == made["id"]
    assert program.get(f"/articles/{made['id']}/").json()["revision_of"] == str(article.uid)


def test_lists_have_the_texts_that_stand(ana, article):
    made = revise(ana, article).json()
    program = program_of(ana)
    listed = program.get("/studies/gates/articles/").json()["results"]
    assert [each["id"] for each in listed] == [made["id"]]
    every = program.get("/studies/gates/articles/?revisions=all").json()["results"]
    assert {each["id"] for each in every} == {made["id"], str(article.uid)}
    assert program.get("/studies/gates/articles/?revisions=none").status_code == 400


def test_the_old_text_takes_no_statements(ana, article):
    revise(ana, article)
    start = TEXT.index(STAYS)
    body = {"spans": [{"role": "content", "start": start, "end": start + len(STAYS)}]}
    response = program_of(ana).post(f"/articles/{article.uid}/statements/", body)
    assert (response.status_code, response.json()["code"]) == (409, "article_superseded")


def test_twice(ana, article):
    revise(ana, article)
    response = revise(ana, article, text="Another one.")
    assert (response.status_code, response.json()["code"]) == (409, "article_superseded")


def test_the_same_request_again_makes_no_second_revision(ana, article):
    program = program_of(ana)
    answers = [
        program.post(f"/articles/{article.uid}/revisions/", {"text": CORRECTED}, key="one") for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert Article.objects.count() == 2


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": TEXT}, 422, "invalid"),
        ({"text": ""}, 422, "text_empty"),
        ({"text": "a\x00b"}, 400, None),
        ({"text": CORRECTED, "sha256": "0"}, 422, None),
        ({"text": CORRECTED, "url": "nowhere"}, 422, None),
    ],
)
def test_what_is_refused(ana, article, body, status, code):
    response = program_of(ana).post(f"/articles/{article.uid}/revisions/", body)
    assert response.status_code == status, response.content
    assert code is None or response.json()["code"] == code
    assert Article.objects.count() == 1


def test_among_blind_sets_for_managers_who_read_what_they_may(independent_study, mira, ana, ben):
    article = make_article(independent_study)
    make_statement(make_own_set(article, ana), ana, FOLLOWS)
    make_statement(make_own_set(article, mira), mira, STAYS)
    assert revise(ben, article).status_code == 403
    made = revise(mira, article).json()
    assert made["placed"] == []
    assert [each["text"] for each in made["to_place"]] == [STAYS]
    assert Statement.objects.get(quotation=FOLLOWS).annotation_set.article.text == CORRECTED


def test_a_submitted_set_is_submitted_still(independent_study, mira, ana):
    article = make_article(independent_study)
    make_own_set(article, ana, **submitted())
    made = revise(mira, article).json()
    sets = program_of(mira).get(f"/articles/{made['id']}/sets/").json()["results"]
    assert [each["state"] for each in sets] == ["submitted"]


def test_another_text_at_the_same_address_is_told(ana, article):
    program = program_of(ana)
    made = program.post("/studies/gates/articles/", {"text": CORRECTED, "url": article.url})
    assert made["Link"] == f'</api/v1/articles/{article.uid}/>; rel="predecessor-version"'
    made = program.post("/studies/gates/articles/", {"text": "Else.", "url": "https://news.example/2"})
    assert "Link" not in made


class TestPlacing:
    """A statement that waits is moved to the words that are sent, or to those that were proposed."""

    @pytest.fixture
    def waiting(self, ana, article):
        into = make_set(article)
        make_statement(into, ana, FOLLOWS)
        return make_statement(into, ana, STAYS)

    def test_at_the_words_that_were_proposed(self, ana, article, waiting):
        made, program = revise(ana, article).json(), program_of(ana)
        (spans,) = (each["proposal"]["spans"] for each in made["to_place"])
        placed = program.post(f"/statements/{waiting.uid}/place/", {"spans": spans}, match=1)
        assert (placed.status_code, placed["ETag"]) == (200, '"v2"')
        answer = placed.json()
        assert answer == program.get(f"/statements/{waiting.uid}/").json()
        assert (answer["id"], answer["article"]) == (str(waiting.uid), made["id"])
        assert [(span["role"], span["text"]) for span in answer["spans"]] == [
            ("content", "not one gate was opened before two")
        ]

    @pytest.mark.parametrize(
        ("match", "body", "refusal"),
        [
            (None, {"spans": [{"start": 0, "end": 5}]}, (428, "precondition_required")),
            (7, {"spans": [{"start": 0, "end": 5}]}, (412, "stale")),
            (1, {}, (422, "invalid")),
            (1, {"spans": []}, (422, "invalid")),
            (1, {"spans": [{"start": 0, "end": 99_999}]}, (422, "span_refused")),
            (1, {"spans": [{"start": 0, "end": 5, "text": "Other"}]}, (422, "span_refused")),
        ],
    )
    def test_refusals(self, ana, waiting, match, body, refusal):
        article = waiting.annotation_set.article
        revise(ana, article)
        refused = program_of(ana).post(f"/statements/{waiting.uid}/place/", body, match=match)
        assert (refused.status_code, refused.json()["code"]) == refusal
        assert Statement.objects.get(pk=waiting.pk).annotation_set.article == article

    def test_one_that_has_its_place_already(self, ana, waiting):
        body = {"spans": [{"start": 0, "end": 5}]}
        refused = program_of(ana).post(f"/statements/{waiting.uid}/place/", body, match=1)
        assert refused.status_code == 409
        assert "has its place already" in refused.json()["detail"]
