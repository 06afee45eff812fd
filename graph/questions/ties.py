"""Which ties an entity has, and whether one was in force on a day.

Ties fold into one line by partner, kind, form and signing date (domain, section 1).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Literal

from graph.claims import TIE_KINDS, Agreement, Tie, Twinned
from graph.following import Step
from graph.questions.answers import TieLine, TiesAnswer
from graph.questions.ground import Ground, of_kind, whereabouts
from graph.values import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from graph.dates import PartialDate
    from graph.store import View

CITY_TIES = TIE_KINDS - {"AGREEMENT"}
"""The kinds of tie that only cities have."""
_OVER = frozenset({Status.ENDED, Status.DORMANT})

Line = tuple[str, str, str, str]
"""Partner, kind, form and signing date."""


def ties(view: View, entity: str, as_of: PartialDate | None = None) -> TiesAnswer:
    """The ties of an entity, by partner and kind; empty if it has none.

    `as_of` leaves out what came later. NotFound if nothing describes the entity.
    """
    ground = Ground(view)
    read_ties(ground, entity)
    lines = tie_lines(ground, entity, ties_at(ground, (entity,), as_of), as_of)
    return TiesAnswer(
        entity=ground.ref(entity), as_of=as_of, ties=lines, dataset_version=view.version()
    )


def read_ties(ground: Ground, entity: str) -> None:
    """Read ahead, in one go, what the ties of an entity will ask for."""
    own = frozenset((entity,))
    told = Step(tuple(sorted(TIE_KINDS)), ids=own, sources=True)
    ground.follow(told, whereabouts(own, after=(told,)))


def ties_at(ground: Ground, ids: Iterable[str], as_of: PartialDate | None = None) -> list[Tie]:
    """The tie claims at these nodes, without those of a later day."""
    claims = list(of_kind(ground.at(ids, *sorted(TIE_KINDS)), Tie))
    ground.nodes(claim.source for claim in claims)
    return [claim for claim in claims if not _later(ground, claim, as_of)]


def _later(ground: Ground, claim: Tie, as_of: PartialDate | None) -> bool:
    """Whether a claim tells of a day after `as_of`.

    A tie that has ended since was there from its signing on. An undated claim shows nothing
    about days before its source was published.
    """
    ended = claim.ended_on if claim.status is Status.ENDED else None
    day = claim.signed_on or ended or ground.published(claim)
    return day is not None and day.outside(None, as_of)


def tie_lines(
    ground: Ground, entity: str, claims: Sequence[Tie], as_of: PartialDate | None = None
) -> tuple[TieLine, ...]:
    """The lines that these claims of one entity fold into, with their status as of a day."""
    lines = folded(entity, claims)
    refs = ground.refs(partner for partner, *_ in lines)
    return tuple(
        TieLine(
            partner=refs[key[0]],
            kind=key[1],
            form=next((c.form for c in told if isinstance(c, Agreement)), None),
            status=status_of(ground, told, as_of),
            signed_on=next((c.signed_on for c in told if c.signed_on and c.kind == key[1]), None),
            independent_sources=ground.lineages(told),
            claims=tuple(told),
            citations=ground.citations(told),
        )
        for key, told in sorted(lines.items())
    )


def folded(entity: str, claims: Iterable[Tie]) -> dict[Line, list[Tie]]:
    """The claims of each line, in the order of their ids."""
    lines: dict[Line, list[Tie]] = defaultdict(list)
    for claim in claims:
        lines[_line(entity, claim)].append(claim)
    _join_undated(lines)
    _join_twinned(lines)
    return lines


def _line(entity: str, claim: Tie) -> Line:
    form = claim.form.value if isinstance(claim, Agreement) else ""
    return claim.other(entity), claim.kind, form, str(claim.signed_on or "")


def _join_undated(lines: dict[Line, list[Tie]]) -> None:
    """A claim without a signing date joins the dated line of its kind, if there is one only."""
    dated = _grouped((line for line in lines if line[3]), lambda line: line[:3])
    for line in [line for line in lines if not line[3]]:
        if len(dated[line[:3]]) == 1:
            _merge(lines, line, dated[line[:3]])


def _join_twinned(lines: dict[Line, list[Tie]]) -> None:
    """A data set's `TWINNED` corroborates every told kind between the same two."""
    of_cities = (line for line in lines if line[1] not in {"TWINNED", "AGREEMENT"})
    told = _grouped(of_cities, lambda line: line[0])
    for line in [line for line in lines if line[1] == "TWINNED"]:
        if told[line[0]]:
            _merge(lines, line, told[line[0]])


