"""The graph as files for the server's own importer, which fills an empty database fast.

One CSV file for each kind of node and of claim, laid out as `graph.cypher` tells. The
importer makes neither constraints nor indexes: the store does when it is first opened.
"""

from __future__ import annotations

import csv
from itertools import islice
from typing import TYPE_CHECKING, Any

from graph import cypher
from graph.claims import CLAIM_CLASSES, CLAIM_KINDS, Describes
from graph.neo4j_codec import node_properties, statement_properties
from graph.nodes import NODE_KINDS
from graph.statements import Statement
from graph.store import walk_claims, walk_nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from graph.claims import Claim
    from graph.store import View

    Row = Mapping[str, Any]

_PAGE = 1000
_BETWEEN = "\x1f"
_TYPES = {bool: "boolean", int: "long", float: "double", str: "string", list: "string[]"}
_ID, _START, _END = "id:ID(node)", ":START_ID(node)", ":END_ID(node)"
OPTIONS = (
    "--overwrite-destination=true",
    "--id-type=string",
    "--array-delimiter=U+001F",
    "--multiline-fields=true",
)


def write_import(view: View, folder: Path) -> tuple[str, ...]:
    """Write the files into an empty folder; the arguments of `neo4j-admin database import full`.

    Of the arguments, those that name files name them as seen from the folder.
    """
    writer = _Files(folder)
    for kind in NODE_KINDS:
        writer.write(f"--nodes=Node:{kind}", kind, lambda kind=kind: _nodes(view, kind))  # type: ignore[misc]  # one loop, one value
    for kind in CLAIM_KINDS:
        writer.write(f"--relationships={kind}", kind, lambda kind=kind: _claims(view, kind))  # type: ignore[misc]  # one loop, one value
    keys = sorted(_keys(view))
    writer.write("--nodes=Key", "Key", lambda: [{"key:ID(key)": key} for key, _ in keys])
    held = [{":START_ID(key)": key, _END: node} for key, node in keys]
    writer.write("--relationships=KEY_OF", "KEY_OF", lambda: held)
    writer.write("--nodes=Told", "Told", lambda: _told(view))
    writer.write("--nodes=Store", "Store", lambda: [_state(view)])
    return ("neo4j", *OPTIONS, *writer.arguments)


class _Files:
    """The files of one folder, and the arguments that name them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.arguments: list[str] = []

    def write(self, argument: str, name: str, rows: Callable[[], Iterable[Row]]) -> None:
        """Write rows, asked for twice: for their columns, then for their values."""
        columns: dict[str, str] = {}
        for row in rows():
            columns.update((name, _header(name, value)) for name, value in row.items())
        if not columns:
            return
        names = sorted(columns)
        with (self._folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([columns[name] for name in names])
            writer.writerows([_cell(row.get(name)) for name in names] for row in rows())
        self.arguments.append(f"{argument}={name}.csv")


def _header(name: str, value: object) -> str:
    return name if ":" in name else f"{name}:{_TYPES[type(value)]}"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _BETWEEN.join(value) if isinstance(value, list) else str(value)


def _nodes(view: View, kind: str) -> Iterator[Row]:
    for node in walk_nodes(view, kind):
        properties = node_properties(node)
        yield {_ID: properties.pop("id"), **properties}


def _claims(view: View, kind: str) -> Iterator[Row]:
    for claim in walk_claims(view, kind):
        start, end = _ends(view, claim)
        yield {_START: start, _END: end, **statement_properties(Statement.of(claim))}


def _ends(view: View, claim: Claim) -> tuple[str, str]:
    """The current ends in the order of the stated ones."""
    ends = claim.from_, claim.to
    if claim.stated is None or CLAIM_CLASSES[claim.kind].directed:
        return ends
    first = view.find(claim.stated[0])
    return ends if first == ends[0] else (ends[1], ends[0])


def _keys(view: View) -> set[tuple[str, str]]:
    """What each node answers to beside what it shows."""
    found: set[tuple[str, str]] = set()
    claims = walk_claims(view, "DESCRIBES")
    while page := [c for c in islice(claims, _PAGE) if isinstance(c, Describes)]:
        shown = view.get({claim.to for claim in page})
        for claim in page:
            plain = {claim.to, *shown[claim.to].keys}
            answers = {claim.stated_ends[1], *claim.node.keys}
            found.update((key, claim.to) for key in answers - plain)
    return found


def _told(view: View) -> Iterator[Row]:
    loading = {one.source: one.model_dump_json() for one in view.loading()}
    sources = walk_nodes(view, "Source")
    while page := [node.id for node in islice(sources, _PAGE)]:
        for source, count in sorted(view.told(page).items()):
            row: dict[str, Any] = {"id": source, "claims": count}
            yield row | ({"loading": loading[source]} if source in loading else {})


def _state(view: View) -> Row:
    counts = view.counts()
    return {
        "id": "jamae",
        "layout": cypher.LAYOUT,
        "vocabulary": cypher.VOCABULARY,
        "digest": view.version(),
        "batches": ["import"],
        **{f"nodes_{kind}": n for kind, n in counts.nodes.items()},
        **{f"claims_{kind}": n for kind, n in counts.claims.items()},
    }


def command(arguments: Sequence[str]) -> str:
    """The line to run in the folder of the files, on the server's machine, the server stopped."""
    return " ".join(("neo4j-admin database import full", *arguments))
