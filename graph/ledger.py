"""How a write changes a store, decided once for every store.

A `Ledger` is one open write transaction: a few set-wise primitives that each store
implements. `record` compares what is given with what is stored, refuses claims whose
ends their source does not describe, works out which descriptions mean one node
(`graph.identity`), folds the nodes that changed and keeps the tally.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.claims import IDENTITY_KINDS, Claim, Describes, check_ends, claim_id
from graph.errors import ClaimRefused, InputInvalid
from graph.fold import fold
from graph.identity import Identity, settle
from graph.nodes import Source, kind_of
from graph.store import WriteReport

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from graph.nodes import Node

_MODULUS = 1 << 128


@dataclass
class Tally:
    """The running sum of claim digests and the counts by kind, kept with each write."""

    digest: int = 0
    nodes: Counter[str] = field(default_factory=Counter)
    claims: Counter[str] = field(default_factory=Counter)

    @property
    def version(self) -> str:
        """The digest as 32 hexadecimal digits."""
        return f"{self.digest:032x}"

    def add(self, claim: Claim, times: int = 1) -> None:
        """Count a claim in, or out with `times=-1`."""
        self.digest = (self.digest + times * claim.digest()) % _MODULUS
        self.claims[claim.kind] += times


class Ledger(ABC):
    """One open write transaction. "Stated" ids are those the sources gave."""

    @abstractmethod
    def tally(self) -> Tally:
        """The tally as last kept."""

    @abstractmethod
    def keep(self, tally: Tally) -> None:
        """Keep the tally."""

    @abstractmethod
    def stored(self, claim_ids: Collection[str]) -> Mapping[str, Claim]:
        """The claims with these ids, with `stated` and `recorded_at`."""

    @abstractmethod
    def claim_ids_of(self, source: str) -> set[str]:
        """The ids of all claims of a source."""

    @abstractmethod
    def descriptions(self, stated: Collection[str]) -> Sequence[Describes]:
        """Every description of these stated ids, by any source."""

    @abstractmethod
    def identities(self, stated: Collection[str]) -> Sequence[Claim]:
        """The SAME_AS and DIFFERENT_FROM claims with such a stated end."""

    @abstractmethod
    def holders(self, keys: Collection[str]) -> Mapping[str, frozenset[str]]:
        """For each stated id or `scheme:value` the current node ids that answer to it."""

    @abstractmethod
    def members(self, ids: Collection[str]) -> Mapping[str, frozenset[str]]:
        """For each current node id the stated ids it stands for."""

    @abstractmethod
    def put(self, claims: Sequence[Claim]) -> None:
        """Insert claims, whose ids are not stored and whose current ends are.

        `from_` is the current id of the first stated end, `to` of the second.
        """

    @abstractmethod
    def drop(self, claims: Sequence[Claim]) -> None:
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


def record(
    ledger: Ledger, claims: Sequence[Claim], replaces: str | None, now: datetime
) -> WriteReport:
    """Bring the store to hold `claims`, and of `replaces` nothing else; report the change."""
    given = _distinct(claims)
    known = ledger.stored(given)
    gone_ids = (ledger.claim_ids_of(replaces) - given.keys()) if replaces else set()
    gone = list(ledger.stored(gone_ids).values())
    fresh = [claim for key, claim in given.items() if key not in known]
    changed = [
        (known[key], claim)
        for key, claim in given.items()
        if key in known and known[key].said() != claim.said()
    ]
    _check_described(ledger, given, gone_ids)
    report = WriteReport(
        inserted=len(fresh),
        updated=len(changed),
        unchanged=len(given) - len(fresh) - len(changed),
        withdrawn=len(gone),
    )
    tally = ledger.tally()
    if fresh or changed or gone:
        old = [*gone, *(before for before, _ in changed)]
        new = [claim.model_copy(update={"recorded_at": now}) for claim in fresh]
        new += [c.model_copy(update={"recorded_at": b.recorded_at}) for b, c in changed]
        _apply(ledger, tally, old, new)
        ledger.keep(tally)
    return report.model_copy(update={"version": tally.version})


def _distinct(claims: Iterable[Claim]) -> dict[str, Claim]:
    given: dict[str, Claim] = {}
    for claim in claims:
        if claim.id in given and given[claim.id].said() != claim.said():
            raise InputInvalid(f"claim {claim.id} is given twice with different content")
        if claim.id != claim.make_id():
            raise InputInvalid(f"claim {claim.id} does not carry the id of its content")
        try:
            check_ends(claim)
        except ValueError as error:
            raise InputInvalid(f"claim {claim.id}: {error}") from error
        given[claim.id] = claim
    return given


def _check_described(ledger: Ledger, given: Mapping[str, Claim], gone: Collection[str]) -> None:
    """Every claim's source describes itself and both ends; ClaimRefused if not."""
    described = {
        (claim.source, claim.stated_ends[1])
        for claim in given.values()
        if claim.kind == "DESCRIBES"
    }
    wanted: dict[str, tuple[Claim, str]] = {}
    for claim in given.values():
        for end in (claim.source, *claim.stated_ends):
            if (claim.source, end) not in described:
                wanted.setdefault(describes_id(claim.source, end), (claim, end))
    missing = wanted.keys() - ledger.stored(wanted).keys() if wanted else set()
    for key in [*sorted(missing), *sorted(wanted.keys() & set(gone))]:
        claim, end = wanted[key]
        raise ClaimRefused(claim.id, end, claim.source)


