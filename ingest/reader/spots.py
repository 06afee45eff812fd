"""Places and governments in a sentence: what is printed, what it means, what follows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from ingest.reader.names import SIGNS, Name, city_state, names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ingest.reader.names import Korean

Kind = Literal["country", "area", "city", "region", "korean", "unknown"]
_SUFFIX = "특별자치시|특별시|직할시|광역시|자치주|자치구|자치현|카운티|시|성|주|현|군|구|도|부|정"
_PARTICLE = (
    r"(?:에서의|에서는|에서도|에서만|에서|에선|에게|에는|에도|에만|에|으로부터|로부터|으로의|로의|으로도|로도|으로|로|"
    r"과의|와의|과는|와는|과도|와도|과|와|의|은|는|이|가|을|를|도|만|및|간의|간에|간|까지|부터|이나|나|이며|이고|인|"
    r"이라는|라는|하고|측과의|측과|측은|측이|측에|측|처럼|보다|이란|들은|등지의|등지에서|등지에|등지로|등지|"
    r"등에서|등에|등의|등을|등과|등이|등은|등)?"
)
_HEAD = (
    r"정부청사|시정부|성정부|정부|시청|장관|시장|시내|성장|지사|청장|청사|청|장|의회|인민위원회|지역|지방|현지|일대|인근|국제|공항|항만|"
    r"무역관|총영사관|대사관|상공회의소|상의|박람회|전시회|상담회|무역사절단|시장개척단|사절단|개척단|촉진단|수출상담회|수출|진출|방문|순방|"
    r"시장|대표단|방문단|바이어|법인|지사|지점|공장|대학교|대학|컨벤션센터|전시장|엑스포|무역|해외|식품|통상|우호|자매|당국|민|주민|측|국립|한인|한국|내|산|권|행|발|항|소재|출신|외곽|남부|북부|동부|서부|중부|투자|경제|산업|수도|농식품|뷰티|K-?|글로벌"
)
_REST = re.compile(
    rf"(?P<suffix>{_SUFFIX})?(?P<head>{_HEAD})?(?P<head2>{_HEAD})?(?P<particle>{_PARTICLE})$"
)
_HANGUL = re.compile(
    r"[가-힣]+|(?<![A-Za-z])(?:L\.?A\.?|UAE|CIS)(?![A-Za-z])|[中日美英佛獨露印泰越濠臺]"
)
_GLOSS = re.compile(
    r"\s?\((?P<gloss>[^()가-힣]{1,40})\)(?:\s?(?P<suffix>시|성|현|주|군|구|도|정))?(?P<head>정부|청|장|의회)?"
)
_SUFFIX_APART = re.compile(
    rf"\s(?P<suffix>시|성|현|주|군|구)(?=(?:정부|장)?{_PARTICLE}(?:[\s,.·)]|$))|(?P<han>[市省縣県州])"
)
_HAN = {"市": "시", "省": "성", "縣": "현", "県": "현", "州": "주"}
_UNKNOWN = re.compile(
    rf"(?P<name>[가-힣]{{2,9}}?)(?P<suffix>특별시|직할시|자치주|자치현|시|현|군|구|주|성|정)"
    rf"(?P<head>정부|청장|청|장|의회|인민위원회|시장|측|민)?(?P<particle>{_PARTICLE})$"
)
NO_PLACE = frozenset(
    ["역시", "다시", "즉시", "전시", "당시", "도시", "일시", "동시", "표시", "실시", "개시", "게시", "제시", "지시", "무시", "택시", "임시", "잠시", "반드시", "양시", "우리시", "본시", "타시", "해당시", "혹시", "감시", "명시", "암시", "과시", "중시", "등시", "필시", "불시", "수시", "상시", "몹시", "응시", "유사시", "연시", "입시", "적시", "공시", "고시", "전시상담", "낚시", "접시", "원시", "가시", "자매도시", "우호도시", "교류도시", "친선도시", "협력도시", "결연도시", "신도시", "대도시", "소도시", "중소도시", "혁신도시", "산업도시", "항구도시", "관광도시", "국제도시", "양도시", "두도시", "해군", "공군", "육군", "장군", "미군", "아군", "각군", "양군", "우리군", "국군", "적군", "대군", "백군", "시군", "시군구", "제품군", "직업군", "연구", "요구", "추구", "기구", "지구", "축구", "야구", "농구", "친구", "도구", "입구", "출구", "배구", "복구", "청구", "강구", "촉구", "가구", "공구", "인구", "영구", "탁구", "항구", "어구", "문구", "특구", "경제특구", "개발구", "지도구", "누구", "허구", "실현", "표현", "구현", "재현", "출현", "발현", "여성", "남성", "특성", "가능성", "필요성", "중요성", "효율성", "우수성", "안전성", "기능성", "시장성", "다양성", "경쟁력", "편의성", "실효성", "전문성", "신뢰성", "성장성", "수익성", "작성", "구성", "조성", "달성", "완성", "형성", "육성", "결성", "편성", "감성", "지성", "경제성", "방향성", "상징성", "업주", "기업주", "매주", "금주", "차주", "격주", "발주", "수주", "거주", "이주", "전주", "광주", "경주", "청주", "상주", "진주", "원주", "여주", "양주", "파주", "나주", "충주", "제주", "공주", "영주", "협정", "개정", "예정", "과정", "일정", "규정", "지정", "선정", "확정", "행정", "결정", "가정", "재정", "추정", "인정", "수정", "설정", "조정", "안정", "측정", "특정", "긍정", "부정", "사정", "판정", "실정", "한정", "제정", "책정", "잠정", "약정", "산정", "유통구", "홍보구", "세일즈", "비서구", "동구권", "서구권", "개척시", "방문시", "체결시", "계약시", "참가시", "수출시", "판매시", "구매시", "입국시", "귀국시", "도착시", "필요시", "이용시"]
)
"""Words that end like the name of a government and are none."""
_NO_STEM = re.compile(
    r"(?:.*(?:해외|국내|동남아|세계|수출|내수|현지|신흥|아시아|유럽|중동|글로벌|틈새|주요|거대|소비|무역|농산물|전통|식품|화장품|부품|개척|판매|관광|건설|자동차|외국|대도|목표|유망|미국|중국|일본|할랄|뷰티|부동산|노동|금융|자본|주식|온라인|의료|조달|전력|역점|최대|신규|물류)|자매|우호|교류|결연|도|방문|체결|참가|계약|상담|수출|경제|개발|특|지|연|요|양|각|본|해당|일부|전|후|이|그|저|두|세|동|타|우리|한|매|당|귀|소|중|대|신)$"
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where it is printed; `name` is the standard bare name, `suffix` the word for its kind.

    `particle` is the ending, `head` what of the place is named (its mayor, its market). `inner`
    is False where only a part of a name stands there: the country before its city.
    """

    start: int
    end: int
    name: str
    suffix: str
    country: str | None
    kind: Kind
    particle: str = ""
    head: str = ""
    stop: int = 0
    outer: str | None = None
    inner: bool = True
    weak: bool = False
    gloss: bool = False

    @property
    def full(self) -> str:
        """The name of the government: foreign ones with their suffix, Korean ones as usual."""
        if self.kind == "korean":
            return self.name
        if self.kind == "city":
            return self.name + (self.suffix or ("" if self.name.endswith("시") else "시"))
        return (
            self.name
            if not self.suffix or self.name.endswith(self.suffix)
            else self.name + self.suffix
        )

    @property
    def abroad(self) -> bool:
        """Whether the place is a foreign city or region."""
        return self.kind in {"city", "region"} or (
            self.kind == "unknown" and self.country is not None
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
    for length in range(min(len(told), table.longest), 1, -1):
        head, rest = told[:length], told[length:]
        if head in table.korean and not (near and near.kind == "country"):
            if spot := _korean(text, head, rest, at, table.korean[head]):
                return spot
        if head in table.abroad and (spot := _abroad(text, head, rest, at, limit, near)):
            return spot
        if head in learned and (spot := _again(head, rest, at, learned[head])):
            return spot
    return _unknown(text, told, at, _container(text, at, near) or _country_before(text, at, last))


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
    tail = _REST.match(rest)
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
        rf"(?P<suffix>특별자치시|특별자치도|특별시|광역시|시|군|구|도)?(?P<head>{_HEAD})?(?:{_HEAD})?(?P<particle>{_PARTICLE})$",
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


_COMMON_BARE = frozenset(
    ["고성", "동해", "상주", "영동", "구미", "안동", "서천", "고령", "경기", "강화", "의성", "보성", "장성", "장수", "진안", "화성", "여수", "이천", "양주", "청도", "영양", "하동", "산청", "예산", "공주", "부안", "고창", "장흥", "완도", "해남", "남해", "함안", "거제", "김제", "임실", "무안", "신안", "화순", "단양", "양양", "인제", "홍천", "철원", "가평", "연천", "안성", "안산", "광명", "과천", "군포", "오산", "시흥", "하남", "구리", "성남", "부여", "청양", "태안", "당진", "음성", "증평", "옥천", "보은", "괴산", "진천"]
)


def _bare_korean(text: str, head: str, at: int, tail: re.Match[str]) -> bool:
    """Whether a Korean name without its suffix stands for the government."""
    before = text[max(0, at - 1) : at]
    after = text[at + len(head) : at + len(head) + 1]
    if tail["head"] in {"시장", "시청", "시의회", "지사"}:
        return True
    if head in _COMMON_BARE and after not in {",", "-"}:
        return False
    return not tail["head"] and before in {"", " ", "\n", "[", "(", "·", "-"}


def _abroad(text: str, head: str, rest: str, at: int, limit: int, near: Spot | None) -> Spot | None:
    tail = _REST.match(rest)
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
            ending = re.compile(_PARTICLE).match(text, stop, limit)
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
    r"(?:농식품|식품|종합|시장|해외|수출|무역|통상|경제)*(?:무역|시장|해외)?(?:사절단|개척단|촉진단|대표단|방문단|박람회|전시회|상담회|시장개척|진출|순방)"
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
        fit = [one for one in fit if one.country == near.country] or fit
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
    if name.level == "country":
        return particle in {"에서", "에", "과", "와", "과의", "의", "에서의", "로", "으로"} or (
            text[end : end + 1] in {",", "·", "("}
        )
    return text[end : end + 1] == "(" and name.people > 300_000


def _unknown(text: str, told: str, at: int, near: Spot | None) -> Spot | None:
    found = _UNKNOWN.match(told)
    if not found:
        return None
    name, suffix = found["name"], found["suffix"]
    whole = name + suffix
    if whole in NO_PLACE or any(whole.endswith(word) for word in NO_PLACE if len(word) > 2):
        return None
    if _NO_STEM.fullmatch(name) or (len(name) > 2 and whole[-2:] in NO_PLACE and not near):
        return None
    beside = near if near and near.country and near.kind != "korean" else None
    outer = suffix in {"성", "주"} and _INNER.match(text, at + len(told)) is not None
    if suffix in {"현", "주", "성", "정"} and beside is None and not outer:
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
        if (one.country == two.country and _is_outer(one, two)) or (one.kind == "area" and two.kind != "korean"):
            told[n] = replace(one, inner=False)
    return told


def _is_outer(one: Spot, two: Spot) -> bool:
    if one.kind == "unknown" and one.suffix in {"성", "주"} and two.suffix not in {"성", "주"}:
        return True
    if one.country == "KR":
        return one.kind == "korean" and two.kind in {"korean", "unknown"} and one.name != two.name
    if one.kind == "country":
        return two.kind != "country" and one.name != two.name
    return _LEVELS[one.kind] < _LEVELS[two.kind] or (
        one.kind == "city" and two.suffix in {"구", "군", "현"}
    )


def bare_place(spot: Spot) -> tuple[str | None, str | None]:
    """The name and country of a place as a mission's or deal's place is given."""
    if spot.kind == "country":
        state = city_state(spot.country)
        return state, spot.country
    if spot.kind == "unknown":
        return spot.name, spot.country
    return spot.name, spot.country
