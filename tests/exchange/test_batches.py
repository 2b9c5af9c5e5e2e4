"""Streams cut into lists, with the next list made ready or not."""

import threading
from itertools import count

import pytest

from annotations.exchange.batches import batches, batches_ahead


@pytest.mark.parametrize("cut", [batches, batches_ahead])
@pytest.mark.parametrize(("n", "sizes"), [(0, []), (1, [1]), (3, [3]), (4, [3, 1]), (6, [3, 3])], ids=str)
def test_every_item_comes_once_and_in_order(cut, n, sizes):
    found = list(cut(range(n), 3))
    assert [len(batch) for batch in found] == sizes
    assert [item for batch in found for item in batch] == list(range(n))


def test_the_next_list_is_made_while_this_one_is_in_use():
    asked = threading.Event()

    def items():
        yield "first"
        asked.set()
        yield "second"

    found = batches_ahead(items(), 1)
    assert next(found) == ["first"]
    assert asked.wait(timeout=10)
    assert list(found) == [["second"]]


def test_an_error_of_the_source_comes_out_where_its_list_would():
    def items():
        yield "first"
        raise ZeroDivisionError

    found = batches_ahead(items(), 1)
    assert next(found) == ["first"]
    with pytest.raises(ZeroDivisionError):
        next(found)


def test_no_thread_is_left_when_a_reader_goes_away():
    found = batches_ahead(count(), 3)
    next(found)
    assert any(thread.name.startswith("ahead") for thread in threading.enumerate())
    found.close()
    assert not any(thread.name.startswith("ahead") for thread in threading.enumerate())
