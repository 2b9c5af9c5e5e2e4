"""An article's metadata, the bin and the way back."""

from datetime import UTC, datetime

import pytest

from annotations.corpus.models import Article
from tests.factories.corpus import make_article
from tests.factories.speakers import make_outlet

pytestmark = pytest.mark.django_db


def typed(**data):
    """The whole form as a browser sends it."""
    names = ("outlet", "author", "published_on", "dateline", "language", "url", "licence_name", "external_id")
    return {"version": 1, "title": "Gates", **dict.fromkeys(names, ""), **data}


def address(article, act="edit"):
    return f"{article.get_absolute_url()}{act}/"


def test_the_form_holds_what_stands(client_of, ana, study):
    article = make_article(
        study, outlet=make_outlet(study, "Menovar Voice"), author="Tomas Reed", external_id="a-1"
    )
    page = client_of(ana).get(address(article)).content.decode()
    assert all(f'value="{value}"' in page for value in ("Menovar Voice", "Tomas Reed", "a-1", article.title))


def test_saving_leaves_the_text_alone(client_of, ana, article):
    before = article.text
    given = typed(
        title="New title", outlet="A new paper", published_on="2018-03-14", text_may_leave="on", text="other"
    )
    assert client_of(ana).post(address(article), given)["Location"] == article.get_absolute_url()
    article.refresh_from_db()
    assert (article.title, article.outlet.name, article.text_may_leave) == ("New title", "A new paper", True)
    assert (article.text, article.version, article.external_id) == (before, 2, None)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"title": ""}, "An article needs a title."),
        ({"url": "ftp://x"}, "no web address"),
        ({"published_on": "14/3"}, "Enter a valid date"),
        ({"version": ""}, "This field is required"),
    ],
)
def test_a_faulty_form_comes_back(client_of, ana, article, data, said):
    response = client_of(ana).post(address(article), typed(author="Typed", **data))
    assert response.status_code == 422
    assert 'value="Typed"' in response.content.decode()
    article.refresh_from_db()
    assert article.version == 1
    if "version" not in data:
        assert said in response.content.decode()


def test_a_taken_external_id_is_named(client_of, ana, article, study):
    make_article(study, "Another\n", external_id="a-1")
    response = client_of(ana).post(address(article), typed(external_id="a-1"))
    assert response.status_code == 422
    assert "names another article of this study already" in response.content.decode()


def test_a_stale_save_shows_both_and_can_be_made_again(client_of, ana, ben, article):
    client_of(ben).post(address(article), typed(author="By ben"))
    response = client_of(ana).post(address(article), typed(author="By ana"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "By ben" in page
    assert 'value="By ana"' in page
    assert 'name="version" value="2"' in page
    client_of(ana).post(address(article), typed(author="By ana", version=2))
    article.refresh_from_db()
    assert article.author == "By ana"


def test_the_bin_and_the_way_back(client_of, mira, statement, article):
    client = client_of(mira)
    response = client.post(address(article, "delete"), {"version": 1}, follow=True)
    page = response.content.decode()
    assert "is in the bin" in page
    assert address(article, "restore") in page
    assert client.get(address(article)).status_code == 404
    assert article.title in client.get("/studies/gates/bin/").content.decode()
    assert client.post(address(article, "restore"), {"version": 2})["Location"] == "/studies/gates/"
    article.refresh_from_db()
    assert article.deleted_at is None
    assert article.sets.get().statements.get() == statement


def test_what_was_added_again_meanwhile_stays_in_the_bin(client_of, mira, study):
    binned = make_article(study, deleted_at=datetime(2026, 1, 1, tzinfo=UTC))
    make_article(study)
    response = client_of(mira).post(address(binned, "restore"), {"version": 1})
    assert response.status_code == 409
    assert "in the study already" in response.content.decode()


def test_a_stale_delete_is_refused(client_of, mira, article):
    assert client_of(mira).post(address(article, "delete"), {"version": 5}).status_code == 409
    assert Article.objects.present().count() == 1


@pytest.mark.parametrize(("act", "may"), [("edit", "ana"), ("delete", "mira"), ("restore", "mira")])
def test_who_may(client_of, members, otto, study, act, may):  # noqa: PLR0917
    binned = datetime(2026, 1, 1, tzinfo=UTC) if act == "restore" else None
    article = make_article(study, deleted_at=binned)
    assert client_of(otto).post(address(article, act), typed()).status_code == 404
    refused = ["vic"] if act == "edit" else ["vic", "ana", "ada"]
    for name in refused:
        assert client_of(members[name]).post(address(article, act), typed()).status_code == 403
    assert client_of(members[may]).post(address(article, act), typed()).status_code == 302


@pytest.mark.parametrize("act", ["delete", "restore"])
def test_the_wrong_verb(client_of, mira, article, act):
    assert client_of(mira).get(address(article, act)).status_code == 405


def test_others_are_not_offered_to_delete(client_of, ana, mira, article):
    assert "Move to the bin" not in client_of(ana).get(address(article)).content.decode()
    assert "Move to the bin" in client_of(mira).get(address(article)).content.decode()
