"""The places that a sentence says were gone to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.reader.mentions import Mentions
    from ingest.reader.spot import Spot


def is_quoted(text: str, one: Mentions, at: int) -> bool:
    """Whether a place of the sentence stands in quotes; without a month that is only talk."""
    if text.count('"', one.start, at) % 2 == 0:
        return False
    first, last = text.rfind('"', one.start, at), text.find('"', at, one.end)
    return not any(first < d.start < last and len(d.first) >= 7 for d in one.days)


_AFTER_THAT = re.compile(r"(?:마친|마치고|다녀온|끝낸|에 이어|이어)\s?(?:뒤|후|다음)?,?\s")


def places_of(text: str, one: Mentions, *, planned: bool) -> list[Spot]:
    """The places that are gone to: not those whose buyers or markets are spoken of."""
    found = [
        spot for spot in one.spots if _visited(text, spot) and not is_quoted(text, one, spot.start)
    ]
    if planned and (done := _AFTER_THAT.search(text, one.start, one.end)):
        found = [spot for spot in found if spot.start >= done.end()] or found
    inner = [spot for spot in found if spot.inner]
    return closest(inner)


def closest(places: Sequence[Spot]) -> list[Spot]:
    """The places without countries and parts of the world of which cities are named."""
    countries = {s.country for s in places if s.kind in {"city", "region", "unknown"}}
    named = [s for s in places if s.kind != "country" or s.country not in countries]
    return [s for s in named if s.kind != "area"] or named


def _visited(text: str, spot: Spot) -> bool:
    if spot.kind == "korean" or (spot.kind == "unknown" and spot.country is None):
        return False
    if not spot.inner:
        return False
    if _ELSEWHERE.fullmatch(spot.head) or _of_buyers(text, spot):
        return False
    if _FOREIGNERS.match(text, spot.stop) or _FOREIGNERS.match(text, spot.end):
        return False
    return _GONE_TO.fullmatch(spot.particle) is not None


_GONE_TO = re.compile(
    r"(?:에|에서(?:의|는|도)?|으?로|를|을|의|와|과|및|등(?:지)?(?:에서|에|로|을)?|에는|까지)?"
)
"""The endings of places that are gone to."""


_ELSEWHERE = re.compile(r"바이어|상공회의소|대사관|대학교?|법인|민|시장|정부|수출|인|소재|산|권")
"""What of a place is named where nobody need have gone there."""


_FOREIGNERS = re.compile(
    r"\s?(?:바이어|수입|유통업체|유통사|국영|기업(?:과|인|이|은|에)|업체|현지인|소비자|국민|"
    r"시장\s?점유|관광객|정부|시장(?:을|에|은|의|\s(?!개척))|에서\s(?:조달|수입|생산|제조)|진출|수출용|대사관|영사관|총영사관|"
    r"상공회의소|대학|무역관)"
)


_NATIONS = re.compile(
    r"(?:\s?[,·]\s?[가-힣]{2,9})*\s?(?:등|에서 온|지역|국가)?\s?(?:의\s)?(?:\d+\s?개국|"
    r"각국)?(?:의|에서|\s)*"
    r"(?:해외\s?|현지\s?|유력\s?|우수\s?|\d+\S{0,5}\s?|\d+여?\s?명의\s?)*(?:바이어|수입업체|"
    r"구매자|수입상|구매기업|수입사|[가-힣·]{0,8}\s?(?:대표단|선수단|참가단|공연단|예술단)|"
    r"시장(?!\s?개척))"
)


def _of_buyers(text: str, spot: Spot) -> bool:
    """Whether the countries are those that buyers came from."""
    return spot.kind in {"country", "area"} and _NATIONS.match(text, spot.stop) is not None
