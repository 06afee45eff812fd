"""A subgraph as a pyvis network: the only place that knows pyvis.

Hazards of stock pyvis are met here: directed, so that parallel edges stay; ids as given,
as texts with a prefix; options as a dict; positions from the layout; neither `title` nor
`group`; checks of our own, as those of pyvis are asserts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol

from jinja2 import Environment, Template
from pyvis.network import Network

from graph.claims import Claim
from visualize import style
from visualize.layout import Pair, Point, ego
from visualize.lines import Line, fold
from visualize.templating import environment
from visualize.wording import Lang, Named, Words

NODE_ID = re.compile(r"[a-z]+:[A-Za-z0-9][A-Za-z0-9._-]*")
CROWDED = 60
"""Above this many lines, those that only cross the picture are faint until a node is chosen."""
MANY_EDGES = 500
"""Above this many, edges are hidden while the picture is dragged."""


class Net(Protocol):
    """The part of a pyvis `Network` that we use, typed."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    options: dict[str, Any]
    path: str
    templateEnv: Any  # noqa: N815 (pyvis's own name)

    def add_node(self, n_id: str, label: str, **options: object) -> None:
        """Add a node unless its id is there."""

    def add_edge(self, source: str, to: str, **options: object) -> None:
        """Add an edge between two nodes that are there."""

    def generate_html(self) -> str:
        """Render the template at `path`."""


def graph_to_pyvis(
    nodes: Sequence[Named],
    claims: Sequence[Claim | Line],
    center: str,
    *,
    lang: Lang = "ko",
    places: Mapping[str, Point] | None = None,
    labels: Mapping[str, str] | None = None,
    left: Mapping[str, int] | None = None,
    sizes: Mapping[str, float] | None = None,
    tree: Collection[Pair] | None = None,
) -> Net:
    """Build the network; ValueError on a bad id or a claim whose end is not among the nodes.

    Claims are folded; what is a line already stays one. Without `places` the nodes stand in
    rings around the centre; `labels` are shorter names, `left` says how many neighbours of a
    node are not in the picture, `sizes` are radii, without them they tell how many lines.
    Where there are many lines, those that are not of the `tree` that the picture grew by are
    drawn faintly.
    """
    known = _checked(nodes, center)
    lines = [
        *fold(one for one in claims if not isinstance(one, Line)),
        *(one for one in claims if isinstance(one, Line)),
    ]
    for line in lines:
        if line.start not in known or line.end not in known:
            raise ValueError(f"an end of {line.id[:80]} is not among the nodes")
    net: Net = Network(directed=True)
    net.templateEnv, net.path = environment(), "graph.html"
    net.options = _options(len(lines))
    words = Words(lang)
    names = {node.id: words.name(node) for node in known.values()} | dict(labels or {})
    radii = sizes if sizes is not None else _degrees(lines, center)
    _add_nodes(net, known, places or _rings(known, lines, center), names, left or {}, radii)
    _add_edges(net, lines, tree if len(lines) > CROWDED else None)
    return net


def render(net: Net, template: str, context: Mapping[str, object]) -> str:
    """The page that pyvis makes of the network with one of our templates and its values."""
    net.templateEnv, net.path = _Bound(environment(), context), template
    return net.generate_html()


class _Bound:
    """An environment as pyvis asks it for a template, which then knows a page's values too."""

    def __init__(self, source: Environment, context: Mapping[str, object]) -> None:
        self._source = source
        self._context = context

    def get_template(self, name: str) -> _Page:
        return _Page(self._source.get_template(name), self._context)


class _Page:
    """A template and the values that pyvis does not know of."""

    def __init__(self, template: Template, context: Mapping[str, object]) -> None:
        self._template = template
        self._context = context

    def render(self, **graph: object) -> str:
        return self._template.render(graph | dict(self._context))


