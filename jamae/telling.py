"""An answer with all that a person needs to read it: names of nodes, numbers of sources."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel

from graph.claims import Claim
from graph.dates import PartialDate
from graph.nodes import Deal
from graph.questions.answers import Answer, Citation, DealRef, Ref
from graph.questions.ground import Ground
from graph.questions.stretch import stretch_of
from jamae.wording import Lang, Said
from visualize.links import Links
from visualize.telling import Teller

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from graph.store import View
    from visualize.wording import Named

A = TypeVar("A", bound=Answer)


@dataclass(frozen=True)
class Told(Generic[A]):
    """An answer, every node that its claims and deals name, and where and when the deals stand.

    `stretches` has the days of what a deal was made at, for deals without a date.
    """

    answer: A
    nodes: Mapping[str, Named]
    deals: Mapping[str, Sequence[Citation]]
    stretches: Mapping[str, PartialDate]


def with_names(question: Callable[[View], A]) -> Callable[[View], Told[A]]:
    """The same question, answered together with the nodes that its answer names."""

    def ask(view: View) -> Told[A]:
        answer = question(view)
        ground = Ground(view)
        nodes = ground.named(_named(answer))
        deals = [one for one in nodes.values() if isinstance(one, Deal)]
        told = {deal.id: ground.told_of((deal.id,)) for deal in deals}
        return Told(answer, nodes, told, dict(_stretches(ground, deals)))

    return ask


def _stretches(ground: Ground, deals: Iterable[Deal]) -> Iterator[tuple[str, PartialDate]]:
    """The days of the mission, event or programme of each deal that has no date."""
    undated = [deal for deal in deals if deal.date is None]
    ground.out((deal.id for deal in undated), "MADE_AT")
    for deal in undated:
        whole = stretch_of(ground, deal)
        if whole.first is not None and whole.last is not None:
            yield deal.id, PartialDate.parse(f"{whole.first}/{whole.last}")


def _named(value: object) -> Iterator[str]:
    if isinstance(value, Claim):
        yield from (value.from_, value.to)
    elif isinstance(value, DealRef):
        yield value.id
    elif isinstance(value, BaseModel):
        for _, inner in value:
            yield from _named(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _named(inner)


@dataclass
class Page:
    """Tells one answer in one language, and numbers the sources as it cites them."""

    words: Said
    nodes: Mapping[str, Named]
    deals: Mapping[str, Sequence[Citation]]
    stretches: Mapping[str, PartialDate] = field(default_factory=dict)
    evidence: bool = False
    numbers: dict[str, Citation] = field(default_factory=dict)

    @classmethod
    def of(cls, told: Told[Any], lang: Lang, *, evidence: bool = False) -> Page:
        """The page of an answer."""
        return cls(Said(lang), told.nodes, told.deals, told.stretches, evidence)

    def cite(self, citations: Iterable[Citation]) -> str:
        """`[1] lines 8, 11`: the number of each source, and the lines or rows there."""
        lines: dict[str, list[int]] = defaultdict(list)
        for one in citations:
            self.numbers.setdefault(one.source, one)
            lines[one.source] += [one.locator] if one.locator else []
        return "\n".join(self._cited(source, found) for source, found in lines.items())

    def _cited(self, source: str, lines: Iterable[int]) -> str:
        number = list(self.numbers).index(source) + 1
        found = sorted(set(lines))
        if not found:
            return f"[{number}]"
        unit = self.numbers[source].unit
        said = self.words.own(unit + "s" * (len(found) > 1), n=", ".join(map(str, found)))
        return f"[{number}] {said}"

    def legend(self) -> list[str]:
        """Every source that was cited: title, publisher, date, id, address."""
        return [
            f"[{number}] {' · '.join(self._described(one))}"
            for number, one in enumerate(self.numbers.values(), start=1)
        ]

    def _described(self, one: Citation) -> Iterator[str]:
        yield one.title or self.words.ui("untitled")
        if one.publisher:
            yield one.publisher
        if one.published:
            yield str(one.published)
        yield one.source
        if one.url:
            yield one.url
        if one.state == "loading":
            yield self.words.ui("source_loading")

    def name(self, ref: Ref) -> str:
        """What a node is called."""
        return self.words.name(ref)

    def node(self, node_id: str) -> str:
        """What the node with this id is called; a deal by its stage and amount."""
        node = self.nodes.get(node_id)
        return self.words.name(node) if node else node_id

    def statement(self, claim: Claim) -> str:
        """A claim as a line: who —what→ whom, and its facts."""
        arrow = "→" if claim.directed else "—"
        facts = self._teller.state(claim, ()).facts
        told = f"{self.node(claim.from_)} —{self._teller.relation(claim)}{arrow} "
        return " · ".join([told + self.node(claim.to), *facts])

    @property
    def _teller(self) -> Teller:
        return Teller(self.words, Links(self.words.lang, offline=True), ())
