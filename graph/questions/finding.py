"""Which entity is meant by a name, an id or an identifier."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from graph.errors import Ambiguous, BadRequest, NotFound
from graph.nodes import NODE_CLASSES
from graph.questions.answers import Container, Found, Ref, SearchAnswer
from graph.questions.ground import Ground
from graph.search import RANKS, Match, Query, lined, names_of
from graph.typos import Guess

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from graph.nodes import Node
    from graph.store import Hit, View

MAX_QUERY = 200
_QID = re.compile(r"[Qq][1-9][0-9]{0,11}")
_NUMBER = re.compile(r"[0-9]{1,16}")
_NUMBERED = ("adm", "geonames", "registry")
_CANDIDATES = 8


Ranked = tuple[int, str]
"""A node that fits a query: its place in RANKS, -1 if it answers to a key, and its id."""


class Findings(NamedTuple):
    """What fits a query, best first; `capped` if the hit set was cut."""

    ranked: list[Ranked]
    capped: bool
    query: Query | Guess


def search(
    view: View, query: str, kinds: Collection[str] = (), limit: int = 25, skip: int = 0
) -> SearchAnswer:
    """The entities that a query fits, by match, then degree, then id; empty if none does.

    Names in any language or spelling, ids, former ids and identifiers are looked up; only
    if nothing fits, names that are one slip away are told, each as a guess (`typo`).
    `next` is how many to skip to go on. BadRequest for an unknown kind or too long a query.
    """
    _check(query, kinds)
    ground = Ground(view)
    found = _fitting(ground, query, kinds, shown=True)
    if not found.ranked:
        found = _near(ground, query, kinds)
    page = found.ranked[skip : skip + limit]
    refs = ground.refs(key for _, key in page)
    nodes = ground.nodes(refs)
    return SearchAnswer(
        results=tuple(
            Found(
                entity=refs[key],
                matched=_matched(found.query, nodes[key]) if rank >= 0 else query.strip(),
                match=_match(rank),
            )
            for rank, key in page
        ),
        next=str(skip + limit) if len(found.ranked) > skip + limit else None,
        capped=found.capped,
        dataset_version=view.version(),
    )


def resolve(view: View, name: str, kinds: Collection[str] = ()) -> str:
    """The one id that a name means: exactly so called, or the only one that fits.

    A name may be led by what contains it: "광주 북구". Ambiguous with the candidates if
    several fit. NotFound if none does; what begins as the name was typed, or is a slip
    away, is never taken for it but told there as `near`.
    """
    _check(name, kinds)
    ground = Ground(view)
    found = _by_key(ground, name, kinds)
    if found:
        return found[0].id
    named = _named(ground, name, kinds)
    exact = _whole(named)
    chosen = exact or _within(ground, name, kinds) or named
    if not chosen:
        raise NotFound(name, near=_labels(ground, _guessed(ground, name, kinds)))
    if len(chosen) > 1:
        raise Ambiguous(name, _labels(ground, chosen))
    return chosen[0][1]


def _check(query: str, kinds: Collection[str]) -> None:
    if not query.strip():
        raise BadRequest("q", "nothing is asked for: give a name, an id or a part of one")
    if len(query) > MAX_QUERY:
        raise BadRequest("q", f"a name has at most {MAX_QUERY} characters")
    for kind in kinds:
        if kind not in NODE_CLASSES:
            raise BadRequest("kind", f"{kind[:40]!r} is no kind; use {', '.join(NODE_CLASSES)}")


def _fitting(ground: Ground, text: str, kinds: Collection[str], *, shown: bool = False) -> Findings:
    """What answers to a text as a key, then what its names fit; never a guess.

    If that is to be shown, what shows it is read at once.

    A name that is wholly the text is found even where more than the cap hold its parts.
    """
    query = Query(text)
    seek = ground.look if shown else ground.view.search
    hits = seek(query.alternatives, kinds)
    found = hits.found
    if hits.capped:  # all others have fewer claims, so these go behind
        there = set(found)
        whole = ground.view.search(query.whole, kinds).found
        found += tuple(hit for hit in whole if hit not in there)
    ranked = _ranked(query, found)
    keyed = [(-1, node.id) for node in _by_key(ground, text, kinds)]
    ids = {key for _, key in keyed}
    ranked = [one for one in ranked if one[1] not in ids] if ids else ranked
    return Findings([*keyed, *ranked], hits.capped, query)


def _guessed(ground: Ground, text: str, kinds: Collection[str]) -> list[Ranked]:
    """What may be meant by a text that names nothing."""
    return _fitting(ground, text, kinds).ranked or _near(ground, text, kinds).ranked


def _near(ground: Ground, text: str, kinds: Collection[str]) -> Findings:
    """What is one slip away from a text."""
    guess = Guess(text)
    hits = ground.view.search(guess.alternatives, kinds)
    return Findings(_ranked(guess, hits.found), hits.capped, guess)


def _ranked(query: Query | Guess, hits: Iterable[Hit]) -> list[Ranked]:
    """Those that fit, by rank, of one rank in the order given."""
    told = ((query.rank(hit.names), hit.id) for hit in hits)
    return sorted(((rank, key) for rank, key in told if rank is not None), key=itemgetter(0))


def _match(rank: int) -> Match:
    return RANKS[rank] if rank >= 0 else Match.KEY


def _whole(ranked: Iterable[Ranked]) -> list[Ranked]:
    return [one for one in ranked if _match(one[0]) is Match.WHOLE]


def _matched(query: Query | Guess, node: Node) -> str:
    """The name of a node that fits a query best."""
    told = ((query.rank(lined([name])), name) for name in names_of(node))
    return min((rank, name) for rank, name in told if rank is not None)[1]


def _by_key(ground: Ground, text: str, kinds: Collection[str]) -> list[Node]:
    """The nodes that answer to this as an id, a former id or an identifier."""
    found = {ground.view.find(key) for key in _keys(text.strip())}
    nodes = ground.nodes(one for one in found if one is not None).values()
    return [node for node in nodes if not kinds or node.kind in kinds]


def _keys(text: str) -> list[str]:
    """The keys that a text may be: as it stands, a bare item of Wikidata, a bare code."""
    if _QID.fullmatch(text):
        return [f"wikidata:{text.upper()}"]
    if _NUMBER.fullmatch(text):
        return [f"{scheme}:{text}" for scheme in _NUMBERED]
    scheme, colon, value = text.partition(":")
    return [f"{scheme.lower()}:{value}"] if colon else []


def _within(ground: Ground, name: str, kinds: Collection[str]) -> list[Ranked]:
    """What the last word names, within what the words before it name."""
    outer, _, inner = name.strip().rpartition(" ")
    if not outer:
        return []
    areas = {key for _, key in _named(ground, outer, ("City", "Country"))}
    named = _named(ground, inner, kinds) if areas else []
    return [one for one in _whole(named) or named if _lies_within(ground, one[1], areas)]


def _named(ground: Ground, text: str, kinds: Collection[str]) -> list[Ranked]:
    """What a text names, if not as it may be typed on."""
    ranked = _fitting(ground, text, kinds).ranked
    return [one for one in ranked if _match(one[0]) is not Match.TYPED]


def _lies_within(ground: Ground, node_id: str, areas: Collection[str]) -> bool:
    around = ground.containers(ground.seats((node_id,))) - {node_id}
    return bool(around & set(areas)) or bool(ground.countries(node_id) & set(areas))


def _labels(ground: Ground, ranked: Sequence[Ranked]) -> list[tuple[str, str]]:
    """The first candidates' ids, and their names with what tells them from their namesakes."""
    found = ground.refs(key for _, key in ranked[:_CANDIDATES])
    refs = {key: found[key] for _, key in ranked[:_CANDIDATES]}
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
