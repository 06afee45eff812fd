"""Missions and events whose own days contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.claims import Visited
from graph.nodes import Event, Mission
from graph.questions.ground import of_kind
from graph.questions.rules.rule import Match, Rule
from graph.store import walk_claims

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.questions.rules.survey import Survey


def _reversed(survey: Survey) -> Iterator[Match]:
    for kind in (Mission, Event):
        for node in survey.every(kind):
            start, end = node.span
            if start and end and end.before(start):
                claims = survey.ground.into((node.id,), "DESCRIBES")
                yield Match((node.id,), claims, {"start": str(start), "end": str(end)})


def _visit_outside(survey: Survey) -> Iterator[Match]:
    """A visit that lies wholly before or after the days of its mission."""
    missions = {mission.id: mission for mission in survey.every(Mission)}
    for claim in of_kind(walk_claims(survey.view, "VISITED"), Visited):
        mission = missions.get(claim.from_)
        start, end = mission.span if mission else (None, None)
        days = [day for day in (claim.first_day, claim.last_day) if day is not None]
        if any(day.outside(start, end or None) for day in days):
            values = {"visited": "/".join(map(str, days)), "start": f"{start or '?'}"}
            yield Match((claim.from_, claim.to), (claim,), {**values, "end": f"{end or '?'}"})


RULES = (
    Rule(
        "dates_reversed",
        "error",
        "it ends in {end}, before it begins in {start}",
        "look the days up in the sources; two sources may each give one of them",
        _reversed,
    ),
    Rule(
        "visit_outside_mission",
        "warning",
        "a visit on {visited} lies outside the mission's days, {start} to {end}",
        "look the days up in the source; correct the visit or the mission",
        _visit_outside,
    ),
)