def describes_id(source: str, node: str) -> str:
    """The id of the claim by which a source describes a node."""
    return claim_id(source, "DESCRIBES", (source, node))


def _apply(ledger: Ledger, tally: Tally, old: Sequence[Claim], new: Sequence[Claim]) -> None:
    for claim in old:
        tally.add(claim, -1)
    for claim in new:
        tally.add(claim)
    ledger.drop(old)
    identity = settle(ledger, _touched(ledger, old, new), new)
    _put_nodes(ledger, tally, identity, new)
    current = _current(ledger, identity, new)
    ledger.put([resolved(claim, current) for claim in new])
    ledger.reroute(identity.moves)
    ledger.drop_nodes(identity.gone)
    tally.nodes.subtract(kind_of(node_id) for node_id in identity.gone)


def _touched(ledger: Ledger, old: Sequence[Claim], new: Sequence[Claim]) -> set[str]:
    """The stated ids whose node may have to be folded or identified anew."""
    touched: set[str] = set()
    for claim in (*old, *new):
        if claim.kind == "DESCRIBES":
            touched.add(claim.stated_ends[1])
        elif claim.kind in IDENTITY_KINDS:
            touched.update(claim.stated_ends)
    for claim in old:  # a source that describes itself anew may decide differently
        if claim.kind == "DESCRIBES" and claim.stated_ends[1] == claim.source:
            told = ledger.stored(ledger.claim_ids_of(claim.source)).values()
            touched.update(c.stated_ends[1] for c in told if c.kind == "DESCRIBES")
    return touched


def _put_nodes(ledger: Ledger, tally: Tally, identity: Identity, new: Sequence[Claim]) -> None:
    wanted = {c.source for told in identity.descriptions.values() for c in told}
    sources = _sources(ledger, wanted, new)
    nodes = []
    for node_id, told in identity.descriptions.items():
        node = fold(node_id, told, sources)
        keys = frozenset({key for c in told for key in (c.stated_ends[1], *c.node.keys)})
        nodes.append((node, keys))
    ledger.put_nodes(nodes)
    tally.nodes.update(kind_of(node_id) for node_id in identity.fresh)


def _sources(ledger: Ledger, ids: Collection[str], new: Sequence[Claim]) -> Mapping[str, Source]:
    told: dict[str, Source] = {}
    selves = {describes_id(source, source) for source in ids}
    for claim in (*ledger.stored(selves).values(), *(c for c in new if c.id in selves)):
        if isinstance(claim, Describes) and isinstance(claim.node, Source):
            told[claim.source] = claim.node
    return told


def _current(ledger: Ledger, identity: Identity, new: Sequence[Claim]) -> Mapping[str, str]:
    """The current id of every stated end of the new claims."""
    ends = {end for claim in new for end in claim.stated_ends}
    known = ledger.holders(ends - identity.canonical.keys())
    return {**{end: min(ids) for end, ids in known.items()}, **identity.canonical}


def resolved(claim: Claim, current: Mapping[str, str]) -> Claim:
    """The claim with its current ends in the order of the stated ones.

    `stated` stands beside them where they differ. Views put them in order by `Claim.moved`.
    """
    stated = claim.stated_ends
    ends = (current[stated[0]], current[stated[1]])
    update = {"from_": ends[0], "to": ends[1], "stated": None if ends == stated else stated}
    return claim.model_copy(update=update)
