"""Every change is taken back and done again; what others did since is never lost."""

from datetime import date

import pytest

from annotations.audit.steps import one_step
from annotations.claims.actions import (
    add_claim,
    add_issue,
    change_claim,
    change_issue,
    change_relation,
    delete_claim,
    delete_issue,
    describe_claim,
    relate_claims,
    unrelate_claims,
)
from annotations.claims.models import ClaimRelation
from annotations.claims.stances import Stance, Value
from annotations.coding.actions import (
    amend_statement,
    drop_stance,
    join_statements,
    split_statement,
    take_stance,
)
from annotations.corpus.actions import (
    ArticleDraft,
    add_article,
    delete_article,
    describe_article,
    restore_article,
)
from annotations.corpus.text import sha256_of
from annotations.errors import Conflict
from annotations.history.actions import NothingToUndo, last_step, last_undone, redo, undo
from annotations.history.targets.target import InTheWay
from annotations.revisions.actions import revise_article
from annotations.revisions.placing.actions import place_statement
from annotations.spans import Span
from annotations.speakers.actions import (
    SpeakerChanges,
    add_speaker,
    change_speaker,
    delete_speaker,
    describe_speaker,
)
from annotations.speakers.affiliations import Dated
from annotations.statements.actions import (
    discard_statement,
    mark_statement,
    restore_statement,
    revise_statement,
    set_furniture,
)
from annotations.statements.changes import Link, SaidOn, StatementChanges
from annotations.statements.models import Statement
from annotations.workload.actions import SetClosed, submit_set
from tests.factories.claims import make_claim, make_issue, make_relation, make_stance
from tests.factories.corpus import TEXT, make_article
from tests.factories.speakers import make_affiliation, make_alias, make_outlet, make_side, make_speaker
from tests.factories.statements import make_chain_link, make_code, make_statement, span_of, spans_of
from tests.factories.workload import make_set
from tests.history.picture import picture

CORRECTED = TEXT.replace("Nobody warned us", "Nobody had warned us")


@pytest.fixture
def desk(study, ana):
    return Desk(study, ana)


class Desk:
    """Ana's desk: one of everything, and a short way to each act."""

    def __init__(self, study, ana):
        self.study, self.ana = study, ana
        self.outlet = make_outlet(study)
        self.article = make_article(study, outlet=self.outlet)
        self.set = make_set(self.article)
        self.miller, self.ministry = make_speaker(study), make_speaker(study, "Ministry", type="organisation")
        self.issue = make_issue(study)
        self.claim = make_claim(study, issue=self.issue)
        self.toll = make_claim(study, "Number of drowned sheep.", kind="quantity")
        self.first = make_statement(self.set, ana, speaker=self.miller)
        self.second = make_statement(self.set, ana, "Nobody warned us")
        make_code(self.first)
        make_chain_link(self.first, self.miller)
        make_stance(self.first, self.claim)

    def revise(self, statement=None, by=None, **fields):
        row = Statement.objects.get(pk=(statement or self.first).pk)
        return revise_statement(
            statement=row, expected=row.version, changes=StatementChanges(**fields), by=by or self.ana
        )

    def undo(self, by=None, **kwargs):
        user = by or self.ana
        undo(step=last_step(study=self.study, user=user, **kwargs), by=user)

    def redo(self):
        redo(step=last_undone(study=self.study, user=self.ana), by=self.ana)


def mark(desk):
    spans = spans_of(TEXT, content="took the lower mill")
    changes = StatementChanges(spans=spans, speaker=desk.miller, codes={"quote_type": "indirect"})
    mark_statement(into=desk.set, changes=changes, by=desk.ana)


def move_spans(desk):
    desk.revise(spans=spans_of(TEXT, content="They opened the gates", source="the miller Jon Abel"))


def recode(desk):
    desk.revise(codes={"quote_type": None, "source_type": "official"}, flags=["denial"], note="see below")


def give_another_speaker(desk):
    desk.revise(speaker=desk.ministry)


def rebuild_chain(desk):
    cue = Span(TEXT.index("told"), TEXT.index("told") + 4)
    desk.revise(
        chain=[
            Link(speaker=desk.miller, role="original", cue=cue),
            Link(speaker=desk.outlet, role="publisher", uncertain=True),
        ]
    )


def date_and_nest(desk):
    said = SaidOn(first=date(2018, 3, 14), last=date(2018, 3, 14))
    desk.revise(desk.second, said_on=said, parent=desk.first, restates=[desk.first], external_id="s-2")


def discard(desk):
    discard_statement(statement=desk.first, expected=1, by=desk.ana)


def restore(desk):
    row = Statement.objects.get(pk=desk.second.pk)
    restore_statement(statement=row, expected=row.version, by=desk.ana)


