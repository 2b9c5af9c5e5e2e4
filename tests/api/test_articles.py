"""Articles over the API: text exactly as sent, metadata guessed or given, furniture, duplicates."""

import pytest

from annotations.corpus.models import Article
from annotations.corpus.text import MAX_CHARACTERS, sha256_of
from annotations.speakers.models import Speaker
from annotations.studies.models import Role
from tests.api.conftest import program_of
from tests.factories.corpus import TEXT, make_article
from tests.factories.speakers import make_outlet, make_speaker
from tests.factories.statements import make_statement
from tests.factories.studies import make_membership
from tests.factories.workload import make_own_set

ARTICLES = "/studies/gates/articles/"


def fields(response):
    assert response.status_code == 422, response.content
    return [fault["field"] for fault in response.json()["errors"]]


def test_what_is_left_out_is_guessed(ana, study):
    made = program_of(ana).post(ARTICLES, {"text": TEXT}).json()
    assert (made["title"], made["author"], made["language"]) == (
        "Gates stood open, miller says",
        "Tomas Reed",
        "en",
    )
    assert [line["text"] for line in made["furniture"]] == ["By Tomas Reed", "Advertisement"]
    assert (made["text"], made["length"], made["sha256"]) == (TEXT, len(TEXT), sha256_of(TEXT))
    assert made["created_by"] == "c01"


def test_what_is_given_is_kept(ana, study):
    given = {
        "title": "T", "author": "A", "dateline": "YARLE", "url": "https://news.example/1", "published_on": "2018-03-14",
        "language": "de", "licence": {"name": "CC BY 4.0", "text_may_leave": True}, "external_id": "n-1",
    }  # fmt: skip
    made = program_of(ana).post(ARTICLES, {"text": TEXT, "outlet": {"name": "Yarle Courier"}, **given}).json()
    assert {name: made[name] for name in given} == given
    outlet = Speaker.objects.get()
    assert (made["outlet"], outlet.name, outlet.type) == (str(outlet.uid), "Yarle Courier", "media")


def test_empty_means_empty_and_is_not_guessed(ana, study):
    given = {"author": None, "language": "", "outlet": None, "published_on": None, "furniture": []}
    made = program_of(ana).post(ARTICLES, {"text": TEXT, **given}).json()
    assert (made["author"], made["language"], made["outlet"], made["furniture"]) == ("", "", None, [])


@pytest.mark.parametrize("tag", ["en", "pt-BR", "zh-Hant-TW", "de-CH-1996", "de-x-dialect", " fr "])
def test_a_language_is_a_tag(ana, study, tag):
    made = program_of(ana).post(ARTICLES, {"text": TEXT, "language": tag}).json()
    assert made["language"] == tag.strip()


@pytest.mark.parametrize("words", ["English", "en_GB", "en-", "-", "französisch", "en\nde", "e n", "de--CH"])
def test_a_language_that_is_no_tag_is_refused(ana, study, words):
    response = program_of(ana).post(ARTICLES, {"text": TEXT, "language": words})
    assert response.status_code == 422
    (fault,) = response.json()["errors"]
    assert (fault["field"], fault["message"]) == (
        "language",
        "Write a language tag, such as en, de or pt-BR.",
    )


def test_a_language_that_was_kept_before_stays_as_it_is(ana, study):
    article = make_article(study, language="English")
    program = program_of(ana)
    response = program.patch(f"/articles/{article.uid}/", {"title": "T"}, match=1)
    assert (response.status_code, response.json()["language"]) == (200, "English")


def test_an_outlet_is_found_by_name_alias_or_id(ana, study):
    outlet = make_outlet(study, "Yarle Courier")
    program = program_of(ana)
    by_id = program.post(ARTICLES, {"text": "One.", "outlet": str(outlet.uid)}).json()
    by_name = program.post(ARTICLES, {"text": "Two.", "outlet": {"name": " yarle  COURIER "}}).json()
    assert by_id["outlet"] == by_name["outlet"] == str(outlet.uid)
    assert Speaker.objects.count() == 1


