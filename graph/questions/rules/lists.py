"""What one list tells of a city's ties and another does not."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from graph.questions.rules.blocks import pairs
from graph.questions.rules.duplicates import NEAR, apart_km
from graph.questions.rules.likeness import alike, latin_names, skeleton
from graph.questions.rules.places import states
from graph.questions.rules.rule import Match, Rule
from graph.values import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.claims import Tie
    from graph.questions.rules.survey import Survey


# ---------------------------------------------------------------- one side only


def _one_sided(survey: Survey) -> Iterator[Match]:
    """A tie that one end's own list tells and the other end's does not, though that is loaded.

    Only lists that say whose list it is can show that (`told_by`): registers, and Wikidata as
    asked live. A list of pairs, or one that was sorted before it was written, cannot.
    """
    now = _Current(survey)
    tellers = {pair: now.tellers(claims) for pair, claims in survey.city_ties.items()}
    listing = {end for told in tellers.values() for end in told}
    for pair, told in survey.in_time(tellers.items()):
        silent = set(pair) - told
        claims = survey.city_ties[pair]
        if len(told) == 1 and silent <= listing and not any(map(_over, claims)):
            yield Match((*told, *silent), [claim for claim in claims if claim.told_by])


def _over(claim: Tie) -> bool:
    return claim.status in {Status.ENDED, Status.PROPOSED}


class _Current:
    """The current ids of ends that merges have moved, looked up once."""

    def __init__(self, survey: Survey) -> None:
        self._find = cache(survey.view.find)

    def tellers(self, claims: Sequence[Tie]) -> set[str]:
        """The ends whose own lists tell a tie."""
        return {self._now(claim, end) for claim in claims for end in claim.told_by or ()}

    def _now(self, claim: Tie, end: str) -> str:
        return end if end in {claim.from_, claim.to} else self._find(end) or end


# ---------------------------------------------------------------- names that are confused


class _Partner(NamedTuple):
    """A partner of one city, as some sources tell it."""

    id: str
    claims: Sequence[Tie]


def _confusable(survey: Survey) -> Iterator[Match]:
    """Two partners of one city, in two countries, with names alike; no source tells both."""
    for city, one, other in survey.once(_rivals):
        if not _one_country(survey, one.id, other.id):
            values = {"one": _where(survey, one), "other": _where(survey, other)}
            yield Match((city, one.id, other.id), [*one.claims, *other.claims], values)


def _split(survey: Survey) -> Iterator[Match]:
    """The same in one country: one city may stand on record twice, however far apart.

    One finding for the two, however many cities they are both tied to. Those that lie near
    each other are `city_duplicate`.
    """
    found: dict[tuple[str, str], dict[str, list[Tie]]] = defaultdict(dict)
    for city, one, other in survey.once(_rivals):
        apart = apart_km(survey, one.id, other.id)
        near = apart is not None and apart <= NEAR
        if not near and _one_country(survey, one.id, other.id):
            found[one.id, other.id][city] = [*one.claims, *other.claims]
    for pair, shared in found.items():
        if not survey.may_be_one(*pair):
            continue
        claims = [claim for told in shared.values() for claim in told]
        yield Match(pair, claims, {"shared": str(len(shared))}, tuple(sorted(shared)))


def _one_country(survey: Survey, one: str, other: str) -> bool:
    """Whether two may lie in one country."""
    found = [states(survey.countries[city]) for city in (one, other)]
    return not all(found) or not found[0].isdisjoint(found[1])


def _rivals(survey: Survey) -> list[tuple[str, _Partner, _Partner]]:
    """Each city with two partners of names alike, of which no source tells both."""
    names = {c.id: tuple(dict.fromkeys(latin_names(c))) for c in survey.cities.values()}

    def keys(partner: _Partner) -> Iterator[str]:
        return map(skeleton, names.get(partner.id, ()))

    return [
        (city, one, other)
        for city, told in survey.in_time(_partners(survey).items())
        if len(_sources(told)) > 1
        for one, other in pairs(told, keys, lambda partner: partner.id)
        if _elsewhere(one, other) and _alike(names[one.id], names[other.id])
    ]


def _partners(survey: Survey) -> dict[str, list[_Partner]]:
    """The partners of each city."""
    found: dict[str, list[_Partner]] = defaultdict(list)
    for (one, other), claims in survey.city_ties.items():
        found[one].append(_Partner(other, claims))
        found[other].append(_Partner(one, claims))
    return found


def _sources(partners: Sequence[_Partner]) -> set[str]:
    return {claim.source for partner in partners for claim in partner.claims}


def _elsewhere(one: _Partner, other: _Partner) -> bool:
    """Whether no source tells both."""
    return _sources((one,)).isdisjoint(_sources((other,)))


def _alike(names: Sequence[str], others: Sequence[str]) -> bool:
    return any(alike(one, other) for one in names for other in others)


def _where(survey: Survey, partner: _Partner) -> str:
    """The countries of a partner, as two letters."""
    return ", ".join(sorted(one.partition(":")[2] for one in survey.countries[partner.id])) or "?"


RULES = (
    Rule(
        "tie_one_sided",
        "info",
        "the first one's own list tells the tie, the second one's list on record does not",
        "look the tie up at the second; it may have ended, or its list may be short",
        _one_sided,
    ),
    Rule(
        "partner_confusable",
        "warning",
        "one list gives a partner in {one}, another one of a like name in {other}",
        "look the partner up at the city itself; both may be true, or one list took a namesake",
        _confusable,
    ),
    Rule(
        "partner_twice",
        "warning",
        "lists tie {shared} of the same cities to two of one name in one country",
        "say in the decisions file whether the two are the same or different",
        _split,
    ),
)
