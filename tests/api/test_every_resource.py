"""What holds for every resource: shapes, strangers, versions, repeated creates, pages, bodies."""

import json
import uuid

import pytest
from django.apps import apps

from annotations.audit.models import Event, IdempotencyKey
from annotations.codebook.models import Label, Variable
from annotations.studies.models import Role
from tests.api.conftest import NOBODY, program_of
from tests.api.resources import CHANGED, CREATED, DELETED, READABLE
from tests.cast import CANARY


def snapshot():
    """Every row of every table, but for the codebook's, which no request writes."""
    models = set(apps.get_app_config("annotations").get_models()) - {Label, Variable}
    return {model: list(model._default_manager.order_by("pk").values()) for model in models}


@pytest.mark.parametrize("resource", **READABLE)
def test_lists_and_objects_tell_these_fields_and_no_others(resource, world, annotator):
    listed = annotator.get(resource.parent(world)).json()["results"]
    assert all(set(record) == resource.keys for record in listed)
    record = next(record for record in listed if record["id"] == str(resource.row(world).uid))
    one = annotator.get(resource.one(world)).json()
    assert {name: one[name] for name in record} == record
    assert set(one) - resource.keys == ({"text", "furniture"} if resource.name == "article" else set())
    assert "password" not in json.dumps(one)
    assert "example.org" not in json.dumps(one), "an e-mail address"


@pytest.mark.parametrize("resource", **READABLE)
def test_strangers_read_the_same_as_for_what_does_not_exist(resource, world, foreign, manager):
    """Lists, objects, changes and deletes of another study: 404, byte for byte as for an unknown id."""
    unknown, theirs = resource.at(world, NOBODY), resource.at(world, resource.row(foreign).uid)
    before = snapshot()
    for method, options in [
        ("get", {}),
        ("head", {}),
        ("patch", {"body": resource.changes, "match": 1}),
        ("delete", {"match": 1}),
    ]:
        one, other = (manager.send(method, address, **options) for address in (theirs, unknown))
        assert one.status_code == other.status_code
        assert one.status_code == 404 or (method != "get" and one.status_code == 405)
        assert one.content == other.content
        assert CANARY.encode() not in one.content
    listed = resource.parent(foreign)
    nowhere = listed.replace(str(foreign.article.uid), str(NOBODY)).replace(foreign.study.slug, "nowhere")
    for method in ["get", *(["post"] if resource.new else [])]:
        one, other = (
            manager.send(method, address, raw=b"{}" if method == "post" else None)
            for address in (listed, nowhere)
        )
        assert one.status_code == 404
        assert one.content == other.content
    assert snapshot() == before


@pytest.mark.parametrize("resource", **READABLE)
def test_without_a_token_everything_is_401(resource, world, stranger):
    for method, address in [
        ("get", resource.parent(world)),
        ("post", resource.parent(world)),
        ("get", resource.one(world)),
        ("patch", resource.one(world)),
        ("delete", resource.one(world)),
        ("options", resource.one(world)),
    ]:
        response = stranger.send(method, address, {} if method != "get" else None)
        assert response.status_code == 401
        assert response["WWW-Authenticate"] == "Token"


@pytest.mark.parametrize("resource", **CREATED)
def test_a_viewer_creates_and_changes_nothing(resource, world, members):
    viewer = program_of(members["vic"])
    before = snapshot()
    assert viewer.get(resource.one(world)).status_code == 200
    assert viewer.post(resource.parent(world), resource.new(world)).json()["code"] == "forbidden"
    assert viewer.patch(resource.one(world), resource.changes, match=1).status_code == 403
    if resource.deletes or resource.name in {"speaker", "claim"}:
        assert viewer.delete(resource.one(world), match=1).status_code == 403
    assert snapshot() == before


@pytest.mark.parametrize("resource", **CREATED)
def test_a_create_answers_201_with_address_and_version(resource, world, manager):
    response = manager.post(resource.parent(world), resource.new(world))
    assert response.status_code == 201, response.content
    assert response["ETag"] == '"v1"'
    found = manager.get(response["Location"])
    assert found.json() == response.json()
    assert found["ETag"] == '"v1"'


