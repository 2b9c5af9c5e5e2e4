"""Cut a stream into lists; plain."""

from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of `size` items, the last one shorter, holding one at a time."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch


def batches_ahead(items: Iterable[T], size: int) -> Generator[list[T]]:
    """Yield lists of `size` items, while a thread of its own gets the next one from whoever has them."""
    source = iter(items)
    batch = list(islice(source, size))
    with ThreadPoolExecutor(1, "ahead") as thread:
        while batch:
            following = thread.submit(list, islice(source, size))
            yield batch
            batch = following.result()
