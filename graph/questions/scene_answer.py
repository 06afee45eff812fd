"""The shape of a scene: what is in it, what is left at each node, and how it came about."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field, SerializeAsAny

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


class Folded(Frozen):
    """Results as one line, from who sold them to what received them, and who says so.

    The claims are those of each result in turn: that it was sold, that it was received.
    """

    seller: str
    other: str
    deals: tuple[str, ...]
    claims: tuple[SerializeAsAny[Claim], ...]


class SceneAnswer(Answer):
    """A scene; `crowded` if it should rather be narrowed, `cut` if not all that was opened fits.

    `steps` tell in which order nodes came, those that a filter leaves out included. Years
    are the first and last of a claim, by its id; `histogram` counts claims at the nodes by
    their first year, whatever years are let through, `undated` those of no year. `folded` are
    results that are lines and no nodes; their claims are not among `claims`. `route_hidden`
    says that there is a path which the filters leave out. `currencies` are those of contracts
    at the nodes, `values` the contracts of each in the one that was asked for.
    """

    center: Ref
    nodes: tuple[SceneNode, ...]
    claims: tuple[SerializeAsAny[Claim], ...]
    folded: tuple[Folded, ...] = ()
    citations: tuple[Citation, ...]
    years: dict[str, tuple[int, int]]
    trips: dict[str, Trip]
    steps: tuple[Step, ...]
    route: tuple[str, ...] = ()
    route_hidden: bool = False
    currencies: tuple[str, ...] = ()
    values: dict[str, Decimal] = Field(default_factory=dict)
    histogram: dict[int, int]
    undated: int
    node_totals: dict[str, int]
    claim_totals: dict[str, int]
    crowded: bool
    cut: bool
