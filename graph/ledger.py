"""One open write transaction: a few set-wise primitives that each store implements.

What a write does with them is decided once for every store, in `graph.writing`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from graph.changes import Loading
    from graph.claims import Claim, Describes
    from graph.fold import Fields
    from graph.nodes import Node
    from graph.statements import Statement

_MODULUS = 1 << 128


@dataclass
class Tally:
    """The running sum of claim digests and the counts by kind, kept with each write.

    `told` is by how many claims each source grew or shrank within this write, `turns` how
    often a source has begun to load, or ended.
    """

    digest: int = 0
    nodes: Counter[str] = field(default_factory=Counter)
    claims: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    turns: int = 0

    @property
    def version(self) -> str:
        """The digest as 32 hexadecimal digits."""
        return f"{self.digest:032x}"

    def add(self, one: Statement, times: int = 1) -> None:
        """Count a claim in, or out with `times=-1`."""
        self.digest = (self.digest + times * one.digest()) % _MODULUS
        self.claims[one.kind] += times
        self.told[one.source] += times


class Ledger(ABC):
    """One open write transaction. "Stated" ids are those the sources gave."""

    def __init__(self) -> None:
        self._answers: dict[str, frozenset[str]] = {}

    @abstractmethod
    def tally(self) -> Tally:
        """The tally as last kept."""

    @abstractmethod
    def keep(self, tally: Tally) -> None:
        """Keep the tally, and change the counts of the sources by `told`."""

    @abstractmethod
    def counts(self, sources: Collection[str]) -> Mapping[str, int]:
        """How many claims of each of these sources are stored; those without any are left out."""

    @abstractmethod
    def loading(self, sources: Collection[str]) -> Mapping[str, Loading]:
        """How far the loads of these sources have come; those that are whole are left out."""

    @abstractmethod
    def keep_loading(self, source: str, loading: Loading | None) -> None:
        """Keep how far the load of a source has come; None: it is whole, or gone."""

    @abstractmethod
    def stored(self, claim_ids: Collection[str]) -> Mapping[str, Statement]:
        """The claims with these ids, with `recorded_at`."""

    @abstractmethod
    def held(self, claim_ids: Collection[str]) -> set[str]:
        """Those of these ids that claims are stored under."""

    @abstractmethod
    def claim_ids_of(self, sources: Collection[str]) -> set[str]:
        """The ids of all claims of these sources."""

    @abstractmethod
    def descriptions(self, stated: Collection[str]) -> Sequence[Describes]:
        """Every description of these stated ids, by any source."""

    @abstractmethod
    def identities(self, stated: Collection[str]) -> Sequence[Claim]:
        """The SAME_AS and DIFFERENT_FROM claims with such a stated end."""

    def holders(self, keys: Collection[str]) -> Mapping[str, frozenset[str]]:
        """For each stated id or `scheme:value` the node ids that answered to it at the beginning.

        Each is looked up once: what is described is asked for several times in a write.
        """
        if unknown := set(keys) - self._answers.keys():
            self._answers.update(dict.fromkeys(unknown, frozenset()) | self.answering(unknown))
        return {key: nodes for key in keys if (nodes := self._answers[key])}

    @abstractmethod
    def answering(self, keys: Collection[str]) -> dict[str, frozenset[str]]:
        """For each stated id or `scheme:value` the current node ids that answer to it."""

    @abstractmethod
    def nodes(self, ids: Collection[str]) -> Mapping[str, Fields]:
        """The plain fields of the nodes with these current ids; unknown ids are left out."""

    @abstractmethod
    def members(self, ids: Collection[str]) -> Mapping[str, frozenset[str]]:
        """For each current node id the stated ids it stands for."""

    @abstractmethod
    def put(self, statements: Sequence[Statement], current: Mapping[str, str]) -> None:
        """Insert claims, whose ids are not stored; `current` has the node of each stated end."""

    @abstractmethod
    def drop(self, statements: Sequence[Statement]) -> None:
        """Delete these stored claims."""

    @abstractmethod
    def reroute(self, moves: Mapping[str, str]) -> None:
        """Give every claim with such a stated end the current id that it maps to.

        Current ends stay in the order of the stated ones, also for undirected kinds.
        """

    @abstractmethod
    def put_nodes(self, nodes: Sequence[tuple[Node, frozenset[str]]]) -> None:
        """Insert or replace nodes, each with all keys that it answers to from now on."""

    @abstractmethod
    def drop_nodes(self, ids: Collection[str]) -> None:
        """Delete nodes, which no claim touches any more, and their keys."""
