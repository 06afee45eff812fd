"""Where each node stands: rings around a centre, sectors by kind; no chance, no physics.

Nodes one step away share the inner ring, each in a wedge as wide as what hangs on it.
Nodes further out stand in the wedge of their parent, so that the line between the two
crosses no other node. Whatever still stands in the way of a line steps aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise, product
from math import cos, hypot, inf, pi, sin

Point = tuple[float, float]
Pair = tuple[str, str]

INNER = 190.0
STEP = 170.0
ROOM = 92.0
"""The least distance between neighbours on a ring: a mark with its label."""
CLEARANCE = 30.0
"""How far from a node a line that does not end there keeps."""
_START = -pi / 2
_PAIR = 4 * pi / 3
"""The wedge of two, each in the middle of its half."""
_FAN = 2.5
"""The widest wedge in which what hangs on one node may stand: all of it outward."""
_ROUNDS = 4
_CAREFUL = 300
"""Above this many nodes no one looks for lines that cross a node: it would take seconds."""


def ego(nodes: Sequence[tuple[str, int]], edges: Iterable[Pair], center: str) -> dict[str, Point]:
    """Positions by id for nodes given as (id, sector); the centre stands at 0, 0."""
    order = {node: (sector, node) for node, sector in sorted(nodes)}
    pairs = sorted({(min(pair), max(pair)) for pair in edges if pair[0] != pair[1]})
    children, rings = _tree(order, pairs, center)
    angles: dict[str, float] = {}
    start, around = _round(len(children[center]))
    _spread(center, start, around, children, _weights(children, center), angles)
    radii = _radii(rings, angles)
    polar = {
        node: (radii[depth], angles[node]) for depth, ring in enumerate(rings) for node in ring
    }
    return _step_aside(polar, pairs, center)


def _round(count: int) -> tuple[float, float]:
    """Where the inner ring begins and how far it goes.

    A single one stands to the right; two stand up left and up right, so that a line between
    them does not cross the centre.
    """
    if count == 2:
        return _START - _PAIR / 2, _PAIR
    return (_START if count > 1 else -pi), 2 * pi


def _tree(
    order: Mapping[str, tuple[int, str]], pairs: Sequence[Pair], center: str
) -> tuple[dict[str, list[str]], list[list[str]]]:
    """Each node's children, and the rings by distance; the unreached join the last ring."""
    links: dict[str, set[str]] = {node: set() for node in order}
    for one, two in pairs:
        links[one].add(two)
        links[two].add(one)
    children: dict[str, list[str]] = {node: [] for node in order}
    rings, seen = [[center]], {center}
    while rings[-1]:
        ring: list[str] = []
        for parent in rings[-1]:
            fresh = sorted(links[parent] - seen, key=order.__getitem__)
            children[parent] = fresh
            seen.update(fresh)
            ring.extend(fresh)
        rings.append(ring)
    rings.pop()
    lost = sorted(set(order) - seen, key=order.__getitem__)
    if lost:
        children[center] = children[center] + lost
        rings.append(lost)
    return children, rings


def _radii(rings: Sequence[Sequence[str]], angles: Mapping[str, float]) -> list[float]:
    """A radius for each ring that leaves room between the two closest of it."""
    radii = [0.0]
    for ring in rings[1:]:
        least = INNER if len(radii) == 1 else radii[-1] + STEP
        turns = sorted(angles[node] for node in ring)
        gaps = [later - sooner for sooner, later in pairwise([*turns, turns[0] + 2 * pi])]
        radii.append(max(least, min(ROOM / min(gaps), len(ring) * ROOM / 2)))
    return radii


def _weights(children: Mapping[str, Sequence[str]], center: str) -> dict[str, float]:
    """How wide a wedge each node needs: the root of the leaves below it, at least 1."""
    order = [center]
    for node in order:
        order.extend(children[node])
    leaves: dict[str, int] = {}
    for node in reversed(order):
        leaves[node] = sum(leaves[child] for child in children[node]) or 1
    return {node: max(1.0, count**0.8) for node, count in leaves.items()}


