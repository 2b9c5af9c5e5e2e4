"""Two speakers made one: all that names them, the log, and the way back to the last column."""

import pytest
from django.db.models import ForeignKey

from annotations.audit.models import Event
from annotations.audit.steps import one_step
from annotations.claims.models import Claim
from annotations.corpus.models import Article
from annotations.errors import Invalid, NotFound, StaleEdit
from annotations.history.actions import last_step, last_undone, redo, undo
from annotations.merging.actions import CannotMerge, CannotUnmerge, merge_speakers, unmerge
from annotations.merging.merges import merges_into
from annotations.merging.moving.references import REFERENCES
from annotations.speakers.actions import SpeakerChanges, add_speaker, change_speaker, delete_speaker
from annotations.speakers.models import Alias, Side, Speaker
from annotations.statements.actions import revise_statement
from annotations.statements.changes import Link, StatementChanges
from annotations.statements.models import ChainLink, Mention, Statement, Utterance
from tests.factories.speakers import make_speaker
from tests.factories.statements import make_chain_link, make_statement
from tests.merging.scene import Speakers, rows_of_all_tables


@pytest.fixture
def scene(study, ana):
    return Speakers(study, ana)


def merge(scene, by):
    keep = Speaker.objects.get(pk=scene.keep.pk)
    away = Speaker.objects.get(pk=scene.away.pk)
    with one_step():
        return merge_speakers(keep=keep, away=away, expected=keep.version, by=by)


def part(scene, by):
    keep = Speaker.objects.get(pk=scene.keep.pk)
    with one_step():
        return unmerge(keep=keep, away=str(scene.away.uid), expected=keep.version, by=by)


@pytest.mark.parametrize("model", [Speaker, Claim])
def test_every_column_that_names_one_is_known(model):
    listed = {(reference.model, reference.column) for reference in REFERENCES[model]}
    fields = [field for field in model._meta.get_fields(include_hidden=True) if field.auto_created]
    naming = {
        (field.related_model, field.field.name)
        for field in fields
        if field.is_relation and isinstance(getattr(field, "field", None), ForeignKey)
    }
    assert naming - listed == ({(Alias, "speaker")} if model is Speaker else set())


class TestMerging:
    def test_nothing_names_the_other_any_more(self, scene, mira):
        merge(scene, mira)
        assert not Speaker.objects.filter(pk=scene.away.pk).exists()
        for model, column in (
            (Statement, "speaker"),
            (Mention, "speaker"),
            (Utterance, "speaker"),
            (Article, "outlet"),
        ):
            assert model.objects.filter(**{column: scene.keep}).exists(), model
        assert str(scene.away.uid) not in str(list(Statement.objects.values_list("spans", flat=True)))

    def test_names_become_aliases(self, scene, mira):
        merge(scene, mira)
        assert set(scene.keep.aliases.values_list("name", flat=True)) == {"the minister", "A. Venn", "Venn"}

    def test_nobody_belongs_to_themselves(self, scene, mira):
        keep = merge(scene, mira)
        keep.refresh_from_db()
        assert (keep.affiliation, keep.speaks_for) == (None, scene.third)
        assert set(keep.members.all()) == {scene.other, scene.third}
        assert list(scene.group.members.all()) == list(scene.pair.members.all()) == [keep]

    def test_a_chain_names_nobody_twice(self, scene, mira):
        merge(scene, mira)
        chains = {
            statement: [(link.role, link.speaker) for link in ChainLink.objects.filter(statement=statement)]
            for statement in (scene.said, scene.told, scene.plain)
        }
        assert chains == {
            scene.said: [("original", scene.keep), ("publisher", scene.third)],
            scene.told: [("original", scene.keep), ("relay", scene.other)],
            scene.plain: [("original", scene.other), ("relay", scene.keep)],
        }

    def test_the_side_of_the_one_that_stays_stands(self, scene, mira):
        merge(scene, mira)
        assert Side.objects.get(speaker=scene.keep).side == scene.third
        assert Side.objects.get(speaker=scene.third).side == scene.keep

    def test_a_private_name_stays_out_of_exports(self, scene, mira):
        assert merge(scene, mira).private

    def test_whatever_reads_otherwise_is_a_version_further(self, scene, mira):
        untouched = make_statement(scene.set, mira, speaker=scene.other)
        rows = [scene.keep, scene.other, scene.third, scene.group, scene.pair, scene.article]
        rows += [scene.said, scene.told, scene.plain, *Mention.objects.all(), *Utterance.objects.all()]
        then = {row: row.updated_at for row in rows}
        for act in (merge, part):
            act(scene, mira)
            for row in rows:
                before = row.version
                row.refresh_from_db()
                assert row.version > before, row
                assert row.updated_at > then[row]
                then[row] = row.updated_at
        untouched.refresh_from_db()
        assert untouched.version == 1
        assert Speaker.objects.get(pk=scene.away.pk).version == 2

    def test_the_log_says_what_moved(self, scene, mira):
        merge(scene, mira)
        event = Event.objects.get(verb="speaker.merge")
        assert event.label == "“A. Venn” into “Anna Venn”"
        moved = event.after["merged"][str(scene.away.uid)]["moved"]
        assert moved["statement.speaker"] == [scene.said.pk]
        assert moved["article.outlet"] == [scene.article.pk]
        assert Event.objects.get(verb="speaker.delete").before["snapshot"]


