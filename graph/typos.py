"""Names that are one slip of a finger away from a query: a guess, for when nothing else fits.

A slip is one letter too many, missing, wrong, or two neighbours swapped (the optimal string
alignment distance of one); in Korean a letter is one stroke: 땅그랑, 땅그렁.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from graph.hangul import is_syllable, strokes
from graph.search import EDGE, RANKS, Match, edges, is_dense, stems, words

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_LETTERS = 4
"""A shorter word is one letter away from too many."""
MOST_WORDS = 4
"""A longer query is not guessed at."""


class Guess:
    """A text that names are held against: all its words, one of them with a slip."""

    def __init__(self, text: str) -> None:
        self.words = words(text)[: MOST_WORDS + 1]
        self._typed = {word: tuple(_guessable(word)) for word in self.words}
        self._known: dict[tuple[str, str], bool] = {}

    @cached_property
    def alternatives(self) -> tuple[frozenset[str], ...]:
        """The tokens that a node must hold to fit, one set or another; none if none can."""
        if len(self.words) > MOST_WORDS:
            return ()
        sets = {
            frozenset({*slipped, *(edge for other in self._but(at) for edge in edges(other))})
            for at, word in enumerate(self.words)
            for stem in stems(word)
            for slipped in _kept(stem)
        }
        least = (one for one in sets if not any(less < one for less in sets))
        return tuple(sorted(least, key=sorted))

    def _but(self, at: int) -> tuple[str, ...]:
        return self.words[:at] + self.words[at + 1 :]

    def rank(self, names: str) -> int | None:
        """The place in RANKS of the names of a node, `lined`; None if they do not fit."""
        fitting = [len(name) for name in map(str.split, names.split("\n")) if self._fits(name)]
        if not fitting:
            return None
        return RANKS.index(Match.TYPO) + (len(self.words) not in fitting)

    def _fits(self, name: list[str]) -> bool:
        unknown = [word for word in self.words if word not in name]
        if len(unknown) > 1:
            return False
        slipped = unknown or self.words
        return any(self._near(word, other) for word in slipped for other in name)

    def _near(self, word: str, other: str) -> bool:
        """Whether a word of the query is a slip away from one of a name; names share words."""
        if (word, other) not in self._known:
            told = [strokes(stem) for stem in stems(other)]
            near = any(one_slip(typed, one) for typed in self._typed[word] for one in told)
            self._known[word, other] = near
        return self._known[word, other]


def _guessable(word: str) -> Iterator[str]:
    """The strokes of a word and of its stem, if long enough and of letters."""
    for stem in stems(word):
        typed = strokes(stem)
        letters = not is_dense(stem[0]) or (len(stem) > 1 and all(map(is_syllable, stem)))
        if letters and len(typed) >= LEAST_LETTERS:
            yield typed


def _kept(stem: str) -> Iterator[frozenset[str]]:
    """What a word still holds if a slip touched two neighbouring letters of this one."""
    for typed in _guessable(stem):
        for at in range(len(typed) - 1):
            start, end = typed[:at][:EDGE], typed[at + 2 :][::-1][:EDGE]
            yield frozenset([*([f"1{start}*"] if start else []), *([f"3{end}*"] if end else [])])


def one_slip(one: str, other: str) -> bool:
    """Whether two words are alike but for one letter, or two neighbours swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return True
    return (
        one[at + 1 :] == other[at:]
        or one[at:] == other[at + 1 :]
        or one[at + 1 :] == other[at + 1 :]
        or (one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :])
    )
