"""Changing, asking for and setting a password."""

import re

import pytest
from django.core import mail
from django.test import Client

from annotations.accounts.password_links import password_link
from annotations.audit.models import Event
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "another-quiet-password"


def change(client, old=PASSWORD, new=NEW, again=NEW):
    return client.post("/password/", {"old_password": old, "new_password1": new, "new_password2": again})


def test_a_change_keeps_this_session_and_ends_the_others(client_of, ana):
    here, elsewhere = client_of(ana), client_of(ana)
    assert change(here).status_code == 302
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert Client().login(username="ana", password=NEW)
    event = Event.objects.get(verb="user.password")
    assert (event.by, event.before, event.after) == (ana, None, None)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"old": "wrong"}, "old password was entered incorrectly"),
        ({"again": "something-else-1"}, "didn’t match"),
        ({"new": "short", "again": "short"}, "too short"),
        ({"new": "password", "again": "password"}, "too common"),
    ],
)
def test_a_change_is_refused_with_the_reason(client_of, ana, given, said):
    client = client_of(ana)
    response = change(client, **given)
    assert response.status_code == 422
    assert said in response.content.decode().replace("&#x27;", "’").replace("'", "’")
    assert Client().login(username="ana", password=PASSWORD)


def test_without_mail_the_page_says_who_can_help(client, ana, settings):
    settings.EMAIL_HOST = ""
    page = client.get("/password/reset/").content.decode()
    assert "manage.py reset_password NAME" in page
    assert 'type="email"' not in page
    client.post("/password/reset/", {"email": ana.email})
    assert mail.outbox == []


def test_with_mail_a_link_is_sent_that_sets_the_password_once(client, ana, settings):
    settings.EMAIL_HOST = "mail.example"
    assert client.post("/password/reset/", {"email": ana.email})["Location"] == "/sign-in/"
    [sent] = mail.outbox
    assert sent.to == [ana.email]
    link = re.search(r"http://testserver(/password/set/\S+)", sent.body)[1]
    form = client.get(link)["Location"]
    assert (
        client.post(form, {"new_password1": NEW, "new_password2": NEW})["Location"] == "/password/set/done/"
    )
    assert Client().login(username="ana", password=NEW)
    assert "was used already" in Client().get(link, follow=True).content.decode()


def test_an_unknown_address_gets_the_same_answer(client, ana, settings):
    settings.EMAIL_HOST = "mail.example"
    answers = [
        client.post("/password/reset/", {"email": to}, follow=True) for to in (ana.email, "x@example.org")
    ]
    told = [
        re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()) for answer in answers
    ]
    assert told[0] == told[1]
    assert len(mail.outbox) == 1


def test_asking_again_and_again_sends_a_handful(client, ana, settings):
    settings.EMAIL_HOST = "mail.example"
    for _ in range(9):
        client.post("/password/reset/", {"email": ana.email})
    assert len(mail.outbox) == settings.SIGN_IN_FAILURES_ALLOWED


def test_a_link_from_the_command_works(client, ana):
    link = password_link(ana, "http://testserver").removeprefix("http://testserver")
    form = client.get(link)["Location"]
    page = client.get(form).content.decode()
    assert "For <b>ana</b>" in page
    assert link.rsplit("/", 2)[1] not in page
    assert client.post(form, {"new_password1": NEW, "new_password2": NEW}).status_code == 302
    assert Event.objects.get(verb="user.password").by == ana


def test_a_made_up_link_is_refused_in_words(client, ana):
    page = client.get("/password/set/MQ/abc-def/", follow=True)
    assert "This link was used already" in page.content.decode()
