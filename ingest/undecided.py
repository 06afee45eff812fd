"""The places that a person must decide on, written as a decisions file to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import InputInvalid
from ingest.places import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from ingest.places import Place
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
