"""Folders of tables for the tests, and what to ask of the records in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.claims import Claim, Describes
from graph.errors import RecordsInvalid
from graph.nodes import Deal, Node
from ingest.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ingest.records import Record

BASE = {
    "sources.csv": "source,kind,title\na,article,T\nb,register,U\n",
    "cities.csv": "source,locator,name,name_en,country,wikidata\n"
    "a,1,가시,Ga,KR,Q1\na,2,나시,Na,ID,\nb,1,다시,Da,KR,\n",
    "firms.csv": "source,name,city,country\na,갑,가시,KR\na,을,나시,ID\n",
    "partners.csv": "source,name,city\na,병회,나시\n",
    "missions.csv": "source,name,sent_by,start,end\na,사절단,가시,2024-05-01,2024-05-03\n",
    "events.csv": "source,name,city\na,박람회,나시\n",
    "deals.csv": "source,key,stage,amount,currency\na,d1,contract,100,USD\n",
}


def lay(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Put files into a folder."""
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read(folder: Path, **files: str) -> dict[str, Record]:
    """The records by source of BASE with these tables beside or in place of its own."""
    lay(folder, BASE)
    lay(folder, {f"{name}.csv": text for name, text in files.items()})
    return {record.source.id: record for record in read_tables(folder)}


def refused(folder: Path) -> RecordsInvalid:
    with pytest.raises(RecordsInvalid) as caught:
        read_tables(folder)
    return caught.value


def node(record: Record, name: str) -> Node:
    """The one node with this name or spelling."""
    told = (claim.node for claim in record.claims if isinstance(claim, Describes))
    (found,) = (n for n in told if name in {*n.names.values(), *n.spellings})
    return found


def deal(record: Record, key: str) -> Deal:
    told = (claim.node for claim in record.claims if isinstance(claim, Describes))
    (found,) = (n for n in told if isinstance(n, Deal) and n.id.endswith(f".{key}"))
    return found


def said(record: Record, kind: str) -> list[tuple[str, str]]:
    return [(claim.from_, claim.to) for claim in record.claims if claim.kind == kind]


def claim_of(record: Record, kind: str) -> Claim:
    (found,) = (claim for claim in record.claims if claim.kind == kind)
    return found
