"""A corrected article: what follows, what stays, and the way back."""

import time

import pytest

from annotations.audit.models import Event
from annotations.corpus.actions import ArticleDraft, DuplicateText
from annotations.corpus.models import Article
from annotations.corpus.text import TextEmpty
from annotations.errors import Conflict, Invalid, StaleEdit
from annotations.history.actions import last_step, last_undone, redo, restore_version, undo
from annotations.revisions.actions import (
    RevisionInUse,
    delete_with_earlier,
    restore_with_earlier,
    revise_article,
    supersede_article,
    take_back_revision,
)
from annotations.revisions.lineage import lineage_of, newest_of
from annotations.revisions.placing.actions import place_statement
from annotations.spans import Span, SpanRefused
from annotations.statements.actions import (
    discard_statement,
    mark_statement,
    restore_statement,
    revise_statement,
    set_furniture,
)
from annotations.statements.changes import StatementChanges
from annotations.statements.models import Mention, Statement, Utterance
from annotations.workload.actions import SetClosed, Superseded, open_set, reopen_set, submit_set
from annotations.workload.models import AnnotationSet
from tests.factories.claims import make_claim, make_stance
from tests.factories.corpus import TEXT, make_article
from tests.factories.speakers import make_outlet, make_speaker
from tests.factories.statements import (
    make_chain_link,
    make_code,
    make_mention,
    make_statement,
    make_utterance,
    span_of,
    spans_of,
)
from tests.factories.workload import make_own_set, make_set, submitted

CORRECTED = TEXT.replace("on Monday that no gate", "on Tuesday that not one gate").replace(
    "The river rose", "Early on Monday the river rose"
)
FOLLOWS, STAYS = "They opened the gates at noon", "no gate was opened before two"


def span_json(words, text=TEXT):
    return span_of(words, text).to_json()


@pytest.fixture
def desk(study, ana):
    return Desk(study, ana)


class Desk:
    """An article with two statements: one of them will follow into `CORRECTED`, the other will not."""

    def __init__(self, study, by):
        self.study, self.by = study, by
        self.article = make_article(
            study, outlet=make_outlet(study), url="https://example.org/a", licence_name="CC0"
        )
        self.set = make_set(self.article)
        self.miller = make_speaker(study)
        spans = spans_of(TEXT, content=FOLLOWS, source="the miller Jon Abel", cue="told")
        self.first = make_statement(
            self.set, by, spans=spans, speaker=self.miller, external_id="s-1", said_on=self.said_on()
        )
        self.second = make_statement(self.set, by, STAYS, external_id="s-2")
        make_code(self.first)
        make_chain_link(self.first, self.miller, cue=span_json("told"))
        self.toll = make_claim(study, "Gates that were opened", kind="quantity")
        value = {
            "op": ">=",
            "number": 1,
            "number_high": None,
            "as_written": "",
            "span": span_json("the gates"),
        }
        make_stance(self.first, self.toll, value=value)

    def said_on(self):
        span = span_json("overnight")
        return {"from": "2018-03-14", "to": "2018-03-14", "precision": "day", "anchored": True, "span": span}

    def revise(self, words=CORRECTED, by=None, **metadata):
        article = Article.objects.get(pk=self.article.pk)
        draft = ArticleDraft(text=words, metadata=metadata)
        return revise_article(article=article, expected=article.version, draft=draft, by=by or self.by)

    def place(self, words="not one gate was opened before two", by=None):
        row = Statement.objects.get(pk=self.second.pk)
        newest = lineage_of(Article.objects.get(pk=self.article.pk))[-1]
        content = [span_of(words, Article.objects.get(pk=newest.pk).text)]
        placed = place_statement(statement=row, expected=row.version, content=content, by=by or self.by)
        self.left_out = placed.left_out
        return placed.statement

    def undo(self, by=None):
        user = by or self.by
        undo(step=last_step(study=self.study, user=user), by=user)

    def redo(self):
        redo(step=last_undone(study=self.study, user=self.by), by=self.by)


