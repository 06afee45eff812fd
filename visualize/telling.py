"""Claims as statements a person reads: who, what, whom, when, and where it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from graph.claims import WHEREABOUTS, Agreement, Claim, Hosted, ParticipatedIn, Sent, Tie, Visited
from graph.nodes import kind_of
from graph.questions.answers import (
    BeneficiariesAnswer,
    Citation,
    Evidence,
    NeighbourhoodAnswer,
    Ref,
)
from graph.questions.scene_answer import SceneAnswer
from visualize.lines import Line, fold
from visualize.links import Links
from visualize.templating import web_link
from visualize.wording import Named, Words


@dataclass(frozen=True)
class Party:
    """An end of a statement."""

    id: str
    kind: str
    name: str
    url: str | None


@dataclass(frozen=True)
class Cited:
    """Where a statement stands: title, then publisher, date and line, then a safe link.

    `page` is our own page of the source.
    """

    title: str
    place: tuple[str, ...]
    url: str | None
    page: str | None


@dataclass(frozen=True)
class Statement:
    """One claim in words."""

    id: str
    start: Party
    relation: str
    end: Party
    directed: bool
    facts: tuple[str, ...]
    note: str | None
    quote: str | None
    cited: Cited | None


@dataclass(frozen=True)
class Told:
    """The claims of one kind between two ends, as one line."""

    statements: tuple[Statement, ...]

    @property
    def first(self) -> Statement:
        """The ends are alike in all statements."""
        return self.statements[0]

    @property
    def relations(self) -> tuple[str, ...]:
        """The words of the relation: one, or a few where roles or forms differ."""
        return tuple(dict.fromkeys(said.relation for said in self.statements))

    def seen_from(self, near: str) -> Told:
        """The same with this end first, if it may be read either way."""
        turned = (
            replace(said, start=said.end, end=said.start)
            if not said.directed and said.end.id == near
            else said
            for said in self.statements
        )
        return Told(tuple(turned))


_Places = dict[str, dict[int | None, Citation]]
"""Citations by source and line."""


class Teller:
    """Tells claims in one language; knows the nodes that an answer names."""

    def __init__(self, words: Words, links: Links, nodes: Iterable[Named]) -> None:
        self.words = words
        self._links = links
        self._nodes = {node.id: node for node in nodes}
        self._parties: dict[str, Party] = {}
        self._cited: dict[Citation, Cited] = {}
        self._known: tuple[Sequence[Citation], _Places] = ((), {})

    def party(self, node_id: str) -> Party:
        """An end of a claim, by its best known name."""
        if node_id not in self._parties:
            self._parties[node_id] = self._party(node_id)
        return self._parties[node_id]

    def _party(self, node_id: str) -> Party:
        kind, node = kind_of(node_id), self._nodes.get(node_id)
        name = self.words.name(node) if node else self.words.unnamed(node_id, kind)
        return Party(node_id, kind, name, self._links.entity(node_id))

    def cite(self, citation: Citation) -> Cited:
        """A citation in words."""
        if citation not in self._cited:
            self._cited[citation] = self._cite(citation)
        return self._cited[citation]

    def _cite(self, citation: Citation) -> Cited:
        parts = [citation.publisher, str(citation.published or "")]
        if citation.locator is not None:
            parts.append(self.words.ui(citation.unit, n=citation.locator))
        if citation.state == "loading":
            parts.append(self.words.ui("source_loading"))
        title = citation.title or self.words.ui("untitled")
        page = self._links.entity(citation.source)
        return Cited(title, tuple(filter(None, parts)), web_link(citation.url), page)

    def state(self, claim: Claim, citations: Sequence[Citation]) -> Statement:
        """A claim with the citation of its source and line."""
        found = self._citation(claim, citations)
        return Statement(
            id=claim.id,
            start=self.party(claim.from_),
            relation=self.relation(claim),
            end=self.party(claim.to),
            directed=claim.directed,
            facts=tuple(self._facts(claim)),
            note=claim.note,
            quote=claim.quote,
            cited=self.cite(found) if found else None,
        )

    def _citation(self, claim: Claim, citations: Sequence[Citation]) -> Citation | None:
        """The citation of the claim's source and line, else of its source with that line."""
        if self._known[0] is not citations:  # the same ones are asked for line after line
            places: _Places = {}
            for one in citations:
                places.setdefault(one.source, {}).setdefault(one.locator, one)
            self._known = (citations, places)
        same = self._known[1].get(claim.source)
        if same is None:
            return None
        if claim.locator in same:
            return same[claim.locator]
        return next(iter(same.values())).model_copy(update={"locator": claim.locator})

    def tell(self, line: Line, citations: Sequence[Citation]) -> Told:
        """A folded line with all its statements; of results between the ends of the line."""
        if not line.deals:
            return Told(tuple(self.state(claim, citations) for claim in line.claims))
        start, end = self.party(line.start), self.party(line.end)
        return Told(
            tuple(
                replace(said, start=start, end=end, facts=(deal, *said.facts))
                for said in (self.state(claim, citations) for claim in line.claims)
                for deal in (next(p.name for p in (said.end, said.start) if p.kind == "Deal"),)
            )
        )

    def chain(self, evidence: Evidence, start: str) -> list[list[Told]]:
        """Evidence hop by hop from `start`: a hop is all that is said between two ends."""
        hops: dict[tuple[str, str], list[Told]] = {}
        for line in outward(fold(evidence.claims), start):
            hops.setdefault(line.pair, []).append(self.tell(line, evidence.citations))
        return list(hops.values())

    def relation(self, claim: Claim) -> str:
        """The word for what a claim says."""
        if isinstance(claim, Agreement):
            return self.words.tie(claim.kind, claim.form)
        if isinstance(claim, Hosted):
            return self.words.of("role", claim.role)
        return self.words.of("claim", claim.kind)

    def _facts(self, claim: Claim) -> Iterable[str]:
        words = self.words
        if isinstance(claim, Tie):
            yield words.standing(claim.status, claim.signed_on)
            if claim.ended_on:
                yield words.ui("ended_on", date=words.date(claim.ended_on))
            if claim.fields:
                yield f"{words.of('field', 'fields')}: {', '.join(claim.fields)}"
        if isinstance(claim, Visited) and claim.first_day:
            days = [words.date(day) for day in (claim.first_day, claim.last_day) if day]
            yield " – ".join(dict.fromkeys(days))
        if isinstance(claim, ParticipatedIn):
            yield from claim.products
        if isinstance(claim, Sent) and claim.leader:
            yield f"{words.of('field', 'leader')} {claim.leader}"


