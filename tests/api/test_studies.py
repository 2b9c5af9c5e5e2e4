"""Studies and members over the API."""

import pytest

from annotations.audit.models import Event
from annotations.statements.models import Statement
from annotations.studies.models import Membership, Role, Study
from tests.api.conftest import NOBODY, program_of
from tests.factories.accounts import make_user
from tests.factories.studies import make_membership
from tests.factories.workload import make_set


def test_a_study_is_created_with_its_maker_as_manager(otto):
    program = program_of(otto)
    made = program.post("/studies/", {"name": "Dam  stories", "slug": "dam-stories", "mode": "independent"})
    assert made.status_code == 201
    body = made.json()
    assert (body["name"], body["slug"], body["mode"], body["archived"]) == (
        "Dam stories",
        "dam-stories",
        "independent",
        False,
    )
    assert body["web_url"] == "/studies/dam-stories/"
    assert made["Location"] == "/api/v1/studies/dam-stories/"
    assert program.get("/studies/dam-stories/members/").json()["results"][0]["role"] == "manager"


def test_a_slug_is_made_from_the_name(otto):
    assert program_of(otto).post("/studies/", {"name": "Dam stories"}).json()["slug"] == "dam-stories"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": " "}, "name"),
        ({"name": "a" * 201}, "name"),
        ({"name": "A", "slug": "A B"}, "slug"),
        ({"name": "A", "slug": "gates"}, "slug"),
        ({"name": "A", "slug": "new"}, "slug"),
        ({"name": "A", "mode": "blind"}, "mode"),
        ({"name": "A", "archived": True}, "archived"),
    ],
)
def test_a_study_that_cannot_be(otto, study, body, field):
    response = program_of(otto).post("/studies/", body)
    assert (response.status_code, [fault["field"] for fault in response.json()["errors"]]) == (422, [field])
    assert Study.objects.count() == 1


def test_a_study_is_renamed_archived_and_taken_back(mira, study):
    program = program_of(mira)
    changed = program.patch("/studies/gates/", {"name": "Sluices", "archived": True}, match=1).json()
    assert (changed["name"], changed["archived"], changed["slug"], changed["version"]) == (
        "Sluices",
        True,
        "gates",
        2,
    )
    assert program.patch("/studies/gates/", {"archived": False}, match=2).json()["archived"] is False
    for field, value in [("slug", "x"), ("mode", "other"), ("archived", "yes"), ("name", None)]:
        refused = program.patch("/studies/gates/", {field: value}, match=3)
        assert [fault["field"] for fault in refused.json()["errors"]] == [field]
    assert program.patch("/studies/gates/", {"name": "x"}, match=1).json()["current"]["name"] == "Sluices"
    assert program.patch("/studies/gates/", {"name": "x"}).status_code == 428


@pytest.mark.parametrize("name", ["ana", "ada", "vic"])
def test_only_managers_change_study_and_members(name, members, study):
    program = program_of(members[name])
    member = Membership.objects.get(study=study, user=members["ben"])
    own = f"/studies/gates/members/{member.uid}/"
    assert len(program.get("/studies/gates/members/").json()["results"]) == 5
    assert program.get(own).json()["user"] == "ben"
    for response in [
        program.patch("/studies/gates/", {"name": "x"}, match=1),
        program.post("/studies/gates/members/", {"user": "otto", "role": "viewer"}),
        program.patch(own, {"role": "manager"}, match=1),
        program.delete(own, match=1),
    ]:
        assert (response.status_code, response.json()["code"]) == (403, "forbidden")
        assert members[name].memberships.get().role in response.json()["detail"]


def test_a_study_of_others_is_not_there(otto, study):
    program = program_of(otto)
    known, unknown = program.get("/studies/gates/"), program.get("/studies/nowhere/")
    assert (known.status_code, known.content) == (404, unknown.content)
    assert program.get("/studies/").json()["results"] == []
    assert program.patch("/studies/gates/", {"name": "x"}, match=1).status_code == 404


def test_members_are_added_changed_and_removed(mira, otto, study):
    program = program_of(mira)
    made = program.post("/studies/gates/members/", {"user": "otto", "role": "viewer"})
    assert made.json()["user"] == "otto"
    address = made["Location"]
    assert program.patch(address, {"role": "annotator"}, match=1).json()["role"] == "annotator"
    assert program_of(otto).get("/studies/gates/").status_code == 200
    assert program.delete(address, match=2).status_code == 204
    assert program_of(otto).get("/studies/gates/").status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"user": "nobody", "role": "viewer"}, "user"),
        ({"user": "dora", "role": "viewer"}, "user"),
        ({"user": "ana", "role": "viewer"}, "user"),
        ({"user": "otto", "role": "owner"}, "role"),
        ({"user": "otto"}, "role"),
        ({"role": "viewer"}, "user"),
        ({"user": 1, "role": "viewer"}, "user"),
        ({"user": "otto", "role": "viewer", "email": "x"}, "email"),
    ],
)
@pytest.mark.usefixtures("otto", "dora", "study")
def test_a_member_that_cannot_be(mira, body, field):
    response = program_of(mira).post("/studies/gates/members/", body)
    assert (response.status_code, [fault["field"] for fault in response.json()["errors"]]) == (422, [field])
    assert Membership.objects.count() == 5