def rows_of(study):
    """Every column of what may move, without versions and dates."""
    tables = [
        Article.objects.in_study(study),
        AnnotationSet.objects.in_study(study),
        *(
            model.objects.filter(annotation_set__article__study=study)
            for model in (Statement, Mention, Utterance)
        ),
    ]
    statements = Statement.objects.in_study(study)
    tables += [row.stances.all() for row in statements] + [row.chain.all() for row in statements]
    passing = {"version", "updated_at", "id"}
    return [
        {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in passing}
        for rows in tables
        for row in rows.order_by("pk")
    ]


def spans_stand(statement):
    """Whether each span of a statement, wherever it is kept, has the words of its set's text."""
    row = Statement.objects.get(pk=statement.pk)
    text = row.annotation_set.article.text
    kept = [*row.spans, row.said_on and row.said_on["span"]]
    kept += [span for link in row.chain.all() for span in (link.source, link.cue)]
    kept += [link.value and link.value["span"] for link in row.stances.all()]
    return all(text[span["start"] : span["end"]] == span["text"] for span in kept if span)


class TestRevising:
    def test_statements_follow_with_their_ids_or_stay(self, desk):
        revision = desk.revise()
        first, second = (Statement.objects.get(pk=each.pk) for each in (desk.first, desk.second))
        assert first.annotation_set.article == revision.article
        assert (first.uid, first.external_id, first.version) == (desk.first.uid, "s-1", 2)
        assert first.quotation == FOLLOWS
        assert first.speaker == desk.miller
        assert first.codes.count() == 1
        assert first.start != desk.first.start
        assert spans_stand(first)
        assert (second.annotation_set, second.version, second.start) == (desk.set, 1, desk.second.start)
        assert list(Statement.objects.waiting()) == [second]
        assert [(row.pk, anchored.how) for row, anchored in revision.course.follow] == [
            (first.pk, "unchanged")
        ]
        assert revision.course.stay == [second]

    def test_the_old_text_is_kept_and_out_of_the_list(self, desk):
        revision = desk.revise().article
        old = Article.objects.get(pk=desk.article.pk)
        assert (old.text, old.revised_by, old.version) == (TEXT, revision, 2)
        assert list(Article.objects.in_study(desk.study).current()) == [revision]
        assert list(Article.objects.in_study(desk.study).superseded()) == [old]
        assert revision.revision_of == old

    def test_what_is_known_of_it_is_handed_on(self, desk):
        revision = desk.revise(title="Corrected").article
        assert (revision.title, revision.url, revision.licence_name) == (
            "Corrected",
            "https://example.org/a",
            "CC0",
        )
        assert revision.outlet == desk.article.outlet
        assert revision.external_id is None

    def test_sets_of_all_kinds_follow_as_they_are(self, independent_study, mira, ana, ben):
        article = make_article(independent_study)
        own, bens = make_own_set(article, ana), make_own_set(article, ben, **submitted())
        statement = make_statement(own, ana, FOLLOWS)
        draft = ArticleDraft(text=CORRECTED)
        revision = revise_article(article=article, expected=1, draft=draft, by=mira).article
        assert {(s.author, s.state, s.submitted_at) for s in AnnotationSet.objects.of_article(revision)} == {
            (own.author, "open", None),
            (bens.author, "submitted", bens.submitted_at),
        }
        assert Statement.objects.get(pk=statement.pk).annotation_set.author == own.author

    def test_furniture_is_recognised_anew_but_unchanged_lines_stay_what_people_made_of_them(self, desk):
        line = {"start": 0, "end": TEXT.index("\n"), "kind": "other"}
        set_furniture(article=desk.article, expected=1, lines=[line], by=desk.by)
        words = CORRECTED + "Read more: related stories\nAdvertisement\n"
        article = desk.revise(words).article
        lines = [(words[line["start"] : line["end"]]) for line in article.furniture]
        assert lines[0] == TEXT.split("\n")[0]
        assert "Advertisement" in lines[1:]
        assert article.furniture[-1]["start"] > len(CORRECTED)

    def test_a_statement_whose_line_is_furniture_now_stays(self, desk):
        words = CORRECTED.replace("The keeper", "Advertisement\nThe keeper")
        line = next(n for n, each in enumerate(words.split("\n")) if FOLLOWS in each)
        start = len("\n".join(words.split("\n")[:line])) + 1
        lines = [{"start": start, "end": words.index("\n", start), "kind": "other"}]
        draft = ArticleDraft(text=words, furniture=lines)
        revision = revise_article(article=desk.article, expected=1, draft=draft, by=desk.by)
        assert desk.first in revision.course.stay

    def test_mentions_and_utterances_follow_too(self, desk):
        mention = make_mention(desk.set, desk.miller)
        gone = make_mention(desk.set, desk.miller, "on Monday that no gate")
        segments = [span_json("They opened"), span_json("Nobody warned us")]
        utterance = make_utterance(desk.set, segments=segments)
        article = desk.revise().article
        mention, gone, utterance = (type(row).objects.get(pk=row.pk) for row in (mention, gone, utterance))
        assert mention.annotation_set.article == utterance.annotation_set.article == article
        assert CORRECTED[mention.start : mention.end] == "Jon Abel"
        assert all(CORRECTED[s["start"] : s["end"]] == s["text"] for s in utterance.segments)
        assert gone.annotation_set == desk.set

    def test_each_statement_tells_where_it_went(self, desk):
        desk.revise()
        event = Event.objects.of_target(desk.first).get()
        assert (event.verb, event.by) == ("statement.follow", desk.by)
        assert event.before["spans"] == desk.first.spans
        assert event.after["spans"] == Statement.objects.get(pk=desk.first.pk).spans
        assert event.after["anchored"]["found"] == "unchanged"
        assert 0 < event.after["anchored"]["score"] <= 1
        assert not Event.objects.of_target(desk.second).exists()

    def test_binned_statements_stay(self, desk):
        discard_statement(statement=desk.first, expected=1, by=desk.by)
        desk.revise()
        row = Statement.objects.get(pk=desk.first.pk)
        assert row.annotation_set == desk.set
        restore_statement(statement=row, expected=row.version, by=desk.by)
        assert Statement.objects.waiting().filter(pk=row.pk).exists()

    @pytest.mark.parametrize(("words", "error"), [(TEXT, Invalid), (" ", TextEmpty)])
    def test_a_text_that_is_none(self, desk, words, error):
        with pytest.raises(error):
            desk.revise(words)
        assert Article.objects.count() == 1

    def test_a_text_of_another_article(self, desk):
        make_article(desk.study, CORRECTED)
        with pytest.raises(DuplicateText):
            desk.revise()

    def test_a_text_that_it_had_before(self, desk):
        desk.revise()
        newest = Article.objects.in_study(desk.study).current().get()
        again = revise_article(article=newest, expected=1, draft=ArticleDraft(text=TEXT), by=desk.by)
        assert [each.pk for each in lineage_of(Article.objects.get(pk=desk.article.pk))] == [
            desk.article.pk,
            newest.pk,
            again.article.pk,
        ]
        assert newest_of(desk.study, [desk.article.pk]) == {desk.article.pk: again.article}

    def test_stale(self, desk):
        with pytest.raises(StaleEdit):
            revise_article(article=desk.article, expected=7, draft=ArticleDraft(text=CORRECTED), by=desk.by)
        assert Article.objects.count() == 1

    def test_once(self, desk):
        desk.revise()
        with pytest.raises(Superseded):
            desk.revise(CORRECTED + "More.\n")
        other = make_article(desk.study, "Another text.\n")
        with pytest.raises(Superseded):
            supersede_article(article=desk.article, expected=2, revision=other, by=desk.by)