def _checked(nodes: Iterable[Named], center: str) -> dict[str, Named]:
    """The nodes by id, the first of each; the labels of later ones would be ignored."""
    known: dict[str, Named] = {}
    for node in nodes:
        if not NODE_ID.fullmatch(node.id):
            raise ValueError(f"{node.id[:80]!r} is no id of a node")
        known.setdefault(node.id, node)
    if center not in known:
        raise ValueError(f"the centre {center[:80]!r} is not among the nodes")
    return known


def _rings(known: Mapping[str, Named], lines: Sequence[Line], center: str) -> dict[str, Point]:
    sectors = [(node.id, mark_of(node.kind).sector) for node in known.values()]
    return ego(sectors, (line.pair for line in lines), center)


def _degrees(lines: Sequence[Line], center: str) -> dict[str, float]:
    """The radius of each node by its lines; the centre is a little larger."""
    degrees = Counter(end for line in lines for end in {line.start, line.end})
    return {node: style.size(degrees[node], center=node == center) for node in {*degrees, center}}


def _add_nodes(
    net: Net,
    known: Mapping[str, Named],
    places: Mapping[str, Point],
    names: Mapping[str, str],
    left: Mapping[str, int],
    radii: Mapping[str, float],
) -> None:
    for node in sorted(known.values(), key=lambda node: node.id):
        mark = mark_of(node.kind)
        net.add_node(
            node.id,
            names[node.id],
            shape=mark.shape,
            color=_node_colour(mark),
            size=radii.get(node.id, style.size(0)),
            borderWidth=2 if mark.hollow else 0,
            x=places[node.id][0],
            y=places[node.id][1],
            kind=node.kind,
            hollow=mark.hollow,
            left=left.get(node.id, 0),
        )


def mark_of(kind: str) -> style.Mark:
    """How a kind of node is drawn."""
    return style.NODES.get(kind, style.NODES["Source"])


def _node_colour(mark: style.Mark) -> dict[str, object]:
    fill = style.CANVAS["light"] if mark.hollow else mark.colour
    plain = {"background": fill, "border": mark.colour}
    return {**plain, "highlight": plain, "hover": plain}


def _add_edges(net: Net, lines: Sequence[Line], tree: Collection[Pair] | None) -> None:
    for line, smooth in zip(lines, _curves(lines), strict=True):
        look = style.CLAIMS[line.kind]
        net.add_edge(
            line.start,
            line.end,
            id=line.id,
            kind=line.kind,
            count=line.count,
            color={"color": look.colour, "highlight": look.colour, "hover": look.colour},
            dashes=list(look.dashes) or False,
            width=look.width,
            arrows={"to": {"enabled": line.directed, "scaleFactor": 0.55}},
            smooth=smooth,
            cross=tree is not None and line.pair not in tree,
        )


def _curves(lines: Sequence[Line]) -> list[dict[str, object]]:
    """Straight, unless several lines join the same two: then they fan out around it."""
    totals = Counter(line.pair for line in lines)
    seen: Counter[tuple[str, str]] = Counter()
    curves: list[dict[str, object]] = []
    for line in lines:
        offset = seen[line.pair] - (totals[line.pair] - 1) / 2
        seen[line.pair] += 1
        clockwise = (offset > 0) == (line.pair[0] == line.start)
        curves.append(
            {"enabled": False}
            if offset == 0
            else {
                "enabled": True,
                "type": "curvedCW" if clockwise else "curvedCCW",
                "roundness": round(min(0.5, 0.2 * abs(offset)), 3),
            }
        )
    return curves


def _options(edges: int) -> dict[str, Any]:
    return {
        "autoResize": True,
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "nodes": {"font": {"size": 0}},
        "edges": {"smooth": {"enabled": False}, "selectionWidth": 1, "hoverWidth": 0.5},
        "interaction": {
            "hover": True,
            "keyboard": {"enabled": False},
            "selectConnectedEdges": False,
            "hoverConnectedEdges": False,
            "hideEdgesOnDrag": edges > MANY_EDGES,
            "hideEdgesOnZoom": edges > MANY_EDGES,
        },
    }
