"""From linked rows to records: what each source describes and says.

A source describes what its own node rows describe. What its rows only name it describes
with what identifies the thing, as the rows of other sources give it, and says so in the
note: names, identifiers, the day it began, and whereabouts that the id depends on.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from graph.claims import (
    CLAIM_CLASSES,
    Bought,
    Claim,
    Credits,
    Describes,
    Hosted,
    InCountry,
    InPlace,
    LocatedIn,
    MadeAt,
    ParticipatedIn,
    PartOf,
    PartOfDeal,
    Runs,
    SameDealAs,
    Sent,
    Sold,
    Visited,
)
from graph.nodes import NODE_CLASSES, Source
from ingest.countries import countries
from ingest.ids import well_known
from ingest.records import Record
from ingest.tables_links import Linked, tie_form, tie_kind
from ingest.tables_names import identifiers_of, names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ingest.tables_nodes import Nodes
    from ingest.tables_rows import Row
    from ingest.tables_things import Thing

_FIELDS = {
    ("Source", "kind"): "source_kind",
    ("Organization", "type"): "organization_type",
    ("Mission", "kind"): "mission_kind",
    ("Event", "kind"): "event_kind",
}
_ROW_TO_NAMED: dict[str, type[Claim]] = {
    "city": LocatedIn, "made_at": MadeAt, "places": InPlace, "same_as": SameDealAs,
}  # fmt: skip
_NAMED_TO_ROW: dict[str, type[Claim]] = {
    "sent_by": Sent, "run_by": Runs, "seller": Sold, "buyer": Bought,
}  # fmt: skip
_PAIRS: dict[str, tuple[type[Claim], str, str]] = {
    "legs": (Visited, "mission", "visited"),
    "hosts": (Hosted, "host", "hosted"),
    "participants": (ParticipatedIn, "participant", "joined"),
    "credits": (Credits, "partner", "credited_with"),
}


def records(linked: Iterable[Linked], nodes: Nodes) -> list[Record]:
    """One record for each row of the table sources, in the order of their ids.

    The rows are sound. What says the same as another row is noted at the later one.
    """
    by_source: dict[str, list[Linked]] = defaultdict(list)
    for one in linked:
        by_source[one.row.source].append(one)
    made = []
    for source in sorted(by_source):
        head = next(one.row for one in by_source[source] if one.row.table.kind == "Source")
        made.append(_Telling(head, by_source[source], nodes).record())
    return made


class _Telling:
    """All that one source describes and says."""

    def __init__(self, head: Row, linked: Sequence[Linked], nodes: Nodes) -> None:
        self.head, self.nodes = head, nodes
        self.linked = [one for one in linked if one.row.table.kind != "Source"]
        self.claims: dict[str, Claim] = {}
        self.rows: dict[str, Row] = {}
        """The row that made each claim."""

    def record(self) -> Record:
        source = Source.model_validate(self._fields(self.head, Source) | {"id": self.head.source})
        self._describe(source, self.head.locator, None)
        for thing, locator in self._told_of().items():
            self._tell_of(thing, locator)
        for one in self.linked:
            for claim in self._claims(one):
                self._add(claim, one.row)
        return Record(source, tuple(self.claims.values()))

    def _told_of(self) -> dict[Thing, int | None]:
        """Everything to describe, with the first line that names it."""
        lines: dict[Thing, list[int]] = defaultdict(list)
        for one in self.linked:
            own = self.nodes.of(one.row)
            around = [self.nodes.country(one.row.values["country"])] if self._placed(one) else []
            for thing in (*([own] if own else []), *one.all_named, *around):
                lines[thing] += [one.row.locator] if one.row.locator else []
        told = {thing: min(found, default=None) for thing, found in lines.items()}
        pending = list(told)
        while pending:
            thing = pending.pop()
            for outer, _ in self._borrowed(thing):
                if outer not in told:
                    told[outer] = told[thing]
                    pending.append(outer)
        return told

    @staticmethod
    def _placed(one: Linked) -> bool:
        return "country" in one.row.values

    # ------------------------------------------------------------ what it describes

    def _tell_of(self, thing: Thing, locator: int | None) -> None:
        own = thing.row_of(self.head.source)
        if thing.kind == "Country":
            self._describe(countries()[thing.id.partition(":")[2]], locator, None)
            return
        cls = NODE_CLASSES[thing.kind]
        told = {"id": thing.id, **self._identifying(thing, own)}
        if own is None:
            self._describe(cls.model_validate(told), locator, self._note(thing))
        else:
            node = cls.model_validate(self._fields(own, cls) | told)
            self._describe(node, own.locator, None)
        for outer, kind in self._borrowed(thing):
            given = {"from": thing.id, "to": outer.id, "locator": locator}
            self._add(self._claim(kind, {**given, "note": self._note(thing)}), None)

    def _describe(self, node: Any, locator: int | None, note: str | None) -> None:
        given = {"from": self.head.source, "to": node.id, "node": node, "locator": locator}
        self._add(self._claim(Describes, {**given, "note": note}), None)

    def _note(self, thing: Thing) -> str:
        listed = ", ".join(sorted({row.source for row in thing.rows})[:3])
        return f"Identified as in {listed}."

    @staticmethod
    def _identifying(thing: Thing, own: Row | None) -> dict[str, Any]:
        """The fields by which the thing is known, as the source's own row has them first."""
        if thing.kind == "Deal":
            return {}
        names = names_of(own) if own else {}
        nameless = well_known(thing.kind, thing.identifiers) is None
        fields: dict[str, Any] = {"identifiers": thing.identifiers, "names": names}
        if own is None or nameless:
            fields["names"] = thing.names | names
        if own is None:
            fields["spellings"] = thing.spellings
        when = {"Mission": "start", "Event": "start", "Programme": "year"}.get(thing.kind)
        if when and thing.when and nameless:
            fields[when] = thing.when
        return fields

    def _borrowed(self, thing: Thing) -> Iterator[tuple[Thing, type[Claim]]]:
        """Whereabouts that only other sources' rows give, where it is known by them."""
        own = thing.row_of(self.head.source)
        given = own.values if own else {}
        nameless = well_known(thing.kind, thing.identifiers) is None
        seated = thing.kind in {"City", "Firm", "Organization"}
        if thing.country and "country" not in given and (thing.kind == "City" or nameless):
            yield self.nodes.country(thing.country), InCountry
        holder = self.nodes.holder(thing) if nameless else None
        column = "part_of" if thing.kind == "City" else "city"
        if holder and column not in given and (seated or self._is_of_its_id(holder, thing)):
            yield holder, PartOf if thing.kind == "City" else LocatedIn

    @staticmethod
    def _is_of_its_id(holder: Thing, thing: Thing) -> bool:
        return f".{holder.id.partition(':')[2]}" in thing.id

    @staticmethod
    def _fields(row: Row, cls: type[Any]) -> dict[str, Any]:
        """The fields of a node that a row gives."""
        kind = row.table.kind
        named = {_FIELDS.get((kind, name), name): value for name, value in row.values.items()}
        fields = {name: value for name, value in named.items() if name in cls.model_fields}
        known = identifiers_of(row)
        return {**fields, "kind": kind, **({"identifiers": known} if known else {})}

    # ------------------------------------------------------------ what it says

    def _claims(self, one: Linked) -> Iterator[Claim]:
        row = one.row
        own = self.nodes.of(row)
        if own is not None:
            yield from self._inline(one, own.id)
        elif row.table.name == "ties":
            yield self._tie(one)
        else:
            cls, first, second = _PAIRS[row.table.name]
            yield self._stated(cls, one, first, second)

    def _inline(self, one: Linked, own: str) -> Iterator[Claim]:
        """What a node row says beyond its fields."""
        row = one.row
        base: dict[str, Any] = {"locator": row.locator}
        if code := row.values.get("country"):
            yield self._claim(InCountry, {**base, "from": own, "to": countries()[code].id})
        for column, found in one.named.items():
            for thing in found:
                if column == "part_of":
                    cls: type[Claim] = PartOf if row.table.kind == "City" else PartOfDeal
                    yield self._claim(cls, {**base, "from": own, "to": thing.id})
                elif column in _ROW_TO_NAMED:
                    cls = _ROW_TO_NAMED[column]
                    yield self._claim(cls, {**base, "from": own, "to": thing.id})
                else:
                    cls = _NAMED_TO_ROW[column]
                    more = {"leader": row.values.get("leader")} if cls is Sent else {}
                    yield self._claim(cls, {**base, **more, "from": thing.id, "to": own})

    def _tie(self, one: Linked) -> Claim:
        cls = CLAIM_CLASSES[tie_kind(one.row)]
        more = {"form": tie_form(one.row)} if "form" in cls.model_fields else {}
        return self._stated(cls, one, "from", "to", **more)

    def _stated(self, cls: type[Claim], one: Linked, first: str, second: str, **more: Any) -> Claim:
        given = {
            name: value
            for name, value in one.row.values.items()
            if name in cls.model_fields and name not in {"kind", "source", first, second}
        }
        ends = {"from": one.named[first][0].id, "to": one.named[second][0].id}
        return self._claim(cls, {**given, **more, **ends})

    def _claim(self, cls: type[Claim], fields: dict[str, Any]) -> Claim:
        return cls.model_validate({**fields, "source": self.head.source})

    def _add(self, claim: Claim, row: Row | None) -> None:
        """Keep a claim; one that another row makes already is noted."""
        if claim.id in self.claims and row is not None:
            first = self.rows.get(claim.id)
            message = f"this says the same as {first.place if first else 'another row'}"
            row.say("source", "same-claim", message, "keep one of the two")
            return
        self.claims.setdefault(claim.id, claim)
        if row is not None:
            self.rows.setdefault(claim.id, row)
