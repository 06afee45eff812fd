"""What the name of a place says by its form: its parts, its kind, and what it lies in.

Nothing here knows any place: the same text always reads alike, so that the id of a
place in a list depends on the list alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ingest.ids import city_id, make_id, slug, well_known
from ingest.places_countries import Label, is_country, read_country
from ingest.places_keys import script_of
from ingest.places_words import KINDS, PREFIXES, PROVINCES, SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

_BLANKS = re.compile(r"\s+")
_BRACKET = re.compile(r"^(.+?)\s*\(\s*([^()]+?)\s*\)\s*$")
_DASH = re.compile(r"\s+[–—-]\s+")
_NUMBER = re.compile(r"\s+(?:\d+|[IVXLC]+)$")
_JOINED = re.compile(
    r"^([가-힣]{2,6}(?:성|자치구))([가-힣]{2,}[시현구])$"
    r"|^([一-鿿]{2,3}[省県府都道])([一-鿿]+[市区區町县縣])$"
)
_SUFFIX = {
    script: re.compile(
        rf"(?P<name>{'.{2,}?' if script != 'other' else '.+?'})"
        rf"(?P<word>{'|'.join(word for word, _ in rows)})$",
        re.IGNORECASE,
    )
    for script, rows in SUFFIXES.items()
}
_PREFIX = re.compile(rf"(?P<word>{'|'.join(word for word, _ in PREFIXES)})(?P<name>.+)", re.I)
_LEVELS = {word: levels for rows in (*SUFFIXES.values(), PREFIXES) for word, levels in rows}
_UNIT = re.compile(r"[가-힣]{1,}(?:시|군|구|현)$")
_OUTER = re.compile(r"[가-힣]{2,}(?:시|군|도|성|주|현|부|자치구)$")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The parts of a name: the name itself, the nearest container first, the country.

    `country_word` is the word that may name that country; where the country is another, as
    in `Columbus, Georgia` of the United States, it is a container.
    `kind` is what a bracket says of the sort of place; `alias` is the whole name once more
    in another script.
    """

    name: str
    containers: tuple[str, ...] = ()
    country: Label | None = None
    country_word: str | None = None
    kind: str | None = None
    alias: str | None = None

    def within(self, country: Label | None) -> tuple[str, ...]:
        """What the name says it lies in, beside a country that is known to be this one."""
        word = self.country_word
        if country and word and self.country and self.country.code != country.code:
            return (*self.containers, word)
        return self.containers


class Stripped(NamedTuple):
    """A name without the word for its kind of place, and the levels which that word means."""

    name: str
    levels: frozenset[str] | None


@lru_cache(maxsize=65_536)
def spoken(text: str) -> Spoken:
    """Take a name apart: `Gangnam (Seoul)`, `Seoul – Gangnam`, `광주 북구`."""
    if text.isascii() and text.isalpha():
        return Spoken(text)
    text = _BLANKS.sub(" ", unicodedata.normalize("NFKC", text)).strip()
    if found := _BRACKET.match(text):
        return _with_bracket(found[1].strip(), found[2])
    left, dash, right = _cut(text)
    if dash:
        inner = spoken(right)
        outer = spoken(_NUMBER.sub("", left))
        chain = (*inner.containers, outer.name, *outer.containers)
        told = inner if inner.country else outer
        country, word = told.country, told.country_word
        return replace(inner, containers=chain, country=country, country_word=word)
    if "," in text and (parts := [part.strip() for part in text.split(",")]) and all(parts):
        return _listed(parts)
    return _spaced(text)


def _with_bracket(text: str, inside: str) -> Spoken:
    told = spoken(text)
    if inside.casefold() in KINDS or inside.casefold() == "country":
        return replace(told, kind=inside.casefold())
    if is_country(inside) and not told.country:
        return replace(told, country=read_country(inside), country_word=inside)
    if script_of(inside) != script_of(text):
        return replace(told, alias=inside)
    inner = spoken(inside)
    chain = (*told.containers, inner.name, *inner.containers)
    named = told if told.country else inner
    country, word = named.country, named.country_word
    return replace(told, containers=chain, country=country, country_word=word)


def _cut(text: str) -> tuple[str, str, str]:
    parts = _DASH.split(text, maxsplit=1)
    return (parts[0], "-", parts[1]) if len(parts) == 2 and all(parts) else (text, "", "")


def _listed(parts: list[str]) -> Spoken:
    told = _spaced(parts[0])
    chain = parts[1:]
    if not told.country and is_country(chain[-1]):
        word = chain.pop()
        told = replace(told, country=read_country(word), country_word=word)
    return replace(told, containers=(*told.containers, *chain))


def _spaced(text: str) -> Spoken:
    """`중국 지린성 창춘시` and `吉林省长春市`: what is larger stands before."""
    words = text.split(" ")
    country, word = None, None
    if len(words) > 1 and script_of(text) != "other" and is_country(words[0]):
        country, word, words = read_country(words[0]), words[0], words[1:]
    joined = _JOINED.match(words[0]) if len(words) == 1 else None
    if joined:
        words = [part for part in joined.groups() if part]
    if len(words) > 1 and words[-1] in {"시", "군", "구", "현", "주", "성", "도"}:
        words = [*words[:-2], words[-2] + words[-1]]
    if len(words) > 1 and (joined or _contained(words)):
        return Spoken(words[-1], tuple(reversed(words[:-1])), country, word)
    return Spoken(" ".join(words), (), country, word)


def _contained(words: list[str]) -> bool:
    """Whether the last of Korean words is a place and those before it are what it lies in."""
    if any(script_of(word) != "hangul" for word in words):
        return all(script_of(word) == "han" for word in words)
    outer = all(_OUTER.fullmatch(word) or word in PROVINCES for word in words[:-1])
    return outer or (_UNIT.fullmatch(words[-1]) is not None and len(words[-1]) > 1)


@lru_cache(maxsize=65_536)
def stripped(name: str) -> Stripped:
    """`수원시` as 수원 and municipality, `Kabupaten Tangerang` as Tangerang and county.

    Two letters of Korean or Chinese stay whole, as 중구 and 津市 do.
    """
    if name.isascii() and name.isalpha():
        return Stripped(name, None)
    script = script_of(name)
    found = _SUFFIX[script].match(name) or (_PREFIX.match(name) if script == "other" else None)
    if found is None:
        return Stripped(name, None)
    return Stripped(found["name"].strip(), _LEVELS[found["word"].casefold()])


def stated_id(
    name: str, country: str | None, container: str | None, identifiers: Mapping[str, str]
) -> str:
    """The id that this way of naming a place has by itself, known or not.

    Gangnam (Seoul) and Seoul – Gangnam have one, as have a place in England and the same
    in England, United Kingdom. Fürth and Furth have two.
    """
    if known := well_known("City", identifiers):
        return known
    told = spoken(name)
    label = read_country(country) if country else told.country
    qualified = f"{told.name} ({told.kind})" if told.kind else told.name
    region = label.region if label and country else None
    outer = next((part for part in (container, *told.within(label), region) if part), None)
    outer_id = make_id("City", slug(outer)) if outer else None
    return city_id(qualified, outer_id, label.code if label else None, {})
