"""Question phrases: what a sentence typed into the search box asks, in Korean or English.

A phrase is read in every way that fits, the likeliest first: which reading holds is for the
names in it to tell. `반둥으로` may be 반둥 with a particle, and 종로 is a place by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from graph.hangul import is_syllable, letters

Question = Literal["beneficiaries", "ties", "path", "gaps"]


@dataclass(frozen=True)
class Asked:
    """One reading: the question, and for each of its parts the spellings to look up in turn."""

    question: Question
    names: dict[str, tuple[str, ...]]


_FIRMS = r"(?:수출\s*)?(?:기업|회사|업체)(?:들)?"
_GOOD = (
    r"(?:덕|혜택|이익|이득|도움|득|수혜)(?:을|를)?\s*"
    r"(?:가장\s*)?(?:많이\s*)?(?:본|보는|봤던|받은|받는|입은|얻은|누린|누리는)"
)
_TIED = (
    r"(?:(?:국제\s*)?(?:자매|우호|교류)(?:\s*[·,]?\s*우호)?\s*(?:결연\s*)?도시|결연\s*도시)(?:들)?"
)
_BONDS = r"(?:자매\s*결연|결연|자매|우호\s*결연|우호\s*협력)"
_AMONG = r"(?:들)?\s*(?:중|가운데)(?:에서|에|서)?"
_NO_TRADE = (
    r"(?:거래|교역|무역|수출)\s*(?:기록|실적|내역|자료)?(?:이|가|은|는|도)?\s*"
    r"(?:전혀\s*|하나도\s*)?(?:없는|안\s*나오는)"
)
_PLACE = r"(?:곳|도시|데|자매\s*도시)(?:들)?"
_WAY = r"(?:의\s*)?(?:(?:가는|잇는|이어지는|닿는)\s*)?(?:길|경로|연결|관계)(?:\s*찾기)?"
_FIRMS_EN = r"(?:firms?|compan(?:y|ies)|businesses)"
_TIED_EN = r"(?:sister|friendship|twin|twinned|partner)[\s-]*(?:cities|city|towns?)"
_GAIN_EN = (
    r"(?:(?:have\s+|has\s+)?(?:benefit|profit|gain)(?:s|ed|ted|t?ing)?)\s+(?:from|by|through)"
)
_NO_TRADE_EN = (
    r"(?:without|with\s+no|lacking|that\s+have\s+no)\s+(?:any\s+)?"
    r"(?:recorded\s+|known\s+)?trade(?:\s+(?:on\s+)?records?)?"
)

_THAT_GAIN = rf"(?:(?:that|which|who)\s+)?{_GAIN_EN}"
_VERB_EN = r"(?:connected|linked|related)"
_PATTERNS: tuple[tuple[Question, str], ...] = (
    (
        "beneficiaries",
        rf"(?P<home>.+?)\s*{_FIRMS}{_AMONG}\s*(?P<partner>.+?)\s*{_GOOD}\s*(?:곳|데|{_FIRMS})",
    ),
    ("beneficiaries", rf"(?P<partner>.+?)\s*{_GOOD}\s*(?:(?P<home>.+?)\s*)?{_FIRMS}"),
    ("beneficiaries", rf"(?P<partner>.+?)\s*관련(?:된)?\s*{_FIRMS}(?:과\s*근거)?"),
    ("gaps", rf"(?:(?P<city>.+?)\s*)??{_TIED}{_AMONG}\s*{_NO_TRADE}\s*{_PLACE}"),
    ("gaps", rf"{_NO_TRADE}\s*(?:(?P<city>.+?)\s*)??{_TIED}"),
    ("gaps", rf"(?P<city>.+?)\s*{_NO_TRADE}\s*{_TIED}"),
    ("path", rf"(?P<from>.+?(?:에서|부터))\s*(?P<to>.+?)까지(?:\s*{_WAY})?"),
    ("path", rf"(?P<from>.+?(?:와|과|하고))\s+(?P<to>.+?)\s*(?:사이(?:\s*{_WAY})?|{_WAY})"),
    ("path", rf"(?P<from>.+?)이?랑\s+(?P<to>.+?)\s*(?:사이(?:\s*{_WAY})?|{_WAY})"),
    ("path", rf"(?P<from>.+?(?:와|과))(?P<to>.+?)\s*사이(?:\s*{_WAY})?"),
    ("path", r"(?P<from>.+?)\s*(?:→|->|=>)\s*(?P<to>.+)"),
    ("ties", rf"(?P<city>.+?(?:와|과|하고))\s*{_BONDS}(?:을|를)?\s*(?:한|맺은|된)\s*{_PLACE}"),
    ("ties", rf"(?P<city>.+?)\s*(?:맺은\s*)?{_TIED}"),
    (
        "beneficiaries",
        rf"(?:(?:which|what)\s+)?{_FIRMS_EN}\s+(?:(?:of|from|in)\s+(?P<home>.+?)\s+)?"
        rf"{_THAT_GAIN}\s+(?P<partner>.+)",
    ),
    (
        "beneficiaries",
        rf"(?:which\s+)?(?P<home>.+?)\s+{_FIRMS_EN}\s+{_THAT_GAIN}\s+(?P<partner>.+)",
    ),
    ("beneficiaries", rf"who\s+{_GAIN_EN}\s+(?P<partner>.+)"),
    ("gaps", rf"(?:the\s+)?{_TIED_EN}(?:\s+of\s+(?P<city>.+?))?\s+{_NO_TRADE_EN}"),
    ("gaps", rf"(?:the\s+)?{_TIED_EN}\s+{_NO_TRADE_EN}\s+(?:of|for)\s+(?P<city>.+)"),
    ("gaps", rf"(?P<city>.+?)(?:['’]s?)?\s+{_TIED_EN}\s+{_NO_TRADE_EN}"),
    ("ties", rf"(?:the\s+)?{_TIED_EN}\s+(?:of|with|to)\s+(?P<city>.+)"),
    ("ties", rf"(?P<city>.+?)(?:['’]s?)?\s+{_TIED_EN}"),
    ("path", r"(?:(?:the\s+)?(?:way|path|route|links?)\s+)?from\s+(?P<from>.+?)\s+to\s+(?P<to>.+)"),
    (
        "path",
        r"(?:(?:the\s+)?(?:way|path|route|links?|connections?)\s+)?"
        r"between\s+(?P<from>.+?)\s+and\s+(?P<to>.+)",
    ),
    ("path", rf"how\s+(?:is|are)\s+(?P<from>.+?)\s+and\s+(?P<to>.+?)\s+{_VERB_EN}"),
    ("path", rf"how\s+(?:is|are)\s+(?P<from>.+?)\s+{_VERB_EN}\s+(?:to|with)\s+(?P<to>.+)"),
)
_ENDING = (
    r"\s*(?:은|는|이|가|을|를|의\s*목록|\s*목록)?\s*(?:어디|누구|무엇|뭐|몇)?"
    r"(?:인가요?|입니까|일까요?|예요|야|지)?"
    r"\s*(?:(?:좀\s*)?(?:알려|보여|찾아)\s*(?:줘|주세요|주십시오|달라))?"
)
_READERS = tuple(
    (question, re.compile(rf"{pattern}{_ENDING}", re.IGNORECASE)) for question, pattern in _PATTERNS
)

_ALWAYS = (
    "에서부터",
    "으로부터",
    "로부터",
    "덕분에",
    "때문에",
    "에서",
    "에게서",
    "부터",
    "하고",
    "한테",
    "의",
    "에",
    "도",
)
"""Particles that follow any noun."""  # fmt: skip
_BY_FINAL = (
    ("을 통해서", "를 통해서"), ("을 통해", "를 통해"), ("과의", "와의"),
    ("과", "와"), ("을", "를"), ("은", "는"), ("이", "가"),
)  # fmt: skip
"""Particles after a final consonant, and after a vowel."""
_TOWARD = ("으로", "로")
_ANYBODY = {"한국", "국내", "우리", "우리나라", "어느", "어떤", "모든"}
"""Words before `기업` that name no home."""


def readings(text: str) -> tuple[Asked, ...]:
    """All ways to read a text as a question, the likeliest first; none if it is only a name."""
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip(" ?!.。？！")
    found = []
    for question, reader in _READERS:
        if said := reader.fullmatch(plain):
            found.append(Asked(question, _names(said)))
    return tuple(found)


def _names(said: re.Match[str]) -> dict[str, tuple[str, ...]]:
    given = {part: name.strip(" '\"‘’“”") for part, name in said.groupdict().items() if name}
    return {
        part: tuple(spellings(name)) if part != "to" else (name,)
        for part, name in given.items()
        if name and not (part == "home" and name.removesuffix("의").strip() in _ANYBODY)
    }


def spellings(name: str) -> list[str]:
    """A name without its particle, then as it stands, then without a particle that does not fit."""
    fitting: list[str] = []
    slips: list[str] = []
    for particle, fits in _particles(name):
        bare = name.removesuffix(particle).strip(" '\"‘’“”")
        if bare:
            (fitting if fits else slips).append(bare)
    return list(dict.fromkeys([*sorted(fitting, key=len), name, *slips]))


def _particles(name: str) -> Iterator[tuple[str, bool]]:
    """The particles that a name may end in, and whether each fits what it follows."""
    for particle in _ALWAYS:
        if name.endswith(particle):
            yield particle, True
    for after_consonant, after_vowel in _BY_FINAL:
        for particle, wanted in ((after_consonant, True), (after_vowel, False)):
            if name.endswith(particle):
                yield particle, _final(name.removesuffix(particle)) in {None, wanted}
    for particle in _TOWARD:
        if name.endswith(particle) and not (particle == "로" and name.endswith("으로")):
            yield particle, _toward(name.removesuffix(particle)) in {None, particle}


def _final(before: str) -> bool | None:
    """Whether a word ends in a final consonant; None if it is not Korean."""
    return bool(letters(before[-1])[2]) if before and is_syllable(before[-1]) else None


def _toward(before: str) -> str | None:
    """The particle of direction that follows a word; None if it is not Korean."""
    if not before or not is_syllable(before[-1]):
        return None
    return "로" if letters(before[-1])[2] in {"", "ㄹ"} else "으로"
