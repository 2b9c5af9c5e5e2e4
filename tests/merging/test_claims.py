"""Two claims made one, and apart again to the last column."""

import pytest

from annotations.audit.steps import one_step
from annotations.claims.models import Claim, ClaimRelation, StanceLink
from annotations.claims.stances import Stance
from annotations.coding.actions import drop_stance, take_stance
from annotations.conflicts.models import Verdict
from annotations.history.actions import last_step, last_undone, redo, undo
from annotations.merging.actions import CannotMerge, merge_claims, unmerge
from annotations.statements.models import Statement
from tests.merging.scene import Claims, rows_of_all_tables


@pytest.fixture
def scene(study, ana):
    return Claims(study, ana)


def merge(scene, by):
    keep = Claim.objects.get(pk=scene.keep.pk)
    with one_step():
        return merge_claims(keep=keep, away=Claim.objects.get(pk=scene.away.pk), expected=keep.version, by=by)


def part(scene, by):
    keep = Claim.objects.get(pk=scene.keep.pk)
    with one_step():
        return unmerge(keep=keep, away=str(scene.away.uid), expected=keep.version, by=by)


def test_of_two_stances_the_one_on_the_kept_claim_stays(scene, mira):
    merge(scene, mira)
    links = StanceLink.objects.order_by("statement").values_list("statement", "claim", "stance")
    keep = scene.keep.pk
    assert list(links) == [
        (scene.both.pk, keep, "support"),
        (scene.one.pk, keep, "support"),
        (scene.binned.pk, keep, "support"),
    ]


def test_relations_neither_double_nor_join_a_claim_to_itself(scene, mira):
    merge(scene, mira)
    rows = ClaimRelation.objects.order_by("pk").values_list("a", "b", "relation")
    keep, third = scene.keep.pk, scene.third.pk
    assert list(rows) == [(keep, third, "contrary"), (third, keep, "tension")]


def test_a_verdict_rests_on_the_claim_that_stays(scene, mira):
    merge(scene, mira)
    assert Verdict.objects.get().basis["claims"] == [str(scene.keep.uid)]


def test_taking_apart_restores_every_row(scene, mira):
    before = rows_of_all_tables()
    merge(scene, mira)
    assert rows_of_all_tables() != before
    assert part(scene, mira).left == {}
    assert rows_of_all_tables() == before


def test_undo_and_redo(scene, mira):
    before = rows_of_all_tables()
    merge(scene, mira)
    after = rows_of_all_tables()
    for _ in range(2):
        undo(step=last_step(study=scene.study, user=mira), by=mira)
        assert rows_of_all_tables() == before
        redo(step=last_undone(study=scene.study, user=mira), by=mira)
        assert rows_of_all_tables() == after


def test_whatever_reads_otherwise_is_a_version_further(scene, mira):
    rows = [scene.keep, scene.both, scene.one, scene.binned, scene.verdict]
    for act in (merge, part):
        act(scene, mira)
        for row in rows:
            before = row.version
            row.refresh_from_db()
            assert row.version > before, row


def test_numbers_need_a_quantity_claim(scene, mira):
    StanceLink.objects.filter(statement=scene.one).update(value={"op": "=", "number": 3})
    with pytest.raises(CannotMerge, match="quantity"):
        merge(scene, mira)


def test_a_stance_dropped_since_stays_dropped(scene, mira):
    keep = merge(scene, mira)
    row = Statement.objects.get(pk=scene.one.pk)
    drop_stance(statement=row, expected=row.version, claim=keep, by=mira)
    assert part(scene, mira).left == {"stancelink.claim": [row.pk]}
    assert not StanceLink.objects.filter(statement=row).exists()


def test_a_stance_changed_since_goes_back_as_it_is(scene, mira):
    keep = merge(scene, mira)
    row = Statement.objects.get(pk=scene.one.pk)
    take_stance(statement=row, expected=row.version, stance=Stance(claim=keep, stance="oppose"), by=mira)
    part(scene, mira)
    link = StanceLink.objects.get(statement=row)
    assert (link.claim, link.stance) == (scene.away, "oppose")
