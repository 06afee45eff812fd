"""Names as they are searched: tokens to find them by, and the ranking of what was found.

Both are ours and the same on every store. Tokens are runs of lower-case letters and
digits that a node must hold to fit a query; whether it fits, and how well, is told by its
names. Of each word in a name a node holds

* every pair of letters for Korean, Chinese and Japanese, every triple for other scripts;
* for Korean, written by strokes (`graph.hangul`), the pairs of first consonants too;
* its beginning (`1`, five letters) and its end (`3`, five letters read backwards);

and of each name its outline (`0`): its beginning and how many letters it has.

A store is asked for alternatives, each a set of tokens that must all be held; a token
with a `*` behind is the beginning of one.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from graph.hangul import CLUSTERS, LEADS, alone, initials, is_syllable, parted, pattern, strokes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from graph.nodes import Node

EDGE = 5
"""Letters of a word's beginning and end that are kept as a token."""
_WORD = re.compile(r"[^\W_]+")
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_APART = str.maketrans(CLUSTERS)


class Match(StrEnum):
    """How a query fits a name, best first."""

    KEY = "key"
    WHOLE = "whole"
    BEGINNING = "beginning"
    WORD = "word"
    PART = "part"
    WORDS = "words"
    TYPED = "typed"
    TYPO = "typo"


RANKS = (
    Match.WHOLE,
    Match.BEGINNING,
    Match.WORD,
    Match.PART,
    Match.WORDS,
    *(Match.TYPED,) * 3,
    *(Match.TYPO,) * 2,
)
"""What each rank says. A typed fit begins the name, or a word, or is a part: whoever types ㅂㅅ
means 부산광역시 no less than 바사. A guess is the whole name, or words of it."""
_PART, _WORDS, _TYPED = (RANKS.index(one) for one in (Match.PART, Match.WORDS, Match.TYPED))


def folded(text: str) -> str:
    """The text as it is compared: NFKC, case folded, without marks above or below letters."""
    if text.isascii():
        return text.casefold().strip()
    wide = unicodedata.normalize("NFKC", text.translate(_APART)).casefold().translate(_PLAIN)
    bare = (mark for mark in unicodedata.normalize("NFD", wide) if not unicodedata.combining(mark))
    return alone(unicodedata.normalize("NFC", "".join(bare))).strip()


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[str, ...]:
    """The words of a name in compared form, cut where the script changes."""
    return tuple(run for word in _WORD.findall(folded(text)) for run in _runs(word))


def _runs(word: str) -> Iterator[str]:
    if word.isascii():
        yield word
        return
    for _, marks in groupby(word, key=is_dense):
        yield "".join(marks)


def is_dense(mark: str) -> bool:
    """Whether one letter of the script says as much as a syllable or a word."""
    return "぀" <= mark <= "鿿" or "가" <= mark <= "힣"


def spaced(text: str) -> str:
    """A name as its fit is told: its words with a blank between, or its marks if it has none."""
    return " ".join(words(text)) or " ".join(folded(text).split()) or text.strip()


def names_of(node: Node) -> list[str]:
    """Everything the node is called: names, spellings, and a source's title."""
    title = getattr(node, "title", None)
    return [*node.names.values(), *node.spellings, *([title] if title else [])]


def names_text(node: Node) -> str:
    """All names of a node as their fit is told, a line each."""
    return lined(names_of(node))


def lined(names: Iterable[str]) -> str:
    """Names as their fit is told, each once, with the end of a line before and behind each."""
    return "\n".join(["", *dict.fromkeys(map(spaced, names)), ""])


# What a node is found by.


def tokens(node: Node) -> frozenset[str]:
    """The tokens that a node is found by."""
    return frozenset(token for name in names_of(node) for token in _stored(name))


def _stored(name: str) -> Iterator[str]:
    found = words(name)
    for word in found:
        yield from _pieces(word)
        yield f"1{strokes(word)[:EDGE]}"
        for stem in stems(word):
            yield f"3{strokes(stem)[::-1][:EDGE]}"
    yield from [_outline(found)] if found else _marks(folded(name) or name)


