"""Which names a query fits, and how well, told a second time and plainly.

Names are read letter by letter; Korean is taken apart by Unicode's own decomposition, and
slips are counted with the usual table of edit distances.
"""

import unicodedata
from collections.abc import Iterable

from graph.nodes import Node
from graph.search import names_of, spaced

KINDS = "시군구도현성주"
WIDE = {
    "ᅪ": "ᅩᅡ", "ᅫ": "ᅩᅢ", "ᅬ": "ᅩᅵ", "ᅯ": "ᅮᅥ", "ᅰ": "ᅮᅦ", "ᅱ": "ᅮᅵ", "ᅴ": "ᅳᅵ",
    "ᆨ": "ᄀ", "ᆩ": "ᄁ", "ᆪ": "ᄀᄉ", "ᆫ": "ᄂ", "ᆬ": "ᄂᄌ", "ᆭ": "ᄂᄒ", "ᆮ": "ᄃ", "ᆯ": "ᄅ",
    "ᆰ": "ᄅᄀ", "ᆱ": "ᄅᄆ", "ᆲ": "ᄅᄇ", "ᆳ": "ᄅᄉ", "ᆴ": "ᄅᄐ", "ᆵ": "ᄅᄑ", "ᆶ": "ᄅᄒ", "ᆷ": "ᄆ",
    "ᆸ": "ᄇ", "ᆹ": "ᄇᄉ", "ᆺ": "ᄉ", "ᆻ": "ᄊ", "ᆼ": "ᄋ", "ᆽ": "ᄌ", "ᆾ": "ᄎ", "ᆿ": "ᄏ", "ᇀ": "ᄐ",
    "ᇁ": "ᄑ", "ᇂ": "ᄒ",
}  # fmt: skip


def keys(text: str) -> str:
    """The text as typed on a Korean keyboard."""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))
    return "".join(WIDE.get(mark, mark) for mark in apart)


def lone(mark: str) -> bool:
    """Whether this is a consonant without a vowel."""
    return "ᄀ" <= unicodedata.normalize("NFKC", mark) <= "ᄒ"


def dense(mark: str) -> bool:
    """Whether this is Korean, Chinese or Japanese."""
    return mark.isalnum() and ("぀" <= mark <= "鿿" or "가" <= mark <= "힣")


def rank(query: str, node: Node) -> int | None:
    """The rank of a node for a query; None if its names do not fit."""
    asked, names = spaced(query), [spaced(name) for name in names_of(node)]
    if not all(begun(word, names) for word in asked.split(" ") if short(word)):
        return None
    return min((one for name in names for one in ranks(asked, name)), default=None)


def short(word: str) -> bool:
    """Whether a word is shorter than the parts of words that are indexed."""
    return word.isalnum() and len(word) < (2 if dense(word[0]) else 3)


def begun(word: str, names: Iterable[str]) -> bool:
    """Whether a word of some name begins so."""
    return any(keys(one).startswith(keys(word)) for name in names for one in name.split(" "))


def ranks(asked: str, name: str) -> Iterable[int]:
    """Every rank that a name has for a query."""
    places = [at for at in range(len(name)) if name[at : at + len(asked)] == asked]
    yield from (close(name, at, at + len(asked)) for at in places)
    if asked[:1].isalnum() and all(word in name for word in asked.split(" ")):
        yield 4
    if asked[:1].isalnum():
        ends = ((at, typed_end(asked, name[at:])) for at in range(len(name)))
        yield from (4 + max(1, close(name, at, at + end)) for at, end in ends if end)


def close(name: str, start: int, end: int) -> int:
    """Whether a part is the whole, the beginning, the beginning of a word, or within."""
    if start == 0:
        return 0 if end == len(name) else 1
    return 2 if name[start - 1] == " " else 3


def typed_end(asked: str, name: str) -> int:
    """How much of a name is what may come of a query as it is typed on; 0 if it cannot."""
    before, last, rest = asked[:-1], asked[-1], name[len(asked) - 1 :]
    for one, other in zip(before, name, strict=False):
        if one != other and not (lone(one) and hangul(other) and keys(other)[0] == keys(one)):
            return 0
    if not keys(rest).startswith(keys(last)) or not rest:
        return 0
    if not (lone(last) or hangul(last)):
        return len(asked)
    size = next(n for n in range(1, len(rest) + 1) if len(keys(rest[:n])) >= len(keys(last)))
    return len(before) + size


def hangul(mark: str) -> bool:
    """Whether this is a Korean syllable."""
    return unicodedata.name(mark, "").startswith("HANGUL SYLLABLE")


def guessed(query: str, node: Node) -> int | None:
    """The rank of a node of which a name holds all words of a query, one of them with a slip."""
    asked = spaced(query).split(" ")
    names = [spaced(name).split(" ") for name in names_of(node)]
    if len(asked) > 4 or not asked[0].isalnum():
        return None
    fits = [8 if len(name) == len(asked) else 9 for name in names if slipped(asked, name)]
    return min(fits, default=None)


def slipped(asked: list[str], name: list[str]) -> bool:
    """Whether all words but one are among these, and that one is a slip away from one."""
    return any(
        all(other in name for other in asked[:at] + asked[at + 1 :])
        and any(near(one, two) for part in name for one in cut(word) for two in cut(part))
        for at, word in enumerate(asked)
    )


def cut(word: str) -> list[str]:
    """A word, and without the syllable for what kind of place it is."""
    kind = len(word) > 2 and word[-1] in KINDS and hangul(word[-2])
    return [word, word[:-1]] if kind else [word]


def near(one: str, other: str) -> bool:
    """Whether a query's word, long enough for it, is at most one slip away from another."""
    korean = len(one) > 1 and all(map(hangul, one))
    if len(keys(one)) < 4 or not (korean or not dense(one[0])):
        return False
    return distance(keys(one), keys(other)) <= 1


def distance(one: str, other: str) -> int:
    """The least number of letters inserted, deleted, changed or swapped with the next."""
    table = {(-1, -1): 0}
    table |= {(at, -1): at + 1 for at in range(len(one))}
    table |= {(-1, at): at + 1 for at in range(len(other))}
    for a, mark in enumerate(one):
        for b, letter in enumerate(other):
            ways = [
                table[a - 1, b] + 1,
                table[a, b - 1] + 1,
                table[a - 1, b - 1] + (mark != letter),
            ]
            if a and b and (mark, one[a - 1]) == (other[b - 1], letter):
                ways.append(table[a - 2, b - 2] + 1)
            table[a, b] = min(ways)
    return table[len(one) - 1, len(other) - 1]
