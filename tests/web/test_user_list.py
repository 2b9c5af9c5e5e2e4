"""The users of the installation, for its administrators."""

import re

import pytest
from django.core import mail
from django.test import Client

from annotations.access.models import ApiToken
from annotations.accounts.models import User
from annotations.audit.models import Event
from annotations.statements.models import Statement
from annotations.studies.models import Study
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db
PAGE = "/users/"


@pytest.fixture
def root(db):
    return make_user("root", is_superuser=True)


@pytest.fixture
def administrator(client_of, root):
    return client_of(root)


def link_in(response):
    return re.search(r'id="key">http://testserver(/password/set/[^<]+)<', response.content.decode())[1]


def set_password(link, new="another-quiet-password"):
    client = Client()
    form = client.get(link, follow=True)
    return client.post(form.redirect_chain[-1][0], {"new_password1": new, "new_password2": new})


def told():
    return [(event.verb, event.label, event.by.username) for event in Event.objects.order_by("pk")]


def test_the_list_says_who_is_active_and_in_how_many_studies(
    administrator, study, independent_study, ana, dora
):
    Study.objects.filter(pk=independent_study.pk).update(deleted_at="2026-11-01T00:00Z")
    page = administrator.get(PAGE).content.decode()
    assert "ana@example.org" in page
    lines = {re.search(r"<bdi>(\w+)</bdi>", row)[1]: row for row in page.split("<tr>")[2:]}
    assert 'data-label="studies:">1<' in lines["ana"]
    assert 'data-label="studies:">0<' in lines["dora"]
    assert "deactivated" in lines["dora"]
    assert "administrator" in lines["root"]
    assert "never" in lines["ana"]


def test_the_list_is_searched_and_paged(administrator):
    for number in range(60):
        make_user(f"coder{number:02d}")
    first = administrator.get(f"{PAGE}?q=coder").content.decode()
    assert "coder49" in first
    assert "coder50" not in first
    assert ">root<" not in first.partition("<main")[2]
    after = re.search(r'rel="next"\s+href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = administrator.get(f"{PAGE}{after}").content.decode()
    assert "coder59" in second
    assert "coder49" not in second
    assert "coder00" in administrator.get(f"{PAGE}?q=coder&cursor=x").content.decode()
    fragment = administrator.get(f"{PAGE}?q=nobody", headers={"HX-Request": "true"})
    assert "No user’s name" in fragment.content.decode()


def test_a_user_is_added_and_sets_a_password_by_a_link_shown_once(administrator, settings):
    settings.EMAIL_HOST = ""
    response = administrator.post(f"{PAGE}new/", {"username": "kim", "email": "kim@example.org"})
    assert response.status_code == 201
    assert set_password(link_in(response)).status_code == 302
    assert Client().login(username="kim", password="another-quiet-password")
    assert "password/set" not in administrator.get(PAGE).content.decode()
    assert mail.outbox == []
    assert told()[:2] == [("user.add", "kim", "root"), ("user.link", "kim", "root")]


def test_the_link_is_mailed_where_mail_is_set_up(administrator, ana, settings):
    settings.EMAIL_HOST = "mail.example"
    response = administrator.post(f"{PAGE}ana/reset/")
    [sent] = mail.outbox
    assert sent.to == ["ana@example.org"]
    assert link_in(response) in sent.body
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)  # until the link is used
    set_password(link_in(response))
    assert not Client().login(username="ana", password=PASSWORD)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"username": "Ana"}, "There is a user"),
        ({"username": "a b"}, "valid username"),
        ({"username": ""}, "This field is required"),
        ({"username": "kim", "email": "kim"}, "valid email"),
    ],
)
def test_a_faulty_form_adds_nobody(administrator, ana, given, said):
    response = administrator.post(f"{PAGE}new/", {"email": "", **given})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert User.objects.count() == 2


def test_a_deactivated_user_is_out_at_once_and_the_work_stays(
    administrator, client_of, api_of, ana, statement
):
    browser, program = client_of(ana), api_of(ana)
    assert browser.get("/studies/gates/").status_code == 200
    assert program.get("/api/v1/studies/").status_code == 200
    administrator.post(f"{PAGE}ana/deactivate/")
    assert browser.get("/studies/gates/")["Location"].startswith("/sign-in/")
    assert program.get("/api/v1/studies/").status_code == 401
    assert not Client().login(username="ana", password=PASSWORD)
    assert Statement.objects.get(created_by__pseudonym="c01") == statement
    administrator.post(f"{PAGE}ana/reactivate/")
    assert browser.get("/studies/gates/").status_code == 302  # the old session stays dead
    assert not ApiToken.objects.filter(user=ana).exists()
    assert Client().login(username="ana", password=PASSWORD)
    assert told() == [("user.deactivate", "ana", "root"), ("user.reactivate", "ana", "root")]


def test_nobody_deactivates_themselves(administrator, root):
    make_user("second", is_superuser=True)
    response = administrator.post(f"{PAGE}root/deactivate/")
    assert response.status_code == 409
    assert "cannot deactivate yourself" in response.content.decode()
    root.refresh_from_db()
    assert root.is_active


def test_the_last_active_administrator_stays(administrator, root):
    make_user("gone", is_superuser=True, is_active=False)
    response = administrator.post(f"{PAGE}root/administrator/", {"administrator": "no"})
    assert response.status_code == 409
    assert "last active administrator" in response.content.decode()
    root.refresh_from_db()
    assert root.is_superuser


def test_administrators_are_made_and_unmade(administrator, client_of, ana, root):
    administrator.post(f"{PAGE}ana/administrator/", {"administrator": "yes"})
    ana.refresh_from_db()
    assert ana.is_superuser
    assert client_of(ana).get(PAGE).status_code == 200
    gone = client_of(ana).post(f"{PAGE}root/administrator/", {"administrator": "no"})
    assert gone["Location"] == PAGE
    assert administrator.get(PAGE).status_code == 404
    own = client_of(ana).post(f"{PAGE}ana/administrator/", {"administrator": "perhaps"})
    assert own.status_code == 422
    event = Event.objects.filter(verb="user.administrator").first()
    assert (event.before, event.after) == ({"administrator": False}, {"administrator": True})


def test_a_deactivated_user_gets_no_link(administrator, dora):
    assert administrator.post(f"{PAGE}dora/reset/").status_code == 409


def test_others_are_told_of_no_such_page(client_of, ana, otto):
    for who in (ana, otto):
        assert client_of(who).get(PAGE).status_code == 404
        assert client_of(who).post(f"{PAGE}ana/deactivate/").status_code == 404
        assert PAGE not in client_of(who).get("/").content.decode()
    ana.refresh_from_db()
    assert ana.is_active


def test_an_administrator_finds_the_page_in_the_menu(administrator):
    assert f'href="{PAGE}"' in administrator.get("/").content.decode()


def test_hostile_names_are_inert(administrator):
    User.objects.create(username="<b>x", email='"><script>@example.org')
    page = administrator.get(PAGE).content.decode()
    assert "<b>x" not in page
    assert "<script>@" not in page
