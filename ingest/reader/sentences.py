"""Sentences of a cleaned text, each once: headline, body and captions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.reader.text import Role, Sentence

if TYPE_CHECKING:
    from ingest.reader.text import Cleaned

_STOP = re.compile(r"""(?<![0-9A-Za-z][.])(?:[.!?](?=["')\]]{0,2}(?:\s|$|[가-힣"'\[(○◇■▲△▷])))""")
_PART = re.compile(r"[^\n]+")
_QUOTED = re.compile(r'"[^"\n]{1,600}"')
_CAPTION = re.compile(
    r"^\s*[▲△▶▷◀◁]|(?:모습|장면|기념\s?촬영|사진)[^가-힣]{0,12}$|"
    r"[/|(<\[]?\s?(?:사진|제공|ⓒ|©)\s?[=:/]?\s?\S{0,20}\s*$|기념\s?촬영을 하고 있다|사진을 "
    r"찍고 있다"
)
_ENDS = re.compile(r"""(?:다|요|음|임|함|됨)\s*[.!]?["')\]]*\s*$|[.!?]["')\]]*\s*$""")
_LETTERS = re.compile(r"[^0-9A-Za-z가-힣]+")
_LONGEST = 1500


def sentences(cleaned: Cleaned) -> tuple[Sentence, ...]:
    """The sentences in order; one that is printed again, whole or as the start, is dropped."""
    found: list[Sentence] = []
    seen: set[str] = set()
    headline = True
    for paragraph, line in enumerate(_PART.finditer(cleaned.text)):
        role = _role(line[0], headline=headline, first=paragraph == 0)
        headline = headline and role == "headline"
        for start, end in _split(cleaned.text, line.start(), line.end()):
            key = _LETTERS.sub("", cleaned.text[start:end])
            if key and not _told(key, seen):
                found.append(Sentence(len(found), start, end, role, paragraph))
    return tuple(found)


def _told(key: str, seen: set[str]) -> bool:
    """Whether a sentence was told before, word for word or in its first sixty letters."""
    marks = {key} if len(key) < 60 else {key, key[:60]}
    known = not marks.isdisjoint(seen)
    seen |= marks
    return known


_SUBHEAD = re.compile(r"\s*[■□◆◇●○▣▶]\s?[^\n]{4,70}$")


def _role(line: str, *, headline: bool, first: bool) -> Role:
    if _SUBHEAD.match(line) and not _ENDS.search(line):
        return "headline"
    if _CAPTION.search(line) and not re.search(r"^\s*[▲△▷▶][^\n]{0,40}(?:달러|불|원)", line):
        return "caption"
    spoken = first and len(line) <= 50 and line.rstrip()[-1:] == "다"
    silent = len(line) <= 90 and not _STOP.search(line)
    if headline and silent and (spoken or not _ENDS.search(line)):
        return "headline"
    return "body"


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a line; a full stop in quotes ends none."""
    quoted = [found.span() for found in _QUOTED.finditer(text, start, end)]
    parts, at, n = [], start, 0
    for stop in _STOP.finditer(text, start, end):
        while n < len(quoted) and quoted[n][1] <= stop.start():
            n += 1
        if n < len(quoted) and quoted[n][0] < stop.start():
            continue
        parts.append((at, stop.start()))
        at = stop.end()
    parts.append((at, end))
    return [trimmed for part in parts for trimmed in _trimmed(text, *part)]


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    while start < end and text[start] in " .!?":
        start += 1
    while end > start and text[end - 1] in " .!?":
        end -= 1
    cut = min(end, start + _LONGEST)
    return [(start, cut)] if cut > start else []
