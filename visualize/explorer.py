"""A scene as its page shows it: the picture, the texts of the panel, the filters, the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from graph.nodes import kind_of
from graph.questions.scene import STEP
from graph.questions.scene_answer import SceneAnswer, SceneNode
from visualize import style
from visualize.choices import Choice, Filter, focus, kinds, relations, sizes
from visualize.growth import grow
from visualize.labels import shortened
from visualize.lines import Line, fold, lines_of
from visualize.links import Links
from visualize.network import Net, graph_to_pyvis, mark_of
from visualize.picture import Row, node_text, said
from visualize.scene import Scene
from visualize.slider import Bar, bars
from visualize.telling import Party, Teller, Told, outward
from visualize.wording import Named, Words

_PANEL_WORDS = (
    "panel_hint", "open", "ask_here", "note", "entity", "dismiss", "collapse", "path_to",
    "path_from", "scene_failed", "alone",
)  # fmt: skip


@dataclass(frozen=True)
class Opening:
    """A kind that a node can be opened by: how many come next, how many are left after."""

    kind: str
    word: str
    next: int
    left: int
    address: str


@dataclass(frozen=True)
class Item:
    """A node as a line of the table."""

    node: SceneNode
    name: str
    relations: int
    years: str
    address: str
    openings: tuple[Opening, ...]


@dataclass(frozen=True)
class Hop:
    """A step of a path, from the one to the other, and all that is said between the two."""

    near: Party
    far: Party
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Sight:
    """All that the page needs to show a scene."""

    scene: Scene
    answer: SceneAnswer
    net: Net
    panel: dict[str, object]
    kinds: tuple[Filter, ...]
    relations: tuple[Filter, ...]
    items: tuple[Item, ...]
    rows: tuple[Row, ...]
    bars: tuple[Bar, ...]
    sizes: tuple[Choice, ...]
    focus: tuple[Choice, ...]
    path: tuple[Hop, ...]

    @property
    def goal(self) -> str:
        """What the path leads to, if it is in the scene; else what was asked for."""
        names = {item.node.id: item.name for item in self.items}
        return names.get(self.scene.path or "", self.scene.path or "")

    @property
    def chosen(self) -> Item:
        """What the panel is about: the chosen node if it is in the scene, else the centre."""
        by_id = {item.node.id: item for item in self.items}
        return by_id.get(self.scene.selected or "", by_id[self.answer.center.id])


def look(
    answer: SceneAnswer, scene: Scene, named: Iterable[Named] = (), *, offline: bool = False
) -> Sight:
    """A scene as its page shows it; `named` know their names better than the answer: deals."""
    words, links = Words(scene.lang), Links(scene.lang, offline=offline)
    named = list(named)
    better = {node.id: words.name(node) for node in named if node.kind == "Deal"}
    nodes = [
        node.model_copy(update={"name": better[node.id]}) if node.id in better else node
        for node in answer.nodes
    ]
    deals = [node for node in named if node.kind == "Deal"]
    teller, lines = Teller(words, links, [*deals, *nodes]), lines_of(answer)
    rows = tuple(
        Row(line.id, teller.tell(line, answer.citations))
        for line in outward(lines, answer.center.id)
    )
    at = _by_end(lines)
    items = tuple(_item(node, at[node.id], answer, scene, words) for node in nodes)
    return Sight(
        scene=scene,
        answer=answer,
        net=_net(nodes, lines, answer, scene, words),
        panel=_panel(items, rows, answer, scene, words, links),
        kinds=kinds(answer, scene, words),
        relations=relations(answer, scene, words, lines),
        items=items,
        rows=rows,
        bars=bars(answer.histogram),
        sizes=sizes(answer, scene, words),
        focus=focus(scene, words),
        path=_path(answer, teller),
    )


def _net(
    nodes: Sequence[SceneNode],
    lines: Sequence[Line],
    answer: SceneAnswer,
    scene: Scene,
    words: Words,
) -> Net:
    steps = [(step.node, step.newcomers) for step in answer.steps]
    placed = {answer.center.id, *(one for _, newcomers in steps for one in newcomers)}
    sectors = {one: mark_of(kind_of(one)).sector for one in placed}
    return graph_to_pyvis(
        nodes,
        lines,
        answer.center.id,
        lang=scene.lang,
        places=grow(steps, sectors, answer.center.id),
        labels=shortened(answer, words),
        left={node.id: sum(node.left.values()) for node in nodes},
        sizes=_sizes(nodes, answer) if scene.size else None,
        tree={(min(near, one), max(near, one)) for near, came in steps for one in came},
    )


def _sizes(nodes: Sequence[SceneNode], answer: SceneAnswer) -> dict[str, float]:
    """Radii by contracts; what has none is as small as can be."""
    most = max(answer.values.values(), default=Decimal(0))
    return {
        node.id: style.size_by(float(answer.values.get(node.id, 0)), float(most)) for node in nodes
    }


def _by_end(lines: Iterable[Line]) -> Mapping[str, Sequence[Line]]:
    """The lines at each node."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for end in {line.start, line.end}:
            found[end].append(line)
    return found


