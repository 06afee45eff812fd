"""Scenes of a given size around a great hub of the world graph, to measure pages with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.claims import TIE_KINDS
from graph.questions.scene import KINDS, STEP, Opening, scene
from graph.questions.scene_reading import MOST
from graph.store import walk_nodes
from visualize.scene import Scene

if TYPE_CHECKING:
    from graph.questions.scene_answer import SceneAnswer
    from graph.store import GraphStore, View


@dataclass(frozen=True)
class Sized:
    """A scene: its address, how many nodes it has, and how many lines at most."""

    address: str
    nodes: int
    claims: int


def hubs(store: GraphStore, count: int) -> list[str]:
    """The cities with most ties, the greatest first."""

    def ranked(view: View) -> list[str]:
        cities = [node.id for node in walk_nodes(view, "City")]
        degrees = view.degrees(cities)
        ties = {one: sum(degrees.get(one, {}).get(kind, 0) for kind in TIE_KINDS) for one in cities}
        return sorted(cities, key=lambda one: (-ties[one], one))[:count]

    return store.read(ranked, seconds=60)


def usual(store: GraphStore, center: str) -> Sized:
    """The scene as a reader first meets it."""
    return _told(Scene(center), store.read(lambda view: scene(view, center), seconds=60))


def sized(store: GraphStore, center: str, size: int) -> Sized:
    """A scene of exactly so many nodes: ties of the centre, then those of its sister cities.

    A node of which some are left is chosen: the centre, or the first that has any.
    RuntimeError if all that hangs together around the centre is fewer.
    """
    return store.read(lambda view: _sized(view, center, size), seconds=60)


def _sized(view: View, center: str, size: int) -> Sized:
    opened = {(center, kind): 0 for kind in KINDS}
    before = _asked(view, center, opened)
    key, many = (center, "City"), MOST
    while True:
        found = _asked(view, center, {**opened, key: many})
        if len(found.nodes) >= size:
            break
        opened[key], before = many, found
        key, many = (_next(found, opened), "City"), STEP
    opened[key] = size - len(before.nodes)
    found = _asked(view, center, opened)
    if len(found.nodes) != size:
        raise RuntimeError(f"a scene around {center} has {len(found.nodes)} nodes, not {size}")
    chosen = None if found.nodes[0].left.get("City") else _next(found, opened)
    return _told(replace(_scene(center, opened), selected=chosen), found)


def _next(found: SceneAnswer, opened: dict[tuple[str, str], int]) -> str:
    for node in found.nodes:
        if node.left.get("City") and (node.id, "City") not in opened:
            return node.id
    raise RuntimeError(f"there is no more around {found.center.id}")


def _scene(center: str, opened: dict[tuple[str, str], int]) -> Scene:
    return Scene(center, tuple(Opening(*key, many) for key, many in opened.items()))


def _asked(view: View, center: str, opened: dict[tuple[str, str], int]) -> SceneAnswer:
    return scene(view, center, _scene(center, opened).opened)


def _told(asked: Scene, found: SceneAnswer) -> Sized:
    return Sized(asked.address, len(found.nodes), len(found.claims))