class TestRefusals:
    def test_a_stale_version(self, scene, mira):
        with pytest.raises(StaleEdit):
            merge_speakers(keep=scene.keep, away=scene.away, expected=7, by=mira)

    def test_itself(self, scene, mira):
        with pytest.raises(Invalid, match="itself"):
            merge_speakers(keep=scene.keep, away=scene.keep, expected=1, by=mira)

    def test_one_of_another_study(self, scene, independent_study, mira):
        with pytest.raises(Invalid, match="no such speaker"):
            merge_speakers(keep=scene.keep, away=make_speaker(independent_study), expected=1, by=mira)

    def test_an_outlet_into_a_person(self, scene, mira):
        Speaker.objects.filter(pk=scene.keep.pk).update(type="person")
        with pytest.raises(CannotMerge, match="published articles"):
            merge(scene, mira)

    def test_taking_apart_what_is_not_merged(self, scene, mira):
        with pytest.raises(NotFound):
            part(scene, mira)


class TestTheWayBack:
    def test_taking_apart_restores_every_row(self, scene, mira):
        before = rows_of_all_tables()
        merge(scene, mira)
        assert rows_of_all_tables() != before
        assert part(scene, mira).left == {}
        assert rows_of_all_tables() == before

    def test_undo_and_redo(self, scene, mira):
        before = rows_of_all_tables()
        merge(scene, mira)
        after = rows_of_all_tables()
        for _ in range(2):
            undo(step=last_step(study=scene.study, user=mira), by=mira)
            assert rows_of_all_tables() == before
            redo(step=last_undone(study=scene.study, user=mira), by=mira)
            assert without_new_keys(rows_of_all_tables()) == without_new_keys(after)

    def test_undo_of_taking_apart_merges_again(self, scene, mira):
        merge(scene, mira)
        after = rows_of_all_tables()
        part(scene, mira)
        undo(step=last_step(study=scene.study, user=mira), by=mira)
        assert without_new_keys(rows_of_all_tables()) == without_new_keys(after)

    def test_two_merges_are_taken_apart_in_any_order(self, scene, mira):
        second = make_speaker(scene.study, "Minister Venn")
        make_chain_link(make_statement(scene.set, mira, speaker=second), second)
        before = rows_of_all_tables()
        merge(scene, mira)
        keep = Speaker.objects.get(pk=scene.keep.pk)
        merge_speakers(keep=keep, away=second, expected=keep.version, by=mira)
        assert [each.name for each in merges_into(keep).values()] == ["Minister Venn", "A. Venn"]
        part(scene, mira)
        keep.refresh_from_db()
        unmerge(keep=keep, away=str(second.uid), expected=keep.version, by=mira)
        assert rows_of_all_tables() == before
        assert merges_into(keep) == {}

    def test_a_merge_of_merged_ones_comes_apart_level_by_level(self, scene, mira):
        before = rows_of_all_tables()
        merge(scene, mira)
        keep = Speaker.objects.get(pk=scene.keep.pk)
        with_it = rows_of_all_tables()
        whole = make_speaker(scene.study, "Minister Anna Venn", type="media")
        merge_speakers(keep=whole, away=keep, expected=1, by=mira)
        unmerge(keep=whole, away=str(keep.uid), expected=2, by=mira)
        whole.delete()
        assert rows_of_all_tables() == with_it
        part(scene, mira)
        assert rows_of_all_tables() == before


