"""One version further or a refusal: the comparison is part of the UPDATE."""

import pytest
from django.utils import timezone

from annotations.claims.models import Claim
from annotations.errors import StaleEdit
from annotations.rows import advance


def test_changes_and_version_go_together(claim):
    earlier = timezone.now()
    assert advance(claim, expected=1, changes={"note": "n"}) is claim
    row = Claim.objects.get()
    assert (row.note, row.version) == (claim.note, claim.version) == ("n", 2)
    assert row.updated_at == claim.updated_at >= earlier
    assert row.created_at < row.updated_at


def test_no_changes_count_as_well(claim):
    advance(claim, expected=1, changes={})
    assert Claim.objects.get().version == 2


@pytest.mark.parametrize("expected", [0, 2, 99])
def test_another_version_is_refused_with_what_stands(claim, expected):
    with pytest.raises(StaleEdit, match="This claim was changed meanwhile") as stale:
        advance(claim, expected=expected, changes={"note": "n"})
    assert stale.value.current == claim
    assert stale.value.current is not claim
    assert Claim.objects.get().note == ""
    assert claim.note == ""


def test_a_row_that_is_gone_is_stale_too(claim):
    again = Claim.objects.get()
    claim.delete()
    with pytest.raises(StaleEdit) as stale:
        advance(again, expected=1, changes={})
    assert stale.value.current is None


def test_only_the_row_itself_is_touched(claim, foreign):
    advance(claim, expected=1, changes={"note": "n"})
    assert Claim.objects.get(pk=foreign.claim.pk).version == 1


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("état", True),
        ("МИНИСТЕР", True),
        ("министер", True),
        ("straße 1", True),
        ("STRA", True),
        ("100%", True),
        ("é_B", True),
        ("éxB", False),
        ("%", True),
        ("état%", False),
        ("\\", False),
        ("ministère", False),
    ],
)
def test_words_are_found_case_apart_in_every_script(claim, words, found):
    advance(claim, expected=1, changes={"text": "L'ÉTAT «Министерство» Straße 100% É_b"})
    assert Claim.objects.filter(text__holds=words).exists() == found
