"""The command line: its verbs, and how it begins and ends.

Data goes to stdout, all else to stderr. Exit codes stand in `jamae.failures`.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from jamae import asking, checking, loading, patterns, reading, serving, sources
from jamae.failures import DONE, FAILURE, INTERRUPTED, USAGE, report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

app = typer.Typer(
    name="jamae",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for verb in (
    loading.ingest,
    loading.validate,
    loading.retract,
    loading.template,
    sources.sources,
    reading.read,
    reading.score,
    asking.search,
    asking.show,
    asking.ties,
    asking.neighbours,
    asking.path,
    asking.who_benefits,
    asking.benefits,
    asking.totals,
    patterns.brokers,
    patterns.chains,
    patterns.gaps,
    patterns.similar,
    patterns.communities,
    checking.check,
    serving.export,
    serving.serve,
    serving.get,
    serving.doctor,
):
    app.command(verb.__name__.replace("_", "-"))(verb)


def _version(wanted: bool) -> None:
    if wanted:
        from jamae.versions import versions

        print("\n".join(versions()))
        raise typer.Exit


@app.callback()
def jamae(
    _: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Print the versions of jamae, its engines and its layout.",
            callback=_version,
            is_eager=True,
        ),
    ] = False,
) -> None:
    """Sister cities and trade: which firms benefit, and what is the evidence.

    Exit codes: 0 done, 1 failure, 2 usage, 3 input invalid, 4 store unavailable,
    130 interrupted. Shell completion: jamae --install-completion.
    """


_COLLECTED = (50_000, 20, 100)
"""When Python looks for circles of garbage: an answer over the world is a million small objects,
hardly one of them in a circle, and looking as often as usual costs two fifths of its time."""


def main() -> None:
    """Run the command that this process was started with, and end the process."""
    gc.set_threshold(*_COLLECTED)
    signal.signal(signal.SIGTERM, _interrupted)
    signal.signal(signal.SIGINT, _interrupted)
    sys.exit(run(sys.argv[1:]))


def _interrupted(_number: int, _frame: FrameType | None) -> None:
    """The first signal undoes the running transaction; a second ends the process at once."""
    signal.signal(signal.SIGINT, _ended)
    signal.signal(signal.SIGTERM, _ended)
    raise KeyboardInterrupt


def _ended(_number: int, _frame: FrameType | None) -> None:
    os._exit(INTERRUPTED)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; all it has to say was said.

    Without a command its help is all there is.
    """
    try:
        code = app(list(arguments) or ["--help"], prog_name="jamae", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        return _quiet()
    except SystemExit as error:
        return _quiet() if isinstance(error.__context__, BrokenPipeError) else FAILURE
    except (Exception, KeyboardInterrupt) as error:
        return report(error, _verb(arguments))
    if code == INTERRUPTED:
        return report(KeyboardInterrupt())
    return int(code or DONE) if arguments else USAGE


def _verb(arguments: Sequence[str]) -> Callable[..., object] | None:
    """The function behind the command that was given, if there is one of that name."""
    named = {command.name: command.callback for command in app.registered_commands}
    return named.get(arguments[0]) if arguments else None


def _quiet() -> int:
    """The reader of our output is gone: say nothing more, and fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILURE
