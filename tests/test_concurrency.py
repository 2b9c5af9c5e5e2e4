"""Several writers at the same moment: nothing is lost, doubled or written over unseen.

On PostgreSQL the writers overlap and row locks decide; SQLite lets one writer in at a time.
"""

import threading
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.db import IntegrityError, connection, transaction

from annotations.audit.models import Event
from annotations.claims.actions import add_claim, find_or_add_claim, relate_claims
from annotations.claims.models import Claim, ClaimRelation
from annotations.claims.stances import Stance
from annotations.coding.actions import take_stance
from annotations.coding.bulk.actions import NewStatement, record_statements
from annotations.corpus.actions import ArticleDraft, DuplicateText, add_article, describe_article
from annotations.corpus.models import Article
from annotations.errors import AnnotationError, Conflict, Invalid, StaleEdit
from annotations.rows import overtaken
from annotations.spans import SpanRefused
from annotations.speakers.actions import SpeakerChanges, add_speaker, delete_speaker, find_or_add_speaker
from annotations.speakers.models import Speaker
from annotations.statements.actions import FurnitureInUse, mark_statement, revise_statement, set_furniture
from annotations.statements.changes import StatementChanges
from annotations.statements.models import Statement
from annotations.studies.actions import LastManager, add_member, author_of, change_role, create_study
from annotations.studies.models import Author, Membership, Role, Study
from annotations.workload.actions import SetClosed, lock_open, open_set, submit_set
from annotations.workload.models import AnnotationSet
from tests.factories.accounts import make_user
from tests.factories.claims import make_claim
from tests.factories.corpus import TEXT, make_article
from tests.factories.statements import make_statement, span_of, spans_of
from tests.factories.studies import make_membership, make_study

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 8


def at_once(act, n=WRITERS):
    """Run `act(i)` in n threads that start together; return what each gave back or refused."""
    gate = threading.Barrier(n)

    def run(i):
        gate.wait()
        try:
            return act(i)
        except AnnotationError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(n) as pool:
        return list(pool.map(run, range(n)))


def refusals(results):
    return [result for result in results if isinstance(result, AnnotationError)]


@pytest.fixture
def annotators(study):
    people = [make_user(f"writer{i}") for i in range(WRITERS)]
    for user in people:
        make_membership(study, user)
    return people


def test_edits_of_the_same_statements_are_neither_lost_nor_written_over(shared_set, annotators, ana):
    """8 writers, 25 edits each, on two statements: each adds a token to the note and retries when stale."""
    rounds = 25
    rows = [make_statement(shared_set, ana) for _ in range(2)]

    def edit(i):
        seen = []
        for n in range(rounds):
            pk, token = rows[n % 2].pk, f"<{i}.{n}>"
            while True:
                row = Statement.objects.select_related("annotation_set").get(pk=pk)
                told = StatementChanges(note=row.note + token)
                try:
                    revise_statement(statement=row, expected=row.version, changes=told, by=annotators[i])
                    break
                except StaleEdit as refused:
                    seen.append(refused.current.version > row.version)
        return seen

    results = at_once(edit)
    notes = [Statement.objects.get(pk=row.pk) for row in rows]
    text = "".join(row.note for row in notes)
    tokens = [f"<{i}.{n}>" for i in range(WRITERS) for n in range(rounds)]
    assert {token: text.count(token) for token in tokens} == dict.fromkeys(tokens, 1)
    assert sum(row.version - 1 for row in notes) == WRITERS * rounds
    assert Event.objects.filter(verb="statement.revise").count() == WRITERS * rounds
    assert all(all(seen) for seen in results), "a refusal did not show what stands"


def test_of_writers_with_the_same_version_one_wins(statement, annotators):
    def edit(i):
        row = Statement.objects.select_related("annotation_set").get(pk=statement.pk)
        told = StatementChanges(note=f"by {i}", codes={"quote_type": "direct"})
        return revise_statement(statement=row, expected=1, changes=told, by=annotators[i])

    results = at_once(edit)
    assert len(refusals(results)) == WRITERS - 1
    row = Statement.objects.get()
    assert row.version == 2
    assert [row.note] == [result.note for result in results if isinstance(result, Statement)]
    assert Event.objects.of_target(row).count() == 1


