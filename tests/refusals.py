"""How a test says that a database, or an action, must refuse."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction


@contextmanager
def refused_by_database():
    """Demand that the database itself refuses the row, inside a savepoint."""
    with pytest.raises(IntegrityError), transaction.atomic():
        yield


@contextmanager
def refused(error, *, field=None, says=""):
    """Demand `error`, with the field it names and words of its sentence."""
    with pytest.raises(error) as caught:
        yield caught
    if field:
        assert [fault.field for fault in caught.value.errors] == [field]
    assert says in caught.value.message
