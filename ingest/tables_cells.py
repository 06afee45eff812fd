"""The cells of a CSV text (RFC 4180), each with the line and column where it begins.

Lines are physical ones, as an editor counts them: a line break inside quotes begins a
new line too. A quotation mark inside an unquoted cell is an ordinary character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.record_entries import Faults

COLUMN_LIMIT = 300
ROW_LIMIT = 20_000
_EMPTY_LIMIT = 10 * ROW_LIMIT
_BREAK = re.compile(r"\r\n|\r|\n")
_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_EXCEL_TEXT = re.compile(r'="((?:[^"]|"")*)"')
_GUARDED = re.compile(r"'[=+\-@\t\r\0]")


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell without its quotes, and where it begins, counted from 1."""

    text: str
    line: int
    column: int

    @property
    def spot(self) -> tuple[int, int]:
        """Line and column."""
        return self.line, self.column

    @property
    def content(self) -> str:
        """What a person meant: without `="…"`, our guard `'` before a formula, outer blanks."""
        text = self.text.strip()
        if excel := _EXCEL_TEXT.fullmatch(text):
            return excel[1].replace('""', '"').strip()
        return text[1:].strip() if _GUARDED.match(text) else text


def cells(text: str, separator: str, faults: Faults) -> Iterator[list[Cell]]:
    """The header and at most ROW_LIMIT rows of a text, empty ones left out.

    Too many cells or rows are noted, and wrong quotation marks, whose rows are left out
    too. The last cell of
    each row stands for its end and is empty.
    """
    scanner = _Scanner(text, separator, faults)
    filled = empty = 0
    while scanner.next_row():
        row = scanner.row()
        if scanner.torn:
            continue
        if any(cell.content for cell in row):
            filled += 1
            if filled <= ROW_LIMIT + 1:
                yield row
        else:
            empty += 1
        if filled > ROW_LIMIT + 1 or empty > _EMPTY_LIMIT:
            message = f"a table has at most {ROW_LIMIT:,} rows"
            faults.say(row[0].spot, "too-large", message, "load it in parts")
            return


class _Scanner:
    def __init__(self, text: str, separator: str, faults: Faults) -> None:
        self.text, self.separator, self.faults = text, separator, faults
        mark = re.escape(separator)
        self.plain = re.compile(f"[^{mark}\r\n]*+")
        self.blank = re.compile(f"(?:[{mark} \t]*+(?:\r\n|\r|\n))++")
        self.at, self.line, self.line_start = 0, 1, 0
        self.torn = False
        """Whether the row read last has a wrong quotation mark, so that its cells are unsure."""

    def next_row(self) -> bool:
        """Pass over empty rows; whether there is a row behind them."""
        if empty := self.blank.match(self.text, self.at):
            self._pass(empty.end())
        return self.at < len(self.text)

    def row(self) -> list[Cell]:
        self.torn = False
        row = [self._cell()]
        while self.text.startswith(self.separator, self.at):
            self.at += len(self.separator)
            if len(row) == COLUMN_LIMIT:
                message = f"there are more than {COLUMN_LIMIT} cells in this row"
                self.faults.say(self._here("").spot, "too-wide", message, "delete the others")
                self._pass(self._line_end())
                break
            row.append(self._cell())
        row.append(self._here(""))
        if end := _BREAK.match(self.text, self.at):
            self._pass(end.end())
        return row

    def _cell(self) -> Cell:
        if self.text.startswith('"', self.at):
            return self._quoted()
        end = self._plain_end()
        cell = self._here(self.text[self.at : end])
        self.at = end
        return cell

    def _quoted(self) -> Cell:
        found = _QUOTED.match(self.text, self.at)
        cell = self._here(found[1].replace('""', '"') if found else "")
        if found is None:
            message = "a quotation mark opens here and never closes"
            self.faults.say(cell.spot, "quote", message, 'add the closing "')
            self.at, self.torn = len(self.text), True
            return cell
        self._pass(found.end())
        if (end := self._plain_end()) > self.at:
            message = "text follows a closing quotation mark"
            fix = 'double each " inside a quoted cell'
            self.faults.say(self._here("").spot, "quote", message, fix)
            self.at, self.torn = end, True
        return cell

    def _plain_end(self) -> int:
        found = self.plain.match(self.text, self.at)
        return found.end() if found else self.at

    def _line_end(self) -> int:
        found = _BREAK.search(self.text, self.at)
        return found.start() if found else len(self.text)

    def _here(self, text: str) -> Cell:
        return Cell(text, self.line, self.at - self.line_start + 1)

    def _pass(self, end: int) -> None:
        """Go on to `end`, counting the line breaks on the way."""
        passed = self.text[self.at : end]
        breaks = passed.count("\n") + passed.count("\r") - passed.count("\r\n")
        if breaks:
            self.line += breaks
            self.line_start = self.at + max(passed.rfind("\n"), passed.rfind("\r")) + 1
        self.at = end
