"""Sets over the API: who reads whose, submit and reopen."""

import pytest

from annotations.studies.models import Study
from annotations.workload.models import AnnotationSet
from tests.api.conftest import program_of
from tests.factories.corpus import make_article
from tests.factories.statements import make_statement
from tests.factories.workload import make_own_set, submitted

CONTENT = [{"role": "content", "start": 0, "end": 5}]


def listed(user, path):
    return {record["id"] for record in program_of(user).get(path).json()["results"]}


@pytest.fixture
def blind(independent_study, ana, ben):
    """An article with a set of ana's and one of ben's, one statement each."""
    article = make_article(independent_study)
    sets = {user.username: make_own_set(article, user) for user in (ana, ben)}
    marked = {user.username: make_statement(sets[user.username], user) for user in (ana, ben)}
    return article, sets, marked


@pytest.mark.parametrize("name", ["mira", "ana", "ben", "ada"])
def test_a_shared_set_is_submitted_and_reopened_by_whoever_annotates(name, members, shared_set):
    program = program_of(members[name])
    address = f"/sets/{shared_set.uid}/"
    done = program.post(f"{address}submit/")
    assert (done.status_code, done["ETag"], done.json()["state"]) == (200, '"v2"', "submitted")
    assert done.json()["submitted_at"].endswith("Z")
    again = program.post(f"{address}submit/")
    assert (again.status_code, again.json()["code"]) == (409, "set_closed")
    opened = program.post(f"{address}reopen/")
    assert (opened.json()["state"], opened.json()["submitted_at"], opened["ETag"]) == ("open", None, '"v3"')
    assert program.post(f"{address}reopen/").status_code == 409


def test_a_viewer_submits_nothing(vic, shared_set):
    for act in ("submit", "reopen"):
        assert program_of(vic).post(f"/sets/{shared_set.uid}/{act}/").status_code == 403


def test_if_match_is_heeded_where_it_is_sent(ana, shared_set):
    address = f"/sets/{shared_set.uid}/"
    stale = program_of(ana).post(f"{address}submit/", match=2)
    assert (stale.status_code, stale.json()["current"]["version"]) == (412, 1)
    assert program_of(ana).post(f"{address}submit/", match=1).status_code == 200
    assert program_of(ana).post(f"{address}reopen/", match=1).status_code == 412
    assert program_of(ana).post(f"{address}reopen/", match="*").status_code == 200


def test_annotators_read_their_own_sets_alone(ana, ben, blind):
    article, sets, marked = blind
    for user, other in ((ana, ben), (ben, ana)):
        own, theirs = user.username, other.username
        assert listed(user, f"/articles/{article.uid}/sets/") == {str(sets[own].uid)}
        assert listed(user, f"/articles/{article.uid}/statements/") == {str(marked[own].uid)}
        assert listed(user, "/studies/blind/statements/") == {str(marked[own].uid)}
        program = program_of(user)
        for address in (f"/sets/{sets[theirs].uid}/", f"/statements/{marked[theirs].uid}/"):
            assert program.get(address).status_code == 404
        assert program.patch(f"/statements/{marked[theirs].uid}/", {"note": "x"}, match=1).status_code == 404
        assert program.post(f"/sets/{sets[theirs].uid}/submit/").status_code == 404
        nested = program.patch(
            f"/statements/{marked[own].uid}/", {"parent": str(marked[theirs].uid)}, match=1
        )
        assert nested.json()["errors"][0]["message"] == "There is no such statement in this set."


def test_statements_go_into_the_set_of_whoever_sends_them(ana, ben, blind):
    article, sets, _ = blind
    for user in (ana, ben):
        made = program_of(user).post(f"/articles/{article.uid}/statements/", {"spans": CONTENT}).json()
        assert made["set"] == str(sets[user.username].uid)
    assert AnnotationSet.objects.count() == 2


def test_an_adjudicator_reads_what_is_submitted_and_changes_none_of_it(ada, ana, blind):
    article, sets, marked = blind
    assert listed(ada, f"/articles/{article.uid}/sets/") == set()
    AnnotationSet.objects.filter(pk=sets["ana"].pk).update(**submitted())
    assert listed(ada, f"/articles/{article.uid}/sets/") == {str(sets["ana"].uid)}
    assert listed(ada, "/studies/blind/statements/") == {str(marked["ana"].uid)}
    program = program_of(ada)
    for response in (
        program.post(f"/sets/{sets['ana'].uid}/reopen/"),
        program.patch(f"/statements/{marked['ana'].uid}/", {"note": "x"}, match=1),
        program.delete(f"/statements/{marked['ana'].uid}/", match=1),
    ):
        assert response.status_code == 403


def test_a_manager_reads_all_but_where_they_annotate_themselves(mira, blind):
    article, sets, _ = blind
    assert listed(mira, f"/articles/{article.uid}/sets/") == {str(found.uid) for found in sets.values()}
    own = program_of(mira).post(f"/articles/{article.uid}/statements/", {"spans": CONTENT}).json()
    assert listed(mira, f"/articles/{article.uid}/sets/") == {own["set"]}
    assert listed(mira, "/studies/blind/statements/") == {own["id"]}


def test_a_viewer_reads_adjudicated_sets(vic, blind, independent_study):
    article, _, _ = blind
    assert listed(vic, f"/articles/{article.uid}/sets/") == set()
    settled = AnnotationSet.objects.create(
        article=article, kind=AnnotationSet.Kind.ADJUDICATED, codebook=AnnotationSet.objects.first().codebook
    )
    assert listed(vic, f"/articles/{article.uid}/sets/") == {str(settled.uid)}


def test_lists_answer_each_row_once_however_many_members(ana, statement, study):
    assert Study.objects.get().memberships.count() == 5
    assert len(program_of(ana).get("/studies/gates/statements/").json()["results"]) == 1
    assert (
        len(program_of(ana).get(f"/articles/{statement.annotation_set.article.uid}/sets/").json()["results"])
        == 1
    )
