"""Every statement the Neo4j store sends, but for those that build it (`graph.cypher_frame`).

Each is named for what it asks or does. Each look-up names its index: a plan made while
the store was empty would scan for years. Values travel as parameters only. Labels and
relationship types cannot, so the statements that name one are made here, at import, from
the closed vocabulary: one for each kind, or one for each family of kinds that are
followed together.

The layout: `(:Node:City {id})` for each node, a relationship of the claim's kind for each
claim, from the node behind its first stated end to the one behind its second; one
`(:Store)` with the layout's version, the tally and the last batches, and a `(:Told {id,
claims, loading})` for each source: how many claims it makes, and how far its load has come
if that is not whole. A node answers to
its `id`, to its identifiers `id_wikidata` and so on, and to the key of each
`(:Key {key})-[:KEY_OF]->(:Node)`: former ids, and identifiers it does not show.
"""

from __future__ import annotations

from typing import get_args

from graph.claims import CLAIM_CLASSES, CLAIM_KINDS, IDENTITY_KINDS, PATH_KINDS, TIE_KINDS
from graph.nodes import NODE_KINDS
from graph.values import Scheme

LAYOUT = 3
SCHEMES: tuple[str, ...] = get_args(Scheme)
VOCABULARY = ",".join((*NODE_KINDS, *CLAIM_KINDS))
UNDIRECTED = tuple(kind for kind in CLAIM_KINDS if not CLAIM_CLASSES[kind].directed)
KEPT_BATCHES = 100

# The server, and the one node of the store.

COMPONENTS = (
    "CALL dbms.components() YIELD name, versions, edition RETURN name, versions[0], edition"
)
FOUND_STORE = """
MERGE (s:Store {id: 'jamae'})
ON CREATE SET s.layout = $layout, s.vocabulary = $vocabulary, s.digest = $digest, s.batches = []
"""
STATE = "MATCH (s:Store {id: 'jamae'}) RETURN properties(s)"
LOCK = "MATCH (s:Store {id: 'jamae'}) SET s.writer = $batch"
KEEP = "MATCH (s:Store {id: 'jamae'}) SET s += $tally"
SEAL = f"""
MATCH (s:Store {{id: 'jamae'}})
SET s.batches = ([$batch] + s.batches)[..{KEPT_BATCHES}]
"""

# One node beside each source.

TOLD = """
UNWIND $sources AS source
MATCH (t:Told {id: source}) USING INDEX SEEK t:Told(id)
WHERE t.claims > 0
RETURN t.id, t.claims
"""
LOADING = """
UNWIND $sources AS source
MATCH (t:Told {id: source}) USING INDEX SEEK t:Told(id)
WHERE t.loading IS NOT NULL
RETURN t.loading
"""
ALL_LOADING = """
MATCH (t:Told) USING INDEX t:Told(loading)
WHERE t.loading IS NOT NULL
RETURN t.loading ORDER BY t.id
"""
GROW_TOLD = """
UNWIND $rows AS row
MERGE (t:Told {id: row.id})
SET t.claims = coalesce(t.claims, 0) + row.claims
"""
KEEP_LOADING = """
MERGE (t:Told {id: $source})
SET t.claims = coalesce(t.claims, 0), t.loading = $loading
"""
DROP_TOLD = """
UNWIND $sources AS source
MATCH (t:Told {id: source}) USING INDEX SEEK t:Told(id)
WHERE t.claims = 0 AND t.loading IS NULL
DELETE t
"""

# Claims. A claim is returned as its properties and the ids of its two ends.

_CLAIM = "properties(c), startNode(c).id, endNode(c).id"


def _each_kind(part: str) -> str:
    return " UNION ALL ".join(part.replace("KIND", kind) for kind in CLAIM_KINDS)


