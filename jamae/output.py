"""What goes to stdout: bytes for programs, tables for people."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console, RenderableType

    from ingest.load import LoadReport
    from jamae.wording import Lang, Said

PIPE_WIDTH = 160
"""Columns of a table that goes into a file or another program."""


def write(data: bytes) -> None:
    """Write bytes to stdout as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def console() -> Console:
    """A console on stdout: nothing in the data is read as markup or highlighted."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else shutil.get_terminal_size((PIPE_WIDTH, 24)).columns
    return Console(markup=False, highlight=False, emoji=False, width=width, soft_wrap=False)


def show(parts: Iterable[RenderableType]) -> None:
    """Print each part on a line, or lines, of its own, without blanks at their ends."""
    out = console()
    with out.capture() as captured:
        for part in parts:
            out.print(part)
    for line in captured.get().splitlines():
        print(line.rstrip())


def _lists(report: LoadReport, words: Said) -> Iterator[RenderableType]:
    """How each list was read, what all say together, and what waits for a decision."""
    from jamae.show import table

    columns = ("rows_read", "used", "repeated", "ties", "places", "known", "unknown", "undecided")
    rows = [
        (
            one.source.removeprefix("source:"),
            *(f"{n:,}" for n in (one.rows, one.used, one.repeated, one.ties, one.places)),
            f"{one.given + one.resolved + one.decided:,}",
            *(f"{n:,}" for n in (one.unknown, len(one.undecided))),
        )
        for one in report.lists
    ]
    yield ""
    yield table(words.heads(("list", *columns)), rows, counts=True)
    if report.merged:
        yield ""
        yield words.own("merged", **{k: f"{v:,}" for k, v in report.merged.model_dump().items()})
    if count := sum(len(one.undecided) for one in report.lists):
        yield words.own("to_decide", n=f"{count:,}")
    yield ""


def print_report(report: LoadReport, lang: Lang) -> None:
    """A load's report for a person."""
    from jamae.wording import Said

    words = Said(lang)
    key = "report_dry" if report.dry_run else "report"
    key = key if report.version else "report_checked"
    fields = report.model_dump(exclude={"sources", "problems", "lists", "merged"})
    print(words.own(key, **fields, sources=len(report.sources)))
    if report.lists:
        show(_lists(report, words))
    if report.version:
        print(f"{words.own('version')} {report.version}")
