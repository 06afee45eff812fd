"""What a firm did: missions and events it joined, deals it sold, agreements it signed.

A deal and the mission or event at which it was made are one activity, beginning with
the earliest (domain, section 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from graph.claims import Agreement, Claim
from graph.nodes import Mission, kind_of
from graph.questions.ground import of_kind
from graph.questions.ties import folded
from graph.values import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.dates import PartialDate
    from graph.questions.ground import Ground

REPORTING = (
    "SENT", "VISITED", "HOSTED", "PARTICIPATED_IN", "MADE_AT", "SOLD", "BOUGHT",
    "IN_PLACE", "PART_OF_DEAL", "SAME_DEAL_AS", "CREDITS",
)  # fmt: skip
"""The kinds of claim by which a source reports an activity."""


@dataclass(frozen=True)
class Activity:
    """One activity of a firm: an agreement with a partner, or occasions and deals together."""

    firm: str
    occasions: frozenset[str] = frozenset()
    deals: frozenset[str] = frozenset()
    agreed_with: str | None = None
    begins: PartialDate | None = None
    joined: tuple[Claim, ...] = ()
    """The claims by which the firm is tied to it."""

    @property
    def key(self) -> str:
        """What it is told by: the least of its ids."""
        return min((*self.occasions, *self.deals, *(c.id for c in self.joined)))

    @property
    def missions(self) -> frozenset[str]:
        """The missions among its occasions."""
        return frozenset(one for one in self.occasions if kind_of(one) == "Mission")


def activities(ground: Ground, firm: str) -> list[Activity]:
    """Everything a firm did, each activity once; planned missions are none."""
    joined = [
        claim
        for claim in ground.out((firm,), "PARTICIPATED_IN", "SOLD")
        if kind_of(claim.to) in {"Mission", "Event", "Deal"} and not is_planned(ground, claim.to)
    ]
    groups = _groups(ground, joined)
    return [_activity(ground, firm, group, joined) for group in groups] + _agreed(ground, firm)


def is_planned(ground: Ground, node_id: str) -> bool:
    """Whether this is a mission that was only planned."""
    node = ground.nodes((node_id,)).get(node_id)
    return isinstance(node, Mission) and node.status == "planned"


def _groups(ground: Ground, joined: Iterable[Claim]) -> list[set[str]]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(claim.to for claim in joined)
    deals = [one for one in graph if kind_of(one) == "Deal"]
    for claim in ground.out(deals, "MADE_AT"):
        if kind_of(claim.to) in {"Mission", "Event"} and not is_planned(ground, claim.to):
            graph.add_edge(claim.from_, claim.to)
    for claim in ground.at(deals, "SAME_DEAL_AS"):
        if claim.from_ in graph and claim.to in graph:
            graph.add_edge(claim.from_, claim.to)
    return [set(group) for group in nx.connected_components(graph)]


def _activity(ground: Ground, firm: str, group: set[str], joined: Iterable[Claim]) -> Activity:
    nodes = ground.nodes(group).values()
    days = [day for node in nodes if (day := node.span[0]) is not None]
    return Activity(
        firm=firm,
        occasions=frozenset(one for one in group if kind_of(one) != "Deal"),
        deals=frozenset(one for one in group if kind_of(one) == "Deal"),
        begins=min(days, key=lambda day: (day.first, day.last), default=None),
        joined=tuple(claim for claim in joined if claim.to in group),
    )


def _agreed(ground: Ground, firm: str) -> list[Activity]:
    """The firm's agreements, each once, however many sources tell of it."""
    claims = of_kind(ground.at((firm,), "AGREEMENT"), Agreement)
    lines = folded(firm, (claim for claim in claims if claim.status is not Status.PROPOSED))
    return [
        Activity(
            firm=firm,
            agreed_with=line[0],
            begins=next((claim.signed_on for claim in told if claim.signed_on), None),
            joined=tuple(told),
        )
        for line, told in sorted(lines.items())
    ]


def reporters(ground: Ground, activity: Activity) -> set[str]:
    """The sources that report an activity: that say anything of its parts but what they are."""
    about = ground.at(activity.occasions | activity.deals, *REPORTING)
    return {claim.source for claim in (*activity.joined, *about)}
