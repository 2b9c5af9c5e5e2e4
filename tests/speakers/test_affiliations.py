"""Where a speaker belonged and when: what fits, what is refused, what stays the same row."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from annotations.errors import Invalid
from annotations.speakers.actions import SpeakerChanges, change_speaker
from annotations.speakers.affiliations import Dated, dated_record
from annotations.speakers.models import Affiliation
from tests.factories.speakers import make_affiliation, make_speaker

EARLY, LATE = date(2015, 1, 1), date(2018, 3, 14)


@pytest.fixture
def ministry(study):
    return make_speaker(study, "Rivers Ministry", type="organisation")


@pytest.fixture
def venn(study):
    return make_speaker(study, "Anna Venn")


def write(speaker, by, *dated):
    changes = SpeakerChanges(affiliations=dated)
    return change_speaker(speaker=speaker, expected=speaker.version, changes=changes, by=by)


@pytest.mark.parametrize("dates", [{}, {"since": EARLY}, {"until": LATE}, {"since": LATE, "until": LATE}])
def test_either_date_may_be_unknown(venn, ministry, dates):
    assert make_affiliation(venn, ministry, **dates).pk


@pytest.mark.parametrize("fields", [{"since": LATE, "until": EARLY}, {"kind": "owns"}])
def test_the_database_refuses_what_cannot_be(venn, ministry, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_affiliation(venn, ministry, **fields)


def test_nobody_belongs_to_themselves(venn, ana):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_affiliation(venn, venn)
    with pytest.raises(Invalid, match="itself"):
        write(venn, ana, Dated(body=venn))


def test_the_list_is_replaced_and_what_stands_stays(venn, ministry, ana):
    kept = make_affiliation(venn, ministry, role="minister", since=EARLY)
    make_affiliation(venn, ministry, role="clerk")
    write(
        venn,
        ana,
        Dated(body=ministry, role="minister", since=EARLY),
        Dated(body=ministry, kind="speaks_for", until=LATE),
    )
    assert kept in venn.affiliations.all()
    assert [row["kind"] for row in dated_record(venn.affiliations.with_body())] == [
        "speaks_for",
        "affiliation",
    ]
    assert venn.version == 2


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"since": LATE, "until": EARLY}, "affiliations[0].to"),
        ({"kind": "owns"}, "affiliations[0].kind"),
        ({"role": "a" * 301}, "affiliations[0].role"),
    ],
)
def test_faults_are_named(venn, ministry, ana, fields, field):
    with pytest.raises(Invalid) as refused:
        write(venn, ana, Dated(body=ministry, **fields))
    assert [fault.field for fault in refused.value.errors] == [field]
    assert not Affiliation.objects.exists()


def test_a_body_of_another_study_is_unknown(venn, independent_study, ana):
    with pytest.raises(Invalid, match="no such speaker"):
        write(venn, ana, Dated(body=make_speaker(independent_study)))
