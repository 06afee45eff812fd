"""Whose a sum is: the firms that sold, the buyer, or nobody by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.reader.open_lists import runs

if TYPE_CHECKING:
    from ingest.reader.article import Article
    from ingest.reader.firms import Firm
    from ingest.reader.mentions import Mentions
    from ingest.reader.numbers import Amount
    from ingest.reader.stage_pattern import Staged
    from ingest.reader.text import Span


@dataclass(frozen=True, slots=True)
class Group:
    """Firms named together; `whole` if no others are meant with them."""

    start: int
    end: int
    firms: tuple[Firm, ...]
    whole: bool
    particle: str


@dataclass(frozen=True, slots=True)
class Sellers:
    """The firms a sum belongs to, its buyer, and whether that was only gathered from around."""

    firms: tuple[Firm, ...] = ()
    buyer: Firm | None = None
    buyer_name: str | None = None
    buyer_span: Span | None = None
    from_context: bool = False
    subtotal: bool = False


_WITH = (
    "와",
    "과",
    "와의",
    "과의",
    "에게",
    "로부터",
    "으로부터",
    "측과",
    "사와",
    "에",
    "사에",
    "와는",
    "과는",
    "에게서",
)
ABROAD = re.compile(
    r"(?:현지|바이어|수입업체|수입상|수입사|유통업체|유통기업|유통사|구매사|구매자|"
    r"대형마트|해외|국영기업|파트너)[^,.]{0,14}$"
)
_RESET = re.compile(
    r"(?:사절단|개척단|촉진단|상담회|박람회|전시회|참가단|방문단|대표단|참가\s?(?:업체|"
    r"기업)(?:들)?|참여\s?(?:업체|기업)(?:들)?|업체들|기업들|"
    r"(?:^|\s)(?:시|군|구|도)|[가-힣]{2,4}(?:시|군|구)|나머지[가-힣\s]{0,8}|"
    r"이번[가-힣\s]{0,10}|이들|전체|\d\s?개\s?(?:업체|기업|사))(?:은|는|이|가)(?=\s)"
)
_EACH = re.compile(r"각각|각\s")
_THIS = re.compile(r"(?:^|[\s\"'])(?:이|해당|동)\s?(?:회사|업체|기업|사(?=는|가|의))")
_THESE = re.compile(
    r"(?:^|\s)(?:이들(?:\s?(?:업체|기업|회사))?|두\s?(?:업체|기업|회사)|세\s?(?:업체|기업|"
    r"회사)|양사|이들\s?\d\s?개\s?(?:사|업체|기업))"
)
_WHO = re.compile(
    r"[가-힣]{0,6}(?:한|은|인|던|둔|낸|킨|된)\s(?:곳은\s|업체는\s|"
    r"기업은\s)?(?:[가-힣]{2,10}\s?(?:업체|기업|전문)(?:인)?\s)?['\"]?$"
)


def groups(text: str, one: Mentions) -> list[Group]:
    """The firms of a sentence as they are named together, in order."""
    found: list[Group] = []
    for run in runs(list(one.firms), text):
        around = next((t for t in one.lists if t.start <= run[0].start <= t.end), None)
        if around:
            if not any(g.start == around.start for g in found):
                found.append(
                    Group(around.start, around.end, around.firms, around.whole, around.particle)
                )
            continue
        last = run[-1]
        loose = re.match(
            r"\s?(?:사)?\s?(?:\([^()]{1,60}\))?\s?등", text[last.span[1] : last.span[1] + 70]
        )
        found.append(Group(run[0].span[0], last.span[1], run, loose is None, last.particle))
    return found


def sellers_of(article: Article, n: int, one: Mentions, each: Staged) -> list[Sellers]:
    """Whose a sum is; several where 각각 gives each firm the same sum."""
    text, amount = article.text, each.amount
    told = groups(text, one)
    buyer = _buyer(text, one, told, amount, each)
    rest = [group for group in told if buyer is None or buyer not in group.firms]
    if turn := _turns(text, one, rest, amount):
        return [Sellers((turn,), buyer)]
    group, context = _owner(article, n, one, rest, each)
    if group is None:
        return [Sellers(buyer=buyer)]
    if shared := _each(text, one, group, amount):
        return [Sellers((firm,), buyer) for firm in shared]
    if _is_total(text, one, group, amount):
        return [Sellers(buyer=None)]
    if not group.whole:
        return [Sellers((), buyer, subtotal=True)]
    return [Sellers(group.firms, buyer, from_context=context)]


def _turns(text: str, one: Mentions, told: list[Group], amount: Amount) -> Firm | None:
    """The firm whose turn it is where as many firms as sums are told with 각각."""
    if not one.amounts or not _EACH.search(text, one.start, one.end):
        return None
    before = [f for g in told if g.whole and g.end <= one.amounts[0].start for f in g.firms]
    if len(before) != len(one.amounts) or len(before) < 2:
        return None
    return before[one.amounts.index(amount)]


def _owner(
    article: Article, n: int, one: Mentions, told: list[Group], each: Staged
) -> tuple[Group | None, bool]:
    text, amount = article.text, each.amount
    if inside := _bracketed(text, one, amount):
        return Group(inside.span[0], inside.span[1], (inside,), True, ""), False
    before = [group for group in told if group.end <= amount.start]
    if before and not _RESET.search(text, before[-1].end, amount.start):
        return before[-1], False
    if follower := _follower(text, told, amount):
        return follower, False
    quote = _speaker(text, one, told, amount)
    if quote:
        return quote, False
    if before:
        return None, False
    return _from_before(article, n, one, amount)


_OPENING = re.compile(r"(?:사)?\s?\((?:[가-힣A-Za-z·\s]{1,15}[,:·]\s?)?(?:약|총)?\s?")


def _bracketed(text: str, one: Mentions, amount: Amount) -> Firm | None:
    """The firm in whose bracket a sum stands: `누리봄식품(42만 달러)`."""
    for firm in one.firms:
        if 0 < amount.start - firm.span[1] <= 24 and _OPENING.fullmatch(
            text, firm.span[1], amount.start
        ):
            return firm
    return None


_IN_ALL = re.compile(r"(?:총|모두|전체|합쳐|합해|합계|도합)\s?(?:\d+건,?\s?)?(?:약\s?)?$")


def _is_total(text: str, one: Mentions, group: Group, amount: Amount) -> bool:
    """Whether a sum behind others is that of them all: `…, C가 30만 달러 등 총 180만 달러`."""
    others = [a for a in one.amounts if group.start <= a.start < amount.start]
    return bool(others) and _IN_ALL.search(text[one.start : amount.start]) is not None


def _follower(text: str, told: list[Group], amount: Amount) -> Group | None:
    """The firm that a clause with the sum describes: `30만 달러를 계약한 솔빛테크`."""
    for group in told:
        if group.start >= amount.end and group.start - amount.end <= 60:
            between = text[amount.end : group.start]
            if _WHO.search(between) and not re.search(r"달러|[.,]\s|다\s", between):
                return group
            return None
    return None


def _speaker(text: str, one: Mentions, told: list[Group], amount: Amount) -> Group | None:
    """The firm of who says the quote that the sum stands in."""
    opening = text.rfind('"', one.start, amount.start)
    closing = text.find('"', amount.end, one.end)
    if opening < 0 or closing < 0 or text.count('"', one.start, opening + 1) % 2 == 0:
        return None
    return next((group for group in told if group.start >= closing), None)


def _from_before(
    article: Article, n: int, one: Mentions, amount: Amount
) -> tuple[Group | None, bool]:
    """The firm of the sentence before, where this one points back to it."""
    text = article.text
    lead = text[one.start : amount.start]
    this, these = _THIS.search(lead), _THESE.search(lead)
    if not (this or these):
        return _goes_on(article, n, one, amount), True
    for back in range(n - 1, max(-1, n - 4), -1):
        told = groups(text, article.told[back])
        if these:
            many = [group for group in told if len(group.firms) > 1]
            if many:
                return many[-1], True
        elif told:
            first = next((g for g in told if g.particle in {"은", "는", "이", "가"}), told[0])
            return first, True
    return None, False


_NO_SUBJECT = re.compile(
    r"^\s?(?:또한?|이어|특히|이는|이번 계약은|이번 계약으로|계약\s?(?:금액|규모|물량|기간)?은|"
    r"물량은|금액은|선적\s?물량은|수출\s?(?:물량|금액|규모)은|규모는|이와 함께|여기에|총|약|\d)"
)


def _goes_on(article: Article, n: int, one: Mentions, amount: Amount) -> Group | None:
    """The one firm of the sentence before, where this one has no subject of its own."""
    text = article.text
    if n == 0 or one.firms or one.counts or article.told[n - 1].sentence.role != "body":
        return None
    lead = text[one.start : amount.start]
    if not _NO_SUBJECT.match(text[one.start : one.end]) or _RESET.search(lead):
        return None
    told = [g for g in groups(text, article.told[n - 1]) if not g.particle.startswith(_WITH)]
    return told[0] if len(told) == 1 and told[0].whole and len(told[0].firms) == 1 else None


def _each(text: str, one: Mentions, group: Group, amount: Amount) -> tuple[Firm, ...]:
    """The firms that have this sum each: all of them, or the one whose turn it is."""
    if len(group.firms) < 2:
        return ()
    sums = [a for a in one.amounts if a.start >= group.end]
    stretch = text[group.end : min(one.end, (sums[-1].end if sums else amount.end) + 14)]
    if not _EACH.search(stretch):
        return ()
    if len(sums) == len(group.firms) and len(sums) > 1:
        return (group.firms[sums.index(amount)],)
    return group.firms if sums and sums[0] is amount else ()


def _buyer(
    text: str, one: Mentions, told: list[Group], amount: Amount, each: Staged
) -> Firm | None:
    """The firm that the sum was agreed with."""
    del each
    floor = max([one.start, *(a.end for a in one.amounts if a.end <= amount.start)])
    later = [a.start for a in one.amounts if a.start > amount.start]
    limit = min([one.end, *later])
    here = [g for g in told if floor <= g.start < limit and _beside(text, g, amount)]
    for one_side, other in pairwise(here):
        led = text[max(one.start, other.start - 24) : other.start]
        both = one_side.particle.startswith(("와", "과")) and len(other.firms) == 1
        if both and other.particle in {"은", "는", "이", "가"} and ABROAD.search(led):
            return other.firms[0]
    for n, group in enumerate(here):
        firm = group.firms[-1]
        if len(group.firms) > 1 or not group.particle.startswith(_WITH):
            continue
        lead = text[max(one.start, group.start - 24) : group.start]
        near = abs(group.start - amount.start) < 120
        if near and (ABROAD.search(lead) or (n and here[n - 1].end <= group.start)):
            return firm
    return None


def _beside(text: str, group: Group, amount: Amount) -> bool:
    """Whether a group belongs to the stretch of a sum: before it, or after it without a comma."""
    return group.start < amount.start or "," not in text[amount.end : group.start]
