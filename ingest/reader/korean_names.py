"""The governments of South Korea by the forms in which the press names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.places_table import Place

KIND = re.compile(r"(?:특별자치시|특별자치도|특별시|광역시|직할시|자치구|[시군구현성주도부])$")
"""The word for its kind at the end of a place's name."""


@dataclass(frozen=True, slots=True)
class Korean:
    """A government of South Korea in its common form, with the metropolis of a district."""

    name: str
    bare: str
    level: str
    outer: str | None


def add_korean(found: dict[str, list[Korean]], place: Place, by_id: dict[str, Place]) -> None:
    """Add a government under each form of its name."""
    name = common_form(place.names["ko"])
    outer = by_id.get(place.container or "")
    above = common_form(outer.names["ko"]) if outer else None
    one = Korean(name, KIND.sub("", name) or name, place.level, above)
    for key in {place.names["ko"], name, *_short(place)}:
        found[key].append(one)


def _short(place: Place) -> Iterable[str]:
    """The bare name where people use it by itself: of cities and counties, not of districts."""
    name = place.names["ko"]
    bare = KIND.sub("", name)
    if place.level == "province":
        return {_PROVINCES.get(name, bare)}
    return {bare} if place.level != "district" and len(bare) >= 2 else set()


_PROVINCES = {
    "경상남도": "경남",
    "경상북도": "경북",
    "전라남도": "전남",
    "전라북도": "전북",
    "충청남도": "충남",
    "충청북도": "충북",
    "경기도": "경기",
    "강원도": "강원",
    "강원특별자치도": "강원",
    "전북특별자치도": "전북",
    "제주특별자치도": "제주",
}


def common_form(name: str) -> str:
    """The form in which the press names a Korean government: 전남도, 부산시, 세종시."""
    if name in _PROVINCES:
        return f"{_PROVINCES[name]}도"
    return re.sub(r"(?:특별자치시|특별시|광역시)$", "시", name)
