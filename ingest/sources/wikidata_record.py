"""From Wikidata's statements and items to the claims of one source.

Statements on either item that give the same start are one claim; its note tells which
items state it, and where. What contradicts stands side by side.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from graph.claims import Twinned
from graph.dates import PartialDate
from graph.errors import Problem
from graph.nodes import City, Source
from graph.values import Status, Text
from ingest.countries import countries
from ingest.files import shown
from ingest.ids import city_id
from ingest.sources.facts import Bounds, Reading, SourceReport, check_counts
from ingest.sources.telling import Telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ingest.sources.wikidata_queries import Item, Statement

_TEXT: TypeAdapter[str] = TypeAdapter(Text)
_NOTE = 2000


def reading(
    source: Source,
    statements: Mapping[str, Statement],
    items: Mapping[str, Item],
    ties: Bounds,
    places: Bounds,
) -> Reading:
    """The record and how many statements made it; RecordsInvalid if the counts are out of bounds.

    A statement that cannot be used is named by its key in the report's problems.
    """
    maker = _Maker(source, items)
    for number, key in enumerate(sorted(statements), start=1):
        maker.take(number, statements[key])
    maker.join()
    report = maker.report(len(statements))
    check_counts(report, ties, places, source.id)
    return Reading(maker.telling.record(), report)


class _Maker:
    def __init__(self, source: Source, items: Mapping[str, Item]) -> None:
        self.source, self.items = source, items
        self.telling = Telling(source)
        self.groups: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
        self.problems: list[Problem] = []
        self.used = 0

    def take(self, number: int, statement: Statement) -> None:
        """Put a statement to those that say the same, or say why it is left out."""
        if statement.deprecated or statement.partner is None:
            what = "is deprecated" if statement.deprecated else "names no item"
            self._say(number, "unused", f"statement {statement.key} {what}")
            return
        self.used += 1
        one, other = sorted((statement.item, statement.partner))
        self.groups[one, other, _first_date(statement.starts) or ""].append(statement)

    def join(self) -> None:
        """Claim every tie and describe its ends."""
        for (one, other, start), told in self.groups.items():
            for item in (one, other):
                self._city(item)
            ends = sorted({end for statement in told for end in statement.ends})
            ended = _first_date(ends)
            self.telling.join(
                Twinned,
                _id(one),
                _id(other),
                status=self._status(told, ended),
                signed_on=start or None,
                ended_on=ended,
                told_by=sorted({_id(statement.item) for statement in told}),
                note=_note(told),
            )

    def report(self, rows: int) -> SourceReport:
        """What was made of so many statements."""
        cities = [n for n in self.telling.described.values() if isinstance(n, City)]
        settled = {c.from_ for c in self.telling.claims.values() if c.kind == "IN_COUNTRY"}
        return SourceReport(
            source=self.source.id,
            rows=rows,
            used=self.used,
            repeated=self.used - len(self.groups),
            ties=len(self.groups),
            places=len(cities),
            given=len(cities),
            without_country=len(cities) - len(settled),
            problems=tuple(self.problems),
        )

    def _status(self, told: Sequence[Statement], ended: str | None) -> Status:
        """Ended if any statement says so, unless that lies ahead."""
        if not any(statement.ended for statement in told):
            return Status.IN_FORCE
        published = self.source.published
        ahead = ended and published and published.before(PartialDate.parse(ended))
        return Status.IN_FORCE if ahead else Status.ENDED

    def _city(self, item: str) -> None:
        """Describe an item the first time it is named."""
        node_id = _id(item)
        if node_id in self.telling.described:
            return
        said = self.items[item]
        names = {lang: name for lang in ("en", "ko") if (name := self._name(item, lang))}
        place = min(said.points) if len(said.points) == 1 else (None, None)
        if place[0] is not None and not (abs(place[0]) <= 90 and abs(place[1]) <= 180):
            place = (None, None)
        self.telling.describe(
            City.model_validate(
                {
                    "id": node_id,
                    "names": names,
                    "identifiers": {"wikidata": item},
                    "latitude": place[0],
                    "longitude": place[1],
                }
            )
        )
        codes = said.countries & countries().keys()
        if len(codes) == 1:
            self.telling.in_country(node_id, min(codes))
        elif codes:
            listed = ", ".join(sorted(codes))
            self._say(1, "country", f"{item} lies in {listed}; none of them is taken")

    def _name(self, item: str, lang: str) -> str | None:
        for name in sorted(getattr(self.items[item], lang)):
            try:
                return _TEXT.validate_python(name)
            except ValidationError:
                self._say(1, "name", f"the label {shown(name)} of {item} is no name")
        return None

    def _say(self, number: int, code: str, message: str) -> None:
        fix = "mend it in Wikidata"
        self.problems.append(Problem(self.source.id, number, 1, code, message, fix))


def _id(item: str) -> str:
    return city_id(item, None, None, {"wikidata": item})


def _first_date(dates: Iterable[str]) -> str | None:
    """The first sound date."""
    for text in sorted(dates):
        try:
            return str(PartialDate.parse(text))
        except ValueError:
            continue
    return None


def _note(told: Sequence[Statement]) -> str:
    """Which items state it, in which statements, with which references."""
    items = sorted({statement.item for statement in told})
    only = " only" if len(items) == 1 else ""
    pieces = [f"stated on {' and '.join(items)}{only}"]
    pieces.append(f"statements {', '.join(sorted(s.key for s in told))}")
    more = sorted({date for s in told for date in (s.starts | s.ends | s.vague)})
    if len(more) > 1 or any(s.vague for s in told):
        pieces.append(f"dates as given: {', '.join(more)}")
    if references := sorted({one for s in told for one in s.references}):
        pieces.append(f"references: {' '.join(references)}")
    text = "; ".join(pieces)
    text = "".join(mark for mark in text if mark.isprintable())
    return text if len(text) <= _NOTE else f"{text[: _NOTE - 1]}…"
