"""Files from outside: read with limits, never trusted to be what their names say."""

from __future__ import annotations

import codecs
import os
import re
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.errors import Problem, RecordsInvalid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

SIZE_LIMIT = 5_000_000
"""A larger file is refused unread."""
CURRENCY_FIX = "write the three capital letters that ISO 4217 has for it now, as USD"
_OPEN = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_BREAK = re.compile(rb"\r\n|\r|\n")
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)


@contextmanager
def open_plain(path: Path) -> Iterator[BinaryIO]:
    """A regular file, open for reading; RecordsInvalid if it is none or cannot be read.

    A pipe, device or folder is refused without waiting for it.
    """
    try:
        number = os.open(path, _OPEN)
        if not stat.S_ISREG(os.fstat(number).st_mode):
            os.close(number)
            raise _refused(path, "no-file", "is a folder, pipe or device", "name a plain file")
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or "its name is no file name"
        raise _refused(path, "unreadable", f"cannot be read: {reason}", "check the path") from error
    try:
        with os.fdopen(number, "rb") as handle:
            yield handle
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise _refused(path, "unreadable", message, "check the disk") from error


def read_bytes(path: Path, limit: int = SIZE_LIMIT) -> bytes:
    """The content of a regular file of at most `limit` bytes; RecordsInvalid otherwise.

    A pipe, device or folder is refused without waiting for it.
    """
    with open_plain(path) as handle:
        data = handle.read(limit + 1)
    if len(data) > limit:
        message = f"is larger than {limit:,} bytes"
        raise _refused(path, "too-large", message, "split it into several files")
    return data


def _refused(path: Path, code: str, message: str, fix: str) -> RecordsInvalid:
    return RecordsInvalid([Problem(str(path), 1, 1, code, message, fix)])


def decode(data: bytes, file: str) -> str:
    """The text of UTF-8 bytes, with or without BOM; RecordsInvalid names the first bad byte."""
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _place(data[: error.start])
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        problem = Problem(file, line, column, "encoding", message, "save the file as UTF-8")
        raise RecordsInvalid([problem]) from error
    if found := _CONTROL.search(text):
        line, column = _place(text[: found.start()].encode())
        message = f"the control character U+{ord(found[0]):04X} stands here"
        raise RecordsInvalid([Problem(file, line, column, "control", message, "delete it")])
    return text


def _place(before: bytes) -> tuple[int, int]:
    """Line and column, from 1, of what follows these bytes."""
    lines = _BREAK.split(before)
    return len(lines), len(lines[-1].decode("utf-8", "replace")) + 1


def shown(value: object, width: int = 60) -> str:
    """A value as it may stand in a message: quoted, escaped and short."""
    text = repr(value)
    return text if len(text) <= width else f"{text[: width - 1]}…"
