"""A second reading of domain.md, as literal and slow as can be: the facts and where they lie.

Nothing here knows a store or `graph.questions`; it is what the product is compared with.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from graph.claims import Claim, Describes, InCountry, LocatedIn, PartOf, SameAs
from graph.dates import PartialDate
from graph.nodes import Deal, Node, Source, kind_of
from graph.values import SourceKind

C = TypeVar("C", bound=Claim)


@dataclass(frozen=True, eq=False)
class Facts:
    """All claims but the descriptions, with current ends, and the visible nodes."""

    claims: tuple[Claim, ...]
    nodes: Mapping[str, Node]
    told: Mapping[str, frozenset[str]]
    """The sources that describe each node."""
    _sorted: dict[type[Claim], list[Any]] = field(default_factory=dict, repr=False, compare=False)

    def of(self, kind: type[C]) -> list[C]:
        """The claims of a kind."""
        if kind not in self._sorted:
            self._sorted[kind] = [claim for claim in self.claims if isinstance(claim, kind)]
        return cast("list[C]", self._sorted[kind])

    def source(self, claim: Claim) -> Source:
        """The source of a claim."""
        node = self.nodes[claim.source]
        assert isinstance(node, Source)
        return node

    def published(self, claim: Claim) -> PartialDate | None:
        """When the source of a claim was published."""
        return self.source(claim).published

    def lines(self, claims: Iterable[Claim]) -> int:
        """The number of distinct lineages among claims."""
        sources = [self.source(claim) for claim in claims]
        return len({source.lineage or source.id for source in sources})

    def deal(self, node_id: str) -> Deal:
        """A deal by its id."""
        node = self.nodes[node_id]
        assert isinstance(node, Deal)
        return node

    def all_of(self, *kinds: str) -> list[str]:
        """The ids of all nodes of these kinds, in order."""
        return sorted(one for one, node in self.nodes.items() if node.kind in kinds)


def gather(claims: Iterable[Claim]) -> Facts:
    """The facts that claims make: nodes folded, ends led to the ids that stay."""
    said = list(claims)
    told = [claim for claim in said if isinstance(claim, Describes)]
    current = merged(said, told)
    selves = {c.source: c.node for c in told if c.to == c.source and isinstance(c.node, Source)}
    nodes, by = {}, {}
    for node_id in set(current.values()):
        about = [claim for claim in told if current[claim.to] == node_id]
        by[node_id] = frozenset(claim.source for claim in about)
        nodes[node_id] = folded(
            node_id, sorted(about, key=lambda c: (precedence(selves[c.source]), c.id))
        )
    others = [claim for claim in said if not isinstance(claim, Describes)]
    moved = tuple(claim.moved(current[claim.from_], current[claim.to]) for claim in others)
    return Facts(tuple(sorted(moved, key=lambda claim: claim.id)), nodes, by)


def merged(said: Iterable[Claim], told: Iterable[Describes]) -> dict[str, str]:
    """For each described id the least of those that mean the same node."""
    holders: dict[str, set[str]] = {}
    for claim in told:
        holders.setdefault(claim.to, {claim.to})
        for key in claim.node.keys:
            holders.setdefault(f"{claim.node.kind} {key}", set()).add(claim.to)
    groups = [*holders.values(), *({c.from_, c.to} for c in said if isinstance(c, SameAs))]
    whole = joined(groups)
    return {member: min(group) for group in whole for member in group}


def joined(groups: Iterable[Iterable[str]]) -> list[set[str]]:
    """The groups, those that share a member made one."""
    apart: list[set[str]] = []
    for group in groups:
        touching = [one for one in apart if not one.isdisjoint(group)]
        apart = [one for one in apart if one not in touching]
        apart.append(set(group).union(*touching))
    return apart


def precedence(source: Source) -> tuple[int, date, str]:
    """Kind of source in a fixed order, then earliest published, then source id."""
    kind = source.source_kind or SourceKind.DATASET
    published = source.published.first if source.published else date.max
    return list(SourceKind).index(kind), published, source.id


def folded(node_id: str, about: list[Describes]) -> Node:
    """The visible node: names united, any other field from the first source that gives it."""
    first = about[0].node
    fields: dict[str, object] = {}
    for name in sorted(type(first).model_fields.keys() - {"id", "former_ids"}):
        given = [getattr(claim.node, name) for claim in about]
        if name == "spellings":
            fields[name] = tuple(sorted(spelled(about)))
        elif isinstance(getattr(first, name), dict):
            pairs = [pair for values in reversed(given) for pair in values.items()]
            fields[name] = dict(sorted(dict(pairs).items()))
        else:
            fields[name] = next((v for v in given if v not in (None, ())), given[0])
    former = tuple(sorted({claim.to for claim in about} - {node_id}))
    return first.model_copy(update={**fields, "id": node_id, "former_ids": former})


def spelled(about: Iterable[Describes]) -> set[str]:
    """What a node is called beside the one name that is kept for each language."""
    kept: dict[str, str] = {}
    every: set[str] = set()
    for claim in about:
        every.update(claim.node.names.values(), claim.node.spellings)
        kept = {**claim.node.names, **kept}
    return every - set(kept.values())


def holding(facts: Facts, cities: Iterable[str]) -> set[str]:
    """These cities and all that contain them."""
    found, before = set(cities), set[str]()
    while found != before:
        before = set(found)
        found |= {claim.to for claim in facts.of(PartOf) if claim.from_ in found}
    return found


def parts(facts: Facts, place: str) -> set[str]:
    """A city and its parts; anything else alone."""
    found, before = {place}, set[str]()
    while found != before:
        before = set(found)
        found |= {claim.from_ for claim in facts.of(PartOf) if claim.to in found}
    return found


def seats(facts: Facts, entity: str) -> set[str]:
    """The cities where a firm, body or event is."""
    return {claim.to for claim in facts.of(LocatedIn) if claim.from_ == entity}


def area(facts: Facts, partner: str) -> set[str]:
    """The cities that are the partner or parts of it; for an organisation, of its seat."""
    cities = {partner} if kind_of(partner) == "City" else seats(facts, partner)
    return {part for city in cities for part in parts(facts, city)}


def countries(facts: Facts, entity: str) -> set[str]:
    """The countries where an entity is, by itself, by its seat or by what contains it."""
    if kind_of(entity) == "Country":
        return {entity}
    around = holding(facts, {entity} | seats(facts, entity))
    return {claim.to for claim in facts.of(InCountry) if claim.from_ in around}
