"""Every page and every answer costs the same number of queries with 2 rows of everything and with 20."""

import pytest
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from annotations.audit.models import Event
from tests.architecture.asking import content_of, is_api, send
from tests.architecture.desk import clients_of
from tests.architecture.matrix import ROWS, STREAMS
from tests.architecture.test_urls import ids_for
from tests.factories.access import make_token
from tests.factories.accounts import make_user
from tests.factories.audit import make_event
from tests.factories.claims import make_claim, make_issue, make_relation, make_stance
from tests.factories.corpus import make_article
from tests.factories.speakers import make_alias, make_outlet, make_speaker
from tests.factories.statements import (
    make_chain_link,
    make_code,
    make_mention,
    make_statement,
    make_utterance,
)
from tests.factories.studies import make_membership, make_study
from tests.factories.workload import make_set

BUDGET = 11
"""Queries of one page, session and user included; streams read table by table."""

READ = [
    pytest.param(name, marks=pytest.mark.django_db(transaction=name in STREAMS))
    for name in sorted(ROWS)
    if "GET" in ROWS[name]
]


@pytest.fixture
def n_queries(monkeypatch):
    """Count what any connection runs: `n_queries(act)`."""
    ran = []
    plain = CursorWrapper._execute

    def counted(self, sql, params, *ignored):
        ran.append(sql)
        return plain(self, sql, params, *ignored)

    monkeypatch.setattr(CursorWrapper, "_execute", counted)

    def run(act):
        del ran[:]
        act()
        return [
            sql for sql in ran if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "SET LOCAL", "PRAGMA"))
        ]

    return run


def more(desk, numbers):
    """Add a row of everything for each number: to the study, to the desk's article, to the asker."""
    study, user = desk.study, desk.users["manager"]
    for n in numbers:
        outlet = make_outlet(study, f"Outlet {n}")
        ministry = make_speaker(study, f"Ministry {n}", type="organisation")
        speaker = make_speaker(study, f"Speaker a {n}", affiliation=ministry, speaks_for=ministry)
        speaker.members.add(ministry)
        make_alias(speaker, f"alias a {n}")
        claim = make_claim(study, f"Gates claim {n}.", issue=make_issue(study, f"Issue a {n}"))
        make_relation(claim, desk.claim)
        make_membership(study, make_user(f"user{n}"))
        make_membership(make_study(f"study{n}"), user, "manager")
        make_token(user, "read", digest=f"{n:064d}", study=study)
        make_article(study, f"Binned {n}.", deleted_at=timezone.now())
        article = make_article(study, f"Article {n}: “No gate.”\n", outlet=outlet, created_by=desk.author)
        for into, words in ((make_set(article), "“No gate.”"), (desk.set, "keeper")):
            utterance = make_utterance(into, speaker=speaker)
            parent = make_statement(into, user, words, speaker=speaker, utterance=utterance)
            statement = make_statement(
                into, user, words, speaker=speaker, parent=parent, flags=["no_verbatim"]
            )
            make_mention(into, speaker, words)
            make_code(statement)
            make_chain_link(statement, speaker)
            make_chain_link(statement, outlet, 1, role="publisher")
            make_stance(statement, claim)
            make_event(statement, by=user, study_id=study.pk, verb="statement.mark", label=words)
            Event.objects.filter(target_id=str(statement.pk)).update(target_id=str(statement.uid))
        make_set(article, kind="machine")


@pytest.mark.parametrize("name", READ)
def test_queries_do_not_grow_with_the_rows(name, desk, n_queries):
    ask = ROWS[name]["GET"]
    role = next(role for role in ("manager", "annotator", "administrator") if role in ask.who)
    ids = ids_for(desk, ask)
    client = list(clients_of(role, desk.users, api=is_api(name)).values())[-1]

    def act():
        response = send(client, name, "GET", ids, query=ask.query(desk))
        assert content_of(response) is not None
        assert response.status_code < 400

    more(desk, range(2))
    act()  # what is read once per process is read now
    few = n_queries(act)
    more(desk, range(2, 20))
    many = n_queries(act)
    assert len(many) == len(few), "A row is loaded by itself; these are new:\n" + "\n".join(
        sql[:300] for sql in many[len(few) :]
    )
    assert is_api(name) or name in STREAMS or len(few) <= BUDGET, f"{len(few)} queries:\n" + "\n".join(
        sql[:160] for sql in few
    )
