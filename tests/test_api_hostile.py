"""Hostile requests over a real socket: never a 5xx, never a hang, one shape of error."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api import server
from api.errors import Problem
from graph.store import GraphStore
from tests.graphs import FIRM, HOME, MISSION, PARTNER, SETTINGS, merge, stored, trade
from tests.raw_http import Reply, exchange, get, running

DIGITS = b"9" * 5000
PAYLOADS = (
    b"%00", b"a%00b", b"%FF", b"%C0%AF", b"%E0%80%80", b"%ED%A0%80", b"%ED%BF%BF", b"%F4%90%80%80",
    b"%F0%9F%98%80", b"%EF%BF%BE", b"%E2%80%AE", b"%CC%81" * 300, b"%", b"%zz", b"%u0041", b"NaN",
    b"Infinity", b"-Infinity", b"1e999", b"-1", b"0", b"+1", b"1.0", b"1_0", b"0x10", b"%D9%A3",
    b"9223372036854775807", b"9223372036854775808", b"-9223372036854775809",
    b"18446744073709551616", DIGITS, b"-" + DIGITS, b"true", b"null", b"undefined", b"", b"%20",
    b"%0D%0ASet-Cookie:%20a=b", b"%0A", b"%1B[31m", b"'%20OR%201=1%20--",
    b"%22;%20DROP%20TABLE%20claim;--", b"%60a%60)%20DETACH%20DELETE%20n%20//",
    b"%5Cu0060)%20DETACH%20DELETE%20n", b"LOAD%20CSV%20FROM%20'file:///etc/passwd'",
    b"CALL%20apoc.load.json('http://x')", b"ATTACH%20'x'", b"PRAGMA%20user_version", b"AND", b"NOT",
    b"%2B%20-%20%26%26%20!%20()%7B%7D[]%5E~*?:%5C/", b"*", b"%22", b"%22%22%22", b"(((((", b"^",
    b"[" * 2000, b"%7B" * 2000, b"<script>alert(1)</script>", b"javascript:alert(1)",
    b"../../etc/passwd", b"..%2F..%2Fetc%2Fpasswd", b"%2e%2e%2f", b"file:///etc/passwd",
    b"http://169.254.169.254/", b"$%7Bjndi:ldap://x%7D", b"%7B%7B7*7%7D%7D", b"%25s%25n",
    b"city:Q1;city:Q2", b"city:" + b"Q" * 400, b"CITY:Q1", b"city:", b":", b"city:Q1%00",
    b"2024-02-30", b"0000", b"2025/2024", b"9999-99-99", b"2024-01-01/" * 100, b"2024-13",
)  # fmt: skip
PLACES = {
    "q": b"/v1/search?q=%s",
    "kind": b"/v1/search?q=a&kind=%s",
    "limit": b"/v1/search?q=a&limit=%s",
    "cursor": b"/v1/search?q=a&cursor=%s",
    "timeout_ms": b"/v1/sources?timeout_ms=%s",
    "id": b"/v1/entities/%s",
    "id of ties": b"/v1/entities/%s/ties",
    "claim": b"/v1/claims/%s",
    "source": b"/v1/sources/%s",
    "kinds": b"/v1/entities/city:Q1/neighbours?kinds=%s",
    "direction": b"/v1/entities/city:Q1/neighbours?direction=%s",
    "depth": b"/v1/entities/city:Q1/neighbours?depth=%s",
    "as_of": b"/v1/entities/city:Q1/ties?as_of=%s",
    "home": b"/v1/entities/city:Q2/beneficiaries?home=%s",
    "min_grade": b"/v1/entities/city:Q2/beneficiaries?min_grade=%s",
    "from": b"/v1/paths?to=city:Q1&from=%s",
    "max_hops": b"/v1/paths?from=city:Q1&to=city:Q2&max_hops=%s",
    "k": b"/v1/paths?from=city:Q1&to=city:Q2&k=%s",
    "city": b"/v1/totals?city=%s",
    "since": b"/v1/totals?since=%s",
    "format": b"/v1/export?format=%s",
    "a name": b"/v1/sources?%s=1",
    "page q": b"/?q=%s",
    "page partner": b"/?partner=%s",
    "page center": b"/view?center=%s",
    "page opening": b"/view?center=city:Q10389&open=%s",
    "page years": b"/view?center=city:Q10389&from=%s",
    "page view": b"/view?center=city:Q10389&as=%s",
    "static": b"/static/%s",
    "path": b"/%s",
}
HEADERS = (
    b"Accept", b"Accept-Language", b"If-None-Match", b"X-Request-ID", b"Range", b"Cookie",
    b"Origin", b"Content-Type", b"Forwarded", b"X-Forwarded-For", b"Upgrade", b"Expect", b"TE",
)  # fmt: skip
VALUES = (
    b"", b"\xff\xfe", b"a" * 9000, b",,,,;;;q=", b"*/*;q=NaN", b"*/*;q=1e999", b"\"" * 500,
    b"W/" * 500, b"ko;q=9" * 300, b"text/html" + b";a=b" * 500, b"100-continue", b"websocket",
    b"bytes=0-,0-,0-", b"<script>", b"${jndi:ldap://x}",
)  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with stored(tmp_path_factory.mktemp("hostile"), trade(), merge()) as made:
        yield made


@pytest.fixture(scope="module")
def port(store: GraphStore) -> Iterator[int]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "ARRIVAL_SECONDS", 1.5)
        before = store.version()
        with running(store, SETTINGS) as found:
            yield found
        assert store.version() == before


def checked(reply: Reply, what: bytes) -> Reply:
    """The reply, if it is an answer, a problem, or a closed connection."""
    told = (what[:200], reply.status, reply.body[:200])
    assert reply.status < 500, told
    if reply.status >= 400:
        assert reply.headers["content-type"] == "application/problem+json", told
        found = Problem.model_validate_json(reply.body)
        assert found.status == reply.status, told
        assert reply.headers["x-content-type-options"] == "nosniff", told
    return reply


def test_the_table_is_long_enough() -> None:
    assert len(PAYLOADS) * len(PLACES) + len(VALUES) * len(HEADERS) + len(RAW) >= 2000


@pytest.mark.parametrize("place", PLACES)
def test_hostile_values(port: int, place: str) -> None:
    for payload in PAYLOADS:
        request = get(PLACES[place].replace(b"%s", payload))
        checked(exchange(port, [request]), request)


@pytest.mark.parametrize("place", ["limit", "timeout_ms", "depth", "max_hops", "k"])
def test_no_number_is_taken_for_another(port: int, place: str) -> None:
    for payload in PAYLOADS:
        request = get(PLACES[place].replace(b"%s", payload))
        assert exchange(port, [request]).status in {400, 422}, payload


@pytest.mark.parametrize("name", HEADERS)
def test_hostile_headers(port: int, name: bytes) -> None:
    for value in VALUES:
        request = get(b"/v1/sources", name + b": " + value)
        checked(exchange(port, [request]), request)


def post(*lines: bytes, target: bytes = b"/v1/sources") -> bytes:
    head = [b"POST " + target + b" HTTP/1.1", b"Host: localhost", b"Connection: close", *lines]
    return b"\r\n".join(head) + b"\r\n\r\n"


CHUNKED = b"Transfer-Encoding: chunked"
RAW: dict[str, list[bytes]] = {
    "garbage": [b"\x00\x01\x02\x03\r\n\r\n"],
    "no version": [b"GET /v1/sources\r\n\r\n"],
    "version 9": [b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n"],
    "http/2 preface": [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    "tls hello": [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 32],
    "empty lines": [b"\r\n" * 50],
    "bare line feeds": [b"GET / HTTP/1.1\nHost: localhost\n\n"],
    "utf-8 target": [get("/v1/search?q=반둥".encode())],
    "latin-1 target": [get(b"/v1/search?q=\xe9")],
    "space in target": [get(b"/v1/search?q=a b")],
    "nul in target": [get(b"/v1/\x00sources")],
    "absolute target": [get(b"http://localhost/v1/sources")],
    "foreign absolute target": [get(b"http://evil.example/v1/sources")],
    "target *": [b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"],
    "connect": [b"CONNECT x:443 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"],
    "trace": [b"TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"],
    "long method": [b"A" * 3000 + b" / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"],
    "60 kB target": [get(b"/v1/search?q=" + b"a" * 60_000)],
    "100 kB target": [get(b"/v1/search?q=" + b"a" * 100_000)],
    "many parameters": [get(b"/v1/sources?" + b"a=1&" * 3000)],
    "many segments": [get(b"/a" * 5000)],
    "no host": [b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n"],
    "http/1.0 without host": [b"GET /v1/sources HTTP/1.0\r\n\r\n"],
    "two hosts": [get(b"/", b"Host: localhost")],
    "foreign host": [get(b"/", host=b"evil.example")],
    "host with path": [get(b"/", host=b"localhost/../x")],
    "host with user": [get(b"/", host=b"a@localhost")],
    "200 headers": [get(b"/healthz", *(b"X-%d: 1" % n for n in range(200)))],
    "100 kB of headers": [get(b"/", *(b"X-%d: " % n + b"a" * 1000 for n in range(100)))],
    "header without colon": [get(b"/", b"nonsense")],
    "header with nul": [get(b"/", b"X-A: a\x00b")],
    "header name with blank": [get(b"/", b"X A: 1")],
    "folded header": [get(b"/", b"X-A: 1\r\n b")],
    "response in header": [get(b"/", b"X-A: 1\r\n\r\nHTTP/1.1 200 OK")],
    "negative length": [post(b"Content-Length: -1")],
    "length of words": [post(b"Content-Length: many")],
    "length with sign": [post(b"Content-Length: +5"), b"abcde"],
    "5,000 digit length": [post(b"Content-Length: " + DIGITS)],
    "two lengths": [post(b"Content-Length: 1", b"Content-Length: 2"), b"ab"],
    "length and chunks": [post(b"Content-Length: 4", CHUNKED), b"0\r\n\r\n"],
    "3 MB promised": [post(b"Content-Length: 3000000"), b"a" * 1000],
    "3 MB on get": [get(b"/v1/sources", b"Content-Length: 3000000")],
    "body on get": [get(b"/v1/sources", b"Content-Length: 5"), b"abcde"],
    "chunks on get": [get(b"/v1/sources", CHUNKED), b"3\r\nabc\r\n0\r\n\r\n"],
    "bad chunk size": [post(CHUNKED), b"zz\r\nabc\r\n0\r\n\r\n"],
    "huge chunk size": [post(CHUNKED), b"f" * 40 + b"\r\nabc\r\n"],
    "negative chunk size": [post(CHUNKED), b"-1\r\nabc\r\n"],
    "chunk extension": [post(CHUNKED), b"3;" + b"a" * 20_000 + b"\r\nabc\r\n0\r\n\r\n"],
    "chunk without end": [post(CHUNKED), b"3\r\nabcdef"],
    "gzip then chunks": [post(b"Transfer-Encoding: gzip, chunked"), b"0\r\n\r\n"],
    "unknown transfer": [post(b"Transfer-Encoding: xchunked"), b"0\r\n\r\n"],
    "half a body": [post(b"Content-Length: 100"), b"abc"],
    "deep json": [post(b"Content-Length: 20000"), b"[" * 20_000],
    "wrong type": [post(b"Content-Type: application/xml", b"Content-Length: 4"), b"<a/>"],
    "no such type": [post(b"Content-Type: \xff/\xfe", b"Content-Length: 1"), b"a"],
    "not utf-8": [post(b"Content-Type: application/json", b"Content-Length: 2"), b"\xff\xfe"],
    "continue expected": [post(b"Expect: 100-continue", b"Content-Length: 5")],
    "websocket": [get(b"/v1", b"Upgrade: websocket", b"Sec-WebSocket-Key: eA==")],
    "h2c": [get(b"/v1/sources", b"Upgrade: h2c", b"HTTP2-Settings: AAA")],
    "pipelined": [b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20 + get(b"/healthz")],
    "smuggled": [post(b"Content-Length: 40") + b"GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n" * 2],
}


@pytest.mark.parametrize("case", RAW)
def test_hostile_bytes(port: int, case: str) -> None:
    checked(exchange(port, RAW[case]), case.encode())


SLOW = {
    "nothing": ([], 0.0),
    "half a line": ([b"GET /v1/sour"], 0.0),
    "a letter at a time": ([bytes([c]) for c in b"GET /v1/sources HTTP/1.1\r\n"], 0.2),
    "headers without end": ([b"GET / HTTP/1.1\r\n"] + [b"X-A: 1\r\n"] * 30, 0.2),
    "slow after an answer": (
        [b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"] + [b"G"] * 20,
        0.2,
    ),
    "slow body": ([post(b"Content-Length: 100")] + [b"a"] * 20, 0.2),
    "slow chunks": ([post(CHUNKED)] + [b"1\r\na\r\n"] * 20, 0.2),
}


@pytest.mark.parametrize("case", SLOW)
def test_slow_clients_are_let_go(port: int, case: str) -> None:
    parts, pause = SLOW[case]
    reply = exchange(port, parts, pause)
    checked(reply, case.encode())
    assert exchange(port, [get(b"/healthz")]).status == 200


def test_the_server_still_answers(port: int) -> None:
    for path in (f"/v1/entities/{PARTNER}/beneficiaries", f"/v1/paths?from={FIRM}&to={HOME}"):
        assert exchange(port, [get(path.encode())]).status == 200
    assert exchange(port, [get(f"/view?center={MISSION}".encode())]).status == 200
