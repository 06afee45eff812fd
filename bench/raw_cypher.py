"""The statements of the raw-driver loop, as somebody would write them who knows Neo4j well.

Its layout is its own: no store, no tally, no search tokens; a node's fields are those of
its first description, names are searched by a full-text index of pairs and text indexes of triples.
"""

from __future__ import annotations

from bench import lines
from graph.claims import CLAIM_KINDS, TIE_KINDS
from graph.nodes import NODE_KINDS

FRAME = (
    "CREATE CONSTRAINT raw_node FOR (n:Node) REQUIRE n.id IS UNIQUE",
    *(f"CREATE CONSTRAINT raw_{k} FOR ()-[c:{k}]-() REQUIRE c.id IS UNIQUE" for k in CLAIM_KINDS),
    "CREATE TEXT INDEX raw_ko FOR (n:Node) ON (n.name_ko)",
    "CREATE TEXT INDEX raw_en FOR (n:Node) ON (n.low_en)",
    "CREATE FULLTEXT INDEX raw_names FOR (n:Node) ON EACH [n.name_ko] "
    "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}",
)
AWAIT = "CALL db.awaitIndexes(600)"
PUT_NODES = {
    kind: f"""
UNWIND $rows AS row
MERGE (n:Node {{id: row.id}}) ON CREATE SET n:{kind}, n += row.properties
"""
    for kind in NODE_KINDS
}
PUT_CLAIMS = {
    kind: f"""
UNWIND $rows AS row
MATCH (a:Node {{id: row.from}}) MATCH (b:Node {{id: row.to}})
MERGE (a)-[c:{kind} {{id: row.id}}]->(b) SET c += row.properties
"""
    for kind in CLAIM_KINDS
}
_CLAIM = "properties(c), startNode(c).id, endNode(c).id"
_TYPES = "|".join(lines.KINDS)
_TWO = "|".join(lines.TWO_KINDS)
_TIES = "|".join(sorted(TIE_KINDS))

LOOKUP = "MATCH (n:Node {id: $id}) RETURN labels(n), properties(n)"
HOP = f"""
MATCH (n:Node {{id: $id}})-[c:{_TYPES}]-()
WITH DISTINCT c ORDER BY c.id LIMIT {lines.HOP_LIMIT} RETURN {_CLAIM}
"""
HOPS = f"""
MATCH (n:Node {{id: $id}})
OPTIONAL MATCH (n)-[c:{_TYPES}]-(m)
WITH n, c, m ORDER BY c.id LIMIT {lines.HOPS_LIMIT}
WITH collect(DISTINCT m) + collect(DISTINCT n) AS near
UNWIND near AS x
MATCH (x)-[c:{_TYPES}]-()
WITH DISTINCT c ORDER BY c.id LIMIT {lines.HOPS_LIMIT} RETURN {_CLAIM}
"""
_SHORTEST = """
MATCH (a:Node {{id: $start}}), (b:Node {{id: $goal}})
MATCH p = allShortestPaths((a)-[:{types}*..{hops}]-(b))
WHERE all(x IN nodes(p) WHERE NOT x:Country OR x = a OR x = b)
WITH DISTINCT [x IN nodes(p) | x.id] AS ids
RETURN ids ORDER BY ids LIMIT $k
"""
SHORTEST = {
    lines.KINDS: _SHORTEST.format(types=_TYPES, hops=lines.MAX_HOPS),
    lines.TWO_KINDS: _SHORTEST.format(types=_TWO, hops=lines.MAX_HOPS),
}
ADJACENT = f"""
UNWIND $ids AS id
MATCH (n:Node {{id: id}})-[:{_TYPES}]-(m) WHERE m <> n
RETURN id, collect(DISTINCT m.id)
"""

