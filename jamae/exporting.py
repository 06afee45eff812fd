"""Writing an export: whole into its file or not at all, and only then to stdout."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from graph.interchange import EXPORT_SECONDS, deals_csv, to_gexf, to_graphml, to_ndjson

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.settings import Lang
    from graph.store import GraphStore, View

_IN_MEMORY = 16_000_000
BOM = "\ufeff"


@dataclass(frozen=True)
class Wanted:
    """What to export, and how."""

    form: str
    lang: Lang
    center: str | None = None
    depth: int = 1
    raw: bool = False


def write_export(store: GraphStore, wanted: Wanted, file: Path | None) -> None:
    """Write one state of the store to a file, replaced at the end, or to stdout."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as made:

        def question(view: View) -> None:
            made.seek(0)  # a store that moved under the question asks it again
            made.truncate()
            made.writelines(_content(view, wanted))

        store.read(question, seconds=EXPORT_SECONDS)
        made.seek(0)
        if file is None:
            sys.stdout.flush()
            shutil.copyfileobj(made, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            _replace(file, made)


def _content(view: View, wanted: Wanted) -> Iterable[bytes]:
    if wanted.form == "ndjson":
        return (f"{line}\n".encode() for line in to_ndjson(view))
    if wanted.form == "csv":
        return (line.encode() for line in deals_csv(view, wanted.lang, raw=wanted.raw))
    if wanted.form == "html":
        return (_page(view, wanted),)
    return (to_graphml(view) if wanted.form == "graphml" else to_gexf(view),)


def _page(view: View, wanted: Wanted) -> bytes:
    from jamae import ask
    from visualize.page import offline_page

    question = ask.neighbours(wanted.center or "", depth=wanted.depth, limit=ask.MAX_RESULTS)
    return offline_page(question(view), lang=wanted.lang).encode()


def _replace(file: Path, made: BinaryIO | tempfile.SpooledTemporaryFile[bytes]) -> None:
    """Put the content in the file's place in one step, safely on the disk."""
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as new:
        try:
            shutil.copyfileobj(made, new)
            new.flush()
            os.fsync(new.fileno())
            Path(new.name).chmod(0o644)
            Path(new.name).replace(file)
        except BaseException:
            Path(new.name).unlink(missing_ok=True)
            raise
