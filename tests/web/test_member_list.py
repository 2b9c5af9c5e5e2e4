"""Members of a study and their roles."""

import pytest

from annotations.studies.models import Membership
from tests.factories.accounts import make_user
from tests.factories.studies import make_author, make_membership

pytestmark = pytest.mark.django_db
PAGE = "/studies/gates/members/"


def member_of(study, user):
    return Membership.objects.get(study=study, user=user)


def act(client, member, verb, **data):
    return client.post(f"{PAGE}{member.uid}/{verb}/", {"version": member.version, **data})


def test_everybody_reads_the_list_and_only_managers_get_forms(client_of, mira, vic, study):
    for_viewer, for_manager = (client_of(user).get(PAGE).content.decode() for user in (vic, mira))
    assert all(name in for_viewer for name in ("mira", "ana", "ben", "ada", "vic"))
    assert "Add a member" not in for_viewer
    assert "/remove/" not in for_viewer
    assert "Add a member" in for_manager


def test_a_manager_adds_a_member_by_name(client_of, mira, otto, study):
    response = client_of(mira).post(f"{PAGE}add/", {"user": "Otto", "role": "viewer"})
    assert response["Location"] == PAGE
    assert member_of(study, otto).role == "viewer"


@pytest.mark.parametrize(
    ("user", "role", "said"),
    [
        ("nobody", "viewer", "There is no user called"),
        ("ana", "viewer", "Ana is a member already"),
        ("dora", "viewer", "There is no user called"),
        ("otto", "owner", "not one of the available choices"),
        ("", "viewer", "This field is required"),
    ],
)
def test_a_faulty_form_adds_nobody(client_of, mira, otto, dora, study, user, role, said):  # noqa: PLR0917
    response = client_of(mira).post(f"{PAGE}add/", {"user": user, "role": role})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert study.memberships.count() == 5


def test_a_role_is_changed(client_of, mira, ana, study):
    assert act(client_of(mira), member_of(study, ana), "role", role="adjudicator")["Location"] == PAGE
    assert member_of(study, ana).role == "adjudicator"


def test_the_last_manager_stays_and_is_told_why(client_of, mira, study):
    last = member_of(study, mira)
    for response in (act(client_of(mira), last, "role", role="viewer"), act(client_of(mira), last, "remove")):
        assert response.status_code == 409
        assert "mira is the last manager; make someone else a manager first." in response.content.decode()
    assert member_of(study, mira).role == "manager"


def test_removing_a_member_keeps_the_pseudonym(client_of, mira, ana, study):
    author = make_author(study, ana)
    assert act(client_of(mira), member_of(study, ana), "remove")["Location"] == PAGE
    assert not study.memberships.filter(user=ana).exists()
    author.refresh_from_db()
    assert (author.pseudonym, author.user) == ("c01", ana)
    assert client_of(ana).get(PAGE).status_code == 404


def test_a_manager_who_leaves_goes_to_the_studies(client_of, mira, ana, study):
    act(client_of(mira), member_of(study, ana), "role", role="manager")
    assert act(client_of(mira), member_of(study, mira), "remove")["Location"] == "/"


def test_a_stale_or_unknown_change_is_refused(client_of, mira, ana, study):
    member = member_of(study, ana)
    address = f"{PAGE}{member.uid}/role/"
    assert client_of(mira).post(address, {"version": 7, "role": "viewer"}).status_code == 409
    assert client_of(mira).post(address, {"version": "x", "role": "viewer"}).status_code == 422
    assert client_of(mira).post(address, {"version": 1, "role": "owner"}).status_code == 422
    assert member_of(study, ana).role == "annotator"


@pytest.mark.parametrize("verb", ["role", "remove"])
def test_others_may_not_and_strangers_see_nothing(client_of, members, otto, study, verb):
    member = member_of(study, members["ben"])
    for name in ("ana", "ada", "vic"):
        assert act(client_of(members[name]), member, verb, role="viewer").status_code == 403
    assert act(client_of(otto), member, verb, role="viewer").status_code == 404
    assert client_of(members["mira"]).get(f"{PAGE}{member.uid}/{verb}/").status_code == 405
    assert member_of(study, members["ben"]).version == 1


def test_a_member_of_another_study_is_unknown_here(client_of, mira, study, foreign):
    assert act(client_of(mira), foreign.member, "remove").status_code == 404


def test_every_member_may_leave_from_the_list(client_of, vic, study):
    page = client_of(vic).get(PAGE).content.decode()
    assert "/studies/gates/leave/" in page
    assert "Your work stays in it" in page
    assert "/remove/" not in page


def test_the_list_says_what_becomes_of_the_work_and_who_is_deactivated(client_of, mira, dora, study):
    make_membership(study, dora, "manager")
    page = client_of(mira).get(PAGE).content.decode()
    assert "The work stays in the study, under the pseudonym" in page
    assert ">deactivated<" in page


def test_a_deactivated_manager_is_none_to_rely_on(client_of, mira, dora, study):
    make_membership(study, dora, "manager")
    refused = act(client_of(mira), member_of(study, mira), "role", role="viewer")
    assert refused.status_code == 409
    assert "mira is the last manager" in refused.content.decode()


def test_a_superuser_sees_no_study_of_others(client_of, api_of, study, statement):
    root = make_user("root", is_superuser=True)
    assert client_of(root).get("/studies/gates/").status_code == 404
    assert "Gates" not in client_of(root).get("/").content.decode()
    for path in ("studies/gates/", "studies/gates/export/?format=jsonl", f"statements/{statement.uid}/"):
        assert api_of(root).get(f"/api/v1/{path}").status_code == 404
    assert api_of(root).get("/api/v1/studies/").json()["results"] == []