PLACE = """
MATCH (p:Node {id: $id})
MATCH (h)-[:PART_OF*0..3]->(p)
WITH p, collect(DISTINCT h.id) AS here
OPTIONAL MATCH (p)-[:PART_OF*0..3]->()-[:IN_COUNTRY]->(land)
RETURN here, collect(DISTINCT land.id) AS lands
"""
TIES = f"""
MATCH (p:Node {{id: $id}})-[c:{_TIES}]-(o)
MATCH (s:Source {{id: c.source}})
RETURN c.id AS id, type(c) AS kind, o.id AS other, c.form AS form, c.status AS status,
       c.signed_on AS signed_on, c.ended_on AS ended_on, c.source AS source,
       s.published AS published
""".replace("(s:Source {id: c.source})", "(s:Node {id: c.source})")
LINKS = """
UNWIND $here AS id
MATCH (h:Node {id: id})
CALL (h) {
  MATCH (m:Mission)-[c:VISITED]->(h) WHERE m.status <> 'planned'
  RETURN 'visited' AS tag, m.id AS item, null AS role, c.source AS source
  UNION ALL
  MATCH (e:Event)-[c:LOCATED_IN]->(h)
  RETURN 'located' AS tag, e.id AS item, null AS role, c.source AS source
  UNION ALL
  MATCH (h)-[c:HOSTED]->(o)
  RETURN 'hosted' AS tag, o.id AS item, c.role AS role, c.source AS source
  UNION ALL
  MATCH (h)-[c:CREDITS]->(o)
  RETURN 'credited' AS tag, o.id AS item, null AS role, c.source AS source
  UNION ALL
  MATCH (d:Deal)-[c:IN_PLACE]->(h)
  RETURN 'placed' AS tag, d.id AS item, null AS role, c.source AS source
  UNION ALL
  MATCH (h)-[c:BOUGHT]->(d)
  RETURN 'bought' AS tag, d.id AS item, null AS role, c.source AS source
  UNION ALL
  MATCH (h)<-[:LOCATED_IN]-(b)-[c:BOUGHT]->(d)
  RETURN 'bought' AS tag, d.id AS item, null AS role, c.source AS source
  UNION ALL
  MATCH (h)-[c:AGREEMENT]-(f:Firm)
  RETURN 'agreed' AS tag, f.id AS item, null AS role, c.source AS source
}
RETURN tag, item, role, source
"""
FIRMS = """
UNWIND $items AS id
MATCH (x:Node {id: id})
CALL (x) {
  MATCH (f:Firm)-[:PARTICIPATED_IN|SOLD]->(x) RETURN f.id AS firm
  UNION
  MATCH (f:Firm)-[:SOLD]->(:Deal)-[:MADE_AT]->(x) RETURN f.id AS firm
}
RETURN DISTINCT firm
"""
DURING = """
UNWIND $missions AS id
MATCH (m:Node {id: id})
CALL (m) {
  MATCH (m)<-[:SENT]-(s)<-[:PART_OF*0..3]-()<-[:LOCATED_IN]-(f:Firm) RETURN f
  UNION
  MATCH (m)<-[:PARTICIPATED_IN]-(f:Firm) RETURN f
}
WITH m, f
MATCH (f)-[:PARTICIPATED_IN|SOLD]->(x)
WHERE (x:Event AND m.start <= x.start <= m.end) OR (x:Deal AND m.start <= x.date <= m.end)
WITH f, x
WHERE EXISTS {
    MATCH (x)-[:LOCATED_IN|IN_PLACE]->()-[:PART_OF*0..3]->()-[:IN_COUNTRY]->(land)
    WHERE land.id IN $lands }
RETURN DISTINCT f.id
"""
DOINGS = """
UNWIND $firms AS id
MATCH (f:Node {id: id})-[c:PARTICIPATED_IN|SOLD]->(x)
WHERE NOT x:Programme
RETURN f.id AS firm, type(c) AS kind, x.id AS item, c.source AS source, x.status AS status,
       coalesce(x.start, x.date) AS begins,
       [(x)-[:MADE_AT]->(o) WHERE (o:Mission AND o.status <> 'planned') OR o:Event | o.id]
         AS made_at,
       [(x)-[:SAME_DEAL_AS]-(o) | o.id] AS same
"""
HOMES = """
UNWIND $firms AS id
MATCH (f:Node {id: id})
OPTIONAL MATCH (f)-[:LOCATED_IN]->()-[:PART_OF*0..3]->(h)
OPTIONAL MATCH (h)-[:IN_COUNTRY]->(land)
RETURN id, collect(DISTINCT h.id), collect(DISTINCT land.id)
"""
TOLD = """
UNWIND $items AS id
MATCH (x:Node {id: id})
OPTIONAL MATCH (x)-[c:SENT|VISITED|HOSTED|PARTICIPATED_IN|MADE_AT|SOLD|BOUGHT|IN_PLACE
                    |PART_OF_DEAL|SAME_DEAL_AS|CREDITS]-()
WITH id, x, collect(DISTINCT c.source) AS sources
RETURN id, coalesce(x.start, x.date) AS begins, x.status AS status, sources,
       [(x)<-[:SENT]-()-[:PART_OF*0..3]->(h) | h.id] AS senders
"""
SHOWN_FIRMS = """
UNWIND $firms AS id
MATCH (f:Node {id: id})
OPTIONAL MATCH (f)-[c:LOCATED_IN]->(h)
OPTIONAL MATCH (h)-[:IN_COUNTRY]->(land)
RETURN properties(f), properties(h), land.id, properties(c)
"""
SHOWN_CLAIMS = f"""
UNWIND $items AS id
MATCH (x:Node {{id: id}})-[c:SENT|VISITED|HOSTED|PARTICIPATED_IN|MADE_AT|SOLD|BOUGHT|IN_PLACE
                    |PART_OF_DEAL|SAME_DEAL_AS|CREDITS]-()
WITH DISTINCT c
MATCH (s:Node {{id: c.source}})
RETURN {_CLAIM}, s.title, s.publisher, s.published, s.url
"""
DEALS = """
UNWIND $here AS id
MATCH (h:Node {id: id})
CALL (h) {
  MATCH (d:Deal)-[:IN_PLACE]->(h) RETURN d
  UNION
  MATCH (h)-[:BOUGHT]->(d:Deal) RETURN d
  UNION
  MATCH (h)<-[:LOCATED_IN]-()-[:BOUGHT]->(d:Deal) RETURN d
}
WITH DISTINCT d
MATCH (s:Source)-[:DESCRIBES]->(d)
WITH d, min(s.published) AS published
RETURN d.id AS id, d.stage AS stage, d.currency AS currency, d.amount AS amount, published,
       [(d)-[:SAME_DEAL_AS]-(o) | o.id] AS same,
       [(d)-[:PART_OF_DEAL]->(o) | o.id] AS wholes
"""
_RANKED = """
WITH DISTINCT n
WITH n, [x IN [toLower(n.name_ko), n.low_en] WHERE x IS NOT NULL] AS names
WITH n, reduce(best = 9, x IN names | CASE
    WHEN x = $text AND best > 0 THEN 0
    WHEN x STARTS WITH $text AND best > 1 THEN 1
    WHEN x CONTAINS ' ' + $text AND best > 2 THEN 2
    WHEN x CONTAINS $text AND best > 3 THEN 3
    ELSE best END) AS grade
WHERE grade < 9
WITH n, grade, COUNT { (n)--() } AS degree
ORDER BY grade, degree DESC, n.id LIMIT $page
RETURN properties(n)
"""
SEARCH_PAIR = "CALL db.index.fulltext.queryNodes('raw_names', $text) YIELD node AS n" + _RANKED
"""Two syllables: the full-text index of pairs."""
SEARCH = (
    "CALL () { MATCH (n:Node) WHERE n.name_ko CONTAINS $text RETURN n "
    "UNION MATCH (n:Node) WHERE n.low_en CONTAINS $text RETURN n }" + _RANKED
)
"""Three letters or more: the text indexes, which hold triples."""
