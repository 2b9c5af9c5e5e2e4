"""The log of a study, for its managers."""

import csv
import re
from datetime import UTC, date, datetime
from io import StringIO

import pytest

from annotations.access.actions import issue_token
from annotations.audit.actions import record
from annotations.audit.models import Event
from annotations.claims.actions import add_issue
from annotations.coding.bulk.actions import withdraw_statements
from annotations.corpus.actions import ArticleDraft, delete_article, describe_article
from annotations.revisions.actions import revise_article
from annotations.statements.actions import revise_statement
from annotations.statements.changes import StatementChanges
from annotations.statements.models import Statement
from annotations.studies.actions import add_member
from tests.factories.corpus import make_article
from tests.factories.statements import make_statement
from tests.factories.studies import make_author
from tests.factories.workload import make_own_set

pytestmark = pytest.mark.django_db
LOG = "/studies/gates/log/"


def page(client, address=LOG, **query):
    response = client.get(address, query_params=query)
    assert response.status_code == 200
    return response.content.decode().partition("<main")[2]


def entries(client, **query):
    """The sentences of the page, without tags."""
    return [part.partition("</li>")[0] for part in page(client, **query).split("<li class=")[1:]]


def file(client, address=LOG, **query):
    response = client.get(f"{address}download/", query_params=query)
    assert response["Content-Disposition"] == f'attachment; filename="{address.split("/")[2]}-log.csv"'
    return list(csv.DictReader(StringIO(response.getvalue().decode())))


def revise(statement, by, note):
    row = Statement.objects.get(pk=statement.pk)
    revise_statement(statement=row, expected=row.version, changes=StatementChanges(note=note), by=by)


def test_it_says_who_did_what_to_what_and_what_changed(client_of, mira, ana, statement):
    revise(statement, ana, "see below")
    revise(statement, ana, "see there")
    first = entries(client_of(mira))[0]
    assert "<bdi>ana</bdi>" in first
    assert "revised" in first
    assert f"?statement={statement.uid}" in first
    assert "<del>see below</del>" in first
    assert "see there" in first
    assert statement.annotation_set.article.title in first


def test_the_filters_keep_what_they_say(client_of, members, study, statement):
    mira, ana, ben = (members[name] for name in ("mira", "ana", "ben"))
    revise(statement, ana, "see below")
    add_issue(study=study, values={"name": "Gates"}, by=ben)
    describe_article(
        article=statement.annotation_set.article, expected=1, metadata={"title": "Other"}, by=mira
    )
    Event.objects.filter(by=ben).update(at=datetime(2026, 3, 5, 12, tzinfo=UTC))
    client = client_of(mira)
    assert len(entries(client)) == 3
    for query, kept in [
        ({"who": "ana"}, "revised"),
        ({"did": "issue.add"}, "added the issue"),
        ({"thing": "article"}, "described"),
        ({"since": "2026-03-05", "until": "2026-03-05"}, "added the issue"),
        ({"q": "gates", "thing": "issue"}, "added the issue"),
    ]:
        [only] = entries(client, **query)
        assert kept in only
        assert len(file(client, **query)) == 1
    assert entries(client, since="2026-03-06", until="2026-03-05") == []
    assert "Enter a valid date" in page(client, since="x")
    assert "not one of the available choices" in page(client, who="nobody")


def test_what_is_gone_has_no_link(client_of, mira, ana, statement):
    withdraw_statements(study=statement.annotation_set.article.study, statements=[statement], by=ana)
    [only] = entries(client_of(mira))
    assert "took back the statement" in only
    assert "<a " not in only


def test_fields_are_named_as_people_write(client_of, mira, statement):
    article = statement.annotation_set.article
    describe_article(article=article, expected=1, metadata={"published_on": date(2026, 3, 5)}, by=mira)
    [only] = entries(client_of(mira))
    assert "Published on" in only


def test_a_statement_that_was_carried_along_is_told_so(client_of, mira, statement):
    article = statement.annotation_set.article
    draft = ArticleDraft(text=f"{article.text}One more line.\n")
    revise_article(article=article, expected=1, draft=draft, by=mira)
    told = " ".join(entries(client_of(mira), did="statement.follow"))
    assert re.search(f"carried.*{re.escape(str(statement))}.*into the corrected text", told, re.DOTALL)


def test_the_thing_stands_where_a_sentence_has_it(client_of, mira, statement):
    article = statement.annotation_set.article
    delete_article(article=article, expected=article.version, by=mira)
    (told,) = entries(client_of(mira), did="article.delete")
    assert re.search(f"moved.*{re.escape(article.title)}.*to the bin", told, re.DOTALL)
    assert file(client_of(mira), did="article.delete")[0]["said"] == "moved to the bin"