def take(desk):
    value = Value(op=">=", number=31, as_written="at least 31")
    stance = Stance(claim=desk.toll, stance="support", value=value)
    take_stance(statement=desk.first, expected=1, stance=stance, by=desk.ana)


def retake(desk):
    stance = Stance(claim=desk.claim, stance="oppose", note="angrily")
    take_stance(statement=desk.first, expected=1, stance=stance, by=desk.ana)


def drop(desk):
    drop_stance(statement=desk.first, expected=1, claim=desk.claim, by=desk.ana)


def replace_stances(desk):
    stances = [Stance(claim=desk.toll, stance="neutral"), Stance(claim=desk.claim, stance="oppose")]
    changes = StatementChanges(note="twice")
    amend_statement(statement=desk.first, expected=1, changes=changes, by=desk.ana, stances=stances)


def split(desk):
    split_statement(statement=desk.first, expected=1, at=TEXT.index("the gates at noon"), by=desk.ana)


def join(desk):
    join_statements(first=desk.first, expected=1, second=desk.second, second_expected=1, by=desk.ana)


def add_the_mayor(desk):
    values = {"name": "Mayor", "affiliation": desk.ministry, "type": "person"}
    changes = SpeakerChanges(values=values, aliases=["the mayor"], members=[desk.miller])
    add_speaker(study=desk.study, changes=changes, by=desk.ana)


def change_the_ministry(desk):
    changes = SpeakerChanges(
        values={"role": "of water", "speaks_for": desk.outlet}, aliases=["MoW"], members=[desk.miller]
    )
    change_speaker(speaker=desk.ministry, expected=1, changes=changes, by=desk.ana)


def describe_the_ministry(desk):
    describe_speaker(
        speaker=desk.ministry,
        expected=1,
        values={"name": "Rivers Ministry", "type": "state"},
        names={"affiliation": "Government", "speaks_for": ""},
        aliases=["MoW"],
        members=["Jon Abel", "Somebody new"],
        by=desk.ana,
    )


def date_the_ministry(desk):
    """One of two affiliations stays as it is."""
    changes = SpeakerChanges(
        affiliations=[
            Dated(body=desk.miller, since=date(2015, 1, 1)),
            Dated(body=desk.outlet, kind="speaks_for", role="organ", until=date(2018, 3, 14)),
        ]
    )
    change_speaker(speaker=desk.ministry, expected=1, changes=changes, by=desk.ana)


def delete_the_ministry(desk):
    delete_speaker(speaker=desk.ministry, expected=1, by=desk.ana)


def give_other_names_in_no_order(desk):
    changes = SpeakerChanges(
        values={"name": " The  Ministry ", "external_id": ""},
        aliases=["Water Board", " the  Board", "Ministry", "Aqua"],
        members=[desk.outlet, desk.miller],
    )
    change_speaker(speaker=desk.ministry, expected=1, changes=changes, by=desk.ana)


def add_a_claim(desk):
    values = {"text": "The river rose.", "kind": "fact", "issue": desk.issue}
    add_claim(study=desk.study, values=values, by=desk.ana)


def change_a_claim(desk):
    values = {"text": "The gates stood open.", "issue": None}
    change_claim(claim=desk.claim, expected=1, values=values, by=desk.ana)


def describe_a_claim(desk):
    values = {"text": "The gates stood open.", "note": "see below"}
    describe_claim(claim=desk.claim, expected=1, values=values, issue="Rain", by=desk.ana)


def delete_a_claim(desk):
    delete_claim(claim=desk.toll, expected=1, by=desk.ana)


def add_an_issue(desk):
    add_issue(study=desk.study, values={"name": "Rain"}, by=desk.ana)


def change_an_issue(desk):
    change_issue(issue=desk.issue, expected=1, values={"name": "Rain"}, by=desk.ana)


def delete_an_issue(desk):
    delete_issue(issue=desk.issue, expected=1, by=desk.ana)


def relate(desk):
    relate_claims(study=desk.study, a=desk.claim, b=desk.toll, relation="contrary", by=desk.ana)


def change_the_relation(desk):
    row = ClaimRelation.objects.get(a=desk.claim)
    change_relation(claim_relation=row, expected=1, relation="tension", by=desk.ana)


def unrelate(desk):
    row = ClaimRelation.objects.get(a=desk.claim)
    unrelate_claims(claim_relation=row, expected=1, by=desk.ana)


def add_an_article(desk):
    draft = ArticleDraft(text="A new text.\n", metadata={"title": "New", "outlet": "Menovar Voice"})
    add_article(study=desk.study, draft=draft, by=desk.ana)


def describe(desk):
    metadata = {"title": "Gates", "outlet": None, "published_on": date(2018, 3, 14), "language": "en"}
    describe_article(article=desk.article, expected=1, metadata=metadata, by=desk.ana)


