"""The one pipeline: files are read and checked, all of them, and only then written.

What can be named stands in `ingest.inputs`. Each source replaces what the store held of
it, whole in one transaction, which small ones share, a large one in batches
(`graph.batches`); so a load that was cut short is simply run again, and any order leads
to the same version.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from graph.batches import store_tellings
from graph.errors import Problem, RecordsInvalid
from graph.values import Frozen
from ingest.inputs import inputs, shipped
from ingest.places_rulings import Rulings
from ingest.plan import foresee
from ingest.records import Record
from ingest.sources import Merged, SourceReport, merged, merged_in
from ingest.undecided import overruled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from graph.batches import Telling
    from graph.store import GraphStore
    from ingest.inputs import Input, Loaded, Progress

LISTED = 20
"""Problems that are printed unless told otherwise; the others are counted."""
SECONDS = 600.0
"""How long counting a store that was written may take."""


class LoadReport(Frozen):
    """What a load did. `read` to `withdrawn` count claims, `rejected` files with problems.

    One rejected file is enough for nothing to be written. `version` is what the store
    holds afterwards, in a dry run what it would hold; null if no store was asked.
    `lists` has a report on each list of ties that was read. `merged` counts what all sources
    say together: once written, all that the store holds, before that what was read; null if
    no list was read.
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
    lists: tuple[SourceReport, ...] = ()
    merged: Merged | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that was read; `rejected` files have the `problems`."""

    loaded: tuple[Loaded, ...]
    problems: tuple[Problem, ...]
    rejected: int

    @property
    def records(self) -> Sequence[Telling]:
        """What each source says, in the order of their ids."""
        tellings: list[Telling] = [one.record for one in self.loaded]
        return sorted(tellings, key=lambda telling: telling.source.id)

    @property
    def _read_whole(self) -> list[Record]:
        return [one.record for one in self.loaded if isinstance(one.record, Record)]

    @property
    def rulings(self) -> Rulings:
        """What the decisions among it rule."""
        return Rulings.together(one.rulings for one in self.loaded)

    @property
    def lists(self) -> tuple[SourceReport, ...]:
        """The reports on the lists among it, less the places that a decision settles."""
        rulings = self.rulings
        found = [one.report.settled_by(rulings) for one in self.loaded if one.report]
        return tuple(sorted(found, key=lambda report: report.source))

    @property
    def report(self) -> LoadReport:
        """What was read, before anything is written."""
        lists = self.lists
        return LoadReport(
            read=sum(one.record.count for one in self.loaded),
            rejected=self.rejected,
            sources=tuple(record.source.id for record in self.records),
            problems=self.problems,
            lists=lists,
            merged=merged(self._read_whole) if lists else None,
        )


_loads: list[tuple[int, int, int]] = []
"""For each load that is under way what the first of them found Python to be set to."""
_loads_lock = Lock()


@contextmanager
def _rarely_collected() -> Iterator[None]:
    """Let Python look for cycles more rarely: a load makes millions of values, and none in one.

    Whoever set it to look never, or more rarely still, is left with that. The last of several
    loads that run at once puts it back.
    """
    with _loads_lock:
        kept = _loads[0] if _loads else gc.get_threshold()
        _loads.append(kept)
        if kept[0]:
            gc.set_threshold(max(kept[0], 500_000), *kept[1:])
    try:
        yield
    finally:
        with _loads_lock:
            _loads.pop()
            if not _loads:
                gc.set_threshold(*kept)


@_rarely_collected()
def gather(given: Sequence[Path | Input] = (), progress: Progress | None = None) -> Gathered:
    """Read and check every file and list; if none is given, all that ships with the product.

    Nothing is raised for what is wrong with a file: all of it is in `problems`.
    `progress` is told how far a large file is read.
    """
    loaded: list[Loaded] = []
    faulty: dict[str, tuple[Problem, ...]] = {}
    for one in inputs(given or shipped(), progress):
        try:
            loaded += one.read()
        except RecordsInvalid as error:
            faulty[one.name] = error.problems
    rulings = Rulings.together(one.rulings for one in loaded)
    for problem in (*_told_twice(loaded), *overruled(loaded, rulings)):
        faulty[problem.file] = (*faulty.get(problem.file, ()), problem)
    problems = sorted({problem for found in faulty.values() for problem in found})
    return Gathered(tuple(loaded), tuple(problems), len(faulty))


def load(
    store: GraphStore,
    given: Sequence[Path | Input] = (),
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> LoadReport:
    """Load every source that is given; RecordsInvalid with all problems, and nothing written.

    `dry_run` tells what would change and changes nothing. `progress` is called with how
    many claims are safely stored, of how many, and of which source.
    """
    gathered = gather(given, progress)
    if gathered.problems:
        raise RecordsInvalid(gathered.problems)
    if dry_run:
        return foreseen(store, gathered)
    return store_all(store, gathered, progress)


@_rarely_collected()
def store_all(
    store: GraphStore, gathered: Gathered, progress: Progress | None = None
) -> LoadReport:
    """Write what was gathered without problems, source by source."""
    report = gathered.report
    total = report.read

    def told(stored: int, source: str) -> None:
        if progress:
            progress(stored, total, source)

    for done in store_tellings(store, gathered.records, told):
        report = _added(report, done.inserted, done.updated, done.unchanged, done.withdrawn)
        report = report.model_copy(update={"version": done.version})
    if report.merged:
        counted = store.read(merged_in, seconds=SECONDS)
        report = report.model_copy(update={"merged": counted})
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


def _told_twice(loaded: Sequence[Loaded]) -> Iterator[Problem]:
    """A problem for every file that gives a source which another file gives too."""
    first: dict[str, str] = {}
    for one in loaded:
        source = one.record.source.id
        if source in first:
            message = f"{source} is also the source of {first[source]}"
            fix = "keep one of the two, or give one an id of its own"
            yield Problem(one.file, 1, 1, "same-source", message, fix)
        first.setdefault(source, one.file)
