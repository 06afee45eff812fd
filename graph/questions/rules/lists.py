"""What one list tells of a city's ties and another does not."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from graph.questions.rules.blocks import pairs
from graph.questions.rules.duplicates import NEAR, apart_km
from graph.questions.rules.likeness import alike, latin_names, skeleton
from graph.questions.rules.places import states
from graph.questions.rules.rule import Match, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.claims import Tie
    from graph.questions.rules.survey import Survey


class _Partner(NamedTuple):
    """A partner of one city, as some sources tell it."""

    id: str
    claims: Sequence[Tie]


def _confusable(survey: Survey) -> Iterator[Match]:
    """Two partners of one city, in two countries, with names alike; no source tells both."""
    for city, one, other in _rivals(survey):
        if not _one_country(survey, one.id, other.id):
            values = {"one": _where(survey, one), "other": _where(survey, other)}
            yield Match((city, one.id, other.id), [*one.claims, *other.claims], values)


def _split(survey: Survey) -> Iterator[Match]:
    """The same in one country: one city may stand on record twice, however far apart.

    One finding for the two, however many cities they are both tied to. Those that lie near
    each other are `city_duplicate`.
    """
    found: dict[tuple[str, str], dict[str, list[Tie]]] = defaultdict(dict)
    for city, one, other in _rivals(survey):
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


def _rivals(survey: Survey) -> Iterator[tuple[str, _Partner, _Partner]]:
    """Each city with two partners of names alike, of which no source tells both."""
    names = {c.id: tuple(dict.fromkeys(latin_names(c))) for c in survey.cities.values()}

    def keys(partner: _Partner) -> Iterator[str]:
        return map(skeleton, names.get(partner.id, ()))

    for city, told in survey.in_time(_partners(survey).items()):
        if len(_sources(told)) > 1:
            for one, other in pairs(told, keys, lambda partner: partner.id):
                if _elsewhere(one, other) and _alike(names[one.id], names[other.id]):
                    yield city, one, other


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
