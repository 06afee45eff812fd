"""A real server in a thread, and requests to it as bytes."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import uvicorn

from api.server import config
from graph.settings import Settings
from graph.store import GraphStore

SECONDS = 8.0


@dataclass(frozen=True)
class Reply:
    """The first reply before the connection closed; status 0 if there was none."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


@contextmanager
def running(store: GraphStore, settings: Settings) -> Iterator[int]:
    """A server over a store on a free port of this machine."""
    server = uvicorn.Server(config(replace(settings, port=0), store))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    ends = time.monotonic() + 20
    while not server.started and time.monotonic() < ends:
        time.sleep(0.01)
    assert server.started
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)
    assert not thread.is_alive()


def exchange(port: int, parts: Sequence[bytes], pause: float = 0.0) -> Reply:
    """Send bytes, part by part, and read until the server closes the connection."""
    began = time.monotonic()
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
        try:
            for part in parts:
                connection.sendall(part)
                time.sleep(pause)
            while data := connection.recv(65_536):
                received += data
        except (ConnectionResetError, BrokenPipeError):
            pass
    return _read(received, time.monotonic() - began)


def _read(received: bytes, seconds: float) -> Reply:
    if not received:
        return Reply(0, {}, b"", seconds)
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in lines)
    headers = {name.lower(): value for name, value in pairs}
    length = int(headers.get("content-length", len(body)))
    return Reply(int(first.split()[1]), headers, body[:length], seconds)


def get(target: bytes, *headers: bytes, host: bytes = b"localhost") -> bytes:
    """A GET request that asks for the connection to be closed after it."""
    lines = [b"GET " + target + b" HTTP/1.1", b"Host: " + host, b"Connection: close", *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n"
