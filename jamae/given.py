"""What the arguments of `ingest` and `validate` mean: paths, and lists by their names.

A word is the name of a list or it is a path, and `./NAME` is always a path. A list that does
not ship takes the files that follow its name, up to the next name.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jamae.failures import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graph.settings import Settings
    from ingest.inputs import Input


class Takes(NamedTuple):
    """How many files a list is read from."""

    least: int
    most: int | None


NAMES = {
    "articles": Takes(0, 0),
    "wikidata": Takes(0, 0),
    "places": Takes(0, 0),
    "twincities": Takes(1, 1),
    "register": Takes(1, None),
}
"""The lists that can be named, and what they take."""


def given(
    words: Sequence[str],
    settings: Settings,
    *,
    live: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> list[Path | Input]:
    """What the words name, and the decisions that are kept; Refused names the way to say it.

    Without a word all that ships. `live` asks Wikidata instead of reading the extract, which
    tells `progress` of pages and bytes.
    """
    from ingest.inputs import named, shipped

    if live and "wikidata" not in words:
        raise Refused("--live goes with wikidata: jamae ingest wikidata --live")
    found: list[Path | Input] = [] if words else [*shipped()]
    for name, files in _grouped(words):
        if name is None:
            found += files
        elif name == "wikidata" and live:
            found.append(_live(settings, progress))
        else:
            found += named(name, *files)
    return [*found, *_kept(settings)]


def _grouped(words: Sequence[str]) -> Iterator[tuple[str | None, list[Path]]]:
    """Each list with its files, and each other path by itself."""
    left = list(words)
    while left:
        word = left.pop(0)
        if word not in NAMES:
            yield None, [Path(word)]
            continue
        _check_name(word)
        files: list[Path] = []
        most = NAMES[word].most
        while left and left[0] not in NAMES and (most is None or len(files) < most):
            files.append(Path(left.pop(0)))
        if len(files) < NAMES[word].least:
            raise Refused(f"{word} is read from a file of yours: jamae ingest {word} FILE")
        yield word, files


def _check_name(word: str) -> None:
    """Refused if a file of that name lies here: it may have been meant."""
    if Path(word).exists():
        raise Refused(
            f"{word} is the name of a list, and a file or folder here has it too: write "
            f"./{word} for that one; for the list, name it from another folder"
        )


def _live(settings: Settings, progress: Callable[[int, int], None] | None) -> Input:
    from functools import partial

    from ingest import sources
    from ingest.inputs import Input, Loaded
    from ingest.sources.wikidata_facts import ADDRESS, LIVE

    address = settings.wikidata or ADDRESS
    folder = (settings.data_home or Path()) / "wikidata"
    read = partial(sources.live().read, folder, _today(), address=address, progress=progress)

    def loaded() -> list[Loaded]:
        reading = read()
        return [Loaded(LIVE.name, reading.record, reading.report)]

    return Input(LIVE.name, loaded)


def _today() -> date:
    from datetime import UTC, datetime

    return datetime.now(UTC).date()


def _kept(settings: Settings) -> Iterator[Path]:
    """The decisions that are applied on every load, where there are any."""
    kept = settings.decisions or (settings.data_home or Path()) / "decisions.yaml"
    if settings.decisions or kept.exists():
        yield kept
