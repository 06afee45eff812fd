"""The addresses of our own pages; the offline page has none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, quote_plus

from visualize.wording import Lang

HOME_COUNTRY = "KR"
"""Whose firms the product is about: cities and bodies elsewhere can be asked about."""


def queried(pairs: Iterable[tuple[str, str]]) -> str:
    """The query of an address, as `urlencode` writes it; a page has thousands, of the same ids."""
    return "&".join(f"{_quoted(key)}={_quoted(value)}" for key, value in pairs)


_quoted = lru_cache(maxsize=4096)(quote_plus)


@dataclass(frozen=True)
class Links:
    """Addresses that keep the reader's language; all None when `offline`."""

    lang: Lang
    offline: bool = False

    def to(self, path: str, **query: object) -> str | None:
        """The address of a page; values that are None are left out."""
        if self.offline:
            return None
        given = {key: str(value) for key, value in query.items() if value is not None}
        return f"{path}?{queried((given | {'lang': self.lang}).items())}"

    def view(self, node_id: str) -> str | None:
        """The scene around a node."""
        return self.to("/view", center=node_id)

    def answer(self, partner: str, home: str | None = None) -> str | None:
        """Which firms benefit from a partner."""
        return self.to("/", partner=partner, home=home)

    def entity(self, node_id: str) -> str | None:
        """The page of an entity, at its fixed address: all that is on record of it."""
        return self.to(fixed(node_id))

    def ties(self, city: str) -> str | None:
        """The ties of an entity."""
        return self.to("/ties", city=city)

    def path(self, start: str, goal: str, max_hops: int | None = None) -> str | None:
        """How two entities are connected."""
        return self.to("/path", **{"from": start, "to": goal, "max_hops": max_hops})

    def gaps(self, city: str | None = None) -> str | None:
        """The ties of a city, or of all at home, without trade on record."""
        return self.to("/gaps", city=city)

    def question(self, phrase: str) -> str | None:
        """What a phrase asks."""
        return self.to("/", q=phrase)

    def ask(self, node_id: str, kind: str, country: str | None) -> str | None:
        """The answer for a node, if it can be a foreign partner."""
        foreign = kind in {"City", "Organization"} and country != HOME_COUNTRY
        return self.answer(node_id) if foreign else None


@lru_cache(maxsize=4096)
def fixed(node_id: str) -> str:
    """The path of an entity's page: `/city/Q20934` of `city:Q20934`."""
    kind, _, slug = node_id.partition(":")
    return f"/{quote(kind)}/{quote(slug)}"


def other_language(lang: Lang) -> Lang:
    """The language to switch to."""
    return "en" if lang == "ko" else "ko"


def switched(lang: Lang, path: str, query: Mapping[str, object]) -> str:
    """The same page in the other language."""
    return Links(other_language(lang)).to(path, **query) or ""
