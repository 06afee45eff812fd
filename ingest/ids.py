"""Node ids: ASCII, `kind:slug`, a pure function of what one record says.

The best well-known identifier, else the normalised name with what tells namesakes
apart. A part of another node's id is that node's slug: what follows `kind:`.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from graph.dates import PartialDate

_LONGEST = 231
_KEPT = 200


def slug(text: str) -> str:
    """A name as ASCII: NFKC, case folded, punctuation to `-`, other scripts in punycode.

    Nothing is dropped but punctuation; a name of punctuation alone becomes a hash.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    spaced = "".join(mark if _counts(mark) else " " for mark in folded)
    return "-".join(map(_ascii, spaced.split())) or f"h{_hash(text)}"


def _counts(mark: str) -> bool:
    return unicodedata.category(mark)[0] in "LMN"


def _ascii(word: str) -> str:
    return word if word.isascii() else f"xn--{word.encode('punycode').decode('ascii')}"


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def slug_of(node_id: str) -> str:
    """What follows `kind:` in an id."""
    return node_id.partition(":")[2]


def make_id(kind: str, *parts: str | None) -> str:
    """`kind:` and the parts that are given, joined with `.`; overlong ones end in a hash."""
    text = ".".join(part for part in parts if part)
    if len(text) > _LONGEST:
        text = f"{text[:_KEPT]}-{_hash(text)}"
    return f"{kind.lower()}:{text}"


def well_known(kind: str, identifiers: Mapping[str, str]) -> str | None:
    """The id by Wikidata, GeoNames or 행정구역 code, the first of these that is given."""
    if "wikidata" in identifiers:
        return make_id(kind, identifiers["wikidata"])
    for scheme in ("geonames", "adm"):
        if scheme in identifiers:
            return make_id(kind, f"{scheme}-{slug(identifiers[scheme])}")
    return None


def country_id(code: str) -> str:
    """`country:` and the two letters of ISO 3166-1."""
    return f"country:{code}"


def city_id(
    name: str, container: str | None, country: str | None, identifiers: Mapping[str, str]
) -> str:
    """The id of a city by its identifier, else its name, its container's id and country."""
    known = well_known("City", identifiers)
    outer = slug_of(container) if container else None
    return known or make_id("City", slug(name), outer, country and country.lower())


def seated_id(
    kind: str, name: str, country: str | None, home: str | None, identifiers: Mapping[str, str]
) -> str:
    """The id of a Firm or Organization by its identifier, else name, country and home city."""
    known = well_known(kind, identifiers)
    seat = slug_of(home) if home else None
    return known or make_id(kind, slug(name), country and country.lower(), seat)


def occasion_id(
    kind: str,
    name: str,
    owners: Collection[str],
    when: PartialDate | None,
    identifiers: Mapping[str, str],
) -> str:
    """The id of a Mission, Event or Programme: name, least owner's id, start or year as given.

    Owners are its senders, else its hosts, else its city.
    """
    owner = min(map(slug_of, owners), default=None)
    known = well_known(kind, identifiers)
    return known or make_id(kind, slug(name), owner, slug(str(when)) if when else None)


def local_id(kind: str, source: str, key: str) -> str:
    """The id of a Deal or anything unnamed: the source's slug and the record's own key."""
    return make_id(kind, slug_of(source), key)
