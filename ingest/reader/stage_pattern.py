"""Which stage word belongs to which sum: by the sentence's pattern, not by distance."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.reader.proposals import LADDER
from ingest.reader.stages import is_pending

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.reader.mentions import Mentions
    from ingest.reader.numbers import Amount
    from ingest.reader.proposals import Stage
    from ingest.reader.stages import StageWord

_NUMBER_OF = (
    r"(?:\d[\d,]*여?\s?(?:개?\s?건|개사|회|차례)\s?(?:에|의|,|·|/|으로|과|\(|에서|에 "
    r"걸쳐|에 총)?\s?)?"
)
_BEFORE = re.compile(
    r"(?:\s?(?:실적|액|금액|규모|성과|건수|체결\s?실적|체결액|체결|총액|추진\s?실적|결과|"
    r"협약))?(?:\s?\((?:MOU|LOI|[가-힣]{1,6})\))?\s?"
    r"(?:으로는|으로|로는|로|은|는|이|가|을|를|도|에서|에)?\s?[:=\-]?\s?(?:총|모두|약|무려|"
    r"각각|미화|최대|US|규모는|금액은|금액으로는|\s)*"
    rf"{_NUMBER_OF}(?:총|모두|약|무려|미화|금액으로는|규모로|규모는|\s)*[(]?\s?(?:약|총|미화)?\s?"
)
_AFTER = re.compile(
    r"\)?(?:\s?\([^()]{0,40}\))?\s?(?:여|이상|가량|상당액|상당|규모|어치|정도|안팎|내외)?\)?(?:에 "
    r"달하는|에 이르는|이라는|짜리|의|을|를|에)?\s?"
    r"(?:(?!와\s|과\s|및\s)[가-힣A-Za-z0-9&·'\"-]{1,14}\s?){0,5}"
)
_BREAK = re.compile(
    r"[,;]|(?:상담|계약|협약|MOU|달러|불|실적|건|추진|성과)(?:와|과)\s|\s(?:와|과|및)\s|(?:며|"
    r"고|는데|지만)\s|등(?:의)?\s(?:성과|실적)"
)
_GLUE = re.compile(r"\s?(?:및|·|,|과|와|또는|/|과\s|와\s)\s?(?:수출\s?|현장\s?|향후\s?)?")


@dataclass(frozen=True, slots=True)
class Staged:
    """A sum with its stage: the word, others that share the sum, and how sure the match is."""

    amount: Amount
    stage: Stage
    word: StageWord | None
    others: tuple[Stage, ...] = ()
    direct: bool = True


def staged(text: str, one: Mentions, context: Stage | None) -> list[Staged]:
    """Each sum of a sentence with the stage it stands on; those without any are left out.

    `context` is the stage that the sentence before spoke of, for a bare 성과 or 체결.
    """
    before = [_label_before(text, one, n) for n in range(len(one.amounts))]
    after = [_label_after(text, one, n) for n in range(len(one.amounts))]
    labels_lead = _labels_lead(text, one, before, after)
    found = []
    for n, amount in enumerate(one.amounts):
        first, second = (before, after) if labels_lead else (after, before)
        word = first[n] or second[n] or _shared(text, one, n, before, after)
        result = _by_word(text, one, amount, word) if word else _loosely(text, one, n, context)
        if result:
            found.append(result)
    return found


def _shared(
    text: str,
    one: Mentions,
    n: int,
    before: Sequence[StageWord | None],
    after: Sequence[StageWord | None],
) -> StageWord | None:
    """The word of the next sum in a list of sums, or of the one before if labels lead."""
    for m in range(n + 1, len(one.amounts)):
        between = text[one.amounts[m - 1].end : one.amounts[m].start]
        if not re.match(
            r"\)?\s?(?:\([^()]{0,30}\))?\s?(?:(?:를|을)?\s?,|와 |과 |및|·|등|[▲△▷•]|\))", between
        ):
            break
        if re.search(r"(?:했|됐|었|았|렸)(?:고|으며|다)", between):
            break
        if after[m]:
            return after[m]
    for m in range(n - 1, -1, -1):
        between = text[one.amounts[m].end : one.amounts[m + 1].start]
        if not re.match(r"\)?\s?(?:\([^()]{0,30}\))?\s?(?:,|와 |과 |및|·|\))", between):
            break
        if any(
            w.start >= one.amounts[m].end and w.end <= one.amounts[m + 1].start for w in one.stages
        ):
            break
        if before[m]:
            return before[m]
    return None


def _label_before(text: str, one: Mentions, n: int) -> StageWord | None:
    amount = one.amounts[n]
    floor = one.amounts[n - 1].end if n else one.start
    for word in reversed(one.stages):
        if word.end <= amount.start and word.start >= floor:
            return word if _BEFORE.fullmatch(text, word.end, amount.start) else None
    return None


def _label_after(text: str, one: Mentions, n: int) -> StageWord | None:
    amount = one.amounts[n]
    limit = one.amounts[n + 1].start if n + 1 < len(one.amounts) else one.end
    for word in one.stages:
        if word.start >= amount.end and word.end <= limit:
            between = text[amount.end : word.start]
            if len(between) > 40 or _BREAK.search(between):
                return None
            return word if _AFTER.fullmatch(between) else None
    return None


def _labels_lead(
    text: str,
    one: Mentions,
    before: Sequence[StageWord | None],
    after: Sequence[StageWord | None],
) -> bool:
    """Whether the stage words of this sentence stand before their sums."""
    led = sum(word is not None for word in before)
    followed = sum(word is not None for word in after)
    if led != followed:
        return led > followed
    tied = [
        re.match(
            r"\)?\s?(?:여|이상|가량|상당|규모|어치|정도)?(?:의|을|를|에)?\s",
            text[a.end : a.end + 10],
        )
        is not None
        and re.match(
            r"\)?\s?(?:여|이상|가량|상당|규모|어치|정도)?(?:의|을|를|에 달하는|에)\s?|\s?규모|"
            r"\s?상당",
            text[a.end : a.end + 10],
        )
        is not None
        and word is not None
        for a, word in zip(one.amounts, after, strict=True)
    ]
    if any(tied):
        return False
    return not one.stages or not one.amounts or one.stages[0].start < one.amounts[0].start


def _shares(text: str, one: Mentions, amount: Amount, word: StageWord, other: StageWord) -> bool:
    """Whether another stage word stands beside the word and names the same sum."""
    if other.start >= word.end:
        own = any(other.end <= a.start <= other.end + 12 for a in one.amounts if a is not amount)
        return not own and _GLUE.fullmatch(text, word.end, other.start) is not None
    led = other.end <= word.start and word.end <= amount.start
    return led and _GLUE.fullmatch(text, other.end, word.start) is not None


def _by_word(text: str, one: Mentions, amount: Amount, word: StageWord) -> Staged:
    stages = [word.stage]
    stages += [other.stage for other in one.stages if _shares(text, one, amount, word, other)]
    stages = list(dict.fromkeys(stages))
    weakest = min(stages, key=LADDER.index)
    stage = _softened(text, one, amount, word) if len(stages) == 1 else weakest
    return Staged(amount, stage, word, tuple(s for s in stages if s != weakest and s != stage))


_DONE = re.compile(r"(?:했|됐|었|았|렸|맺었|냈)(?:고|으며|다|는데|지만)")


def _softened(text: str, one: Mentions, amount: Amount, word: StageWord) -> Stage:
    """A contract that the clause only expects stands on the rung of the expected."""
    if word.stage not in {"contract", "export_result", "shipment"}:
        return word.stage
    stop = min([one.end, *(a.start for a in one.amounts if a.start > max(word.end, amount.end))])
    if done := _DONE.search(text, max(word.end, amount.end), stop):
        stop = done.end()
    if word.start > amount.end and is_pending(text, word.start, min(stop, word.end + 36)):
        return "expected"
    if word.end <= amount.start and is_pending(text, amount.end, min(stop, amount.end + 30)):
        return "expected"
    return word.stage


_VERBS: tuple[tuple[re.Pattern[str], Stage], ...] = (
    (
        re.compile(r"(?:수출|납품|공급|판매)(?:하기로|키로)\s?(?:했|하고|합의|약속|계약)"),
        "contract",
    ),
    (re.compile(r"계약"), "contract"),
    (re.compile(r"협약|MOU"), "mou"),
    (re.compile(r"상담"), "consultation"),
    (
        re.compile(
            r"(?:수출|판매|납품|공급)(?:했|한\s|됐|돼|하였)|수출(?:을|를)?\s?(?:성사|달성|"
            r"기록|확정)"
        ),
        "export_result",
    ),
)
_VAGUE = re.compile(
    r"납품|공급|수출|판매|성과|실적|거뒀|거두|올렸|올리|체결|성사|기록|달성|"
    r"따냈|따내|맺|이끌어"
)


def _loosely(text: str, one: Mentions, n: int, context: Stage | None) -> Staged | None:
    """A sum without a label: by its verb, else a bare result takes the stage spoken of before."""
    amount = one.amounts[n]
    stop = one.amounts[n + 1].start if n + 1 < len(one.amounts) else one.end
    rest = text[amount.end : min(stop, amount.end + 60)]
    if is_pending(text, amount.end, min(stop, amount.end + 50)) and re.search(
        r"계약|수출|성사|납품|공급|판매", rest
    ):
        return Staged(amount, "expected", None, direct=False)
    for pattern, stage in _VERBS:
        found = pattern.search(rest)
        if found and not _BREAK.search(rest[: found.start()]):
            return Staged(amount, stage, None, direct=False)
    lead = text[max(one.start, amount.start - 24) : amount.start]
    if (
        not _VAGUE.search(rest)
        and not _VAGUE.search(lead)
        and not re.fullmatch(r"\)?\s*(?:등|,|·|/|의|을|를|규모)?\s*.{0,12}", rest)
    ):
        return None
    earlier = [word for word in one.stages if word.end <= amount.start]
    if earlier:
        return Staged(amount, earlier[-1].stage, earlier[-1], direct=False)
    return Staged(amount, context, None, direct=False) if context else None
