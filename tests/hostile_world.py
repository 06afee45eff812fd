"""A store in which every text that a source may give is an attack, and what no page may become."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from graph.claims import (
    Bought,
    Claim,
    Credits,
    Hosted,
    InCountry,
    InPlace,
    LocatedIn,
    MadeAt,
    ParticipatedIn,
    Runs,
    Sent,
    SisterCity,
    Sold,
    Visited,
)
from graph.nodes import (
    City,
    Country,
    Deal,
    Event,
    Firm,
    Mission,
    Node,
    Organization,
    Programme,
    Source,
)
from tests.html_tree import Element, tree
from tests.random_graphs import describing

PAYLOADS: list[str] = [
    json.loads(line)
    for line in (Path(__file__).parent / "data/xss.txt").read_text("utf-8").splitlines()
]
HOME, KOREA, ABROAD = "city:home", "country:KR", "country:ID"
KINDS = ("city", "firm", "organization", "mission", "event", "deal", "programme", "source")
_OWN = re.compile(r"^(/(?![/\\])|#|https?://)")
_FORMS = {"/", "/view"}
_STRANGE = {
    "applet", "area", "audio", "base", "embed", "frame", "iframe", "img", "math", "marquee",
    "object", "video",
}  # fmt: skip


def texts() -> list[str]:
    """The attacks that a store takes as a name; the others it refuses."""
    return [text for text in PAYLOADS if _named(text)]


def _named(text: str) -> bool:
    try:
        City(id="city:x", names={"ko": text}, note=text)
    except ValidationError:
        return False
    return True


def claims(given: Sequence[str]) -> Iterator[list[Claim]]:
    """What one source for each text says, every free field of it that text."""
    about = Source(id="source:home", source_kind="register", published="2019")
    home = City(id=HOME, names={"ko": "본시", "en": "Home"}, latitude=37, longitude=127)
    yield [
        *describing(about.id, about, home, Country(id=KOREA), Country(id=ABROAD)),
        InCountry(from_=HOME, to=KOREA, source=about.id),
    ]
    for n, text in enumerate(given):
        yield _poisoned(n, text)


def _poisoned(n: int, text: str) -> list[Claim]:
    free = {"names": {"ko": text, "en": text}, "spellings": (text,), "note": text}
    ids = {kind: f"{kind}:x{n}" for kind in KINDS}
    nodes: list[Node] = [
        Source(
            id=ids["source"], **free, source_kind="article", title=text, publisher=text,
            licence=text, published="2020-01-02", url=_address(text),
        ),
        City(id=ids["city"], **free, latitude=n % 120 - 60, longitude=n * 7 % 360 - 180),
        Firm(id=ids["firm"], **free, products=(text,), sector=text),
        Organization(id=ids["organization"], **free, organization_type=text),
        Mission(id=ids["mission"], **free, mission_kind=text, start="2020-01-01", firms_count=9),
        Event(id=ids["event"], **free, event_kind=text, start="2020"),
        Programme(id=ids["programme"], **free, year="2021"),
        Deal(
            id=ids["deal"], note=text, stage="contract", stage_word=text, product=text,
            amount=1000 + n, currency="USD", date="2020-02",
        ),
    ]  # fmt: skip
    others = City(id=HOME), Country(id=ABROAD)
    return [*describing(ids["source"], *nodes, *others), *_told(ids, text)]


def _address(text: str) -> str | None:
    try:
        return Source(id="source:x", url=text).url
    except ValidationError:
        return None


def _told(ids: dict[str, str], text: str) -> list[Claim]:
    said = {"source": ids["source"], "locator": 3, "note": text, "quote": text[:200]}
    city, firm, mission, deal = (ids[kind] for kind in ("city", "firm", "mission", "deal"))
    body, event, programme = (ids[kind] for kind in ("organization", "event", "programme"))
    return [
        SisterCity(from_=HOME, to=city, status="signed", signed_on="2001", fields=(text,), **said),
        InCountry(from_=city, to=ABROAD, **said),
        InCountry(from_=body, to=ABROAD, **said),
        LocatedIn(from_=firm, to=HOME, **said),
        LocatedIn(from_=body, to=city, **said),
        LocatedIn(from_=event, to=city, **said),
        Sent(from_=HOME, to=mission, leader=text, **said),
        Visited(from_=mission, to=city, first_day="2020-01-02", **said),
        Visited(from_=mission, to=body, **said),
        Hosted(from_=body, to=mission, role="host", **said),
        Hosted(from_=city, to=event, role="organiser", **said),
        ParticipatedIn(from_=firm, to=mission, products=(text,), **said),
        ParticipatedIn(from_=firm, to=event, products=(text,), **said),
        ParticipatedIn(from_=firm, to=programme, **said),
        Runs(from_=HOME, to=programme, **said),
        Sold(from_=firm, to=deal, **said),
        Bought(from_=body, to=deal, **said),
        MadeAt(from_=deal, to=mission, **said),
        InPlace(from_=deal, to=city, **said),
        Credits(from_=city, to=firm, **said),
    ]


def strange(html: str, *, inlined: bool = False) -> list[str]:
    """What stands in a page that none of ours has; `inlined` for the file, with its own scripts."""
    return [told for one in tree(html).all() for told in _strange(one, inlined=inlined)]


def _strange(one: Element, *, inlined: bool) -> Iterator[str]:
    given = one.attributes
    if one.tag in _STRANGE:
        yield f"<{one.tag}>"
    if one.tag == "script" and not inlined:
        known = (
            given.get("src", "").startswith("/static/") or given.get("type") == "application/json"
        )
        if not known:
            yield f"script {given}"
    stays = given.get("method") == "dialog" or given.get("class") == "years-form"
    if one.tag == "form" and given.get("action") not in _FORMS and not stays:
        yield f"form {given}"
    if one.tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
        yield "refresh"
    for name in given:
        if name.startswith("on") or name in {"srcdoc", "formaction", "ping", "style", "background"}:
            yield f"{name} of {one.tag}"
    where = given.get("href", given.get("xlink:href", "/"))
    ours = one.tag == "link" and where.startswith("data:")
    if not (_OWN.match(where) or ours):
        yield f"{one.tag} to {where}"
