"""Names as they are searched: tokens to find them by, and the ranking of what was found.

Both are ours and the same on every store. A token is a run of lower-case letters and
digits: pairs of letters for Korean, Chinese and Japanese, triples for other scripts, and
the first one or two letters of each word.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.nodes import Node

_WORD = re.compile(r"[^\W_]+")
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


def folded(text: str) -> str:
    """The text as it is compared: NFKC, case folded, without marks above or below letters."""
    wide = unicodedata.normalize("NFKC", text).casefold().translate(_PLAIN)
    bare = (mark for mark in unicodedata.normalize("NFD", wide) if not unicodedata.combining(mark))
    return unicodedata.normalize("NFC", "".join(bare)).strip()


def words(text: str) -> list[str]:
    """The words of a name in compared form, cut where the script changes."""
    return [run for word in _WORD.findall(folded(text)) for run in _runs(word)]


def _runs(word: str) -> Iterator[str]:
    for _, marks in groupby(word, key=_is_dense):
        yield "".join(marks)


def _is_dense(mark: str) -> bool:
    """Whether one letter of the script says as much as a syllable or a word."""
    return "぀" <= mark <= "鿿" or "가" <= mark <= "힣" or "ㄱ" <= mark <= "ㆎ"


def names_of(node: Node) -> list[str]:
    """Everything the node is called: names, spellings, and a source's title."""
    title = getattr(node, "title", None)
    return [*node.names.values(), *node.spellings, *([title] if title else [])]


def tokens(node: Node) -> frozenset[str]:
    """The tokens that a node is found by."""
    return frozenset(token for name in names_of(node) for token in _stored(name))


def _stored(name: str) -> Iterator[str]:
    found = words(name)
    for word in found:
        yield from _pieces(word)
        yield "1" + word[0]
        if len(word) > 1:
            yield "2" + word[:2]
    if not found:
        yield from _marks(folded(name) or name)


def _pieces(word: str) -> Iterable[str]:
    size = 2 if _is_dense(word[0]) else 3
    return (word[at : at + size] for at in range(max(1, len(word) - size + 1)))


def _marks(name: str) -> Iterable[str]:
    """A name of punctuation alone is found by its characters' numbers."""
    return (f"u{ord(mark):x}" for mark in set(name) if not mark.isspace())


def is_token(text: str) -> bool:
    """Whether this can be a token: no word of a text index's own language can."""
    return text.isalnum() and text == text.lower()


def query_tokens(query: str) -> frozenset[str]:
    """The tokens that a node must hold to answer a query; empty if nothing is asked."""
    asked = words(query)
    if not asked:
        return frozenset(_marks(folded(query) or query))
    return frozenset(token for word in asked for token in _asked(word))


def _asked(word: str) -> Iterable[str]:
    size = 2 if _is_dense(word[0]) else 3
    return _pieces(word) if len(word) >= size else (f"{len(word)}{word}",)


def match(query: str, node: Node) -> tuple[int, str] | None:
    """How well a node answers a query, 0 best, and the name that did; None if not at all.

    0 the whole name, 1 its beginning, 2 the beginning of a word, 3 any part, 4 all the
    words in some order.
    """
    asked = folded(query)
    graded = ((_closeness(asked, folded(name)), name) for name in names_of(node))
    return min(((grade, name) for grade, name in graded if grade is not None), default=None)


def _closeness(asked: str, name: str) -> int | None:
    if asked == name or (_bare(asked) and _bare(asked) == _bare(name)):
        return 0
    if name.startswith(asked):
        return 1
    if re.search(rf"(?<!\w){re.escape(asked)}", name):
        return 2
    if asked in name or (_bare(asked) and _bare(asked) in _bare(name)):
        return 3
    return 4 if all(word in name for word in words(asked)) and words(asked) else None


def _bare(text: str) -> str:
    return "".join(_WORD.findall(text))
