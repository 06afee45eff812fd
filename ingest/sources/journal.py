"""A download in pages that can be broken off: each page a file, listed with its checksum.

The journal is replaced whole after every page. What is listed and intact is not fetched
again; from the first page on that is missing or altered, everything is.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pydantic import ValidationError

from graph.errors import InputInvalid, RecordsInvalid
from graph.values import Frozen
from ingest.files import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

_PAGE_LIMIT = 1_000_000_000
_OLDEST = timedelta(days=7)


class Kept(Frozen):
    """One page: its file's name and the sha256 of its bytes."""

    name: str
    checksum: str
    size: int


class _State(Frozen):
    task: str
    started: date
    complete: bool = False
    pages: tuple[Kept, ...] = ()


@dataclass(slots=True)
class Journal:
    """The pages of one task in one folder. `task` is what they depend on: address, queries."""

    folder: Path
    task: str
    today: date
    _state: _State = field(init=False)
    _next: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """Take up what the folder holds of this task, if it is not complete or too old."""
        self._state = _State(task=self.task, started=self.today)
        found = self._read()
        if found is None or found.task != self.task or found.complete:
            return
        if self.today - _OLDEST <= found.started <= self.today:
            self._state = found

    @property
    def started(self) -> date:
        """The day on which the download began."""
        return self._state.started

    @property
    def size(self) -> int:
        """The bytes of all pages so far."""
        return sum(page.size for page in self._state.pages)

    def kept(self) -> bytes | None:
        """The next page if it is there and intact; else it and all behind it are forgotten."""
        at = self._next
        if at < len(self._state.pages):
            page = self._state.pages[at]
            data = self._intact(page)
            if data is not None:
                self._next += 1
                return data
            self._save(pages=self._state.pages[:at])
        return None

    def keep(self, page: bytes) -> None:
        """Store the next page, safely, and list it."""
        name = f"page-{self._next + 1:05}.json"
        self._write(name, page)
        kept = Kept(name=name, checksum=hashlib.sha256(page).hexdigest(), size=len(page))
        self._save(pages=(*self._state.pages[: self._next], kept))
        self._next += 1

    def forget(self) -> None:
        """Forget the page last given and all behind it."""
        self._next -= 1
        self._save(pages=self._state.pages[: self._next])

    def finish(self) -> None:
        """Note that the download is whole; the next one begins anew."""
        self._save(complete=True, pages=self._state.pages[: self._next])

    def _intact(self, page: Kept) -> bytes | None:
        if "/" in page.name or "\\" in page.name:
            return None
        try:
            data = read_bytes(self.folder / page.name, _PAGE_LIMIT)
        except RecordsInvalid:
            return None
        return data if hashlib.sha256(data).hexdigest() == page.checksum else None

    def _read(self) -> _State | None:
        try:
            return _State.model_validate_json(read_bytes(self.folder / "journal.json"))
        except (RecordsInvalid, ValidationError):
            return None

    def _save(self, **changes: object) -> None:
        self._state = self._state.model_copy(update=changes)
        text = json.dumps(self._state.model_dump(mode="json"), indent=1)
        self._write("journal.json", text.encode())

    def _write(self, name: str, data: bytes) -> None:
        """Write a file whole or not at all; InputInvalid if the folder cannot be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            fresh = self.folder / f"{name}.new"
            with fresh.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.folder / name)
        except OSError as error:
            raise InputInvalid(f"{self.folder} cannot be written: {error.strerror}") from error
