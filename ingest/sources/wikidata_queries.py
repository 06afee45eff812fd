"""What is asked of a SPARQL endpoint of Wikidata, page by page, and the typed answers.

Answers are taken as data from a stranger: of each value only what has the form that was
asked for is kept.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ACCEPT = "application/sparql-results+json"
_PREFIXES = """PREFIX p: <http://www.wikidata.org/prop/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/>
PREFIX pr: <http://www.wikidata.org/prop/reference/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wikibase: <http://wikiba.se/ontology#>
"""
_STATEMENTS = """SELECT * WHERE {
  { SELECT ?statement ?item WHERE {
      ?item p:P190 ?statement . FILTER(STR(?statement) > "%(after)s")
    } ORDER BY STR(?statement) LIMIT %(size)d }
  OPTIONAL { ?statement ps:P190 ?partner }
  OPTIONAL { ?statement wikibase:rank ?rank }
  OPTIONAL { ?statement pqv:P580 ?s .
             ?s wikibase:timeValue ?start ; wikibase:timePrecision ?startPrecision }
  OPTIONAL { ?statement pq:P582 ?ended }
  OPTIONAL { ?statement pqv:P582 ?e .
             ?e wikibase:timeValue ?end ; wikibase:timePrecision ?endPrecision }
  OPTIONAL { ?statement prov:wasDerivedFrom/pr:P854 ?reference }
}"""
_ITEMS = """SELECT * WHERE {
  VALUES ?item { %(items)s }
  OPTIONAL { ?item rdfs:label ?en FILTER(LANG(?en) = "en") }
  OPTIONAL { ?item rdfs:label ?ko FILTER(LANG(?ko) = "ko") }
  OPTIONAL { ?item wdt:P17/wdt:P297 ?country }
  OPTIONAL { ?item wdt:P625 ?point }
}"""
_ITEM = re.compile(r"http://www\.wikidata\.org/entity/(Q[1-9][0-9]{0,11})")
_STATEMENT = re.compile(r"http://www\.wikidata\.org/entity/statement/([A-Za-z0-9-]{3,80})")
_POINT = re.compile(r"Point\((-?[0-9]{1,3}(?:\.[0-9]{1,20})?) (-?[0-9]{1,2}(?:\.[0-9]{1,20})?)\)")
_TIME = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T[0-9:]{8}Z?")
_PRECISIONS = {"9": 1, "10": 2, "11": 3}
STATEMENT = "http://www.wikidata.org/entity/statement/"


class Nonsense(ValueError):
    """A page is not an answer to what was asked."""


def statements_query(after: str, size: int) -> str:
    """The statements whose key follows `after`, at most `size` of them, in order of key."""
    return _PREFIXES + _STATEMENTS % {"after": STATEMENT + after, "size": size}


def items_query(items: Iterable[str]) -> str:
    """Labels, country, place of these items."""
    return _PREFIXES + _ITEMS % {"items": " ".join(f"wd:{item}" for item in items)}


@dataclass(slots=True)
class Statement:
    """A P190 statement: on which item it stands, what it names, since and until when.

    Dates are of day, month or year precision; others are in `vague`.
    """

    key: str
    item: str
    partner: str | None = None
    deprecated: bool = False
    starts: set[str] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)
    ended: bool = False
    vague: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Item:
    """What Wikidata says of an item; every value it gives, as strings."""

    item: str
    en: set[str] = field(default_factory=set)
    ko: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    points: set[tuple[float, float]] = field(default_factory=set)


def read_statements(page: bytes, after: str = "") -> dict[str, Statement]:
    """The statements of a page by key; Nonsense if it is no answer or does not follow `after`."""
    found: dict[str, Statement] = {}
    for row in _bindings(page):
        key = _matched(_STATEMENT, row, "statement")
        item = _matched(_ITEM, row, "item")
        if key is None or item is None or key <= after:
            raise Nonsense("a row names no statement that was asked for")
        _add_statement(found.setdefault(key, Statement(key, item)), row)
    return found


def read_items(page: bytes, asked: Sequence[str]) -> dict[str, Item]:
    """The items of a page; Nonsense if it is no answer about the items that were asked."""
    found = {item: Item(item) for item in asked}
    seen: set[str] = set()
    for row in _bindings(page):
        item = _matched(_ITEM, row, "item")
        if item not in found:
            raise Nonsense("a row names no item that was asked for")
        seen.add(item)
        _add_item(found[item], row)
    if seen != found.keys():
        raise Nonsense("an item that was asked for is missing")
    return found


def _bindings(page: bytes) -> Iterator[Mapping[str, str]]:
    """The rows of an answer, each variable with its value."""
    try:
        rows = json.loads(page)["results"]["bindings"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Nonsense("the page is no SPARQL result in JSON") from error
    if not isinstance(rows, list):
        raise Nonsense("the page is no SPARQL result in JSON")
    for row in rows:
        yield _values(row)


def _values(row: Any) -> Mapping[str, str]:
    if not isinstance(row, dict):
        raise Nonsense("a row is no row")
    values = {}
    for name, term in row.items():
        if not isinstance(term, dict) or not isinstance(term.get("value"), str):
            raise Nonsense("a row is no row")
        values[name] = term["value"]
    return values


def _matched(form: re.Pattern[str], row: Mapping[str, str], name: str) -> str | None:
    found = form.fullmatch(row.get(name, ""))
    return found[1] if found else None


def _add_statement(statement: Statement, row: Mapping[str, str]) -> None:
    statement.partner = statement.partner or _matched(_ITEM, row, "partner")
    statement.deprecated |= row.get("rank", "").endswith("#DeprecatedRank")
    statement.ended |= "ended" in row or "end" in row
    for name, into in (("start", statement.starts), ("end", statement.ends)):
        if name in row:
            date = _date(row[name], row.get(f"{name}Precision", ""))
            (into if date else statement.vague).add(date or f"{name} {row[name][:10]}")
    if row.get("reference", "").startswith(("https://", "http://")):
        statement.references.add(row["reference"])


def _date(value: str, precision: str) -> str | None:
    """As a partial date; None for what is vaguer than a year, or no time at all."""
    found = _TIME.fullmatch(value)
    parts = _PRECISIONS.get(precision)
    return "-".join(found.groups()[:parts]) if found and parts else None


def _add_item(item: Item, row: Mapping[str, str]) -> None:
    for name, into in (("en", item.en), ("ko", item.ko), ("country", item.countries)):
        if name in row:
            into.add(row[name])
    if point := _POINT.fullmatch(row.get("point", "")):
        item.points.add((float(point[2]), float(point[1])))
