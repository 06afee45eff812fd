"""The verbs that read articles and measure how well that was done."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jamae.options import Lang

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import RenderableType

    from ingest.reader import Proposal
    from ingest.reader.score import Score
    from jamae.wording import Said


def read(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="Articles as text or HTML, or folders of them."),
    ],
    published: Annotated[
        str | None,
        typer.Option(
            "--published",
            metavar="DATE",
            help="The day of publication, 2018-05-14; without it most dates stay partial.",
            show_default=False,
        ),
    ] = None,
    home: Annotated[
        str | None,
        typer.Option(
            "--home",
            metavar="CITY",
            help='The publisher\'s municipality, "경남 진주시": what a bare 시 or 군 means.',
            show_default=False,
        ),
    ] = None,
    lang: Lang = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print a JSON line an article: its file and proposals.")
    ] = False,
) -> None:
    """Read Korean articles and propose what they say.

    Missions, deals, participations and agreements, each with the words it was read from.
    Nothing is stored.

    Example: jamae read release.txt --published 2018-05-14 --home 진주시
    """
    from ingest.reader.articles import article_files, read_article
    from ingest.reader.reading import read as read_text
    from jamae.session import read_settings
    from jamae.wording import Said

    day = _day(published)
    words = Said(read_settings(lang=lang).lang)
    found = article_files(files)
    with _progress(len(found)) as tell:
        for number, path in enumerate(found, 1):
            text = read_article(path)
            proposals = read_text(text, published=day, home=home)
            tell(number, path.name)
            _print(path, text, proposals, words, json=json, many=len(found) > 1)


def score(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD", help="What is true: lines as jamae read --json prints."),
    ],
    predictions: Annotated[
        Path, typer.Argument(metavar="PREDICTIONS", help="What jamae read --json printed.")
    ],
    lang: Lang = None,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure proposals against a gold standard.

    Precision, recall and F1 of each kind of fact with 95 % intervals, how often the slots
    are right, and the misses.

    Example: jamae score gold.jsonl predictions.jsonl
    """
    from ingest.reader.score import read_articles
    from ingest.reader.score import score as scored
    from jamae.output import write
    from jamae.session import read_settings
    from jamae.wording import Said

    told = scored(read_articles(gold), read_articles(predictions))
    if json:
        write(told.model_dump_json(indent=2).encode() + b"\n")
    else:
        _print_score(told, Said(read_settings(lang=lang).lang))


# ---------------------------------------------------------------- steps


def _day(published: str | None) -> str | None:
    from datetime import date

    from graph.errors import BadRequest

    try:
        return date.fromisoformat(published).isoformat() if published else None
    except ValueError as error:
        raise BadRequest("published", f"{published!r} is no day; write it as 2018-05-14") from error


@contextmanager
def _progress(count: int) -> Iterator[Callable[[int, str], None]]:
    """A bar for several files on a terminal; call it with how many are read, and the last."""
    if count < 2 or not sys.stderr.isatty():
        yield lambda _done, _what: None
        return
    from jamae.progress import bar

    with bar() as tell:
        yield lambda done, what: tell(done, count, what)


def _print(
    path: Path, text: str, proposals: list[Proposal], words: Said, *, json: bool, many: bool
) -> None:
    if json:
        import orjson

        from jamae.output import write

        told = {"file": path.name, "proposals": [one.normal_form() for one in proposals]}
        write(orjson.dumps(told) + b"\n")
        return
    from jamae.output import show
    from jamae.show import table

    if many:
        print(f"{path}")
    if not proposals:
        print(words.own("read_nothing"))
        return
    heads = words.heads(("proposal", "fact", "said", "class", "quoted"))
    show([table(heads, [_row(one, text, words) for one in proposals])])


def _row(one: Proposal, text: str, words: Said) -> tuple[str, ...]:
    from ingest.reader.telling import told

    quoted = " ".join(text[slice(*one.span)].split())
    quoted = quoted if len(quoted) <= 80 else f"{quoted[:79]}…"
    return (
        one.id,
        words.own(f"read_{one.type}"),
        told(one.value),
        words.own(f"read_{one.confidence}"),
        quoted,
    )


def _print_score(told: Score, words: Said) -> None:
    from jamae.output import show
    from jamae.show import table

    rows = [
        (
            words.own(f"score_{m.name}"),
            *(f"{n:,}" for n in (m.gold, m.predicted, m.matched)),
            *(f"{x:.3f}" for x in (m.precision, m.recall, m.f1)),
            f"{m.low:.3f}-{m.high:.3f}",
        )
        for m in told.measures
    ]
    heads = ("measure", "gold", "predicted", "agreed", "precision", "recall", "f1", "interval")
    parts: list[RenderableType] = [table(words.heads(heads), rows, counts=True)]
    slots = [(s.name, f"{s.right:,}", f"{s.of:,}") for s in told.slots]
    parts += ["", table(words.heads(("slot", "right", "of")), slots, counts=True), ""]
    show([words.own("scored", articles=told.articles, macro=f"{told.macro:.3f}"), "", *parts])
    for miss in told.misses:
        print(
            f"{miss.article}: {words.own(f'score_{miss.measure}')}: "
            f"{words.own(f'only_{miss.side}')}: {miss.value}"
        )
