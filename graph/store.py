"""The store contract: where claims are kept, and the few reads everything else is made of.

Methods take and return model types only: no rows, no driver records, no foreign
exceptions. The same contract tests run on every store.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeVar

from graph.budget import DEFAULT_SECONDS
from graph.changes import Change
from graph.errors import NotFound, StoreUnavailable
from graph.following import Direction, Followed, readings, traces, wanted
from graph.statements import checked
from graph.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from types import TracebackType

    from graph.budget import Budget
    from graph.changes import Loading, WriteReport
    from graph.claims import Claim
    from graph.following import Step
    from graph.nodes import Node

T = TypeVar("T")
WHOLE = 30_000
"""A source of more claims is written, and withdrawn, in batches."""
BATCH = 10_000
"""Claims of a batch."""
SEARCH_CAP = 5_000
"""A hit set larger than this is cut, and the answer says so."""

FEW = 50
"""More hits than these are not read about before they are ranked."""


class Counts(Frozen):
    """How many nodes and claims there are, by kind; kinds without any are left out."""

    nodes: dict[str, int]
    claims: dict[str, int]


class Hit(NamedTuple):
    """A node that a search found: its id, how many claims touch it, its `names_text`."""

    id: str
    degree: int
    names: str


class Hits(NamedTuple):
    """The nodes that hold the tokens asked for, by degree, then id; `capped` if there were more."""

    found: tuple[Hit, ...]
    capped: bool


class Paths(NamedTuple):
    """Node sequences by length, then by ids; `complete` if no budget cut the search."""

    routes: tuple[tuple[str, ...], ...]
    complete: bool


class View(ABC):
    """Reads of one state of the store. A node is known by its current id here.

    Every method raises BudgetSpent once the question's time is over.
    """

    budget: Budget

    @abstractmethod
    def version(self) -> str:
        """An order-free digest of all claims: equal content, equal version, on every store."""

    @abstractmethod
    def stamp(self) -> str:
        """What changes with all that a reader can see: the version, and the turns of `loading`.

        Unlike the version it is of no use to compare two stores by.
        """

    @abstractmethod
    def counts(self) -> Counts:
        """How many nodes and claims there are, by kind."""

    @abstractmethod
    def get(self, ids: Collection[str]) -> Mapping[str, Node]:
        """The nodes with these current ids; unknown ids are left out."""

    @abstractmethod
    def find(self, key: str) -> str | None:
        """The current id behind an id, a former id or a `scheme:value`; the least if several."""

    @abstractmethod
    def claims(self, ids: Collection[str]) -> Mapping[str, Claim]:
        """The claims with these ids; unknown ids are left out."""

    @abstractmethod
    def claims_of(self, source: str, after: str = "", limit: int = 1000) -> Sequence[Claim]:
        """A source's claims in the order of their ids, from the one after `after`."""

    @abstractmethod
    def told(self, sources: Collection[str]) -> Mapping[str, int]:
        """How many claims each of these sources makes; those without any are left out."""

    @abstractmethod
    def loading(self) -> Sequence[Loading]:
        """The sources that are there in part, because their load has not come to its end."""

    @abstractmethod
    def expand(
        self,
        ids: Collection[str],
        kinds: Collection[str],
        direction: Direction = "both",
        limit: int | None = None,
        after: str = "",
    ) -> Sequence[Claim]:
        """The claims of these kinds at a frontier, each once, in the order of their ids.

        `out` takes claims that start at the frontier, `in` those that end there. An
        undirected kind is taken either way. Starts after the claim id `after`.
        """

    def follow(self, steps: Sequence[Step]) -> Followed:
        """What these steps read, one building on the other, and the nodes that they want.

        The same as `expand` for each step and `get` at the end.
        """
        found = readings(steps, lambda at, near: self.expand(near, steps[at].kinds, steps[at].way))
        return Followed(found, self.get(wanted(steps, found)))

    @abstractmethod
    def among(self, ids: Collection[str], kinds: Collection[str]) -> Sequence[Claim]:
        """The claims of these kinds that join two of these nodes, in the order of their ids.

        What else hangs on a hub among them is not read.
        """

    @abstractmethod
    def adjacent(
        self, ids: Collection[str], kinds: Collection[str], direction: Direction = "both"
    ) -> Mapping[str, frozenset[str]]:
        """For each id the ids one claim away, itself left out, as are those without any."""

    def trace(self, steps: Sequence[Step]) -> tuple[Mapping[str, frozenset[str]], ...]:
        """For each of these steps what is `adjacent` to the ids that it reads at."""
        return traces(steps, lambda at, near: self.adjacent(near, steps[at].kinds, steps[at].way))

    @abstractmethod
    def degrees(self, ids: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        """For each id the number of claims by kind; unknown ids are left out."""

    @abstractmethod
    def search(
        self, alternatives: Collection[Collection[str]], kinds: Collection[str] = ()
    ) -> Hits:
        """The nodes whose `graph.search.tokens` hold all of one of these sets.

        A token with a `*` behind is the beginning of one. Kinds empty: any kind. An empty
        set, or one with what is no token, is held by none.
        """

    def look(
        self, alternatives: Collection[Collection[str]], kinds: Collection[str], step: Step
    ) -> tuple[Hits, Followed]:
        """What `search` finds, and what a step reads there; nothing if more than `FEW` are found.

        The step names no ids.
        """
        hits = self.search(alternatives, kinds)
        few = hits.found if len(hits.found) <= FEW else ()
        return hits, self.follow((step._replace(ids=frozenset(hit.id for hit in few)),))

    @abstractmethod
    def paths(self, start: str, goal: str, kinds: Collection[str], max_hops: int, k: int) -> Paths:
        """The first k node sequences without repeats, by length, then by ids.

        Parallel claims fold into one hop; no path leads through a Country or a Source.
        BudgetSpent if the budget ran out before any was found.
        """

    @abstractmethod
    def nodes(self, kind: str, after: str = "", limit: int = 1000) -> Sequence[Node]:
        """The nodes of a kind in the order of their ids."""

    @abstractmethod
    def all_claims(self, kind: str, after: str = "", limit: int = 1000) -> Sequence[Claim]:
        """The claims of a kind in the order of their ids."""


class GraphStore(ABC):
    """A store of claims. Safe to share between threads; one process writes at a time."""

    url: str
    at_once: ClassVar[int] = 1
    """How many batches of a load one transaction takes best."""

    @abstractmethod
    def change(self, change: Change) -> WriteReport:
        """Do all of it or nothing, in one transaction; idempotent by claim id.

        Each claim's source describes itself and both ends, in the store or in the same
        change; else ClaimRefused. A batch of a load is taken on trust there. StoreBusy
        if its source was written by another since `loading` was read. StoreUnavailable leaves
        open whether it was done; asked for again, it is done once.
        """

    def write(self, claims: Sequence[Claim], replaces: str | None = None) -> WriteReport:
        """Write all or nothing, idempotent by id.

        Each claim's source describes itself and both ends, in the store or in `claims`;
        else ClaimRefused. With `replaces`, claims of that source that are not given
        again are withdrawn in the same transaction.
        """
        return self.change(Change(checked(claims), (replaces,) if replaces else ()))

    def retract(self, source: str) -> WriteReport:
        """Withdraw a source: its claims go, and what nothing else describes goes too.

        In batches, its state `loading` meanwhile, if there are more than `WHOLE`; what
        was cut short is done by the next call. NotFound if nothing of it is stored.
        """
        count = self.read(lambda view: view.told((source,))).get(source, 0)
        if not count:
            raise NotFound(source)
        if count <= WHOLE:
            return self.change(Change(replaces=(source,)))
        from graph.batches import withdraw

        return withdraw(self, source)

    @abstractmethod
    def read(self, question: Callable[[View], T], seconds: float = DEFAULT_SECONDS) -> T:
        """Answer a question from one state; StoreBusy if it changed under it twice.

        BudgetSpent if that takes longer than `seconds`.
        """

    def version(self) -> str:
        """The version now."""
        return self.read(lambda view: view.version())

    @abstractmethod
    def engine(self) -> str:
        """What keeps the claims: name and version, for `doctor`."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files and connections; a second call does nothing."""

    def __enter__(self) -> GraphStore:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()


def walk_claims(view: View, kind: str, page: int = 1000) -> Iterator[Claim]:
    """All claims of a kind, in the order of their ids, page by page."""
    after = ""
    while batch := view.all_claims(kind, after, page):
        yield from batch
        after = batch[-1].id


def walk_nodes(view: View, kind: str, page: int = 1000) -> Iterator[Node]:
    """All nodes of a kind, in the order of their ids, page by page."""
    after = ""
    while batch := view.nodes(kind, after, page):
        yield from batch
        after = batch[-1].id


def open_store(url: str, credentials: tuple[str, str] | None = None) -> GraphStore:
    """Open the store at `sqlite:///path` or `neo4j://host` (also `neo4j+s`, `bolt`, `bolt+s`).

    `credentials` (user, password) are for Neo4j. StoreUnavailable names what is wrong:
    the scheme, the file, the server or the password.
    """
    scheme = url.partition(":")[0]
    if scheme == "sqlite":
        from graph.sqlite_store import SqliteStore

        return SqliteStore.open(url)
    if scheme.partition("+")[0] in {"neo4j", "bolt"}:
        from graph.neo4j_store import Neo4jStore

        return Neo4jStore.open(url, credentials)
    raise StoreUnavailable(f"{scheme[:40]!r} is no store: use sqlite:///path or neo4j://host:7687")
