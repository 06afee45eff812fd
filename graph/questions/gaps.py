"""Which ties have no trade on record.

No record is never reported as no trade: each line says which kind of nothing it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.claims import Tie
from graph.questions.area import check_places, cities_in, is_abroad
from graph.questions.coverage import coverage, read_ahead
from graph.questions.ground import Ground, of_kind
from graph.questions.patterns import Gap, GapsAnswer
from graph.questions.ties import CITY_TIES, tie_lines
from graph.questions.trade import pair_of, trade_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from graph.questions.trade import Pair
    from graph.store import View


def gaps(view: View, places: Collection[str], limit: int = 25, skip: int = 0) -> GapsAnswer:
    """The ties of these cities, or of the cities in these countries, without recorded trade.

    By the city asked about, then by partner, both by id; at most `limit`, `next` is how many
    to skip to go on. A city's parts are among the cities asked about. NotFound if nothing
    describes a place; BadRequest if one is neither City nor Country.
    """
    ground = Ground(view)
    check_places(ground, "place", places)
    cities = cities_in(ground, places)
    tied = ties_between(ground, cities)
    traded = trade_of(ground, cities)
    lines = sorted(_seen_from_home(pair, cities) for pair in tied if pair not in traded)
    page = lines[skip : skip + limit]
    refs = ground.refs([*places, *(city for line in page for city in line)])
    read_ahead(ground, (partner for _, partner in page))
    return GapsAnswer(
        places=tuple(refs[place] for place in sorted(places)),
        tied=len(tied),
        with_trade=len(tied) - len(lines),
        gaps=tuple(
            Gap(
                home=refs[home],
                partner=refs[partner],
                ties=tie_lines(ground, home, tied[pair_of(home, partner)]),
                coverage=coverage(ground, partner, found=False),
            )
            for home, partner in page
        ),
        next=str(skip + limit) if len(lines) > skip + limit else None,
        dataset_version=view.version(),
    )


def ties_between(ground: Ground, cities: Collection[str]) -> dict[Pair, list[Tie]]:
    """The ties of these cities with cities abroad, by pair; where neither is known, abroad."""
    claims = list(of_kind(ground.at(cities, *sorted(CITY_TIES)), Tie))
    ground.warm(end for claim in claims for end in (claim.from_, claim.to))
    found: dict[Pair, list[Tie]] = {}
    for claim in claims:
        if claim.from_ != claim.to and is_abroad(ground, claim.from_, claim.to):
            found.setdefault(pair_of(claim.from_, claim.to), []).append(claim)
    return found


def _seen_from_home(pair: Pair, cities: Collection[str]) -> Pair:
    """The end asked about first; the lesser id if both are."""
    return pair if pair[0] in cities else (pair[1], pair[0])
