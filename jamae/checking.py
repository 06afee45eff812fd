"""The verb that checks the data: what a person should look at, and what is new of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from jamae.asking import Output, request
from jamae.failures import Failed
from jamae.options import Json, Lang, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from graph.questions.answers import Answer
    from graph.questions.checks import Progress
    from graph.settings import Lang as Language
    from graph.store import View
    from jamae.ask import Question
    from jamae.baseline import Form, Report
    from jamae.telling import Told

    A = TypeVar("A", bound=Answer)


def check(
    codes: Annotated[
        list[str] | None,
        typer.Option("--code", metavar="CODE", help="Findings of this code; may be repeated."),
    ] = None,
    severities: Annotated[
        list[str] | None,
        typer.Option("--severity", metavar="S", help="error, warning or info; may be repeated."),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", help="How many to list as text, at most 200.")
    ] = 25,
    form: Annotated[
        str,
        typer.Option("--format", metavar="text|json|sarif", help="json, sarif: every finding."),
    ] = "text",
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            metavar="FILE",
            help="List only what this file does not hold; exit 1 if there is any.",
            show_default=False,
        ),
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option(
            "--write-baseline",
            metavar="FILE",
            help="Write every finding into a file, as known from then on.",
            show_default=False,
        ),
    ] = None,
    store: Store = None,
    lang: Lang = None,
    json: Json = False,
) -> None:
    """List what in the data a person should look at.

    Contradictions and gaps, each with what to do about it.

    Example: jamae check --severity error
    """
    from jamae import ask
    from jamae.baseline import Form

    shape = ask.one_of("format", Form, form)
    asked = (codes or (), severities or ())
    if baseline is None and write_baseline is None and shape is Form.TEXT:
        Output(store, lang, json, seconds=ask.CHECK_SECONDS).of(
            _watched(lambda progress: ask.check(*asked, limit, progress)),
            lambda _: request("/v1/checks", code=codes, severity=severities, limit=limit),
        )
        return
    shape = Form.JSON if json else shape
    _report(store, lang, asked, (baseline, write_baseline), shape, limit)


def _report(
    store: str | None,
    lang: str | None,
    asked: tuple[Collection[str], Collection[str]],
    files: tuple[Path | None, Path | None],
    shape: Form,
    limit: int,
) -> None:
    """Print every finding held against a baseline; Failed if some are new."""
    from jamae import ask
    from jamae.baseline import compared, read_baseline, written
    from jamae.exporting import write_whole
    from jamae.session import open_to_read, read_settings
    from jamae.telling import with_names

    known, target = files
    settings = read_settings(store=store, lang=lang)
    before = read_baseline(known) if known else None
    with open_to_read(settings) as graph:
        question = _watched(lambda progress: compared(asked, before, progress))
        told = graph.read(with_names(question), ask.CHECK_SECONDS)
    if target:
        write_whole(target, written(told.answer))
    _print(told, shape, settings.lang, limit)
    if told.answer.new:
        count = len(told.answer.new)
        raise Failed(f"{count} finding{'s are' if count > 1 else ' is'} not in {known}")


def _watched(make: Callable[[Progress | None], Question[A]]) -> Question[A]:
    """A question that says on a terminal which rule it is at, while it is answered."""

    def question(view: View) -> A:
        if not sys.stderr.isatty():
            return make(None)(view)
        from rich.console import Console

        with Console(stderr=True).status("") as status:
            return make(lambda done, of, code: status.update(f"{done}/{of} {code}"))(view)

    return question


def _print(told: Told[Report], shape: Form, lang: Language, limit: int) -> None:
    from jamae.baseline import Form
    from jamae.output import show, write

    if shape is Form.JSON:
        from api.bodies import body

        write(body(told.answer))
    elif shape is Form.SARIF:
        from jamae.sarif import sarif

        write(sarif(told.answer, lang))
    else:
        from jamae.show import rendered
        from jamae.telling import Page

        page = Page.of(told, lang)
        show(rendered(told.answer.listed(limit), page))