def _grouped(lines: Iterable[Line], key: Callable[[Line], object]) -> dict[object, list[Line]]:
    found: dict[object, list[Line]] = defaultdict(list)
    for line in lines:
        found[key(line)].append(line)
    return found


def _merge(lines: dict[Line, list[Tie]], line: Line, into: Collection[Line]) -> None:
    joining = lines.pop(line)
    for other in into:
        lines[other] = sorted([*lines[other], *joining], key=lambda claim: claim.id)


def status_of(
    ground: Ground, told: Sequence[Tie], as_of: PartialDate | None = None
) -> Status | Literal["disputed"]:
    """What the latest source says; `disputed` if the latest do not agree."""
    own = [claim for claim in told if not isinstance(claim, Twinned)] or list(told)
    days = [published.last if (published := ground.published(c)) else date.min for c in own]
    latest = {_said(c, as_of) for c, day in zip(own, days, strict=True) if day == max(days)}
    if len(latest) == 1:
        return latest.pop()
    return Status.IN_FORCE if latest <= {Status.SIGNED, Status.IN_FORCE} else "disputed"


def _said(claim: Tie, as_of: PartialDate | None) -> Status:
    """What a claim says of a tie as of a day: one that ended only later was still signed."""
    ended_later = claim.ended_on is not None and claim.ended_on.outside(None, as_of)
    if claim.status is Status.ENDED and claim.signed_on is not None and ended_later:
        return Status.SIGNED
    return claim.status


# ---------------------------------------------------------------- in force


def in_force(
    ground: Ground, claim: Tie, begins: PartialDate | None, reporters: Callable[[], Collection[str]]
) -> bool:
    """Whether a claim shows its tie in force when an activity began.

    Signed on or before that day, a range counting from its last day, an undated signing
    from its source's publication; or spoken of as existing by a source that reports the
    activity, or by one published by that day (domain, section 4).
    """
    if not _may_show(claim, begins):
        return False
    since = claim.signed_on or ground.published(claim)
    if begins is not None and since is not None and since.last <= begins.first:
        return not _ended(ground, claim, since, begins)
    if claim.status is not Status.IN_FORCE or _contradicted(ground, claim, begins):
        return False
    published = ground.published(claim)
    by_then = begins is not None and published is not None and published.last <= begins.first
    return by_then or claim.source in reporters()


def _may_show(claim: Tie, begins: PartialDate | None) -> bool:
    """Whether a claim can show a tie in force; one that has ended does for days before its end.

    It must tell from when to when: an end alone shows nothing about the days before it.
    """
    if claim.status is Status.ENDED:
        if begins is None or claim.signed_on is None or claim.ended_on is None:
            return False
        return begins.first < claim.ended_on.first
    return claim.status in {Status.SIGNED, Status.IN_FORCE}


def _contradicted(ground: Ground, claim: Tie, begins: PartialDate | None) -> bool:
    """Whether what is said to exist was signed only later, or had ended before."""
    if begins is None:
        return False
    if claim.signed_on is not None and begins.before(claim.signed_on):
        return True
    return _ended(ground, claim, claim.signed_on, begins)


def _ended(ground: Ground, claim: Tie, since: PartialDate | None, begins: PartialDate) -> bool:
    """Whether the tie, once signed, had ended when the activity began, as any source says.

    A tie that sleeps is not in force from then on, unless it was signed again later.
    """
    near = claim.to if ground.has_read(claim.to, TIE_KINDS) else claim.from_
    ends = [
        other.ended_on or ground.published(other)
        for other in ground.once(_over_at, near).get(claim.other(near), ())
        if _same_tie(claim, other)
    ]
    return any(
        end.first <= begins.first and (since is None or end.last >= since.first)
        for end in ends
        if end is not None
    )


def _over_at(ground: Ground, one: str) -> dict[str, list[Tie]]:
    """The ties at a node that a source says have ended or sleep, by their other end."""
    over: dict[str, list[Tie]] = defaultdict(list)
    for claim in of_kind(ground.at((one,), *sorted(TIE_KINDS)), Tie):
        if claim.status in _OVER or claim.ended_on:
            over[claim.other(one)].append(claim)
    return over


def _same_tie(claim: Tie, other: Tie) -> bool:
    """Whether `other` tells of the same tie; a `TWINNED` one is any told kind."""
    if {claim.from_, claim.to} != {other.from_, other.to}:
        return False
    if isinstance(claim, Twinned):
        return not isinstance(other, Agreement)
    return _line(claim.from_, claim)[1:3] == _line(claim.from_, other)[1:3]
