"""Where newcomers stand in a picture that is there already: fanned out, away from the centre.

What stands keeps its place. Each newcomer takes the first free place on arcs around the node
that it came from, from the middle of the fan to its edges, so that the line between the two
crosses no other node. The same steps always give the same picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import atan2, cos, hypot, inf, pi, sin

from visualize.layout import ROOM, Pair, Point, depth, ego

Grown = tuple[str, Sequence[str]]
"""A node and what came at it in one step."""
_ARCS = (1.6, 2.5, 3.4, 4.4, 5.6, 7.0)
"""How far from its parent a newcomer may stand, in rooms."""
_SPOTS = 9
_FAN = 2.4


def grow(steps: Sequence[Grown], sectors: Mapping[str, int], center: str) -> dict[str, Point]:
    """Positions by id; the first step at the centre stands around it in rings."""
    first, rest = _first(steps, center)
    ring = [(node, sectors[node]) for node in (center, *first)]
    places = ego(ring, ((center, node) for node in first), center)
    lines: list[Pair] = [(center, node) for node in first]
    for parent, newcomers in rest:
        for node in sorted(newcomers, key=lambda one: (sectors[one], one)):
            places[node] = _free(places, lines, parent, center)
            lines.append((parent, node))
    return {node: (round(x, 1), round(y, 1)) for node, (x, y) in places.items()}


def _first(steps: Sequence[Grown], center: str) -> tuple[Sequence[str], Sequence[Grown]]:
    if steps and steps[0][0] == center:
        return steps[0][1], steps[1:]
    return (), steps


def _free(places: Mapping[str, Point], lines: Iterable[Pair], parent: str, center: str) -> Point:
    """The first free place around a node, else the one that is least in the way."""
    drawn = list(lines)
    least, found = inf, places[parent]
    for spot in _spots(places, parent, center):
        fault = _fault(spot, places, drawn, parent)
        if fault < least:
            least, found = fault, spot
        if not fault:
            break
    return found


def _spots(places: Mapping[str, Point], parent: str, center: str) -> Iterable[Point]:
    """Places on arcs around a node, the middle of the fan first; around the centre all of it."""
    x, y = places[parent]
    middle = atan2(y, x) if parent != center else -pi / 2
    fan = _FAN if parent != center else 2 * pi
    reach = max((hypot(*place) for place in places.values()), default=0.0)
    start = 0.0 if parent != center else max(0.0, reach - ROOM)
    for arc, turn in product(_ARCS, range(_SPOTS * 2)):
        side = (turn + 1) // 2 * (1 if turn % 2 else -1)
        angle = middle + side * fan / (2 * _SPOTS)
        radius = start + arc * ROOM
        yield x + radius * cos(angle), y + radius * sin(angle)


def _fault(spot: Point, places: Mapping[str, Point], lines: Iterable[Pair], parent: str) -> float:
    """How near others stand, how deep lines run into the place, and its line into others."""
    fault = 0.0
    for node, place in places.items():
        gap = hypot(place[0] - spot[0], place[1] - spot[1])
        fault += max(0.0, 1 - gap / ROOM)
        if node != parent:
            fault += depth(place, spot, places[parent])
    return fault + sum(depth(spot, places[one], places[two]) for one, two in lines)