class TestTheOldText:
    def test_takes_no_new_statements_and_changes_none(self, desk):
        desk.revise()
        desk.set.refresh_from_db()
        changes = StatementChanges(spans=spans_of(TEXT, content="Nobody warned us"))
        for act in (
            lambda: mark_statement(into=desk.set, changes=changes, by=desk.by),
            lambda: revise_statement(
                statement=Statement.objects.get(pk=desk.second.pk),
                expected=1,
                changes=StatementChanges(note="x"),
                by=desk.by,
            ),
            lambda: submit_set(annotation_set=desk.set, expected=1, by=desk.by),
        ):
            with pytest.raises(Superseded):
                act()

    def test_opens_no_set(self, independent_study, mira, ana):
        article = make_article(independent_study)
        revise_article(article=article, expected=1, draft=ArticleDraft(text=CORRECTED), by=mira)
        with pytest.raises(Superseded):
            open_set(article=article, by=ana)

    def test_what_waits_there_can_be_deleted_and_restored(self, desk):
        desk.revise()
        row = Statement.objects.get(pk=desk.second.pk)
        discard_statement(statement=row, expected=1, by=desk.by)
        desk.undo()
        assert list(Statement.objects.present().waiting()) == [desk.second]


class TestTheBin:
    def test_earlier_revisions_go_along_and_come_back(self, desk):
        article = desk.revise().article
        delete_with_earlier(article=article, expected=1, by=desk.by)
        assert not Article.objects.in_study(desk.study).present().exists()
        desk.undo()
        assert Article.objects.in_study(desk.study).present().count() == 2
        desk.redo()
        article.refresh_from_db()
        restore_with_earlier(article=article, expected=article.version, by=desk.by)
        assert Article.objects.in_study(desk.study).present().count() == 2


