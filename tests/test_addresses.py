"""Where a download may go, however an address is spelled."""

import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.errors import RecordsInvalid
from ingest.sources.addresses import Refused, read_address, redirected, resolve
from ingest.sources.asking import Limits
from ingest.sources.fetching import Fetcher
from tests import sparql_server as bad
from tests.sparql_server import SparqlServer

LIMITS = Limits(page_seconds=2.0, connect_seconds=2.0, tries=1)


@pytest.fixture
def server() -> Iterator[SparqlServer]:
    with bad.serving([], []) as running:
        yield running


@pytest.mark.parametrize(
    "address",
    [
        "http://query.wikidata.org/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0x7f000001/",
        "https://127.1/",
        "https://0177.0.0.1/",
        "https://10.0.0.1/",
        "https://8.8.8.8/",
        "https://[::]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[fe80::1%25eth0]/",
        "https://[::1/",
        "https://user@query.wikidata.org/",
        "https://user:pw@query.wikidata.org/",
        "https://query.wikidata.org#x",
        "https://query.wikidata.org:0/",
        "https://query.wikidata.org:99999/",
        "https://query.wikidata.org:x/",
        "https://query.wikidata.org\\\\@127.0.0.1/",
        "https://127。0。0。1/",
        "https://ⓛocalhost/",
        "https://localhost./",
        "https://local_host/",
        "https://-a.org/",
        "https://a-.org/",
        "https://a..org/",
        "https://.org/",
        "https:///",
        "https:query.wikidata.org",
        "//query.wikidata.org/",
        "query.wikidata.org",
        "ftp://localhost/",
        "file:///etc/passwd",
        "gopher://localhost/",
        "data:text/plain,x",
        "javascript:alert(1)",
        "unix:///run/x",
        "jar:https://a.org!/",
        "http://0.0.0.0/",
        "http://169.254.169.254/",
        "http://localhost:0/",
        "http://127.0.0.2/",
        "http://[::ffff:127.0.0.1]/",
        "https://a.org/%zz^",
        "https://a.org/`id`",
        "https://xn--/",
        "https://a.1/",
        "https://1.1/",
        "https://a.b.0x7f/",
        "http://localhost.evil.org/",
        "https://a{b}.org/",
        "https://a|b.org/",
        "https://<a>.org/",
    ],
)
def test_an_address_that_must_not_be_asked_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        read_address(address)


OVERLONG = "https://a.org/" + "a" * 16_000


@pytest.mark.parametrize(
    "address", ["https://a.org/\r\nHost: b", "https://a.org /", "", OVERLONG], ids=repr
)
def test_blanks_line_breaks_and_overlong_addresses_are_refused(address: str) -> None:
    with pytest.raises(Refused):
        read_address(address)


def test_a_sound_address_is_read() -> None:
    address = read_address("https://Query.Wikidata.org/sparql?x=1")
    assert address.origin == ("https", "query.wikidata.org", 443)
    assert (address.target, str(address)) == ("/sparql?x=1", "https://query.wikidata.org/sparql")
    assert read_address("http://[::1]:8000").authority == "[::1]:8000"


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.1",
        "100.64.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "2001:db8::1",
    ],
)
def test_a_name_that_leads_into_a_private_network_is_refused(
    monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    entry = (socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443))
    public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [public, entry])
    with pytest.raises(Refused, match="private network"):
        resolve(read_address("https://rebinding.example.org/"))


def test_public_numbers_may_be_dialled(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822", "93.184.216.34"]
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in numbers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: entries)
    assert resolve(read_address("https://example.org/")) == numbers[:3]


def test_the_number_that_was_looked_up_is_dialled_and_no_other(
    server: SparqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[object] = []
    really = socket.getaddrinfo

    def once(host: Any, *rest: Any, **more: Any) -> Any:
        looked_up.append(host)
        return really("127.0.0.1" if host == "localhost" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    base = server.address.replace("127.0.0.1", "localhost")
    server.misdeeds.append(bad.body(b"{}"))
    assert Fetcher(base, "tests", LIMITS).page("query=x", "*/*") == b"{}"
    assert looked_up == ["localhost", "127.0.0.1"]


def test_a_redirect_may_lead_to_a_host_that_was_named() -> None:
    before = read_address("https://a.org/x")
    other = read_address("https://b.org/")
    assert redirected(before, "https://b.org/y", {other.origin}).host == "b.org"
    for location in ("http://b.org/y", "https://b.org:444/y", "//c.org/", "https://b.org\n/"):
        with pytest.raises(Refused):
            redirected(before, location, {other.origin, before.origin})


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    """The server speaks TLS with a certificate of its own making."""
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    made += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    made += ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "cert.pem")]
    subprocess.run(made, check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    trusting = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
    with bad.serving([], []) as server:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        port = server.server_port
        server.misdeeds.append(bad.body(b"{}"))
        named = Fetcher(f"https://localhost:{port}/", "tests", LIMITS, context=trusting)
        assert named.page("q=1", "*/*") == b"{}"
        for fetcher in (
            Fetcher(f"https://localhost:{port}/", "tests", LIMITS),
            Fetcher(f"https://127.0.0.1:{port}/", "tests", LIMITS, context=trusting),
        ):
            with pytest.raises(RecordsInvalid) as caught:
                fetcher.page("q=1", "*/*")
            assert caught.value.problems[0].code == "certificate"
