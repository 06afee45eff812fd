"""The questions as functions of a store, for notebooks and scripts."""

from __future__ import annotations

from os import environ
from typing import TYPE_CHECKING

from graph.claims import PATH_KINDS
from graph.settings import Settings
from graph.store import open_store as open_at
from jamae import ask, pattern_questions

if TYPE_CHECKING:
    from collections.abc import Collection

    from graph.following import Direction
    from graph.questions.answers import (
        BeneficiariesAnswer,
        BenefitsAnswer,
        ChecksAnswer,
        EntityAnswer,
        NeighbourhoodAnswer,
        PathsAnswer,
        SearchAnswer,
        TiesAnswer,
        TotalsAnswer,
    )
    from graph.questions.patterns import (
        BrokersAnswer,
        ChainsAnswer,
        CommunitiesAnswer,
        GapsAnswer,
        SimilarAnswer,
    )
    from graph.store import GraphStore


def open_store(url: str | None = None, credentials: tuple[str, str] | None = None) -> GraphStore:
    """Open the store at an address, made if missing; without one the environment's or the default.

    A path that was mistyped so makes an empty store: NotFound then says that it holds nothing.
    `credentials` (user, password) are for Neo4j; without them NEO4J_USERNAME and
    NEO4J_PASSWORD or NEO4J_PASSWORD_FILE. StoreUnavailable names what is wrong.
    """
    settings = Settings.read(environ, {"store": url})
    return open_at(settings.store, credentials or settings.credentials)


def search(
    store: GraphStore, text: str, kinds: Collection[str] = (), limit: int = 25
) -> SearchAnswer:
    """The entities that a text fits, best match first; empty if none does."""
    return store.read(ask.search(text, kinds, limit))


def entity(store: GraphStore, name: str) -> EntityAnswer:
    """All fields of one entity; NotFound or Ambiguous tell what is wrong with a name."""
    return store.read(ask.entity(name))


def ties(store: GraphStore, name: str, as_of: str | None = None) -> TiesAnswer:
    """The ties of a city, body or firm."""
    return store.read(ask.ties(name, as_of))


def neighbours(
    store: GraphStore,
    name: str,
    kinds: Collection[str] = PATH_KINDS,
    direction: Direction = "both",
    depth: int = 1,
    limit: int = 25,
) -> NeighbourhoodAnswer:
    """What lies around an entity, to a depth of three, nearest first."""
    return store.read(ask.neighbours(name, kinds, direction, depth, limit))


def path(
    store: GraphStore,
    start: str,
    goal: str,
    kinds: Collection[str] = PATH_KINDS,
    max_hops: int = 4,
    k: int = 3,
) -> PathsAnswer:
    """The k shortest paths between two entities; no path is an answer."""
    return store.read(ask.path(start, goal, kinds, max_hops, k))


def who_benefits(
    store: GraphStore,
    partner: str,
    home: str | None = None,
    as_of: str | None = None,
    min_grade: str = "co_occurrence",
) -> BeneficiariesAnswer:
    """Which firms benefit from a partner, best grade first, and what is the evidence."""
    return store.read(ask.who_benefits(partner, home, as_of, min_grade))


def benefits(store: GraphStore, firm: str) -> BenefitsAnswer:
    """From which partners a firm benefits: the reverse of `who_benefits`."""
    return store.read(ask.benefits(firm))


def totals(store: GraphStore, **filters: str) -> TotalsAnswer:
    """Sums by stage and currency: city, partner, place, mission, firm, since, until."""
    return store.read(ask.totals(**filters))


def gaps(store: GraphStore, *places: str, limit: int = 25) -> GapsAnswer:
    """The ties of cities, or of the cities in countries, without any trade on record."""
    return store.read(pattern_questions.gaps(places, limit))


def similar(
    store: GraphStore, city: str, places: Collection[str] = (), limit: int = 25
) -> SimilarAnswer:
    """The cities that share partners with a city, and the partners they have and it lacks."""
    return store.read(pattern_questions.similar(city, places, limit))


def communities(
    store: GraphStore,
    places: Collection[str] = (),
    city: str | None = None,
    by: str = "both",
    members: int = 10,
    limit: int = 25,
) -> CommunitiesAnswer:
    """The clusters of cities by ties and trade, the largest first; of a city its own."""
    return store.read(pattern_questions.communities(places, city, by, members, limit))


def chains(
    store: GraphStore,
    start: str,
    goal: str,
    kinds: Collection[str] = PATH_KINDS,
    max_hops: int = 6,
    k: int = 3,
) -> ChainsAnswer:
    """The shortest chains between two firms, those over few neighbours first."""
    return store.read(pattern_questions.chains(start, goal, kinds, max_hops, k))


def brokers(
    store: GraphStore,
    home: Collection[str] = (),
    partner: Collection[str] = (),
    among: Collection[str] = (),
    kinds: Collection[str] = PATH_KINDS,
    max_hops: int = 3,
    limit: int = 25,
) -> BrokersAnswer:
    """Who stands between firms and partners in other countries, by score."""
    return store.read(pattern_questions.brokers(home, partner, among, kinds, max_hops, limit))


def check(
    store: GraphStore, codes: Collection[str] = (), severities: Collection[str] = ()
) -> ChecksAnswer:
    """Everything in the data that a person should look at, of all codes and severities or some."""
    return store.read(ask.check(codes, severities, limit=None), seconds=ask.CHECK_SECONDS)
