"""Article files: which there are under a path, and their text as it was saved."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from graph.errors import Problem, RecordsInvalid
from ingest.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ENDINGS = frozenset({".txt", ".html", ".htm", ".md"})


def article_files(paths: Iterable[Path]) -> list[Path]:
    """The files that are named and those in the folders that are, by name, each once.

    In a folder only texts and pages count, hidden ones and links to folders excepted.
    RecordsInvalid if a path is not there or a folder holds none.
    """
    found: dict[Path, None] = {}
    for path in paths:
        inside = _inside(path) if path.is_dir() else [path]
        if not inside:
            raise _refused(path, "no-article", "holds no .txt or .html file", "name another folder")
        found.update(dict.fromkeys(inside))
    return list(found)


def _inside(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in ENDINGS
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def read_article(path: Path) -> str:
    """The text of an article in UTF-8, UTF-16 with BOM or CP949, its line ends as they are.

    RecordsInvalid if the file cannot be read or is no such text.
    """
    data = read_bytes(path)
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    fix = "save the file as UTF-8"
    raise _refused(path, "encoding", "is neither UTF-8 nor CP949 text", fix)


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8-sig", "cp949")


def _refused(path: Path, code: str, message: str, fix: str) -> RecordsInvalid:
    return RecordsInvalid([Problem(str(path), 1, 1, code, message, fix)])
