"""Record files: the shipped ones are whole, malformed ones are refused at the true place."""

import json
import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from graph.claims import Claim, Describes, describes_id
from graph.errors import RecordsInvalid
from graph.nodes import City, Country, Node
from ingest.files import SIZE_LIMIT
from ingest.record_format import PUBLISHED_SCHEMA, record_schema, schema_text
from ingest.records import Record, parse_record, read_record, shipped_records
from tests.malformed_records import CASES, CITIES, HEAD, Malformed

SHIPPED = {path.stem: path for path in shipped_records()}
ARTICLES = ("cheongju-2023", "gwangju-bukgu-2024", "jinju-2019", "jinju-2025", "suwon-2008")


def _nodes(record: Record) -> dict[str, Node]:
    return {claim.to: claim.node for claim in record.claims if isinstance(claim, Describes)}


def _named(record: Record, name: str) -> Node:
    """The one node with this name or spelling."""
    (node,) = (n for n in _nodes(record).values() if name in {*n.names.values(), *n.spellings})
    return node


def _said(record: Record, kind: str) -> list[Claim]:
    return [claim for claim in record.claims if claim.kind == kind]


def _refused(data: bytes) -> RecordsInvalid:
    with pytest.raises(RecordsInvalid) as caught:
        parse_record(data, "record.yaml")
    return caught.value


def test_the_five_articles_are_shipped() -> None:
    assert tuple(SHIPPED) == ARTICLES


@pytest.mark.parametrize("name", ARTICLES)
def test_a_shipped_record_is_located_and_describes_every_end(name: str) -> None:
    record = read_record(SHIPPED[name])
    assert record.source.id == f"source:{name}"
    described = {claim.id for claim in record.claims if claim.kind == "DESCRIBES"}
    for claim in record.claims:
        assert claim.source == record.source.id
        assert claim.locator is not None, claim
        assert claim.quote is None
        for end in (claim.source, *claim.stated_ends):
            assert describes_id(claim.source, end) in described


@pytest.mark.parametrize("name", ARTICLES)
def test_the_ids_of_a_shipped_record_are_ascii_and_distinct(name: str) -> None:
    record = read_record(SHIPPED[name])
    ids = [claim.id for claim in record.claims]
    assert len(set(ids)) == len(ids)
    assert all(claim.from_.isascii() and claim.to.isascii() for claim in record.claims)


@pytest.mark.parametrize("name", ARTICLES)
def test_a_shipped_city_has_a_country_and_both_names(name: str) -> None:
    record = read_record(SHIPPED[name])
    placed = {claim.from_ for claim in _said(record, "IN_COUNTRY")}
    for node in _nodes(record).values():
        if isinstance(node, City | Country):
            assert {"ko", "en"} <= node.names.keys(), node
        if isinstance(node, City):
            assert node.id in placed


@pytest.mark.parametrize(
    ("record", "name", "expected"),
    [
        ("suwon-2008", "Suwon", "city:Q20714"),
        ("suwon-2008", "장안구", "city:xn--2e0bl66b3ub.Q20714.kr"),
        ("suwon-2008", "그린존", "firm:xn--2i0b75t90l.kr.xn--2e0bl66b3ub.Q20714.kr"),
        ("suwon-2008", "JTH Cosmetics", "firm:jth-cosmetics.id.Q3630"),
        ("gwangju-bukgu-2024", "OKTA LA", "organization:okta-la.us.Q65"),
        ("jinju-2025", "탕에랑", "city:Q10127"),
        ("cheongju-2023", "Cheongju", "city:Q42147"),
    ],
)
def test_ids_never_change(record: str, name: str, expected: str) -> None:
    assert _named(read_record(SHIPPED[record]), name).id == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "suwon-2008",
            {
                ("consultation", "5700000", None, 7),
                ("expected", "2000000", None, 7),
                ("consultation", "600000", None, 12),
            },
        ),
        (
            "jinju-2019",
            {
                ("consultation", "24000000", 91, 8),
                ("mou", "5600000", 4, 8),
                ("consultation", "11000000", 48, 14),
                ("mou", "3000000", 1, 14),
                ("consultation", "13000000", 43, 19),
                ("mou", "2600000", 3, 19),
            },
        ),
        (
            "gwangju-bukgu-2024",
            {
                ("mixed", "10000000", None, 8),
                ("contract", "3250000", None, 9),
                ("provisional", "6750000", None, 9),
                ("contract", "9340000", None, 18),
            },
        ),
        ("jinju-2025", {("contract", "2000000", None, 31), ("adoption", "None", None, 30)}),
        ("cheongju-2023", {("contract", "5900000", 39, 13)}),
    ],
)
def test_the_figures_of_an_article(name: str, expected: set[tuple[str, str, int, int]]) -> None:
    record = read_record(SHIPPED[name])
    deals = [c for c in _said(record, "DESCRIBES") if c.to.startswith("deal:")]
    assert {
        (str(n.stage), str(n.amount), n.count, c.locator)
        for c in deals
        if isinstance(c, Describes) and (n := c.node).kind == "Deal"
    } == expected


