"""How well proposals agree with a gold standard: precision, recall and F1, kind by kind.

Values are compared one to one within each article. Not told apart are shipment and
export_result, inquiry and consultation; mou, moa, agreement and exchange_city; dormant and
ended. Deals that only count match on count and stage. Missions match where the places they
share are at least half of those either names; all other measures are of equal values.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.errors import Problem, RecordsInvalid
from graph.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
    from pathlib import Path

Value = dict[str, Any]
Articles = dict[str, list[tuple[str, Value]]]
"""By the name of the article: the type and value of each proposal."""
ROUNDS = 1000
SEED = 20260101
_SAME_STAGE = {"export_result": "shipment", "inquiry": "consultation"}
_SAME_KIND = {"moa": "mou", "agreement": "mou", "exchange_city": "mou"}
_SAME_STATUS = {"dormant": "ended"}
_HALF = 0.5


class Measure(Frozen):
    """One measure: how many agree of how many, with the 95 % interval of F1 by article."""

    name: str
    matched: int
    predicted: int
    gold: int
    precision: float
    recall: float
    f1: float
    low: float
    high: float


class Slot(Frozen):
    """How often a slot is right where the fact itself was found."""

    name: str
    right: int
    of: int


class Miss(Frozen):
    """A fact that is only in the gold standard, or only among the proposals."""

    article: str
    measure: str
    side: str
    value: str


class Score(Frozen):
    """The measures, slots and misses; `macro` is the mean F1 of triple, firm, parties, places."""

    articles: int
    measures: tuple[Measure, ...]
    macro: float
    slots: tuple[Slot, ...]
    misses: tuple[Miss, ...]


@dataclass(frozen=True, slots=True)
class _Counts:
    matched: int
    predicted: int
    gold: int


def read_articles(path: Path) -> Articles:
    """The proposals of a file of JSON lines as `jamae read --json` prints them.

    RecordsInvalid names the first line that is none.
    """
    found: Articles = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            found[str(told["file"])] = [(p["type"], p["value"]) for p in told["proposals"]]
        except (ValueError, KeyError, TypeError) as error:
            message = "is no line of `jamae read --json`"
            problem = Problem(str(path), number, 1, "no-reading", message, "write it anew")
            raise RecordsInvalid([problem]) from error
    return found


def score(gold: Articles, predicted: Articles) -> Score:
    """The agreement of predictions with the gold standard over the articles of the latter."""
    names = sorted(gold)
    per: dict[str, list[_Counts]] = {measure: [] for measure in _KEYS}
    misses: list[Miss] = []
    slots: Counter[tuple[str, bool]] = Counter()
    for name in names:
        told, true = predicted.get(name, []), gold[name]
        for measure in _KEYS:
            counts, missed = _compared(measure, name, true, told)
            per[measure].append(counts)
            misses += missed
        _slots(true, told, slots)
    measures = tuple(_measure(name, counts) for name, counts in per.items())
    macro = sum(m.f1 for m in measures if m.name in MACRO) / len(MACRO)
    right = tuple(
        Slot(name=name, right=slots[name, True], of=slots[name, True] + slots[name, False])
        for name in dict.fromkeys(slot for slot, _ in slots)
    )
    return Score(
        articles=len(names), measures=measures, macro=macro, slots=right, misses=tuple(misses)
    )


# ---------------------------------------------------------------- keys


def _name(name: object) -> str:
    return "".join(str(name or "").split()).casefold()


def _amount(value: Value) -> Hashable:
    if value.get("amount") is None:
        return ("count", value.get("count"), _stage(value))
    return (value["amount"], value.get("currency"))


def _stage(value: Value) -> str:
    stage = str(value["stage"])
    return _SAME_STAGE.get(stage, stage)


def _firms(value: Value) -> frozenset[str]:
    return frozenset(map(_name, value.get("firms") or ()))


def _parties(value: Value) -> frozenset[str]:
    return frozenset(_name(party["name"]) for party in value["parties"])


def _kind(value: Value) -> str:
    kind = str(value["kind"])
    return _SAME_KIND.get(kind, kind)


def _places(value: Value) -> frozenset[tuple[str, str]]:
    return frozenset(
        (_name(place.get("name")), str(place.get("country"))) for place in value.get("places") or ()
    )


_KEYS: dict[str, tuple[str, Callable[[Value], Hashable]]] = {
    "deal_amount": ("deal", _amount),
    "deal_stage": ("deal", lambda v: (_amount(v), _stage(v))),
    "deal_triple": ("deal", lambda v: (_amount(v), _stage(v), _firms(v))),
    "participation": ("participation", lambda v: _name(v["firm"])),
    "agreement": ("agreement", _parties),
    "agreement_kind": ("agreement", lambda v: (_parties(v), _kind(v))),
    "mission": ("mission", _places),
}
MACRO = ("deal_triple", "participation", "agreement", "mission")
"""The measures whose mean is the one figure to compare readers by."""


def _compared(
    measure: str, article: str, true: Sequence[tuple[str, Value]], told: Sequence[tuple[str, Value]]
) -> tuple[_Counts, list[Miss]]:
    kind, key = _KEYS[measure]
    gold = [key(value) for type_, value in true if type_ == kind]
    found = [key(value) for type_, value in told if type_ == kind]
    pairs = _near(gold, found) if measure == "mission" else _equal(gold, found)
    left = [gold[n] for n in range(len(gold)) if n not in {g for g, _ in pairs}]
    more = [found[n] for n in range(len(found)) if n not in {f for _, f in pairs}]
    misses = [_miss(article, measure, "gold", one) for one in left]
    misses += [_miss(article, measure, "predicted", one) for one in more]
    return _Counts(len(pairs), len(found), len(gold)), misses


def _miss(article: str, measure: str, side: str, key: Hashable) -> Miss:
    return Miss(article=article, measure=measure, side=side, value=_said(key))


def _said(key: object) -> str:
    if isinstance(key, frozenset):
        return "{" + ", ".join(sorted(map(_said, key))) + "}"
    if isinstance(key, tuple):
        return " ".join(map(_said, key))
    return str(key)


def _equal(gold: Sequence[Hashable], found: Sequence[Hashable]) -> list[tuple[int, int]]:
    open_: dict[Hashable, list[int]] = {}
    for n, key in enumerate(found):
        open_.setdefault(key, []).append(n)
    return [(n, open_[key].pop(0)) for n, key in enumerate(gold) if open_.get(key)]


def _near(gold: Sequence[Any], found: Sequence[Any]) -> list[tuple[int, int]]:
    """Pairs of missions by the places they share, the most alike first."""
    alike = sorted(
        ((_jaccard(one, two), g, f) for g, one in enumerate(gold) for f, two in enumerate(found)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    pairs: list[tuple[int, int]] = []
    for share, g, f in alike:
        if share >= _HALF and all(g != one and f != two for one, two in pairs):
            pairs.append((g, f))
    return pairs


def _jaccard(one: frozenset[object], two: frozenset[object]) -> float:
    return len(one & two) / len(one | two) if one or two else 1.0


# ---------------------------------------------------------------- figures


def _measure(name: str, counts: Sequence[_Counts]) -> Measure:
    matched, predicted, gold = _summed(counts)
    low, high = _interval(counts)
    return Measure(
        name=name, matched=matched, predicted=predicted, gold=gold,
        precision=_share(matched, predicted), recall=_share(matched, gold),
        f1=_f1(matched, predicted, gold), low=low, high=high,
    )  # fmt: skip


def _summed(counts: Iterable[_Counts]) -> tuple[int, int, int]:
    told = list(counts)
    return sum(c.matched for c in told), sum(c.predicted for c in told), sum(c.gold for c in told)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _f1(matched: int, predicted: int, gold: int) -> float:
    return 2 * matched / (predicted + gold) if predicted + gold else 1.0


def _interval(counts: Sequence[_Counts]) -> tuple[float, float]:
    """The 95 % bootstrap interval of F1, articles drawn with replacement from a fixed seed."""
    if not counts:
        return 0.0, 1.0
    draw = random.Random(SEED)  # noqa: S311 - nothing here is a secret
    found = sorted(_f1(*_summed(draw.choices(counts, k=len(counts)))) for _ in range(ROUNDS))
    return found[int(0.025 * ROUNDS)], found[int(0.975 * ROUNDS) - 1]


_SLOTS: Mapping[str, tuple[str, ...]] = {
    "deal": ("count", "scope", "buyer", "krw", "period", "place"),
    "mission": ("kind", "start", "end", "firms_count", "status"),
    "agreement": ("status", "date", "level", "upgraded_from"),
    "participation": ("product",),
}
_MATCHED_BY = {
    "deal": "deal_stage",
    "mission": "mission",
    "agreement": "agreement",
    "participation": "participation",
}


def _slots(
    true: Sequence[tuple[str, Value]],
    told: Sequence[tuple[str, Value]],
    slots: Counter[tuple[str, bool]],
) -> None:
    for kind, measure in _MATCHED_BY.items():
        key = _KEYS[measure][1]
        gold = [value for type_, value in true if type_ == kind]
        found = [value for type_, value in told if type_ == kind]
        keys = [key(v) for v in gold], [key(v) for v in found]
        pairs = _near(*keys) if kind == "mission" else _equal(*keys)
        for g, f in pairs:
            for slot in _SLOTS[kind]:
                if slot in gold[g]:
                    slots[f"{kind}.{slot}", _alike(slot, gold[g][slot], found[f].get(slot))] += 1


def _alike(slot: str, one: object, two: object) -> bool:
    if slot == "status":
        return _SAME_STATUS.get(str(one), one) == _SAME_STATUS.get(str(two), two)
    return one == two