def test_of_stances_with_the_same_version_one_is_taken(statement, study, annotators):
    claims = [make_claim(study, f"Claim {i}.") for i in range(WRITERS)]

    def take(i):
        row = Statement.objects.get(pk=statement.pk)
        return take_stance(
            statement=row, expected=1, stance=Stance(claim=claims[i], stance="support"), by=annotators[i]
        )

    assert len(refusals(at_once(take))) == WRITERS - 1
    assert statement.stances.count() == 1


def test_a_set_is_opened_once(article, annotators):
    results = at_once(lambda i: open_set(article=Article.objects.get(), by=annotators[i]))
    assert len({opened.pk for opened in results}) == 1
    assert Event.objects.filter(verb="set.open").count() == 1


def test_an_annotator_s_own_set_is_opened_once(independent_study, ana, codebook):
    make_article(independent_study)
    results = at_once(lambda i: open_set(article=Article.objects.get(), by=ana))
    assert len({opened.pk for opened in results}) == 1
    assert Author.objects.get().sets.count() == 1


def test_first_marks_of_newcomers_in_one_article(article, annotators, codebook):
    """Each opens the set, takes a pseudonym and marks."""

    def mark(i):
        into = open_set(article=Article.objects.get(), by=annotators[i])
        told = StatementChanges(spans=spans_of(TEXT, content="Nobody warned us"))
        return mark_statement(into=into, changes=told, by=annotators[i])

    assert refusals(at_once(mark)) == []
    assert Statement.objects.count() == WRITERS
    assert AnnotationSet.objects.count() == 1
    pseudonyms = {row.created_by.pseudonym for row in Statement.objects.select_related("created_by")}
    assert pseudonyms == {f"c{i + 1:02d}" for i in range(WRITERS)}


def test_nothing_is_marked_in_a_set_that_was_submitted_first(shared_set, annotators):
    def act(i):
        into = AnnotationSet.objects.select_related("article__study").get()
        if i == 0:
            return submit_set(annotation_set=into, expected=1, by=annotators[i])
        told = StatementChanges(spans=spans_of(TEXT, content="Nobody warned us"))
        return mark_statement(into=into, changes=told, by=annotators[i])

    results = at_once(act)
    assert {type(refused) for refused in refusals(results)} <= {SetClosed}
    verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))
    assert Statement.objects.count() == verbs.count("statement.mark") == WRITERS - 1 - len(refusals(results))


def while_open(first, second):
    """Run `first`, then `second` in another thread before the first has committed; return what became of it.

    A second that waits for the first is let go after a second; one that does not wait has run through by then.
    """
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            running = pool.submit(at_once, lambda _: second(), 1)
            wait([running], timeout=1)
        return running.result()[0]


@pytest.mark.parametrize("furniture_first", [True, False])
def test_a_line_and_a_statement_in_it_exclude_each_other(article, shared_set, ana, ben, furniture_first):
    """Whoever comes second is refused, though the first has not committed when the second looks."""
    line = span_of(TEXT.splitlines()[3], TEXT)
    author_of(study=article.study, user=ana)

    def furniture():
        lines = [{"start": line.start, "end": line.end, "kind": "other"}]
        set_furniture(article=Article.objects.get(), expected=1, lines=lines, by=ben)

    def mark():
        told = StatementChanges(spans=spans_of(TEXT, content="Nobody warned us"))
        mark_statement(
            into=AnnotationSet.objects.select_related("article__study").get(), changes=told, by=ana
        )

    acts = [furniture, mark] if furniture_first else [mark, furniture]
    assert isinstance(while_open(*acts), SpanRefused if furniture_first else FurnitureInUse)