def mark_furniture(desk):
    lines = [{"start": 0, "end": TEXT.index("\n"), "kind": "other"}]
    set_furniture(article=desk.article, expected=1, lines=lines, by=desk.ana)


def correct_the_text(desk):
    draft = ArticleDraft(text=CORRECTED, metadata={"title": "Corrected"})
    revise_article(article=desk.article, expected=desk.article.version, draft=draft, by=desk.ana)


def place_what_waits(desk):
    row = Statement.objects.get(pk=desk.second.pk)
    content = [span_of("Nobody had warned us", CORRECTED)]
    place_statement(statement=row, expected=row.version, content=content, by=desk.ana)


def bin_article(desk):
    delete_article(article=desk.article, expected=1, by=desk.ana)


def unbin_article(desk):
    restore_article(article=desk.article, expected=desk.article.version, by=desk.ana)


def a_deleted_statement(desk):
    discard_statement(statement=desk.second, expected=1, by=desk.ana)


def a_deleted_article(desk):
    delete_article(article=desk.article, expected=1, by=desk.ana)


def a_ministry_that_is_named(desk):
    make_side(desk.ministry, desk.outlet)
    make_speaker(desk.study, "Clerk", affiliation=desk.ministry).members.add(desk.ministry)
    make_alias(desk.ministry, "the ministry")
    make_affiliation(desk.miller, desk.ministry, role="clerk")


def two_affiliations(desk):
    make_affiliation(desk.ministry, desk.miller, since=date(2015, 1, 1))
    make_affiliation(desk.ministry, desk.outlet, role="of water")


def a_relation(desk):
    make_relation(desk.claim, desk.toll)


def a_second_stance(desk):
    make_stance(desk.first, desk.toll, order=1)


def two_claims_related(desk):
    make_relation(desk.toll, desk.claim)


def an_alias(desk):
    make_alias(desk.ministry, "the ministry")


ACTS = [
    mark, move_spans, recode, give_another_speaker, rebuild_chain, date_and_nest, discard, take, retake,
    replace_stances, split, join, add_the_mayor, add_a_claim, change_a_claim, describe_a_claim, add_an_issue,
    change_an_issue, delete_an_issue, relate, add_an_article, describe, mark_furniture, correct_the_text,
    bin_article,
]  # fmt: skip
ACTS_AFTER = [
    (a_deleted_statement, restore),
    (a_second_stance, drop),
    (an_alias, change_the_ministry),
    (None, give_other_names_in_no_order),
    (an_alias, describe_the_ministry),
    (two_affiliations, date_the_ministry),
    (a_ministry_that_is_named, delete_the_ministry),
    (two_claims_related, delete_a_claim),
    (a_relation, change_the_relation),
    (a_relation, unrelate),
    (correct_the_text, place_what_waits),
    (a_deleted_article, unbin_article),
]


@pytest.mark.parametrize(("given", "act"), [(None, act) for act in ACTS] + ACTS_AFTER)
def test_an_act_is_taken_back_and_done_again(desk, given, act):
    if given:
        given(desk)
    before = picture(desk.study)
    with one_step():
        act(desk)
    after = picture(desk.study)
    assert after != before
    for _ in range(2):
        desk.undo()
        assert picture(desk.study) == before
        desk.redo()
        assert picture(desk.study) == after


def test_steps_are_undone_from_the_last_to_the_first_and_redone(desk):
    pictures = [picture(desk.study)]
    for act in (recode, mark, add_a_claim, move_spans_again):
        act(desk)
        pictures.append(picture(desk.study))
    for expected in reversed(pictures[:-1]):
        desk.undo()
        assert picture(desk.study) == expected
    with pytest.raises(NothingToUndo):
        desk.undo()
    for expected in pictures[1:]:
        desk.redo()
        assert picture(desk.study) == expected
    with pytest.raises(NothingToUndo):
        desk.redo()


def move_spans_again(desk):
    desk.revise(spans=spans_of(TEXT, content="They opened the gates"))


def test_a_new_change_ends_the_redoing(desk):
    recode(desk)
    desk.undo()
    desk.revise(note="else")
    with pytest.raises(NothingToUndo):
        desk.redo()


def test_each_undoes_their_own(desk, ben):
    desk.revise(note="ana's")
    desk.revise(desk.second, by=ben, note="ben's")
    desk.undo()
    assert Statement.objects.get(pk=desk.first.pk).note == ""
    assert Statement.objects.get(pk=desk.second.pk).note == "ben's"


def test_another_study_is_left_alone(desk, independent_study):
    with pytest.raises(NothingToUndo):
        last_step(study=independent_study, user=desk.ana)