def _spread(
    root: str,
    start: float,
    width: float,
    children: Mapping[str, Sequence[str]],
    weights: Mapping[str, float],
    angles: dict[str, float],
) -> None:
    """Give every node below `root` the middle of its share of the wedge, at most `_FAN`."""
    todo = [(root, start, width)]
    while todo:
        node, begin, share = todo.pop()
        angles[node] = begin + share / 2
        if node != root and share > _FAN:
            begin, share = begin + (share - _FAN) / 2, _FAN
        total = sum(weights[child] for child in children[node])
        for child in children[node]:
            part = share * weights[child] / total
            todo.append((child, begin, part))
            begin += part


def _step_aside(polar: Mapping[str, Point], pairs: Sequence[Pair], center: str) -> dict[str, Point]:
    """Move nodes that stand on a foreign line, each to the nearest of a few free places."""
    places = {node: _at(radius, angle) for node, (radius, angle) in polar.items()}
    lines: dict[str, list[Pair]] = {node: [] for node in polar}
    for pair in pairs:
        for end in pair:
            lines[end].append(pair)
    for _ in range(_ROUNDS if len(places) <= _CAREFUL else 0):
        blocked = [node for node in _in_the_way(places, pairs) if node != center]
        if not blocked:
            break
        for node in blocked:
            places[node] = _best(node, polar[node], places, lines, pairs)
    return {node: (round(x, 1), round(y, 1)) for node, (x, y) in places.items()}


def _in_the_way(places: Mapping[str, Point], pairs: Sequence[Pair]) -> list[str]:
    """The nodes with a fault.

    On a foreign line, at an end of a line that runs into another, or in another's room.
    """
    found: set[str] = set()
    for one, two in pairs:
        start, end = places[one], places[two]
        for node, spot in places.items():
            if node != one and node != two and depth(spot, start, end):
                found |= {node, one, two}
    for (one, here), (two, there) in combinations(places.items(), 2):
        if hypot(here[0] - there[0], here[1] - there[1]) < 2 * CLEARANCE:
            found |= {one, two}
    return [node for node in places if node in found]


def _best(
    node: str,
    spot: Point,
    places: Mapping[str, Point],
    lines: Mapping[str, Sequence[Pair]],
    pairs: Sequence[Pair],
) -> Point:
    """The first place without a fault, else the one with the least."""
    least, found = inf, places[node]
    for choice in _choices(spot):
        fault = _fault(node, choice, places, lines, pairs, least)
        if fault < least:
            least, found = fault, choice
        if not fault:
            break
    return found


def _choices(spot: Point) -> list[Point]:
    radius, angle = spot
    turn = 0.3 * ROOM / radius
    return [
        _at(radius * scale, angle + turn * side)
        for scale, side in product((1.0, 1.14, 1.28, 0.9), (0, 1, -1, 2.5, -2.5))
    ]


def _fault(
    node: str,
    spot: Point,
    places: Mapping[str, Point],
    lines: Mapping[str, Sequence[Pair]],
    pairs: Sequence[Pair],
    enough: float,
) -> float:
    """How far lines run into a node at this spot, its lines into others, and others into its room.

    Nobody asks by how much it is more than `enough`.
    """
    fault = sum(depth(spot, places[pair[0]], places[pair[1]]) for pair in pairs if node not in pair)
    ends = [(end, places[end]) for pair in lines[node] for end in pair if end != node]
    for other, place in places.items():
        if fault > enough:
            break
        if other != node:
            fault += max(0.0, 1 - hypot(place[0] - spot[0], place[1] - spot[1]) / CLEARANCE / 2)
            fault += sum(depth(place, spot, far) for end, far in ends if other != end)
    return fault


def depth(spot: Point, one: Point, two: Point) -> float:
    """How deep a line runs into the clearance of a point: 0 not at all, 1 through its middle."""
    x, y = spot
    if (x - one[0] > CLEARANCE < x - two[0]) or (one[0] - x > CLEARANCE < two[0] - x):
        return 0.0
    if (y - one[1] > CLEARANCE < y - two[1]) or (one[1] - y > CLEARANCE < two[1] - y):
        return 0.0
    across, down = two[0] - one[0], two[1] - one[1]
    length = across * across + down * down or 1.0
    along = min(1.0, max(0.0, ((x - one[0]) * across + (y - one[1]) * down) / length))
    gap = hypot(x - one[0] - along * across, y - one[1] - along * down)
    return max(0.0, 1 - gap / CLEARANCE)


def _at(radius: float, angle: float) -> Point:
    return radius * cos(angle), radius * sin(angle)
