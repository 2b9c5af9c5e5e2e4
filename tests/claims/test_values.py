"""Numbers as said: which ones a stance may carry."""

import math

import pytest

from annotations.claims.stances import Value
from annotations.errors import Invalid
from tests.refusals import refused


@pytest.mark.parametrize("number", [0, -3, 2.5, 1e14, -(10**15) + 1])
def test_a_number_that_may_be(number):
    Value(op="=", number=number).check("value")


@pytest.mark.parametrize("number", [10**15, -1e15, 10**400, math.inf, -math.inf, math.nan, True, "1"])
def test_a_number_that_may_not(number):
    with refused(Invalid, field="value.number"):
        Value(op="=", number=number).check("value")
