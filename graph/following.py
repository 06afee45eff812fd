"""Readings that build on one another, asked of a store at once.

A question that knows what it will ask of what a reading leads to says so in steps. A store
that is far away answers all of them in one go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from graph.claims import CLAIM_CLASSES
from graph.nodes import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from graph.claims import Claim
    from graph.nodes import Node

    Read = Callable[[int, Collection[str]], Sequence[Claim]]
    """Read the claims of the nth step at a frontier, in the order of their ids."""
    Look = Callable[[int, Collection[str]], Mapping[str, frozenset[str]]]
    """Tell the far ends of the nth step from each id of a frontier."""

Direction = Literal["out", "in", "both"]


class Step(NamedTuple):
    """Reading the claims of these kinds at `ids`, and at what the steps `after` led to.

    A step leads to the far ends of its claims. `only`: of what steps before led to, these
    kinds of node alone. `again`: read on at the far ends for as long as there are new ones;
    that leads to all that was read at. `nodes`: the nodes read at are wanted too, and
    `sources` those of the claims.
    """

    kinds: tuple[str, ...]
    way: Direction = "both"
    ids: frozenset[str] = frozenset()
    after: tuple[Step, ...] = ()
    only: frozenset[str] = frozenset()
    again: bool = False
    nodes: bool = False
    sources: bool = False


class Reading(NamedTuple):
    """What a step read: at which ids, the claims there, each once, and where that leads."""

    at: frozenset[str]
    claims: Sequence[Claim]
    leads_to: frozenset[str]


class Followed(NamedTuple):
    """What steps read, step by step, and the nodes that were wanted, by id."""

    readings: tuple[Reading, ...]
    nodes: Mapping[str, Node]


def readings(steps: Sequence[Step], read: Read) -> tuple[Reading, ...]:
    """What each step reads, given what reads the claims of one at a frontier."""
    found: dict[Step, Reading] = {}
    for at, step in enumerate(steps):
        near = _start(step, (found[one].leads_to for one in step.after))
        found[step] = _closed(at, step, near, read) if step.again else _once(at, step, near, read)
    return tuple(found[step] for step in steps)


def _start(step: Step, before: Iterable[Collection[str]]) -> set[str]:
    """Where a step begins to read, given what the steps before it led to."""
    led_to = set().union(*before)
    return {one for one in led_to if not step.only or kind_of(one) in step.only} | step.ids


def _once(at: int, step: Step, near: set[str], read: Read) -> Reading:
    claims = read(at, near) if near else ()
    return Reading(frozenset(near), claims, frozenset(far_ends(claims, near, step.way)))


def _closed(at: int, step: Step, near: set[str], read: Read) -> Reading:
    """Reading on and on, until nothing new is reached."""
    reached = set(near)
    claims: dict[str, Claim] = {}
    while near:
        told = read(at, near)
        claims.update((claim.id, claim) for claim in told)
        near = far_ends(told, near, step.way) - reached
        reached |= near
    every = frozenset(reached)
    return Reading(every, [claims[key] for key in sorted(claims)], every)


def traces(steps: Sequence[Step], read: Look) -> tuple[Mapping[str, frozenset[str]], ...]:
    """For each step the far ends of each id that it reads at, given what tells them."""
    found: dict[Step, dict[str, frozenset[str]]] = {}
    leads_to: dict[Step, Collection[str]] = {}
    for at, step in enumerate(steps):
        ends: dict[str, frozenset[str]] = {}
        near = _start(step, (leads_to[one] for one in step.after))
        while near:
            told = read(at, near)
            ends.update((one, told.get(one, frozenset())) for one in near)
            near = set().union(*told.values()) - ends.keys() if step.again else set()
        found[step] = {one: others for one, others in ends.items() if others}
        leads_to[step] = ends.keys() if step.again else set().union(*ends.values())
    return tuple(found[step] for step in steps)


def far_ends(claims: Iterable[Claim], at: Collection[str], way: Direction) -> set[str]:
    """Where claims lead to that were read at these ids."""
    ends = set()
    for claim in claims:
        either = way == "both" or not claim.directed
        if claim.from_ in at and (either or way == "out"):
            ends.add(claim.to)
        if claim.to in at and (either or way == "in"):
            ends.add(claim.from_)
    return ends


def wanted(steps: Iterable[Step], found: Iterable[Reading]) -> set[str]:
    """The ids of the nodes that the steps want."""
    ids: set[str] = set()
    for step, reading in zip(steps, found, strict=True):
        if step.nodes:
            ids |= reading.at
        if step.sources:
            ids.update(claim.source for claim in reading.claims)
    return ids


def touching(claims: Iterable[Claim], at: Collection[str], way: Direction) -> list[Claim]:
    """Those claims that a step this way reads at these ids."""
    return [claim for claim in claims if far_ends((claim,), at, way)]


def split(kinds: Iterable[str], way: Direction) -> tuple[list[str], list[str]]:
    """These kinds in order: those that are followed one way only, and those either way."""
    known = sorted(CLAIM_CLASSES.keys() & set(kinds))
    either = [kind for kind in known if way == "both" or not CLAIM_CLASSES[kind].directed]
    return [kind for kind in known if kind not in either], either
