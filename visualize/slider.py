"""The bars over the slider of years: one for every year, from the first to the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

BAR = 26
"""How high the highest bar is, in pixels."""


@dataclass(frozen=True)
class Bar:
    """A year; the height grows with the root of the count."""

    year: int
    count: int
    height: float


def bars(histogram: Mapping[int, int]) -> tuple[Bar, ...]:
    """Every year from the first to the last; a few loads must not hide a single one."""
    if not histogram:
        return ()
    most = max(histogram.values())
    return tuple(
        Bar(year, count, round(BAR * sqrt(count / most), 1))
        for year in range(min(histogram), max(histogram) + 1)
        for count in (histogram.get(year, 0),)
    )
