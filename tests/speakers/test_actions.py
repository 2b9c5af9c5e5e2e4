"""Speakers: added, changed, found, and deleted only when nothing is attributed to them."""

import pytest

from annotations.audit.models import Event
from annotations.errors import Invalid, StaleEdit
from annotations.speakers.actions import (
    SpeakerChanges,
    SpeakerInUse,
    add_speaker,
    change_speaker,
    delete_speaker,
    find_or_add_speaker,
)
from annotations.speakers.models import Alias, Speaker
from tests.factories.speakers import make_alias, make_outlet, make_side, make_speaker
from tests.factories.statements import make_chain_link, make_mention, make_utterance
from tests.refusals import refused


def changes(aliases=None, members=None, **values):
    return SpeakerChanges(values=values, aliases=aliases, members=members)


def last_event():
    return Event.objects.latest("pk")


def test_a_speaker_is_added_with_everything(study, ana):
    ministry = make_speaker(study, "Ministry", type="organisation")
    told = changes(
        aliases=["the keeper", "Venn", "THE KEEPER"],
        members=[ministry],
        name=" Ida  Venn ",
        type="person",
        role="keeper of the gates",
        affiliation=ministry,
        speaks_for=ministry,
        external_id="p1",
    )
    speaker = add_speaker(study=study, changes=told, by=ana)
    assert (speaker.name, speaker.name_key) == ("Ida Venn", "ida venn")
    assert [alias.key for alias in speaker.aliases.all()] == ["the keeper", "venn"]
    assert list(speaker.members.all()) == [ministry]
    event = last_event()
    assert (event.verb, event.target_id) == ("speaker.add", str(speaker.uid))
    assert event.after["affiliation"] == str(ministry.uid)
    assert event.after["members"] == [str(ministry.uid)]


def test_the_own_name_is_no_alias(study, ana):
    speaker = add_speaker(study=study, changes=changes(name="Ida", aliases=["IDA", "the keeper"]), by=ana)
    assert [alias.name for alias in speaker.aliases.all()] == ["the keeper"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "name"),
        ({"name": "  "}, "name"),
        ({"name": "a" * 301}, "name"),
        ({"name": "ß" * 200}, "name"),
        ({"name": "Ida", "type": "robot"}, "type"),
        ({"name": "Ida", "role": "a" * 301}, "role"),
        ({"name": "Ida", "age": 7}, "age"),
        ({"name": "Ida", "external_id": "a" * 201}, "external_id"),
        ({"name": "Ida", "aliases": [" "]}, "aliases"),
        ({"name": "Ida", "aliases": ["a" * 301]}, "aliases"),
    ],
)
def test_a_speaker_that_cannot_be(study, ana, values, field):
    with refused(Invalid, field=field):
        add_speaker(study=study, changes=changes(**values), by=ana)
    assert not Speaker.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize("link", ["affiliation", "speaks_for"])
def test_links_stay_in_the_study_and_lead_to_others(study, speaker, foreign, ana, link):
    with refused(Invalid, field=link, says="no such speaker"):
        change_speaker(speaker=speaker, expected=1, changes=changes(**{link: foreign.speaker}), by=ana)
    with refused(Invalid, field=link, says="itself"):
        change_speaker(speaker=speaker, expected=1, changes=changes(**{link: speaker}), by=ana)


def test_members_stay_in_the_study(study, speaker, foreign, ana):
    with refused(Invalid, field="members"):
        change_speaker(speaker=speaker, expected=1, changes=changes(members=[foreign.speaker]), by=ana)
    assert Speaker.objects.get(pk=speaker.pk).version == 1


def test_an_external_id_names_one_speaker(study, speaker, ana):
    change_speaker(speaker=speaker, expected=1, changes=changes(external_id="p1"), by=ana)
    change_speaker(speaker=speaker, expected=2, changes=changes(external_id="p1", role="miller"), by=ana)
    with refused(Invalid, field="external_id", says="'p1' names another speaker"):
        add_speaker(study=study, changes=changes(name="Ida", external_id="p1"), by=ana)


def test_an_empty_external_id_is_none(study, ana):
    for name in ("Ida", "Jon"):
        assert (
            add_speaker(study=study, changes=changes(name=name, external_id=""), by=ana).external_id is None
        )


def test_a_change_keeps_what_it_does_not_name(speaker, ana):
    make_alias(speaker, "the miller")
    change_speaker(speaker=speaker, expected=1, changes=changes(role="miller"), by=ana)
    kept = Speaker.objects.get(pk=speaker.pk)
    assert (kept.name, kept.role, kept.version) == ("Jon Abel", "miller", 2)
    assert kept.aliases.count() == 1
    assert (last_event().before, last_event().after) == ({"role": ""}, {"role": "miller"})


