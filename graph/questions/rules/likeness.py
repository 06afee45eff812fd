"""Names that may be one name: the same without marks, blanks and legal forms, or nearly so."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from graph.search import folded, names_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.nodes import Node

_ABROAD = ("gmbh", "ag", "sa", "srl", "pt", "tbk", "jsc", "kk", "bv", "nv", "pty", "sdn", "bhd")
_LEGAL = frozenset(
    ("co", "company", "corp", "corporation", "inc", "limited", "llc", "llp", "ltd", "plc", *_ABROAD)
)
_KOREAN_LEGAL = re.compile(
    r"주식회사|유한회사|유한책임회사|합자회사|농업회사법인|영농조합법인|㈜|\(주\)|\(유\)"
)
_KIND = re.compile(r"\([a-zà-ÿ]")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiouyw]+")
_LATIN = re.compile(r"[a-z]+")
_ALIKE = 0.8
_LEAST = 5


@lru_cache(maxsize=65_536)
def bare(name: str) -> str:
    """A name without marks, case, blanks and punctuation; empty of a name of signs alone."""
    return "".join(filter(str.isalnum, folded(name)))


def bare_firm(name: str) -> str:
    """The same without the legal form: `그린존(주)` and `주식회사 그린존` are one."""
    found = [word for word in words(_KOREAN_LEGAL.sub(" ", name)) if word not in _LEGAL]
    return "".join(found)


def latin_names(node: Node) -> Iterator[str]:
    """What a node is called in Latin letters, without marks and blanks; brackets left out."""
    for name in names_of(node):
        found = bare(name.partition("(")[0])
        if _LATIN.fullmatch(found):
            yield found


def qualified(node: Node) -> bool:
    """Whether a name says in brackets of what other kind it is: `Tarnów (rural gmina)`.

    A place in brackets, `Köthen (Anhalt)`, only tells where.
    """
    return any(_KIND.search(name) for name in node.names.values())


def skeleton(latin: str) -> str:
    """The consonants of a name, doubled ones once: `chngj` of Cheongju and Chongju."""
    return latin[:1] + _DOUBLED.sub(r"\1", _VOWELS.sub("", latin[1:]))


def contradict(one: Node, other: Node) -> bool:
    """Whether two are called differently in a language in which both have a name."""
    shared = one.names.keys() & other.names.keys()
    ends = ((bare_firm(one.names[code]), bare_firm(other.names[code])) for code in shared)
    return any(not alike(here, there) for here, there in ends)


def alike(one: str, other: str) -> bool:
    """Whether two bare names may be spellings of one: equal, or four fifths alike.

    Short names must be equal: a letter more or less makes them another name.
    """
    if one == other:
        return True
    if min(len(one), len(other)) < _LEAST:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
