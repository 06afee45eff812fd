"""The words for ties and agreements: which kind, and how far it has come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.reader.proposals import AgreementKind, AgreementStatus

_SISTER = r"자매\s?(?:결연\s?도시|결연|도시|관계|협정|협약|교류|우호)?"
_DOCUMENT = (
    r"(?:업무\s?|상호\s?)?(?:협약|협정|협의|MOU|MOA|MOC|LOI|양해\s?각서|합의서|"
    r"합의각서|각서|의향서|협력서|공동\s?선언문|선언)(?:서|문)?"
)
_TIE = re.compile(
    r"(?P<sister_city>(?:상호)?결연\s?도시|(?<!자매)(?<!매\s)결연(?=을|식|을\s)|자매\s?(?:결연|"
    r"도시|관계|협정|협약|교류)|자매\s?·\s?우호\s?(?:도시|결연|"
    r"협력)?|자매우호\s?(?:도시)?|국제자매도시)"
    r"|(?P<friendship_city>(?:국제\s?)?(?:우호|친선|우호친선|친선우호|"
    r"우호\s?·\s?친선)\s?(?:교류\s?|협력\s?|결연\s?|증진\s?|친선\s?)*(?:도시|결연|관계|협력|"
    r"교류|협약|협정)?)"
    r"|(?P<exchange_city>(?:국제)?교류\s?(?:협력\s?)?도시)"
    r"|(?P<loi>(?<!구매)(?<!구매\s)(?<!수출)(?<!수출\s)(?<!투자)(?:교류|협력|우호|업무|"
    r"투자)?\s?의향서|LOI)"
    r"|(?P<moa>MOA|합의\s?각서)"
    r"|(?P<mou>업무\s?(?:제휴\s?)?협약|MOU|MOC|양해\s?각서)"
    r"|(?P<agreement>(?:상호\s?|교류\s?|협력\s?|경제\s?|통상\s?|교류협력\s?|상생\s?|무역\s?|"
    r"투자\s?|공동\s?|실행\s?|경제협력\s?|경제교류\s?|파트너십\s?)+(?:협약|협정|합의서|협의서|"
    r"약정)|협약|협정(?!부)|합의서)"
)
_LOI = re.compile(r"의향서|LOI")
_MOU = re.compile(r"업무\s?협약|MOU|양해\s?각서|MOC")
_DONE = (
    r"체결(?:했|하였|되었|되였|하고|하며|하는|해|한(?!다)|된(?!다)|됐|했으며|식을|식이|로|을 "
    r"통|이다|$)|맺(?:었|고|은|어|으며)|서명(?:했|하고|하며|한|식)|조인(?:했|식)|교환(?:했|"
    r"하고|하며|한)|"
    r"성사|결연을\s?(?:체결|맺|하고|했|한)|결연했|결연한|결연하고|가졌다|격상"
)
_SIGNED = re.compile(_DONE)
_PROPOSED = re.compile(
    r"(?:(?:을|를|의|이)?\s?(?:정식\s|공식\s|향후\s)?(?:체결|맺|서명|교환|추진|결연|체결식|"
    r"협약식)[가-힣\s]{0,6}?(?:키로|하기로|기로|할\s|을\s?(?:추진|제안|희망|검토|논의|협의|"
    r"목표|준비)|예정|계획|방침|위해|위한|를 위|앞두|앞둔|될 예정|하자고|의향|한다는))|"
    r"(?:을|를|도|의)?\s?(?:결연\s?)?(?:추진|제안|희망|모색|검토|타진|확장|확대|협의|"
    r"논의)(?:을|를|하고|했|하기로|키로|할|중|하는|\s방안|을 위)|"
    r"(?:으로|로)\s?발전시키기로|(?:을|를)\s?맺자|맺고 싶|(?:을|를)?\s?(?:정식\s|"
    r"공식\s)?(?:체결한다|맺는다|서명한다|교환한다)"
)
_FORCE = re.compile(
    r"^(?:인|의|이자|이며|로|이기도|에|를|들|와|과|\s|관계(?:인|를|에)|지인|,|에서|가|는|은|"
    r"이)|^\s?\d{1,2}주년"
)
_ENDED = re.compile(r"(?:해지|파기|종료|끊|해소|철회)")
_DORMANT = re.compile(r"(?:중단|휴면|단절|소원|끊겼|멈췄|멈춘|끊긴)")
_UPGRADE = re.compile(r"격상|승격|발전시켜|한 단계 (?:높|발전|끌어)|전환")


@dataclass(frozen=True, slots=True)
class Tie:
    """A word for a tie where it stands, the kind it means and others it may mean."""

    start: int
    end: int
    kind: AgreementKind
    others: tuple[AgreementKind, ...] = ()
    both: bool = False


_BOUND = re.compile(r"도시|결연|협약|협정")
_BINDING = re.compile(
    r"\s?(?:관계)?(?:에\s관한|를\s위한|을\s위한|및\s|·|\s)*(?:[가-힣]{2,4}\s?)?(?:양해\s?각서|"
    r"업무\s?협약|협약|협정|의향서|합의서|협의서|각서|MOU|LOI|\(MOU|결연|도시)|"
    r"\s?(?:관계)?(?:을|를)\s?(?:공식\s|정식\s)?(?:맺|체결|수립|약속)|"
    r"\s?(?:관계)?\s?\d{1,2}\s?주년|\s?관계에서|에서\s자매|\s?(?:관계)?를?\s?자매|\s?체결"
)


def _binds(text: str, match: re.Match[str]) -> bool:
    """Whether friendly exchange is a tie here, and no mere friendliness."""
    if _BOUND.search(match[0]):
        return True
    return _BINDING.match(text, len(match[0].rstrip()) + match.start()) is not None


def tie_words(text: str, start: int, end: int) -> list[Tie]:
    """The words for ties between two places; those that stand together are one."""
    found: list[Tie] = []
    for match in _TIE.finditer(text, start, end):
        kind: AgreementKind = match.lastgroup  # type: ignore[assignment]  # the groups are the kinds
        if kind == "friendship_city" and not _binds(text, match):
            continue
        last = found[-1] if found else None
        if (
            last
            and match.start() - last.end <= 6
            and not re.search(r"[,.]|에서|으로|과 |와 |격상", text[last.end : match.start()])
        ):
            found[-1] = _one(text, last, Tie(match.start(), match.end(), kind))
        else:
            both = "·" in match[0] or "자매우호" in match[0]
            found.append(Tie(match.start(), match.end(), kind, both=both))
    return [_settled(text, tie) for tie in found]


def _one(text: str, one: Tie, two: Tie) -> Tie:
    """Two words that name one tie: the document's word wins for a mere exchange or intent."""
    kinds = [*one.others, one.kind, two.kind]
    told = text[one.start : two.end]
    kind = one.kind
    if "loi" in kinds:
        kind = "loi"
    elif "sister_city" in kinds:
        kind = "sister_city"
    elif "friendship_city" in kinds:
        plain = re.search(r"우호\s?(?:교류|협력|증진)?\s?(?:및\s)?", told) and not re.search(
            r"도시|결연", told
        )
        kind = "mou" if plain and {"mou", "moa"} & set(kinds) else "friendship_city"
    elif "moa" in kinds:
        kind = "moa"
    elif "mou" in kinds:
        kind = "mou"
    others = () if kind == "loi" else tuple(k for k in dict.fromkeys(kinds) if k != kind)
    return Tie(one.start, two.end, kind, others, one.both)


