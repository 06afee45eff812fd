"""Places abroad by the names that the tables hold: which of several is meant, and whether any."""

from __future__ import annotations

import re

from ingest.reader.names import Name, names
from ingest.reader.spot import PARTICLE, REST, Spot
from ingest.reader.words import words

_GLOSS = re.compile(
    r"\s?\((?P<gloss>[^()가-힣]{1,40})\)(?:\s?(?P<suffix>시|성|현|주|군|구|도|"
    r"정))?(?P<head>정부|청|장|의회)?"
)


_SUFFIX_APART = re.compile(
    rf"\s(?P<suffix>시|성|현|주|군|구)(?=(?:정부|장)?{PARTICLE}(?:[\s,.·)]|$))|"
    rf"(?P<han>[市省縣県州])"
)


_HAN = {"市": "시", "省": "성", "縣": "현", "県": "현", "州": "주"}


NO_PLACE = words("no_places")
"""Words that end like the name of a government and are none."""


def abroad(text: str, head: str, rest: str, at: int, limit: int, near: Spot | None) -> Spot | None:
    """The foreign place that a name of the tables means here, if it means any."""
    tail = REST.match(rest)
    joined = tail is None and _compound(head, rest)
    if tail is None and not joined:
        return None
    name = _meant(names().abroad[head], tail["suffix"] if tail else None, near)
    if name is None:
        return None
    suffix = (tail["suffix"] or "") if tail else ""
    if suffix and name.level in {"country", "area"}:
        return None
    end = at + len(head) + len(suffix)
    stop = at + len(head) + len(rest) if tail else at + len(head)
    particle, part = (tail["particle"] or "", tail["head"] or "") if tail else ("", "")
    gloss = None
    if not (suffix or particle or part) and name.level in {"city", "region"}:
        gloss = _GLOSS.match(text, stop, limit)
        apart = (
            gloss
            if gloss and gloss["suffix"]
            else None
            if name.weak and not gloss
            else _SUFFIX_APART.match(text, gloss.end() if gloss else stop, limit)
        )
        if apart:
            told = apart["suffix"] or _HAN.get(apart.groupdict().get("han") or "", "")
            suffix, end = told, apart.end()
            stop = end
        elif gloss:
            stop = gloss.end()
        if gloss or apart:
            ending = re.compile(PARTICLE).match(text, stop, limit)
            particle = ending[0] if ending else ""
            stop = ending.end() if ending else stop
    weak = name.weak and not gloss
    if weak and not _supported(text, name, suffix, particle, near, at, end):
        return None
    bare, kept = _parts(name, suffix or _printed_kind(head, name))
    return Spot(
        at,
        end,
        bare,
        kept,
        name.country,
        name.level,
        particle,
        part,
        stop,
        weak=weak,
        gloss=bool(gloss),
    )


def _printed_kind(head: str, name: Name) -> str:
    """The word for its kind that is part of a printed name but not of the standard one."""
    kind = head[-1] if head[-1] in "시군구현주도" else ""
    return kind if kind and not name.standard.endswith(kind) and name.level == "city" else ""


def _parts(name: Name, suffix: str) -> tuple[str, str]:
    if name.level == "region":
        return name.standard, name.standard[-1]
    return name.standard, suffix.removeprefix("특별").removeprefix("직할") if suffix else ""


_MISSION_TAIL = re.compile(
    r"(?:농식품|식품|종합|시장|해외|수출|무역|통상|경제)*(?:무역|시장|해외)?(?:사절단|개척단|"
    r"촉진단|대표단|방문단|박람회|전시회|상담회|시장개척|진출|순방)"
)


def _compound(head: str, rest: str) -> bool:
    """Whether what follows a name goes on with a place, or is the name of a delegation."""
    if _MISSION_TAIL.match(rest):
        return True
    table = names().abroad
    return any(rest[:n] in table for n in range(2, min(len(rest), 8) + 1)) and any(
        one.level in {"country", "region"} for one in table[head]
    )


def _meant(many: tuple[Name, ...], suffix: str | None, near: Spot | None) -> Name | None:
    """The place of this name that fits the country before it and the word for its kind."""
    fit = list(many)
    if near and near.country and near.kind in {"country", "region", "city"}:
        inside = [one for one in fit if one.country == near.country]
        if not inside and near.kind == "country" and near.particle == "":
            return next((one for one in fit if one.level == "country"), None)
        fit = inside or fit
    if suffix in {"성", "주", "현", "도"}:
        fit = [one for one in fit if one.level == "region"] or ([] if suffix == "도" else fit)
    elif suffix in {"시", "직할시", "특별시"}:
        fit = [one for one in fit if one.level == "city"]
    return fit[0] if fit else None


def _supported(
    text: str, name: Name, suffix: str, particle: str, near: Spot | None, at: int, end: int
) -> bool:
    """Whether a name that is also a word is meant as a place here."""
    if text[at:end] == "지난" and re.match(r"\s?(?:\d|월|해|달|주|번)", text[end : end + 2]):
        return False
    if suffix and name.standard + suffix not in NO_PLACE and text[at:end] not in NO_PLACE:
        return True
    if near and near.country == name.country and near.kind != "korean":
        between = text[near.stop : at]
        inside = near.particle in {"", "의"} and not between.strip(" ('\"")
        listed = near.particle in {"와", "과", "및"} or between.strip() in {",", "·", "/", "및"}
        return inside or (listed and near.kind in {"city", "region"})
    if name.level == "city" and name.people >= 1_000_000 and particle.startswith("에서"):
        return True
    if near and near.kind == "city" and near.country != "KR" and name.people >= 500_000:
        return text[near.stop : at].strip() in {",", "·"} or near.particle in {"와", "과"}
    if name.level == "country":
        return particle in {"에서", "에", "과", "와", "과의", "의", "에서의", "로", "으로"} or (
            text[end : end + 1] in {",", "·", "("}
        )
    return text[end : end + 1] == "(" and name.people > 300_000