class TestPlacing:
    def test_by_hand(self, desk):
        article = desk.revise().article
        row = desk.place()
        assert row.annotation_set.article == article
        assert row.quotation == "not one gate was opened before two"
        assert row.version == 2
        assert spans_stand(row)
        assert not Statement.objects.waiting().exists()

    def test_the_other_spans_come_along_where_they_are_found(self, desk):
        spans = spans_of(TEXT, content=STAYS, source="The keeper, Ida Venn", cue="said on Monday")
        revise_statement(statement=desk.second, expected=1, changes=StatementChanges(spans=spans), by=desk.by)
        desk.revise()
        row = desk.place()
        assert [(s["role"], s["text"]) for s in row.spans] == [
            ("content", "not one gate was opened before two"),
            ("source", "The keeper, Ida Venn"),
        ]
        assert desk.left_out == ["cue"]

    def test_what_is_left_out_beside_them_is_told_as_well(self, desk):
        row, gone = desk.second, span_json("said on Monday")
        Statement.objects.filter(pk=row.pk).update(said_on={**desk.said_on(), "span": gone})
        make_chain_link(row, desk.miller, source=span_json("The keeper, Ida Venn"), cue=gone)
        value = {"op": "=", "number": 1, "number_high": None, "as_written": "", "span": gone}
        make_stance(row, desk.toll, value=value)
        desk.revise()
        desk.place()
        assert desk.left_out == ["words of a value", "words of the chain", "words of the date"]

    def test_and_back(self, desk):
        desk.revise()
        before = rows_of(desk.study)
        desk.place()
        after = rows_of(desk.study)
        desk.undo()
        assert rows_of(desk.study) == before
        desk.redo()
        assert rows_of(desk.study) == after

    def test_over_several_revisions(self, desk):
        desk.revise()
        newest = Article.objects.in_study(desk.study).current().get()
        last = revise_article(
            article=newest, expected=1, draft=ArticleDraft(text=CORRECTED + "More.\n"), by=desk.by
        )
        assert desk.place().annotation_set.article == last.article

    def test_on_furniture(self, desk):
        desk.revise()
        with pytest.raises(SpanRefused, match="furniture"):
            desk.place("Advertisement")

    def test_in_a_set_that_is_done(self, desk):
        submit_set(annotation_set=desk.set, expected=1, by=desk.by)
        desk.revise()
        row = Statement.objects.get(pk=desk.second.pk)
        with pytest.raises(SetClosed, match="reopen"):
            desk.place()
        with pytest.raises(SetClosed, match="reopen"):
            discard_statement(statement=row, expected=1, by=desk.by)
        new_set = AnnotationSet.objects.get(article__revision_of=desk.article)
        reopen_set(annotation_set=new_set, expected=1, by=desk.by)
        assert desk.place().annotation_set == new_set

    def test_what_has_its_place(self, desk):
        with pytest.raises(Conflict, match="has its place"):
            place_statement(statement=desk.first, expected=1, content=[Span(0, 5)], by=desk.by)

    def test_stale(self, desk):
        desk.revise()
        with pytest.raises(StaleEdit):
            place_statement(
                statement=desk.second, expected=9, content=[span_of("not one gate", CORRECTED)], by=desk.by
            )


