"""The claim ids that a file tells, eight bytes each: which stand there twice, which not at all."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import pairwise

_SHARES = 256


class ToldIds:
    """Ids by the last 64 bits of their hash."""

    def __init__(self) -> None:
        self._numbers = array("Q")

    def add(self, claim_id: str) -> None:
        """Note an id."""
        self._numbers.append(_number(claim_id))

    def sort(self) -> set[int]:
        """Put them in order, once all are there; the numbers of those that stand there twice.

        Share by share: sorting all at once would take five times the memory.
        """
        shares = [array("Q") for _ in range(_SHARES)]
        for number in self._numbers:
            shares[number >> 56].append(number)
        self._numbers = array("Q")
        for share in shares:
            self._numbers.extend(sorted(share))
        return {one for one, other in pairwise(self._numbers) if one == other}

    def __contains__(self, claim_id: object) -> bool:
        """Whether the id is, all but certainly, one of them; to be asked after `sort`."""
        number = _number(str(claim_id))
        at = bisect_left(self._numbers, number)
        return at < len(self._numbers) and self._numbers[at] == number


def _number(claim_id: str) -> int:
    return int(claim_id[-16:], 16)


def is_among(claim_id: str, numbers: set[int]) -> bool:
    """Whether an id's number is one of these."""
    return _number(claim_id) in numbers
