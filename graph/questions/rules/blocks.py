"""Pairs worth comparing: things are put into blocks by keys, and compared within a block only.

A block is sorted, and each thing is compared with the next twenty at most: time grows with
the number of things, however large a block is.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

T = TypeVar("T")
WINDOW = 20


def pairs(
    things: Iterable[T],
    keys: Callable[[T], Iterable[Hashable]],
    order: Callable[[T], Any],
) -> Iterator[tuple[T, T]]:
    """Each two things that share a key, once, the first the one that `order` puts first."""
    blocks: dict[Hashable, list[T]] = defaultdict(list)
    for thing in things:
        for key in set(keys(thing)):
            blocks[key].append(thing)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        block.sort(key=order)
        for at, one in enumerate(block):
            for other in block[at + 1 : at + 1 + WINDOW]:
                mark = (id(one), id(other))
                if mark not in seen:
                    seen.add(mark)
                    yield one, other