def test_a_guessed_outlet_that_is_a_person_is_no_outlet(ana, study):
    text = "Gates stood open\nBy Tomas Reed, Yarle Courier\nThe river rose.\n"
    assert program_of(ana).post(ARTICLES, {"text": text}).json()["outlet"]
    Article.objects.all().delete()
    Speaker.objects.update(type="person")
    made = program_of(ana).post(ARTICLES, {"text": text})
    assert (made.status_code, made.json()["outlet"]) == (201, None)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, ["text"]),
        ({"text": 1}, ["text"]),
        ({"text": ""}, ["text"]),
        ({"text": "A.", "title": ""}, ["title"]),
        ({"text": "A.", "title": "a" * 501}, ["title"]),
        ({"text": "A.", "url": "javascript:alert(1)"}, ["url"]),
        ({"text": "A.", "published_on": "14.3.2018"}, ["published_on"]),
        ({"text": "A.", "outlet": "x"}, ["outlet"]),
        ({"text": "A.", "outlet": {"type": "media"}}, ["outlet.name"]),
        ({"text": "A.", "outlet": {"name": "Ann", "type": "person"}}, ["outlet"]),
        ({"text": "A.", "licence": "CC"}, ["licence"]),
        ({"text": "A.", "licence": {"name": "x", "by": 1}}, ["licence.by"]),
        ({"text": "A.", "external_id": ""}, ["external_id"]),
        ({"text": "A.", "allow_duplicate": "yes"}, ["allow_duplicate"]),
        ({"text": "A.", "furniture": [{"start": 0, "end": 1}]}, ["furniture[0]"]),
        ({"text": "A.", "furniture": [{"start": 0, "end": 2, "kind": "x"}]}, ["furniture[0].kind"]),
        ({"text": "A.", "furniture": [{"start": 0, "end": 2, "text": "B."}]}, ["furniture[0]"]),
        ({"text": "A.", "furniture": [{"start": 0, "end": 99}]}, ["furniture[0]"]),
        ({"text": "A.", "sha256": "x", "length": 1, "study": "y"}, ["sha256", "length", "study"]),
    ],
)  # fmt: skip
def test_an_article_that_cannot_be(ana, study, body, named):
    assert fields(program_of(ana).post(ARTICLES, body)) == named
    assert not Article.objects.exists()
    assert not Speaker.objects.exists(), "nothing is half-written"


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("", 422, "text_empty"),
        (" \n\u200b", 422, "text_empty"),
        ("a" * (MAX_CHARACTERS + 1), 413, "text_too_long"),
    ],
)
def test_a_text_that_cannot_be(ana, study, text, status, code):
    response = program_of(ana).post(ARTICLES, {"text": text})
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_a_duplicate_text_names_the_first(ana, article):
    program = program_of(ana)
    response = program.post(ARTICLES, {"text": TEXT, "outlet": {"name": "New Courier"}})
    assert (response.status_code, response.json()["code"]) == (409, "duplicate_text")
    assert response.json()["article"] == {
        "id": str(article.uid),
        "web_url": f"/studies/gates/articles/{article.uid}/",
    }
    assert not Speaker.objects.exists()
    assert program.post(ARTICLES, {"text": TEXT, "allow_duplicate": True}).status_code == 201


def test_an_outlet_of_another_study_reads_like_none(ana, study, foreign):
    program = program_of(ana)
    theirs = program.post(ARTICLES, {"text": "A.", "outlet": str(foreign.outlet.uid)})
    none = program.post(ARTICLES, {"text": "A.", "outlet": "00000000-0000-0000-0000-000000000000"})
    assert fields(theirs) == ["outlet"]
    assert theirs.content == none.content


def test_the_text_never_changes(ana, article):
    program = program_of(ana)
    address = f"/articles/{article.uid}/"
    assert fields(program.patch(address, {"text": TEXT + "x"}, match=1)) == ["text"]
    assert program.patch(address, {"text": TEXT}, match=1)["ETag"] == '"v1"'


def test_metadata_changes_field_by_field(ana, article, study):
    program = program_of(ana)
    address = f"/articles/{article.uid}/"
    changed = program.patch(
        address,
        {"licence": {"text_may_leave": True}, "published_on": "2018-03-14", "outlet": {"name": "Courier"}},
        match=1,
    ).json()
    assert changed["licence"] == {"name": "", "text_may_leave": True}
    assert (changed["published_on"], changed["title"]) == ("2018-03-14", article.title)
    cleared = program.patch(
        address, {"published_on": None, "outlet": None, "licence": {"name": "x"}}, match=2
    ).json()
    assert (cleared["published_on"], cleared["outlet"]) == (None, None)
    assert cleared["licence"] == {"name": "x", "text_may_leave": True}


def test_a_stale_change_adds_no_speaker(ana, article):
    response = program_of(ana).patch(f"/articles/{article.uid}/", {"outlet": {"name": "Courier"}}, match=2)
    assert response.status_code == 412
    assert not Speaker.objects.exists()


