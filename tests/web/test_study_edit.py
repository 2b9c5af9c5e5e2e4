"""Making, renaming and archiving a study."""

import pytest

from annotations.studies.models import Membership, Study
from tests.factories.workload import make_own_set

pytestmark = pytest.mark.django_db


def test_whoever_makes_a_study_manages_it(client_of, vic):
    response = client_of(vic).post("/studies/new/", {"name": "Dam  talk", "mode": "independent", "slug": ""})
    assert response["Location"] == "/studies/dam-talk/"
    made = Study.objects.get(slug="dam-talk")
    assert (made.name, made.mode) == ("Dam talk", "independent")
    assert Membership.objects.get(study=made).role == "manager"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "x" * 201}, "at most 200 characters"),
        ({"mode": "secret"}, "not one of the available choices"),
        ({"slug": "gates"}, "is taken; choose another"),
        ({"slug": "new"}, "is no slug"),
        ({"slug": "Under_score"}, "is no slug"),
        ({"name": "a\x00b"}, "Null characters are not allowed"),
    ],
)
def test_a_faulty_form_comes_back_with_the_reason(client_of, ana, study, given, said):
    response = client_of(ana).post("/studies/new/", {"name": "Dam", "mode": "shared", "slug": "", **given})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert Study.objects.count() == 1


def test_a_manager_renames(client_of, mira, study):
    response = client_of(mira).post("/studies/gates/edit/", {"name": "Gates, 2018", "version": 1})
    assert response["Location"] == "/studies/gates/edit/"
    study.refresh_from_db()
    assert (study.name, study.version) == ("Gates, 2018", 2)


def test_a_stale_rename_changes_nothing(client_of, mira, study):
    response = client_of(mira).post("/studies/gates/edit/", {"name": "Gates, 2018", "version": 9})
    assert response.status_code == 409
    assert "was changed meanwhile" in response.content.decode()
    study.refresh_from_db()
    assert study.name == "Gates"


def test_archive_and_back(client_of, mira, study):
    client = client_of(mira)
    assert client.post("/studies/gates/archive/", {"version": 1})["Location"] == "/"
    assert "This study is archived" in client.get("/studies/gates/").content.decode()
    assert client.post("/studies/gates/unarchive/", {"version": 2})["Location"] == "/studies/gates/"
    study.refresh_from_db()
    assert study.archived_at is None


@pytest.mark.parametrize("act", ["edit", "archive", "unarchive"])
def test_only_managers_of_the_study(client_of, members, otto, study, act):
    data = {"name": "Mine", "version": 1}
    assert client_of(members["ana"]).post(f"/studies/gates/{act}/", data).status_code == 403
    assert client_of(members["vic"]).post(f"/studies/gates/{act}/", data).status_code == 403
    assert client_of(otto).post(f"/studies/gates/{act}/", data).status_code == 404
    study.refresh_from_db()
    assert study.version == 1


@pytest.mark.parametrize("act", ["archive", "unarchive"])
def test_archiving_needs_a_post(client_of, mira, study, act):
    assert client_of(mira).get(f"/studies/gates/{act}/").status_code == 405


def test_the_mode_is_changed_until_a_set_rests_on_it(client_of, mira, study, article):
    client = client_of(mira)
    client.post("/studies/gates/edit/", {"name": "Gates", "mode": "independent", "version": 1})
    study.refresh_from_db()
    assert study.mode == "independent"
    make_own_set(article, mira)
    assert "The mode stays as it is" in client.get("/studies/gates/edit/").content.decode()
    client.post("/studies/gates/edit/", {"name": "Gates", "mode": "shared", "version": 2})
    study.refresh_from_db()
    assert study.mode == "independent"


def test_a_study_goes_into_the_bin_once_its_name_is_typed(client_of, mira, ana, study):
    client = client_of(mira)
    refused = client.post("/studies/gates/delete/", {"version": 1, "name": "gates"})
    assert refused.status_code == 422
    assert "type the name of the study" in refused.content.decode()
    assert client.post("/studies/gates/delete/", {"version": 1, "name": " Gates "})["Location"] == "/bin/"
    shown = client.get("/bin/").content.decode()
    assert "Gates" in shown
    assert "goes on " in shown
    assert "The bin of studies" in client.get("/").content.decode()
    assert "Gates" not in client_of(ana).get("/bin/").content.decode()
    assert client_of(ana).get("/studies/gates/").status_code == 404


def test_a_study_comes_back_from_the_bin(client_of, mira, ana, study):
    client = client_of(mira)
    client.post("/studies/gates/delete/", {"version": 1, "name": "Gates"})
    assert client_of(ana).post(f"/bin/{study.uid}/restore/", {"version": 2}).status_code == 404
    assert client.post(f"/bin/{study.uid}/restore/", {"version": 2})["Location"] == "/studies/gates/"
    assert client_of(ana).get("/studies/gates/").status_code == 200


def test_a_study_goes_for_good_once_its_name_is_typed(client_of, mira, study):
    client = client_of(mira)
    client.post("/studies/gates/delete/", {"version": 1, "name": "Gates"})
    assert client.post(f"/bin/{study.uid}/purge/", {"name": "no"}).status_code == 422
    assert client.post(f"/bin/{study.uid}/purge/", {"name": "Gates"})["Location"] == "/bin/"
    assert not Study.objects.exists()


def test_every_member_may_leave_but_the_last_manager(client_of, mira, vic, study):
    assert client_of(vic).post("/studies/gates/leave/")["Location"] == "/"
    assert client_of(vic).get("/studies/gates/").status_code == 404
    refused = client_of(mira).post("/studies/gates/leave/")
    assert refused.status_code == 409
    assert "make someone else a manager first" in refused.content.decode()