class TestTakingBack:
    def test_all_is_as_it_was(self, desk):
        make_mention(desk.set, desk.miller)
        make_utterance(desk.set, segments=[span_json("They opened")])
        before = rows_of(desk.study)
        desk.revise()
        after = rows_of(desk.study)
        for _ in range(2):
            desk.undo()
            assert rows_of(desk.study) == before
            desk.redo()
            assert standing(rows_of(desk.study)) == standing(after)

    def test_with_what_was_placed_since(self, desk):
        before = rows_of(desk.study)
        desk.revise()
        desk.place()
        after = rows_of(desk.study)
        for _ in range(2):
            desk.undo()
            desk.undo()
            assert rows_of(desk.study) == before
            desk.redo()
            desk.redo()
            assert standing(rows_of(desk.study)) == standing(after)

    def test_codes_given_meanwhile_stay(self, desk, ben):
        desk.revise()
        row = Statement.objects.get(pk=desk.first.pk)
        revise_statement(statement=row, expected=2, changes=StatementChanges(note="see below"), by=ben)
        desk.undo()
        row = Statement.objects.get(pk=desk.first.pk)
        assert (row.note, row.annotation_set, row.spans) == ("see below", desk.set, desk.first.spans)

    def test_after_other_work(self, desk, ben):
        article = desk.revise().article
        into = AnnotationSet.objects.get(article=article)
        changes = StatementChanges(spans=spans_of(CORRECTED, content="Nobody warned us"))
        mark_statement(into=into, changes=changes, by=ben)
        with pytest.raises(RevisionInUse, match="marked or placed"):
            desk.undo()
        assert Article.objects.get(pk=desk.article.pk).revised_by == article

    def test_after_spans_were_changed(self, desk, ben):
        desk.revise()
        row = Statement.objects.get(pk=desk.first.pk)
        changes = StatementChanges(spans=spans_of(CORRECTED, content="opened the gates"))
        revise_statement(statement=row, expected=2, changes=changes, by=ben)
        with pytest.raises(RevisionInUse, match="spans"):
            desk.undo()

    def test_after_the_set_was_submitted(self, desk, ben):
        article = desk.revise().article
        submit_set(annotation_set=AnnotationSet.objects.get(article=article), expected=1, by=ben)
        with pytest.raises(RevisionInUse, match="marked as done"):
            desk.undo()

    def test_after_another_revision(self, desk, ben):
        article = desk.revise().article
        revise_article(article=article, expected=1, draft=ArticleDraft(text=CORRECTED + "More.\n"), by=ben)
        old = Article.objects.get(pk=desk.article.pk)
        with pytest.raises(RevisionInUse, match="itself corrected"):
            take_back_revision(article=old, expected=old.version, by=desk.by)

    def test_a_version_from_before_is_restored_without_its_spans(self, desk):
        revise_statement(statement=desk.first, expected=1, changes=StatementChanges(note="one"), by=desk.by)
        step = Event.objects.of_target(desk.first).get().batch
        row = Statement.objects.get(pk=desk.first.pk)
        revise_statement(statement=row, expected=2, changes=StatementChanges(note="two"), by=desk.by)
        desk.revise()
        row = Statement.objects.get(pk=desk.first.pk)
        assert restore_version(study=desk.study, row=row, step=step, by=desk.by)
        row = Statement.objects.get(pk=desk.first.pk)
        assert (row.note, row.annotation_set.article.text) == ("one", CORRECTED)
        assert spans_stand(row)


def standing(rows):
    """Rows without the dates of sets that were opened again."""
    passing = {"created_at"}
    return [{name: value for name, value in row.items() if name not in passing} for row in rows]


def test_a_thousand_statements_in_seconds(study, ana):
    words = "".join(
        f"Line {n}: “Gate {n} was opened at {n} past noon,” the keeper said.\n" for n in range(1200)
    )
    article = make_article(study, words)
    into = make_set(article)
    for n in range(1000):
        spans = spans_of(words, content=f"Gate {n} was opened at {n} past noon")
        make_statement(into, ana, spans=spans)
    began = time.process_time()
    draft = ArticleDraft(text="A word before.\n" + words.replace("Gate 7 ", "Door 7 "))
    revision = revise_article(article=article, expected=1, draft=draft, by=ana)
    assert len(revision.course.follow) == 999
    assert time.process_time() - began < 8
    undo(step=last_step(study=study, user=ana), by=ana)
    assert time.process_time() - began < 14