class TestAfterOtherWork:
    def test_what_was_given_to_another_stays_there(self, scene, mira):
        merge(scene, mira)
        row = Statement.objects.get(pk=scene.said.pk)
        changes = StatementChanges(speaker=scene.other)
        revise_statement(statement=row, expected=row.version, changes=changes, by=mira)
        left = part(scene, mira).left
        assert left == {"statement.speaker": [row.pk], "chainlink.speaker": [row.pk, row.pk]}
        assert Statement.objects.get(pk=scene.said.pk).speaker == scene.other
        assert Mention.objects.get().speaker == scene.away

    def test_what_came_later_stays_with_the_one_that_was_kept(self, scene, mira):
        merge(scene, mira)
        later = make_statement(scene.set, mira, speaker=scene.keep)
        make_chain_link(later, scene.keep)
        part(scene, mira)
        later.refresh_from_db()
        assert later.speaker == later.chain.get().speaker == scene.keep

    def test_a_chain_written_anew_still_names_whom_it_named(self, scene, mira):
        merge(scene, mira)
        row = Statement.objects.get(pk=scene.plain.pk)
        Statement.objects.filter(pk=row.pk).update(deleted_at=None)
        links = [
            Link(speaker=scene.third, role="original"),
            Link(speaker=scene.keep, role="relay", uncertain=True),
        ]
        revise_statement(statement=row, expected=row.version, changes=StatementChanges(chain=links), by=mira)
        assert part(scene, mira).left == {}
        assert ChainLink.objects.get(statement=row, order=1).speaker == scene.away

    def test_a_statement_that_is_gone_is_told(self, scene, mira):
        merge(scene, mira)
        key = scene.plain.pk
        scene.plain.delete()
        assert part(scene, mira).left == {"chainlink.speaker": [key]}

    def test_whom_it_belonged_to_may_be_gone(self, scene, mira):
        alone = make_speaker(scene.study, "Party")
        Speaker.objects.filter(pk=scene.away.pk).update(affiliation=alone)
        merge(scene, mira)
        delete_speaker(speaker=alone, expected=1, by=mira)
        part(scene, mira)
        assert Speaker.objects.get(pk=scene.away.pk).affiliation is None

    def test_a_name_that_was_taken_away_is_no_obstacle(self, scene, mira):
        keep = merge(scene, mira)
        changes = SpeakerChanges(aliases=["Venn", "the boss"])
        change_speaker(speaker=keep, expected=keep.version, changes=changes, by=mira)
        part(scene, mira)
        assert list(keep.aliases.values_list("name", flat=True)) == ["the boss"]
        assert set(scene.away.aliases.values_list("name", flat=True)) == {"The  Minister", "Venn"}

    def test_an_external_id_that_was_taken(self, scene, mira):
        merge(scene, mira)
        taken = SpeakerChanges(values={"name": "Other", "external_id": "venn-2"})
        add_speaker(study=scene.study, changes=taken, by=mira)
        standing = rows_of_all_tables()
        with pytest.raises(CannotUnmerge, match="taken since"):
            part(scene, mira)
        assert rows_of_all_tables() == standing


def without_new_keys(tables):
    """Rows that a merge makes anew each time: the aliases, whose keys differ."""
    return tables | {"Alias": sorted((row["speaker_id"], row["key"]) for row in tables["Alias"])}
