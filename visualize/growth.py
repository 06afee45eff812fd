"""Where newcomers stand in a picture that is there already: fanned out, away from the centre.

What stands keeps its place. Each newcomer takes the first free place on arcs around the node
that it came from, from the middle of the fan to its edges, so that the line between the two
crosses no other node. The same steps always give the same picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import product
from math import atan2, cos, hypot, inf, pi, sin

from visualize.layout import ROOM, Pair, Point, depth, ego

Grown = tuple[str, Sequence[str]]
"""A node and what came at it in one step."""
_Steps = tuple[tuple[str, tuple[tuple[int, str], ...]], ...]
"""The same with each newcomer's sector before its id, in order."""
_ARCS = (1.6, 2.5, 3.4, 4.4, 5.6)
"""How far from its parent a newcomer may stand, in rooms."""
_SPOTS = 13
"""How many places there are on an arc."""
_FAN = 2.4
_TURNS = 12
"""How many ways a ring may be turned."""
_CAREFUL = 120
"""In a larger picture no one looks for lines that cross a node: it would take seconds."""


def grow(steps: Sequence[Grown], sectors: Mapping[str, int], center: str) -> dict[str, Point]:
    """Positions by id; the first step at the centre stands around it in rings."""
    told = tuple(
        (parent, tuple(sorted((sectors[one], one) for one in newcomers)))
        for parent, newcomers in steps
    )
    for count in range(len(told)):  # one after another: many steps are not so many calls deep
        _standing(center, told[:count])
    places, _ = _standing(center, told)
    return {node: (round(x, 1), round(y, 1)) for node, (x, y) in places.items()}


@lru_cache(maxsize=128)
def _standing(center: str, steps: _Steps) -> tuple[Mapping[str, Point], Sequence[Pair]]:
    """Where all stand after these steps, and the lines they came by.

    A reader opens one thing after another: what stood before is known, and nobody changes it.
    """
    if not steps:
        return {center: (0.0, 0.0)}, ()
    before, (parent, newcomers) = steps[:-1], steps[-1]
    fresh = [node for _, node in newcomers]
    joining = [(parent, node) for node in fresh]
    if not before and parent == center:
        kinds = [(center, 0), *((node, sector) for sector, node in newcomers)]
        return ego(kinds, joining, center), joining
    stood, drawn = _standing(center, before)
    places, lines = dict(stood), [*drawn]
    if parent == center:
        return places | _ring(places, lines, fresh, center), [*lines, *joining]
    for node in fresh:
        places[node] = _free(places, lines, parent)
        lines.append((parent, node))
    return places, lines


def _ring(
    places: Mapping[str, Point], lines: Sequence[Pair], fresh: Sequence[str], center: str
) -> dict[str, Point]:
    """Newcomers at the centre: one ring around all that stands, turned to be least in the way."""
    reach = max(hypot(*place) for place in places.values())
    radius = max(reach + 1.3 * ROOM, len(fresh) * ROOM / (2 * pi))
    turns = range(_TURNS if len(places) + len(fresh) <= _CAREFUL else 1)
    rings = [_turned(fresh, radius, turn) for turn in turns]
    return min(
        rings, key=lambda ring: sum(_fault(at, places, lines, center) for at in ring.values())
    )


def _turned(fresh: Sequence[str], radius: float, turn: int) -> dict[str, Point]:
    share = 2 * pi / len(fresh)
    start = -pi / 2 + share * turn / _TURNS
    return {
        node: (radius * cos(start + share * index), radius * sin(start + share * index))
        for index, node in enumerate(fresh)
    }


def _free(places: Mapping[str, Point], lines: Sequence[Pair], parent: str) -> Point:
    """The first free place of the fan of a node, else the one that is least in the way."""
    drawn = lines if len(places) <= _CAREFUL else ()
    least, found = inf, places[parent]
    for spot in _spots(places[parent]):
        fault = _fault(spot, places, drawn, parent)
        if fault < least:
            least, found = fault, spot
        if not fault:
            break
    return found


def _spots(parent: Point) -> Iterable[Point]:
    """Places on arcs around a node, those that lead away from the centre first."""
    x, y = parent
    middle = atan2(y, x)
    for arc, turn in product(_ARCS, range(_SPOTS)):
        side = (turn + 1) // 2 * (1 if turn % 2 else -1)
        angle = middle + side * _FAN / _SPOTS
        yield x + arc * ROOM * cos(angle), y + arc * ROOM * sin(angle)


def _fault(spot: Point, places: Mapping[str, Point], lines: Sequence[Pair], parent: str) -> float:
    """How near others stand, how deep lines run into the place, and its line into others."""
    fault = 0.0
    for node, place in places.items():
        gap = hypot(place[0] - spot[0], place[1] - spot[1])
        fault += max(0.0, 1 - gap / ROOM)
        if lines and node != parent:
            fault += depth(place, spot, places[parent])
    return fault + sum(depth(spot, places[one], places[two]) for one, two in lines)
