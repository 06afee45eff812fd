"""What the cells of each row name, and what a row must say beyond its single cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.claims import CLAIM_CLASSES, TIE_KINDS
from graph.nodes import NODE_KINDS
from ingest import tables_words as words
from ingest.files import shown
from ingest.tables_columns import TABLES
from ingest.tables_values import Unread

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ingest.tables_columns import Column
    from ingest.tables_nodes import Nodes
    from ingest.tables_rows import Row
    from ingest.tables_things import Thing

_SHOWN = 8
_FORMS = ("mou", "loi", "moa")
_TABLE_OF = {table.kind: table for table in TABLES if table.kind}


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """A row and the things that its cells name, by column; nothing for empty cells."""

    row: Row
    named: Mapping[str, tuple[Thing, ...]]

    @property
    def all_named(self) -> tuple[Thing, ...]:
        """All things that the row names beside the one it may describe."""
        return tuple(thing for things in self.named.values() for thing in things)


def link(rows: Mapping[str, Sequence[Row]], nodes: Nodes) -> list[Linked]:
    """Every row with what it names; a name that means nothing or several things is noted."""
    sources = _sources(rows.get("sources", ()))
    linked = [_link(row, nodes) for listed in rows.values() for row in listed]
    for one in linked:
        row = one.row
        if row.source and row.source not in sources and row.table.name != "sources":
            message = f"{row.source} is not in the table sources"
            row.say("source", "unknown-source", message, "add it to sources.csv")
        _CHECKS.get(row.table.name, lambda _: None)(one)
    return linked


def _sources(rows: Sequence[Row]) -> frozenset[str]:
    """The ids in the table sources; one that stands there twice is noted."""
    first: dict[str, Row] = {}
    for row in rows:
        if row.source in first:
            message = f"{row.source} stands already in {first[row.source].place}"
            row.say("source", "same-source", message, "keep one of the two rows")
        elif row.source:
            first[row.source] = row
    return frozenset(first)


def _link(row: Row, nodes: Nodes) -> Linked:
    named = {}
    for column in row.table.columns:
        if column.ends and column.name in row.values:
            found = [_meant(row, column, text, nodes) for text in row.texts(column.name)]
            named[column.name] = tuple(thing for thing in found if thing is not None)
    return Linked(row, named)


def _meant(row: Row, column: Column, text: str, nodes: Nodes) -> Thing | None:
    """The one thing that a name in a cell means; None and a note if that is unclear."""
    found = nodes.find(text, column.ends, row.source)
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(_label(thing, nodes) for thing in found[:_SHOWN])
        message = f"{column.label}: {shown(text)} may be any of: {listed}"
        fix = "put before it what it lies in, or write what stands in [ ]"
        row.say(column.name, "ambiguous-name", message, fix)
    elif others := nodes.find(text, NODE_KINDS, row.source):
        kinds = " or ".join(sorted(column.ends))
        message = f"{column.label} names a {kinds}, and {shown(text)} is a {others[0].kind}"
        row.say(column.name, "wrong-end", message, "name another one")
    else:
        message = f"{column.label}: nothing is called {shown(text)}"
        row.say(column.name, "unknown-name", message, _where(column.ends))
    return None


def _label(thing: Thing, nodes: Nodes) -> str:
    holder = nodes.holder(thing)
    around = [one for one in (holder.name if holder else None, thing.country) if one]
    within = f" ({', '.join(around)})" if around else ""
    return f"{thing.kind} {thing.name}{within} [{thing.id}]"


def _where(kinds: Collection[str]) -> str:
    files = [f"{_TABLE_OF[kind].name}.csv" for kind in sorted(kinds) if kind in _TABLE_OF]
    return f"correct it, or add it to {' or '.join(files)}"


# ---------------------------------------------------------------- what a row must say


def tie_kind(row: Row) -> str:
    """The kind of claim of a row of ties."""
    return str(row.values["kind"])


def tie_form(row: Row) -> str | None:
    """The form of an agreement, also where the kind alone tells it: `MOU`."""
    if "form" in row.values:
        return str(row.values["form"])
    try:
        told = words.form(row.cells["kind"].content)
    except Unread:
        return None
    return told if told in _FORMS else None


def _check_tie(one: Linked) -> None:
    row = one.row
    kind = row.values.get("kind")
    if kind is None:
        return
    if kind not in TIE_KINDS - {"AGREEMENT"}:
        if tie_form(row) is None:
            row.say("form", "missing", "an agreement has a form", "write MOU, LOI, MOA or 협약")
    else:
        if "form" in row.values:
            fix = "empty the cell, or write 협약 (agreement) as the kind"
            row.say("form", "value", "only an agreement has a form", fix)
        for column in ("from", "to"):
            _check_city(one, column, kind)
    ends = [one.named.get(column, ()) for column in ("from", "to")]
    if ends[0] and ends[0] == ends[1]:
        message = f"{ends[0][0].name} has no tie with itself"
        row.say("to", "wrong-end", message, "name the other end")


def _check_city(one: Linked, column: str, kind: str) -> None:
    allowed = CLAIM_CLASSES[kind].starts
    for thing in one.named.get(column, ()):
        if thing.kind not in allowed:
            message = f"{kind} joins two cities, and {thing.name} is a {thing.kind}"
            fix = "name a city, or write 협약 (agreement) as the kind"
            one.row.say(column, "wrong-end", message, fix)


def _check_mission(one: Linked) -> None:
    if "leader" in one.row.values and "sent_by" not in one.row.values:
        fix = "fill in 파견 도시 (sent_by)"
        one.row.say("leader", "missing", "a leader was sent by a city", fix)


def _check_deal(one: Linked) -> None:
    row = one.row
    for amount, currency in (("amount", "currency"), ("advance_amount", "advance_currency")):
        given = [amount in row.values, currency in row.values]
        if any(given) and not all(given):
            blank = currency if given[0] else amount
            filled = row.cells.get(blank)
            if filled is None or not filled.content:  # else its own fault is noted already
                message = "an amount and its currency go together"
                row.say(blank, "missing", message, f"fill in {blank}, or empty the other cell")
    deal = f"{row.source}/{row.values.get('key', '').casefold()}"
    for column in ("part_of", "same_as"):
        for whole in one.named.get(column, ()):
            told = whole.rows[0]
            if f"{told.source}/{told.values['key'].casefold()}" == deal:
                message = "a deal is named in its own row"
                row.say(column, "wrong-end", message, "name another deal")


_CHECKS = {"ties": _check_tie, "missions": _check_mission, "deals": _check_deal}
