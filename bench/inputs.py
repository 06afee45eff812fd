"""What the workload asks: the same of every column, chosen by the world alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

    from bench.telling import Teller
    from bench.world import World


@dataclass(frozen=True)
class Inputs:
    """Node ids, pairs of them, and words to search for."""

    lookups: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    city_pairs: list[tuple[str, str]] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    """Cities that a mission visited, by visits, the most first, evenly from all ranks."""
    medians: list[str] = field(default_factory=list)
    hubs: list[str] = field(default_factory=list)
    tied: list[str] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)


def choose(teller: Teller) -> Inputs:
    """The inputs for a world that was told to its end."""
    world, rng = teller.world, teller.world.rng("inputs")
    visited = sorted(
        (city for city, visits in enumerate(teller.visits) if visits),
        key=lambda city: (-teller.visits[city], city),
    )
    tied = sorted((c for c, n in enumerate(teller.ties) if n), key=lambda c: (-teller.ties[c], c))
    middle = len(visited) // 2
    return Inputs(
        lookups=[_any_node(world, rng) for _ in range(400)],
        around=[_any_node(world, rng, claims=True) for _ in range(200)],
        pairs=[_pair(world, rng) for _ in range(100)],
        city_pairs=[
            (_city(world.home_city(rng)), _city(world.foreign_city(rng))) for _ in range(100)
        ],
        partners=[_city(city) for city in _evenly(visited, 100)],
        medians=[_city(city) for city in visited[middle : middle + 40]],
        hubs=[_city(city) for city in visited[:3]],
        tied=[_city(city) for city in _evenly(tied, 100)],
        words=_words(world, rng),
    )


def _evenly(ranked: list[int], number: int) -> list[int]:
    """So many of them, the first and every further at equal distances."""
    return [ranked[at * len(ranked) // number] for at in range(min(number, len(ranked)))]


def _city(number: int) -> str:
    return f"city:b{number:06d}"


def _firm(world: World, rng: Random) -> str:
    return f"firm:b{rng.randrange(world.shape.firms):07d}"


def _any_node(world: World, rng: Random, *, claims: bool = False) -> str:
    """A node of any kind as often as there are such nodes; of those that path kinds touch."""
    shape = world.shape
    kinds = {
        "city": (shape.cities, 6),
        "firm": (0 if claims else shape.firms, 7),
        "mission": (shape.missions, 6),
        "event": (shape.events, 6),
        "deal": (shape.mission_deals, 7),
    }
    kind = rng.choices(list(kinds), [number for number, _ in kinds.values()])[0]
    number, digits = kinds[kind]
    return f"{kind}:b{rng.randrange(number):0{digits}d}"


def _pair(world: World, rng: Random) -> tuple[str, str]:
    """A city at home or a mission, and a city abroad."""
    start = _city(world.home_city(rng))
    if rng.random() < 0.3:
        start = f"mission:b{rng.randrange(world.shape.missions):06d}"
    return start, _city(world.foreign_city(rng))


def _words(world: World, rng: Random) -> dict[str, list[str]]:
    """Pieces of names that are there: two syllables, four, the first five Latin letters."""
    firms = [world.firm_node(rng.randrange(world.shape.firms)).names for _ in range(60)]
    cities = [world.city_node(rng.randrange(world.shape.cities)).names for _ in range(30)]
    syllables = [names["ko"] for names in firms if len(names["ko"]) >= 4]
    starts = [re.sub(r" .*", "", names["en"]) for names in (*firms, *cities)]
    return {
        "2 syllables": [names["ko"][:2] for names in cities],
        "4 syllables": [name[:4] for name in syllables][:30],
        "Latin": [start[:6] for start in starts if len(start) >= 6][:30],
    }
