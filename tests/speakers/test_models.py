"""Names are compared case folded, and the database keeps each external id once."""

import pytest

from annotations.speakers.models import Speaker, name_key
from tests.factories.speakers import make_alias, make_outlet, make_side, make_speaker
from tests.refusals import refused_by_database


@pytest.mark.parametrize(
    ("name", "key"),
    [("  Ida \n Venn ", "ida venn"), ("STRASSE", "strasse"), ("Straße", "strasse"), ("İ", "i̇"), ("", "")],
)
def test_name_key(name, key):
    assert name_key(name) == key


def test_names_and_aliases_are_found(study, foreign):
    miller = make_speaker(study, "Jon Abel")
    make_alias(miller, "the Miller")
    make_alias(miller, "Abel the miller")
    keeper = make_speaker(study, "Ida Venn")
    rows = Speaker.objects.in_study(study)
    assert list(rows.named_like("MILL")) == [miller]
    assert list(rows.named_like("e").by_name()) == [keeper, miller]
    assert list(rows.called("the  miller")) == [miller]
    assert list(rows.called("miller")) == []
    assert list(rows.called("jon abel")) == [miller]


def test_members_see_the_speakers_of_their_study(speaker, foreign, ana, otto):
    assert list(Speaker.objects.visible_to(ana)) == [speaker]
    assert set(Speaker.objects.visible_to(otto)) == {foreign.speaker, foreign.outlet}


def test_outlets_are_media(speaker):
    outlet = make_outlet(speaker.study)
    assert list(Speaker.objects.outlets()) == [outlet]


def test_external_ids_are_taken_once_in_a_study(study, independent_study):
    make_speaker(study, external_id="s1")
    make_speaker(study, "Another")
    make_speaker(study, "A third")
    make_speaker(independent_study, external_id="s1")
    with refused_by_database():
        make_speaker(study, "Ida Venn", external_id="s1")


def test_a_speaker_has_a_name(study):
    make_speaker(study, "I")
    with refused_by_database():
        make_speaker(study, "")


def test_an_alias_is_kept_once(speaker):
    make_alias(speaker, "the miller")
    make_alias(speaker, "the other miller")
    with refused_by_database():
        make_alias(speaker, "The Miller")


def test_a_speaker_stands_on_one_side(study):
    speaker, ministry, union = (make_speaker(study, name) for name in ("Ida", "Ministry", "Union"))
    make_side(speaker, ministry)
    with refused_by_database():
        make_side(speaker, union)