def _settled(text: str, tie: Tie) -> Tie:
    """The tie with the document in brackets behind it taken in: 협약(MOU)."""
    bracket = re.match(r"\s?\((MOU|LOI|MOA|MOC)\)", text[tie.end : tie.end + 8])
    if not bracket:
        return tie
    kind: AgreementKind = (
        "loi" if bracket[1] == "LOI" else ("moa" if bracket[1] == "MOA" else "mou")
    )
    if tie.kind in {"sister_city", "friendship_city", "loi"}:
        if tie.kind == "friendship_city" and not re.search(r"도시|결연", text[tie.start : tie.end]):
            return Tie(tie.start, tie.end, kind, ("friendship_city",))
        return tie
    return Tie(tie.start, tie.end, kind, tie.others)


def status_of(text: str, tie: Tie, start: int, end: int) -> AgreementStatus | None:
    """How far a tie has come by its sentence; None if that does not say that there is one."""
    after = text[tie.end : min(end, tie.end + 60)]
    if _GENERAL.search(text, start, tie.start):
        return None
    over = _over(after)
    if over or _KEPT.match(after):
        return over or "in_force"
    before = text[max(start, tie.start - 30) : tie.start]
    if _MADE_BEFORE.search(before) or re.match(r"\s?(?:했|하였)(?:고|으며|다|지만)", after):
        return "signed"
    if _HELD.match(after):
        return "signed"
    if _firmly(after):
        return "proposed" if re.search(r"향후|앞으로", before) else "signed"
    if _TO_BE_HELD.match(after):
        return "proposed"
    if _PROPOSED.match(after) or _PLANNED.search(after[:40]) or _EXTENDING.search(after):
        return "proposed"
    return _by_word(text[tie.start : tie.end], after)


