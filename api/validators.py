"""What a client may have already, and what it takes: `ETag`, `If-None-Match`, `Accept`."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from api.errors import Fault, NotAcceptable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.datastructures import Headers, QueryParams

    from graph.settings import Lang

GZIP = "gzip"
_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e]*")')
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*$", re.IGNORECASE)


def question_of(path: str, query: QueryParams, leave: Sequence[str] = ("timeout_ms",)) -> str:
    """A request in one form, whatever the order of its parameters."""
    items = sorted((key, value) for key, value in query.multi_items() if key not in leave)
    return "\n".join((path, *(f"{key}={value}" for key, value in items)))


def etag(*parts: str) -> str:
    """A strong validator of these parts: version of data and code, question, media type."""
    return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def known_tags(headers: Headers) -> frozenset[str]:
    """The tags of `If-None-Match`, and `*` if it stands there."""
    given = ",".join(headers.getlist("if-none-match"))
    return frozenset({"*"} if given.strip() == "*" else _TAG.findall(given))


def negotiated(headers: Headers, offer: Sequence[str]) -> str:
    """The type on offer that the client likes best, the earlier of equals; NotAcceptable if none.

    A request without `Accept` takes anything.
    """
    ranges = [one.strip() for one in ",".join(headers.getlist("accept")).split(",") if one.strip()]
    if not ranges:
        return offer[0]
    liked = {media: _liking(media, ranges) for media in offer}
    best = max(offer, key=lambda media: liked[media])
    if liked[best] <= 0:
        listed = "On offer: " + ", ".join(offer)
        raise NotAcceptable([Fault(param="Accept", code="not_acceptable", detail=listed)])
    return best


def _liking(media: str, ranges: Sequence[str]) -> float:
    """The quality of the most specific range that holds a media type, 0 if none does."""
    kind = media.partition(";")[0]
    found = [(_closeness(kind, one), _quality(one)) for one in ranges]
    return max((pair for pair in found if pair[0]), default=(0, 0.0))[1]


def _closeness(kind: str, accepted: str) -> int:
    wanted = accepted.partition(";")[0].strip().lower()
    if wanted == kind:
        return 3
    if wanted == f"{kind.partition('/')[0]}/*":
        return 2
    return 1 if wanted == "*/*" else 0


def _quality(accepted: str) -> float:
    found = _QUALITY.search(accepted)
    return min(1.0, float(found[1])) if found else 1.0


def takes_gzip(headers: Headers) -> bool:
    """Whether the client takes gzip; one that names no coding takes none."""
    liked = {}
    for one in ",".join(headers.getlist("accept-encoding")).split(","):
        coding = one.partition(";")[0].strip().lower()
        liked[coding] = _quality(one)
    return liked.get(GZIP, liked.get("*", 0.0)) > 0


def preferred_language(headers: Headers, default: Lang) -> Lang:
    """Korean or English, whichever `Accept-Language` likes better; else the default."""
    liked = {"ko": 0.0, "en": 0.0}
    for one in ",".join(headers.getlist("accept-language")).split(","):
        tag = one.partition(";")[0].strip().lower().partition("-")[0]
        if tag in liked:
            liked[tag] = max(liked[tag], _quality(one))
    if liked["ko"] == liked["en"]:
        return default
    return "ko" if liked["ko"] > liked["en"] else "en"