def test_what_is_submitted_meanwhile_takes_no_mark(shared_set, ana):
    def submit():
        submit_set(annotation_set=AnnotationSet.objects.select_related("article").get(), expected=1, by=ana)

    def mark():
        told = StatementChanges(spans=spans_of(TEXT, content="Nobody warned us"))
        mark_statement(
            into=AnnotationSet.objects.select_related("article__study").get(), changes=told, by=ana
        )

    assert isinstance(while_open(submit, mark), SetClosed)


def test_who_finds_a_set_just_opened_and_who_finds_it_open_do_not_wait_for_each_other(shared_set, ana):
    """The first holds the article when it comes to the set, so whoever locks both begins with the article."""

    def mark():
        told = StatementChanges(spans=spans_of(TEXT, content="Nobody warned us"))
        into = AnnotationSet.objects.select_related("article__study").get()
        return mark_statement(into=into, changes=told, by=ana)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Article.objects.select_for_update(of=("self",), no_key=True).only("pk").get()
            running = pool.submit(at_once, lambda _: mark(), 1)
            wait([running], timeout=1)
            lock_open(AnnotationSet.objects.get())
        assert isinstance(running.result()[0], Statement)


def test_statements_nested_in_each_other_meanwhile(shared_set, statement, ana, ben):
    other = make_statement(shared_set, ana)

    def nest(child, parent, by):
        rows = {row.pk: row for row in Statement.objects.select_related("annotation_set")}
        told = StatementChanges(parent=rows[parent.pk])
        revise_statement(statement=rows[child.pk], expected=1, changes=told, by=by)

    refused = while_open(lambda: nest(statement, other, ana), lambda: nest(other, statement, ben))
    assert isinstance(refused, Invalid)
    assert refused.errors[0].field == "parent"


def test_a_speaker_deleted_meanwhile_is_told_as_a_conflict(shared_set, speaker, ana, mira):
    """The database sees it as the second commits; both surfaces tell it by `overtaken`."""
    told = StatementChanges(spans=spans_of(TEXT, content="Nobody warned us"), speaker=speaker)

    def mark():
        mark_statement(
            into=AnnotationSet.objects.select_related("article__study").get(), changes=told, by=ana
        )

    def delete():
        delete_speaker(speaker=Speaker.objects.get(), expected=1, by=mira)

    with pytest.raises(IntegrityError) as caught:
        while_open(delete, mark)
    assert overtaken(caught.value).status == 409
    assert not Statement.objects.exists()


def test_other_faults_of_a_row_are_no_conflict(study):
    with pytest.raises(IntegrityError) as caught:
        make_study(study.slug)
    assert overtaken(caught.value) is None


@pytest.mark.parametrize("kind", ["speaker", "claim", "outlet"])
def test_two_who_name_the_same_thing_add_it_once(study, annotators, codebook, kind):
    """Speakers and claims are found or added while the same transaction goes on to take a pseudonym."""

    def name(i):
        with transaction.atomic():
            if kind == "claim":
                made = find_or_add_claim(study=study, text="The gates open.", kind="fact", by=annotators[i])
            else:
                type_ = "media" if kind == "outlet" else "person"
                made = find_or_add_speaker(study=study, name="Ida Venn", type_=type_, by=annotators[i])
            author_of(study=study, user=annotators[i])
        return made

    assert len({made.pk for made in at_once(name)}) == 1
    assert Speaker.objects.count() + Claim.objects.count() == 1
    assert Author.objects.count() == WRITERS


def test_a_text_comes_in_once(study, annotators):
    results = at_once(lambda i: add_article(study=study, draft=ArticleDraft(text=TEXT), by=annotators[i]))
    assert [type(refused) for refused in refusals(results)] == [DuplicateText] * (WRITERS - 1)
    assert Article.objects.count() == 1


