"""The words that say on which rung of the ladder a sum stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.reader.proposals import Stage

_GROUPS: tuple[tuple[Stage, str], ...] = (
    ("inquiry", r"인콰이어리|인콰이리|인콰리"),
    (
        "expected",
        r"계약\s?(?:체결\s?)?(?:추진\s?실적|추진액|추진|예상액|예상|예정|전망|가능\s?상담액|"
        r"가능액|가능성|기대|협의|협상|진행|논의|성사\s?예상|성사\s?가능)|"
        r"추진\s?계약|성약\s?(?:예상액?|추진|가능|기대)|(?:향후|"
        r"추가)\s?(?:수출\s?)?계약\s?(?:예상|가능|기대)|"
        r"수출\s?(?:예상액?|기대액?|전망액?|추진액|가능액?)|예상\s?계약|예상\s?수출|(?:수출|"
        r"구매|계약)\s?의향(?!서)",
    ),
    (
        "mou",
        r"수출\s?의향서|구매\s?의향서|의향서|(?:(?:수출|구매|업무|판매|공급|계약|납품|투자|"
        r"수출입|수출\s?업무)\s?)?(?:협약|MOU(?:\s?계약)?|양해\s?각서)(?:\s?\((?:MOU|LOI)\))?|LOI",
    ),
    ("provisional", r"가\s?계약|약정\s?계약|(?:(?:구매|수출|공급|실·)\s?)?약정(?!서)|잠정\s?계약"),
    (
        "contract",
        r"실질\s?계약|실제\s?계약|실\s?계약|현장\s?계약|현지\s?계약|즉석\s?계약|본\s?계약|"
        r"정식\s?계약|납품\s?계약|구매\s?계약|판매\s?계약|공급\s?계약|"
        r"수출\s?계약|독점\s?계약|총판\s?계약|계약(?!\s?상담)|성약|수주",
    ),
    ("shipment", r"발주|선적|출고|초도\s?물량|주문|오더(?!메)"),
    (
        "export_result",
        r"수출\s?실적|후속\s?수출|수출\s?성사|수출액|현장\s?판매|판매\s?실적|판매액|"
        r"수출(?=하(?!기로|고\s?있|는)|했|을\s?(?:성사|달성|이뤄|기록|확정)|길에|한\s|됐|되)",
    ),
    (
        "consultation",
        r"(?:(?:수출|바이어|계약|구매|비즈니스|투자|현장|무역|화상|온라인)\s?)?상담\s?(?:실적|"
        r"액|금액|성과|규모)?(?!회|장|을 받|사|원|센터|실\b|창구|부스)",
    ),
)
_WORD = re.compile("|".join(f"(?P<{stage}>{words})" for stage, words in _GROUPS))
_VAGUE = re.compile(r"체결|성과|거래\s?실적|실적|거뒀|거두")
_PENDING = re.compile(
    r"^\s?\((?:예정|추진|예상)\)|^(?:을|를|이|가|도|의|까지|으로|로|은|는|키)?\s?(?:체결\s?|"
    r"성사\s?|규모\s?)?(?:을|를|이|"
    r"가|도|로|으로)?\s?"
    r"(?:위한\s|위해\s|향후\s|조만간\s|곧\s|현재\s|계속\s|적극\s|활발히\s|추가로\s)?"
    r"(?:추진|예상|전망|기대|눈앞|앞두|앞둔|앞뒀|예정|가능|협의|진행\s?(?:중|하고)|논의|목전|"
    r"타진|성사될|이뤄질|이루어질|이어질|"
    r"체결될|체결할|체결하기로|맺을|맺기로|성사시킬|하기로\s?(?:약속|합의)|할\s)"
)
_PENDING_TAIL = re.compile(
    r"(?:체결|성사|이어|이뤄|이루어|될|할|수출)[가-힣\s]{0,8}?(?:될|할|질)\s?(?:것으로|전망|"
    r"예정|것이|것을|수\s?있)|"
    r"(?:것으로|로)\s?(?:예상|전망|기대|보인|보고)|(?:예상|전망|기대)(?:된|되|했|하고|이다|"
    r"했다|한다)|눈앞|앞두고|"
    r"(?:추진|협의|논의|타진|조율|진행)\s?(?:중|하고\s있|되고\s있|키로|하기로)"
)


@dataclass(frozen=True, slots=True)
class StageWord:
    """A word for a stage where it is printed."""

    start: int
    end: int
    stage: Stage
    word: str


def stage_words(text: str, start: int, end: int) -> list[StageWord]:
    """The words for stages between two places, in order."""
    found = []
    for match in _WORD.finditer(text, start, end):
        stage: Stage = match.lastgroup  # type: ignore[assignment]  # the groups are the stages
        lead = len(match[0]) - len(match[0].lstrip())
        word = match[0].strip()
        stop = match.start() + lead + len(word)
        found.append(_weighed(text, match.start() + lead, stop, stage, word, end))
    return found


def _weighed(text: str, start: int, stop: int, stage: Stage, word: str, end: int) -> StageWord:
    """The word with the stage that what follows it leaves: a contract in view is none yet."""
    if stage in {"contract", "mou"} and word != "의향서":
        after = text[stop : min(end, stop + 24)]
        if pending := _PENDING.match(after):
            told = text[start : stop + pending.end()].strip()
            return StageWord(start, stop, "expected", told)
    return StageWord(start, stop, stage, word)


def is_pending(text: str, start: int, end: int) -> bool:
    """Whether the clause says that what it tells is still to come."""
    return _PENDING_TAIL.search(text, start, end) is not None


def is_vague(text: str, start: int, end: int) -> bool:
    """Whether a stretch speaks of a result without saying of which stage."""
    return _VAGUE.search(text, start, end) is not None