@pytest.mark.parametrize("name", ["vic", "ana", "ada", "mira"])
def test_whoever_is_a_member_may_leave_and_the_work_stays(name, members, statement, study):
    make_membership(study, make_user("another"), Role.MANAGER)
    user = members[name]
    own = f"/studies/gates/members/{Membership.objects.get(user=user).uid}/"
    program = program_of(user)
    assert program.delete(own, match=1).status_code == 204
    assert program.get("/studies/gates/").status_code == 404
    assert Statement.objects.filter(pk=statement.pk).exists()
    assert Event.objects.filter(verb="member.remove", by=user).count() == 1


def test_one_may_leave_an_archived_study_and_put_nobody_out_of_it(ana, mira, study):
    program_of(mira).patch("/studies/gates/", {"archived": True}, match=1)
    address = "/studies/gates/members/{}/".format
    other = program_of(mira).delete(address(Membership.objects.get(user=ana).uid), match=1)
    assert (other.status_code, other.json()["code"]) == (409, "archived")
    own = address(Membership.objects.get(user=ana).uid)
    assert program_of(ana).delete(own, match=1).status_code == 204


def test_the_last_manager_stays(mira, study):
    program = program_of(mira)
    own = f"/studies/gates/members/{Membership.objects.get(user=mira).uid}/"
    for response in (program.delete(own, match=1), program.patch(own, {"role": "viewer"}, match=1)):
        assert (response.status_code, response.json()["code"]) == (409, "last_manager")


def test_a_member_of_another_study_is_none_of_this(mira, study, foreign, otto):
    make_membership(foreign.study, mira, "manager")
    theirs = Membership.objects.get(study=foreign.study, user=otto)
    program = program_of(mira)
    wrong = program.get(f"/studies/gates/members/{theirs.uid}/")
    assert (wrong.status_code, wrong.content) == (
        404,
        program.get(f"/studies/gates/members/{NOBODY}/").content,
    )


def test_the_codebook_is_answered_whole_with_its_id_as_tag(ana, study):
    program = program_of(ana)
    found = program.get("/studies/gates/codebook/")
    body = found.json()
    assert body["version"] == "1.0.0"
    assert {variable["slug"] for variable in body["variables"]} >= {
        "voice",
        "quote_type",
        "source_type",
        "stance",
    }
    assert found["ETag"] == f'"{body["id"]}"'
    assert program.get("/studies/gates/codebook/", if_none_match=found["ETag"]).status_code == 304
    assert program.post("/studies/gates/codebook/", {}).status_code == 405


def test_the_mode_changes_until_there_are_sets(mira, study, article):
    program = program_of(mira)
    assert program.patch("/studies/gates/", {"mode": "independent"}, match=1).json()["mode"] == "independent"
    assert program.patch("/studies/gates/", {"mode": "shared"}, match=2).json()["version"] == 3
    make_set(article)
    refused = program.patch("/studies/gates/", {"mode": "independent"}, match=3)
    assert (refused.status_code, refused.json()["code"]) == (409, "mode_locked")


def test_an_archived_study_can_be_taken_back_and_nothing_else(mira, study):
    program = program_of(mira)
    program.patch("/studies/gates/", {"archived": True}, match=1)
    refused = program.patch("/studies/gates/", {"name": "Sluices"}, match=2)
    assert (refused.status_code, refused.json()["code"]) == (409, "archived")
    back = program.patch("/studies/gates/", {"name": "Sluices", "archived": False}, match=2).json()
    assert (back["name"], back["archived"]) == ("Sluices", False)


def test_a_deleted_study_is_gone_until_it_is_taken_back(mira, ana, study):
    assert program_of(mira).delete("/studies/gates/", match=1).status_code == 204
    for user in (mira, ana):
        assert program_of(user).get("/studies/gates/").status_code == 404
        assert program_of(user).get("/studies/").json()["results"] == []
    taken = program_of(mira).post("/studies/", {"name": "Gates", "slug": "gates", "mode": "shared"})
    assert taken.status_code == 422
