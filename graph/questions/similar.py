"""Which cities have the same partners, and which partners they have beside those."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from graph.nodes import kind_of
from graph.questions.area import check_places, cities_in, is_abroad
from graph.questions.ground import Ground
from graph.questions.partners import Partners
from graph.questions.patterns import LackedPartner, OwnPartner, SimilarAnswer, SimilarCity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from graph.claims import Tie
    from graph.store import View

    Told = Mapping[str, Mapping[str, Sequence[Tie]]]

DIGITS = 6
"""Digits after the point of a score; sums are made in the order of ids, so always alike."""


def similar(view: View, city: str, places: Collection[str] = (), limit: int = 25) -> SimilarAnswer:
    """The cities that share partners with this one, by score, then id; at most `limit`.

    The score sums 1 / ln k over the shared partners, k being how many partners that one has:
    a partner that everybody has counts little (Adamic, Adar: Friends and neighbors on the Web,
    Social Networks 25, 2003). Partners are cities and bodies with a tie that is neither only
    proposed nor ended. `places` keeps cities in these cities and countries. Beside them the
    partners abroad that those listed have and with which this city has no tie of any status:
    by how many have them, then by the sum of their scores, then id; at most `limit`. Empty if
    the city has no partner. NotFound and BadRequest for a city or place that is none.
    """
    ground = Ground(view)
    ground.require("id", city, {"City"})
    check_places(ground, "place", places)
    partners = Partners(ground)
    own = partners.of((city,))[city]
    ranked = _ranked(ground, partners, city, places)
    theirs = partners.of([one for one, _ in ranked[:limit]])
    lacked = _lacked(ground, city, theirs, partners.tied(city))
    cut = len(ranked) > limit or len(lacked) > limit
    return SimilarAnswer(
        city=ground.ref(city),
        places=tuple(ground.refs(places).values()),
        partners=tuple(_own(ground, own, partners.of(own))),
        similar=tuple(_similar(ground, city, own, theirs, ranked[:limit])),
        found=len(ranked),
        lacking=tuple(_lacking(ground, lacked, theirs, dict(ranked), limit)),
        lacked=len(lacked),
        truncated=cut,
        truncated_by="limit" if cut else None,
        dataset_version=view.version(),
    )


def _ranked(
    ground: Ground, partners: Partners, city: str, places: Collection[str]
) -> list[tuple[str, float]]:
    """The cities that share a partner, each with its score, best first."""
    among = cities_in(ground, places) if places else None
    scores: dict[str, float] = {}
    for others in partners.of(sorted(partners.of((city,))[city])).values():
        for other in others:
            if other != city and kind_of(other) == "City" and (among is None or other in among):
                scores[other] = scores.get(other, 0.0) + 1 / log(len(others))
    rounded = {one: round(score, DIGITS) for one, score in scores.items()}
    return sorted(rounded.items(), key=lambda one: (-one[1], one[0]))


def _own(ground: Ground, own: Mapping[str, Sequence[Tie]], theirs: Told) -> Iterator[OwnPartner]:
    refs = ground.refs(own)
    for one, claims in own.items():
        yield OwnPartner(
            partner=refs[one],
            partners=len(theirs[one]),
            claims=tuple(claims),
            citations=ground.citations(claims),
        )


def _similar(
    ground: Ground,
    city: str,
    own: Mapping[str, object],
    theirs: Told,
    ranked: Iterable[tuple[str, float]],
) -> Iterator[SimilarCity]:
    refs = ground.refs([*theirs, *own])
    for one, score in ranked:
        shared = [partner for partner in theirs[one] if partner in own]
        claims = [claim for partner in shared for claim in theirs[one][partner]]
        yield SimilarCity(
            city=refs[one],
            score=score,
            tied=city in theirs[one],
            shared=tuple(refs[partner] for partner in shared),
            claims=tuple(claims),
            citations=ground.citations(claims),
        )


# ---------------------------------------------------------------- what the city lacks


def _lacked(ground: Ground, city: str, theirs: Told, tied: set[str]) -> dict[str, list[str]]:
    """The partners abroad without a tie to the city, each with those that have it, best first."""
    held: dict[str, list[str]] = {}
    ground.warm(one for others in theirs.values() for one in others)
    for one, others in theirs.items():
        for partner in others:
            if partner not in tied and partner != city and is_abroad(ground, city, partner):
                held.setdefault(partner, []).append(one)
    return held


def _lacking(
    ground: Ground,
    lacked: Mapping[str, Sequence[str]],
    theirs: Told,
    scores: Mapping[str, float],
    limit: int,
) -> Iterator[LackedPartner]:
    def standing(partner: str) -> tuple[int, float, str]:
        return -len(lacked[partner]), -sum(scores[one] for one in lacked[partner]), partner

    listed = sorted(lacked, key=standing)[:limit]
    refs = ground.refs([*theirs, *listed])
    for partner in listed:
        claims = [claim for one in lacked[partner] for claim in theirs[one][partner]]
        yield LackedPartner(
            partner=refs[partner],
            held_by=tuple(refs[one] for one in lacked[partner]),
            claims=tuple(claims),
            citations=ground.citations(claims),
        )
