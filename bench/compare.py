"""Whether all columns answered alike: no figure of a wrong answer is worth anything."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def differences(columns: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Each line and input at which two columns answered differently, in words; none if alike."""
    return [
        told
        for (one, first), (other, second) in combinations(columns.items(), 2)
        for told in _between(one, first["answers"], other, second["answers"])
    ]


def _between(
    one: str, first: Mapping[str, Any], other: str, second: Mapping[str, Any]
) -> Iterator[str]:
    if first.keys() != second.keys():
        yield f"{one} and {other} did not answer the same lines"
    for line in first.keys() & second.keys():
        if len(first[line]) != len(second[line]):
            yield f"{line}: {one} and {other} were not asked the same"
        for number, (mine, theirs) in enumerate(zip(first[line], second[line], strict=False)):
            parts = mine.keys() & theirs.keys()
            if not parts or any(mine[part] != theirs[part] for part in parts):
                yield f"{line}, input {number}: {one} and {other} differ"
