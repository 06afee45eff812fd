"""A SPARQL endpoint with a few of Wikidata's statements, which can be told to misbehave."""

import gzip
import json
import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

ENTITY = "http://www.wikidata.org/entity/"
Row = dict[str, str]
Misdeed = Callable[["Handler"], bool]
"""Answers, or spoils, one request; False if the answer is still to be given."""


class SparqlServer(ThreadingHTTPServer):
    """Answers from `statements` and `items`; the first of `misdeeds` is done to each request."""

    daemon_threads = True

    def __init__(self, statements: list[Row], items: list[Row]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.statements, self.items = statements, items
        self.misdeeds: deque[Misdeed | None] = deque()
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []

    @property
    def address(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.server_port}/sparql"

    def answer(self, query: str) -> list[Row]:
        """The rows of an answer."""
        if after := re.search(r'STR\(\?statement\) > "([^"]*)".*LIMIT (\d+)', query, re.S):
            rows = [row for row in self.statements if row["statement"] > after[1]]
            keys = sorted({row["statement"] for row in rows})[: int(after[2])]
            return [row for row in rows if row["statement"] in keys]
        wanted = {ENTITY + item for item in re.findall(r"wd:(Q\d+)", query)}
        told = [row for row in self.items if row["item"] in wanted]
        return told + [{"item": one} for one in wanted - {row["item"] for row in told}]

    def handle_error(self, *_: object) -> None:
        """A client that broke off is no news."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: SparqlServer

    def do_GET(self) -> None:
        """Do the next misdeed, else answer."""
        self.server.asked.append(self.path)
        self.server.headers.append(dict(self.headers))
        misdeed = self.server.misdeeds.popleft() if self.server.misdeeds else None
        if misdeed is None or not misdeed(self):
            self.send(200, self.page())

    def page(self) -> bytes:
        """The honest answer."""
        query = parse_qs(urlsplit(self.path).query)["query"][0]
        rows = [
            {name: {"type": "literal", "value": value} for name, value in row.items()}
            for row in self.server.answer(query)
        ]
        return json.dumps({"head": {}, "results": {"bindings": rows}}).encode()

    def send(self, status: int, body: bytes, **headers: str) -> None:
        """Send a whole answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(statements: list[Row], items: list[Row]) -> Iterator[SparqlServer]:
    """Run the server in a thread."""
    with SparqlServer(statements, items) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


# ---------------------------------------------------------------- misdeeds


def status(number: int, **headers: str) -> Misdeed:
    """Answer with a status and headers."""

    def do(request: Handler) -> bool:
        request.send(number, b"try later", **headers)
        return True

    return do


def body(data: bytes, **headers: str) -> Misdeed:
    """Answer 200 with these bytes."""

    def do(request: Handler) -> bool:
        request.send(200, data, **headers)
        return True

    return do


def packed(request: Handler) -> bool:
    """Answer honestly, in gzip."""
    request.send(200, gzip.compress(request.page()), Content_Encoding="gzip")
    return True


def truncated(request: Handler) -> bool:
    """Announce the whole page and send half."""
    page = request.page()
    request.send_response(200)
    request.send_header("Content-Length", str(len(page)))
    request.end_headers()
    request.wfile.write(page[: len(page) // 2])
    return True


def cut_without_length(request: Handler) -> bool:
    """Announce nothing, send half and close."""
    page = request.page()
    request.send_response(200)
    request.end_headers()
    request.wfile.write(page[: len(page) // 2])
    return True


def silent(request: Handler) -> bool:
    """Say nothing for longer than anyone waits, then break off."""
    time.sleep(1.0)
    request.close_connection = True
    return True


def dripping(part: str) -> Misdeed:
    """Send an endless `header` or `body`, a byte at a time, without ever pausing for long."""

    def do(request: Handler) -> bool:
        request.wfile.write(b"HTTP/1.0 200 OK\r\n")
        request.wfile.write(b"X-Slow: " if part == "header" else b"\r\n")
        for _ in range(100):
            time.sleep(0.05)
            request.wfile.write(b".")
            request.wfile.flush()
        return True

    return do


def endless(request: Handler) -> bool:
    """Send bytes without end."""
    request.send_response(200)
    request.end_headers()
    for _ in range(10_000):
        request.wfile.write(b" " * 100_000)
    return True


def no_http(request: Handler) -> bool:
    """Answer in no protocol."""
    request.wfile.write(b"\x16\x03\x01 what? \r\n\r\n")
    return True
