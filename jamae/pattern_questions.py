"""What only the whole graph answers, as people ask it: things are named in any language.

Each function makes a question for `GraphStore.read`, as those of `jamae.ask` do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.claims import PARTNERS, PATH_KINDS, PLACES
from jamae.ask import MAX_HOPS, MAX_PATHS, MAX_RESULTS, among, bounded, each, maybe, named, naming

if TYPE_CHECKING:
    from collections.abc import Collection

    from graph.questions.patterns import (
        BrokersAnswer,
        ChainsAnswer,
        CommunitiesAnswer,
        GapsAnswer,
        SimilarAnswer,
    )
    from graph.store import View
    from jamae.ask import Question


def brokers(
    home: Collection[str] = (),
    partner: Collection[str] = (),
    among: Collection[str] = (),
    kinds: Collection[str] = PATH_KINDS,
    max_hops: int = 3,
    limit: int = 25,
) -> Question[BrokersAnswer]:
    """Who stands between firms and partners in other countries, by score."""
    from graph.questions.brokers import BROKERS, Asked
    from graph.questions.brokers import MAX_HOPS as FARTHEST
    from graph.questions.brokers import brokers as ask

    bounded("max_hops", max_hops, FARTHEST)
    bounded("limit", limit, MAX_RESULTS)
    return lambda view: ask(
        view,
        Asked(
            home=tuple(each(view, "home", home, PLACES | {"Firm"})),
            partner=tuple(each(view, "partner", partner, PLACES | PARTNERS)),
            kinds=kinds,
            among=among or BROKERS,
            max_hops=max_hops,
        ),
        limit,
    )


def gaps(places: Collection[str], limit: int = 25) -> Question[GapsAnswer]:
    """The ties of cities, or of the cities in countries, without any trade on record."""
    from graph.questions.gaps import gaps as ask

    bounded("limit", limit, MAX_RESULTS)
    return lambda view: ask(view, each(view, "place", places, PLACES), limit)


def similar(city: str, places: Collection[str] = (), limit: int = 25) -> Question[SimilarAnswer]:
    """The cities that share partners with a city, and the partners they have and it lacks."""
    from graph.questions.similar import similar as ask

    bounded("limit", limit, MAX_RESULTS)

    def question(view: View) -> SimilarAnswer:
        with naming("city"):
            who, among = named(view, "city", city, {"City"}), each(view, "place", places, PLACES)
            return ask(view, who, among, limit)

    return question


def communities(
    places: Collection[str] = (),
    city: str | None = None,
    by: str = "both",
    members: int = 10,
    limit: int = 25,
) -> Question[CommunitiesAnswer]:
    """The clusters of cities by ties and trade, the largest first."""
    from graph.questions.communities import MAX_MEMBERS, Asked, By
    from graph.questions.communities import communities as ask

    bounded("members", members, MAX_MEMBERS)
    bounded("limit", limit, MAX_RESULTS)
    chosen: By = among("by", By, by)
    return lambda view: ask(
        view,
        Asked(
            places=tuple(each(view, "place", places, PLACES)),
            city=maybe(view, "city", city, {"City"}),
            by=chosen,
            members=members,
        ),
        limit,
    )


def chains(
    start: str,
    goal: str,
    kinds: Collection[str] = PATH_KINDS,
    max_hops: int = 6,
    k: int = 3,
) -> Question[ChainsAnswer]:
    """The shortest chains between two firms, those over few neighbours first."""
    from graph.questions.chains import chains as ask

    bounded("max_hops", max_hops, MAX_HOPS)
    bounded("k", k, MAX_PATHS)

    def question(view: View) -> ChainsAnswer:
        ends = named(view, "start", start, {"Firm"}), named(view, "goal", goal, {"Firm"})
        return ask(view, *ends, kinds, max_hops, k)

    return question
