"""Ties of trading cities with which no trade is on record."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.questions.rules.rule import Match, Rule
from graph.store import walk_claims
from graph.values import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.claims import Tie
    from graph.questions.rules.survey import Survey


def _without_trade(survey: Survey) -> Iterator[Match]:
    """One finding for each city that sent a mission: its partners that no trade is told of.

    Cities whose trade nobody has read about are left out: a list of ties tells none.
    """
    ties = _lasting_ties(survey)
    reached = _reached(survey)
    for city in sorted(reached.keys() & ties.keys()):
        silent = {p: told for p, told in ties[city].items() if p not in reached[city]}
        if silent:
            claims = [claim for partner in sorted(silent) for claim in silent[partner]]
            values = {"silent": str(len(silent)), "ties": str(len(ties[city]))}
            yield Match((city,), claims, values, tuple(sorted(silent)))


def _lasting_ties(survey: Survey) -> dict[str, dict[str, list[Tie]]]:
    """The ties of each city by partner, without those only proposed or over."""
    found: dict[str, dict[str, list[Tie]]] = defaultdict(dict)
    for (one, other), claims in survey.city_ties.items():
        if any(claim.status in {Status.SIGNED, Status.IN_FORCE} for claim in claims):
            found[one][other] = found[other][one] = claims
    return found


def _reached(survey: Survey) -> dict[str, set[str]]:
    """For each city that sent a mission, the cities where it or a firm of it traded."""
    senders: dict[str, set[str]] = defaultdict(set)
    for claim in walk_claims(survey.view, "SENT"):
        for city in (claim.from_, *survey.around(claim.from_)):
            senders[claim.to].add(city)
    survey.ground.out(senders, "VISITED")
    reached: dict[str, set[str]] = {city: set() for found in senders.values() for city in found}
    for mission, cities in survey.in_time(senders.items()):
        met = {claim.to for claim in survey.ground.out((mission,), "VISITED")}
        places = survey.ground.containers(survey.ground.seats(met))
        for city in cities:
            reached[city] |= places
    survey.warm_deals(deal.id for deal in survey.deals)
    for deal in survey.in_time(survey.deals):
        for city in survey.homes_of(deal.id) & reached.keys():
            reached[city] |= survey.partners_of(deal.id)
    return reached


RULES = (
    Rule(
        "ties_without_trade",
        "info",
        "of {ties} partners no source read reports trade with {silent}",
        "read more sources about these partners; no evidence is not no benefit",
        _without_trade,
    ),
)
