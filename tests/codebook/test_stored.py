"""Schemes as rows: stored and read back the same, current for a study, known by heart."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.utils import timezone

from annotations.audit.models import Event
from annotations.codebook import vocabulary
from annotations.codebook.actions import publish_scheme
from annotations.codebook.default import DEFAULT
from annotations.codebook.models import CodebookVersion
from annotations.codebook.reading import SchemeInvalid
from annotations.codebook.scheme import Note, to_record
from annotations.codebook.stored import scheme_of
from annotations.codebook.vocabulary import vocabulary_of
from annotations.errors import Invalid
from tests.factories.codebook import default_codebook, make_codebook, make_label, make_variable
from tests.refusals import refused, refused_by_database

pytestmark = pytest.mark.django_db


def newer(number="1.1.0", nth=1, **fields):
    return replace(DEFAULT, id=UUID(int=nth), version=number, **fields)


def stored(version):
    return scheme_of(CodebookVersion.objects.with_labels().get(pk=version.pk))


def test_migration_ships_the_default_whole():
    shipped = CodebookVersion.objects.get(study=None)
    assert shipped.state == CodebookVersion.State.PUBLISHED
    assert to_record(stored(shipped)) == to_record(DEFAULT)


def test_a_published_scheme_is_read_back_the_same(study, mira):
    notes = (Note("Emoji", "🌊\u2028e\u0301"),)
    scheme = newer(notes=notes, variables=tuple(DEFAULT.variables[:3]))
    version = publish_scheme(scheme=scheme, study=study, by=mira)
    assert stored(version) == scheme
    event = Event.objects.latest("pk")
    assert (event.verb, event.study_id, event.by) == ("codebook.publish", study.pk, mira)
    assert event.after == {"name": DEFAULT.name, "version": "1.1.0"}


def test_a_faulty_scheme_stores_nothing(study, mira):
    with refused(SchemeInvalid):
        publish_scheme(scheme=newer(variables=()), study=study, by=mira)
    assert not CodebookVersion.objects.filter(study=study).exists()


def test_a_scheme_is_read_in_three_queries(django_assert_num_queries):
    shipped = default_codebook()
    with django_assert_num_queries(3):
        stored(shipped)


def test_a_study_starts_from_the_default_and_goes_on_to_its_own(study, independent_study, mira):
    default = default_codebook()
    assert CodebookVersion.objects.current_for(study) == default
    first = publish_scheme(scheme=newer("1.1.0", 1), study=study, by=mira)
    assert CodebookVersion.objects.current_for(study) == first
    second = publish_scheme(scheme=newer("1.2.0", 2), study=study, by=mira)
    make_codebook(study, "9.0.0", state=CodebookVersion.State.DRAFT)
    assert CodebookVersion.objects.current_for(study) == second
    assert CodebookVersion.objects.current_for(independent_study) == default


def test_a_number_is_given_once_in_a_study(study, independent_study):
    make_codebook(study, "2.0.0")
    make_codebook(independent_study, "2.0.0")
    with refused_by_database():
        make_codebook(study, "2.0.0")


def test_published_versions_have_a_date_drafts_none(study):
    draft = CodebookVersion.State.DRAFT
    make_codebook(study, "1.0.1", state=draft)
    with refused_by_database():
        make_codebook(study, "1.0.2", state=draft, published_at=timezone.now())
    with refused_by_database():
        make_codebook(study, "1.0.3", published_at=None)


def test_slugs_are_given_once_and_polarity_is_a_sign():
    version = make_codebook(number="3.0.0")
    tone = make_variable(version)
    with refused_by_database():
        make_variable(version)
    make_label(tone, polarity=-1)
    with refused_by_database():
        make_label(tone)
    with refused_by_database():
        make_label(tone, "loud", polarity=2)


def test_labels_are_known_by_slug_in_order():
    known = vocabulary_of(default_codebook())
    assert list(known.variables) == [variable.slug for variable in DEFAULT.variables]
    assert [variable.slug for variable in known.of_scope("statement_voice")] == ["voice"]
    assert known.label("stance", "support", "stance").polarity == 1
    assert known.name_of("quote_type", "direct") == known.label("quote_type", "direct", "x").name
    assert known.name_of("quote_type", "gone") == "gone"
    assert known.name_of("gone", "gone") == "gone"


def test_an_unknown_label_is_refused_with_the_list():
    known = vocabulary_of(default_codebook())
    with refused(Invalid, field="codes.tone", says="no variable"):
        known.label("tone", "calm", "codes.tone")
    with refused(Invalid, field="voice", says="use one of attributed, author"):
        known.label("voice", "passive", "voice")


def test_a_retired_label_takes_no_new_use_but_keeps_its_name():
    version = make_codebook(number="3.0.0")
    tone = make_variable(version)
    make_label(tone, "calm")
    make_label(tone, "loud", retired=True, name="Loud", order=1)
    known = vocabulary_of(version)
    with refused(Invalid, says="use one of calm."):
        known.label("tone", "loud", "codes.tone")
    assert known.name_of("tone", "loud") == "Loud"


def test_published_versions_are_read_once_drafts_every_time(django_assert_num_queries):
    default, draft = default_codebook(), make_codebook(number="3.0.0", state=CodebookVersion.State.DRAFT)
    vocabulary_of(default)
    with django_assert_num_queries(0):
        vocabulary_of(default)
    vocabulary_of(draft)
    make_variable(draft)
    assert list(vocabulary_of(draft).variables) == ["tone"]
    vocabulary._published.cache_clear()
    with django_assert_num_queries(2):
        vocabulary_of(default)
