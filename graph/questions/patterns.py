"""The shapes of the answers that only the whole graph gives: what lies between and alike.

`complete` is false where a bound cut what was looked at, and `cut_by` names the bound.
"""

from __future__ import annotations

from pydantic import Field

from graph.questions.answers import Answer, Coverage, Ref, TieLine
from graph.values import Frozen


class PatternAnswer(Answer):
    """An answer of this kind."""


class Gap(Frozen):
    """A tie between two cities of which no source read tells any trade."""

    home: Ref
    partner: Ref
    ties: tuple[TieLine, ...]
    coverage: Coverage = Field(
        description="Which nothing it is: none in the sources read about the partner, or none read"
    )


class GapsAnswer(PatternAnswer):
    """The ties of some cities without any recorded trade. That is never: no trade.

    `tied` counts the pairs of cities that have a tie, `with_trade` those of them with a
    mission, event, deal or agreement on record.
    """

    places: tuple[Ref, ...]
    tied: int
    with_trade: int
    gaps: tuple[Gap, ...]
    next: str | None = None
