"""Small charts that the server draws: places in per cent, so that a page needs no script.

A chart never stands alone: the page tells the same as text beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from graph.dates import PartialDate
from graph.questions.answers import TotalLine
from graph.values import Stage

_MOST_BARS = 80
_TICKS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True)
class Bar:
    """A year (or the first of several that share a bar), how many, and where it stands."""

    year: int
    until: int
    count: int
    x: float
    width: float
    height: float


@dataclass(frozen=True)
class Tick:
    """A year written under the chart."""

    year: int
    x: float


@dataclass(frozen=True)
class Years:
    """A histogram by year: heights grow with the root of the count, so that one is seen."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    undated: int

    @property
    def dated(self) -> int:
        """How many have a year."""
        return sum(bar.count for bar in self.bars)


def year_of(date: PartialDate | None) -> int | None:
    """The year in which a date lies; of a range its first."""
    return date.first.year if date else None


def by_year(dates: Iterable[PartialDate | None]) -> Years:
    """A histogram of dates by year; those without one are counted apart."""
    years = [year_of(date) for date in dates]
    counts = Counter(year for year in years if year is not None)
    undated = sum(year is None for year in years)
    if not counts:
        return Years((), (), undated)
    first, last = min(counts), max(counts)
    step = -(-(last - first + 1) // _MOST_BARS)
    slots = -(-(last - first + 1) // step)
    grouped = Counter((year - first) // step for year in counts.elements())
    most, wide = max(grouped.values()), 100 / slots
    thick = min(wide * 0.8, 6)
    bars = tuple(
        Bar(
            year=first + slot * step,
            until=first + slot * step + step - 1,
            count=count,
            x=round(slot * wide + (wide - thick) / 2, 2),
            width=round(thick, 2),
            height=round(100 * sqrt(count / most), 1),
        )
        for slot, count in sorted(grouped.items())
    )
    return Years(bars, ticks(first, first + slots * step - 1), undated)


def ticks(first: int, last: int, at: float = 0.5) -> tuple[Tick, ...]:
    """At most seven round years between two; `at` is where in its year a tick stands."""
    span = last - first + 1
    step = next((one for one in _TICKS if span / one <= 6), 200)
    years = [first] if span == 1 else range(-(-first // step) * step, last + 1, step)
    return tuple(Tick(year, share(year + at, first, last + 1)) for year in years)


def share(at: float, first: float, last: float) -> float:
    """Where a point of time stands between two, in per cent."""
    return round(100 * (at - first) / (last - first), 2) if last > first else 50.0


@dataclass(frozen=True)
class Rung:
    """One step of the ladder and what stands on it; `length` compares within the currency."""

    stage: Stage
    line: TotalLine
    length: float


def ladder(lines: Iterable[TotalLine]) -> tuple[Rung, ...]:
    """Sums of one currency, each on its own step from the first to the last, never added up."""
    ordered = sorted(lines, key=lambda line: list(Stage).index(line.stage))
    most = max((line.amount for line in ordered), default=Decimal(0))
    return tuple(
        Rung(line.stage, line, round(float(line.amount / most * 100), 1) if most else 0.0)
        for line in ordered
    )
