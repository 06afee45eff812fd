"""A partner's ties and what happened in it, along the years; and all of it as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.claims import Claim, Tie, Visited
from graph.dates import PartialDate
from graph.questions.answers import BeneficiariesAnswer, HomeTieLine, NeighbourhoodAnswer
from visualize.charts import Tick, share, ticks
from visualize.links import HOME_COUNTRY
from visualize.telling import Teller
from visualize.wording import Words

ROWS = 8
"""Ties drawn: first those of cities at home, then others with a known day; the list has all."""


_FEWEST = 2
"""Years that a line spans at least; a shorter one is told with a year before and behind it."""


@dataclass(frozen=True)
class Stretch:
    """A tie from when to when, in per cent; `known` if a source gives the day of signing."""

    name: str
    x: float
    width: float
    known: bool
    ended: bool


@dataclass(frozen=True)
class Mark:
    """Something that happened: a visit or a result."""

    kind: str
    x: float


@dataclass(frozen=True)
class Said:
    """The same as text: when, and what."""

    when: str
    what: str


@dataclass(frozen=True)
class Timeline:
    """What is drawn, and what is written for all to read; empty without any known year."""

    ties: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    said: tuple[Said, ...]
    more: int


_Dated = tuple[PartialDate, str, str]
"""When, the kind of node to mark it with, and what it is."""


def timeline(
    answer: BeneficiariesAnswer,
    around: NeighbourhoodAnswer,
    teller: Teller,
    begun: Mapping[str, PartialDate | None],
) -> Timeline | None:
    """The ties of an answer and its dated visits and results; None if no year is known.

    `begun` tells when missions began, for visits of which no source gives the day.
    """
    happened = sorted(
        [*_visits(answer, around, teller, begun), *_results(answer, teller.words)],
        key=lambda one: (one[0].first, one[0].last, one[2]),
    )
    days = [when.first for when, _, _ in happened]
    days += [day.first for tie in answer.ties for day in (tie.signed_on, _end(tie)) if day]
    if not days:
        return None
    first, last = min(days).year, max(days).year
    if last - first < _FEWEST:
        first, last = first - 1, last + 1
    ours = sorted(answer.ties, key=lambda tie: tie.home.country != HOME_COUNTRY)
    drawn = [tie for tie in ours if tie.home.country == HOME_COUNTRY or tie.signed_on][:ROWS]
    return Timeline(
        ties=tuple(_stretch(tie, teller.words, first, last + 1) for tie in drawn),
        marks=tuple(Mark(kind, _at(when.first, first, last + 1)) for when, kind, _ in happened),
        ticks=ticks(first, last, at=0.0),
        said=(*_signed(answer.ties, teller.words), *_told(happened, teller.words)),
        more=len(answer.ties) - len(drawn),
    )


def _visits(
    answer: BeneficiariesAnswer,
    around: NeighbourhoodAnswer,
    teller: Teller,
    begun: Mapping[str, PartialDate | None],
) -> Iterable[_Dated]:
    """Each dated visit to the partner once, whoever tells it."""
    chains = [chain for firm in answer.beneficiaries for chain in firm.evidence]
    claims: list[Claim] = [claim for chain in chains for claim in chain.claims]
    seen: dict[tuple[str, str], _Dated] = {}
    for claim in [*claims, *around.claims]:
        if isinstance(claim, Visited) and claim.to == answer.partner.id:
            when = claim.first_day or begun.get(claim.from_)
            if when:
                seen[claim.from_, when.text] = (when, "Mission", teller.party(claim.from_).name)
    return seen.values()


def _results(answer: BeneficiariesAnswer, words: Words) -> Iterable[_Dated]:
    for firm in answer.beneficiaries:
        for amount in firm.amounts:
            for deal in amount.deals:
                if deal.date:
                    figure = words.money(amount.amount, amount.currency)
                    stage = words.of("stage", amount.stage)
                    yield deal.date, "Deal", f"{words.name(firm.firm)} {stage} {figure}"


def _stretch(tie: HomeTieLine, words: Words, first: int, last: int) -> Stretch:
    end = _end(tie)
    begin = _at(tie.signed_on.first, first, last) if tie.signed_on else 0.0
    close = _at(end.last, first, last) if end else 100.0
    return Stretch(
        name=f"{words.name(tie.home)} · {words.tie(tie.kind, tie.form)}",
        x=begin,
        width=max(round(close - begin, 2), 0.5),
        known=tie.signed_on is not None,
        ended=end is not None,
    )


def _end(tie: HomeTieLine) -> PartialDate | None:
    ends = (claim.ended_on for claim in tie.claims if isinstance(claim, Tie))
    return next((end for end in ends if end), None)


def _at(day: date, first: int, last: int) -> float:
    return share(day.year + (day.timetuple().tm_yday - 1) / 366, first, last)


def _signed(ties: Sequence[HomeTieLine], words: Words) -> Iterable[Said]:
    for tie in ties:
        when = words.date(tie.signed_on) if tie.signed_on else words.ui("date_unknown")
        name = f"{words.name(tie.home)} {words.tie(tie.kind, tie.form)}"
        yield Said(when, f"{name} ({words.of('status', tie.status)})")


def _told(happened: Iterable[_Dated], words: Words) -> Iterable[Said]:
    for when, kind, what in happened:
        said = what if kind == "Deal" else words.ui("visit_of", mission=what)
        yield Said(words.date(when), said)
