"""A raw text without what is no article: tags, boilerplate, broken lines, odd forms of letters.

Every character that is left knows its place in the raw text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from ingest.reader.html import is_html, runs
from ingest.reader.text import Cleaned

_Parts = tuple[list[str], list[int], list[int]]

_ONE: dict[str, str] = {
    **dict.fromkeys("～∼〜˜∽", "~"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("․‧・･•ㆍ∙⋅ᆞ‥", "·"),
    **dict.fromkeys("“”„‟″«»「」『』〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛′`´＇", "'"),
    **dict.fromkeys("\u00a0\u3000\u2002\u2003\u2009\u202f\t\u2007\u2008\u200a", " "),
    **dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"),
    "㈜": "㈜",
    "，": ",",
    "、": ",",
    "。": ".",
    "！": "!",
    "？": "?",
    "…": "…",
    "￦": "₩",
}
_GONE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e")
_ODD = re.compile(r"[^\x20-\x7e\n가-힣]")


def clean(raw: str) -> Cleaned:
    """The text to read of a raw text, plain or HTML."""
    parts = _html(raw) if is_html(raw) else _plain(raw)
    return _joined(_single(_composed(parts)))


def _single(parts: _Parts) -> _Parts:
    """Of several blanks side by side only the first."""
    marks, starts, ends = parts
    if "  " not in "".join(marks):
        return parts
    kept = [n for n, mark in enumerate(marks) if mark != " " or n == 0 or marks[n - 1] != " "]
    return [marks[n] for n in kept], [starts[n] for n in kept], [ends[n] for n in kept]


def _html(raw: str) -> _Parts:
    marks: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, told in runs(raw):
        single = len(told) != end - start
        for n, mark in enumerate(told):
            at = start if single else start + n
            _take(marks, starts, ends, mark, at, end if single else at + 1)
    return marks, starts, ends


def _plain(raw: str) -> _Parts:
    if not _ODD.search(raw):
        return list(raw), list(range(len(raw))), list(range(1, len(raw) + 1))
    marks: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for n, mark in enumerate(raw):
        _take(marks, starts, ends, mark, n, n + 1)
    return marks, starts, ends


def _take(
    marks: list[str], starts: list[int], ends: list[int], mark: str, start: int, end: int
) -> None:
    told = mark if " " <= mark <= "~" or "가" <= mark <= "힣" else _one(mark)
    if told:
        marks.append(told)
        starts.append(start)
        ends.append(end)


@cache
def _one(mark: str) -> str:
    """One character in its plain form, or nothing."""
    if mark in _GONE:
        return ""
    if mark in _ONE:
        return _ONE[mark]
    if mark == "\n":
        return mark
    if unicodedata.category(mark) in {"Cc", "Cs", "Co", "Cn"}:
        return " "
    plain = unicodedata.normalize("NFKC", mark)
    return plain if len(plain) == 1 else mark


def _composed(parts: _Parts) -> _Parts:
    """Letters that were taken apart, put together again; a mark too many is dropped."""
    marks, starts, ends = parts
    if unicodedata.is_normalized("NFC", "".join(marks)):
        return parts
    new: _Parts = ([], [], [])
    at = 0
    while at < len(marks):
        stop = at + 1
        while stop < len(marks) and stop - at < 8 and _continues(marks[stop]):
            stop += 1
        for mark in unicodedata.normalize("NFC", "".join(marks[at:stop])):
            new[0].append(mark)
            new[1].append(starts[at])
            new[2].append(ends[stop - 1])
        at = stop
    return new


def _continues(mark: str) -> bool:
    return "\u1160" <= mark <= "\u11ff" or unicodedata.combining(mark) != 0


# ---------------------------------------------------------------- lines

_BOILERPLATE = re.compile(
    r"무단\s?전재|재배포\s?금지|저작권자|copyright|all rights reserved|구독하기|기사\s?제보|"
    r"SNS\s?기사|이 기사를|공유하기|글자\s?크기|프린트|댓글|좋아요|네이버|카카오|페이스북|"
    r"바로가기|로그인|회원가입|기상청|상단으로|맨 위로|랭킹|많이 본|인기\s?기사|관련\s?기사|"
    r"최신\s?기사|승인\s?20|입력\s?20|수정\s?20|기사\s?입력|기사\s?승인|송고\s?시간|조회\s?수|"
    r"^\s*다음\s?글|^\s*이전\s?글|본문\s?듣기|스크랩|문의처|담당\s?부서|담당자\s?:|"
    r"^\s*\S{2,5}\s?기자\s*$|^\s*\S{2,5}\s?기자\s?[\w.]+@|[\w.]+@[\w.]+\s*$",
    re.I,
)
_BULLET = re.compile(r"\s*(?:[▲△▷▶■□◆◇○●◦※☞*\-·•①-⑳]|\d{1,2}[.)]\s|\[|\(|<|〈|《)")
_ENDED = re.compile(r"""(?:[.!?…]|다|요|죠)["')\]}>]*\s*$""")
_RUNS_ON = re.compile(
    r"(?:[,·]|[가-힣](?:은|는|이|가|을|를|의|에|에서|와|과|로|으로|며|고|해|한|된|할|및|등|인|"
    r"도|여))\s*$"
)
_LONG = 18
"""A shorter line is a headline or an item and goes on on no other line."""