class TestInTheWay:
    def test_the_same_field_changed_by_another(self, desk, ben):
        desk.revise(note="ana's")
        desk.revise(by=ben, note="ben's")
        with pytest.raises(InTheWay, match="ben has changed the same since \\(note\\)"):
            desk.undo()
        assert Statement.objects.get(pk=desk.first.pk).note == "ben's"

    def test_other_fields_are_no_obstacle(self, desk, ben):
        desk.revise(codes={"source_type": "expert"})
        desk.revise(by=ben, note="ben's", codes={"quote_type": "mixed"})
        desk.undo()
        codes = Statement.objects.get(pk=desk.first.pk).codes.values_list("variable__slug", "label__slug")
        assert dict(codes) == {"quote_type": "mixed"}

    def test_work_of_others_on_what_would_go(self, desk, ben):
        mark(desk)
        made = Statement.objects.latest("pk")
        desk.revise(made, by=ben, note="ben's")
        with pytest.raises(InTheWay, match="ben has worked on it since"):
            desk.undo()
        assert Statement.objects.present().filter(pk=made.pk).exists()

    def test_one_obstacle_holds_up_the_whole_step(self, desk, ben):
        with one_step():
            recode(desk)
            desk.revise(desk.second, note="both")
        desk.revise(by=ben, note="ben's")
        standing = picture(desk.study)
        with pytest.raises(InTheWay):
            desk.undo()
        assert picture(desk.study) == standing

    def test_a_step_can_be_passed_over(self, desk, ben):
        desk.revise(desk.second, note="early")
        desk.revise(note="ana's")
        desk.revise(by=ben, note="ben's")
        step = last_step(study=desk.study, user=desk.ana)
        desk.undo(passed=step.turn.batch)
        assert Statement.objects.get(pk=desk.second.pk).note == ""
        assert Statement.objects.get(pk=desk.first.pk).note == "ben's"

    def test_a_speaker_deleted_since(self, desk, mira):
        desk.revise(desk.second, speaker=desk.ministry)
        desk.revise(desk.second, speaker=desk.miller)
        delete_speaker(speaker=desk.ministry, expected=1, by=mira)
        with pytest.raises(InTheWay, match="deleted since"):
            desk.undo()

    def test_an_article_with_statements_stays(self, desk, ben):
        add_an_article(desk)
        article = desk.study.articles.latest("pk")
        spans = spans_of(article.text, content="A new text")
        mark_statement(into=make_set(article), changes=StatementChanges(spans=spans), by=ben)
        with pytest.raises(InTheWay, match="has statements now"):
            desk.undo()

    def test_a_statement_of_an_article_in_the_bin(self, desk, mira):
        recode(desk)
        delete_article(article=desk.article, expected=1, by=mira)
        with pytest.raises(InTheWay, match="deleted meanwhile"):
            desk.undo()

    def test_a_closed_set(self, desk, mira):
        recode(desk)
        submit_set(annotation_set=desk.set, expected=1, by=mira)
        with pytest.raises(SetClosed):
            desk.undo()

    def test_a_withdrawn_statement_of_a_set_that_was_submitted_since(self, desk, mira):
        mark(desk)
        desk.undo()
        submit_set(annotation_set=desk.set, expected=1, by=mira)
        with pytest.raises(SetClosed):
            desk.redo()
        assert Statement.objects.count() == 2

    def test_a_withdrawn_article_whose_text_was_added_again(self, desk, ben):
        add_an_article(desk)
        desk.undo()
        draft = ArticleDraft(text="A new text.\n", metadata={"title": "Again"})
        add_article(study=desk.study, draft=draft, by=ben)
        with pytest.raises(InTheWay, match="taken since"):
            desk.redo()
        assert desk.study.articles.get(sha256=sha256_of(draft.text)).title == "Again"

    def test_a_deleted_speaker_whose_external_id_was_given_away(self, desk, ben):
        change_speaker(
            speaker=desk.ministry, expected=1, changes=SpeakerChanges(values={"external_id": "m"}), by=ben
        )
        delete_speaker(speaker=desk.ministry, expected=2, by=desk.ana)
        add_speaker(
            study=desk.study, changes=SpeakerChanges(values={"name": "Other", "external_id": "m"}), by=ben
        )
        with pytest.raises(InTheWay, match="taken since"):
            desk.undo()

    def test_a_speaker_in_use(self, desk, ben):
        add_the_mayor(desk)
        mayor = desk.study.speakers.latest("pk")
        desk.revise(by=ben, speaker=mayor)
        with pytest.raises(Conflict, match="still speaker"):
            desk.undo()
        assert desk.study.speakers.filter(pk=mayor.pk).exists()


def test_many_changes_are_one_step(desk):
    with one_step():
        for n in range(50):
            add_issue(study=desk.study, values={"name": f"Issue {n}"}, by=desk.ana)
    desk.undo()
    assert desk.study.issues.count() == 1
    desk.redo()
    assert desk.study.issues.count() == 51
