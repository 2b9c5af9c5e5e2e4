"""Adding articles: pasted, guessed at, uploaded."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.corpus.models import Article
from annotations.speakers.models import Speaker
from tests.factories.corpus import make_article

pytestmark = pytest.mark.django_db
PAGE, GUESS, UPLOAD = (f"/studies/gates/articles/{name}/" for name in ("new", "guess", "upload"))
WORDS = "Gates shut, ministry says\nBy Tomas Reed, 14 March 2018\nThe gates of the dam were shut on Monday, it said.\n"
HTMX = {"HX-Request": "true"}


def upload(client, *files, **data):
    sent = [SimpleUploadedFile(name, raw) for name, raw in files]
    return client.post(UPLOAD, {"files": sent, **data})


def test_what_stays_empty_is_guessed(client_of, ana, study):
    response = client_of(ana).post(PAGE, {"text": WORDS})
    article = Article.objects.get()
    assert response["Location"] == article.get_absolute_url()
    assert (article.title, article.author) == ("Gates shut, ministry says", "Tomas Reed")
    assert (article.published_on, article.language) == (date(2018, 3, 14), "en")
    assert [line["kind"] for line in article.furniture] == ["byline"]
    assert (article.text_may_leave, article.created_by.user) == (False, ana)


def test_what_is_typed_goes_before_guesses(client_of, ana, study):
    typed = {
        "title": "My title",
        "author": "Somebody else",
        "published_on": "2018-03-15",
        "language": "de",
        "outlet": "Menovar Voice",
        "url": "https://news.example/a",
        "licence_name": "CC BY 4.0",
        "text_may_leave": "on",
    }
    client_of(ana).post(PAGE, {"text": WORDS, **typed})
    article = Article.objects.get()
    assert (article.title, article.author, article.language) == ("My title", "Somebody else", "de")
    assert (article.outlet.name, article.outlet.type) == ("Menovar Voice", "media")
    assert (article.licence_name, article.text_may_leave) == ("CC BY 4.0", True)


def test_the_text_is_stored_exactly_but_for_the_line_ends_of_the_form(client_of, ana, study):
    client_of(ana).post(PAGE, {"text": "\r\n  Flood 🌊\u2028e\u0301\r\n\r\nend  \r\n"})
    assert Article.objects.get().text == "\n  Flood 🌊\u2028e\u0301\n\nend  \n"


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({"text": ""}, 422, "Paste the article"),
        ({"text": " \n "}, 422, "The text is empty"),
        ({"text": "a\nb\x00c"}, 400, "the NUL character at position 3 (line 2, column 2)"),
        ({"text": WORDS, "published_on": "someday"}, 422, "Enter a valid date"),
        ({"text": WORDS, "url": "javascript:alert(1)"}, 422, "no web address"),
        ({"text": WORDS, "language": "English!"}, 422, "Write a language tag"),
        ({"text": WORDS, "title": "x" * 501}, 422, "at most 500 characters"),
    ],
)
def test_a_faulty_form_comes_back_whole(client_of, ana, study, data, status, said):  # noqa: PLR0917
    response = client_of(ana).post(PAGE, {"author": "Typed before", **data})
    assert response.status_code == status
    page = response.content.decode()
    assert said in page
    assert "Typed before" in page
    assert not Article.objects.exists()
    assert not Speaker.objects.exists()


def test_a_refused_article_leaves_no_outlet_behind(client_of, ana, study):
    make_article(study, WORDS)
    client_of(ana).post(PAGE, {"text": WORDS, "outlet": "A new paper"})
    assert not Speaker.objects.exists()


def test_an_outlet_must_be_a_medium(client_of, ana, speaker, study):
    response = client_of(ana).post(PAGE, {"text": WORDS, "outlet": "Jon Abel"})
    assert response.status_code == 422
    assert "Jon Abel is not of type media" in response.content.decode()


def test_a_duplicate_is_refused_with_a_link_and_can_be_insisted_on(client_of, ana, study):
    first = make_article(study, WORDS)
    response = client_of(ana).post(PAGE, {"text": WORDS.replace("\n", "\r\n")})
    assert response.status_code == 409
    assert first.get_absolute_url() in response.content.decode()
    client_of(ana).post(PAGE, {"text": WORDS, "allow_duplicate": "on"})
    assert Article.objects.count() == 2


def test_htmx_is_sent_on_to_the_article_or_given_the_form_alone(client_of, ana, study):
    client = client_of(ana)
    refused = client.post(PAGE, {"text": ""}, headers=HTMX)
    assert (refused.status_code, "<html" in refused.content.decode()) == (422, False)
    added = client.post(PAGE, {"text": WORDS}, headers=HTMX)
    assert added["HX-Redirect"] == Article.objects.get().get_absolute_url()


def test_the_guess_fills_what_is_empty_and_stores_nothing(client_of, ana, study):
    page = client_of(ana).post(GUESS, {"text": WORDS, "author": "Typed"}, headers=HTMX).content.decode()
    assert "<html" not in page
    assert 'value="Gates shut, ministry says"' in page
    assert 'value="Typed"' in page
    assert 'value="2018-03-14"' in page
    assert "1 line of page furniture" in " ".join(page.split())
    assert not Article.objects.exists()


def test_the_guess_works_without_scripts(client_of, ana, study):
    page = client_of(ana).post(GUESS, {"text": WORDS}).content.decode()
    assert "<html" in page
    assert "The gates of the dam were shut" in page


def test_known_outlets_are_offered(client_of, ana, foreign, study):
    Speaker.objects.create(study=study, name="Menovar Voice", name_key="menovar voice", type="media")
    page = client_of(ana).get(PAGE).content.decode()
    assert '<option value="Menovar Voice">' in page
    assert "zq7canary" not in page


def test_one_bad_file_does_not_stop_the_others(client_of, ana, study):
    first = make_article(study, "Known already\n")
    html = b"<html><head><title>Dam shut</title></head><body><article><h1>Dam shut</h1><p>%s</p></article></body></html>"
    files = [
        ("a.txt", WORDS.encode()),
        ("bad.txt", b"caf\xe9\n"),
        ("same.TXT", b"Known already\n"),
        (
            "page.html",
            html % (b"The gates of the dam were shut on Monday, the ministry said in a statement. " * 12),
        ),
        ("scan.pdf", b"%PDF"),
        ("empty.txt", b" "),
    ]
    response = upload(client_of(ana), *files, outlet="Menovar Voice", licence_name="CC BY 4.0")
    page = " ".join(response.content.decode().split())
    assert response.status_code == 200
    assert "2 of 6 files added" in page
    assert "byte 0xE9 at byte offset 3" in page
    assert first.get_absolute_url() in page
    assert ".pdf is neither .txt nor .html" in page
    added = Article.objects.exclude(pk=first.pk)
    assert sorted(article.title for article in added) == ["Dam shut", "Gates shut, ministry says"]
    assert {(article.outlet.name, article.licence_name) for article in added} == {
        ("Menovar Voice", "CC BY 4.0")
    }


def test_names_of_files_are_shown_as_words(client_of, ana, study):
    page = upload(client_of(ana), ("<img src=x onerror=alert(1)>.txt", b"\xff")).content.decode()
    assert "<img" not in page
    assert "&lt;img" in page


def test_uploads_that_add_nothing_are_422(client_of, ana, study):
    assert upload(client_of(ana), ("a.txt", b"\xff")).status_code == 422
    response = client_of(ana).post(UPLOAD, {})
    assert response.status_code == 422
    assert "Choose at least one" in response.content.decode()


def test_more_than_twenty_files_at_once_are_refused_in_words(client_of, ana, study):
    response = upload(client_of(ana), *[(f"{n}.txt", b"x") for n in range(21)])
    assert response.status_code == 400
    assert "More than 20 files came at once" in response.content.decode()
    assert not Article.objects.exists()


@pytest.mark.parametrize("address", [PAGE, GUESS, UPLOAD])
def test_viewers_may_not_and_strangers_find_nothing(client_of, vic, otto, study, address):
    assert client_of(vic).post(address, {"text": WORDS}).status_code == 403
    assert client_of(otto).post(address, {"text": WORDS}).status_code == 404
    assert not Article.objects.exists()


@pytest.mark.parametrize("address", [GUESS, UPLOAD])
def test_the_wrong_verb(client_of, ana, study, address):
    assert client_of(ana).get(address).status_code == 405


def test_another_text_at_the_same_address_may_be_a_correction(client_of, ana, study):
    first = make_article(study, url="https://news.example/a")
    client = client_of(ana)
    response = client.post(PAGE, {"text": WORDS, "url": first.url})
    page = response.content.decode()
    assert response.status_code == 409
    assert f"/articles/{first.uid}/revise/" in page
    assert "The gates of the dam" in page
    assert Article.objects.count() == 1
    client.post(PAGE, {"text": WORDS, "url": first.url, "same_address": "on"})
    assert Article.objects.count() == 2
