"""What sources say of a node, made one."""

from __future__ import annotations

import json
from random import Random

from graph.claims import Describes
from graph.fold import Fields, adds_nothing, fold
from graph.nodes import City, Firm, Node, Source
from graph.statements import Statement
from tests.random_graphs import seeded

SEED = 7
ROUNDS = 4_000


def said(rng: Random, cls: type[Node]) -> Node:
    """A description with few values to choose from, so that two are often alike."""
    names = {language: rng.choice(["A", "B"]) for language in ("ko", "en") if rng.random() < 0.5}
    fields: dict[str, object] = {
        "id": f"{cls.__name__.lower()}:x",
        "names": names or {"ko": "A"},
        "spellings": tuple(rng.sample(["A", "B", "C"], rng.randrange(3))),
        "identifiers": {"wikidata": rng.choice(["Q1", "Q2"])} if rng.random() < 0.4 else {},
        "note": rng.choice([None, None, "seen"]),
    }
    if cls is City:
        fields |= {
            "level": rng.choice([None, "district"]),
            "latitude": rng.choice([None, 0.0, 1.0]),
        }
    else:
        fields |= {"products": rng.choice([(), ("tea",), ("tea", "rice")])}
    return cls.model_validate(fields)


def fields(node: Node) -> Fields:
    """As a store keeps it."""
    plain: Fields = json.loads(node.model_dump_json(exclude_none=True))
    return plain


def test_what_adds_nothing_changes_nothing_whatever_its_weight() -> None:
    rng = seeded(SEED)
    added, changed = 0, 0
    for _ in range(ROUNDS):
        cls = City if rng.random() < 0.5 else Firm
        kinds = ["register", "article", "dataset"]
        sources = {
            f"source:s{n}": Source(id=f"source:s{n}", source_kind=rng.choice(kinds))
            for n in range(rng.randrange(2, 5))
        }
        told = [
            Describes(from_=source, to=node.id, source=source, node=node)
            for source in rng.sample(sorted(sources), len(sources))
            for node in [said(rng, cls)]
        ]
        before = fold(told[0].to, told[:-1], sources)
        after = fold(told[0].to, told, sources)
        if adds_nothing(fields(before), Statement.of(told[-1]).node):
            assert after == before
            assert after.model_dump_json() == before.model_dump_json()
            added += 1
        else:
            changed += after != before
    assert min(added, changed) > ROUNDS // 20
