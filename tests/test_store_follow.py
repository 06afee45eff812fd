"""What every store promises of steps that build on one another: run on each, written once."""

from collections.abc import Callable
from itertools import combinations
from random import Random

import pytest

from graph.claims import CLAIM_CLASSES, CLAIM_KINDS, Claim, PartOf, SameDealAs
from graph.following import Direction, Step
from graph.nodes import NODE_KINDS, Deal, kind_of
from graph.search import Query
from graph.store import FEW, GraphStore, View
from tests import random_graphs
from tests.store_contents import city, source, told

WAYS: tuple[Direction, ...] = ("out", "in", "both")
Reading = tuple[set[str], set[str], set[str]]
"""Where a step read, the claims' ids, and what it leads to."""


@pytest.fixture
def filled(store: GraphStore) -> GraphStore:
    """A store with some 50 nodes and 130 claims."""
    rng = random_graphs.seeded(8)
    for number in range(6):
        store.write(random_graphs.batch(rng, number, size=16))
    return store


def random_steps(rng: Random, ids: list[str]) -> tuple[Step, ...]:
    steps: list[Step] = []
    for _ in range(rng.randrange(1, 6)):
        kinds = rng.sample(CLAIM_KINDS, rng.choice([1, 2, 6, len(CLAIM_KINDS)]))
        steps.append(
            Step(
                tuple(kinds),
                rng.choice(WAYS),
                frozenset(rng.sample([*ids, "city:unheard-of"], rng.randrange(4))),
                tuple(rng.sample(steps, rng.randrange(len(steps) + 1))),
                frozenset(rng.sample(NODE_KINDS, rng.choice([0, 0, 1, 4]))),
                again=rng.random() < 0.3,
                nodes=rng.random() < 0.5,
                sources=rng.random() < 0.5,
            )
        )
    return tuple(steps)


def far(claims: list[Claim], step: Step, one: str) -> list[tuple[Claim, str]]:
    """The claims that a step reads at a node, with their other ends, by the rules as told."""
    found = []
    for claim in claims:
        either = step.way == "both" or not CLAIM_CLASSES[claim.kind].directed
        if claim.kind in step.kinds and claim.from_ == one and (either or step.way == "out"):
            found.append((claim, claim.to))
        if claim.kind in step.kinds and claim.to == one and (either or step.way == "in"):
            found.append((claim, claim.from_))
    return found


def naive(claims: list[Claim], steps: tuple[Step, ...]) -> list[Reading]:
    """What steps read, a node and a claim at a time."""
    found: dict[Step, Reading] = {}
    for step in steps:
        led_to = {one for before in step.after for one in found[before][2]}
        at = {one for one in led_to if not step.only or kind_of(one) in step.only} | step.ids
        waiting, read, ends = list(at), set(), set()
        while waiting:
            for claim, end in far(claims, step, waiting.pop()):
                read.add(claim.id)
                ends.add(end)
                if step.again and end not in at:
                    at.add(end)
                    waiting.append(end)
        found[step] = (at, read, at if step.again else ends)
    return [found[step] for step in steps]


def with_random_steps(
    store: GraphStore, check: Callable[[View, list[Claim], tuple[Step, ...]], int]
) -> None:
    def ask(view: View) -> int:
        claims = [claim for kind in CLAIM_KINDS for claim in view.all_claims(kind)]
        rng = random_graphs.seeded(3)
        ids = [node.id for kind in NODE_KINDS for node in view.nodes(kind)]
        return sum(check(view, claims, random_steps(rng, ids)) for _ in range(12))

    assert store.read(ask, seconds=170) > 100


def test_steps_read_what_they_lead_to(filled: GraphStore) -> None:
    def check(view: View, claims: list[Claim], steps: tuple[Step, ...]) -> int:
        told = view.follow(steps)
        wanted = naive(claims, steps)
        every = {claim.id: claim for claim in claims}
        sources, near = set(), set()
        for step, reading, (at, read, leads_to) in zip(steps, told.readings, wanted, strict=True):
            assert set(reading.at) == at
            assert set(reading.leads_to) == leads_to
            assert list(reading.claims) == [every[one] for one in sorted(read)]
            assert [claim.stated_ends for claim in reading.claims] == [
                every[one].stated_ends for one in sorted(read)
            ]
            sources |= {every[one].source for one in read} if step.sources else set()
            near |= at if step.nodes else set()
        assert {one: told.nodes[one] for one in {*sources, *near} & told.nodes.keys()} == view.get(
            {*sources, *near}
        )
        return sum(len(reading.claims) for reading in told.readings)

    with_random_steps(filled, check)


def test_traces_are_the_ends_of_what_steps_read(filled: GraphStore) -> None:
    def check(view: View, claims: list[Claim], steps: tuple[Step, ...]) -> int:
        traced = view.trace(steps)
        for step, ends, (at, _, _) in zip(steps, traced, naive(claims, steps), strict=True):
            wanted = {one: {end for _, end in far(claims, step, one)} - {one} for one in at}
            assert ends == {one: others for one, others in wanted.items() if others}
        return 10 * sum(map(len, traced))

    with_random_steps(filled, check)


@pytest.mark.parametrize("way", WAYS)
def test_what_all_hangs_together_is_not_walked_along_every_way(
    store: GraphStore, way: Direction
) -> None:
    by = source("press")
    deals = [Deal(id=f"deal:{at:02}") for at in range(16)]
    ties = [
        SameDealAs(from_=one.id, to=other.id, source=by.id) for one, other in combinations(deals, 2)
    ]
    store.write([*told(by, *deals), *ties])
    step = Step(("PART_OF_DEAL", "SAME_DEAL_AS"), way, frozenset([deals[0].id]), again=True)
    [read] = store.read(lambda view: view.follow((step,)).readings, seconds=30)
    assert read.at == {deal.id for deal in deals}
    assert len(read.claims) == len(ties)


@pytest.mark.parametrize("more", [0, 1])
def test_few_hits_are_read_about_and_many_are_not(store: GraphStore, more: int) -> None:
    whole = city("whole", names={"ko": "경기"})
    parts = [city(f"p{at}", names={"ko": f"수원{at}"}) for at in range(FEW + more)]
    article = source("article")
    store.write(
        [
            *told(article, whole, *parts),
            *(PartOf(from_=part.id, to=whole.id, source=article.id) for part in parts),
        ]
    )
    step = Step(("PART_OF",), "out", again=True, nodes=True)
    asked = Query("수원").alternatives

    def ask(view: View) -> None:
        hits, found = view.look(asked, ["City"], step)
        assert len(hits.found) == len(parts)
        assert hits == view.search(asked, ["City"])
        seeded = step._replace(ids=frozenset() if more else frozenset(one.id for one in parts))
        assert found == view.follow((seeded,))
        assert (whole.id in found.nodes) is not bool(more)

    store.read(ask)
