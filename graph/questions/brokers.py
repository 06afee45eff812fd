"""Who stands between firms and partners abroad."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log2
from typing import TYPE_CHECKING

from graph.claims import PARTNERS, PATH_KINDS
from graph.errors import BadRequest
from graph.nodes import NODE_KINDS, kind_of
from graph.questions.answers import Searched
from graph.questions.area import check_places, firms_of, partners_in
from graph.questions.ground import Ground
from graph.questions.neighbourhood import check_kinds
from graph.questions.partners import Partners
from graph.questions.patterns import Broker, BrokersAnswer
from graph.questions.web import MAX_TAKEN, Near, Web
from graph.store import walk_nodes

if TYPE_CHECKING:
    from collections.abc import Collection

    from graph.questions.web import Fan
    from graph.store import View

MAX_HOPS = 4
"""The longest chain between a firm and a partner: farther, everything stands between them."""
MAX_FIRMS = 250
"""Firms whose chains one question lays out: some three seconds of work where all are hubs."""
BROKERS = ("City", "Event", "Mission", "Organization")
SHOWN = 10
"""Firms and partners that the line of a broker names; the others are counted."""
MAX_CLAIMS = 50
"""Claims that the line of a broker holds; the others are counted."""
DIGITS = 6
_ON_THE_WAY = tuple(sorted(set(NODE_KINDS) - {"Country", "Source"}))


@dataclass(frozen=True)
class Asked:
    """Between whom, over which kinds of claim, how far, and which kinds of node to list.

    `home` names firms, or cities and countries for all firms seated in them or on missions
    they sent; empty: all firms. `partner` names bodies, cities, or countries for all cities
    and bodies in them; empty: for each firm the partners of the cities where it sits or that
    sent its missions, and the cities and bodies at most two hops from it.
    """

    home: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()
    kinds: Collection[str] = PATH_KINDS
    among: Collection[str] = BROKERS
    max_hops: int = 3


def brokers(view: View, asked: Asked = Asked(), limit: int = 25, skip: int = 0) -> BrokersAnswer:
    """Who stands between, by score, then id; at most `limit`, `next` is how many to skip.

    All shortest chains of at most `max_hops` between each firm and each partner in another
    country are laid out. What lies on the way gets, for every such pair, the share of these
    chains that lead over it: betweenness for a subset of sources and targets (Brandes: On
    variants of shortest-path betweenness centrality and their generic computation, Social
    Networks 30, 2008). Hubs are discounted: the score is that sum / log2 k, k being the number
    of neighbours over the kinds followed, as Adamic and Adar discount a common neighbour.
    Countries and sources are never on the way, nor counted. `complete` is false if there were
    more than MAX_FIRMS firms, of which the first by id are asked about, or more than MAX_TAKEN
    nodes within reach. NotFound and BadRequest for a name or kind that is none of these.
    """
    _check(asked)
    ground = Ground(view)
    check_places(ground, "home", asked.home, {"City", "Country", "Firm"})
    check_places(ground, "partner", asked.partner, {"City", "Country", "Organization"})
    firms = _firms(ground, asked.home)
    asked_of, near = firms[:MAX_FIRMS], Near(ground, asked.kinds)
    web = Web(ground, near, _ends(ground, near, asked_of, asked.partner), asked.max_hops)
    places = _Places(web)
    listed = [one for one in places if kind_of(one) in asked.among]
    shares = {one: len(others) for one, others in near.of(listed).items()}
    scores = {one: round(places[one].between / log2(shares[one]), DIGITS) for one in listed}
    ranked = sorted(listed, key=lambda one: (-scores[one], one))
    refs = ground.refs([*asked.home, *asked.partner])
    cut = f"{MAX_TAKEN} nodes within reach" if not web.whole else None
    cut = f"{MAX_FIRMS} firms" if len(firms) > MAX_FIRMS else cut
    return BrokersAnswer(
        home=tuple(refs[one] for one in asked.home),
        partner=tuple(refs[one] for one in asked.partner),
        firms=len(asked_of),
        pairs=places.pairs,
        found=len(ranked),
        brokers=tuple(_told(web, places, one, scores[one]) for one in ranked[skip : skip + limit]),
        searched=Searched(max_hops=asked.max_hops, kinds=tuple(sorted(asked.kinds))),
        next=str(skip + limit) if len(ranked) > skip + limit else None,
        complete=cut is None,
        cut_by=cut,
        dataset_version=view.version(),
    )


def _check(asked: Asked) -> None:
    check_kinds(asked.kinds)
    for kind in asked.among:
        if kind not in _ON_THE_WAY:
            raise BadRequest("kind", f"{kind[:40]!r} is none of {', '.join(_ON_THE_WAY)}")


def _firms(ground: Ground, home: Collection[str]) -> list[str]:
    if home:
        return sorted(firms_of(ground, home))
    return [node.id for node in walk_nodes(ground.view, "Firm")]


def _ends(
    ground: Ground, near: Near, firms: Collection[str], named: Collection[str]
) -> dict[str, set[str]]:
    """The partners that each firm is asked about: those named, else its cities' and whom it met.

    Of partners fewer than the firms, the firms that each is asked about: the chains are the same.
    """
    if named:
        partners = partners_in(ground, named)
        few, many = sorted((partners, set(firms)), key=len)
        return dict.fromkeys(few, many)
    homes = _homes(ground, firms)
    theirs = Partners(ground)
    theirs.of(sorted(set().union(*homes.values())))
    near.within(firms, 2)
    found = {}
    for firm in firms:
        met, _ = near.within((firm,), 2)
        found[firm] = {one for one in met if kind_of(one) in PARTNERS}
        found[firm].update(*theirs.of(sorted(homes[firm])).values())
    return found


def _homes(ground: Ground, firms: Collection[str]) -> dict[str, set[str]]:
    """The cities that each firm sits in, what contains them, and those that sent its missions."""
    joined = ground.out(firms, "PARTICIPATED_IN")
    ground.into((claim.to for claim in joined), "SENT")
    ground.containers(ground.seats(firms))
    homes = {firm: ground.containers(ground.seats((firm,))) for firm in firms}
    for claim in joined:
        homes[claim.from_] |= {sent.from_ for sent in ground.into((claim.to,), "SENT")}
    return homes


@dataclass(slots=True)
class _Place:
    """What one node stands between, and over which of its neighbours the chains lead.

    `starts` are the ends on one side of it; `beyond` has a bit for each on the other.
    """

    between: float = 0.0
    starts: set[str] = field(default_factory=set)
    beyond: int = 0
    beside: set[str] = field(default_factory=set)


class _Places(dict[str, _Place]):
    """Every node on the way between firms and partners, and how many pairs of them there are."""

    def __init__(self, web: Web) -> None:
        super().__init__()
        self.pairs = 0
        self._goals: list[str] = []
        self._bits: dict[str, int] = {}
        for fan in web.fans():
            self.pairs += len(fan.goals)
            self._lay_out(fan)

    def _lay_out(self, fan: Fan) -> None:
        """Follow the chains of one start back from its goals, and share each out on the way."""
        way = _way(fan)
        chains = {fan.start: 1}
        for node in way[1:]:
            chains[node] = sum(chains[one] for one in fan.before[node])
        on_way = {node: _Place() for node in way}
        for node in reversed(way[1:]):
            here, ends = on_way[node], node in fan.goals
            beyond = here.beyond | (self._bit(node) if ends else 0)
            passed = (ends + here.between) / chains[node]
            for one in sorted(fan.before[node]):
                nearer = on_way[one]
                nearer.between += chains[one] * passed
                nearer.beyond |= beyond
                nearer.beside.add(node)
                here.beside.add(one)
        for node in way[1:]:
            if on_way[node].beyond:
                self._add(node, on_way[node], fan.start)

    def _add(self, node: str, found: _Place, start: str) -> None:
        place = self.setdefault(node, _Place())
        place.between += found.between
        place.beyond |= found.beyond
        place.beside |= found.beside
        place.starts.add(start)

    def _bit(self, goal: str) -> int:
        if goal not in self._bits:
            self._bits[goal] = 1 << len(self._goals)
            self._goals.append(goal)
        return self._bits[goal]

    def ends(self, node: str) -> list[str]:
        """The firms and partners between which a node stands, by id."""
        place = self[node]
        beyond = {one for one in self._goals if place.beyond & self._bits[one]}
        return sorted(place.starts | beyond)


def _way(fan: Fan) -> list[str]:
    """What the chains to the goals lead over, the start first, the goals among them."""
    marked = set(fan.goals)
    for node in reversed(fan.order):
        if node in marked:
            marked.update(fan.before[node])
    return [node for node in fan.order if node in marked]


def _told(web: Web, places: _Places, node: str, score: float) -> Broker:
    ground, place = web.ground, places[node]
    claims = [
        claim
        for claim in ground.at((node,), *sorted(web.near.kinds))
        if claim.other(node) in place.beside
    ]
    ends = places.ends(node)
    firms = [one for one in ends if kind_of(one) == "Firm"]
    partners = [one for one in ends if kind_of(one) != "Firm"]
    refs = ground.refs([node, *firms[:SHOWN], *partners[:SHOWN]])
    return Broker(
        entity=refs[node],
        score=score,
        between=round(place.between, DIGITS),
        neighbours=len(web.near.of((node,))[node]),
        firms=tuple(refs[one] for one in firms[:SHOWN]),
        firms_count=len(firms),
        partners=tuple(refs[one] for one in partners[:SHOWN]),
        partners_count=len(partners),
        claims=tuple(claims[:MAX_CLAIMS]),
        claims_count=len(claims),
        citations=ground.citations(claims[:MAX_CLAIMS]),
    )
