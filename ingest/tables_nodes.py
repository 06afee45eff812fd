"""All that the tables of a folder speak of, by name, and the id of each.

An id is a pure function of the folder: it is made of the rows that describe the thing,
by whichever source, so it is the same in the records of all sources, and the one that a
record file with the same fields gives.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from graph.claims import LocatedIn, PartOf, Runs, Sent
from ingest.countries import countries
from ingest.ids import city_id, country_id, local_id, occasion_id, seated_id, slug_of
from ingest.tables_names import Names, asked, led
from ingest.tables_things import Thing, country_thing, things
from ingest.tables_values import country_names, word

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

    from ingest.tables_names import Asked
    from ingest.tables_rows import Row

ORDER = ("City", "Firm", "Organization", "Mission", "Event", "Programme")
"""The kinds in an order in which what an id depends on comes first."""
_DEEPEST = 10
_HOLDERS = {"City": ("part_of", PartOf.ends), "Mission": ("sent_by", Sent.starts)}
_HOLDERS |= {"Programme": ("run_by", Runs.starts)}
_SEATED = ("city", LocatedIn.ends)


class _Meant(NamedTuple):
    """The things that a name may mean, and which of them each source describes itself."""

    all: tuple[Thing, ...]
    own: Mapping[str, list[Thing]]


class Nodes:
    """The things of a folder, found by what a cell calls them."""

    def __init__(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Take the rows by table; faults of node rows are noted at them."""
        self._hosts = rows.get("hosts", ())
        nodes = [row for listed in rows.values() for row in listed if row.table.kind in ORDER]
        self._names = Names(row for row in nodes if "name" in row.values)
        self._of: dict[Row, Thing] = {}
        self._deals = _deals(rows.get("deals", ()))
        self._deal_ids = {deal.id: deal for deal in self._deals.values()}
        self._countries: dict[str, Thing] = {}
        self._meant: dict[Asked, _Meant] = {}
        self._outer: dict[Asked, frozenset[Hashable]] = {}
        for kind in ORDER:
            own = [row for row in nodes if row.table.kind == kind and "name" in row.values]
            for thing in things(own, self._marks):
                self._of.update(dict.fromkeys(thing.rows, thing))
        self._name_all()

    def of(self, row: Row) -> Thing | None:
        """The thing that a row of a node table describes, if the row is sound enough."""
        if row.table.kind == "Deal":
            return self._deals.get((row.source, row.values.get("key", "").casefold()))
        return self._of.get(row)

    def find(self, text: str, kinds: Collection[str], source: str) -> list[Thing]:
        """What a cell of this source may mean; of several, what the source describes itself."""
        meant = self._things(asked(text, kinds))
        others = [*self._country(text, kinds), *self._deal(text, kinds, source)]
        if len(meant.all) + len(others) < 2:
            return [*meant.all, *others]
        own = meant.own.get(source, []) + [one for one in others if one.row_of(source)]
        return own if len(own) == 1 else [*meant.all, *others]

    def _things(self, asked_for: Asked) -> _Meant:
        """What a name may mean, worked out once; all things of these kinds are known."""
        if asked_for not in self._meant:
            own: dict[str, list[Thing]] = defaultdict(list)
            found = dict.fromkeys(self._of[row] for row in self._names.rows(asked_for))
            for thing in found:
                for source in thing.by_source:
                    own[source].append(thing)
            self._meant[asked_for] = _Meant(tuple(found), dict(own))
        return self._meant[asked_for]

    def country(self, code: str) -> Thing:
        """A country by its two letters."""
        return self._countries.setdefault(code, country_thing(country_id(code)))

    def holder(self, thing: Thing) -> Thing | None:
        """The city that a city lies in, or in which a firm, body or event is; None if untold."""
        if thing.kind not in {"City", "Firm", "Organization", "Event"}:
            return None
        return next(iter(self._holders(thing.rows)), None)

    def _holders(self, rows: Iterable[Row]) -> list[Thing]:
        """What container, seat, senders or runners these rows name, as far as it is clear."""
        found: dict[Thing, None] = {}
        for row in rows:
            column, kinds = _HOLDERS.get(row.table.kind, _SEATED)
            for text in row.texts(column):
                meant = self.find(text, kinds, row.source)
                if len(meant) == 1:
                    found[meant[0]] = None
        return list(found)

    def _marks(self, row: Row) -> dict[str, frozenset[Hashable]]:
        """What tells a row from its namesakes beside its own plain cells."""
        column, kinds = _HOLDERS.get(row.table.kind, _SEATED)
        if row.table.kind == "City":  # cities are no things yet: compare the rows that may be meant
            text = next(iter(row.texts(column)), None)
            outer = self._outer_rows(asked(text, kinds)) if text else frozenset()
        else:
            outer = frozenset(self._holders((row,)))
        return {column: outer} if outer else {}

    def _outer_rows(self, asked_for: Asked) -> frozenset[Hashable]:
        if asked_for not in self._outer:
            self._outer[asked_for] = frozenset(self._names.rows(asked_for))
        return self._outer[asked_for]

    def _country(self, text: str, kinds: Collection[str]) -> list[Thing]:
        name, allowed = led(text, kinds)
        if "Country" not in allowed:
            return []
        code = name.upper() if name != text and name.upper() in countries() else None
        code = code or country_names().get(word(name))
        return [self.country(code)] if code else []

    def _deal(self, text: str, kinds: Collection[str], source: str) -> list[Thing]:
        """A deal by its key, for another source's as `source/key`, or by its id."""
        if "Deal" not in kinds:
            return []
        name, _ = led(text, kinds)
        outer, slash, key = name.rpartition("/")
        told_by = f"source:{outer.removeprefix('source:')}" if slash else source
        found = self._deals.get((told_by, key.casefold())) or self._deal_ids.get(text)
        return [found] if found else []

    # ------------------------------------------------------------ ids

    def _name_all(self) -> None:
        hosts = self._hosts_by_occasion()
        listed = list(dict.fromkeys(self._of.values()))
        for thing in listed:
            self._name(thing, hosts, 0)
        taken: dict[str, Thing] = {}
        for thing in listed:
            first = taken.setdefault(thing.id, thing)
            if first is not thing:
                message = f"{thing.id} is made of {first.rows[0].place} too"
                fix = "give it what tells the two apart"
                thing.rows[0].say("name", "same-id", message, fix)
            for row in thing.rows:
                self._names.add(row, slug_of(thing.id))
        self._meant.clear()

    def _name(self, thing: Thing, hosts: Mapping[Thing, list[Thing]], depth: int) -> None:
        if thing.id:
            return
        holders = self._holders(thing.rows)
        if depth > _DEEPEST:
            message = "this city lies in itself, or in too long a chain of cities"
            thing.rows[0].say("part_of", "circle", message, "correct what it lies in")
            holders = []
        for holder in holders:
            self._name(holder, hosts, depth + 1)
        outer = next((holder.id for holder in holders), None)
        told, name, country = thing.identifiers, thing.name, thing.country
        if thing.kind == "City":
            thing.id = city_id(name, outer, country, told)
        elif thing.kind in {"Firm", "Organization"}:
            thing.id = seated_id(thing.kind, name, country, outer, told)
        else:
            owners = holders if thing.kind in _HOLDERS and holders else hosts[thing] or holders
            ids = [owner.id for owner in owners]
            thing.id = occasion_id(thing.kind, name, ids, thing.when, told)

    def _hosts_by_occasion(self) -> Mapping[Thing, list[Thing]]:
        """Who hosted what, as the sources say that describe it themselves."""
        hosts: dict[Thing, list[Thing]] = defaultdict(list)
        for row in self._hosts:
            occasions = self._found(row, "hosted", {"Mission", "Event"})
            owners = self._found(row, "host", {"City", "Organization"})
            for occasion in occasions:
                if occasion.row_of(row.source) is not None:
                    hosts[occasion] += owners
        return hosts

    def _found(self, row: Row, column: str, kinds: Collection[str]) -> list[Thing]:
        found = [self.find(text, kinds, row.source) for text in row.texts(column)]
        return [meant[0] for meant in found if len(meant) == 1]


def _deals(rows: Iterable[Row]) -> dict[tuple[str, str], Thing]:
    """The deals by source and key; a key that a source gives twice is noted."""
    deals: dict[tuple[str, str], Thing] = {}
    for row in rows:
        if "key" not in row.values or not row.source:
            continue
        key = row.values["key"].casefold()
        first = deals.get((row.source, key))
        if first is not None:
            message = f"{row.source} has a deal {key!r} already in {first.rows[0].place}"
            row.say("key", "same-node", message, "give this deal another key")
            continue
        deal = Thing("Deal", (row,), local_id("Deal", row.source, key))
        deals[row.source, key] = deal
    return deals
