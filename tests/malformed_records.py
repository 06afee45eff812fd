"""Record files with one fault each: name -> (bytes, code, line, column) of what must be said."""

from __future__ import annotations

from typing import NamedTuple


class Malformed(NamedTuple):
    """The content of a file, and the code and place of its first problem."""

    data: bytes
    code: str
    line: int
    column: int


HEAD = "source: {id: source:a, source_kind: article, title: T}\n"
CITIES = (
    "nodes:\n"
    "  - {key: a, kind: City, names: {en: A}, country: KR}\n"
    "  - {key: b, kind: City, names: {en: B}, country: JP}\n"
    "  - {key: f, kind: Firm, names: {ko: 누리봄}}\n"
    "  - {key: m, kind: Mission}\n"
    "  - {key: d, kind: Deal}\n"
    "claims:\n"
)
"""Lines 2 to 8; claims follow from line 9."""


def _case(text: str, code: str, line: int, column: int) -> Malformed:
    return Malformed(text.encode("utf-8", "surrogatepass"), code, line, column)


def _source(rest: str, code: str, column: int) -> Malformed:
    return _case(f"source: {{{rest}}}\n", code, 1, column)


def _node(text: str, code: str, column: int) -> Malformed:
    return _case(f"{HEAD}nodes:\n  - {text}\n", code, 3, column)


def _claim(text: str, code: str, column: int) -> Malformed:
    return _case(f"{HEAD}{CITIES}  - {text}\n", code, 9, column)


