"""Places that no table holds: by the word for their kind, and by the country before them."""

from __future__ import annotations

import re

from ingest.reader.spot import PARTICLE, Spot
from ingest.reader.spots_abroad import NO_PLACE

_UNKNOWN = re.compile(
    rf"(?P<name>[가-힣]{{2,9}}?)(?P<suffix>특별시|직할시|자치주|자치현|자치구|시|현|군|구|주|성|정|면|"
    rf"동|읍|진)"
    rf"(?P<head>정부|청장|청|장|수|의회|인민위원회|시장|측|민|대표단|"
    rf"방문단)?(?P<particle>{PARTICLE})$"
)


_NO_STEM = re.compile(
    r"(?:.*(?:해외|국내|동남아|세계|수출|내수|현지|신흥|아시아|유럽|중동|글로벌|틈새|주요|거대|"
    r"소비|무역|농산물|전통|식품|화장품|부품|개척|판매|관광|건설|자동차|외국|대도|목표|유망|"
    r"미국|중국|일본|할랄|뷰티|부동산|노동|금융|자본|주식|온라인|의료|조달|전력|역점|최대|신규|"
    r"물류)|자매|우호|교류|결연|도|방문|체결|참가|계약|상담|수출|경제|개발|특|지|연|요|양|각|"
    r"본|해당|일부|전|후|이|그|저|두|세|동|타|우리|한|매|당|귀|소|중|대|신)$"
)


_CONTAINED = frozenset("현주성정면동읍진")
"""The words for kinds of places that also end other words: what contains them must stand before."""


_KIND_APART = re.compile(rf"\s(?P<suffix>시|성|현|군|구)(?P<particle>{PARTICLE})(?=[\s,.)]|$)")


_LONG_ENDS = tuple(word for word in NO_PLACE if len(word) > 2)


def spaced(text: str, told: str, at: int, near: Spot | None) -> Spot | None:
    """A foreign place that no table holds with a blank before its kind: `산마테오 시`."""
    apart = _KIND_APART.match(text, at + len(told))
    known = near is not None and near.country not in {None, "KR"}
    if not apart or not near or not known or not 2 <= len(told) <= 8:
        return None
    return Spot(
        at, apart.end("suffix"), told, apart["suffix"], near.country, "unknown",
        apart["particle"] or "", "", apart.end(),
    )  # fmt: skip


def unknown(text: str, told: str, at: int, near: Spot | None) -> Spot | None:
    """A place by the word for its kind alone: a government, or what lies in the place before."""
    found = _UNKNOWN.match(told)
    if not found:
        return None
    name, suffix = found["name"], found["suffix"]
    whole = name + suffix
    if whole in NO_PLACE or whole.endswith(_LONG_ENDS):
        return None
    if _NO_STEM.fullmatch(name) or (len(name) > 2 and whole[-2:] in NO_PLACE and not near):
        return None
    beside = near if near and near.country and near.kind != "korean" else None
    outer = suffix in {"성", "주"} and _INNER.match(text, at + len(told)) is not None
    if suffix in _CONTAINED and beside is None and not outer:
        return None
    if len(name) > 6 and beside is None:
        return None
    country = beside.country if beside else None
    end = at + len(whole)
    return Spot(
        at, end, name, suffix, country, "unknown", found["particle"] or "",
        found["head"] or "", at + len(told),
    )  # fmt: skip


_INNER = re.compile(r"\s[가-힣]{2,8}(?:시|현|군|구)(?:[와과는은이가의에 ,]|$)")
