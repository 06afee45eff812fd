"""The words that only the command line says; the others are those of the pages.

All texts stand in `words/ko.toml` and `words/en.toml`, with the same keys.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from visualize.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

Lang = Literal["ko", "en"]

FOLDER = Path(__file__).with_name("words")


@cache
def texts(lang: Lang) -> dict[str, str]:
    """All texts of the command line in one language, by key."""
    return tomllib.loads((FOLDER / f"{lang}.toml").read_text(encoding="utf-8"))


class Counted(int):
    """A number that takes its noun when formatted: `{n:source/sources}`."""

    def __format__(self, forms: str) -> str:
        one, _, many = forms.partition("/")
        if not many:
            return int.__format__(self, forms)
        return f"{int(self)} {one if self == 1 else many}"


class Said(Words):
    """The words of the pages and of the command line, in one language."""

    def own(self, key: str, **values: object) -> str:
        """A text of the command line, its gaps filled."""
        filled = {
            name: Counted(value) if isinstance(value, int) else value
            for name, value in values.items()
        }
        return texts(self.lang)[key].format(**filled)

    def money(self, amount: Decimal, currency: str, *, approximate: bool | None = False) -> str:
        """As on the pages, with plain blanks: a terminal's lines are searched and copied."""
        return super().money(amount, currency, approximate=approximate).replace("\xa0", " ")

    def heads(self, keys: Iterable[str]) -> list[str]:
        """The headings of a table."""
        return [self.own(key) for key in keys]
