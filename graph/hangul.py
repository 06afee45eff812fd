"""Korean as it is typed: syllables as strokes, and words that end within a syllable.

A stroke is one letter of the two-set keyboard: 원 is ㅇ ㅜ ㅓ ㄴ. Whoever types 부산 passes
through ㅂ, 부, 붓 and 부사; each of them begins 부산 by strokes, though not by syllables.
"""

from __future__ import annotations

import re

FIRST, LAST = 0xAC00, 0xD7A3
LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TAILS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
CLUSTERS = {
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
"""Two consonants that a keyboard shows as one letter until a vowel follows."""
_DIPHTHONGS = {
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ",
    "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ",
}  # fmt: skip
_KEYS = str.maketrans(CLUSTERS | _DIPHTHONGS)
_ALONE = str.maketrans(
    {chr(0x1100 + at): letter for at, letter in enumerate(LEADS)}
    | {chr(0x1161 + at): letter for at, letter in enumerate(_VOWELS)}
    | {chr(0x11A7 + at): letter for at, letter in enumerate(_TAILS) if letter}
)
_PER_LEAD, _PER_VOWEL = 588, 28


def alone(text: str) -> str:
    """The text with letters outside a syllable as a keyboard writes them: ᄇ (U+1107) as ㅂ."""
    return text.translate(_ALONE)


def is_syllable(mark: str) -> bool:
    """Whether this is one whole syllable, such as 부."""
    return "가" <= mark <= "힣"


def letters(mark: str) -> tuple[str, str, str]:
    """The letters of a syllable: first consonant, vowel, last consonant or nothing."""
    lead, rest = divmod(ord(mark) - FIRST, _PER_LEAD)
    vowel, tail = divmod(rest, _PER_VOWEL)
    return LEADS[lead], _VOWELS[vowel], _TAILS[tail]


class _Typed(dict[int, str]):
    """Each mark as it is typed, made when first met."""

    def __missing__(self, code: int) -> str:
        mark = chr(code)
        typed = "".join(letters(mark)) if is_syllable(mark) else mark
        self[code] = typed = typed.translate(_KEYS)
        return typed


class _Led(dict[int, str]):
    """Each syllable's first consonant, made when first met."""

    def __missing__(self, code: int) -> str:
        mark = chr(code)
        led = letters(mark)[0] if is_syllable(mark) else mark
        self[code] = led = led if led in LEADS else ""
        return led


_TYPED, _LED = _Typed(), _Led()


def strokes(text: str) -> str:
    """The text as it is typed; what is not Korean stays as it is."""
    return text if text.isascii() else text.translate(_TYPED)


def initials(text: str) -> str:
    """Each syllable's first consonant; a consonant alone is its own, all else is left out."""
    return text.translate(_LED)


def parted(text: str) -> str | None:
    """The text with its last consonant set free for a syllable to come: 부ㅅ of 붓, or None."""
    before, last = text[:-1], text[-1:] or " "
    tail = letters(last)[2] if is_syllable(last) else ""
    if not tail:
        return None
    kept, freed = CLUSTERS.get(tail, tail)[:-1], CLUSTERS.get(tail, tail)[-1]
    whole = chr(ord(last) - _TAILS.index(tail) + _TAILS.index(kept))
    return f"{before}{whole}{freed}" if freed in LEADS else None


def pattern(text: str) -> str | None:
    """The expression for all that a text may be or become; None if that is the text itself.

    A consonant alone stands for any syllable that begins with it; the last syllable may
    still gain letters, or give its last consonant to the next.
    """
    before, last = text[:-1], text[-1:]
    made = "".join(map(_any_begun, before)) + _any_continued(last)
    return made if made != re.escape(text) else None


def _any_begun(mark: str) -> str:
    """What a mark within a text stands for."""
    if not mark or mark not in LEADS:
        return re.escape(mark)
    first = FIRST + LEADS.index(mark) * _PER_LEAD
    return f"[{mark}{chr(first)}-{chr(first + _PER_LEAD - 1)}]"


def _any_continued(mark: str) -> str:
    """What the last mark of a text may become by typing on."""
    if not mark or not is_syllable(mark):
        return _any_begun(mark)
    lead, vowel, tail = letters(mark)
    if not tail:
        return f"[{''.join(_ranges(lead, vowel))}]"
    start = ord(mark) - _TAILS.index(tail)
    grown = [mark, *(chr(start + _TAILS.index(c)) for c, two in CLUSTERS.items() if two[0] == tail)]
    ways = [f"[{''.join(grown)}]"]
    if (freed := parted(mark)) is not None:
        ways.append(freed[0] + _any_begun(freed[1]))
    return f"(?:{'|'.join(ways)})"


def _ranges(lead: str, vowel: str) -> list[str]:
    """The syllables that begin with these two letters, or with a vowel that grows from it."""
    grown = [vowel, *(v for v, two in _DIPHTHONGS.items() if two[0] == vowel)]
    starts = [FIRST + LEADS.index(lead) * _PER_LEAD + _VOWELS.index(v) * _PER_VOWEL for v in grown]
    return [f"{chr(start)}-{chr(start + _PER_VOWEL - 1)}" for start in starts]
