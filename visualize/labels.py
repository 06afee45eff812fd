"""Names short enough for the picture: a mission by where it went and when, not by its title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from graph.claims import Claim
from visualize.wording import Named, Words

Years = Mapping[str, tuple[int, int]]


def shortened(
    nodes: Iterable[Named], claims: Iterable[Claim], years: Years, center: str, words: Words
) -> dict[str, str]:
    """Short names by id, of those missions of which one place visited and a year are known.

    The centre needs no telling: a mission to it is called by who sent it. Where two would be
    called the same, both keep their titles.
    """
    known = {node.id: node for node in nodes}
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.kind == "VISITED" and claim.to.startswith("city:"):
            told[claim.from_].append(claim)
        elif claim.kind == "SENT":
            told[claim.to].append(claim)
    short = {
        mission: called
        for mission in sorted(told)
        if mission != center
        and (called := _called(mission, told[mission], years, center, known, words))
    }
    names = list(short.values())
    return {mission: name for mission, name in short.items() if names.count(name) == 1}


def _called(
    mission: str,
    claims: Iterable[Claim],
    years: Years,
    center: str,
    known: Mapping[str, Named],
    words: Words,
) -> str | None:
    ordered = sorted(claims, key=lambda claim: (claim.kind == "SENT", claim.id))
    places = [claim.other(mission) for claim in ordered]
    place = next((one for one in places if one != center and one in known), None)
    year = min((years[claim.id][0] for claim in ordered if claim.id in years), default=None)
    return f"{words.own_name(known[place])} {year}" if place and year else None
