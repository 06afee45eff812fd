"""A second reading of domain.md: how ties fold, and when one is in force (sections 1 and 4)."""

from collections.abc import Collection
from dataclasses import dataclass

from graph.claims import Agreement, Tie, Twinned
from graph.dates import PartialDate
from graph.values import Form, Status
from tests.naive import Facts


@dataclass(frozen=True)
class Line:
    """All claims of one tie."""

    other: str
    kind: str
    form: Form | None
    signed_on: PartialDate | None
    status: str
    independent_sources: int
    claims: tuple[Tie, ...]


Key = tuple[str, str, Form | None, PartialDate | None]


def key_of(tie: Tie, entity: str) -> Key:
    """Partner, kind, form and signing date."""
    form = tie.form if isinstance(tie, Agreement) else None
    return tie.other(entity), tie.kind, form, tie.signed_on


def too_late(facts: Facts, tie: Tie, as_of: PartialDate | None) -> bool:
    """Whether a tie is of a later time than asked about."""
    told = tie.signed_on
    if told is None and tie.status == Status.ENDED:
        told = tie.ended_on
    counts_from = told or facts.published(tie)
    return as_of is not None and counts_from is not None and counts_from.first > as_of.last


def ties_of(facts: Facts, entity: str, as_of: PartialDate | None = None) -> list[Tie]:
    """The tie claims with the entity itself as an end."""
    own = [tie for tie in facts.of(Tie) if entity in (tie.from_, tie.to)]
    return [tie for tie in own if not too_late(facts, tie, as_of)]


def lines_of(facts: Facts, entity: str, as_of: PartialDate | None = None) -> list[Line]:
    """One line by partner, kind, form and signing date; TWINNED joins the told lines."""
    return fold(facts, entity, ties_of(facts, entity, as_of), as_of)


def fold(
    facts: Facts, entity: str, ties: Collection[Tie], as_of: PartialDate | None = None
) -> list[Line]:
    """The lines that these claims of one entity fold into."""
    groups: dict[Key, list[Tie]] = {}
    for tie in ties:
        groups.setdefault(placed(tie, ties, entity), []).append(tie)
    told = {
        key: group
        for key, group in groups.items()
        if key[1] in ("SISTER_CITY", "FRIENDSHIP_CITY", "EXCHANGE_CITY")
    }
    corroborated = {key[0] for key in told}
    lines = []
    for key, group in groups.items():
        if key[1] == "TWINNED" and key[0] in corroborated:
            continue
        twinned: list[Tie] = []
        if key in told:
            twinned = [t for t in ties if isinstance(t, Twinned) and t.other(entity) == key[0]]
        lines.append(line_of(facts, key, [group, twinned], as_of))
    return lines


def placed(tie: Tie, ties: Collection[Tie], entity: str) -> Key:
    """The line a claim belongs to; an undated one joins the only dated line of its like."""
    key = key_of(tie, entity)
    if tie.signed_on is not None:
        return key
    alike = {key_of(other, entity) for other in ties}
    dated = [other for other in alike if other[:3] == key[:3] and other[3] is not None]
    return dated[0] if len(dated) == 1 else key


def line_of(facts: Facts, key: Key, told: list[list[Tie]], as_of: PartialDate | None) -> Line:
    """The claims of one line, folded: its own, and those that corroborate it."""
    every = tuple(sorted([tie for ties in told for tie in ties], key=lambda tie: tie.id))
    status = status_of(facts, told[0], as_of)
    return Line(*key, status, facts.lines(every), every)


def status_of(facts: Facts, group: list[Tie], as_of: PartialDate | None = None) -> str:
    """What the latest source says; `disputed` if the latest ones differ."""
    days = [day.last for tie in group if (day := facts.published(tie))]
    latest = [
        tie
        for tie in group
        if not days or ((day := facts.published(tie)) and day.last == max(days))
    ]
    said = {Status.SIGNED if held_then(tie, as_of) else tie.status for tie in latest}
    if said == {Status.SIGNED, Status.IN_FORCE}:
        return Status.IN_FORCE
    return said.pop() if len(said) == 1 else "disputed"


def held_then(tie: Tie, as_of: PartialDate | None) -> bool:
    """Whether what is told as ended was signed, and ended only after the day asked about."""
    if tie.status != Status.ENDED or as_of is None:
        return False
    return bool(tie.signed_on and tie.ended_on and tie.ended_on.first > as_of.last)


def in_force(
    facts: Facts,
    tie: Tie,
    ties: Collection[Tie],
    began: PartialDate | None,
    reporters: Collection[str],
) -> bool:
    """Whether by this claim a tie was in force when an activity began."""
    if tie.status == Status.ENDED and not held_between(tie, began):
        return False
    if tie.status in (Status.PROPOSED, Status.DORMANT):
        return False
    spoken_of = tie.status == Status.IN_FORCE
    if began is None:
        return spoken_of and tie.source in reporters
    signed, published = tie.signed_on, facts.published(tie)
    ends = [end for other in ties if (end := end_of(facts, tie, other))]
    ends = [end for end in ends if end.first <= began.first]
    since = signed or published
    if since is not None and since.last <= began.first:
        return not any(end.last >= since.first for end in ends)
    if signed is not None and signed.first > began.last:
        return False
    if any(signed is None or end.last >= signed.first for end in ends):
        return False
    by_then = published is not None and published.last <= began.first
    return spoken_of and (tie.source in reporters or by_then)


def held_between(tie: Tie, began: PartialDate | None) -> bool:
    """Whether an activity began after a tie was signed and before it ended."""
    if began is None or tie.signed_on is None or tie.ended_on is None:
        return False
    return tie.signed_on.last <= began.first < tie.ended_on.first


def end_of(facts: Facts, tie: Tie, other: Tie) -> PartialDate | None:
    """When a claim says that the tie of another claim ended or slept, None if it does not."""
    if other.status not in (Status.ENDED, Status.DORMANT) and other.ended_on is None:
        return None
    return (other.ended_on or facts.published(other)) if alike(tie, other) else None


def alike(tie: Tie, other: Tie) -> bool:
    """Whether a claim is about the same tie; `TWINNED` is any kind that was told."""
    if (tie.from_, tie.to) != (other.from_, other.to):
        return False
    if isinstance(tie, Twinned):
        return not isinstance(other, Agreement)
    return key_of(tie, tie.from_)[:3] == key_of(other, tie.from_)[:3]