def test_an_external_id_is_given_once(study, annotators, codebook):
    """To an article, whether new or described, to a speaker, and to a claim."""
    rows = [make_article(study, f"Text {i}.") for i in range(WRITERS)]

    def article(i):
        if i % 2:
            draft = ArticleDraft(text=f"New {i}.", metadata={"external_id": "x1"}, allow_duplicate=True)
            return add_article(study=study, draft=draft, by=annotators[i])
        return describe_article(article=rows[i], expected=1, metadata={"external_id": "x1"}, by=annotators[i])

    def speaker(i):
        told = SpeakerChanges(values={"name": f"S{i}", "external_id": "x1"})
        return add_speaker(study=study, changes=told, by=annotators[i])

    def claim(i):
        values = {"text": f"Claim {i}.", "external_id": "x1"}
        return add_claim(study=study, values=values, by=annotators[i])

    for act, model in ((article, Article), (speaker, Speaker), (claim, Claim)):
        results = at_once(act)
        assert [type(refused) for refused in refusals(results)] == [Invalid] * (WRITERS - 1)
        assert model.objects.filter(external_id="x1").count() == 1


def test_lists_of_statements_do_not_wait_for_each_other_in_a_circle(study, annotators, codebook):
    """Each writer goes through the articles in an order of its own; one external id is in every list."""
    articles = [make_article(study, f"{TEXT}{n}\n") for n in range(WRITERS)]
    for user in annotators:
        author_of(study=study, user=user)  # which locks the study, the first time

    def record(i):
        order = articles[i:] + articles[:i] if i % 2 else (articles[i:] + articles[:i])[::-1]
        news = [NewStatement(article=article, changes=marked(external_id=f"{i}")) for article in order] + [
            NewStatement(article=articles[0], changes=marked(external_id="mine"))
        ]
        return record_statements(study=study, news=news, by=annotators[i])

    results = at_once(record)
    assert len(refusals(results)) == WRITERS - 1
    assert all("names another statement" in str(refused) for refused in refusals(results))
    assert Statement.objects.count() == WRITERS + 1
    assert Event.objects.filter(verb="statement.mark").count() == WRITERS + 1


def marked(**fields):
    return StatementChanges(spans=spans_of(TEXT, content="The river rose"), **fields)


def test_a_relation_is_made_once(study, claim, annotators, codebook):
    other = make_claim(study, "Other.")
    results = at_once(
        lambda i: relate_claims(study=study, a=claim, b=other, relation="contrary", by=annotators[i])
    )
    assert [type(refused) for refused in refusals(results)] == [Invalid] * (WRITERS - 1)
    assert ClaimRelation.objects.count() == 1


def test_a_member_is_added_once(study, otto, mira):
    results = at_once(lambda i: add_member(study=study, user=otto, role="viewer", by=mira))
    assert [type(refused) for refused in refusals(results)] == [Invalid] * (WRITERS - 1)


def test_two_managers_cannot_leave_the_study_without_one(study, mira, ana):
    Membership.objects.filter(user=ana).update(role=Role.MANAGER)
    members = list(Membership.objects.filter(role=Role.MANAGER).select_related("user", "study"))
    results = at_once(lambda i: change_role(member=members[i], role="viewer", expected=1, by=mira), 2)
    assert [type(refused) for refused in refusals(results)] == [LastManager]
    assert Membership.objects.filter(role=Role.MANAGER).count() == 1


def test_studies_of_one_name_have_slugs_of_their_own_or_are_refused(db):
    people = [make_user(f"founder{i}") for i in range(WRITERS)]
    results = at_once(lambda i: create_study(name="Gates", by=people[i]))
    made = [result for result in results if isinstance(result, Study)]
    assert made
    assert {type(refused) for refused in refusals(results)} <= {Invalid}
    assert len({study.slug for study in made}) == len(made) == Membership.objects.count()


def test_edits_and_conflicts_are_counted_together(article, annotators):
    """Article metadata under the same rule as statements."""

    def describe(i):
        row = Article.objects.get()
        return describe_article(article=row, expected=1, metadata={"author": f"A{i}"}, by=annotators[i])

    results = at_once(describe)
    assert {type(refused) for refused in refusals(results)} == {StaleEdit}
    assert len(refusals(results)) == WRITERS - 1
    assert not any(isinstance(refused, Conflict) for refused in refusals(results))
