"""What lies between and alike, compared with a second reading on random worlds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

import pytest

from graph.questions.gaps import gaps
from graph.questions.similar import similar
from graph.store import GraphStore, View
from tests import naive_patterns
from tests.naive import Facts, gather
from tests.naive_views import Compared
from tests.random_facts import world
from tests.random_graphs import seeded
from tests.test_against_naive import filled

SEEDS = range(40)
LEAST = {"gaps": 300, "gap": 150, "traded": 400, "similar": 300, "lacked": 100}


def compared(view: View, facts: Facts, rng: Random) -> Iterator[Compared]:
    """Every question about one world."""
    for places in some_places(facts, rng):
        yield gaps_compared(view, facts, places)

    for city in facts.all_of("City"):
        yield similar_compared(view, facts, city, rng.choice(([], ["country:id"], ["city:hx"])))


def some_places(facts: Facts, rng: Random) -> list[list[str]]:
    """Each city alone, each country, and some of both together."""
    every = facts.all_of("City", "Country")
    return [*([place] for place in every), rng.sample(every, 3)]


def gaps_compared(view: View, facts: Facts, places: list[str]) -> Compared:
    answer = gaps(view, places, limit=200)
    product = answer.tied, [(gap.home.id, gap.partner.id) for gap in answer.gaps]
    assert answer.tied == answer.with_trade + len(answer.gaps)
    return Compared(f"gaps {places}", product, naive_patterns.gaps(facts, places))


def similar_compared(view: View, facts: Facts, city: str, places: list[str]) -> Compared:
    places = [one for one in places if one in facts.nodes]
    answer = similar(view, city, places, limit=200)
    scores = {one.city.id: one.score for one in answer.similar}
    lacked = {one.partner.id: {held.id for held in one.held_by} for one in answer.lacking}
    assert [*scores] == sorted(scores, key=lambda one: (-scores[one], one))
    weights = [
        (-len(held), -sum(scores[one.id] for one in line.held_by), line.partner.id)
        for line, held in zip(answer.lacking, lacked.values(), strict=True)
    ]
    assert weights == sorted(weights)
    return Compared(
        f"similar {city} {places}", (scores, lacked), naive_patterns.similar(facts, city, places)
    )


def seen(one: Compared) -> Counter[str]:
    """How much of what matters a comparison held."""
    assert isinstance(one.product, tuple)
    name, (first, second) = one.question.partition(" ")[0], one.product
    if name == "gaps":
        return Counter(gap=len(second), traded=first - len(second))
    return Counter(lacked=len(second))


@pytest.mark.parametrize("chunk", range(4))
def test_answers_are_those_of_the_second_reading(
    chunk: int, new_sqlite_store: Callable[[], GraphStore]
) -> None:
    ran: Counter[str] = Counter()
    for seed in SEEDS[chunk::4]:
        told = world(seed, sources=2 + seed % 2)
        facts, store = gather(told.claims), filled(new_sqlite_store(), told)
        for one in store.read(lambda v: list(compared(v, facts, seeded(seed))), seconds=600):  # noqa: B023
            assert one.product == one.naive, f"seed {seed}: {one.question}"
            ran[one.question.partition(" ")[0]] += 1
            ran.update(seen(one))
    assert ran >= Counter({name: least // 4 for name, least in LEAST.items()}), ran
