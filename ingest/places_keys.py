"""Names of places as they are compared.

The exact key keeps marks above and below letters, so that Fürth and Furth stay apart; the
folded key drops them. Both ignore case, dots, apostrophes and hyphens, and the blanks of
scripts that need none.
"""

from __future__ import annotations

import re
import unicodedata

from graph.search import folded

_DROPPED = re.compile(r"[.'’‘ʻʼ`´]")
_BLANK = re.compile(r"[\s\-‐‑_]+")
_DENSE_BLANK = re.compile(r"(?<=[぀-鿿가-힣])\s+(?=[぀-鿿가-힣])")


def exact_key(name: str) -> str:
    """The name without what writers vary, its diacritics kept."""
    if name.isascii():
        return name.casefold() if name.isalpha() else _plain(name).casefold()
    return _plain(unicodedata.normalize("NFKC", name)).casefold()


def folded_key(name: str) -> str:
    """The exact key without diacritics: `furth` for Fürth and Furth."""
    return exact_key(name) if name.isascii() else _plain(folded(name))


def _plain(name: str) -> str:
    spaced = _BLANK.sub(" ", _DROPPED.sub("", name)).strip()
    return spaced if spaced.isascii() else _DENSE_BLANK.sub("", spaced)


def script_of(name: str) -> str:
    """`hangul`, `han` or `other`: the script of the name's letters, the first that is found."""
    for mark in name:
        if "가" <= mark <= "힣":
            return "hangul"
        if "぀" <= mark <= "鿿":
            return "han"
        if mark.isalpha():
            return "other"
    return "other"
