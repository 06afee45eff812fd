"""How each kind looks: tables from node kind to colour and shape, from claim kind to a line.

Six colours, each with one meaning and at 3:1 or more on the canvas, light and dark. Shape
and dash say the same again, so nothing is told by colour alone. A seventh colour marks the
selection and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

CITY = "#2a72d4"
FIRM = "#c9661a"
PARTNER = "#12897b"
OCCASION = "#8d5fd0"
DEAL = "#d23b5e"
CONTEXT = "#6f7e91"
SELECTION = "#4f9a0a"
CANVAS = {"light": "#f6f8fb", "dark": "#10161f"}
COLOURS = (CITY, FIRM, PARTNER, OCCASION, DEAL, CONTEXT)


@dataclass(frozen=True)
class Mark:
    """How a node is drawn; `sector` orders the kinds around the centre."""

    shape: str
    colour: str
    sector: int
    hollow: bool = False


@dataclass(frozen=True)
class Line:
    """How a claim is drawn; `dashes` are stroke and gap lengths, none for a solid line."""

    colour: str
    dashes: tuple[int, ...] = ()
    width: float = 1.5


NODES: dict[str, Mark] = {
    "City": Mark("dot", CITY, 0),
    "Organization": Mark("diamond", PARTNER, 1),
    "Mission": Mark("triangle", OCCASION, 2),
    "Event": Mark("triangleDown", OCCASION, 3),
    "Programme": Mark("star", OCCASION, 4),
    "Firm": Mark("square", FIRM, 5),
    "Deal": Mark("hexagon", DEAL, 6),
    "Country": Mark("dot", CONTEXT, 7, hollow=True),
    "Source": Mark("square", CONTEXT, 8, hollow=True),
}

CLAIMS: dict[str, Line] = {
    "SISTER_CITY": Line(CITY, width=3),
    "FRIENDSHIP_CITY": Line(CITY, width=2),
    "EXCHANGE_CITY": Line(CITY, (9, 5), 2),
    "TWINNED": Line(CITY, (2, 4), 2),
    "AGREEMENT": Line(CITY, (14, 4, 2, 4), 2),
    "SENT": Line(OCCASION, width=2),
    "VISITED": Line(OCCASION, (7, 5)),
    "RUNS": Line(OCCASION, (2, 4)),
    "HOSTED": Line(PARTNER, width=2),
    "CREDITS": Line(PARTNER, (7, 5), 2),
    "PARTICIPATED_IN": Line(FIRM),
    "SOLD": Line(DEAL, width=2),
    "BOUGHT": Line(DEAL, (7, 5), 2),
    "MADE_AT": Line(DEAL, (2, 4)),
    "IN_PLACE": Line(DEAL, (14, 4, 2, 4)),
    "PART_OF_DEAL": Line(DEAL, (12, 3)),
    "SAME_DEAL_AS": Line(DEAL, (3, 3)),
    "IN_COUNTRY": Line(CONTEXT, (2, 5), 1),
    "PART_OF": Line(CONTEXT, width=1),
    "LOCATED_IN": Line(CONTEXT, (6, 4), 1),
    "SAME_AS": Line(CONTEXT, (12, 3), 1),
    "DIFFERENT_FROM": Line(CONTEXT, (3, 3), 1),
    "DESCRIBES": Line(CONTEXT, (1, 3), 1),
}


def size_by(value: float, most: float) -> float:
    """The radius of a node by an amount: its area grows with it, up to the largest."""
    return round(8 + 20 * sqrt(value / most), 1) if most else 8.0


def size(degree: int, *, center: bool = False) -> float:
    """The radius of a node: it grows with the root of its degree, within bounds."""
    radius = min(24.0, 8 + 3 * sqrt(max(degree, 1)))
    return round(radius + (4 if center else 0), 1)
