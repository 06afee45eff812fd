"""Ties that cannot be as they are told, or that their sources tell differently."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from graph.claims import Twinned
from graph.questions.rules.rule import Match, Rule
from graph.questions.rules.survey import sources_of
from graph.questions.ties import folded, status_of
from graph.values import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.claims import Tie
    from graph.questions.rules.survey import Survey

_LIVES = frozenset({Status.SIGNED, Status.IN_FORCE})


def _with_itself(survey: Survey) -> Iterator[Match]:
    for pair, claims in survey.ties.items():
        if pair[0] == pair[1]:
            yield Match(pair[:1], claims)


def _told_often(survey: Survey) -> Iterator[tuple[tuple[str, str], list[Tie]]]:
    """The pairs between two nodes of which more than one claim tells."""
    for pair, claims in survey.in_time(survey.ties.items()):
        if pair[0] != pair[1] and len(claims) > 1:
            yield pair, claims


def _kinds_differ(survey: Survey) -> Iterator[Match]:
    """Several kinds, and no source that knows of all of them: it may tell a history."""
    for pair, claims in _told_often(survey):
        told = [c for c in claims if c.kind not in {"TWINNED", "AGREEMENT"}]
        kinds = {claim.kind for claim in told}
        by_source = [
            {claim.kind for claim in told if claim.source == source} for source in sources_of(told)
        ]
        if len(kinds) > 1 and kinds not in by_source:
            yield Match(pair, claims, {"kinds": ", ".join(sorted(kinds))})


def _disputed(survey: Survey) -> Iterator[Match]:
    for pair, claims in _told_often(survey):
        if len({claim.status for claim in claims}) > 1:
            lines = folded(pair[0], claims).values()
            split = [one for one in lines if status_of(survey.ground, one) == "disputed"]
            told = {claim.id: claim for line in split for claim in line}
            if told:
                said = sorted({claim.status for claim in told.values()})
                yield Match(pair, list(told.values()), {"statuses": ", ".join(said)})


# ---------------------------------------------------------------- dates


def _signed_twice(survey: Survey) -> Iterator[Match]:
    for pair, claims in _told_often(survey):
        dated = [c for c in claims if c.signed_on is not None and c.kind != "AGREEMENT"]
        clash = {
            claim.id: claim
            for one, other in combinations(_firsts(dated), 2)
            if _sign_apart(one, other)
            for claim in (one, other)
        }
        if clash:
            days = sorted({str(claim.signed_on) for claim in clash.values()})
            yield Match(pair, list(clash.values()), {"dates": ", ".join(days)})


def _firsts(dated: Sequence[Tie]) -> list[Tie]:
    """One claim for each kind, date and source: many lists may say the same."""
    return list({(c.kind, str(c.signed_on), c.source): c for c in dated}.values())


def _sign_apart(one: Tie, other: Tie) -> bool:
    """Whether two sources give one tie signing dates that cannot be one day.

    A data set's `TWINNED` may be of any kind; one source may tell of a renewal.
    """
    if one.signed_on is None or other.signed_on is None or one.source == other.source:
        return False
    if one.kind != other.kind and not isinstance(one, Twinned) and not isinstance(other, Twinned):
        return False
    return other.signed_on.outside(one.signed_on, one.signed_on)


def _ended_before_signed(survey: Survey) -> Iterator[Match]:
    for pair, claims in survey.ties.items():
        wrong = [
            claim
            for claim in claims
            if claim.signed_on and claim.ended_on and claim.ended_on.before(claim.signed_on)
        ]
        if wrong:
            values = {"signed": str(wrong[0].signed_on), "ended": str(wrong[0].ended_on)}
            yield Match(pair, wrong, values)


def _lives_after_end(survey: Survey) -> Iterator[Match]:
    """A later source speaks of a tie as existing that another one says has ended."""
    for pair, claims in _told_often(survey):
        ends = [claim for claim in claims if claim.status is Status.ENDED]
        outlived = {e.id: [c for c in claims if _outlives(survey, c, e)] for e in ends}
        told = [e for e in ends if outlived[e.id]]
        if told:
            first = min(_over(survey, end) for end in told)
            after = {c.id: c for end in told for c in outlived[end.id]}
            yield Match(pair, [*told, *after.values()], {"ended": first[1]})


def _over(survey: Survey, end: Tie) -> tuple[date, str]:
    """By when a tie had ended, as its claim or else its source tells."""
    over = end.ended_on or survey.ground.published(end)
    return (over.first, str(over)) if over else (date.max, "")


def _outlives(survey: Survey, claim: Tie, end: Tie) -> bool:
    """Whether a claim of a later source calls the tie alive, without a newer signing."""
    over = end.ended_on or survey.ground.published(end)
    told = survey.ground.published(claim)
    if over is None or told is None or claim.status not in _LIVES:
        return False
    of_one = claim.kind == end.kind or isinstance(claim, Twinned) or isinstance(end, Twinned)
    renewed = claim.signed_on is not None and claim.signed_on.first > over.last
    return of_one and not renewed and told.first > over.last


def _signed_after_source(survey: Survey) -> Iterator[Match]:
    """A source cannot tell that a tie was signed on a day after its own publication."""
    for pair, claims in survey.ties.items():
        wrong = [c for c in claims if c.status is not Status.PROPOSED and _ahead(survey, c)]
        if wrong:
            values = {
                "signed": str(wrong[0].signed_on),
                "published": str(survey.ground.published(wrong[0])),
            }
            yield Match(pair, wrong, values)


def _ahead(survey: Survey, claim: Tie) -> bool:
    if claim.signed_on is None:
        return False
    published = survey.ground.published(claim)
    return published is not None and published.last < claim.signed_on.first


RULES = (
    Rule(
        "tie_with_itself",
        "error",
        "a tie joins a place with itself",
        "look the pair up: one end is mistaken, or a merge was wrong (decisions file: different)",
        _with_itself,
    ),
    Rule(
        "tie_ended_before_signed",
        "error",
        "the tie is said to have ended in {ended}, before it was signed in {signed}",
        "look both dates up in the source and correct one",
        _ended_before_signed,
    ),
    Rule(
        "tie_signed_after_source",
        "warning",
        "the tie is said to be signed in {signed}, after its source was published in {published}",
        "correct the date of the tie or of the source; a tie to come is `proposed`",
        _signed_after_source,
    ),
    Rule(
        "tie_signed_twice",
        "warning",
        "the sources give different signing dates: {dates}",
        "look the dates up in both sources; both claims may stay if there was a renewal",
        _signed_twice,
    ),
    Rule(
        "tie_in_force_after_end",
        "warning",
        "one source says that the tie ended by {ended}, a later one speaks of it as existing",
        "look the latest sources up: the later list may be a copy, or the tie was renewed",
        _lives_after_end,
    ),
    Rule(
        "tie_disputed",
        "warning",
        "the latest sources do not agree on the status: {statuses}",
        "look the latest sources up; both claims may stay if they truly differ",
        _disputed,
    ),
    Rule(
        "tie_kinds_differ",
        "warning",
        "the sources tell of different kinds of tie: {kinds}",
        "look the tie up in both registers; both claims may stay",
        _kinds_differ,
    ),
)
