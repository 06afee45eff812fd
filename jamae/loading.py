"""The verbs that bring facts in and take them out: ingest, validate, retract, template."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamae.failures import INVALID, Failed, Refused, Reported, problems_told, rows_told
from jamae.options import Json, Lang, Live, MaxErrors, Store, Undecided, What

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.settings import Settings
    from ingest.load import Gathered, LoadReport


def ingest(
    what: What = None,
    live: Live = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
    undecided: Undecided = None,
    max_errors: MaxErrors = 20,
    store: Store = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Load records, tables, lists and exports.

    Loading twice changes nothing. Everything is checked before anything is written. Each
    source is written whole and replaces what was known of it.

    Example: jamae ingest my-records/ --dry-run
    """
    from jamae.session import read_settings, where
    from jamae.wording import Said

    settings = read_settings(store=store, lang=lang)
    gathered = _gathered(what, settings, max_errors, live=live, json=json)
    _tell_open(gathered, settings, undecided, max_errors)
    report = _foreseen(settings, gathered) if dry_run else _stored(settings, gathered)
    print(Said(settings.lang).own("kept_in", store=where(settings)), file=sys.stderr)
    _say(report, settings, json=json)


def validate(
    what: What = None,
    live: Live = False,
    undecided: Undecided = None,
    max_errors: MaxErrors = 20,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Check records, tables, lists and exports.

    No store is needed, and nothing is changed.

    Example: jamae validate my-records/suwon-2008.yaml
    """
    from jamae.session import read_settings

    settings = read_settings(lang=lang)
    gathered = _gathered(what, settings, max_errors, live=live, json=json)
    _tell_open(gathered, settings, undecided, max_errors)
    _say(gathered.report, settings, json=json)


def retract(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="The id of a source: source:suwon-2008.")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
    store: Store = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """Withdraw a source.

    Its claims go, and what nothing else describes goes too.

    Example: jamae retract source:suwon-2008 --yes
    """
    from ingest.load import LoadReport
    from jamae.session import open_to_read, read_settings

    settings = read_settings(store=store, lang=lang)
    with open_to_read(settings) as graph:
        if not yes:
            _confirm(f"Withdraw {source} from {graph.url}?")
        done = graph.retract(source)
    report = LoadReport(withdrawn=done.withdrawn, sources=(source,), version=done.version)
    _say(report, settings, json=json)


def template(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder, made if missing.")],
) -> None:
    """Write CSV tables to fill in.

    Each has two worked rows; jamae ingest DIR loads them.

    Example: jamae template my-tables
    """
    from graph.errors import InputInvalid
    from ingest.tables import write_template

    try:
        write_template(folder)
    except InputInvalid as error:
        raise Refused(str(error)) from error
    print(f"{folder}: fill in the tables, then: jamae ingest {folder}", file=sys.stderr)


# ---------------------------------------------------------------- steps


def _gathered(
    what: list[str] | None, settings: Settings, max_errors: int, *, live: bool, json: bool
) -> Gathered:
    """What was named, read; ends the command with all problems if there is one."""
    from ingest.load import gather
    from jamae.given import given

    with _progress() as progress:

        def downloaded(pages: int, size: int) -> None:
            if progress:
                progress(size, None, f"Wikidata: {pages}")

        found = given(what or (), settings, live=live, progress=downloaded)
        gathered = gather(found, progress)
    if gathered.problems:
        for line in problems_told(gathered.problems, max_errors):
            print(line, file=sys.stderr)
        if json:
            _say(gathered.report, settings, json=True)
        raise Reported(INVALID)
    return gathered


def _tell_open(
    gathered: Gathered, settings: Settings, undecided: Path | None, max_errors: int
) -> None:
    """Name the rows of lists that were not used, and write what a person must decide."""
    lists = gathered.lists
    for line in rows_told([one for report in lists for one in report.problems], max_errors):
        print(line, file=sys.stderr)
    if undecided is not None:
        from datetime import UTC, datetime

        from ingest.undecided import write_undecided
        from jamae.wording import Said

        count = write_undecided(undecided, lists, datetime.now(UTC).date())
        told = Said(settings.lang).own("undecided_in", file=undecided, n=count)
        print(told, file=sys.stderr)


def _foreseen(settings: Settings, gathered: Gathered) -> LoadReport:
    from ingest.load import foreseen
    from jamae.session import is_there, open_to_read

    if not is_there(settings):
        return foreseen(None, gathered)
    with open_to_read(settings) as graph:
        return foreseen(graph, gathered)


def _stored(settings: Settings, gathered: Gathered) -> LoadReport:
    from ingest.load import store_all
    from jamae.session import open_to_write

    with open_to_write(settings) as graph, _progress() as progress:
        return store_all(graph, gathered, progress)


@contextmanager
def _progress() -> Iterator[Callable[[int, int | None, str], None] | None]:
    """A bar with the rate and the time that is left, on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from jamae.progress import bar

    with bar() as moved:
        yield moved


def _confirm(question: str) -> None:
    """Refused unless a person says yes; without a terminal nobody can."""
    if not sys.stdin.isatty():
        raise Refused("this cannot be undone and nobody is there to ask; add --yes")
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in {"y", "yes", "예", "네"}:
        raise Failed("nothing was withdrawn")


def _say(report: LoadReport, settings: Settings, *, json: bool) -> None:
    if json:
        from jamae.output import write

        write(report.model_dump_json().encode() + b"\n")
        return
    from jamae.output import print_report

    print_report(report, settings.lang)
