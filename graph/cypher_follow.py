"""The statement that follows steps (`graph.following`), made once for each form of them.

It gives rows of many claims, step by step, and of the nodes that were wanted. Of the text
only kinds of node and claim vary, all of the closed vocabulary.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from graph.following import split
from graph.neo4j_codec import claim_fields
from graph.nodes import NODE_CLASSES
from graph.store import FEW

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graph.following import Direction, Step


_SEARCH = """
CALL db.index.fulltext.queryNodes('jamae_tokens', $query) YIELD node AS n
WITH n WHERE $kinds IS NULL OR any(label IN labels(n) WHERE label IN $kinds)
WITH n, COUNT { (n)--() } - COUNT { (n)-[:KEY_OF]-() } AS degree
ORDER BY degree DESC, n.id LIMIT $limit
"""
SEARCH = f"{_SEARCH}RETURN n.id, degree, n.called ORDER BY degree DESC, n.id"
NODE, HIT = -1, -2
"""Stand before nodes, and hits of a search, for the number of their step."""
_IN_A_ROW = 100
"""Claims or nodes that the server tells at once: each row costs the driver as much as one."""
_ARROWS: dict[Direction, tuple[str, str]] = {
    "out": ("-", "->"),
    "in": ("<-", "-"),
    "both": ("-", "-"),
}
_NODE_ROW = "x {.*, tokens: null, called: null}"


class Form(NamedTuple):
    """What of a step the text of its statement depends on; the steps before by their numbers."""

    kinds: tuple[str, ...]
    way: Direction
    seeded: bool
    after: tuple[int, ...]
    only: frozenset[str]
    again: bool
    nodes: bool
    sources: bool


def forms(steps: Sequence[Step]) -> tuple[Form, ...]:
    """The forms of steps."""
    number = {step: at for at, step in enumerate(steps)}
    return tuple(
        Form(
            step.kinds,
            step.way,
            bool(step.ids) or not step.after,
            tuple(number[one] for one in step.after),
            step.only,
            step.again,
            step.nodes,
            step.sources,
        )
        for step in steps
    )


@lru_cache(maxsize=512)
def following(steps: tuple[Form, ...]) -> str:
    """The statement for steps of these forms; the ids of the nth are its parameter `ids<n>`."""
    return _telling(_steps(steps, "c"), steps, {})


@lru_cache(maxsize=512)
def looking(step: Form) -> str:
    """The statement for a search, and for a step of this form that reads at what it found."""
    found = (
        f"CALL () {{ {_SEARCH}RETURN collect(n) AS found, "
        "collect([n.id, degree, n.called]) AS hits }"
    )
    few = f"WITH *, CASE WHEN size(found) <= {FEW} THEN found ELSE [] END AS f0"
    return _telling([found, few, *_reading(0, step, "c")], (step,), {"hits": (HIT, "x")})


def _telling(
    parts: Iterable[str], steps: Sequence[Form], more: Mapping[str, tuple[int, str]]
) -> str:
    """The statement that tells what its parts have read."""
    lists = {f"c{at}": (at, claim_row(step.kinds)) for at, step in enumerate(steps)}
    lists |= {"nodes": (NODE, _NODE_ROW), **more}
    rows = [
        f"UNWIND range(0, size({name}) - 1, {_IN_A_ROW}) AS at "
        f"RETURN {step} AS step, [x IN {name}[at..at + {_IN_A_ROW}] | {row}] AS told"
        for name, (step, row) in lists.items()
    ]
    told = f"CALL ({', '.join(lists)}) {{ {' UNION ALL '.join(rows)} }}"
    return "\n".join([*parts, *_nodes(steps), told, "RETURN step, told"])


@lru_cache(maxsize=512)
def claim_row(kinds: tuple[str, ...]) -> str:
    """A claim `x` as a list: its fields, when it was recorded, ends as stated if moved, ends."""
    fields = ", ".join(f"x.{name}" for name in claim_fields(kinds))
    return (
        f"[{fields}, x.recorded_at, "
        "CASE WHEN startNode(x).id <> x.stated_from OR endNode(x).id <> x.stated_to "
        "THEN [x.stated_from, x.stated_to] END, startNode(x).id, endNode(x).id]"
    )


@lru_cache(maxsize=512)
def expanding(kinds: tuple[str, ...], way: Direction, *, limited: bool) -> str:
    """The statement for the claims of these kinds at nodes `ids`.

    `limited`: to the first ones, and to those of them that are of the parameter's `kinds`.
    """
    one_way, either = split(kinds, way)
    left, right = ("-", "-") if either else _ARROWS[way]
    types = "|".join(sorted((*one_way, *either)))
    this_way = f"AND ({'end' if way == 'in' else 'start'}Node(c) = n OR type(c) IN $undirected) "
    of_kinds = "AND type(c) IN $kinds " if limited else ""
    first = "WITH DISTINCT c ORDER BY c.id LIMIT $limit " if limited else ""
    return (
        f"UNWIND $ids AS id MATCH (n:Node {{id: id}}){left}[c:{types}]{right}() "
        f"USING INDEX SEEK n:Node(id) WHERE c.id > $after {this_way if one_way and either else ''}"
        f"{of_kinds}{first}WITH collect(DISTINCT c) AS found "
        f"UNWIND range(0, size(found) - 1, {_IN_A_ROW}) AS at "
        f"RETURN [x IN found[at..at + {_IN_A_ROW}] | {claim_row(kinds)}]"
    )


@lru_cache(maxsize=512)
def tracing(steps: tuple[Form, ...]) -> str:
    """The statement that tells, for each step, the pairs of ids that its claims join."""
    parts = _steps(steps, "[n.id, m.id]")
    pairs = ", ".join(f"c{at}" for at in range(len(steps)))
    return "\n".join([*parts, f"RETURN {pairs}"])


def _steps(steps: tuple[Form, ...], told: str) -> list[str]:
    parts: list[str] = []
    for at, step in enumerate(steps):
        parts += _start(at, step, [_led_to(one, steps[one]) for one in step.after])
        parts += _reading(at, step, told)
    return parts


def _start(at: int, step: Form, before: Sequence[str]) -> Iterator[str]:
    """`f<n>`: the nodes at which a step begins to read."""
    own = f"s{at}" if before else f"f{at}"
    if step.seeded:
        seek = "MATCH (n:Node {id: id}) USING INDEX SEEK n:Node(id)"
        yield f"CALL () {{ UNWIND $ids{at} AS id {seek} RETURN collect(n) AS {own} }}"
    if before:
        labels = "|".join(sorted(NODE_CLASSES.keys() & step.only))
        narrowed = f" WITH n WHERE n:{labels}" if labels else ""
        yield _collected(before, f"l{at}" if step.seeded else f"f{at}", narrowed)
    if before and step.seeded:
        yield _collected([f"l{at}", own], f"f{at}")


def _reading(at: int, step: Form, told: str) -> Iterator[str]:
    """`c<n>`, what is told of the claims of a step, and `m<n>`, their far ends."""
    one_way, either = split(step.kinds, step.way)
    if step.again:
        yield _closure(at, step, [*one_way, *either], mixed=bool(either))
    near = _read_at(at, step)
    left, right = _ARROWS[step.way]
    ways = [(left, one_way, right), ("-", either, "-")]
    taken = [way for way in ways if way[1]]
    parts = [f"{at}_{part}" if len(taken) > 1 else f"{at}" for part in range(len(taken))]
    for part, (begin, kinds, end) in zip(parts, taken, strict=True):
        yield (
            f"CALL ({near}) {{ UNWIND {near} AS n "
            f"MATCH (n){begin}[c:{'|'.join(kinds)}]{end}(m) "
            f"RETURN collect(DISTINCT {told}) AS c{part}, collect(DISTINCT m) AS m{part} }}"
        )
    if len(taken) != 1:
        claims, ends = (" + ".join(f"{one}{part}" for part in parts) or "[]" for one in "cm")
        yield f"WITH *, {claims} AS c{at}, {ends} AS m{at}"


def _closure(at: int, step: Form, kinds: Sequence[str], *, mixed: bool) -> str:
    """`r<n>`: all nodes that a step reads at that reads on; more if it goes both ways."""
    left, right = ("-", "-") if mixed else _ARROWS[step.way]
    reached = f"MATCH (a){left}[:{'|'.join(kinds)}*0..]{right}(n)"
    return (
        f"CALL (f{at}) {{ UNWIND f{at} AS a {reached} WITH DISTINCT n RETURN collect(n) AS r{at} }}"
    )


def _read_at(at: int, step: Form) -> str:
    """The nodes that a step reads at."""
    return f"r{at}" if step.again else f"f{at}"


def _led_to(at: int, step: Form) -> str:
    """The nodes that a step leads to."""
    return f"r{at}" if step.again else f"m{at}"


def _nodes(steps: Sequence[Form]) -> Iterator[str]:
    """`nodes`: all that the steps want."""
    told = [f"c{at}" for at, step in enumerate(steps) if step.sources]
    held = [_read_at(at, step) for at, step in enumerate(steps) if step.nodes]
    if told:
        yield (
            f"CALL ({', '.join(told)}) {{ UNWIND {' + '.join(told)} AS c "
            "RETURN collect(DISTINCT c.source) AS sources }"
        )
        yield (
            "CALL (sources) { UNWIND sources AS id "
            "MATCH (n:Node {id: id}) USING INDEX SEEK n:Node(id) RETURN collect(n) AS publishers }"
        )
        held.append("publishers")
    yield _collected(held, "nodes")


def _collected(lists: Sequence[str], name: str, narrowed: str = "") -> str:
    """Nodes of several lists, each once. No `UNION`: it would hold the lists once for each node."""
    unwound = f"UNWIND {' + '.join(lists) or '[]'} AS n{narrowed}"
    return f"CALL ({', '.join(lists)}) {{ {unwound} RETURN collect(DISTINCT n) AS {name} }}"
