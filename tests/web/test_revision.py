"""The pages of corrected texts: correcting, what changed, what is to be placed, where an article stands."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.audit.models import Event
from annotations.corpus.actions import ArticleDraft
from annotations.corpus.models import Article
from annotations.revisions.actions import revise_article
from annotations.statements.models import Statement
from tests.factories.corpus import TEXT, make_article
from tests.factories.speakers import make_outlet
from tests.factories.statements import make_statement
from tests.factories.workload import make_own_set, make_set, submitted
from tests.web.asking import HTMX, place_of

pytestmark = pytest.mark.django_db
CORRECTED = TEXT.replace("no gate was opened", "not one gate was opened").replace("The river", "That river")
FOLLOWS, STAYS = "“They opened the gates at noon,”", "no gate was opened before two"


@pytest.fixture
def article(study):
    return make_article(study, outlet=make_outlet(study), url="https://news.example/1")


@pytest.fixture
def first(article, ana):
    return make_statement(make_set(article), ana, FOLLOWS)


@pytest.fixture
def second(first, ana):
    return make_statement(first.annotation_set, ana, STAYS)


def page_of(article, name):
    return f"/studies/{article.study.slug}/articles/{article.uid}/{name}/"


def revise(client, article, act="add", **fields):
    article.refresh_from_db()
    body = {"text": CORRECTED, "title": "Corrected", "version": article.version, "act": act, **fields}
    return client.post(page_of(article, "revise"), body)


def newest():
    return Article.objects.current().get()


class TestCorrecting:
    def test_the_text_that_stands_is_filled_in(self, client_of, ana, article):
        page = client_of(ana).get(page_of(article, "revise")).content.decode()
        assert "“They opened the gates at noon,”" in page
        assert article.url in page
        assert article.outlet.name in page

    def test_what_would_follow_is_said_first(self, client_of, ana, article, second):
        page = revise(client_of(ana), article, "preview").content.decode()
        assert "1 statement will follow exactly, 1 needs a person." in page
        assert STAYS in page
        assert "not one gate was opened" in page
        assert Article.objects.count() == 1

    def test_then_it_stands(self, client_of, ana, article, first, second):
        client = client_of(ana)
        response = revise(client, article)
        assert response["Location"] == newest().get_absolute_url()
        assert (newest().text, newest().title) == (CORRECTED, "Corrected")
        page = client.get(response["Location"]).content.decode()
        assert "1 statement followed; 1 is to place" in page
        assert "Revision 2 of 2" in page
        assert "To place: 1 statement" in page
        assert Statement.objects.get(pk=first.pk).annotation_set.article == newest()

    def test_a_file_goes_before_what_is_typed(self, client_of, ana, article):
        file = SimpleUploadedFile("new.txt", b"From a file.\r\n", "text/plain")
        revise(client_of(ana), article, file=file)
        assert newest().text == "From a file.\r\n"

    def test_line_ends_stay_of_one_kind(self, client_of, ana, study):
        article = make_article(study, "One line.\r\nAnother.\r\n")
        revise(client_of(ana), article, text="One line.\r\nStill another.\r\n")
        assert newest().text == "One line.\r\nStill another.\r\n"

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"text": TEXT}, (422, "text that stands already")),
            ({"text": ""}, (422, "The text is empty")),
            ({"title": ""}, (422, "needs a title")),
            ({"version": "7"}, (409, "changed meanwhile")),
            ({"url": "nowhere"}, (422, "no web address")),
        ],
    )
    def test_what_is_refused(self, client_of, ana, article, fields, expected):
        status, said = expected
        response = revise(client_of(ana), article, **fields)
        assert response.status_code == status
        assert said in response.content.decode()
        assert Article.objects.count() == 1

    def test_a_text_of_another_article(self, client_of, ana, study, article):
        make_article(study, CORRECTED)
        response = revise(client_of(ana), article)
        assert response.status_code == 409
        assert "in the study already" in response.content.decode()

    def test_among_blind_sets_the_preview_tells_what_may_be_read(
        self, client_of, independent_study, mira, ana
    ):
        article = make_article(independent_study)
        make_statement(make_own_set(article, ana), ana, FOLLOWS)
        make_own_set(article, mira)
        assert revise(client_of(ana), article, "preview").status_code == 403
        page = revise(client_of(mira), article, "preview").content.decode()
        assert "0 statements will follow exactly, 0 need a person." in page
        assert "sets that you may not read" in page

    def test_undo(self, client_of, ana, article, first, second):
        client = client_of(ana)
        revise(client, article)
        client.post(f"/studies/{article.study.slug}/undo/")
        assert newest() == article
        assert Statement.objects.get(pk=first.pk).annotation_set == first.annotation_set


class TestWhereItStands:
    def test_the_earlier_text_leads_on(self, client_of, ana, article, second):
        client = client_of(ana)
        revise(client, article)
        page = client.get(article.get_absolute_url()).content.decode()
        assert "This text was corrected." in page
        assert newest().get_absolute_url() in page
        assert "mark-form" not in page
        assert page_of(article, "revise") not in page

    def test_what_changed(self, client_of, ana, article, second):
        client = client_of(ana)
        revise(client, article)
        page = client.get(page_of(newest(), "changes")).content.decode()
        assert "<del>no</del><ins>not one</ins>" in page
        assert "the first text" in client.get(page_of(article, "changes")).content.decode()

    def test_lists_and_counts(self, client_of, ana, article, second):
        client = client_of(ana)
        revise(client, article)
        home = client.get(f"/studies/{article.study.slug}/").content.decode()
        assert home.count("To place: 1") == 2
        assert home.count(article.get_absolute_url()) == 1  # in the log of what happened
        earlier = client.get(f"/studies/{article.study.slug}/?earlier=1").content.decode()
        assert article.get_absolute_url() in earlier


class TestPlacing:
    @pytest.fixture
    def client(self, client_of, ana, article, second):
        client = client_of(ana)
        revise(client, article)
        return client

    def test_the_likeliest_words_are_offered(self, client):
        page = client.get(page_of(newest(), "to-place")).content.decode()
        assert "To place: 1 statement" in page
        assert "<ins>not one</ins>" in page
        start = CORRECTED.index("not one gate")
        assert f'value="{start}-{start + len("not one gate was opened before two")}"' in page

    def test_they_are_taken(self, client, second):
        start = CORRECTED.index("not one gate")
        body = {"proposed": f"{start}-{start + 34}", "version": 1}
        response = client.post(f"/studies/gates/statements/{second.uid}/place/", body)
        assert response["Location"] == f"{newest().get_absolute_url()}?statement={second.uid}"
        second.refresh_from_db()
        assert second.quotation == "not one gate was opened before two"
        assert "Every statement has its place" in client.get(page_of(newest(), "to-place")).content.decode()

    def test_or_others_are_selected(self, client, second):
        page = client.get(f"{newest().get_absolute_url()}?placing={second.uid}").content.decode()
        assert "Placing:" in page
        assert f"/statements/{second.uid}/place/" in page
        body = {**place_of(CORRECTED, "not one gate"), "role": "content", "version": 1}
        response = client.post(f"/studies/gates/statements/{second.uid}/place/", body, headers=HTMX)
        assert response["HX-Redirect"].endswith(f"?statement={second.uid}")
        second.refresh_from_db()
        assert second.quotation == "not one gate"

    def test_or_it_is_deleted(self, client, second, article):
        response = client.post(f"/studies/gates/statements/{second.uid}/delete/", {"version": 1}, follow=True)
        assert response.redirect_chain[-1][0] == page_of(newest(), "to-place")
        assert not Statement.objects.present().waiting().exists()

    def test_its_history_tells(self, client, first, second):
        body = {**place_of(CORRECTED, "not one gate"), "version": 1}
        client.post(f"/studies/gates/statements/{second.uid}/place/", body)
        page = client.get(f"/studies/gates/statements/{second.uid}/history/").content.decode()
        assert "placed it in the corrected text <" in page
        page = client.get(f"/studies/gates/statements/{first.uid}/history/").content.decode()
        assert "let it follow into the corrected text <" in page
        assert "in unchanged text, score 1" in page

    @pytest.mark.parametrize("proposed", ["x", "1-", "9-3", "0-99999"])
    def test_places_that_are_none(self, client, second, proposed):
        body = {"proposed": proposed, "version": 1}
        assert client.post(f"/studies/gates/statements/{second.uid}/place/", body).status_code == 422

    def test_what_has_its_place(self, client, first):
        body = {"proposed": "0-4", "version": 2}
        assert client.post(f"/studies/gates/statements/{first.uid}/place/", body).status_code == 409

    def test_a_stale_one(self, client, second):
        body = {"proposed": "0-4", "version": 4}
        assert client.post(f"/studies/gates/statements/{second.uid}/place/", body).status_code == 409

    def test_in_a_set_that_is_done(self, client_of, independent_study, mira, ana, ben):
        article = make_article(independent_study)
        row = make_statement(make_own_set(article, ana, **submitted()), ana, STAYS)
        make_statement(make_own_set(article, ben), ben, STAYS)
        revise(client_of(mira), article)
        page = client_of(ana).get(page_of(newest(), "to-place")).content.decode()
        assert "To place: 1 statement" in page
        assert "Reopen the article to place it" in page
        body = {"proposed": "0-4", "version": 1}
        address = f"/studies/{independent_study.slug}/statements/{row.uid}/place/"
        assert client_of(ana).post(address, body).status_code == 409
        assert client_of(ben).post(address, body).status_code == 404

    def test_events_are_one_step(self, client):
        assert Event.objects.filter(verb="statement.follow").count() == 1


def test_a_place_that_stayed_is_told_once(client_of, ana, article, first):
    draft = ArticleDraft(text=f"{article.text}One more line.\n")
    revise_article(article=article, expected=article.version, draft=draft, by=ana)
    page = client_of(ana).get(f"/studies/gates/statements/{first.uid}/history/").content.decode()
    assert page.count(f"characters {first.start} to {first.end}") == 1
