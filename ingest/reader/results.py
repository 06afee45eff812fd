"""The results a sentence reports: which sums are facts, of whom, where, in which period."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.reader.clauses import clause_at
from ingest.reader.sellers import Sellers, sellers_of
from ingest.reader.spot import Spot
from ingest.reader.stage_pattern import Staged, staged

if TYPE_CHECKING:
    from ingest.reader.article import Article
    from ingest.reader.mentions import Mentions
    from ingest.reader.numbers import Amount, Count
    from ingest.reader.proposals import Flag, Period, Stage
    from ingest.reader.stages import StageWord
    from ingest.reader.text import Span


@dataclass(frozen=True, slots=True)
class Result:
    """One sum or count with its stage, before results of the whole text are put together."""

    sentence: Mentions
    span: Span
    stage: Stage
    word: str
    word_span: Span | None
    others: tuple[Stage, ...]
    direct: bool
    amount: Amount | None
    count: Count | None
    sellers: Sellers
    place: Spot | None
    period: Period
    flags: tuple[Flag, ...] = ()


_NO_FACT_BEFORE = re.compile(
    r"(?:목표(?:액|치)?|예산|지원금|지원액|지원\s?한도|사업비|시장\s?규모|연?\s?매출액?|매출|"
    r"자본금|수입액|수입\s?규모|교역\s?규모|교역액|무역\s?규모|무역액|"
    r"물류비|보험료?|대출|펀드|기금|상금|관세|보조금|국비|도비|시비|군비|구비|총사업비|투자비|"
    r"공사비|비용|소득|GDP|국내총생산|생산액|거래액|"
    r"판매\s?목표|수출\s?목표|국가\s?예산|부가가치|경제\s?효과|입장료|참가비|장학금|성금|"
    r"후원금|기부금)(?:은|는|이|가|을|를|만|로|인|의)?\s?"
    r"(?:[가-힣0-9]{0,10}\s){0,3}(?:총|약|최대|연간|연)?\s?$"
)
_NO_FACT_AFTER = re.compile(
    r"\)?\s?(?:이상|규모|가량|정도|상당|여)?(?:의|을|를|이|에|로|까지|씩)?\s?(?:목표|예산|"
    r"지원금|지원(?:하|을|받|한)|보조|투입|들여|시장(?:을|이|으로|\s?규모)|"
    r"(?:수출\s)?시대|탑|클럽|고지|(?:넘긴|넘은|달성한|돌파한)\s(?:기업|업체)|초과|웃도|상회|늘어|늘었|많|적은|증가|감소|줄어|적자|흑자|"
    r"매출|융자|대출|사업비|기금|성금|기부|전달|장학금|상금|을 들|를 들|어치를 수입|"
    r"규모의\s?(?:[가-힣]+\s)?시장)"
)
_INTENDED = re.compile(r"[^.]{0,24}(?:수출|판매|공급|달성|계약)할\s(?:계획|방침|목표|예정)")
_EXPORTS_OF = re.compile(
    r"(?:수출|무역|교역)\s?(?:액|규모|총액|량)(?:은|이|는|가|을|"
    r"를)?\s?(?:[가-힣0-9]{1,8}\s){0,3}$"
)
_CONTRACTED = re.compile(r"계약|협약|MOU|상담")
_GOAL = re.compile(r"목표(?:로|를|액|치)|당초")
_PAST = re.compile(
    r"(?:지난해|작년)(?!에\s이어)|전년|재작년|앞서|그동안|지금까지|지난\s?(?:19|20)\d\d년|(?:19|"
    r"20)\d\d년(?:에는|에도|에|부터|도)?|지난\s?\d{1,2}월|\d년\s?전"
)
_SINCE = re.compile(
    r"그동안|지금까지|누적|누계|(?:19|20)\d\d년(?:부터|이후)|이후\s?(?:현재|지금)까지|현재까지|매년"
)
_ANNUAL = re.compile(r"매년|해마다|연간|연\s?(?=\d)|\d\s?년간\s?(?:매년|연간)?")


def results(article: Article) -> list[Result]:
    """Every sum and count of the text that is reported as a result, in order."""
    found: list[Result] = []
    for n in range(len(article.told)):
        found += _in_sentence(article, n, _context(article, n))
    return found


def _context(article: Article, n: int) -> Stage | None:
    """The stage that the sentences around speak of: the nearest before, else the one after."""
    for one in (*reversed(article.told[:n]), *article.told[n + 1 : n + 2]):
        if one.stages and one.sentence.role != "headline":
            return one.stages[-1].stage
    return None


def _in_sentence(article: Article, n: int, context: Stage | None) -> list[Result]:
    text, one = article.text, article.told[n]
    facts = tuple(a for a in one.amounts if _is_fact(text, one, a))
    if not facts and not one.counts:
        return []
    kept = replace(one, amounts=facts)
    found: list[Result] = []
    for each in staged(text, kept, context):
        found += _of_sum(article, n, kept, each)
    found += _counted_only(article, kept, found)
    return found


def _is_fact(text: str, one: Mentions, amount: Amount) -> bool:
    """Whether a sum may be a result: no target, budget, market or turnover."""
    before = text[max(one.start, amount.start - 40) : amount.start]
    after = text[amount.end : min(one.end, amount.end + 24)]
    if _NO_FACT_BEFORE.search(before) or _NO_FACT_AFTER.match(after):
        return False
    if _EXPORTS_OF.search(before) and not one.firms:
        return False
    if _INTENDED.match(text, amount.end, one.end) and not _CONTRACTED.search(
        text, one.start, one.end
    ):
        return False
    if amount.currency == "KRW":
        around = text[max(one.start, amount.start - 16) : min(one.end, amount.end + 20)]
        return _sold_in_won(text, one) and "투자" not in around
    return True


def _sold_in_won(text: str, one: Mentions) -> bool:
    """Whether a sentence with won speaks of exports or contracts."""
    return re.search(r"계약|수출|상담|협약|MOU|판매", text[one.start : one.end]) is not None


def _of_sum(article: Article, n: int, one: Mentions, each: Staged) -> list[Result]:
    text, amount = article.text, each.amount
    clause = clause_at(text, one.start, one.end, amount.start)
    sold = sellers_of(article, n, one, each)
    place = _place(text, one, amount)
    word = each.word
    flags = _flags(text, one, each)
    base = Result(
        one, clause, each.stage,
        word.word if word else _vague_word(text, one, amount),
        (word.start, word.end) if word else None,
        each.others, each.direct, amount, _count_of(text, one, amount), sold[0], place,
        _period(text, one, amount, article), flags,
    )  # fmt: skip
    return [replace(base, sellers=one_of) for one_of in sold]


_RESULT = re.compile(r"성과|실적|체결|계약|협약|수출|납품|공급|판매|상담")


def _vague_word(text: str, one: Mentions, amount: Amount) -> str:
    """The word for a result that stands nearest, where none names a stage by itself."""
    after = _RESULT.search(text, amount.end, min(one.end, amount.end + 60))
    if after:
        return after[0]
    before = list(_RESULT.finditer(text, max(one.start, amount.start - 40), amount.start))
    return before[-1][0] if before else text[amount.start : amount.end]


def _flags(text: str, one: Mentions, each: Staged) -> tuple[Flag, ...]:
    flags: list[Flag] = list(each.amount.flags)
    around = text[max(one.start, each.amount.start - 30) : min(one.end, each.amount.end + 30)]
    if each.others:
        flags.append("mixed_total")
    for flag, pattern in _FLAGS:
        if pattern.search(around):
            flags.append(flag)
    return tuple(flags)


_FLAGS: tuple[tuple[Flag, re.Pattern[str]], ...] = (
    ("per_firm_average", re.compile(r"업체당|기업당|1개사당|평균")),
    ("prepayment", re.compile(r"선수금|선금|계약금")),
    ("sample_sale", re.compile(r"샘플|현장\s?판매|시제품")),
    ("investment", re.compile(r"투자(?:협약|유치|의향|하기로)|합작")),
    ("anonymised", re.compile(r"(?<![A-Za-z])[A-Z]\s?사(?=[는가와의에 ,])")),
)


_TOTALLED = re.compile(r"(?:의\s)?[가-힣A-Z]{2,8}\s?(?:체결)?\s?\((?:총액|총|규모|금액)?\s?:?\s?")


def _count_of(text: str, one: Mentions, amount: Amount) -> Count | None:
    """The number of deals that stands beside a sum: `48건 920만 달러`, `920만 달러(48건)`."""
    for count in reversed(one.counts):
        if count.of != "deals":
            continue
        if count.end <= amount.start and _TOTALLED.fullmatch(text, count.end, amount.start):
            return count
        between = text[count.end : amount.start] if count.end <= amount.start else ""
        if (
            count.end <= amount.start
            and len(between) <= 14
            and not re.search(r"[,]\s?[가-힣]|와 |과 |및|고 |며 |상담|계약|MOU|협약", between)
        ):
            return count
    for count in one.counts:
        if count.of == "deals" and amount.end <= count.start:
            between = text[amount.end : count.start]
            if re.fullmatch(r"\s?[(/]\s?(?:총)?\s?", between):
                return count
    return None


def _period(text: str, one: Mentions, amount: Amount, article: Article) -> Period:
    before = text[one.start : amount.start]
    near = text[max(one.start, amount.start - 16) : amount.start]
    if _ANNUAL.search(near):
        return "annual"
    if _SINCE.search(before):
        return "cumulative"
    if _PAST.search(before) and not _this_time(before, article):
        return "historical"
    return "event"


def _this_time(before: str, article: Article) -> bool:
    """Whether the past that is named is the journey itself: a month or year of this event."""
    past = _last(r"(?:지난해|작년)(?!에\s이어)|전년|재작년|앞서|\d년\s?전|그동안|지금까지", before)
    if _last(r"이번|올해|금년", before) > past:
        return True
    if past >= 0:
        return False
    year = re.search(r"((?:19|20)\d\d)년", before)
    if year and article.published:
        return int(year[1]) == article.published.year
    return True


def _last(pattern: str, text: str) -> int:
    return max((found.start() for found in re.finditer(pattern, text)), default=-1)


_AT = re.compile(r"에서는|에서도|에서의|에서|에선|에서만|에 |은|는|의|서")


def _place(text: str, one: Mentions, amount: Amount) -> Spot | None:
    """The one place that a sum is told of: the last before it, unless it is one of a list."""
    before = [s for s in one.spots if s.stop <= amount.start and s.inner and s.kind != "area"]
    before = [s for s in before if s.country != "KR" and s.kind != "korean"]
    if not before:
        return None
    spot = before[-1]
    others = [a for a in one.amounts if spot.stop <= a.start < amount.start]
    if len(before) > 1 and _listed(text, before[-2], spot):
        return None
    if others and not spot.particle.startswith("에서"):
        return None
    return spot if spot.country or spot.kind == "unknown" else None


def _listed(text: str, one: Spot, two: Spot) -> bool:
    between = text[one.end : two.start]
    return (
        len(between) <= 26
        and not re.search(r"[가-힣](?:했|었|았|하)|에서", between)
        and re.search(r"[,·와과및/(]", between) is not None
    )


def _counted_only(article: Article, one: Mentions, found: list[Result]) -> list[Result]:
    """Numbers of deals of which no sum is told here."""
    text, taken = article.text, {id(r.count) for r in found if r.count}
    more = []
    for count in one.counts:
        mean = re.search(r"평균\s?(?:약\s?)?$", text[max(one.start, count.start - 8) : count.start])
        if count.of != "deals" or id(count) in taken or mean:
            continue
        word = _word_of(text, one, count)
        if word is None:
            continue
        clause = clause_at(text, one.start, one.end, count.start)
        period = _period_of_count(text, one, count, article)
        more.append(_count_alone(one, clause, word, count, period))
    return more


def _count_alone(
    one: Mentions, clause: Span, word: StageWord, count: Count, period: Period
) -> Result:
    return Result(
        one, clause, word.stage, word.word, (word.start, word.end), (), True, None, count,
        Sellers(), None, period,
    )  # fmt: skip


def _period_of_count(text: str, one: Mentions, count: Count, article: Article) -> Period:
    before = text[one.start : count.start]
    if _SINCE.search(before):
        return "cumulative"
    return "historical" if _PAST.search(before) and not _this_time(before, article) else "event"


def _word_of(text: str, one: Mentions, count: Count) -> StageWord | None:
    after = [w for w in one.stages if 0 <= w.start - count.end <= 14]
    for word in after:
        if not re.search(r"[,]|와 |과 |및|며 |고 ", text[count.end : word.start]):
            return word
    before = [w for w in one.stages if 0 <= count.start - w.end <= 8]
    for word in reversed(before):
        if re.fullmatch(
            r"(?:\s?(?:실적|건수|액|체결|협약|\((?:MOU|LOI)\)))?(?:은|는|이|가|을|를|"
            r"도)?\s?:?\s?(?:총|모두|약)?\s?",
            text[word.end : count.start],
        ):
            return word
    return None
