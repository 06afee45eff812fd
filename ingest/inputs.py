"""What can be loaded: a path, or a list by its name, and what reads it.

A path is a record or a decisions file (`.yaml`, `.yml`), an export of claims (`.ndjson`), a
register (`.csv`, `.tsv`, `.xlsx`) with its metadata beside it, or a folder of these or of CSV
tables. The names are those of `ingest.sources.SOURCES`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import Problem, RecordsInvalid
from ingest import sources
from ingest.exported import read_ndjson
from ingest.files import read_bytes
from ingest.places_rulings import NO_RULINGS, Rulings
from ingest.records import SHIPPED, Record, record_in
from ingest.sources.register_meta import META_ENDING, sidecar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ingest.sources import Reading, SourceReport
    from ingest.spans import Part

    Progress = Callable[[int, int, str], None]
    """Told how many claims, or bytes while a file is read, are done, of how many, and of what."""

RECORD_ENDINGS = frozenset({".yaml", ".yml"})
EXPORT_ENDINGS = frozenset({".ndjson"})
REGISTER_ENDINGS = frozenset({".csv", ".tsv", ".xlsx"})
_KINDS = (
    "name a record or decisions file (.yaml), an export (.ndjson), a register (.csv, .tsv, .xlsx) "
    "with its .source.yaml beside it, or a folder of these or of CSV tables"
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one source says, and the file, folder or list that it was read from.

    `report` tells how the rows of a list were read, `rulings` what a decisions file decides.
    """

    file: str
    record: Record | Part
    report: SourceReport | None = None
    rulings: Rulings = NO_RULINGS


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to load: what it is called, and how it is read.

    `read` raises RecordsInvalid with all that is wrong with it.
    """

    name: str
    read: Callable[[], Sequence[Loaded]]


def shipped() -> tuple[Input, ...]:
    """Everything that comes with the product: the curated records, the extract, the names."""
    return (*named("articles"), *named("wikidata"), *named("places"))


def named(name: str, *paths: Path) -> tuple[Input, ...]:
    """A list by its name; those that do not ship are read from the paths."""
    if name == "articles":
        return tuple(inputs((SHIPPED,)))
    if name == "twincities":
        return tuple(Input(str(p), partial(_of_list, sources.twincities.read, p)) for p in paths)
    if name == "register":
        return tuple(Input(str(path), partial(_of_register, path)) for path in paths)
    reader = {"wikidata": sources.wikidata.read, "places": sources.placenames.read}[name]
    return (Input(name, lambda: [_read(name, reader())]),)


def inputs(given: Sequence[Path | Input], progress: Progress | None = None) -> Iterator[Input]:
    """Each file, folder of tables or list once; `progress` is told how far a file is read."""
    seen: set[Path] = set()
    for one in given:
        if isinstance(one, Input):
            yield one
            continue
        for found in (list(_within(one)) if one.is_dir() else []) or [one]:
            real = found.resolve()
            if real not in seen:
                seen.add(real)
                yield Input(str(found), partial(_reader(found, progress), found))


def _within(folder: Path) -> Iterator[Path]:
    """The files of a folder and the folders in it, by name; a folder of tables is one."""
    if _is_tables(folder):
        yield folder
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _within(path)
        elif _is_wanted(path):
            yield path


def _is_wanted(path: Path) -> bool:
    """Whether a file in a folder is one to load; metadata are read with their register."""
    ending = path.suffix.lower()
    if ending in REGISTER_ENDINGS:
        return sidecar(path).exists()
    if path.name.endswith(META_ENDING):
        return not any(path.with_name(name).exists() for name in _registers_of(path))
    return ending in RECORD_ENDINGS | EXPORT_ENDINGS


def _registers_of(meta: Path) -> list[str]:
    return [meta.name.removesuffix(META_ENDING) + ending for ending in sorted(REGISTER_ENDINGS)]


def _reader(path: Path, progress: Progress | None) -> Callable[[Path], Sequence[Loaded]]:
    ending = path.suffix.lower()
    if path.is_dir():
        return _of_tables if _is_tables(path) else _refuse_folder
    if path.name.endswith(META_ENDING):
        return _refuse_meta
    if ending in RECORD_ENDINGS:
        return _of_yaml
    if ending in EXPORT_ENDINGS:
        return partial(_of_export, progress)
    if ending in REGISTER_ENDINGS and sidecar(path).exists():
        return _of_register
    return _refuse_file


# ---------------------------------------------------------------- what reads them


def _of_yaml(path: Path) -> Sequence[Loaded]:
    from ingest.decisions import decisions_in, is_decisions
    from ingest.yaml_marks import read_yaml

    file = str(path)
    root = read_yaml(read_bytes(path), file)
    if is_decisions(root):
        made = decisions_in(root, file)
        return [Loaded(file, made.record, rulings=made.rulings)]
    return [Loaded(file, record_in(root, file))]


def _of_export(progress: Progress | None, path: Path) -> Sequence[Loaded]:
    def told(done: int) -> None:
        if progress:
            progress(done, path.stat().st_size, str(path))

    return [Loaded(str(path), part) for part in read_ndjson(path, told)]


def _of_tables(folder: Path) -> Sequence[Loaded]:
    from ingest.tables import read_tables

    return [Loaded(str(folder), record) for record in read_tables(folder)]


def _of_list(reader: Callable[[Path], Reading], path: Path) -> Sequence[Loaded]:
    return [_read(str(path), reader(path))]


def _of_register(path: Path) -> Sequence[Loaded]:
    if not path.exists():
        return _refuse_file(path)
    if path.is_file() and not sidecar(path).exists():
        message = f"it does not say who published it: there is no {sidecar(path).name} beside it"
        fix = "write that file: id, title, publisher, published, home (docs/sources.md)"
        raise RecordsInvalid([Problem(str(path), 1, 1, "no-metadata", message, fix)])
    return _of_list(sources.register.read, path)


def _read(file: str, reading: Reading) -> Loaded:
    return Loaded(file, reading.record, reading.report)


def _is_tables(folder: Path) -> bool:
    from ingest.tables import is_tables

    return is_tables(folder)


# ---------------------------------------------------------------- what cannot be read


def _refuse_folder(folder: Path) -> Sequence[Loaded]:
    message = "the folder holds nothing that can be loaded"
    raise RecordsInvalid([Problem(str(folder), 1, 1, "empty-folder", message, _KINDS)])


def _refuse_meta(path: Path) -> Sequence[Loaded]:
    message = f"there is no register beside it: {' or '.join(_registers_of(path))}"
    fix = "give both one name, or take the file away"
    raise RecordsInvalid([Problem(str(path), 1, 1, "no-register", message, fix)])


def _refuse_file(path: Path) -> Sequence[Loaded]:
    if not path.exists():
        raise RecordsInvalid([Problem(str(path), 1, 1, "no-file", "does not exist", _KINDS)])
    fix = _KINDS
    if path.suffix.lower() == ".csv":
        fix = (
            "name the folder, if it is one of several tables; a list: `twincities FILE`, or "
            f"a register with {sidecar(path).name} beside it"
        )
    raise RecordsInvalid([Problem(str(path), 1, 1, "kind", "is no kind of file to load", fix)])
