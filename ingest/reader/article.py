"""An article as the steps after the mentions see it: its sentences, day, and whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.reader.korean_names import common_form
from ingest.reader.names import names
from ingest.reader.proposals import Where

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ingest.reader.mentions import Mentions
    from ingest.reader.spot import Spot


@dataclass(frozen=True, slots=True)
class Home:
    """The government an article is about; `given` if the caller said so and nothing was guessed."""

    name: str
    given: bool
    outer: str | None = None

    @property
    def kind(self) -> str:
        """시, 군, 구 or 도: the word by which the text calls it alone."""
        return self.name[-1]

    def where(self) -> Where:
        """The government as a party or sender."""
        return Where(name=self.name, country="KR")


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned text with what each sentence mentions."""

    text: str
    told: tuple[Mentions, ...]
    published: date | None
    home: Home | None


def home_of(home: str | None, told: Sequence[Mentions]) -> Home | None:
    """The municipality of the publisher as given, else the government the text opens with."""
    if home and home.strip():
        return _given(home.split())
    found = [spot for one in told[:8] for spot in one.spots if _may_be_home(spot)]
    first = next((spot for spot in found if spot.kind == "korean"), None)
    topic = next((spot for spot in found if spot.particle in {"은", "는", "가", "이"}), None)
    spot = topic if topic and (first is None or topic.start <= first.start) else first
    spot = spot or (found[0] if found else None)
    if spot is None:
        return None
    return Home(government(spot, told, None), given=False, outer=spot.outer)


def _given(words: list[str]) -> Home:
    told = [common_form(word) for word in words]
    name = told[-1]
    many = names().korean.get(name, ())
    if many and name[-1] not in "시군구도":
        name = many[0].name
    if name.endswith("구") and len(told) > 1:
        name = f"{re.sub('시$', '', told[-2])} {name}"
    return Home(name, given=True, outer=told[-2] if len(told) > 1 else None)


def _may_be_home(spot: Spot) -> bool:
    if not spot.inner:
        return False
    if spot.kind == "korean":
        return True
    return (
        spot.kind == "unknown" and spot.country is None and spot.suffix in {"시", "군", "구", "도"}
    )


def government(spot: Spot, told: Sequence[Mentions], home: Home | None) -> str:
    """The common form of a Korean government: a district with its metropolis."""
    name = spot.name if spot.kind == "korean" else spot.name + spot.suffix
    if not name.endswith("구"):
        return name
    if home and home.name.endswith(name):
        return home.name
    outer = _outer_before(spot, told) or (
        spot.outer if spot.outer else (home.outer if home else None)
    )
    if outer and outer.endswith("시"):
        return f"{outer.removesuffix('시')} {name}"
    return name


def _outer_before(spot: Spot, told: Sequence[Mentions]) -> str | None:
    """The metropolis that stands before this district, here or anywhere in the text."""
    for one in told:
        for n, other in enumerate(one.spots):
            if n and other.name == spot.name and one.spots[n - 1].kind == "korean":
                before = one.spots[n - 1]
                if not before.inner and before.name.endswith("시"):
                    return before.name
    return None
