"""Ties of trading cities with which no trade is on record."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.questions.area import is_abroad
from graph.questions.rules.rule import Match, Rule
from graph.questions.trade import pair_of, trade_of
from graph.store import walk_claims
from graph.values import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from graph.claims import Tie
    from graph.questions.rules.survey import Survey


def _without_trade(survey: Survey) -> Iterator[Match]:
    """One finding for each city that sent a mission: its partners that no trade is told of.

    Cities whose trade nobody has read about are left out: a list of ties tells none. What is
    trade, `graph.questions.trade` says; ties within one country are left out there and here.
    """
    ties = _lasting_ties(survey, _senders(survey))
    traded = trade_of(survey.ground, ties) if ties else {}
    for city in sorted(ties):
        silent = {p: told for p, told in ties[city].items() if pair_of(city, p) not in traded}
        if silent:
            claims = [claim for partner in sorted(silent) for claim in silent[partner]]
            values = {"silent": str(len(silent)), "ties": str(len(ties[city]))}
            yield Match((city,), claims, values, tuple(sorted(silent)))


def _lasting_ties(survey: Survey, cities: Set[str]) -> dict[str, dict[str, list[Tie]]]:
    """The ties of these cities by partner abroad, without those only proposed or over."""
    pairs = [pair for pair in survey.city_ties if not cities.isdisjoint(pair)]
    survey.ground.warm({end for pair in pairs for end in pair})
    found: dict[str, dict[str, list[Tie]]] = defaultdict(dict)
    for one, other in survey.in_time(pairs):
        claims = survey.city_ties[one, other]
        lasting = any(claim.status in {Status.SIGNED, Status.IN_FORCE} for claim in claims)
        if lasting and is_abroad(survey.ground, one, other):
            for city, partner in ((one, other), (other, one)):
                if city in cities:
                    found[city][partner] = claims
    return found


def _senders(survey: Survey) -> set[str]:
    """The cities that sent a mission, and those around them."""
    sent = {claim.from_ for claim in walk_claims(survey.view, "SENT")}
    return sent | {city for one in sent for city in survey.around(one)}


RULES = (
    Rule(
        "ties_without_trade",
        "info",
        "of {ties} partners no source read reports trade with {silent}",
        "read more sources about these partners; no evidence is not no benefit",
        _without_trade,
    ),
)