_FILES = {
    "empty": Malformed(b"", "empty", 1, 1),
    "only a BOM": Malformed(b"\xef\xbb\xbf", "empty", 1, 1),
    "only a comment": Malformed(b"# nothing\n", "empty", 1, 1),
    "CP949": Malformed(f"{HEAD}# 수원시\n".encode("cp949"), "encoding", 2, 3),
    "UTF-16": Malformed(HEAD.encode("utf-16"), "encoding", 1, 1),
    "a cut character": Malformed(HEAD.encode() + "수".encode()[:2], "encoding", 2, 1),
    "a byte after a BOM": Malformed(b"\xef\xbb\xbf" + HEAD.encode() + b"\xff", "encoding", 2, 1),
    "a bad byte after CRLF": Malformed(b"a: 1\r\nb: \x80\r\n", "encoding", 2, 4),
    "a surrogate": _case("a: \ud800\n", "encoding", 1, 4),
    "NUL": Malformed(HEAD.encode() + b"# \x00", "control", 2, 3),
    "an escape sequence": Malformed(HEAD.encode() + b"x: \x1b[31m\n", "control", 2, 4),
    "a line separator": _case(f"{HEAD}# a\u2028b\n", "control", 2, 4),
    "a BOM within": _case(f"{HEAD}\ufeff\n", "control", 2, 1),
    "a PNG": Malformed(b"\x89PNG\r\n\x1a\n", "encoding", 1, 1),
    "gzip": Malformed(b"\x1f\x8b\x08\x00", "encoding", 1, 2),
}
_YAML = {
    "a python tag": _source("id: !!python/object/apply:os.system [ls]", "tag", 14),
    "a plain tag": _source("id: !!str source:a", "tag", 14),
    "an own tag": _node("!node {key: a, kind: Deal}", "tag", 5),
    "an anchor": _source("id: &x source:a, source_kind: article, title: T", "anchor", 14),
    "an alias": _case(f"{HEAD}nodes: &n []\nclaims: *n\n", "anchor", 2, 8),
    "an alias to nothing": _case(f"{HEAD}nodes: *n\n", "alias", 2, 8),
    "a merge key": _node("{<<: {key: a}, kind: Deal}", "missing", 5),
    "a key twice": _case(f"{HEAD}nodes: []\nnodes: []\n", "duplicate-key", 3, 1),
    "a field twice": _node("{key: a, kind: Deal, key: b}", "duplicate-key", 26),
    "a list as key": _case(f"{HEAD}? [a]\n: b\n", "shape", 2, 3),
    "two documents": _case(f"{HEAD}---\n{HEAD}", "documents", 2, 1),
    "deep lists": _case(f"a: {'[' * 100}", "depth", 1, 15),
    "a million brackets": _case("[\n" * 1_000_000, "depth", 13, 1),
    "a million braces": _case("{a: " * 1_000_000, "depth", 1, 49),
    "too many values": _case("a:\n" + "- 1\n" * 300_001, "too-large", 299_999, 3),
    "an open bracket": _case(f"{HEAD}nodes: [\n", "syntax", 3, 1),
    "an open quote": _case('source: {id: "x\n', "syntax", 1, 14),
    "a tab as indentation": _case("source:\n\tid: source:a\n", "syntax", 2, 1),
    "a lost colon": _case(f"{HEAD}nodes\nclaims: []\n", "syntax", 2, 1),
    "an undented line": _case("source:\n  id: a\n title: b\n", "syntax", 3, 2),
    "a stray percent": _case("%YAML 9.9.9\n---\na: b\n", "syntax", 1, 1),
}
_SHAPES = {
    "text": _case("hello\n", "shape", 1, 1),
    "a list": _case("- source\n", "shape", 1, 1),
    "null": _case("~\n", "shape", 1, 1),
    "HTML": _case("<html>\n<body></body>\n</html>\n", "shape", 1, 1),
    "JSON of another kind": _case('{"type": "FeatureCollection"}\n', "missing", 1, 1),
    "an unknown field on top": _case(f"{HEAD}node: []\n", "unknown-field", 2, 1),
    "no source": _case("nodes: []\n", "missing", 1, 1),
    "a source in a word": _case("source: suwon\n", "value", 1, 9),
    "nodes as a map": _case(f"{HEAD}nodes: {{a: b}}\n", "shape", 2, 8),
    "a node in a word": _node("suwon", "shape", 5),
    "a node in a list": _node("[suwon]", "shape", 5),
    "a claim as null": _case(f"{HEAD}claims:\n  -\n", "shape", 3, 4),
}
_SOURCES = {
    "a source without id": _source("source_kind: article, title: T", "missing", 9),
    "a source without title": _source("id: source:a, source_kind: article", "missing", 9),
    "an id that is none": _source("id: suwon, source_kind: article, title: T", "value", 14),
    "an id in Korean": _source("id: source:수원, source_kind: article, title: T", "value", 14),
    "a kind that is none": _source("id: source:a, source_kind: blog, title: T", "value", 37),
    "a script as address": _source(
        "id: source:a, source_kind: article, title: T, url: 'javascript:alert(1)'", "value", 61
    ),
    "month 13": _source(
        "id: source:a, source_kind: article, title: T, published: 2023-13", "date", 67
    ),
    "30 February": _source(
        "id: source:a, source_kind: article, title: T, published: 2023-02-30", "date", 67
    ),
    "a date in words": _source(
        "id: source:a, source_kind: article, title: T, published: 지난 8일", "date", 67
    ),
    "year 0": _source("id: source:a, source_kind: article, title: T, published: 0000", "date", 67),
    "a list as title": _source("id: source:a, source_kind: article, title: [T]", "value", 53),
    "an empty title": _source("id: source:a, source_kind: article, title: ''", "value", 53),
    "a state": _source(
        "id: source:a, source_kind: article, title: T, state: loading", "unknown-field", 56
    ),
}
_NODES = {
    "a node without kind": _node("{key: a}", "missing", 5),
    "a node without key": _node("{kind: Deal}", "missing", 5),
    "an unknown kind": _node("{key: a, kind: Town}", "unknown-kind", 20),
    "a kind in a list": _node("{key: a, kind: [City]}", "unknown-kind", 20),
    "a country as node": _node("{key: a, kind: Country}", "unknown-kind", 20),
    "a key with blanks": _node("{key: a b, kind: Deal}", "value", 11),
    "a key in Korean": _node("{key: 수원, kind: Deal}", "value", 11),
    "an id": _node("{key: a, kind: Deal, id: 'deal:b'}", "unknown-field", 26),
    "a misspelt field": _node("{key: a, kind: Deal, amout: 5}", "unknown-field", 26),
    "a mission in a country": _node("{key: a, kind: Mission, country: KR}", "unknown-field", 29),
    "a city without name": _node("{key: a, kind: City}", "missing", 5),
    "a firm without name": _node("{key: a, kind: Firm, wikidata: Q1}", "missing", 5),
    "a name in no language": _node("{key: a, kind: City, names: {'1': A}}", "value", 34),
    "an empty name": _node("{key: a, kind: City, names: {en: ''}}", "value", 38),
    "a name that is null": _node("{key: a, kind: City, names: {en: }}", "value", 38),
    "a name with a tab": _node('{key: a, kind: City, names: {en: "A\\tB"}}', "value", 38),
    "a name with an escaped NUL": _node('{key: a, kind: City, names: {en: "\\0"}}', "value", 38),
    "a name that turns the writing": _node(
        '{key: a, kind: City, names: {en: "A\\u202eB"}}', "value", 38
    ),
    "half a surrogate, escaped": _node(
        '{key: a, kind: City, names: {en: "\\uD800"}}', "syntax", 41
    ),
    "a long name": _node(f"{{key: a, kind: City, names: {{en: {'A' * 501}}}}}", "value", 38),
    "an unknown country": _node("{key: a, kind: City, names: {en: A}, country: XX}", "country", 51),
    "a country in words": _node(
        "{key: a, kind: City, names: {en: A}, country: Korea}", "value", 51
    ),
    "a latitude of 91": _node("{key: a, kind: City, names: {en: A}, latitude: 91}", "value", 52),
    "a latitude of NaN": _node("{key: a, kind: City, names: {en: A}, latitude: .nan}", "value", 52),
    "an item that is none": _node(
        "{key: a, kind: City, names: {en: A}, wikidata: 20714}", "value", 52
    ),
    "an amount in words": _node("{key: a, kind: Deal, amount: 5천만, currency: USD}", "value", 34),
    "an amount with commas": _node(
        "{key: a, kind: Deal, amount: '5,7', currency: USD}", "value", 34
    ),
    "a negative amount": _node("{key: a, kind: Deal, amount: -5, currency: USD}", "value", 34),
    "an infinite amount": _node("{key: a, kind: Deal, amount: inf, currency: USD}", "value", 34),
    "5,000 digits": _node(f"{{key: a, kind: Deal, count: {'9' * 5000}}}", "value", 33),
    "an amount of 1e999": _node("{key: a, kind: Deal, amount: 1e999, currency: USD}", "value", 34),
    "an amount without currency": _node("{key: a, kind: Deal, amount: 5}", "value", 5),
    "a currency in words": _node("{key: a, kind: Deal, amount: 5, currency: 달러}", "value", 47),
    "a currency that is none": _node("{key: a, kind: Deal, amount: 5, currency: UDS}", "value", 47),
    "a currency out of use": _node("{key: a, kind: Deal, amount: 5, currency: BGN}", "value", 47),
    "a rung that is none": _node("{key: a, kind: Deal, stage: signed}", "value", 33),
    "an end before its start": _node(
        "{key: a, kind: Mission, start: 2024-03-30, end: 2024-03-24}", "date", 53
    ),
    "a range backwards": _node("{key: a, kind: Mission, start: 2024-03/2024-02}", "date", 36),
    "locator 0": _node("{key: a, kind: Deal, locator: 0}", "value", 35),
    "a locator in words": _node("{key: a, kind: Deal, locator: third}", "value", 35),
    "part of nothing": _node("{key: a, kind: City, names: {en: A}, part_of: b}", "unknown-key", 51),
    "part of itself": _node("{key: a, kind: City, names: {en: A}, part_of: a}", "circle", 51),
    "a key of two nodes": _case(
        f"{HEAD}nodes:\n  - {{key: a, kind: Deal}}\n  - {{key: a, kind: Mission}}\n",
        "duplicate-node",
        4,
        11,
    ),
    "two nodes with one id": _case(
        f"{HEAD}nodes:\n  - {{key: a, kind: City, names: {{en: A}}}}\n"
        "  - {key: b, kind: City, names: {en: a}}\n",
        "same-id",
        4,
        5,
    ),
    "a circle of cities": _case(
        f"{HEAD}nodes:\n  - {{key: a, kind: City, names: {{en: A}}, part_of: b}}\n"
        "  - {key: b, kind: City, names: {en: B}, part_of: a}\n",
        "circle",
        3,
        51,
    ),
    "a chain of cities": _case(
        f"{HEAD}nodes:\n"
        + "".join(
            f"  - {{key: c{n}, kind: City, names: {{en: C{n}}}, part_of: c{n + 1}}}\n"
            for n in range(5000)
        )
        + "  - {key: c5000, kind: City, names: {en: Z}}\n",
        "circle",
        3,
        53,
    ),
}
_CLAIMS = {
    "a claim without kind": _claim("{from: a, to: b}", "missing", 5),
    "an unknown claim": _claim("{kind: LIKES, from: a, to: b}", "unknown-kind", 12),
    "a description": _claim("{kind: DESCRIBES, from: a, to: b}", "unknown-kind", 12),
    "a claim without end": _claim("{kind: SENT, from: a}", "missing", 5),
    "an end that nothing describes": _claim("{kind: SENT, from: a, to: x}", "unknown-key", 31),
    "a country that is none": _claim(
        "{kind: IN_PLACE, from: d, to: 'country:XX'}", "unknown-key", 35
    ),
    "an id as end": _claim("{kind: SENT, from: a, to: 'city:Q1'}", "value", 31),
    "a firm that sends": _claim("{kind: SENT, from: f, to: m}", "wrong-end", 24),
    "a city that sells": _claim("{kind: SOLD, from: a, to: d}", "wrong-end", 24),
    "a sale the wrong way round": _claim("{kind: SOLD, from: d, to: f}", "wrong-end", 24),
    "a tie with itself": _claim(
        "{kind: SISTER_CITY, from: a, to: a, status: signed}", "wrong-end", 38
    ),
    "a tie without status": _claim("{kind: SISTER_CITY, from: a, to: b}", "missing", 5),
    "a status that is none": _claim(
        "{kind: SISTER_CITY, from: a, to: b, status: great}", "value", 49
    ),
    "an agreement without form": _claim(
        "{kind: AGREEMENT, from: a, to: b, status: signed}", "missing", 5
    ),
    "a role that is none": _claim("{kind: HOSTED, from: a, to: m, role: boss}", "value", 42),
    "a field of another kind": _claim(
        "{kind: SENT, from: a, to: m, role: host}", "unknown-field", 34
    ),
    "an end after Korean": _claim(
        "{note: 수원시 반둥, kind: SENT, from: a, to: x}", "unknown-key", 45
    ),
    "a long quote": _claim(f"{{kind: SENT, from: a, to: m, quote: {'x' * 201}}}", "value", 41),
    "a visit that ends early": _claim(
        "{kind: VISITED, from: m, to: b, first_day: 2024-02, last_day: 2024-01}", "date", 67
    ),
    "a claim twice": _case(
        f"{HEAD}{CITIES}  - {{kind: SENT, from: a, to: m, locator: 1}}\n"
        "  - {kind: SENT, from: a, to: m, locator: 2}\n",
        "same-claim",
        10,
        5,
    ),
    "a tie twice, both ways": _case(
        f"{HEAD}{CITIES}  - {{kind: TWINNED, from: a, to: b, status: signed}}\n"
        "  - {kind: TWINNED, from: b, to: a, status: in_force}\n",
        "same-claim",
        10,
        5,
    ),
    "a shorthand said again": _claim(
        "{kind: IN_COUNTRY, from: a, to: 'country:KR'}", "same-claim", 5
    ),
}
CASES: dict[str, Malformed] = {**_FILES, **_YAML, **_SHAPES, **_SOURCES, **_NODES, **_CLAIMS}
