"""Cut a stream into lists; plain."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of `size` items, the last one shorter, holding one at a time."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch
