"""The shape of a scene: what is in it, what is left at each node, and how it came about."""

from __future__ import annotations

from pydantic import SerializeAsAny

from graph.claims import Claim
from graph.questions.answers import Answer, Citation, Ref
from graph.values import Frozen


class SceneNode(Ref):
    """A node, its neighbours under the filters, and how many of each kind are not shown."""

    neighbours: int
    left: dict[str, int]


class Step(Frozen):
    """What came into the scene at a node, in one step."""

    node: str
    newcomers: tuple[str, ...]


class Trip(Frozen):
    """Who sent a mission, and which cities it visited, whether they are in the scene or not."""

    sent: tuple[Ref, ...]
    visited: tuple[Ref, ...]


class SceneAnswer(Answer):
    """A scene; `crowded` if it should rather be narrowed, `cut` if not all that was opened fits.

    `steps` tell in which order nodes came, those that a filter leaves out included. Years
    are the first and last of a claim, by its id; `histogram` counts claims at the nodes by
    their first year, whatever years are let through, `undated` those of no year.
    """

    center: Ref
    nodes: tuple[SceneNode, ...]
    claims: tuple[SerializeAsAny[Claim], ...]
    citations: tuple[Citation, ...]
    years: dict[str, tuple[int, int]]
    trips: dict[str, Trip]
    steps: tuple[Step, ...]
    route: tuple[str, ...]
    histogram: dict[int, int]
    undated: int
    node_totals: dict[str, int]
    claim_totals: dict[str, int]
    crowded: bool
    cut: bool
