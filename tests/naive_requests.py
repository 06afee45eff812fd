"""Every question with arguments chosen at random, to be asked of several stores."""

from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import get_args

from graph.claims import CLAIM_KINDS, PATH_KINDS
from graph.dates import PartialDate
from graph.following import Direction
from graph.hangul import initials
from graph.questions import entities
from graph.questions.answers import Answer
from graph.questions.beneficiaries import beneficiaries, benefits
from graph.questions.brokers import BROKERS, brokers
from graph.questions.brokers import Asked as Between
from graph.questions.chains import chains
from graph.questions.checks import checks
from graph.questions.communities import Asked, By, communities
from graph.questions.connections import paths
from graph.questions.finding import search
from graph.questions.gaps import gaps
from graph.questions.neighbourhood import neighbourhood
from graph.questions.similar import similar
from graph.questions.ties import ties
from graph.questions.totals import totals
from graph.store import View
from graph.values import Grade
from tests.naive import Facts
from tests.naive_views import a_date, random_filters

Question = Callable[[View], Answer]
DIRECTIONS: tuple[Direction, ...] = ("both", "out", "in")


def questions(facts: Facts, rng: Random) -> Iterator[tuple[str, Question]]:
    """Every question about one world, named."""
    nodes = sorted(facts.nodes)
    for partner in facts.all_of("City", "Organization"):
        home: str | None = rng.choice([None, *facts.all_of("City")])
        day: PartialDate | None = rng.choice((None, a_date(rng)))
        least = rng.choice(list(Grade))
        yield "beneficiaries", partial(beneficiaries, partner=partner)
        yield (
            "beneficiaries",
            partial(beneficiaries, partner=partner, home=home, as_of=day, min_grade=least),
        )
        yield "ties", partial(ties, entity=partner, as_of=day)
    for firm in facts.all_of("Firm"):
        yield "benefits", partial(benefits, firm=firm)
        yield "ties", partial(ties, entity=firm)
    for _ in range(12):
        yield "totals", partial(totals, filters=random_filters(facts, rng))
    for node in rng.sample(nodes, 10):
        yield "entity", partial(entities.entity, node_id=node)
        yield "neighbourhood", a_neighbourhood(rng, node)
        yield "paths", some_paths(rng, node, rng.choice(nodes))
        yield "search", partial(search, query=a_query(facts, rng), kinds=some_kinds(facts, rng))
    for claim in rng.sample(facts.claims, 5):
        yield "claim", partial(entities.claim, claim_id=claim.id)
    for source in facts.all_of("Source"):
        yield "source", partial(entities.source, source_id=source, limit=rng.randint(1, 200))
    yield from patterns(facts, rng)
    yield "sources", partial(entities.sources, limit=2)
    yield "checks", checks


def patterns(facts: Facts, rng: Random) -> Iterator[tuple[str, Question]]:
    """What lies between and alike."""
    for place in facts.all_of("City", "Country"):
        yield "gaps", partial(gaps, places=[place], limit=rng.choice((2, 200)))
    firms = facts.all_of("Firm")
    for firm in firms:
        yield "chains", some_chains(rng, firm, rng.choice(firms))
    for _ in range(10):
        yield "brokers", partial(brokers, asked=some_ends(facts, rng), limit=rng.choice((2, 200)))
    for by in get_args(By):
        some = tuple(rng.sample(facts.all_of("City", "Country"), rng.choice((0, 2))))
        yield "communities", partial(communities, asked=Asked(places=some, by=by))
    for city in facts.all_of("City"):
        yield "communities", partial(communities, asked=Asked(city=city, members=1))
        yield "similar", partial(similar, city=city, limit=rng.choice((2, 200)))


def a_neighbourhood(rng: Random, node: str) -> Question:
    """What lies around a node, cut or whole."""
    return partial(
        neighbourhood,
        center=node,
        kinds=path_kinds(rng),
        direction=rng.choice(DIRECTIONS),
        depth=rng.randint(1, 3),
        limit=rng.choice((5, 200)),
    )


def some_paths(rng: Random, start: str, goal: str) -> Question:
    """How two nodes are connected."""
    hops, k = rng.randint(1, 4), rng.randint(1, 10)
    return partial(paths, start=start, goal=goal, kinds=path_kinds(rng), max_hops=hops, k=k)


def some_chains(rng: Random, start: str, goal: str) -> Question:
    """The chains between two firms."""
    hops, k = rng.randint(1, 5), rng.randint(1, 10)
    return partial(chains, start=start, goal=goal, kinds=path_kinds(rng), max_hops=hops, k=k)


def some_ends(facts: Facts, rng: Random) -> Between:
    """Firms and partners to stand between."""
    return Between(
        home=tuple(rng.sample(facts.all_of("City", "Country", "Firm"), rng.choice((0, 1, 2)))),
        partner=tuple(
            rng.sample(facts.all_of("City", "Country", "Organization"), rng.choice((0, 1, 3)))
        ),
        kinds=path_kinds(rng),
        among=rng.choice((BROKERS, ("Firm", "Deal", "Mission"))),
        max_hops=rng.randint(1, 4),
    )


def path_kinds(rng: Random) -> list[str]:
    """The usual kinds of claim, all, or some."""
    every = sorted(CLAIM_KINDS)
    return rng.choice((sorted(PATH_KINDS), every, every, rng.sample(every, 8)))


def some_kinds(facts: Facts, rng: Random) -> list[str]:
    """Some kinds of node, mostly any."""
    every = sorted({node.kind for node in facts.nodes.values()})
    return rng.choice(([], [], rng.sample(every, 2)))


def a_query(facts: Facts, rng: Random) -> str:
    """A name or a part of one, its first consonants, one with a slip, or what is none."""
    names = [
        name for node in facts.nodes.values() for name in (*node.names.values(), *node.spellings)
    ]
    name = rng.choice([*sorted(names), "zz", "북구"])
    cut = rng.randint(1, len(name))
    swapped = name[: cut - 1] + name[cut - 1 : cut + 1][::-1] + name[cut + 1 :]
    typed = initials(name) or name
    return rng.choice((name, name[:cut], name[-cut:], name.upper(), swapped, typed, typed[:2]))
