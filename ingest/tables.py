"""A folder of spreadsheets saved as CSV: sources, what they describe, what they say.

The tables and their columns are `ingest.tables_columns`; docs/tables.md tells them to
people. A table is named by its file: `firms.csv`, or `기업.csv`.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import InputInvalid, Problem, RecordsInvalid
from ingest.files import shown
from ingest.record_entries import Faults
from ingest.tables_columns import TABLES, table_named
from ingest.tables_files import is_workbook, table_files
from ingest.tables_links import link
from ingest.tables_nodes import Nodes
from ingest.tables_records import records
from ingest.tables_rows import read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ingest.records import Record
    from ingest.tables_columns import Table
    from ingest.tables_rows import Row

TEMPLATES = Path(__file__).parent / "data" / "templates"
"""The folder of the empty tables with two worked rows each."""


def write_template(folder: Path) -> tuple[Path, ...]:
    """Write every table with its headers and two example rows, for a person to overwrite.

    UTF-8 with BOM, so that Excel opens Korean. The folder is made if need be; InputInvalid
    if a file stands there already or cannot be written: no file is ever overwritten.
    """
    files = {folder / f"{table.name}.csv": TEMPLATES / f"{table.name}.csv" for table in TABLES}
    if taken := [path.name for path in files if path.exists()]:
        raise InputInvalid(f"{folder} holds {', '.join(taken)} already; name another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, template in files.items():
            with path.open("xb") as file:
                file.write(template.read_bytes())
    except OSError as error:
        raise InputInvalid(f"{folder} cannot be written: {error.strerror}") from error
    return tuple(files)


def is_tables(folder: Path) -> bool:
    """Whether a folder holds a file that is named like one of the tables."""
    try:
        return folder.is_dir() and any(table_named(file.stem) for file in table_files(folder))
    except RecordsInvalid:
        return False


def read_tables(folder: Path) -> tuple[Record, ...]:
    """One record for each source, by id; RecordsInvalid with all that is wrong in any file."""
    faults: dict[str, Faults] = {}
    rows = _rows(folder, faults)
    if "sources" not in rows:
        fix = "add the table; `jamae template` writes one to start from"
        place = str(folder / "sources.csv")
        _faults(faults, place).say((1, 1), "no-sources", "the table sources is missing", fix)
    nodes = Nodes(rows)
    linked = link(rows, nodes)
    _refuse(faults)
    told = records(linked, nodes)
    _refuse(faults)
    return tuple(told)


def _rows(folder: Path, faults: dict[str, Faults]) -> Mapping[str, list[Row]]:
    """The rows of each table that there is."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for path in table_files(folder):
        noted = _faults(faults, str(path))
        table = table_named(path.stem)
        if table is None and is_workbook(path):
            continue
        if table is None:
            listed = ", ".join(f"{one.name} ({one.korean})" for one in TABLES)
            message = f"no table is called {shown(path.stem)}"
            noted.say((1, 1), "unknown-table", message, f"name the file after one of {listed}")
        elif is_workbook(path):
            message = "a workbook is not read"
            noted.say((1, 1), "workbook", message, "save this sheet as “CSV UTF-8” beside it")
        else:
            rows[table.name] += _read(path, table, noted)
    return rows


def _read(path: Path, table: Table, noted: Faults) -> list[Row]:
    try:
        return read_rows(path, table, noted)
    except RecordsInvalid as error:
        noted.problems += error.problems
        return []


def _faults(faults: dict[str, Faults], file: str) -> Faults:
    return faults.setdefault(file, Faults(file))


def _refuse(faults: Mapping[str, Faults]) -> None:
    """RecordsInvalid with every problem of every file, if there is one."""
    problems: list[Problem] = [one for noted in faults.values() for one in noted.problems]
    if problems:
        raise RecordsInvalid(problems)
