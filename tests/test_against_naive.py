"""The answers compared with a naive second implementation of domain.md, on random worlds.

Grades, flags, missing flags, evidence, amounts, what is not attributable or unnamed, ties,
coverage, totals and the folded nodes, with and without filters, before and after a source
is retracted. A firm's own question is compared with the same reading of each partner, so
it is the inverse of theirs.
"""

from collections import Counter
from collections.abc import Callable

import pytest

from graph.store import GraphStore
from tests.naive import gather
from tests.naive_views import Compared, everything
from tests.random_facts import World, world
from tests.random_graphs import seeded

CHUNKS, WORLDS = 9, 8
LEAST = 9_000
"""Comparisons that all chunks make together, at the least."""


def compared(store: GraphStore, told: World, seed: int) -> list[Compared]:
    """Everything that is asked of a store that should hold just what is told."""
    facts = gather(told.claims)
    return store.read(lambda view: list(everything(view, facts, seeded(seed))), seconds=600)


def filled(store: GraphStore, told: World) -> GraphStore:
    """The store, with all that the sources of a world say."""
    for batch in told.batches:
        store.write(batch)
    return store


def differences(found: list[Compared]) -> list[str]:
    """What differs, in words."""
    return [
        f"{one.question}\n product: {one.product}\n naive:   {one.naive}"
        for one in found
        if one.product != one.naive
    ]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_answers_are_those_of_the_second_reading(
    chunk: int, new_sqlite_store: Callable[[], GraphStore], capsys: pytest.CaptureFixture[str]
) -> None:
    ran: Counter[str] = Counter()
    seeds = range(chunk * WORLDS, (chunk + 1) * WORLDS)
    for seed in seeds:
        told = world(seed)
        store = filled(new_sqlite_store(), told)
        found = compared(store, told, seed)
        gone = seed % len(told.batches)
        store.retract(told.batches[gone][0].source)
        rest = World([batch for n, batch in enumerate(told.batches) if n != gone])
        found += compared(store, rest, seed)
        assert not differences(found), f"seed {seed}: {differences(found)[0]}"
        ran.update(one.question.partition(" ")[0] for one in found)
    with capsys.disabled():
        told_counts = ", ".join(f"{count} {name}" for name, count in sorted(ran.items()))
        print(f"\nseeds {seeds.start} to {seeds.stop - 1}: {ran.total()} compared ({told_counts})")
    assert ran.total() * CHUNKS >= LEAST
