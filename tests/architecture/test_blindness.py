"""In an independent study no answer tells of a set that the asker may not read yet, whichever URL is asked."""

import pytest

from annotations.statements.actions import revise_statement
from annotations.statements.changes import StatementChanges
from annotations.statements.models import Statement
from annotations.studies.actions import author_of
from annotations.studies.models import Study
from annotations.workload.models import AnnotationSet
from tests.architecture.asking import HOLDS, SAFE, content_of, fingerprint, is_api, send, told, undone
from tests.architecture.desk import clients_of, laid_out, program, unknown_ids
from tests.architecture.matrix import ROWS
from tests.architecture.test_urls import every_url, faults, ids_for
from tests.cast import fill
from tests.factories.claims import make_stance

__all__ = ["faults"]  # a fixture
SECRET = "blind9secret"
OF_A_SET = {"statement", "annotation_set"}
SHOW_THE_TEXT = {"article-detail", "api:article-detail"}
"""Pages on which the article's words stand anyway."""


@pytest.fixture
def blind(desk, independent_study, ben):
    """An article of the independent study that only ben has annotated; his set is open."""
    world = fill(independent_study, ben)
    AnnotationSet.objects.filter(pk=world.set.pk).update(
        kind="annotator", author=author_of(study=independent_study, user=ben)
    )
    statement = Statement.objects.get(pk=world.statement.pk)
    told_by_ben = StatementChanges(note=SECRET, external_id=SECRET, codes={"quote_type": "direct"})
    revise_statement(statement=statement, expected=1, changes=told_by_ben, by=ben)
    made = laid_out(world, desk.users)
    make_stance(made.second, made.claim, note=SECRET)
    return made


HIDDEN_FROM = {"open": ("viewer", "annotator", "adjudicator"), "submitted": ("viewer", "annotator")}
"""Who may not read ben's set in which state: ada reads it once it is submitted, mira from the start."""


@every_url
def test_a_set_that_is_not_for_the_asker_does_not_exist(name, blind, faults):
    who_may_read_finds_it(name, blind, faults)
    for state, roles in HIDDEN_FROM.items():
        if state == "submitted":
            blind.submit_set()
        before = fingerprint()
        for role in roles:
            for method, ask in ROWS[name].items():
                if role in ask.who:
                    for way, client in clients_of(role, blind.users, api=is_api(name)).items():
                        look(blind, ask, client, faults, (name, method, way, state))
        assert fingerprint() == before


def look(blind, ask, client, faults, cell):
    name, method, *_ = cell
    ids = ids_for(blind, ask)

    def asked(ids):
        response = send(client, name, method, ids, ask.body(blind), query=ask.query(blind))
        return told(response, ids)

    if set(HOLDS[name]) & OF_A_SET:
        nowhere = unknown_ids(HOLDS[name])
        status, content = asked(ids)
        other = {**ids, **{kind: nowhere[kind] for kind in OF_A_SET & set(HOLDS[name])}}
        faults.check((status, content) == asked(other), *cell, "differs from an unknown id", content)
        faults.check(status == 404, *cell, "answered", status)
        return
    status, content = asked(ids) if method in SAFE else undone(lambda: asked(ids))
    faults.check(status < 500, *cell, "answered", status)
    faults.check(SECRET.encode() not in content, *cell, "tells what ben has noted")
    words = blind.statement.quotation.strip("“”").encode()
    faults.check(name in SHOW_THE_TEXT or words not in content, *cell, "tells what ben has marked")


def who_may_read_finds_it(name, blind, faults):
    """The counter-test: the same worlds and URLs tell mira of the open set."""
    for method, ask in ROWS[name].items():
        if method in SAFE and set(HOLDS[name]) & OF_A_SET:
            for way, client in clients_of("manager", blind.users, api=is_api(name)).items():
                response = send(client, name, method, ids_for(blind, ask), query=ask.query(blind))
                content = content_of(response)
                faults.check(
                    response.status_code in {200, 302}, name, way, response.status_code, content[:200]
                )


def test_the_secret_is_told_to_its_owner(blind, ben):
    response = send(program(ben), "api:statement-detail", "GET", blind.ids())
    assert SECRET.encode() in content_of(response)
    assert Study.objects.get(pk=blind.study.pk).mode == "independent"
