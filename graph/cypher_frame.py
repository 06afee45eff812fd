"""The statements that look for the frame of a Neo4j store, and build it.

The frame is what must be there before the first write: the constraints and indexes that
the statements of `graph.cypher` name, and the tokens they use.
"""

from __future__ import annotations

from graph.claims import CLAIM_KINDS, IDENTITY_KINDS
from graph.cypher import SCHEMES

CONSTRAINTS = {
    "jamae_store": "FOR (s:Store) REQUIRE s.id IS UNIQUE",
    "jamae_told": "FOR (t:Told) REQUIRE t.id IS UNIQUE",
    "jamae_node": "FOR (n:Node) REQUIRE n.id IS UNIQUE",
    "jamae_key": "FOR (k:Key) REQUIRE k.key IS UNIQUE",
    **{f"jamae_{k}": f"FOR ()-[c:{k}]-() REQUIRE c.id IS UNIQUE" for k in CLAIM_KINDS},
}
INDEXES = {
    **{f"jamae_{k}_source": f"FOR ()-[c:{k}]-() ON (c.source, c.id)" for k in CLAIM_KINDS},
    "jamae_DESCRIBES_to": "FOR ()-[c:DESCRIBES]-() ON (c.stated_to)",
    **{
        f"jamae_{kind}_{end}": f"FOR ()-[c:{kind}]-() ON (c.stated_{end})"
        for kind in sorted(IDENTITY_KINDS)
        for end in ("from", "to")
    },
    "jamae_told_loading": "FOR (t:Told) ON (t.loading)",
    **{f"jamae_{scheme}": f"FOR (n:Node) ON (n.id_{scheme})" for scheme in SCHEMES},
}
FRAME = {
    **{name: f"CREATE CONSTRAINT {name} IF NOT EXISTS {on}" for name, on in CONSTRAINTS.items()},
    **{name: f"CREATE INDEX {name} IF NOT EXISTS {on}" for name, on in INDEXES.items()},
    "jamae_tokens": (
        "CREATE FULLTEXT INDEX jamae_tokens IF NOT EXISTS FOR (n:Node) ON EACH [n.tokens] "
        "OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}"
    ),
}
FRAME_NAMES = "SHOW INDEXES YIELD name WHERE name STARTS WITH 'jamae_' RETURN name"
NAME_KEYS = (
    "CALL db.createRelationshipType('KEY_OF') CALL db.createLabel('Country') "
    "CALL db.createLabel('Source') CALL db.createProperty('called') "
    "CALL db.createProperty('claims')"
)
AWAIT_INDEXES = "CALL db.awaitIndexes(300)"
LABELS = "CALL db.labels() YIELD label RETURN label"
ANY_NODE = "MATCH (n) RETURN labels(n) LIMIT 1"