CLAIMS = _each_kind(
    f"UNWIND $ids.KIND AS id MATCH ()-[c:KIND {{id: id}}]->() "
    f"USING INDEX SEEK c:KIND(id) RETURN {_CLAIM}"
)
HELD = _each_kind(
    "UNWIND $ids.KIND AS id MATCH ()-[c:KIND {id: id}]->() "
    "USING INDEX SEEK c:KIND(id) RETURN c.id AS id"
)
CLAIM_IDS_OF = _each_kind(
    "UNWIND $sources AS source MATCH ()-[c:KIND {source: source}]->() "
    "USING INDEX SEEK c:KIND(source, id) WHERE c.id > '' RETURN c.id AS id"
)
CLAIMS_OF = (
    "CALL () { "
    + _each_kind(
        "MATCH ()-[c:KIND {source: $source}]->() USING INDEX SEEK c:KIND(source, id) "
        "WHERE c.id > $after "
        "RETURN c, c.id AS id ORDER BY c.id LIMIT $limit"
    )
    + f" }} WITH c, id ORDER BY id LIMIT $limit RETURN {_CLAIM} ORDER BY id"
)
ALL_CLAIMS = {
    kind: (
        f"MATCH ()-[c:{kind}]->() USING INDEX SEEK c:{kind}(id) "
        f"WHERE c.id > $after RETURN {_CLAIM} ORDER BY c.id LIMIT $limit"
    )
    for kind in CLAIM_KINDS
}
DESCRIPTIONS = f"""
UNWIND $stated AS stated
MATCH ()-[c:DESCRIBES {{stated_to: stated}}]->() USING INDEX SEEK c:DESCRIBES(stated_to)
RETURN {_CLAIM}
"""
IDENTITIES = " UNION ".join(
    f"UNWIND $stated AS stated MATCH ()-[c:{kind} {{stated_{end}: stated}}]->() "
    f"USING INDEX SEEK c:{kind}(stated_{end}) RETURN {_CLAIM}"
    for kind in sorted(IDENTITY_KINDS)
    for end in ("from", "to")
)
STATED_AT = """
UNWIND $places AS place
MATCH (n:Node {id: place.node})-[c]-(:Node) USING INDEX SEEK n:Node(id)
WHERE c.stated_from IN place.stated OR c.stated_to IN place.stated
RETURN DISTINCT type(c), properties(c), startNode(c).id, endNode(c).id
"""
PUT_CLAIMS = {
    kind: f"""
UNWIND $rows AS row
MATCH (a:Node {{id: row.from}}) USING INDEX SEEK a:Node(id)
MATCH (b:Node {{id: row.to}}) USING INDEX SEEK b:Node(id)
CREATE (a)-[c:{kind}]->(b)
SET c = row.properties
"""
    for kind in CLAIM_KINDS
}
DROP_CLAIMS = {
    kind: (
        f"UNWIND $ids AS id MATCH ()-[c:{kind} {{id: id}}]->() "
        f"USING INDEX SEEK c:{kind}(id) DELETE c"
    )
    for kind in CLAIM_KINDS
}

# Nodes and the keys they answer to.

