"""The text that is read and the way back to the raw text it was made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Span = tuple[int, int]
Role = Literal["headline", "body", "caption"]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without boilerplate; `starts` and `ends` lead each of its characters back."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def raw(self, span: Span) -> Span:
        """The place in the raw text of a non-empty span of this one."""
        return self.starts[span[0]], self.ends[span[1] - 1]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its place in the cleaned text, and what part of the article it stands in."""

    number: int
    start: int
    end: int
    role: Role
    paragraph: int

    def of(self, text: str) -> str:
        """The words of the sentence."""
        return text[self.start : self.end]