def outward(lines: Sequence[Line], start: str) -> list[Line]:
    """Lines in the order in which they are met when walking outward from a node."""
    reached = {start: 0}
    while fresh := {
        end: reached[near] + 1
        for line in lines
        for near, end in (line.pair, line.pair[::-1])
        if near in reached and end not in reached
    }:
        reached |= fresh
    far = len(reached)
    steps = {line.id: sorted(reached.get(end, far) for end in line.pair) for line in lines}
    return sorted(lines, key=lambda line: (steps[line.id], line.kind in WHEREABOUTS, line.pair))


def refs_of(answer: BeneficiariesAnswer) -> list[Ref]:
    """The nodes that an answer itself names."""
    refs = [answer.partner, answer.home]
    for tie in answer.ties:
        refs += [tie.partner, tie.home]
    for line in answer.beneficiaries:
        refs += [line.firm, line.home]
    refs += [line.mission for line in answer.unnamed]
    return [ref for ref in refs if ref]


def ids_to_name(
    neighbourhood: NeighbourhoodAnswer | SceneAnswer, answer: BeneficiariesAnswer | None = None
) -> frozenset[str]:
    """The nodes a page should be given: deals, countries, and the ends of evidence."""
    near = (neighbourhood.center, *neighbourhood.nodes)
    ids = {node.id for node in near if node.kind == "Deal"}
    if isinstance(neighbourhood, SceneAnswer):
        ids |= {deal for one in neighbourhood.folded for deal in one.deals}
    ids |= {f"country:{node.country}" for node in near if node.country}
    if answer is not None:
        claims = [c for tie in answer.ties for c in tie.claims]
        claims += [c for b in answer.beneficiaries for chain in b.evidence for c in chain.claims]
        ends = {end for claim in claims for end in (claim.from_, claim.to)}
        ids |= ends - {ref.id for ref in refs_of(answer)}
    return frozenset(ids)
