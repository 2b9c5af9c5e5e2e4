"""add_user, reset_password, create_study and add_member."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from annotations.accounts.models import User
from annotations.audit.models import Event
from annotations.studies.models import Membership, Study

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(db):
    return User.objects.create_superuser("root")


@pytest.fixture
def run(capsys):
    def run(*words):
        call_command(*words)
        return capsys.readouterr().out

    return run


def test_a_new_user_gets_a_password_once(run, root):
    out = run("add_user", "nora", "--email", "nora@example.org")
    password = re.search(r"password (\S+) \(printed only this once\)", out)[1]
    assert Client().login(username="nora", password=password)
    assert Event.objects.get(verb="user.add").by == root
    assert password not in str(list(Event.objects.values()))


def test_a_new_user_may_get_a_link_instead(run, root, client):
    out = run("add_user", "nora", "--link", "--url", "https://atodds.example/")
    path = re.search(r"https://atodds\.example(/password/set/\S+)", out)[1]
    form = client.get(path)["Location"]
    client.post(form, {"new_password1": "a-quiet-password-1", "new_password2": "a-quiet-password-1"})
    assert Client().login(username="nora", password="a-quiet-password-1")


def test_a_lost_password_is_replaced(run, root, ana):
    password = re.search(r"has the password (\S+) now", run("reset_password", "ana"))[1]
    assert Client().login(username="ana", password=password)
    assert Event.objects.get(verb="user.password").by == root


def test_a_reset_link_changes_nothing_by_itself(run, root, ana):
    before = ana.password
    assert "http://127.0.0.1:8000/password/set/" in run("reset_password", "ana", "--link")
    ana.refresh_from_db()
    assert ana.password == before


def test_the_acting_user_manages_the_study_made(run, root, ana):
    assert run("create_study", "dam-talk", "--as", "ana", "--mode", "independent").startswith(
        "Created the study dam-talk"
    )
    study = Study.objects.get(slug="dam-talk")
    assert (study.name, study.mode) == ("Dam talk", "independent")
    assert Membership.objects.get(study=study).user == ana
    run("create_study", "other", "--name", "Another one")
    assert Membership.objects.get(study__slug="other").user == root


def test_a_member_is_added(run, root, ana, otto, study):
    run("add_member", "otto", "--study", "gates", "--role", "viewer", "--as", "ana")
    assert Membership.objects.get(study=study, user=otto).role == "viewer"
    assert Event.objects.get(verb="member.add").by == ana


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add_user", "ana"], "There is a user 'ana' already"),
        (["add_user", "not a name"], "Enter a valid username"),
        (["add_user", "nora", "--email", "nowhere"], "Enter a valid email"),
        (["add_user", "nora", "--as", "nobody"], "no active user 'nobody'"),
        (["reset_password", "nobody"], "There is no user 'nobody'"),
        (["create_study", "gates"], "The slug 'gates' is taken"),
        (["create_study", "No Slug"], "is no slug"),
        (["create_study", "dam", "--mode", "secret"], "'secret' is no mode"),
        (["add_member", "nobody", "--study", "gates", "--role", "viewer"], "There is no user 'nobody'"),
        (["add_member", "otto", "--study", "dam", "--role", "viewer"], "There is no study 'dam'"),
        (["add_member", "otto", "--study", "gates", "--role", "owner"], "'owner' is no role"),
        (["add_member", "ana", "--study", "gates", "--role", "viewer"], "ana is a member already"),
    ],
)
def test_faults_end_in_a_sentence(run, root, study, otto, words, said):  # noqa: PLR0917
    before = (User.objects.count(), Study.objects.count(), Membership.objects.count())
    with pytest.raises(CommandError, match=re.escape(said)):
        run(*words)
    assert (User.objects.count(), Study.objects.count(), Membership.objects.count()) == before


def test_without_an_administrator_the_way_out_is_named(run, db):
    with pytest.raises(CommandError, match=r"name a user with --as, or run `python3 manage.py up` once"):
        run("create_study", "dam")