def test_lists_are_replaced_whole_and_logged(speaker, ana):
    make_alias(speaker, "the miller")
    change_speaker(speaker=speaker, expected=1, changes=changes(aliases=["Abel"]), by=ana)
    assert [alias.name for alias in Alias.objects.all()] == ["Abel"]
    assert (last_event().before, last_event().after) == ({"aliases": ["the miller"]}, {"aliases": ["Abel"]})


def test_a_link_is_cleared(study, speaker, ana):
    ministry = make_speaker(study, "Ministry")
    change_speaker(speaker=speaker, expected=1, changes=changes(affiliation=ministry), by=ana)
    change_speaker(speaker=speaker, expected=2, changes=changes(affiliation=None), by=ana)
    assert Speaker.objects.get(pk=speaker.pk).affiliation is None
    assert last_event().before == {"affiliation": str(ministry.uid)}


def test_a_stale_change_leaves_names_and_aliases(speaker, ana, ben):
    change_speaker(speaker=Speaker.objects.get(), expected=1, changes=changes(name="Jon A. Abel"), by=ben)
    with pytest.raises(StaleEdit) as stale:
        change_speaker(speaker=speaker, expected=1, changes=changes(name="J. Abel", aliases=["x"]), by=ana)
    assert stale.value.current.name == "Jon A. Abel"
    assert Speaker.objects.get().name == "Jon A. Abel"
    assert not Alias.objects.exists()


def test_an_unused_speaker_is_deleted(study, speaker, mira):
    make_alias(speaker)
    make_side(speaker, make_speaker(study, "Union"))
    voice = make_speaker(study, "Clerk", speaks_for=speaker)
    group = make_speaker(study, "Millers")
    group.members.add(speaker)
    delete_speaker(speaker=speaker, expected=1, by=mira)
    assert not Speaker.objects.filter(name="Jon Abel").exists()
    assert Speaker.objects.get(pk=voice.pk).speaks_for is None
    versions = dict(Speaker.objects.values_list("name", "version"))
    assert versions == {"Clerk": 2, "Millers": 2, "Union": 1}, "Who reads differently is another version."
    assert (last_event().verb, last_event().label) == ("speaker.delete", "Jon Abel")


def in_statement(statement, speaker):
    pass


def in_chain(statement, speaker):
    statement.speaker = None
    statement.save()
    make_chain_link(statement, speaker)


def in_mention(statement, speaker):
    statement.speaker = None
    statement.save()
    make_mention(statement.annotation_set, speaker)


def in_utterance(statement, speaker):
    statement.speaker = None
    statement.save()
    make_utterance(statement.annotation_set, speaker=speaker)


@pytest.mark.parametrize("use", [in_statement, in_chain, in_mention, in_utterance])
def test_a_speaker_in_use_stays(statement, speaker, mira, use):
    use(statement, speaker)
    with refused(SpeakerInUse, says="Jon Abel is still"):
        delete_speaker(speaker=speaker, expected=1, by=mira)
    kept = Speaker.objects.get(pk=speaker.pk)
    assert kept.version == 1
    assert not Event.objects.filter(verb="speaker.delete").exists()


def test_an_outlet_with_articles_stays(article, mira):
    article.outlet = make_outlet(article.study)
    article.save()
    with refused(SpeakerInUse):
        delete_speaker(speaker=article.outlet, expected=1, by=mira)


def test_a_stale_delete_deletes_nothing(speaker, ana, mira):
    change_speaker(speaker=Speaker.objects.get(), expected=1, changes=changes(role="x"), by=ana)
    with pytest.raises(StaleEdit):
        delete_speaker(speaker=speaker, expected=1, by=mira)
    assert Speaker.objects.exists()


def test_a_second_delete_finds_nothing(speaker, mira):
    again = Speaker.objects.get()
    delete_speaker(speaker=speaker, expected=1, by=mira)
    with pytest.raises(StaleEdit) as stale:
        delete_speaker(speaker=again, expected=1, by=mira)
    assert stale.value.current is None


def test_a_speaker_is_found_by_name_or_alias_or_added(study, speaker, foreign, ana):
    make_alias(speaker, "the miller")
    assert find_or_add_speaker(study=study, name="jon  abel", type_="person", by=ana) == speaker
    assert find_or_add_speaker(study=study, name="The Miller", type_="group", by=ana) == speaker
    media = make_outlet(study, "Jon Abel")
    assert find_or_add_speaker(study=study, name="Jon Abel", type_="media", by=ana) == media
    added = find_or_add_speaker(study=study, name=foreign.speaker.name, type_="person", by=ana)
    assert added.study == study
