"""What each sentence mentions: sums, counts, days, stage words, places and firms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.reader.dates import Day, days
from ingest.reader.firm_finding import known_firms, subjects
from ingest.reader.firms import Firm, acceptable, occurrences
from ingest.reader.lists import FirmList, closed_lists
from ingest.reader.numbers import Amount, Count, amounts, counts
from ingest.reader.open_lists import open_lists, priced
from ingest.reader.spot import Spot
from ingest.reader.spots import spots
from ingest.reader.stages import StageWord, stage_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from ingest.reader.text import Sentence


@dataclass(frozen=True, slots=True)
class Mentions:
    """All that one sentence mentions, each in the order of the text."""

    sentence: Sentence
    amounts: tuple[Amount, ...]
    counts: tuple[Count, ...]
    days: tuple[Day, ...]
    stages: tuple[StageWord, ...]
    spots: tuple[Spot, ...]
    firms: tuple[Firm, ...]
    lists: tuple[FirmList, ...]

    @property
    def start(self) -> int:
        """Where the sentence begins."""
        return self.sentence.start

    @property
    def end(self) -> int:
        """Where the sentence ends."""
        return self.sentence.end


def mentions(text: str, told: Sequence[Sentence], published: date | None) -> tuple[Mentions, ...]:
    """The mentions of every sentence; what one sentence introduces is known to all."""
    first = [spots(text, one.start, one.end, {}) for one in told]
    learned = _learned(first)
    places = [
        spots(text, one.start, one.end, learned) if _names_any(text, one, learned) else first[n]
        for n, one in enumerate(told)
    ]
    lists = [closed_lists(text, one.start, one.end) for one in told]
    known = known_firms(text)
    for firm in (firm for many in lists for listing in many for firm in listing.firms):
        known.setdefault(firm.name, firm)
    for one in told:
        for firm in _beside_known(text, one, known):
            known.setdefault(firm.name, firm)
    known = {name: firm for name, firm in known.items() if _is_firm(firm, learned)}
    return tuple(
        _of(text, one, lists[n], places[n], known, published) for n, one in enumerate(told)
    )


def _beside_known(text: str, one: Sentence, known: Mapping[str, Firm]) -> Iterator[Firm]:
    """The firms of a sentence that its lists, sums and subjects show."""
    for run in open_lists(text, one.start, one.end, known):
        yield from run
    sums = [amount.start for amount in amounts(text, one.start, one.end)]
    yield from priced(text, one.start, sums)
    yield from subjects(text, one.start, one.end)


def _names_any(text: str, one: Sentence, learned: Mapping[str, Spot]) -> bool:
    """Whether a sentence holds one of the learned names."""
    return any(text.find(name, one.start, one.end) >= 0 for name in learned)


def _is_firm(firm: Firm, learned: Mapping[str, Spot]) -> bool:
    return firm.name not in learned and acceptable(firm.name, marked=firm.how in {"mark"})


def _of(
    text: str,
    one: Sentence,
    lists: Sequence[FirmList],
    places: Sequence[Spot],
    known: dict[str, Firm],
    published: date | None,
) -> Mentions:
    firms = tuple(occurrences(text, one.start, one.end, known))
    return Mentions(
        one,
        tuple(amounts(text, one.start, one.end)),
        tuple(counts(text, one.start, one.end)),
        tuple(days(text, one.start, one.end, published)),
        tuple(stage_words(text, one.start, one.end)),
        tuple(p for p in places if not any(f.start <= p.start < f.end for f in firms)),
        firms,
        tuple(lists),
    )


def _learned(told: Sequence[Sequence[Spot]]) -> dict[str, Spot]:
    """The names that the text introduces as places although no table holds them."""
    found: dict[str, Spot] = {}
    for spot in (spot for many in told for spot in many):
        if spot.kind != "unknown" or len(spot.name) < 2:
            continue
        if spot.name not in found or found[spot.name].country is None:
            found[spot.name] = spot
    return found