def _joined(parts: _Parts) -> Cleaned:
    """Lines that were broken in the middle put together, boilerplate lines left out."""
    marks, starts, ends = parts
    text = "".join(marks)
    kept: list[int] = []
    wrapped = _wrapped(text)
    lines = _lines(text)
    for n, (start, end) in enumerate(lines):
        line = text[start:end]
        if _is_boilerplate(line):
            continue
        kept.extend(range(start, end))
        if end < len(text):
            after = text[slice(*lines[n + 1])] if n + 1 < len(lines) else ""
            goes_on = _goes_on(line, after, wrapped)
            if not (goes_on and _is_cut(line, after)):
                kept.append(-end - 1 if goes_on else end)
    return _picked(marks, starts, ends, kept)


_PARTICLE = re.compile(r"(?:의|을|를|은|는|이|가|에|에서|와|과|로|으로|도|및|만)(?=\s)")


def _is_cut(line: str, after: str) -> bool:
    """Whether a line was broken inside a word: between two figures or before an ending."""
    if line[-1:].isdigit() and after[:1].isdigit():
        return True
    return line[-1:].isalnum() and _PARTICLE.match(after) is not None


def _picked(marks: list[str], starts: list[int], ends: list[int], kept: list[int]) -> Cleaned:
    """The characters that are kept; a negative place is that of a break that becomes a blank."""
    text = "".join(marks[n] if n >= 0 else " " for n in kept)
    places = [n if n >= 0 else -n - 1 for n in kept]
    return Cleaned(text, [starts[n] for n in places], [ends[n] for n in places])


def _lines(text: str) -> list[tuple[int, int]]:
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    return lines


def _is_boilerplate(line: str) -> bool:
    told = line.strip()
    return 0 < len(told) <= 120 and _BOILERPLATE.search(told) is not None and not _sums(told)


def _sums(line: str) -> bool:
    """Whether a line speaks of money or ties, so that a boilerplate word does not drop it."""
    return re.search(r"달러|만\s?불|자매|우호|협약", line) is not None and len(line) > 60


def _wrapped(text: str) -> int:
    """The width at which the lines of a text were broken, 0 if they were not."""
    widths = sorted(len(line.rstrip()) for line in text.split("\n") if line.strip())
    if len(widths) < 5:
        return 0
    lines = [line for line in text.split("\n") if line.strip()]
    ended = sum(_ENDED.search(line) is not None for line in lines)
    if ended * 5 <= len(lines) * 2 and widths[-1] <= 60 and not any(map(_BULLET.match, lines)):
        return 8  # a script for speaking: every line that does not end goes on
    top = widths[-1]
    near = sum(width >= top - 6 for width in widths)
    return top if 20 <= top <= 90 and near * 2 >= len(widths) else 0


def _goes_on(line: str, after: str, wrapped: int) -> bool:
    told = line.rstrip()
    if not told or not after.strip() or _BULLET.match(after) or _ENDED.search(told):
        return False
    if wrapped and len(told) >= wrapped - 8:
        return True
    return len(told) >= _LONG and _RUNS_ON.search(told) is not None