GET = """
UNWIND $ids AS id
MATCH (n:Node {id: id}) USING INDEX SEEK n:Node(id)
RETURN properties(n)
"""
NODES = """
MATCH (n:Node) USING INDEX SEEK n:Node(id) WHERE n.id > $after AND n.id < $end
RETURN properties(n) ORDER BY n.id LIMIT $limit
"""
HOLDERS = " UNION ".join(
    (
        "UNWIND $keys AS key MATCH (n:Node {id: key}) USING INDEX SEEK n:Node(id) "
        "RETURN key, n.id AS id",
        "UNWIND $keys AS key MATCH (k:Key {key: key})-[:KEY_OF]->(n:Node) "
        "USING INDEX SEEK k:Key(key) RETURN key, n.id AS id",
        *(
            f"UNWIND $keys AS key WITH key WHERE key STARTS WITH '{scheme}:' "
            f"MATCH (n:Node {{id_{scheme}: substring(key, {len(scheme) + 1})}}) "
            f"USING INDEX SEEK n:Node(id_{scheme}) RETURN key, n.id AS id"
            for scheme in SCHEMES
        ),
    )
)
FIND = f"CALL () {{ {HOLDERS} }} RETURN min(id)"
PUT_NODES = {
    kind: f"""
UNWIND $rows AS row
MERGE (n:Node {{id: row.id}})
SET n = row.properties, n:{kind}
"""
    for kind in NODE_KINDS
}
LOOSEN_KEYS = """
UNWIND $rows AS row
MATCH (k:Key)-[held:KEY_OF]->(n:Node {id: row.id}) USING INDEX SEEK n:Node(id)
WHERE NOT k.key IN row.keys
WITH row, held, k.key AS key
DELETE held
RETURN key, row.id
"""
PUT_KEYS = """
UNWIND $rows AS row
MATCH (n:Node {id: row.id}) USING INDEX SEEK n:Node(id)
UNWIND row.keys AS key
MERGE (k:Key {key: key})
MERGE (k)-[:KEY_OF]->(n)
"""
DROP_KEYS = """
UNWIND $keys AS key
MATCH (k:Key {key: key}) USING INDEX SEEK k:Key(key)
WHERE NOT EXISTS { (k)-[:KEY_OF]->() }
DELETE k
"""
DROP_NODES = """
UNWIND $ids AS id
MATCH (n:Node {id: id}) USING INDEX SEEK n:Node(id)
DELETE n
"""
# What lies around. Hubs hold their claims by type, so the narrowest family is followed.

FAMILIES = (
    *(frozenset({kind}) for kind in CLAIM_KINDS),
    TIE_KINDS,
    PATH_KINDS,
    frozenset(CLAIM_KINDS),
)


def _types(family: frozenset[str]) -> str:
    return "|".join(sorted(family))


AMONG = {
    family: f"""
UNWIND $ids AS id
MATCH (n:Node {{id: id}})-[c:{_types(family)}]->() USING INDEX SEEK n:Node(id)
WHERE type(c) IN $kinds AND endNode(c).id IN $ids
RETURN {_CLAIM} ORDER BY c.id
"""
    for family in FAMILIES
}
"""The far end has no name: were it one to seek, the server could plan each id with each."""
ADJACENT = {
    family: f"""
UNWIND $ids AS id
MATCH (n:Node {{id: id}})-[c:{_types(family)}]-(m:Node) USING INDEX SEEK n:Node(id)
WHERE type(c) IN $kinds AND m <> n
WITH DISTINCT id, m
RETURN id, collect(m.id)
"""
    for family in FAMILIES
}
SHORTEST_HOPS = 6
SHORTEST = {
    family: f"""
MATCH (a:Node {{id: $start}}) USING INDEX SEEK a:Node(id)
MATCH (b:Node {{id: $goal}}) USING INDEX SEEK b:Node(id)
MATCH p = allShortestPaths((a)-[:{_types(family)}*..{SHORTEST_HOPS}]-(b))
WHERE all(x IN nodes(p) WHERE NOT (x:Country OR x:Source) OR x = a OR x = b)
  AND all(c IN relationships(p) WHERE type(c) IN $kinds)
WITH DISTINCT [x IN nodes(p) | x.id] AS ids WHERE size(ids) <= $nodes
RETURN ids ORDER BY ids LIMIT $k
"""
    for family in FAMILIES
}
"""All shortest paths, ends by index. Only `all` is judged while the server searches: with
`none`, or `SHORTEST k`, a search between hubs takes seconds."""
DEGREES = (
    "UNWIND $ids AS id MATCH (n:Node {id: id}) USING INDEX SEEK n:Node(id) RETURN id, ["
    + ", ".join(f"COUNT {{ (n)-[:{kind}]-() }}" for kind in CLAIM_KINDS)
    + "]"
)


def narrowest(kinds: frozenset[str]) -> frozenset[str]:
    """The smallest family of kinds that holds all of these."""
    return next(family for family in FAMILIES if kinds <= family)
