"""How a write changes a store, decided once for every store.

`record` compares what is given with what is stored, refuses claims whose ends their
source does not describe, works out which descriptions mean one node (`graph.identity`),
folds the nodes that changed and keeps the tally, and how far a load has come. It does all
this by the primitives of a `graph.ledger.Ledger`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.changes import WriteReport
from graph.claims import IDENTITY_KINDS, Describes, describes_id
from graph.errors import ClaimRefused, InputInvalid, StoreBusy
from graph.fold import adds_nothing, fold, precedence
from graph.identity import Identity, settle
from graph.nodes import Source, kind_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from graph.changes import Change, Loading
    from graph.ledger import Ledger
    from graph.statements import Statement


def record(ledger: Ledger, change: Change, now: datetime) -> WriteReport:
    """Bring the store to hold what the change says; report what that changed."""
    given = _distinct(change.statements)
    _check_turn(ledger, change.loading)
    counts = ledger.counts({one.source for one in given.values()}.union(change.replaces))
    known = _known(ledger, change, given, counts)
    gone_ids = _gone(ledger, change, given, counts)
    gone = list(ledger.stored(gone_ids).values())
    fresh = [one for key, one in given.items() if key not in known]
    changed = [one for key, one in given.items() if key in known and known[key].body != one.body]
    if change.loading is None:  # what is loaded in batches was checked before the first
        _check_described(ledger, given, gone_ids, counts)
    at = now.isoformat()
    for one in fresh:
        one.recorded_at = at
    for one in changed:
        one.recorded_at = known[one.id].recorded_at
    report = WriteReport(
        inserted=len(fresh),
        updated=len(changed),
        unchanged=len(given) - len(fresh) - len(changed),
        withdrawn=len(gone),
    )
    write = _Write(ledger, [*gone, *(known[one.id] for one in changed)], [*fresh, *changed])
    touched = write.turn(change, report) | _refolded(given, write.loading)
    if write.old or write.new or touched:
        write.apply(touched)
    return report.model_copy(update={"version": write.tally.version, "loading": write.loading})


def _distinct(statements: Iterable[Statement]) -> dict[str, Statement]:
    given: dict[str, Statement] = {}
    for one in statements:
        if one.id in given and given[one.id].body != one.body:
            raise InputInvalid(f"claim {one.id} is given twice with different content")
        given[one.id] = one
    return given


def _check_turn(ledger: Ledger, loading: Loading | None) -> None:
    """StoreBusy unless this batch follows what was last stored of its load, or begins it."""
    if loading is None:
        return
    held = ledger.loading((loading.source,)).get(loading.source)
    begins = loading.done == 0 and (held is None or held.key != loading.key)
    if held != loading and not begins:
        raise StoreBusy(f"{loading.source} was written by another process; run the load again")


def _known(
    ledger: Ledger, change: Change, given: Mapping[str, Statement], counts: Mapping[str, int]
) -> Mapping[str, Statement]:
    """What is stored under the ids that are given: nothing of a source that is new.

    Nor of one all of whose claims this very load has put there, for it gives each once.
    """
    loading = change.loading
    if loading and not loading.updated + loading.unchanged:
        counts = {s: n for s, n in counts.items() if (s, n) != (loading.source, loading.inserted)}
    asked = [key for key, one in given.items() if one.source in counts]
    return ledger.stored(asked) if asked else {}


def _gone(
    ledger: Ledger, change: Change, given: Mapping[str, Statement], counts: Mapping[str, int]
) -> set[str]:
    known = counts.keys() & set(change.replaces)
    replaced = ledger.claim_ids_of(known) if known else set()
    return (replaced | set(change.withdraws)) - given.keys()


def _check_described(
    ledger: Ledger,
    given: Mapping[str, Statement],
    gone: Collection[str],
    counts: Mapping[str, int],
) -> None:
    """Every claim's source describes itself and both ends; ClaimRefused if not."""
    described = {(one.source, one.ends[1]) for one in given.values() if one.kind == "DESCRIBES"}
    wanted: dict[str, tuple[Statement, str]] = {}
    for one in given.values():
        for end in (one.source, *one.ends):
            if (one.source, end) not in described:
                wanted.setdefault(describes_id(one.source, end), (one, end))
    asked = [key for key, (one, _) in wanted.items() if one.source in counts]
    missing = wanted.keys() - (ledger.held(asked) if asked else set())
    for key in [*sorted(missing), *sorted(wanted.keys() & set(gone))]:
        one, end = wanted[key]
        raise ClaimRefused(one.id, end, one.source)


def _refolded(given: Mapping[str, Statement], loading: Loading | None) -> set[str]:
    """What a batch describes, if its source speaks with another weight than it did."""
    if loading is None or not loading.refold:
        return set()
    return {one.ends[1] for one in given.values() if one.kind == "DESCRIBES"}


def _about(statements: Iterable[Statement]) -> Iterator[str]:
    """The stated ids that descriptions and identity claims are about."""
    for one in statements:
        if one.kind == "DESCRIBES":
            yield one.ends[1]
        elif one.kind in IDENTITY_KINDS:
            yield from one.ends


