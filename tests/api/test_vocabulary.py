"""Speakers, claims, issues and relations over the API."""

import pytest

from annotations.claims.models import Claim, Issue
from annotations.speakers.models import Speaker
from tests.api.conftest import NOBODY, program_of
from tests.factories.claims import make_claim, make_issue, make_stance
from tests.factories.speakers import make_speaker

SPEAKERS, CLAIMS = "/studies/gates/speakers/", "/studies/gates/claims/"


def fields(response, status=422):
    assert response.status_code == status, response.content
    return [fault["field"] for fault in response.json()["errors"]]


def test_a_speaker_with_all_its_fields(ana, study):
    program = program_of(ana)
    union = program.post(SPEAKERS, {"name": "Millers' union", "type": "organisation"}).json()
    given = {
        "external_id": "sp-1", "name": "Jon Abel", "type": "person", "role": "miller", "aliases": ["the miller", "Abel"],
        "affiliation": union["id"], "speaks_for": union["id"], "named": True, "private": True,
    }  # fmt: skip
    made = program.post(SPEAKERS, given).json()
    assert {name: made[name] for name in given} == given
    assert made["web_url"] == f"/studies/gates/speakers/{made['id']}/"
    group = program.post(
        SPEAKERS, {"name": "Both", "type": "group", "members": [made["id"], union["id"]]}
    ).json()
    assert group["members"] == sorted([made["id"], union["id"]])
    cleared = program.patch(
        f"/speakers/{group['id']}/", {"members": [], "aliases": ["The two"]}, match=1
    ).json()
    assert (cleared["members"], cleared["aliases"]) == ([], ["The two"])
    assert (
        program.patch(f"/speakers/{made['id']}/", {"affiliation": None}, match=1).json()["speaks_for"]
        == union["id"]
    )


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": "a" * 301}, "name"),
        ({"name": "ß" * 200}, "name"),
        ({"name": "A", "type": "alien"}, "type"),
        ({"name": "A", "role": "a" * 301}, "role"),
        ({"name": "A", "aliases": "B"}, "aliases"),
        ({"name": "A", "aliases": ["B", " "]}, "aliases[1]"),
        ({"name": "A", "affiliation": str(NOBODY)}, "affiliation"),
        ({"name": "A", "speaks_for": "x"}, "speaks_for"),
        ({"name": "A", "members": [str(NOBODY)]}, "members[0]"),
        ({"name": "A", "named": None}, "named"),
        ({"name": "A", "external_id": 7}, "external_id"),
        ({"name": "A", "side": "x"}, "side"),
    ],
)
def test_a_speaker_that_cannot_be(ana, study, body, field):
    assert fields(program_of(ana).post(SPEAKERS, body)) == [field]
    assert not Speaker.objects.exists()


def test_ids_of_another_study_read_like_unknown_ones(ana, world, foreign):
    program = program_of(ana)
    for path, body in [
        (SPEAKERS, lambda uid: {"name": "A", "affiliation": uid}),
        (SPEAKERS, lambda uid: {"name": "A", "members": [uid]}),
    ]:
        one, other = (program.post(path, body(str(uid))) for uid in (foreign.speaker.uid, NOBODY))
        assert (one.status_code, one.content) == (422, other.content)
    one, other = (
        program.post(CLAIMS, {"text": "A", "issue": str(uid)}) for uid in (foreign.issue.uid, NOBODY)
    )
    assert (one.status_code, one.content) == (422, other.content)
    own = str(world.claim.uid)
    bodies = ({"a": own, "b": str(uid), "relation": "contrary"} for uid in (foreign.claim.uid, NOBODY))
    one, other = (program.post("/studies/gates/claim-relations/", body) for body in bodies)
    assert (one.status_code, one.content) == (422, other.content)


def test_an_outlet_is_read_as_a_speaker(ana, world):
    program = program_of(ana)
    (outlet,) = program.get("/studies/gates/outlets/").json()["results"]
    assert (outlet["id"], outlet["type"]) == (str(world.outlet.uid), "media")
    assert program.post("/studies/gates/outlets/", {"name": "A"}).status_code == 405


def test_only_managers_delete_speakers_and_claims(members, study):
    speaker, claim = make_speaker(study), make_claim(study)
    for name in ("ana", "ada", "vic"):
        program = program_of(members[name])
        assert program.delete(f"/speakers/{speaker.uid}/", match=1).status_code == 403
        assert program.delete(f"/claims/{claim.uid}/", match=1).status_code == 403
    manager = program_of(members["mira"])
    assert manager.delete(f"/speakers/{speaker.uid}/", match=1).status_code == 204
    assert manager.delete(f"/claims/{claim.uid}/", match=1).status_code == 204
    assert not Speaker.objects.exists()
    assert not Claim.objects.exists()