def test_pages_and_the_file_hold_everything_once(client_of, mira, study):
    for number in range(120):
        add_issue(study=study, values={"name": f"Issue {number}"}, by=mira)
    client = client_of(mira)
    first = page(client)
    assert "Issue 70<" in first
    assert "Issue 69<" not in first
    rows = file(client)
    assert [row["label"] for row in rows] == [f"Issue {number}" for number in reversed(range(120))]
    assert (rows[0]["verb"], rows[0]["said"], rows[0]["who"]) == ("issue.add", "added the issue", "mira")
    assert '"name": "Issue 119"' in rows[0]["after"]


def test_the_number_of_queries_does_not_grow(
    client_of, mira, study, statement, django_assert_max_num_queries
):
    client = client_of(mira)
    for number in range(60):
        revise(statement, mira, str(number))
        add_issue(study=study, values={"name": f"Issue {number}"}, by=mira)
    page(client)
    with django_assert_max_num_queries(15):
        page(client)


def test_a_blind_manager_reads_nothing_of_sets_beside_their_own(client_of, mira, ana, independent_study):
    address = "/studies/blind/log/"
    open_one, done = make_article(independent_study), make_article(independent_study, "Another one.\n")
    secret = make_statement(make_own_set(open_one, ana), ana, "They opened the gates")
    seen = make_statement(make_own_set(done, ana), ana, "Another one.")
    gone = make_statement(secret.annotation_set, ana, "at noon")
    for statement in (secret, seen):
        revise(statement, ana, "a note")
    withdraw_statements(study=gone.annotation_set.article.study, statements=[gone], by=ana)
    record(study_id=independent_study.pk, by=ana, verb="set.submit", target=secret.annotation_set)
    client = client_of(mira)
    assert len(file(client, address)) == 4
    own = make_own_set(open_one, mira)
    revise(make_statement(own, mira, "They opened the gates"), mira, "mine")
    told = file(client, address)
    assert {row["id"] for row in told} == {str(seen.uid), str(own.statements.get().uid)}
    assert str(secret.uid) not in page(client, address)
    own.state, own.submitted_at = "submitted", datetime.now(UTC)
    own.save()
    assert len(file(client, address)) == 5


def test_people_of_an_independent_study_go_by_their_pseudonyms(client_of, mira, ana, independent_study):
    make_author(independent_study, ana, "c07")
    add_issue(study=independent_study, values={"name": "Gates"}, by=ana)
    shown = page(client_of(mira), "/studies/blind/log/", who="c07")
    assert "<bdi>c07</bdi>" in shown
    assert "<bdi>ana</bdi>" not in shown
    assert 'value="ana"' not in shown


def test_integer_keys_and_secrets_stay_inside(client_of, mira, ana, study, statement):
    withdraw_statements(study=statement.annotation_set.article.study, statements=[statement], by=ana)
    issued = issue_token(user=ana, by=ana, study=study)
    raw = client_of(mira).get(f"{LOG}download/").getvalue().decode()
    assert "snapshot" not in raw
    assert '"pk"' not in raw
    assert issued.key not in raw
    [token, _] = file(client_of(mira))
    assert token["id"] == ""


def test_hostile_strings_are_inert(client_of, mira, study, otto):
    hostile = '=1+1"><script>window.PWN=1</script>{{ 7|add:7 }}'
    add_issue(study=study, values={"name": hostile}, by=mira)
    otto.username = "<i hx-get=/x>otto"
    otto.save()
    add_member(study=study, user=otto, role="viewer", by=mira)
    shown = page(client_of(mira))
    assert "<script>" not in shown
    assert "<i hx-get" not in shown
    assert file(client_of(mira))[1]["label"].startswith("'=1+1")


def test_a_verb_that_has_no_words_yet_is_shown_as_it_is(client_of, mira, study):
    record(study_id=study.pk, by=None, verb="study.some_thing", target=study, after={"a": {"b": [1, True]}})
    [only] = entries(client_of(mira))
    assert "study some thing" in only
    assert "b 1, yes" in only
    assert "somebody" in only


def test_counts_of_an_import_are_no_stances(client_of, mira, study):
    counts = {"stances": 3, "codes": 2, "spans": 1, "chain": 0, "stance": 1, "said_on": 5, "flags": 7}
    record(study_id=study.pk, by=mira, verb="dataset.import", target=study, after=counts)
    [only] = entries(client_of(mira))
    assert "imported a dataset" in only
    assert len(file(client_of(mira))) == 1


def test_only_managers_read_it(client_of, ana, otto, study):
    assert client_of(ana).get(LOG).status_code == 403
    assert client_of(otto).get(f"{LOG}download/").status_code == 404