def test_furniture_is_replaced_and_verified(ana, article):
    program = program_of(ana)
    address = f"/articles/{article.uid}/"
    start = TEXT.index("Advertisement")
    line = {"start": start, "end": start + 13, "text": "Advertisement"}
    changed = program.patch(address, {"furniture": [line]}, match=1)
    assert changed.json()["furniture"] == [{**line, "kind": "other"}]
    same = program.patch(address, {"furniture": changed.json()["furniture"]}, match=2)
    assert same["ETag"] == '"v2"'
    both = program.patch(address, {"furniture": [], "title": "T"}, match=2).json()
    assert (both["furniture"], both["title"]) == ([], "T")


@pytest.mark.parametrize("length", [13, 14])
def test_the_cr_of_a_line_may_be_left_out(ana, study, length):
    given = [{"start": 5, "end": 5 + length}]
    made = program_of(ana).post(ARTICLES, {"text": "One.\nAdvertisement\r\nTwo.", "furniture": given})
    assert made.json()["furniture"] == [{"start": 5, "end": 19, "text": "Advertisement\r", "kind": "other"}]


def test_a_line_that_a_statement_uses_is_refused_with_the_statement(ana, article, statement):
    start = TEXT.index("“They")
    line = {"start": start, "end": TEXT.index("\nAdvertisement")}
    program = program_of(ana)
    response = program.patch(f"/articles/{article.uid}/", {"furniture": [line], "title": "New"}, match=1)
    body = response.json()
    assert (response.status_code, body["code"]) == (409, "furniture_in_use")
    assert body["statements"] == [
        {
            "id": str(statement.uid),
            "web_url": f"/studies/gates/articles/{article.uid}/?statement={statement.uid}",
        }
    ]
    assert program.get(f"/articles/{article.uid}/").json()["title"] == article.title


def test_a_blind_statement_in_the_way_is_not_shown(independent_study, ana, ben, mira):
    """Nor told of: among blind sets only managers, who may be blind here themselves, mark furniture."""
    article = make_article(independent_study)
    make_statement(make_own_set(article, ben), ben)
    make_own_set(article, mira)
    line = {"start": TEXT.index("“They"), "end": TEXT.index("\nAdvertisement")}
    response = program_of(ana).patch(f"/articles/{article.uid}/", {"furniture": [line]}, match=1)
    assert response.status_code == 403
    response = program_of(mira).patch(f"/articles/{article.uid}/", {"furniture": [line]}, match=1)
    assert (response.status_code, response.json()["statements"]) == (409, [])
    assert "opened" not in response.content.decode()


def test_only_managers_delete(members, article):
    for name in ("ana", "ada", "vic"):
        assert program_of(members[name]).delete(f"/articles/{article.uid}/", match=1).status_code == 403
    manager = program_of(members["mira"])
    assert manager.delete(f"/articles/{article.uid}/", match=1).status_code == 204
    article.refresh_from_db()
    assert article.deleted_at is not None
    assert manager.get(f"/articles/{article.uid}/statements/").status_code == 404
    assert manager.get(ARTICLES).json()["results"] == []
    assert manager.post(ARTICLES, {"text": TEXT}).status_code == 201


def test_a_list_carries_neither_text_nor_furniture(ana, article, django_assert_max_num_queries):
    program = program_of(ana)
    with django_assert_max_num_queries(3) as captured:
        (listed,) = program.get(ARTICLES).json()["results"]
    assert not {"text", "furniture"} & listed.keys()
    assert not [
        query for query in captured.captured_queries if '"annotations_article"."text"' in query["sql"]
    ]


def test_an_external_id_is_once_in_a_study(ana, article, foreign):
    program = program_of(ana)
    assert (
        program.post(ARTICLES, {"text": "A.", "external_id": foreign.article.external_id}).status_code == 201
    )
    assert fields(program.post(ARTICLES, {"text": "B.", "external_id": foreign.article.external_id})) == [
        "external_id"
    ]


def test_a_speaker_that_publishes_nothing_is_no_outlet(ana, study):
    speaker = make_speaker(study, "Ann")
    assert fields(program_of(ana).post(ARTICLES, {"text": "A.", "outlet": str(speaker.uid)})) == ["outlet"]


def test_a_member_of_two_studies_keeps_them_apart(ana, study, foreign):
    make_membership(foreign.study, ana, Role.ANNOTATOR)
    response = program_of(ana).post(ARTICLES, {"text": "A.", "outlet": str(foreign.outlet.uid)})
    assert fields(response) == ["outlet"]