def test_what_is_in_use_stays(mira, statement, claim, speaker):
    make_stance(statement, claim)
    program = program_of(mira)
    for address, code in [
        (f"/speakers/{speaker.uid}/", "speaker_in_use"),
        (f"/claims/{claim.uid}/", "claim_in_use"),
    ]:
        refused = program.delete(address, match=1)
        assert (refused.status_code, refused.json()["code"]) == (409, code)
        assert program.get(address)["ETag"] == '"v1"'


def test_a_claim_with_all_its_fields(ana, study):
    program = program_of(ana)
    issue = program.post("/studies/gates/issues/", {"name": "Gates", "external_id": "i-1"}).json()
    given = {
        "external_id": "c-1", "text": "The gates were open.", "kind": "quantity", "issue": issue["id"],
        "quantity": {"measure": "time open", "unit": "hours"}, "note": "n",
    }  # fmt: skip
    made = program.post(CLAIMS, given).json()
    assert {name: made[name] for name in given} == given
    assert made["web_url"] == f"/studies/gates/claims/{made['id']}/"
    cleared = program.patch(f"/claims/{made['id']}/", {"issue": None, "quantity": None}, match=1).json()
    assert (cleared["issue"], cleared["quantity"], cleared["kind"]) == (None, None, "quantity")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": " \n"}, "text"),
        ({"text": "a" * 1001}, "text"),
        ({"text": "A", "kind": "rumour"}, "kind"),
        ({"text": "A", "issue": str(NOBODY)}, "issue"),
        ({"text": "A", "quantity": "many"}, "quantity"),
        ({"text": "A", "quantity": {"unit": "m"}}, "quantity.measure"),
        ({"text": "A", "quantity": {"measure": "m", "x": 1}}, "quantity.x"),
        ({"text": "A", "stances": []}, "stances"),
    ],
)
def test_a_claim_that_cannot_be(ana, study, body, field):
    assert fields(program_of(ana).post(CLAIMS, body)) == [field]


def test_annotators_delete_issues_and_relations(ana, world):
    program = program_of(ana)
    assert program.delete(f"/claim-relations/{world.relation.uid}/", match=1).status_code == 204
    assert program.delete(f"/issues/{world.issue.uid}/", match=1).status_code == 204
    assert not Issue.objects.exists()


def test_a_claim_without_its_issue_is_another_version(ana, study):
    """One strong tag never stands for two readings."""
    issue = make_issue(study)
    claim = make_claim(study, issue=issue)
    program = program_of(ana)
    held = program.get(f"/claims/{claim.uid}/")
    program.delete(f"/issues/{issue.uid}/", match=1)
    now = program.get(f"/claims/{claim.uid}/", if_none_match=held["ETag"])
    assert (now.status_code, now.json()["issue"], now["ETag"]) == (200, None, '"v2"')


def test_relations_join_two_claims_once(ana, study):
    a, b = make_claim(study, "A"), make_claim(study, "B")
    program = program_of(ana)
    body = {"a": str(a.uid), "b": str(b.uid), "relation": "contrary"}
    made = program.post("/studies/gates/claim-relations/", body).json()
    assert {name: made[name] for name in body} == body
    assert fields(program.post("/studies/gates/claim-relations/", body)) == ["relation"]
    assert fields(program.post("/studies/gates/claim-relations/", {**body, "b": body["a"]})) == ["b"]
    assert fields(program.post("/studies/gates/claim-relations/", {**body, "relation": "likes"})) == [
        "relation"
    ]
    assert fields(program.patch(f"/claim-relations/{made['id']}/", {"a": body["b"]}, match=1)) == ["a"]


def test_a_speaker_with_affiliations_at_other_times(ana, study):
    program = program_of(ana)
    ministry = program.post(SPEAKERS, {"name": "Ministry", "type": "state"}).json()["id"]
    dated = {"body": ministry, "kind": "speaks_for", "role": "minister", "from": "2015-01-02", "to": None}
    made = program.post(SPEAKERS, {"name": "Anna Venn", "affiliations": [dated, {"body": ministry}]}).json()
    plain = {"body": ministry, "kind": "affiliation", "role": "", "from": None, "to": None}
    assert made["affiliations"] == [plain, dated]
    address = f"/speakers/{made['id']}/"
    assert program.patch(address, {"role": "minister"}, match=1).json()["affiliations"] == [plain, dated]
    late = {**dated, "to": "2014-01-01"}
    assert fields(program.patch(address, {"affiliations": [late]}, match=2)) == ["affiliations[0].to"]
    unknown = {"affiliations": [{"body": str(NOBODY)}]}
    assert fields(program.patch(address, unknown, match=2)) == ["affiliations[0].body"]
    assert program.patch(address, {"affiliations": []}, match=2).json()["affiliations"] == []