def _item(
    node: SceneNode, mine: Sequence[Line], answer: SceneAnswer, scene: Scene, words: Words
) -> Item:
    return Item(
        node=node,
        name=words.name(node),
        relations=len(mine),
        years=_span((claim.id for line in mine for claim in line.claims), answer.years),
        address=scene.choosing(node.id).address,
        openings=tuple(_openings(node, scene, words)),
    )


def _span(claims: Iterable[str], years: Mapping[str, tuple[int, int]]) -> str:
    """The first and the last year of claims, one if they are the same; nothing if unknown."""
    known = [year for claim in claims for year in years.get(claim, ())]
    return "–".join(dict.fromkeys((str(min(known)), str(max(known))))) if known else ""


def _openings(node: SceneNode, scene: Scene, words: Words) -> Iterable[Opening]:
    for kind, left in node.left.items():
        come = min(left, STEP)
        address = scene.more(node.id, kind).address
        yield Opening(kind, words.of("kind", kind), come, left - come, address)


def _path(answer: SceneAnswer, teller: Teller) -> tuple[Hop, ...]:
    """The path hop by hop: all that is said between two nodes that follow one another."""
    return tuple(_hop(near, far, answer, teller) for near, far in pairwise(answer.route))


def _hop(near: str, far: str, answer: SceneAnswer, teller: Teller) -> Hop:
    between = [claim for claim in answer.claims if {claim.from_, claim.to} == {near, far}]
    told = tuple(teller.tell(line, answer.citations) for line in fold(between))
    return Hop(teller.party(near), teller.party(far), told)


def _panel(
    items: Sequence[Item],
    rows: Sequence[Row],
    answer: SceneAnswer,
    scene: Scene,
    words: Words,
    links: Links,
) -> dict[str, object]:
    """What the panel tells of each node and line, as texts; lists, so no id is a key."""
    return {
        "nodes": [
            node_text(item.node, words, links)
            | _further(item, links)
            | _worth(item, answer, scene, words)
            for item in items
        ],
        "lines": [
            {
                "id": row.id,
                "years": _span((one.id for one in row.told.statements), answer.years),
                "said": [said(one) for one in row.told.statements],
            }
            for row in rows
        ],
        "words": {key: words.ui(key) for key in _PANEL_WORDS},
        "patterns": {
            "more": words.ui("more", kind="{kind}", n="{n}"),
            "more_left": words.ui("more_left", kind="{kind}", n="{n}", left="{left}"),
            "statements": words.ui("statements", n="{n}"),
            "neighbours": words.ui("neighbours", n="{n}"),
            "in_view": words.ui("in_view", n="{n}"),
            "came": words.ui("came", n="{n}", total="{total}"),
            "shown": words.ui("shown", total="{total}"),
        },
        "selected": words.ui("selected", kind="{kind}", name="{name}", n="{n}"),
        "canvas": style.CANVAS,
        "selection": style.SELECTION,
        "route": list(answer.route),
    }


def _further(item: Item, links: Links) -> dict[str, object]:
    """What can be done at a node; nothing where no server answers."""
    if links.offline:
        return {}
    return {
        "code": item.node.kind,
        "neighbours": item.node.neighbours,
        "left": [[one.kind, one.word, one.next, one.left] for one in item.openings],
        "page": links.entity(item.node.id),
    }


def _worth(item: Item, answer: SceneAnswer, scene: Scene, words: Words) -> dict[str, str]:
    """What a node has signed for, where marks are sized by it."""
    amount = answer.values.get(item.node.id)
    if amount is None or scene.size is None:
        return {}
    return {"worth": words.ui("contracts_of", amount=words.money(amount, scene.size))}
