"""Random claims that obey the model: the same seed gives the same claims."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from graph.claims import CLAIM_CLASSES, Claim, Describes, Tie
from graph.nodes import NODE_CLASSES, Mission, Node

DATES = ("2025-11-13", "2023-04", "1990", "2008-05-26/2008-05-31", "2008/2010-06")
TEXTS = ("수원시 (반둥)", "Łódź & Ñandú", "a \"quoted\" \\ 'name'", "x" * 500, "AND", "+ - && ! (")
VALUES: dict[str, tuple[Any, ...]] = {
    "advance_amount": (Decimal("3000"), Decimal("0.000001"), Decimal("9" * 24 + ".123456")),
    "advance_currency": ("USD",),
    "amount": (Decimal("0"), Decimal("5700000"), Decimal("0.5")),
    "approximate": (True, False),
    "count": (0, 91, 10**12),
    "currency": ("KRW", "USD"),
    "date": DATES,
    "end": DATES,
    "ended_on": DATES,
    "event_kind": TEXTS,
    "fields": (("경제",), ("문화", "trade")),
    "firms_count": (0, 73),
    "first_day": DATES,
    "form": ("mou", "loi", "moa", "agreement"),
    "identifiers": ({"wikidata": "Q20934", "geonames": "1835553"}, {"registry": "1-2/3_4.B"}),
    "last_day": DATES,
    "latitude": (-90.0, 37.263611111111114, 0.0),
    "leader": TEXTS,
    "level": ("municipality", "district"),
    "licence": TEXTS,
    "lineage": TEXTS,
    "locator": (1, 10**9),
    "longitude": (-180, 127.02861),
    "mission_kind": TEXTS,
    "names": ({"ko": "수원시", "en": "Suwon", "zh-Hant": "水原市"}, {"en": "Bandung"}),
    "note": (*TEXTS, "y" * 2000),
    "organization_type": TEXTS,
    "parts_complete": (True, False),
    "people_count": (1, 12),
    "population": (0, 1_190_000),
    "product": TEXTS,
    "products": (("화장품",), TEXTS),
    "published": DATES,
    "publisher": TEXTS,
    "quote": ("“말”", "z" * 200),
    "reach": (0, 3_000_000),
    "retrieved": DATES,
    "role": ("host", "organiser", "co_host", "venue", "sponsor"),
    "scope": ("total", "place", "firm"),
    "sector": TEXTS,
    "signed_on": DATES,
    "source_kind": ("decision", "register", "statement", "article", "dataset"),
    "spellings": (("Suweon",), ("Suweon", "스원")),
    "stage": ("consultation", "mou", "contract"),
    "stage_word": TEXTS,
    "start": DATES,
    "state": (None,),  # a store's own, whatever a source says
    "status": ("proposed", "signed", "in_force", "dormant", "ended"),
    "title": TEXTS,
    "url": ("https://example.org/?q=1&r=%EC%88%98#x",),
    "year": ("2008",),
}
MISSION_STATUS = ("planned", "completed")
GIVEN = frozenset({"id", "kind", "from_", "to", "source", "node", "former_ids"})
HIDDEN = frozenset({"stated", "recorded_at", "told_by"})
PAIRS = {"amount": "currency", "advance_amount": "advance_currency"}


def seeded(seed: int) -> Random:
    """A generator that repeats itself; nothing here is secret."""
    return Random(seed)  # noqa: S311


def fields(rng: Random, cls: type[Node | Claim], share: float) -> dict[str, Any]:
    """A random value for about this share of a kind's own fields, and for all it must have."""
    chosen: dict[str, Any] = {}
    for name, field in sorted(cls.model_fields.items()):
        if name in GIVEN | HIDDEN or name in PAIRS.values():
            continue
        if field.is_required() or rng.random() < share:
            values = MISSION_STATUS if (cls, name) == (Mission, "status") else VALUES[name]
            chosen[name] = rng.choice(values)
            if name in PAIRS:
                chosen[PAIRS[name]] = rng.choice(VALUES[PAIRS[name]])
    return chosen


def node(rng: Random, node_id: str, share: float = 0.4) -> Node:
    """A node of the kind that its id names, with about this share of its fields."""
    cls = NODE_CLASSES[node_id.partition(":")[0].capitalize()]
    return cls(id=node_id, **fields(rng, cls, share))


def describing(source: str, *nodes: Node) -> list[Claim]:
    """The claims by which a source describes these nodes."""
    return [Describes(from_=source, to=one.id, source=source, node=one) for one in nodes]


def claim(rng: Random, kind: str, ends: tuple[str, str], source: str, share: float = 0.4) -> Claim:
    """A claim of this kind between these ends, with about this share of its fields."""
    cls = CLAIM_CLASSES[kind]
    told = {"told_by": told_by(ends, source)} if issubclass(cls, Tie) else {}
    return cls(from_=ends[0], to=ends[1], source=source, **fields(rng, cls, share), **told)


def told_by(ends: tuple[str, str], source: str) -> list[str] | None:
    """Whose list tells a tie, as the source has it: no one's, either end's, or both's."""
    return [None, [ends[0]], [ends[1]], sorted(set(ends))][sum(source.encode()) % 4]


def batch(rng: Random, number: int, size: int = 8, slugs: int = 4) -> list[Claim]:
    """All that one source says: descriptions of some ten nodes and `size` claims.

    Ids are drawn from few slugs, so sources speak of the same things; some nodes of one
    kind share a well-known identifier, and some claims say that two are the same.
    """
    source = f"source:s{number}"
    ids = {f"{kind.lower()}:{rng.randrange(slugs)}" for kind in rng.choices(_KINDS, k=10)}
    ids |= {f"deal:s{number}-{rng.randrange(slugs)}"}
    nodes = [node(rng, source), *(_sharing(rng, one) for one in sorted(ids))]
    kinds = [kind for kind in sorted(CLAIM_CLASSES) if kind != "DESCRIBES"]
    told = {}
    for kind in rng.choices(kinds, k=size):
        if ends := _ends(rng, CLAIM_CLASSES[kind], sorted(ids)):
            one = claim(rng, kind, ends, source)
            told[one.id] = one
    return [*describing(source, *nodes), *told.values()]


_KINDS = sorted(NODE_CLASSES.keys() - {"Source", "Deal"})


def _sharing(rng: Random, node_id: str) -> Node:
    one = node(rng, node_id)
    shared = {"wikidata": f"Q{rng.randrange(12)}"} if rng.random() < 0.4 else {}
    return one.model_copy(update={"identifiers": shared})


def _ends(rng: Random, cls: type[Claim], ids: list[str]) -> tuple[str, str] | None:
    starts = [one for one in ids if one.partition(":")[0].capitalize() in cls.starts]
    ends = [one for one in ids if one.partition(":")[0].capitalize() in cls.ends]
    pairs = [(a, b) for a in starts for b in ends if _may_join(cls, a, b)]
    return rng.choice(pairs) if pairs else None


def _may_join(cls: type[Claim], one: str, other: str) -> bool:
    if one == other:
        return False
    alike = one.partition(":")[0] == other.partition(":")[0]
    return alike or issubclass(cls, Tie) or cls.starts != cls.ends
