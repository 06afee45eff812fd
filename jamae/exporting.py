"""Writing an export: whole into its file or not at all, and only then to stdout."""

from __future__ import annotations

import io
import os
import shlex
import shutil
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from graph.interchange import EXPORT_SECONDS, deals_csv, to_gexf, to_graphml, to_ndjson
from jamae.failures import Failed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    """Write one state of the store to a file, replaced at the end, or to stdout.

    Failed, before anything is asked, if the file cannot be one.
    """
    if file is not None:
        _check(file)
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
            with _told(file):
                _write(file, made)


def write_whole(file: Path, data: bytes) -> None:
    """Put bytes into a file, all or nothing; Failed with what to do if it cannot be written."""
    _check(file)
    with _told(file):
        _write(file, io.BytesIO(data))


def write_import_files(store: GraphStore, folder: Path) -> str:
    """Write the files for Neo4j's own importer into a new folder; the command to run in it."""
    from graph.neo4j_import import command, write_import

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Failed(f"{folder} is there already; name a new folder, or an empty one")
    with _told(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as made:

            def question(view: View) -> tuple[str, ...]:
                inner = Path(made, "files")
                shutil.rmtree(inner, ignore_errors=True)  # a store that moved is asked again
                inner.mkdir()
                return write_import(view, inner)

            arguments = store.read(question, seconds=EXPORT_SECONDS)
            Path(made, "files").replace(folder)
    return f"cd {shlex.quote(str(folder))} && {command(arguments)}"


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


def _check(file: Path) -> None:
    """Failed with what to do if no file of this name can be written."""
    if file.is_dir():
        raise Failed(f"{file} is a folder; name a file in it, such as {file / 'graph.ndjson'}")
    if not file.parent.is_dir():
        raise Failed(f"{file} cannot be written: there is no folder {file.parent}; make it first")


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Name the file that was asked for, never the one that stands in for it."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise Failed(
            f"{file} cannot be written: {reason}; name a file that you may write, "
            "on a disk with room"
        ) from error


def _write(file: Path, made: BinaryIO | tempfile.SpooledTemporaryFile[bytes]) -> None:
    """Replace a file; what is none, such as a device or a pipe, is written to as it is."""
    if file.exists() and not file.is_file():
        with file.open("wb") as device:
            shutil.copyfileobj(made, device)
    else:
        _replace(file.resolve(), made)


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