def _pieces(word: str) -> Iterator[str]:
    size = 2 if is_dense(word[0]) else 3
    for at in range(len(word) - size + 1):
        piece = word[at : at + size]
        yield strokes(piece)
        if size == 2 and len(led := initials(piece)) == 2:
            yield led


def _outline(found: Sequence[str]) -> str:
    """A token that few names share but those that are wholly alike: how it begins, how long."""
    typed = strokes("".join(found))
    return f"0{typed[:EDGE]}{len(typed)}"


def _marks(name: str) -> Iterable[str]:
    """A name of punctuation alone is found by its characters' numbers."""
    return (f"u{ord(mark):x}" for mark in set(name) if not mark.isspace())


def stems(word: str) -> tuple[str, ...]:
    """A word, and a Korean one without the syllable for its kind: 수원시, 수원."""
    bare = len(word) > 2 and word[-1] in "시군구도현성주" and is_syllable(word[-2])
    return (word, word[:-1]) if bare else (word,)


def is_token(text: str) -> bool:
    """Whether this can be a token or the beginning of one: no word of an index's language can."""
    bare = text.removesuffix("*")
    return bare.isalnum() and bare == bare.casefold()


def askable(alternatives: Collection[Collection[str]]) -> list[list[str]]:
    """The alternatives that a store can be asked for, in a stable order."""
    return sorted(sorted(set(one)) for one in alternatives if one and all(map(is_token, one)))


# What a query asks for.


class Query:
    """A text that names are held against: what they must hold, and how well they fit."""

    def __init__(self, text: str) -> None:
        self.asked = spaced(text)
        self.words = words(text)
        self._ways = tuple(enumerate((f"\n{self.asked}\n", f"\n{self.asked}", f" {self.asked}")))
        loose = pattern(self.asked) if self.words else None
        self._loose = [re.compile(f"{led}{loose}") for led in ("\n", " ", "") if loose]

    @property
    def alternatives(self) -> tuple[frozenset[str], ...]:
        """The tokens that a node must hold to fit, one set or the other."""
        if not self.words:
            return (frozenset(_marks(self.asked)),)
        *before, last = self.words
        held = {token for word in before for token in _held(word)}
        ways = [last, parted(last) if len(last) > 1 else None]
        return tuple(frozenset({*held, *_held(way, ends=True)}) for way in ways if way)

    @property
    def whole(self) -> tuple[frozenset[str], ...]:
        """The tokens that a node must hold to be called exactly so."""
        outline = {_outline(self.words)} if self.words else set()
        return (self.alternatives[0] | outline,)

    def rank(self, names: str) -> int | None:
        """The place in RANKS of the names of a node, `lined`; None if they do not fit."""
        if self.asked in names:
            return next((rank for rank, way in self._ways if way in names), _PART)
        if self.words and self._in_some_order(names):
            return _WORDS
        if self._loose and self._loose[-1].search(names):
            return _TYPED + next(n for n, form in enumerate(self._loose) if form.search(names))
        return None

    def _in_some_order(self, names: str) -> bool:
        if not all(word in names for word in self.words):
            return False
        return any(all(word in name for word in self.words) for name in names.split("\n"))


def _held(word: str, *, ends: bool = False) -> Iterator[str]:
    """What a node holds that has this in a word; if it ends a query, it may be unfinished."""
    size = 2 if is_dense(word[0]) else 3
    if len(word) < size:
        yield f"1{strokes(word)[:EDGE]}*"
        return
    for at in range(len(word) - size + 1):
        piece = word[at : at + size]
        open_ended = ends and size == 2 and at == len(word) - size
        if not any(mark in LEADS for mark in piece):
            yield strokes(piece) + "*" * open_ended
        elif piece[0] in LEADS and len(led := initials(piece)) == size:
            yield led
        else:
            yield f"{strokes(piece[0])}{initials(piece[1])}*"


def edges(word: str) -> tuple[str, str]:
    """The beginning and the end of a word as tokens."""
    typed = strokes(word)
    return f"1{typed[:EDGE]}", f"3{typed[::-1][:EDGE]}"