@pytest.mark.parametrize("resource", **CREATED)
def test_a_create_sent_twice_makes_one_row(resource, world, manager, members):
    key, body = str(uuid.uuid4()), resource.new(world)
    first = manager.post(resource.parent(world), body, key=key)
    before = snapshot()
    again = manager.post(resource.parent(world), dict(reversed(body.items())), key=key)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert (again["ETag"], again["Location"]) == (first["ETag"], first["Location"])
    other = manager.post(resource.parent(world), {**body, **resource.changes}, key=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert snapshot() == before
    assert IdempotencyKey.objects.get(user=members["mira"]).status == 201


@pytest.mark.parametrize("resource", **CREATED)
def test_a_refused_create_leaves_its_key_free(resource, world, manager):
    refused = manager.post(resource.parent(world), {**resource.new(world), "surprise": 1}, key="k")
    assert refused.status_code == 422
    assert not IdempotencyKey.objects.exists()
    assert manager.post(resource.parent(world), resource.new(world), key="k").status_code == 201


@pytest.mark.parametrize("resource", **CREATED)
@pytest.mark.parametrize(
    "name",
    [
        "id", "version", "created_at", "created_by", "study", "study_id", "owner", "uid", "pk", "deleted_at",
        "is_staff", "is_superuser", "password", "user__password", "name_key", "sha256", "annotation_set",
    ],
)  # fmt: skip
def test_no_field_can_be_smuggled_in(resource, name, world, manager):
    """Fields that are the server's, or none at all, are refused by name, in creates and changes."""
    before = snapshot()
    created = manager.post(resource.parent(world), {**resource.new(world), name: 7})
    changed = manager.patch(resource.one(world), {**resource.changes, name: 7}, match=1)
    for response in (created, changed):
        assert response.status_code == 422
        assert [fault["field"] for fault in response.json()["errors"]] == [name]
    assert snapshot() == before


@pytest.mark.parametrize("resource", **CREATED)
@pytest.mark.parametrize("body", ["[]", "1", '"x"', "null", "[1]"])
def test_a_body_that_is_no_object_is_refused(resource, body, world, manager):
    assert manager.send("post", resource.parent(world), raw=body).status_code == 422
    assert manager.send("patch", resource.one(world), raw=body, match=1).status_code == 422


@pytest.mark.parametrize("resource", **CHANGED)
def test_a_change_needs_the_version_that_was_read(resource, world, manager):
    address, before = resource.one(world), snapshot()
    for tag in [None, "", " "]:
        missing = manager.patch(address, resource.changes, match=tag)
        assert (missing.status_code, missing.json()["code"]) == (428, "precondition_required")
    for tag in ['"v2"', 'W/"v1"', '"v1', "v1", '"v11"', '"*"']:
        stale = manager.patch(address, resource.changes, match=tag)
        assert stale.status_code == 412, tag
        assert stale.json()["current"] == manager.get(address).json()
        assert stale["ETag"] == '"v1"'
    assert snapshot() == before


@pytest.mark.parametrize("resource", **CHANGED)
@pytest.mark.parametrize("tag", ['"v1"', "*", '"v7", "v1"'])
def test_a_change_answers_the_next_version(resource, tag, world, manager):
    address = resource.one(world)
    before = manager.get(address).json()
    changed = manager.patch(address, resource.changes, match=tag)
    assert changed.status_code == 200, changed.content
    assert changed["ETag"] == '"v2"'
    after = changed.json()
    assert {**before, **resource.changes, "version": 2, "updated_at": after["updated_at"]} == after
    assert after["updated_at"] > before["updated_at"]
    assert manager.get(address).json() == after


@pytest.mark.parametrize("resource", **CHANGED)
def test_an_object_may_be_sent_back_as_it_was_answered(resource, world, manager):
    address = resource.one(world)
    before = manager.get(address).json()
    changed = manager.patch(address, {**before, **resource.changes}, match=1)
    assert changed.status_code == 200, changed.content
    after = changed.json()
    assert {**before, **resource.changes, "version": 2, "updated_at": after["updated_at"]} == after


@pytest.mark.parametrize("resource", **CHANGED)
def test_an_empty_change_changes_nothing(resource, world, manager):
    before = snapshot()
    assert manager.patch(resource.one(world), {}, match=1)["ETag"] == '"v1"'
    assert snapshot() == before


@pytest.mark.parametrize("resource", **DELETED)
def test_a_delete_needs_the_version_and_then_hides_the_object(resource, world, manager):
    address = resource.one(world)
    assert manager.delete(address).status_code == 428
    stale = manager.delete(address, match=2)
    assert (stale.status_code, stale.json()["current"]["version"]) == (412, 1)
    assert manager.delete(address, match=1).status_code == 204
    assert manager.get(address).status_code == 404
    assert manager.patch(address, resource.changes, match=1).status_code == 404
    listed = manager.get(resource.parent(world))
    if listed.status_code == 200:
        assert str(resource.row(world).uid) not in {record["id"] for record in listed.json()["results"]}


@pytest.mark.parametrize("resource", **READABLE)
def test_a_copy_that_is_current_is_not_sent_again(resource, world, annotator):
    address = resource.one(world)
    assert annotator.get(address)["ETag"] == '"v1"'
    for tag in ['"v1"', 'W/"v1"', '"v0", "v1"', "*"]:
        held = annotator.get(address, if_none_match=tag)
        assert (held.status_code, held.content, held["ETag"]) == (304, b"", '"v1"')
    assert annotator.get(address, if_none_match='"v2"').status_code == 200


@pytest.mark.parametrize("resource", **READABLE)
def test_reading_writes_nothing(resource, world, annotator):
    before = snapshot()
    for address in (resource.parent(world), resource.one(world)):
        assert annotator.get(address).status_code == 200
        assert annotator.send("head", address).status_code == 200
        options = annotator.send("options", address)
        assert (options.status_code, options.content) == (204, b"")
        assert "GET" in options["Allow"]
    assert snapshot() == before


@pytest.mark.parametrize("resource", **CREATED)
def test_each_write_leaves_its_event(resource, world, manager, members):
    count = Event.objects.count()
    manager.post(resource.parent(world), resource.new(world))
    assert Event.objects.count() > count
    assert set(Event.objects.values_list("by__username", flat=True)) == {"mira"}
    assert Event.objects.filter(study_id=world.study.pk).count() == Event.objects.count()


@pytest.mark.parametrize("resource", **READABLE)
def test_a_token_bound_to_a_study_sees_that_study_alone(resource, world, members, codebook):
    ana = members["ana"]
    elsewhere = program_of(members["ana"], study=_other_study(ana))
    for address in (resource.parent(world), resource.one(world)):
        assert elsewhere.get(address).status_code == 404
    ana.api_tokens.update(study=world.study)
    for address in (resource.parent(world), resource.one(world)):
        assert elsewhere.get(address).status_code == 200


def _other_study(user):
    from tests.factories.studies import make_membership, make_study

    study = make_study("elsewhere")
    make_membership(study, user, Role.MANAGER)
    return study