_KEPT = re.compile(
    r"\s?(?:결연\s?)?(?:관계\s?)?(?:도시|지역|기관|체결)?\s?\d{1,2}\s?(?:주년|돌)|"
    r"한\s(?=[가-힣])|[가-힣\s]{0,8}(?:맺고|체결하고|유지하고|이어오고|이어가고)\s있"
)
_HELD = re.compile(
    r"\s?(?:협약\s?|조인\s?|체결\s?|결연\s?)?식(?:이|을)\s[^.\n]{0,40}?(?:열(?:렸|었|고|려|린\s뒤)|가졌|"
    r"개최(?:했|됐|되었))"
)
_TO_BE_HELD = re.compile(
    r"\s?(?:협약\s?|조인\s?|체결\s?|결연\s?)?식(?:이|을)\s[^.\n]{0,40}?(?:열린다|열릴|연다|가질|갖는다|"
    r"개최(?:한다|할|될|된다))"
)
_MADE_BEFORE = re.compile(r"(?:맺은|맺었던|체결한|체결했던|서명한|교환한)\s(?:[가-힣]+\s){0,3}$")
_MADE = re.compile(
    r"(?:\s?결연)?(?:을|를)\s?(?:했|하고|한\s|해\s|하며|시작으로)|\s?(?:을|를)\s맺은"
)


def _over(after: str) -> AgreementStatus | None:
    if _ENDED.search(after[:24]):
        return "ended"
    return "dormant" if _DORMANT.search(after[:30]) else None


def _by_word(word: str, after: str) -> AgreementStatus | None:
    """Signed or said to exist, by the word itself and what follows it."""
    city = "도시" in word
    if (_SIGNED.search(after) and not city) or _SIGNED.match(after.lstrip(" 을를")):
        return "signed"
    if _MADE.match(after):
        return "signed"
    if city and (_FORCE.match(after) or after[:1] in {" ", "("}):
        return "in_force"
    return "in_force" if re.match(r"\s?(?:관계|을 기념|이후|도시)", after) else None


_GENERAL = re.compile(r"통상\s|일반적으로|지방자치단체(?:가|는)|지자체(?:가|는)")
_PLANNED = re.compile(
    r"(?:체결|맺|서명|교환|결연)[가-힣]{0,3}\s?(?:키로|하기로|기로|할\s(?:예정|계획|방침|것)|"
    r"될\s예정|을\s(?:추진|제안|희망|협의|논의|준비)|를\s위|하자고|한다는|한다고|는다고)"
)
_EXTENDING = re.compile(r"^[가-힣\s]{0,6}(?:확장|확대)(?:을|를)?\s?(?:위해|추진|노력)")


def _firmly(after: str) -> bool:
    """Whether the first verb after the word says that it was signed."""
    first = re.search(
        r"(?:체결|맺|서명|교환|조인)(?P<done>을\s하며|을\s했|,\s|했|하였|되었|하고|었|고\s|"
        r"은\s|한\s|해\s|하며|"
        r"으며|했으며|하는 성과|식을 (?:가졌|열었|개최했)|된|됐|어\s)?(?P<plan>키로|하기로|할|"
        r"기로|을 (?:추진|제안|위해)|을 위)?",
        after,
    )
    return bool(first and first["done"] and not first["plan"])


def upgraded_from(text: str, tie: Tie, start: int, end: int) -> AgreementKind | None:
    """The kind of tie that this one was raised from, where the sentence says 격상."""
    if not _UPGRADE.search(text, start, end) or tie.kind not in {"sister_city", "friendship_city"}:
        return None
    before = [t for t in tie_words(text, start, tie.start) if t.kind != tie.kind]
    if before:
        return before[-1].kind
    return (
        "friendship_city"
        if tie.kind == "sister_city" and "우호" in text[start : tie.start]
        else None
    )
