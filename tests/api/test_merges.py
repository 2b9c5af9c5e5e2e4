"""Merging speakers and claims over the API."""

import pytest

from annotations.statements.models import Statement
from tests.api.conftest import NOBODY, program_of
from tests.factories.claims import make_claim, make_stance
from tests.factories.corpus import make_article
from tests.factories.speakers import make_speaker
from tests.factories.statements import make_statement
from tests.factories.workload import make_set


@pytest.fixture
def two(study, ana):
    keep, away = make_speaker(study, "Anna Venn"), make_speaker(study, "A. Venn")
    make_statement(make_set(make_article(study)), ana, speaker=away)
    return keep, away


def test_a_speaker_is_merged_and_taken_apart(mira, two):
    keep, away = two
    program, body = program_of(mira), {"away": str(away.uid)}
    done = program.post(f"/speakers/{keep.uid}/merge/", body, match=1)
    assert (done.status_code, done["ETag"]) == (200, '"v2"')
    assert done.json()["aliases"] == ["A. Venn"]
    assert program.get(f"/speakers/{away.uid}/").status_code == 404
    apart = program.post(f"/speakers/{keep.uid}/unmerge/", body, match=2)
    assert apart["ETag"] == '"v3"'
    answer = apart.json()
    assert (answer["keep"]["aliases"], answer["away"]["name"], answer["left"]) == ([], "A. Venn", [])
    assert Statement.objects.get().speaker == away


def test_clients_are_told_what_changed(mira, two):
    keep, away = two
    program = program_of(mira)
    statement = f"/statements/{Statement.objects.get().uid}/"
    assert program.get(statement)["ETag"] == '"v1"'
    before = program.get(f"/speakers/{keep.uid}/").json()["updated_at"]
    program.post(f"/speakers/{keep.uid}/merge/", {"away": str(away.uid)}, match=1)
    assert program.get(statement)["ETag"] == '"v2"'
    since = program.get(f"/studies/gates/statements/?changed_since={before}").json()["results"]
    assert [row["speaker"] for row in since] == [str(keep.uid)]


def test_what_was_changed_since_is_told(mira, two):
    keep, away = two
    program = program_of(mira)
    program.post(f"/speakers/{keep.uid}/merge/", {"away": str(away.uid)}, match=1)
    Statement.objects.update(speaker=None)
    answer = program.post(f"/speakers/{keep.uid}/unmerge/", {"away": str(away.uid)}, match=2).json()
    assert answer["left"] == [{"n": 1, "words": "statement made"}]


@pytest.mark.parametrize(
    ("match", "body", "status"),
    [(None, None, 428), (7, None, 412), (1, {}, 422), (1, {"away": NOBODY}, 422), (1, {"away": "x"}, 422)],
)
def test_refusals(mira, two, match, body, status):
    keep, away = two
    given = {"away": str(away.uid)} if body is None else {name: str(value) for name, value in body.items()}
    assert program_of(mira).post(f"/speakers/{keep.uid}/merge/", given, match=match).status_code == status


def test_what_is_not_merged_cannot_be_taken_apart(mira, two):
    keep, away = two
    answer = program_of(mira).post(f"/speakers/{keep.uid}/unmerge/", {"away": str(away.uid)}, match=1)
    assert answer.status_code == 404


def test_it_is_for_managers(ana, two):
    keep, away = two
    assert (
        program_of(ana).post(f"/speakers/{keep.uid}/merge/", {"away": str(away.uid)}, match=1).status_code
        == 403
    )


def test_claims_too(mira, study, ana):
    keep, away = make_claim(study), make_claim(study, "At noon the gates stood open.")
    make_stance(make_statement(make_set(make_article(study)), ana), away)
    program, body = program_of(mira), {"away": str(away.uid)}
    assert program.post(f"/claims/{keep.uid}/merge/", body, match=1).json()["version"] == 2
    answer = program.post(f"/claims/{keep.uid}/unmerge/", body, match=2).json()
    assert (answer["away"]["text"], answer["left"]) == (away.text, [])