class _Write:
    """The old statements that go and the new ones that come, of one change."""

    def __init__(self, ledger: Ledger, old: Sequence[Statement], new: Sequence[Statement]) -> None:
        self.ledger, self.old, self.new = ledger, old, new
        self.tally = ledger.tally()
        self.loading: Loading | None = None
        self.unsettled: set[str] = set()
        self.told = [one for one in new if one.kind == "DESCRIBES" or one.kind in IDENTITY_KINDS]

    def turn(self, change: Change, report: WriteReport) -> set[str]:
        """Keep how far the load has come; the sources whose state turns with that."""
        sources = (change.loading.source,) if change.loading else tuple(change.replaces)
        before = self.ledger.loading(sources) if sources else {}
        # whatever was being loaded, it came to no end
        self.unsettled.update(source for source, held in before.items() if held.refold)
        self.loading = self._advanced(change, change.loading, report) if change.loading else None
        after = None if change.whole else self.loading
        return {one for one in sources if self._turned(one, before.get(one), after)}

    def _turned(self, source: str, before: Loading | None, after: Loading | None) -> bool:
        """Whether a source begins to load, or ends."""
        if before != after:
            self.ledger.keep_loading(source, after)
        turned = (before is None) != (after is None)
        self.tally.turns += turned
        return turned

    def _advanced(self, change: Change, loading: Loading, report: WriteReport) -> Loading:
        counts = {
            name: getattr(loading, name) + getattr(report, name)
            for name in ("inserted", "updated", "unchanged", "withdrawn")
        }
        refold = bool(self.unsettled or self._reweighed())
        done = loading.done + change.batches
        return loading.model_copy(update={**counts, "done": done, "refold": refold})

    def _reweighed(self) -> set[str]:
        """Sources that describe themselves anew, and so decide other fields than before."""
        before = {s: n for s, n in map(_self_told, self.old) if n}
        after = {s: n for s, n in map(_self_told, self.new) if n}
        return {
            source
            for source, node in before.items()
            if precedence(after.get(source), source) != precedence(node, source)
        }

    def apply(self, touched: set[str]) -> None:
        """Write it."""
        for one in self.old:
            self.tally.add(one, -1)
        for one in self.new:
            self.tally.add(one)
        if self.old:
            self.ledger.drop(self.old)
        identity = settle(self.ledger, touched | self._touched(), self.told)
        current = self._current(identity)
        if identity.descriptions:
            self._put_nodes(identity)
        if self.new:
            self.ledger.put(self.new, current)
        if identity.moves:
            self.ledger.reroute(identity.moves)
        if identity.gone:
            self.ledger.drop_nodes(identity.gone)
        self.tally.nodes.subtract(kind_of(node_id) for node_id in identity.gone)
        self.ledger.keep(self.tally)

    def _touched(self) -> set[str]:
        """The stated ids whose node may have to be folded or identified anew."""
        touched = set(_about(self.old))
        touched |= set(_about(one for one in self.new if one.kind in IDENTITY_KINDS))
        if self.loading is None:  # a load folds what it describes anew batch by batch
            anew = self._reweighed() | self.unsettled
            ids = self.ledger.claim_ids_of(anew) if anew else ()
            touched.update(_about(self.ledger.stored(ids).values()))
        return touched | self._changed(set(_about(self.new)) - touched)

    def _changed(self, stated: set[str]) -> set[str]:
        """Those of these newly described ids whose description is not all told already.

        What many sources name alike, a country or a great city, is so not read from all of
        them with every source that comes.
        """
        if not stated:
            return set()
        current = {one: min(ids) for one, ids in self.ledger.holders(stated).items()}
        nodes = self.ledger.nodes(set(current.values()))
        new = [o for o in self.told if o.kind == "DESCRIBES" and o.ends[1] in stated]
        return {
            one.ends[1]
            for one in new
            if one.ends[1] not in current or not adds_nothing(nodes[current[one.ends[1]]], one.node)
        }

    def _put_nodes(self, identity: Identity) -> None:
        several = [told for told in identity.descriptions.values() if len(told) > 1]
        sources = self._sources({claim.source for told in several for claim in told})
        loading = self.ledger.loading([i for i in identity.descriptions if kind_of(i) == "Source"])
        nodes = []
        for node_id, told in identity.descriptions.items():
            node = fold(node_id, told, sources)
            if node_id in loading:
                node = node.model_copy(update={"state": "loading"})
            keys = frozenset({key for c in told for key in (c.stated_ends[1], *c.node.keys)})
            nodes.append((node, keys))
        self.ledger.put_nodes(nodes)
        self.tally.nodes.update(kind_of(node_id) for node_id in identity.fresh)

    def _sources(self, ids: Collection[str]) -> Mapping[str, Source]:
        selves = {describes_id(source, source) for source in ids}
        given = {one.id: one for one in self.new if one.id in selves}
        stored = self.ledger.stored(selves - given.keys())
        told = [_self_told(one) for one in (*stored.values(), *given.values())]
        return {source: node for source, node in told if node}

    def _current(self, identity: Identity) -> Mapping[str, str]:
        """The current id of every stated end of the new claims."""
        ends = {end for one in self.new for end in one.ends}
        known = self.ledger.holders(ends - identity.canonical.keys())
        return {**{end: min(ids) for end, ids in known.items()}, **identity.canonical}


def _self_told(one: Statement) -> tuple[str, Source | None]:
    """A source, and how it describes itself if this is where it does."""
    if one.kind == "DESCRIBES" and one.ends[1] == one.source:
        claim = one.claim
        if isinstance(claim, Describes) and isinstance(claim.node, Source):
            return one.source, claim.node
    return one.source, None
