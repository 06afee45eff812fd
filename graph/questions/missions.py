"""The missions that went to a partner, or that it hosted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.nodes import Mission
from graph.questions import beside
from graph.questions.answers import MissionLine
from graph.questions.beneficiaries import question_of

if TYPE_CHECKING:
    from graph.dates import PartialDate
    from graph.questions.ground import Ground
    from graph.store import View


def missions(
    view: View, partner: str, home: str | None = None, as_of: PartialDate | None = None
) -> tuple[MissionLine, ...]:
    """The missions of the question who benefits, the newest first, those without a date last.

    `home` keeps those that it or a part of it sent, `as_of` leaves out what began later;
    planned ones are none. NotFound and BadRequest as of `beneficiaries`.
    """
    question = question_of(view, partner, home, as_of)
    ground, found = question.ground, beside.missions_of(question, hosted=True)
    ground.refs(found)
    ground.told_of(found)
    lines = [_line(ground, mission) for mission in found]
    return tuple(sorted(lines, key=_newest))


def _line(ground: Ground, mission: str) -> MissionLine:
    node = ground.node(mission)
    start, end = node.span
    senders = ground.refs({claim.from_ for claim in ground.into((mission,), "SENT")})
    return MissionLine(
        mission=ground.ref(mission),
        start=start,
        end=end,
        senders=tuple(senders[one] for one in sorted(senders)),
        firms_count=node.firms_count if isinstance(node, Mission) else None,
        named=beside.firms_named(ground, mission),
        citations=ground.told_of((mission,)),
    )


def _newest(line: MissionLine) -> tuple[int, str]:
    return -line.start.first.toordinal() if line.start else 0, line.mission.id
