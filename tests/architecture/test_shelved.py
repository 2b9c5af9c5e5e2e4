"""Studies that are put away, at every URL: an archived one takes no writes, one in the bin is not there at all."""

import pytest
from django.utils import timezone

from annotations.studies.models import Study
from tests.architecture.asking import HOLDS, SAFE, fingerprint, is_api, send, undone
from tests.architecture.desk import browser, program
from tests.architecture.matrix import ROWS, STREAMS

OF_A_STUDY = {"slug", "article", "statement", "annotation_set", "speaker", "claim", "issue", "relation"}
NAMES = [
    pytest.param(name, marks=pytest.mark.django_db(transaction=name in STREAMS))
    for name in sorted(ROWS)
    if OF_A_STUDY & set(HOLDS[name])
]
every_url = pytest.mark.parametrize("name", NAMES)
TAKEN = {"study-archive", "study-unarchive", "study-delete", "study-leave", "study-edit"}
"""What an archived study takes; the form of its settings answers 409 for a new name."""


def asked(name, method, desk, user):
    ask = ROWS[name][method]
    ids = {**desk.ids(), **(desk.in_bin() if ask.binned else {}), **ask.ids(desk)}
    client = program(user) if is_api(name) else browser(user)
    return send(client, name, method, ids, ask.body(desk), query=ask.query(desk))


@every_url
def test_an_archived_study_takes_no_writes(name, desk):
    Study.objects.filter(pk=desk.study.pk).update(archived_at=timezone.now())
    before = fingerprint()
    for method in ROWS[name]:
        if name in TAKEN or (name, method) == ("api:study-detail", "DELETE"):
            continue
        response = undone(lambda m=method: asked(name, m, desk, desk.users["manager"]))
        if method in SAFE and response.status_code in {200, 302}:
            continue  # reading goes on
        assert response.status_code == 409, (name, method, response.status_code)
        assert b"is archived, and nothing in it changes" in response.content
    assert fingerprint() == before


@every_url
def test_a_study_in_the_bin_is_not_there(name, desk):
    desk.bin_study()
    before = fingerprint()
    for method in ROWS[name]:
        for role in ("manager", "viewer"):
            response = asked(name, method, desk, desk.users[role])
            assert response.status_code == 404, (name, method, role, response.status_code)
    assert fingerprint() == before


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["study-list", "api:study-list", "token-list"])
def test_lists_leave_out_a_study_in_the_bin(name, desk):
    def shown():
        return asked(name, "GET", desk, desk.users["annotator"]).content.decode()

    assert desk.study.name in shown()
    desk.bin_study()
    assert desk.study.name not in shown()


@pytest.mark.django_db
def test_an_archived_study_says_so_to_programs(desk):
    Study.objects.filter(pk=desk.study.pk).update(archived_at=timezone.now())
    response = asked("api:article-list", "POST", desk, desk.users["manager"])
    assert (response.status_code, response.json()["code"]) == (409, "archived")
