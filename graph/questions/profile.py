"""One entity in full: its ties, what it takes part in, its sums, and where each of it stands."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.claims import CLAIM_CLASSES, PARTNERS, TIE_KINDS, Tie
from graph.errors import BadRequest
from graph.questions.beneficiaries import beneficiaries, benefits
from graph.questions.ground import Ground, of_kind
from graph.questions.profiles import Moment, Part, ProfileAnswer, Record, Sums
from graph.questions.ties import tie_lines
from graph.questions.totals import Filters, totals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from graph.claims import Claim
    from graph.questions.answers import PartnerBenefit, TieLine
    from graph.store import View
    from graph.values import Grade

TIES = "ties"
PARTS = (
    "VISITED.in", "SENT.out", "HOSTED.out", "PARTICIPATED_IN.in", "PARTICIPATED_IN.out",
    "VISITED.out", "SENT.in", "HOSTED.in", "SOLD.out", "SOLD.in", "BOUGHT.out", "BOUGHT.in",
    "MADE_AT.in", "MADE_AT.out", "IN_PLACE.in", "IN_PLACE.out", "CREDITS.out", "CREDITS.in",
    "RUNS.out", "RUNS.in", "PART_OF_DEAL.in", "PART_OF_DEAL.out", "SAME_DEAL_AS",
    "LOCATED_IN.in", "LOCATED_IN.out", "PART_OF.in", "PART_OF.out", "IN_COUNTRY.in",
    "IN_COUNTRY.out", "SAME_AS", "DIFFERENT_FROM",
)  # fmt: skip
"""What a profile is made of beside its ties, in the order of reading: a kind and its way."""
_KINDS = tuple(sorted(CLAIM_CLASSES.keys() - {"DESCRIBES"}))
_MOST = 5_000
"""Claims read of one entity; a larger one is cut, and the answer says so."""
_OCCASIONS = frozenset({"Mission", "Event", "Programme"})
_SUMMED: Mapping[str, tuple[str, ...]] = {
    "City": ("city", "partner"),
    "Organization": ("partner",),
    "Firm": ("firm",),
    "Country": ("place",),
} | dict.fromkeys(sorted(_OCCASIONS), ("mission",))
"""By which filters the deals of each kind of entity are summed."""
_FILTERS: Mapping[str, Callable[[str], Filters]] = {
    "city": lambda one: Filters(city=one),
    "partner": lambda one: Filters(partner=one),
    "firm": lambda one: Filters(firm=one),
    "place": lambda one: Filters(place=one),
    "mission": lambda one: Filters(mission=one),
}


def profile(
    view: View, node_id: str, part: str | None = None, skip: int = 0, limit: int = 12
) -> ProfileAnswer:
    """All that is on record of an entity, at most `limit` lines of each part.

    Of ties those that most independent sources tell come first, of other lines the latest,
    then those with most claims of their own. With `part` only that one, from the line after
    `skip`. NotFound if nothing describes the entity; BadRequest for an unknown part.
    """
    if part is not None and part not in {TIES, *PARTS}:
        raise BadRequest("part", f"no such part; use {', '.join((TIES, *PARTS))}")
    ground = Ground(view)
    node = ground.node(node_id)
    claims = view.expand((node_id,), _KINDS, limit=_MOST + 1)
    lines = _ties(ground, node_id, claims)
    told = _others(node_id, claims)
    wanted = [one for one in PARTS if told.get(one) and part in {None, one}]
    return ProfileAnswer(
        entity=node,
        ref=ground.ref(node_id),
        ties=tuple(lines[skip : skip + limit]) if part in {None, TIES} else (),
        ties_count=len(lines),
        tie_countries=len({line.partner.country for line in lines} - {None}),
        parts=tuple(_part(ground, one, told[one], skip, limit) for one in wanted),
        counts={one: len(told[one]) for one in PARTS if told.get(one)},
        moments=_moments(ground, lines, told),
        sums=_sums(view, node_id, node.kind) if part is None else (),
        firms=_firms(view, node_id, node.kind) if part is None else {},
        partners=_partners(view, node_id, node.kind) if part is None else (),
        citations=ground.told_of((node_id,)),
        truncated=len(claims) > _MOST,
        dataset_version=view.version(),
    )


def _ties(ground: Ground, node_id: str, claims: Iterable[Claim]) -> list[TieLine]:
    """All ties as lines, those that most independent sources tell first."""
    found = list(of_kind(claims, Tie))
    ground.nodes(claim.source for claim in found)
    lines = tie_lines(ground, node_id, found)
    return sorted(lines, key=lambda line: (-line.independent_sources, line.partner.name))


def _others(node_id: str, claims: Iterable[Claim]) -> dict[str, dict[str, list[Claim]]]:
    """The claims of each part by the node at their other end; ties are told apart."""
    found: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if claim.kind not in TIE_KINDS and claim.from_ != claim.to:
            found[_part_of(node_id, claim)][claim.other(node_id)].append(claim)
    return found


def _part_of(node_id: str, claim: Claim) -> str:
    if not claim.directed:
        return claim.kind
    return f"{claim.kind}.{'out' if claim.from_ == node_id else 'in'}"


def _part(
    ground: Ground, part: str, told: Mapping[str, Sequence[Claim]], skip: int, limit: int
) -> Part:
    ranked = _ranked(ground, told)
    shown = ranked[skip : skip + limit]
    refs = ground.refs(shown)
    return Part(
        part=part,
        count=len(ranked),
        records=tuple(
            Record(
                other=refs[one],
                claims=tuple(told[one]),
                citations=ground.citations(told[one]),
            )
            for one in shown
        ),
        next=skip + limit if len(ranked) > skip + limit else None,
    )


def _ranked(ground: Ground, ids: Iterable[str]) -> list[str]:
    """The latest first, then those with most claims of their own, then by id."""
    nodes = ground.nodes(ids)
    degrees = ground.view.degrees(nodes)
    counts = {one: sum(degrees.get(one, {}).values()) for one in nodes}
    begun = {one: node.span[0] for one, node in nodes.items()}
    days = {one: day.first.toordinal() if day else 0 for one, day in begun.items()}
    return sorted(nodes, key=lambda one: (-days[one], -counts[one], one))


def _moments(
    ground: Ground, lines: Iterable[TieLine], told: Mapping[str, Mapping[str, object]]
) -> tuple[Moment, ...]:
    """When ties were signed, and when what the entity takes part in began, as far as known."""
    moments = [Moment(group="ties", date=line.signed_on) for line in lines]
    near = {one for others in told.values() for one in others}
    for node in ground.nodes(near).values():
        group = "deals" if node.kind == "Deal" else "occasions"
        if node.kind == "Deal" or node.kind in _OCCASIONS:
            moments.append(Moment(group=group, date=node.span[0]))
    return tuple(moments)


def _sums(view: View, node_id: str, kind: str) -> tuple[Sums, ...]:
    found = ((by, totals(view, _FILTERS[by](node_id))) for by in _SUMMED.get(kind, ()))
    return tuple(
        Sums(by=by, lines=told.lines, left_out=len(told.left_out), citations=told.citations)
        for by, told in found
        if told.lines or told.left_out
    )


def _firms(view: View, node_id: str, kind: str) -> dict[Grade, int]:
    """How many firms of each grade benefit from a partner."""
    counts: dict[Grade, int] = defaultdict(int)
    if kind in PARTNERS:
        for line in beneficiaries(view, node_id).beneficiaries:
            counts[line.grade] += 1
    return dict(counts)


def _partners(view: View, node_id: str, kind: str) -> tuple[PartnerBenefit, ...]:
    return benefits(view, node_id).partners if kind == "Firm" else ()
