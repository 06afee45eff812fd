"""Places and governments in a sentence: what is printed, what it means, what follows it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.reader.names import SIGNS, names
from ingest.reader.spot import HEAD, PARTICLE, REST, Spot
from ingest.reader.spots_abroad import abroad
from ingest.reader.spots_unknown import unknown
from ingest.reader.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ingest.reader.korean_names import Korean

_HANGUL = re.compile(
    r"[가-힣]+|(?<![A-Za-z])(?:L\.?A\.?|UAE|CIS)(?![A-Za-z])|[中日美英佛獨露印泰越濠臺]"
)


Learned = dict[str, "tuple[str, str, str | None]"]
"""Names that the text itself introduced as places: standard name, suffix and country."""


def spots(text: str, start: int, end: int, learned: Mapping[str, Spot]) -> list[Spot]:
    """The places between two places of a text in order; containers are marked as such."""
    found: list[Spot] = []
    at = start
    for word in _HANGUL.finditer(text, start, end):
        if word.start() < at:
            continue
        for spot in _in_word(text, word, end, found, learned):
            found.append(spot)
            at = max(at, spot.stop)
    return _chained(text, found)


def _in_word(
    text: str, word: re.Match[str], limit: int, before: list[Spot], learned: Mapping[str, Spot]
) -> Iterator[Spot]:
    told, at = word[0], word.start()
    if told in SIGNS:
        if not text[at - 1 : at].strip(" (·,") and not re.match("[一-鿿]", text[at + 1 : at + 2]):
            yield Spot(at, word.end(), told, "", SIGNS[told], "country", stop=word.end())
        return
    if inside := _DELEGATION.search(told):
        yield from _inside(told, at, inside.start())
    last = before[-1] if before else None
    near = last if last and _is_near(text, last, at) else None
    found = _longest(text, told, at, limit, near, learned, last)
    while found:
        yield found
        if found.stop >= word.end() or found.kind not in {"country", "area", "region", "city"}:
            return
        rest = told[found.stop - at :]
        if not rest or found.suffix or found.head:
            return
        near = found
        found = _longest(text, rest, found.stop, limit, near, learned, near)
        at = found.start if found else at
        told = rest


_DELEGATION = re.compile(r"(?:무역|시장|수출|통상|경제)?(?:사절단|개척단|촉진단)")


def _inside(told: str, at: int, stop: int) -> Iterator[Spot]:
    """The country or part of the world inside the one-word name of a delegation."""
    for n in range(1, stop - 1):
        for length in range(min(stop - n, 8), 1, -1):
            for one in names().abroad.get(told[n : n + length], ()):
                if one.level in {"country", "area"} and not one.weak:
                    first, last = at + n, at + n + length
                    yield Spot(
                        first, last, one.standard, "", one.country, one.level, stop=at + len(told)
                    )
                    return


def _is_near(text: str, spot: Spot, at: int) -> bool:
    """Whether a place stands just before: with a blank, a bracket or the sign of a list between."""
    between = text[spot.stop : at]
    if spot.particle not in {"", "의", "와", "과", "및"}:
        return False
    return len(between) <= 3 and not between.strip(" (,·/-및와과")


def _longest(
    text: str,
    told: str,
    at: int,
    limit: int,
    near: Spot | None,
    learned: Mapping[str, Spot],
    last: Spot | None,
) -> Spot | None:
    table = names()
    begins = told[:2] in table.openings or bool(learned)
    for length in range(min(len(told), table.longest) if begins else 1, 1, -1):
        head, rest = told[:length], told[length:]
        ours = table.korean.get(head) if not (near and near.kind == "country") else None
        if ours and (spot := _korean(text, head, rest, at, ours)):
            return spot
        if head in table.abroad and (spot := abroad(text, head, rest, at, limit, near)):
            return spot
        if head in learned and (spot := _again(head, rest, at, learned[head])):
            return spot
    return unknown(text, told, at, _container(text, at, near) or _country_before(text, at, last))


def _container(text: str, at: int, near: Spot | None) -> Spot | None:
    """The place that stands just before with nothing between: what this one lies in."""
    if near is None or near.particle not in {"", "의"}:
        return None
    return near if not text[near.stop : at].strip(" (") else None


def _country_before(text: str, at: int, last: Spot | None) -> Spot | None:
    """The country that was named a few words before, in the same clause."""
    if last is None or last.kind not in {"country", "region"} or at - last.stop > 24:
        return None
    between = text[last.stop : at]
    return last if not re.search(r"[,.(]|[은는이가을를며고]\s", between) else None


def _again(head: str, rest: str, at: int, known: Spot) -> Spot | None:
    tail = REST.match(rest)
    if not tail or (tail["suffix"] and tail["suffix"] != known.suffix):
        return None
    end = at + len(head) + len(tail["suffix"] or "")
    return replace(
        known,
        start=at,
        end=end,
        particle=tail["particle"] or "",
        head=tail["head"] or "",
        stop=at + len(head) + len(rest),
        inner=True,
    )


def _korean(text: str, head: str, rest: str, at: int, many: tuple[Korean, ...]) -> Spot | None:
    one = many[0]
    named = head[-1] in "시군구도"
    tail = re.match(
        rf"(?P<suffix>특별자치시|특별자치도|특별시|광역시|특례시|시|군|구|"
        rf"도)?(?P<head>{HEAD})?(?:{HEAD})?(?P<particle>{PARTICLE})$",
        rest,
    )
    if not tail:
        return None
    if not named and not tail["suffix"] and not _bare_korean(text, head, at, tail):
        return None
    suffix = tail["suffix"] or ""
    if suffix and named:
        return None
    if suffix:
        fit = [each for each in many if each.name.endswith(suffix[-1])]
        if not fit:
            return None
        one = fit[0]
    outer = one.outer if len({each.outer for each in many}) == 1 else None
    end = at + len(head) + len(suffix)
    return Spot(
        at, end, one.name, one.name[-1], "KR", "korean", tail["particle"] or "",
        tail["head"] or "", at + len(head) + len(rest), outer,
    )  # fmt: skip


_COMMON_BARE = words("common_korean")


def _bare_korean(text: str, head: str, at: int, tail: re.Match[str]) -> bool:
    """Whether a Korean name without its suffix stands for the government."""
    before = text[max(0, at - 1) : at]
    after = text[at + len(head) : at + len(head) + 1]
    if tail["head"] in {"시장", "시청", "시의회", "지사"}:
        return True
    if head in _COMMON_BARE and after not in {",", "-"}:
        return False
    return not tail["head"] and before in {"", " ", "\n", "[", "(", "·", "-"}


_LEVELS = {"area": 0, "country": 1, "region": 2, "city": 3, "unknown": 4, "korean": 3}


def _chained(text: str, found: list[Spot]) -> list[Spot]:
    """The places with those that only say where the next one lies marked as outer ones."""
    told = list(found)
    for n in range(len(told) - 1):
        one, two = told[n], told[n + 1]
        between = text[one.stop : two.start]
        if one.particle not in {"", "의"} or one.head not in {"", "수도"}:
            continue
        if between.strip(" ") and not re.fullmatch(
            r"\s?[('\"]\s?|\s?(?:수도|남부|북부|중부|동부|서부|제2의 도시|경제수도|의)\s?['\"]?",
            between,
        ):
            continue
        if (one.country == two.country and _is_outer(one, two)) or (
            one.kind == "area" and two.kind != "korean"
        ):
            told[n] = replace(one, inner=False)
    return told


def _is_outer(one: Spot, two: Spot) -> bool:
    if one.suffix.startswith("자치") and two.suffix in {"시", "현", "구", "군"}:
        return True
    if one.kind == "unknown" and one.suffix in {"성", "주"} and two.suffix not in {"성", "주"}:
        return True
    if one.country == "KR":
        return one.kind == "korean" and two.kind in {"korean", "unknown"} and one.name != two.name
    if one.kind == "country":
        return two.kind != "country" and one.name != two.name
    return _LEVELS[one.kind] < _LEVELS[two.kind] or (
        one.kind == "city" and two.suffix in {"구", "군", "현"}
    )
