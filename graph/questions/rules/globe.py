"""Points on the globe, and which of them lie near another."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.questions.rules.survey import Point

Cell = tuple[int, int]
"""A square of one degree: its southern and western edge."""
_RADIUS = 6371.0
_DEGREE = 111.2
"""Kilometres in a degree of latitude."""


def km(one: Point, other: Point) -> float:
    """The distance along a great circle, in kilometres (haversine)."""
    (lat, lon), (other_lat, other_lon) = (map(math.radians, point) for point in (one, other))
    rise = math.sin((other_lat - lat) / 2) ** 2
    turn = math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    return 2 * _RADIUS * math.asin(min(1.0, math.sqrt(rise + turn)))


def cell(point: Point) -> Cell:
    """The square degree that a point lies in."""
    return math.floor(point[0]), _turned(math.floor(point[1]))


def block(middle: Cell) -> Iterator[Cell]:
    """A square degree and the eight around it, across the date line too."""
    south, west = middle
    for row in (south - 1, south, south + 1):
        for step in (-1, 0, 1):
            yield row, _turned(west + step)


def _turned(degree: int) -> int:
    return (degree + 180) % 360 - 180


class Globe:
    """Points by square degree, so that near ones are found without the others."""

    def __init__(self, points: Mapping[str, Point]) -> None:
        self._points = points
        self._cells: dict[Cell, list[str]] = defaultdict(list)
        for one, point in points.items():
            self._cells[cell(point)].append(one)

    def has(self, point: Point, within: float, but: str) -> bool:
        """Whether any but this one lies no farther from a point than so many kilometres."""
        return any(
            one != but and km(point, self._points[one]) <= within
            for at in _reach(point, within)
            for one in self._cells.get(at, ())
        )


def _reach(point: Point, within: float) -> Iterator[Cell]:
    """The square degrees that hold all points within so many kilometres."""
    south, west = cell(point)
    high = math.ceil(within / _DEGREE)
    farthest = min(89.0, abs(point[0]) + high)
    wide = min(180, math.ceil(high / math.cos(math.radians(farthest))))
    for row in range(south - high, south + high + 1):
        for step in range(-wide, wide + 1):
            yield row, _turned(west + step)
