"""What a source of a random world says of the nodes that it names."""

from random import Random
from typing import Any

from graph.nodes import NODE_CLASSES, Node, kind_of

FORUM, TOUR = "event:h", "mission:t"
"""A forum that may begin during a mission of other firms."""

ALIASES = {
    "city:pc": "city:zpc",
    "city:hc": "city:ahc",
    "firm:a": "firm:za",
    "mission:m": "mission:a",
}
"""Second ids by which a source may call what another calls by the first."""

EARLY = ("2018", "2019", "2019-11", "2020-05-10", "1990")
DURING = ("2020-05-10", "2020-05-11", "2020-05-12", "2020-05-11/2020-05-13", "2020-05", "2020")
LATE = ("2020-05-16", "2020-06", "2021", "2022-03-01")
DATES = (None, None, *EARLY, *DURING, *LATE)
STAGES = (
    ("contract",) * 5 + ("consultation",) * 4 + ("expected", "mixed", "adoption", "lapsed", None)
)
SOURCE_KINDS = ("article",) * 5 + ("statement",) * 3 + ("dataset", "register", "decision", None)
NAMES = (
    "수원시",
    "수원 무역사절단",
    "광주 북구",
    "반둥",
    "Bandung",
    "Łódź Fair",
    "Fair of Bandung",
    "K3",
)


def described(rng: Random, node_id: str) -> Node:
    """A node with some fields; a deal of another source with none."""
    cls = NODE_CLASSES[kind_of(node_id)]
    fields: dict[str, Any] = {}
    alias = next((a for pair in ALIASES.items() for a in pair if a == node_id), None)
    if alias and rng.random() < 0.7:
        first = next(one for one, other in ALIASES.items() if node_id in (one, other))
        fields["identifiers"] = {"wikidata": f"Q{sorted(ALIASES).index(first) + 1}"}
    if rng.random() < 0.7:
        fields["names"] = {rng.choice(("ko", "en")): rng.choice(NAMES)}
    if rng.random() < 0.2:
        fields["spellings"] = (rng.choice(NAMES),)
    if node_id.startswith("mission:") and node_id != TOUR:
        fields |= mission_fields(rng)
    if node_id == TOUR:
        fields |= {"start": "2020-05-10", "end": rng.choice((None, "2020-05-16"))}
    elif node_id == FORUM:
        fields |= {"start": rng.choice(DURING)}
    elif node_id.startswith("event:"):
        fields |= {"start": rng.choice(DATES), "end": rng.choice((None, None, "2020-05-14"))}
    if node_id.startswith("programme:"):
        fields |= {"year": rng.choice((None, "2020", "2021"))}
    return cls(id=node_id, **fields)


def mission_fields(rng: Random) -> dict[str, Any]:
    """When a mission took place, if it did, and with how many firms."""
    start, end = rng.choice(
        (
            ("2020-05-10", "2020-05-16"),
            ("2020-05-10", "2020-05-16"),
            ("2020-05-10", None),
            ("2020-05", "2020-05"),
            ("2019-11-02", "2019-11-05"),
            (None, None),
        )
    )
    status = rng.choice((None, None, "completed", "completed", "planned"))
    return {"start": start, "end": end, "status": status, "firms_count": rng.choice((None, 1, 9))}


def source_node(rng: Random, source: str) -> Node:
    """A source of any kind, published at any time, of a lineage it may share."""
    return NODE_CLASSES["Source"](
        id=source,
        **{
            "source_kind": rng.choice(SOURCE_KINDS),
            "published": rng.choice(DATES),
            "lineage": rng.choice((None, None, "wire", "registry")),
        },
    )


def deal_node(rng: Random, deal: str) -> Node:
    """A deal on any rung, with or without an amount."""
    amount = rng.choice((None, "1000", "250.5", "4000000", "70"))
    return NODE_CLASSES["Deal"](
        id=deal,
        **{
            "stage": rng.choice(STAGES),
            "amount": amount,
            "currency": amount and rng.choice(("USD", "USD", "USD", "KRW")),
            "count": rng.choice((None, 1, 3)),
            "date": rng.choice(DATES),
        },
    )
