"""What a source is, and what reading it gave: facts, bounds, a record and its report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.dates import PartialDate
from graph.errors import Problem, RecordsInvalid
from graph.nodes import Source
from graph.values import Frozen, SourceKind

if TYPE_CHECKING:
    from ingest.places_rulings import Rulings
    from ingest.records import Record

LICENCES = Path(__file__).parent.parent / "data"
"""The folder under which the licence texts of shipped lists lie."""


class Bounds(Frozen):
    """The least and the most that is expected, both inclusive."""

    least: int
    most: int

    def hold(self, number: int) -> bool:
        """Whether the number lies within."""
        return self.least <= number <= self.most

    def __str__(self) -> str:
        return f"{self.least:,}" + (f"–{self.most:,}" if self.most > self.least else "")


class SourceFacts(Frozen):
    """All that is known of a source before it is read.

    `licence_file` is the licence text that ships with the list; null if the list does not
    ship. `given` tells what a person hands over to read it; null if nothing.
    """

    name: str
    id: str
    title: str
    publisher: str
    licence: str
    url: str
    lineage: str
    source_kind: SourceKind = SourceKind.DATASET
    published: PartialDate | None = None
    ties: Bounds
    places: Bounds
    licence_file: str | None = None
    given: str | None = None
    note: str | None = None

    def source(self, **fields: object) -> Source:
        """The node by which the source describes itself; `fields` win over the facts."""
        told = {
            "id": self.id,
            "source_kind": self.source_kind,
            "title": self.title,
            "publisher": self.publisher,
            "published": self.published,
            "url": self.url,
            "licence": self.licence,
            "lineage": self.lineage,
            "note": self.note,
        }
        return Source.model_validate(told | fields)


class Undecided(Frozen):
    """A place that may be any of the candidates; a person decides which, if any."""

    id: str
    name: str
    country: str | None = None
    row: int | None = None
    reason: str
    candidates: tuple[str, ...]

    def settled_by(self, rulings: Rulings) -> bool:
        """Whether these rulings say which it is, or that it is none of the candidates."""
        apart = all(rulings.apart(self.id, candidate) for candidate in self.candidates)
        return apart or rulings.joins(self.id)


class SourceReport(Frozen):
    """What reading a source gave.

    `rows` is how many rows hold content, `used` how many of them made or repeated a tie;
    each other row has a problem that names it. `repeated` rows say a tie once more. Of
    the `places`, `resolved` ones were found among the known cities, `undecided` may be
    one of several, `unknown` are none of them; `given` came with an identifier. `decided`
    ones may be one of several, and a decision that was loaded along settles which.
    """

    source: str
    rows: int
    used: int
    repeated: int
    ties: int
    places: int
    given: int = 0
    resolved: int = 0
    unknown: int = 0
    without_country: int = 0
    decided: int = 0
    undecided: tuple[Undecided, ...] = ()
    problems: tuple[Problem, ...] = ()

    def settled_by(self, rulings: Rulings) -> SourceReport:
        """The report once these rulings are known: what they decide needs no decision."""
        open_ = tuple(one for one in self.undecided if not one.settled_by(rulings))
        decided = self.decided + len(self.undecided) - len(open_)
        return self.model_copy(update={"decided": decided, "undecided": open_})


@dataclass(frozen=True, slots=True)
class Reading:
    """The record of a source and the report on how it was read."""

    record: Record
    report: SourceReport


def check_counts(report: SourceReport, ties: Bounds, places: Bounds, file: str) -> None:
    """RecordsInvalid if a list holds fewer or more than it ever should."""
    problems = [
        Problem(
            file,
            1,
            1,
            "count",
            f"{number:,} {what} were read, and {bounds} are expected",
            "see whether the list is whole, and whether its publisher changed it",
        )
        for what, number, bounds in (
            ("ties", report.ties, ties),
            ("places", report.places, places),
        )
        if not bounds.hold(number)
    ]
    if problems:
        raise RecordsInvalid([*problems, *report.problems])
