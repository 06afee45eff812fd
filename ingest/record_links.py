"""How the entries of one record hang together: what names what, and which id each node has."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.claims import CLAIM_CLASSES
from ingest.countries import countries
from ingest.files import shown
from ingest.ids import city_id, local_id, occasion_id, seated_id
from ingest.record_format import SHORTHANDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ingest.record_entries import Entries, Faults, Placed
    from ingest.record_format import ClaimEntry, NodeEntry

_COUNTRY = "country:"
_DEEPEST = 10
"""No city lies in a longer chain of cities."""
_NAMED = frozenset({"City", "Firm", "Organization"})


def check_links(entries: Entries, faults: Faults) -> None:
    """Note every name that nothing answers to and every claim between the wrong kinds."""
    for node in entries.nodes:
        _check_node(node, entries.declared, faults)
    _check_chains(entries, faults)
    for claim in entries.claims:
        _check_claim(claim, entries.declared, faults)


def _check_node(node: Placed[NodeEntry], declared: Mapping[str, str], faults: Faults) -> None:
    entry, mark = node.entry, node.mark
    if entry.kind in _NAMED and not entry.names:
        message = f"a {entry.kind} needs a name"
        faults.say(mark.spot(), "missing", message, "add names: {ko: …}; count what has none")
    if (code := entry.ref("country")) and code not in countries():
        fix = "write the two capital letters of ISO 3166-1, as KR"
        faults.say(mark.spot(["country"]), "country", f"{code} is no country", fix)
    for name in ("part_of", "located_in"):
        if key := entry.ref(name):
            allowed = SHORTHANDS[name][0].ends
            _check_end(key, allowed, mark.spot([name]), name, declared, faults)


def _check_claim(claim: Placed[ClaimEntry], declared: Mapping[str, str], faults: Faults) -> None:
    entry, mark = claim.entry, claim.mark
    cls = CLAIM_CLASSES[entry.kind]
    for name, end, allowed in (("from", entry.from_, cls.starts), ("to", entry.to, cls.ends)):
        _check_end(end, allowed, mark.spot([name]), entry.kind, declared, faults)
    if entry.from_ == entry.to:
        message = f"{entry.kind} joins {entry.to} with itself"
        faults.say(mark.spot(["to"]), "wrong-end", message, "name the other end")


def _check_end(
    end: str,
    allowed: frozenset[str],
    spot: tuple[int, int],
    word: str,
    declared: Mapping[str, str],
    faults: Faults,
) -> None:
    kind = _kind(end, declared)
    if kind is None:
        fix = f"add it to nodes: {{key: {end}, kind: …}}"
        if end.startswith(_COUNTRY):
            fix = "write country: and the two capital letters of ISO 3166-1"
        faults.say(spot, "unknown-key", f"nothing here is called {shown(end)}", fix)
    elif kind and kind not in allowed:
        message = f"{end} is a {kind}, and {word} takes {' or '.join(sorted(allowed))} here"
        faults.say(spot, "wrong-end", message, "name another end, or use another kind of claim")


def _kind(end: str, declared: Mapping[str, str]) -> str | None:
    """The kind of node that an end names; empty if its entry does not tell, None if nothing."""
    if end.startswith(_COUNTRY):
        return "Country" if end.removeprefix(_COUNTRY) in countries() else None
    return declared.get(end)


def _check_chains(entries: Entries, faults: Faults) -> None:
    outer = {node.entry.key: node.entry.ref("part_of") for node in entries.nodes}
    for node in entries.nodes:
        key, steps = outer[node.entry.key], 1
        while key is not None and steps <= _DEEPEST:
            key, steps = outer.get(key), steps + 1
        if key is not None:
            message = "one city lies in the next in a circle, or too many do"
            fix = "name the city that it lies in"
            faults.say(node.mark.spot(["part_of"]), "circle", message, fix)


def node_ids(entries: Entries, source: str) -> dict[str, str]:
    """The id of each node by its key; the links hold."""
    naming = _Naming(entries, source)
    return {node.entry.key: naming.of(node.entry.key) for node in entries.nodes}


class _Naming:
    """Works out ids; a place is named before what lies in it."""

    def __init__(self, entries: Entries, source: str) -> None:
        self.source = source
        self.entries = {node.entry.key: node.entry for node in entries.nodes}
        self.owners: dict[tuple[str, str], list[str]] = defaultdict(list)
        for claim in entries.claims:
            self.owners[claim.entry.kind, claim.entry.to].append(claim.entry.from_)
        self.known: dict[str, str] = {}

    def of(self, key: str) -> str:
        """The id of the node with this key."""
        if key not in self.known:
            self.known[key] = self._name(self.entries[key])
        return self.known[key]

    def _name(self, entry: NodeEntry) -> str:
        name, country, told = entry.name, entry.ref("country"), entry.identifiers
        outer, home = self._ref(entry, "part_of"), self._ref(entry, "located_in")
        if name is None or entry.kind == "Deal":
            return local_id(entry.kind, self.source, entry.key)
        if entry.kind == "City":
            return city_id(name, outer, country, told)
        if entry.kind in {"Firm", "Organization"}:
            return seated_id(entry.kind, name, country, home, told)
        return occasion_id(entry.kind, name, self._owners(entry.key, home), entry.when, told)

    def _ref(self, entry: NodeEntry, shorthand: str) -> str | None:
        key = entry.ref(shorthand)
        return self.of(key) if key else None

    def _owners(self, key: str, home: str | None) -> list[str]:
        """The senders or runners, else the hosts, else the city."""
        for kind in ("SENT", "RUNS", "HOSTED"):
            if owners := self.owners[kind, key]:
                return [self.of(owner) for owner in owners]
        return [home] if home else []
