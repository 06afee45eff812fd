"""Which entity is meant by a name, an id or an identifier."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.errors import Ambiguous, BadRequest, NotFound
from graph.nodes import NODE_CLASSES
from graph.questions.answers import Container, Found, Ref, SearchAnswer
from graph.questions.ground import Ground
from graph.search import folded, match, query_tokens

if TYPE_CHECKING:
    from collections.abc import Collection

    from graph.nodes import Node
    from graph.store import View

MAX_QUERY = 200
_QID = re.compile(r"Q[1-9][0-9]{0,11}")
_CANDIDATES = 8


def search(
    view: View, query: str, kinds: Collection[str] = (), limit: int = 25, skip: int = 0
) -> SearchAnswer:
    """The entities that a query fits, by match, then degree, then id; empty if none does.

    Names in any language or spelling, ids, former ids and `scheme:value` are looked up.
    `next` is how many to skip to go on. BadRequest for an unknown kind or too long a query.
    """
    _check(query, kinds)
    ground = Ground(view)
    ranked, capped = _ranked(ground, query, kinds)
    page = ranked[skip : skip + limit]
    refs = ground.refs(node.id for node, _ in page)
    return SearchAnswer(
        results=tuple(Found(entity=refs[node.id], matched=name) for node, name in page),
        next=str(skip + limit) if len(ranked) > skip + limit else None,
        capped=capped,
        dataset_version=view.version(),
    )


def resolve(view: View, name: str, kinds: Collection[str] = ()) -> str:
    """The one id that a name means: exactly so called, or the only one that fits.

    A name may be led by what contains it: "광주 북구". NotFound if nothing fits,
    Ambiguous with the candidates if several do.
    """
    _check(name, kinds)
    ground = Ground(view)
    found = _by_key(ground, name, kinds)
    if found:
        return found[0].id
    ranked, _ = _ranked(ground, name, kinds)
    exact = [pair for pair in ranked if match(name, pair[0]) == (0, pair[1])]
    chosen = exact or _within(ground, name, kinds) or ranked
    if not chosen:
        raise NotFound(name)
    if len(chosen) > 1:
        raise Ambiguous(name, _labels(ground, [node for node, _ in chosen[:_CANDIDATES]]))
    return chosen[0][0].id


def _check(query: str, kinds: Collection[str]) -> None:
    if not query.strip():
        raise BadRequest("q", "nothing is asked for: give a name, an id or a part of one")
    if len(query) > MAX_QUERY:
        raise BadRequest("q", f"a name has at most {MAX_QUERY} characters")
    for kind in kinds:
        if kind not in NODE_CLASSES:
            raise BadRequest("kind", f"{kind[:40]!r} is no kind; use {', '.join(NODE_CLASSES)}")


def _ranked(
    ground: Ground, query: str, kinds: Collection[str]
) -> tuple[list[tuple[Node, str]], bool]:
    """What fits the query, best first, with the name that does; whether hits were cut."""
    hits = ground.view.search(query_tokens(query), kinds)
    degrees = ground.view.degrees([node.id for node in hits.nodes])
    graded = [(found, node) for node in hits.nodes if (found := match(query, node)) is not None]
    graded.sort(key=lambda one: (one[0][0], -sum(degrees[one[1].id].values()), one[1].id))
    named = [(node, found[1]) for found, node in graded]
    keyed = [(node, query.strip()) for node in _by_key(ground, query, kinds)]
    ids = {node.id for node, _ in keyed}
    return keyed + [pair for pair in named if pair[0].id not in ids], hits.capped


def _by_key(ground: Ground, text: str, kinds: Collection[str]) -> list[Node]:
    """The node that answers to this as an id, a former id or an identifier."""
    key = text.strip()
    if _QID.fullmatch(key):
        key = f"wikidata:{key}"
    found = ground.view.find(key) if ":" in key else None
    nodes = ground.nodes((found,)).values() if found else ()
    return [node for node in nodes if not kinds or node.kind in kinds]


def _within(ground: Ground, name: str, kinds: Collection[str]) -> list[tuple[Node, str]]:
    """What the last word names, within what the words before it name."""
    outer, _, inner = name.strip().rpartition(" ")
    if not outer:
        return []
    areas = {node.id for node, _ in _ranked(ground, outer, ("City", "Country"))[0]}
    named = _ranked(ground, inner, kinds)[0]
    fitting = [pair for pair in named if folded(inner) in _bare_names(pair[0])]
    return [pair for pair in fitting or named if _lies_within(ground, pair[0].id, areas)]


def _bare_names(node: Node) -> set[str]:
    return {folded(name) for name in (*node.names.values(), *node.spellings)}


def _lies_within(ground: Ground, node_id: str, areas: Collection[str]) -> bool:
    around = ground.containers(ground.seats((node_id,))) - {node_id}
    return bool(around & set(areas)) or bool(ground.countries(node_id) & set(areas))


def _labels(ground: Ground, nodes: Collection[Node]) -> list[tuple[str, str]]:
    """Each candidate's id, and its name with what tells it from its namesakes."""
    refs = ground.refs(node.id for node in nodes)
    seats = ground.refs(ground.seats(refs))
    labels = []
    for ref in refs.values():
        at = [seats[one] for one in sorted(ground.seats((ref.id,))) if one in seats]
        around = {place.id: place.name for seat in at for place in _with_containers(seat)}
        around.pop(ref.id, None)
        told = ", ".join([ref.kind, *around.values(), *([ref.country] if ref.country else [])])
        labels.append((ref.id, f"{ref.name} ({told})"))
    return labels


def _with_containers(seat: Ref) -> list[Ref | Container]:
    return [seat, *seat.within]