def _as_editors_read(value: Any) -> Any:
    """YAML as an editor's checker sees it: dates are texts."""
    if isinstance(value, dict):
        return {key: _as_editors_read(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_editors_read(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def test_the_published_schema_is_up_to_date() -> None:
    published = PUBLISHED_SCHEMA.read_text(encoding="utf-8")
    assert published == schema_text(), "run ingest.record_format.write_schema()"
    Draft202012Validator.check_schema(json.loads(published))


@pytest.mark.parametrize("name", ARTICLES)
def test_the_schema_accepts_the_shipped_records(name: str) -> None:
    text = SHIPPED[name].read_text(encoding="utf-8")
    Draft202012Validator(record_schema()).validate(_as_editors_read(yaml.safe_load(text)))
    linked = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert linked
    assert (SHIPPED[name].parent / linked[1]).resolve() == PUBLISHED_SCHEMA


@pytest.mark.parametrize(
    "rest",
    [
        "nodes: [{key: a, kind: Town}]",
        "nodes: [{key: a, kind: Deal, amout: 5}]",
        "nodes: [{key: a, kind: Mission, country: KR}]",
        "claims: [{kind: SENT, from: a}]",
        "claims: [{kind: HOSTED, from: a, to: m, role: boss}]",
    ],
)
def test_the_schema_refuses_what_reading_refuses(rest: str) -> None:
    text = f"{HEAD}{rest}\n"
    assert not Draft202012Validator(record_schema()).is_valid(yaml.safe_load(text))
    _refused(text.encode())


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_malformed_record_is_refused_at_its_place(case: Malformed) -> None:
    first = _refused(case.data).problems[0]
    assert (first.code, first.line, first.column) == (case.code, case.line, case.column)
    assert str(first).startswith(f"record.yaml:{case.line}:{case.column}: error[{case.code}]: ")
    assert str(first).isprintable()
    assert first.fix


def test_every_fault_of_a_file_is_told_at_once() -> None:
    text = (
        "source: {id: suwon, source_kind: blog}\n"
        "nodes:\n"
        "  - {key: a, kind: City, names: {en: A}, country: XX, part_of: z}\n"
        "  - {key: m, kind: Mission, start: 2023-13, end: never}\n"
        "claims:\n"
        "  - {kind: SENT, from: m, to: a}\n"
        "  - {kind: VISITED, from: m, to: nowhere}\n"
    )
    told = [(p.line, p.code) for p in _refused(text.encode()).problems]
    assert told == [
        (1, "missing"),
        (1, "value"),
        (1, "value"),
        (3, "country"),
        (3, "unknown-key"),
        (4, "date"),
        (4, "date"),
        (6, "wrong-end"),
        (6, "wrong-end"),
        (7, "unknown-key"),
    ]


def test_a_repeated_claim_names_both_lines() -> None:
    error = _refused(CASES["a claim twice"].data)
    assert ":10:5:" in str(error)
    assert "line 9" in str(error)


def test_a_long_list_of_problems_is_cut_in_the_message_only() -> None:
    text = HEAD + "nodes:\n" + "  - {kind: Deal}\n" * 50
    error = _refused(text.encode())
    assert len(error.problems) == 50
    assert str(error).endswith("and 30 more problems")


@pytest.mark.parametrize("change", ["BOM", "CRLF", "CR"])
def test_encodings_of_one_text_give_one_record(change: str) -> None:
    data = SHIPPED["suwon-2008"].read_bytes()
    changed = {
        "BOM": b"\xef\xbb\xbf" + data,
        "CRLF": data.replace(b"\n", b"\r\n"),
        "CR": data.replace(b"\n", b"\r"),
    }
    assert parse_record(changed[change], "a").claims == parse_record(data, "b").claims


def test_words_that_yaml_would_turn_into_something_else_stay_words() -> None:
    text = (
        "source: {id: source:a, source_kind: article, title: 2008}\n"
        "nodes:\n"
        "  - {key: no, kind: City, names: {en: Yes}, country: NO, adm: 0123}\n"
        "  - {key: m, kind: Mission, names: {en: 1:30}, start: 1990, note: ~}\n"
    )
    record = parse_record(text.encode(), "a")
    assert record.source.title == "2008"
    nodes = _nodes(record)
    assert nodes["city:adm-0123"].names == {"en": "Yes"}
    assert nodes["country:NO"].names["en"] == "Norway"
    assert str(nodes["mission:1-30.1990"].span[0]) == "1990"


def test_the_guide_shows_a_record_and_names_every_code() -> None:
    guide = (PUBLISHED_SCHEMA.parent / "records.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    assert len(_said(parse_record(example.encode(), "docs/records.md"), "DESCRIBES")) == 7
    assert {case.code for case in CASES.values()} <= set(re.findall(r"`([a-z-]+)`", guide))


def test_an_undirected_claim_has_one_id_both_ways() -> None:
    ways = ("from: a, to: b", "from: b, to: a")
    records = [
        parse_record(f"{HEAD}{CITIES}  - {{kind: TWINNED, {way}, status: signed}}\n".encode(), "a")
        for way in ways
    ]
    assert records[0].claims == records[1].claims


@pytest.mark.parametrize("content", [b"[" * 1_000_000, b"{" * 1_000_000, b"- " * 1_000_000])
def test_deep_nesting_ends_soon(content: bytes) -> None:
    assert _refused(content).problems[0].code == "depth"


def test_what_is_no_plain_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").write_bytes(b" " * (SIZE_LIMIT + 1))
    codes = {
        tmp_path: "no-file",
        tmp_path / "pipe": "no-file",
        Path("/dev/zero"): "no-file",
        tmp_path / "absent.yaml": "unreadable",
        tmp_path / "a\0b.yaml": "unreadable",
        tmp_path / "large": "too-large",
    }
    for path, code in codes.items():
        with pytest.raises(RecordsInvalid) as caught:
            read_record(path)
        assert [p.code for p in caught.value.problems] == [code]
