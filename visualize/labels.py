"""Names short enough for the picture: a mission by where it went and when, not by its title."""

from __future__ import annotations

from collections.abc import Mapping

from graph.questions.answers import Ref
from graph.questions.scene_answer import SceneAnswer
from visualize.wording import Words


def shortened(answer: SceneAnswer, words: Words) -> dict[str, str]:
    """Short names by id, of those missions of which a place and a year are known.

    A mission that visited the centre is called by who sent it. Where two would be called the
    same, both keep their titles.
    """
    years = _years(answer)
    short = {
        mission: words.ui("mission_label", place=place, year=years[mission])
        for mission, trip in answer.trips.items()
        if mission != answer.center.id
        and mission in years
        and (place := _place(trip.sent, trip.visited, answer.center.id, words))
    }
    names = list(short.values())
    return {mission: name for mission, name in short.items() if names.count(name) == 1}


def _years(answer: SceneAnswer) -> Mapping[str, int]:
    """The first year of what is said of each mission."""
    years: dict[str, int] = {}
    for claim in answer.claims:
        if claim.id in answer.years:
            for end in (claim.from_, claim.to):
                first = answer.years[claim.id][0]
                years[end] = min(first, years.get(end, first))
    return years


def _place(
    sent: tuple[Ref, ...], visited: tuple[Ref, ...], center: str, words: Words
) -> str | None:
    told = sent if any(ref.id == center for ref in visited) else visited
    if not told:
        return None
    name = words.own_name(told[0])
    return name if len(told) == 1 else words.ui("and_others", name=name, n=len(told) - 1)
