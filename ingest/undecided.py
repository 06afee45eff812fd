"""What a person must decide: places that may be several cities, written as a file to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import InputInvalid, Problem
from ingest.places import Gazetteer
from ingest.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from graph.claims import Claim
    from ingest.inputs import Loaded
    from ingest.places import Place
    from ingest.places_rulings import Rulings
    from ingest.sources.facts import SourceReport, Undecided

_HEAD = """\
# {count} places of the lists below may each be any of several cities. For each, take away the
# `#` before the one line that is right, and say why in `reason`; leave the others as they are.
# `different` says that it is none of them. Then load this file with your lists:
#     jamae ingest {file}
# or keep it as decisions.yaml in the data folder: every load reads it. Withdrawing the source
# undoes all of it.
source:
  id: source:my-decisions
  source_kind: decision
  title: Which cities our lists mean
  published: {today}
decisions:
"""


def write_undecided(path: Path, reports: Sequence[SourceReport], today: date) -> int:
    """Write what the reports leave open, and return how many places that are.

    The file loads as it is, and decides nothing until it is edited. InputInvalid, and nothing
    written, if there is a file already: it may hold decisions.
    """
    open_ = sum(len(report.undecided) for report in reports)
    text = _HEAD.format(count=open_, file=path, today=today)
    text += "".join(line for report in reports for line in _lines(report, today))
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        message = f"{path} is there already and may hold decisions; name another file"
        raise InputInvalid(message) from error
    except OSError as error:
        raise InputInvalid(f"{path} cannot be written: {error.strerror}") from error
    return open_


def _lines(report: SourceReport, today: date) -> Iterator[str]:
    if report.undecided:
        yield f"# ---- {report.source}\n"
    for one in report.undecided:
        yield from _place(one, today)


def _place(one: Undecided, today: date) -> Iterator[str]:
    row = f", row {one.row}" if one.row else ""
    yield f"# {' '.join(one.name.split())} ({one.country or '–'}){row}: {one.reason}\n"
    known = Gazetteer.shipped().index.by_id
    told = f"reason: , date: {today}"
    for candidate in one.candidates:
        about = f"  # {_about(known[candidate])}" if candidate in known else ""
        yield f"#  - {{same: [{one.id}, {candidate}], {told}}}{about}\n"
    for candidate in one.candidates:
        yield f"#  - {{different: [{one.id}, {candidate}], {told}}}\n"


def _about(place: Place) -> str:
    people = f"{place.population:,} people" if place.population else ""
    where = place.country or ""
    point = f"{place.latitude:.2f} {place.longitude:.2f}" if place.latitude is not None else ""
    names = " · ".join(dict.fromkeys(place.names.values()))
    return ", ".join(part for part in (names, where, people, point) if part)


def overruled(loaded: Sequence[Loaded], rulings: Rulings) -> Iterator[Problem]:
    """A problem for each place that a list is sure of and a decision takes for another one.

    Both would hold, and make one city of the two.
    """
    for one in loaded:
        if one.report is None or not isinstance(one.record, Record):
            continue
        rows = {c.to: c.locator for c in one.record.claims if c.kind == "DESCRIBES" and c.locator}
        for claim in one.record.claims:
            if claim.kind == "SAME_AS" and (pair := _against(claim, rows, rulings)):
                named, known = pair
                message = (
                    f"{named} is taken for {known} ({claim.note}), and decided to be "
                    f"{rulings.place_of(named) or named}"
                )
                fix = f"add to your decisions: different: [{named}, {known}]; or change `same`"
                row = rows[named] or 1
                yield Problem(one.file, row, 1, "decided-otherwise", message, fix)


def _against(
    claim: Claim, rows: Mapping[str, int | None], rulings: Rulings
) -> tuple[str, str] | None:
    """The place as a list names it and the known city, if a decision says another one."""
    named, known = claim.stated_ends if claim.stated_ends[0] in rows else claim.stated_ends[::-1]
    if named not in rows or not rulings.joins(named) or rulings.apart(named, known):
        return None
    meant = {rulings.place_of(one) or one for one in (named, known)}
    return (named, known) if len(meant) > 1 else None
