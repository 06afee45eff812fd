"""How a command ends: one table from what went wrong to the exit code and its word.

0 done, 1 failure, 2 usage, 3 input invalid, 4 store unavailable, 130 interrupted.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graph.errors import BadRequest, NotFound, Problem

DONE, FAILURE, USAGE, INVALID, UNAVAILABLE, INTERRUPTED = 0, 1, 2, 3, 4, 130
ISSUES = "this is a fault of jamae's own: please report it with the command that shows it"

_FILE_FIX = "check that it is there, that you may use it, and that the disk has room"


class Ending(NamedTuple):
    """The exit code, and the word between the brackets of `error[…]`."""

    exit_code: int
    word: str


class Reported(Exception):
    """A failure that was told already; carries the exit code."""

    def __init__(self, exit_code: int) -> None:
        self.exit_code = exit_code
        super().__init__(exit_code)


class Refused(Exception):
    """The command line itself asks for what cannot be done."""


class Failed(Exception):
    """What was asked for failed, for the reason told."""


def table() -> Mapping[type[BaseException], Ending]:
    """How each exception ends a command; one that is not here ends as its nearest base."""
    from graph import errors as known

    return {
        Exception: Ending(FAILURE, "internal"),
        OSError: Ending(FAILURE, "file"),
        Failed: Ending(FAILURE, "failed"),
        known.GraphError: Ending(FAILURE, "failed"),
        known.BudgetSpent: Ending(FAILURE, "budget_spent"),
        Refused: Ending(USAGE, "usage"),
        typer.TyperException: Ending(USAGE, "usage"),
        known.BadRequest: Ending(USAGE, "bad_value"),
        known.NotFound: Ending(USAGE, "not_found"),
        known.Ambiguous: Ending(USAGE, "ambiguous"),
        known.InputInvalid: Ending(INVALID, "input_invalid"),
        known.ClaimRefused: Ending(INVALID, "claim_refused"),
        known.RecordsInvalid: Ending(INVALID, "records_invalid"),
        known.StoreError: Ending(UNAVAILABLE, "store"),
        known.StoreBusy: Ending(UNAVAILABLE, "store_busy"),
        known.StoreUnavailable: Ending(UNAVAILABLE, "store_unavailable"),
        KeyboardInterrupt: Ending(INTERRUPTED, "interrupted"),
    }


def ending(error: BaseException) -> Ending:
    """How this exception ends a command."""
    rows = table()
    return next(rows[cls] for cls in type(error).__mro__ if cls in rows)


def report(error: BaseException, verb: Callable[..., object] | None = None) -> int:
    """Tell what went wrong on stderr, in the words of the command, and return the exit code."""
    if isinstance(error, Reported):
        return error.exit_code
    row = ending(error)
    for line in _told(error, row.word, verb):
        print(line, file=sys.stderr)
    return row.exit_code


def _told(error: BaseException, word: str, verb: Callable[..., object] | None) -> list[str]:
    from graph import errors as known

    if isinstance(error, known.RecordsInvalid):
        return problems_told(error.problems)
    if isinstance(error, known.Ambiguous):
        listed = [f"  {key}  {label}" for key, label in error.candidates]
        return [f"error[{word}]: {error.name!r} may be any of these; name one by its id", *listed]
    if isinstance(error, known.NotFound):
        return _unknown(error, word)
    if isinstance(error, known.BadRequest):
        return [f"error[{word}]: {_bad_request(error, verb)}"]
    if isinstance(error, typer.TyperException):
        return [f"error[{word}]: {error.format_message()}", *_try_help(error)]
    if isinstance(error, KeyboardInterrupt):
        return [f"error[{word}]: stopped; what was not yet acknowledged was not written"]
    if isinstance(error, OSError):
        name = f"{error.filename}: " if error.filename else ""
        return [f"error[{word}]: {name}{error.strerror or error}; {_FILE_FIX}"]
    if word == "internal":
        return [f"error[{word}]: {type(error).__name__}: {error}", ISSUES]
    return [f"error[{word}]: {error}"]


def _unknown(error: NotFound, word: str) -> list[str]:
    """That nothing has a name, and what has one like it."""
    if error.near:
        listed = [f"  {key}  {label}" for key, label in error.near]
        return [f"error[{word}]: {error}; did you mean one of these? name it by its id", *listed]
    fix = "load records: jamae ingest" if error.empty else "look for it: jamae search TEXT"
    return [f"error[{word}]: {error}; {fix}"]


def _bad_request(error: BadRequest, verb: Callable[..., object] | None) -> str:
    """What is wrong with a value, led by what a person typed it for."""
    from jamae.naming import as_typed

    text, name = str(error), as_typed(verb, error.param) if verb else error.param
    if text.startswith(error.param):
        return name + text.removeprefix(error.param)
    return f"{name}: {text}"


def _try_help(error: typer.TyperException) -> list[str]:
    context = getattr(error, "ctx", None)
    return [f"try: {context.command_path} --help"] if context else []


def problems_told(problems: tuple[Problem, ...], most: int = 20) -> list[str]:
    """The first problems, a line each, and how many there are."""
    lines = [str(problem) for problem in problems[:most]]
    left = len(problems) - len(lines)
    files = len({problem.file for problem in problems})
    count = f"{len(problems)} problem{'s' * (len(problems) > 1)} in {files} file{'s' * (files > 1)}"
    more = f"; {left} of them not shown (--max-errors)" if left else ""
    return [*lines, f"{count}{more}; nothing was written"]


def rows_told(problems: Sequence[Problem], most: int = 20) -> list[str]:
    """What was left out of lists that were loaded all the same, a line each, and how many."""
    lines = [f"{one.file}:{one.line}: {one.code}: {one.message}" for one in problems[:most]]
    left = len(problems) - len(lines)
    return [*lines, f"and {left} more notes on rows (--max-errors)"] if left else lines
