"""The one pipeline: files are read and checked, all of them, and only then written.

A path is a record (`.yaml`, `.yml`), an export of claims (`.ndjson`), or a folder of
these or of CSV tables. Each source is written whole, in a transaction of its own, and
replaces what the store held of it; so a load that was cut short is simply run again,
and any order leads to the same version.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import Problem, RecordsInvalid
from graph.values import Frozen
from ingest.exported import read_ndjson
from ingest.plan import foresee
from ingest.records import SHIPPED, Record, read_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graph.store import GraphStore

LISTED = 20
"""Problems that are printed unless told otherwise; the others are counted."""
RECORD_ENDINGS = frozenset({".yaml", ".yml"})
EXPORT_ENDINGS = frozenset({".ndjson"})
_KINDS = "name a record (.yaml), an export (.ndjson), or a folder of these or of CSV tables"


class LoadReport(Frozen):
    """What a load did. `read` to `withdrawn` count claims, `rejected` files with problems.

    One rejected file is enough for nothing to be written. `version` is what the store
    holds afterwards, in a dry run what it would hold; null if no store was asked.
    """

    read: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    rejected: int = 0
    sources: tuple[str, ...] = ()
    version: str | None = None
    dry_run: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A record and the file or folder that it was read from."""

    file: str
    record: Record


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything read from the paths; `rejected` files have the `problems`."""

    loaded: tuple[Loaded, ...]
    problems: tuple[Problem, ...]
    rejected: int

    @property
    def records(self) -> list[Record]:
        """The records in the order of their source ids."""
        return sorted((one.record for one in self.loaded), key=lambda record: record.source.id)

    @property
    def report(self) -> LoadReport:
        """What was read, before anything is written."""
        return LoadReport(
            read=sum(len(one.record.claims) for one in self.loaded),
            rejected=self.rejected,
            sources=tuple(record.source.id for record in self.records),
            problems=self.problems,
        )


def gather(paths: Sequence[Path] = ()) -> Gathered:
    """Read and check every file of the paths, without a path the shipped records.

    Nothing is raised for what is wrong with a file: all of it is in `problems`.
    """
    loaded: list[Loaded] = []
    faulty: dict[str, tuple[Problem, ...]] = {}
    for file, read in _readers(paths or (SHIPPED,)):
        try:
            loaded += [Loaded(str(file), record) for record in read(file)]
        except RecordsInvalid as error:
            faulty[str(file)] = error.problems
    for again, problem in _told_twice(loaded):
        faulty[again] = (*faulty.get(again, ()), problem)
    problems = sorted({problem for found in faulty.values() for problem in found})
    return Gathered(tuple(loaded), tuple(problems), len(faulty))


def load(
    store: GraphStore,
    paths: Sequence[Path] = (),
    *,
    dry_run: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> LoadReport:
    """Load every source of the paths; RecordsInvalid with all problems, and nothing written.

    `dry_run` tells what would change and changes nothing. `progress` is called with how
    many sources are safely stored, of how many, and which was the last.
    """
    gathered = gather(paths)
    if gathered.problems:
        raise RecordsInvalid(gathered.problems)
    if dry_run:
        return foreseen(store, gathered)
    return store_all(store, gathered, progress)


def store_all(
    store: GraphStore,
    gathered: Gathered,
    progress: Callable[[int, int, str], None] | None = None,
) -> LoadReport:
    """Write what was gathered without problems, source by source."""
    report = gathered.report
    records = gathered.records
    for number, record in enumerate(records, start=1):
        done = store.write(record.claims, replaces=record.source.id)
        report = _added(report, done.inserted, done.updated, done.unchanged, done.withdrawn)
        report = report.model_copy(update={"version": done.version})
        if progress:
            progress(number, len(records), record.source.id)
    return report


def foreseen(store: GraphStore | None, gathered: Gathered) -> LoadReport:
    """What loading this would do; without a store as if into an empty one."""
    change = foresee(store, gathered.records)
    report = _added(
        gathered.report, change.inserted, change.updated, change.unchanged, change.withdrawn
    )
    return report.model_copy(update={"version": change.version, "dry_run": True})


def _added(
    report: LoadReport, inserted: int, updated: int, unchanged: int, withdrawn: int
) -> LoadReport:
    return report.model_copy(
        update={
            "inserted": report.inserted + inserted,
            "updated": report.updated + updated,
            "unchanged": report.unchanged + unchanged,
            "withdrawn": report.withdrawn + withdrawn,
        }
    )


# ---------------------------------------------------------------- files


def _readers(
    paths: Sequence[Path],
) -> Iterator[tuple[Path, Callable[[Path], Sequence[Record]]]]:
    """Each file or folder of tables once, with what reads it."""
    seen: set[Path] = set()
    for path in paths:
        inside = list(_within(path)) if path.is_dir() else []
        for found in inside or (path,):
            real = found.resolve()
            if real not in seen:
                seen.add(real)
                yield found, _reader(found)


def _within(folder: Path) -> Iterator[Path]:
    """The files of a folder and the folders in it, by name; a folder of tables is one."""
    if _is_tables(folder):
        yield folder
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _within(path)
        elif path.suffix.lower() in RECORD_ENDINGS | EXPORT_ENDINGS:
            yield path


def _reader(path: Path) -> Callable[[Path], Sequence[Record]]:
    ending = path.suffix.lower()
    if path.is_dir():
        return _read_tables if _is_tables(path) else _refuse_folder
    if ending in RECORD_ENDINGS:
        return lambda file: (read_record(file),)
    if ending in EXPORT_ENDINGS:
        return read_ndjson
    return _refuse_file


def _is_tables(folder: Path) -> bool:
    from ingest.tables import is_tables

    return is_tables(folder)


def _read_tables(folder: Path) -> Sequence[Record]:
    from ingest.tables import read_tables

    return read_tables(folder)


def _refuse_folder(folder: Path) -> Sequence[Record]:
    message = "the folder holds nothing that can be loaded"
    raise RecordsInvalid([Problem(str(folder), 1, 1, "empty-folder", message, _KINDS)])


def _refuse_file(path: Path) -> Sequence[Record]:
    if not path.exists():
        raise RecordsInvalid([Problem(str(path), 1, 1, "no-file", "does not exist", _KINDS)])
    fix = "name the folder that holds it" if path.suffix.lower() == ".csv" else _KINDS
    raise RecordsInvalid([Problem(str(path), 1, 1, "kind", "is no kind of file to load", fix)])


def _told_twice(loaded: Sequence[Loaded]) -> Iterator[tuple[str, Problem]]:
    """A problem for every file that gives a source which another file gives too."""
    first: dict[str, str] = {}
    for one in loaded:
        source = one.record.source.id
        if source in first:
            message = f"{source} is also the source of {first[source]}"
            fix = "keep one of the two, or give one an id of its own"
            yield one.file, Problem(one.file, 1, 1, "same-source", message, fix)
        first.setdefault(source, one.file)
