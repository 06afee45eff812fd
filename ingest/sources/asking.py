"""One try to get one page: look up, dial that number, read within the limits."""

from __future__ import annotations

import ssl
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from threading import Timer
from typing import TYPE_CHECKING

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from ingest.sources.addresses import Address, resolve

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator, Mapping

    from urllib3 import BaseHTTPResponse

_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken and how long is waited: bytes as decoded, seconds."""

    page_bytes: int = 40_000_000
    page_seconds: float = 90.0
    connect_seconds: float = 10.0
    tries: int = 6
    pause: float = 1.0
    longest_pause: float = 120.0
    redirects: int = 3


class Failed(Exception):
    """One try gave no page; never leaves the package.

    `wait` is for how many seconds the host asks, None if another try is idle.
    """

    def __init__(self, code: str, message: str, wait: float | None = 0.0) -> None:
        self.code, self.message, self.wait = code, message, wait
        super().__init__(message)


def ask(
    address: Address,
    headers: Mapping[str, str],
    limits: Limits,
    deadline: float,
    context: ssl.SSLContext | None = None,
) -> bytes | str:
    """The page, or where the reply sends us on; Failed if there is neither by the deadline.

    The deadline is of `time.monotonic`. Refused if the host lies in a private network.
    """
    try:
        numbers = resolve(address)
    except (OSError, UnicodeError) as error:
        raise Failed("unreachable", f"{address.host} cannot be looked up") from error
    try:
        with _dialled(numbers, address, limits, deadline, context) as connection:
            reply = _reply(connection, address, headers, limits)
            if time.monotonic() >= deadline:  # a body without length that was cut looks whole
                raise TimeoutError
            return reply
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        if time.monotonic() >= deadline:
            message = f"no whole page within {limits.page_seconds:g} seconds"
            raise Failed("slow", message) from error
        if isinstance(error, ssl.SSLCertVerificationError):
            raise Failed("certificate", "the certificate is not to be trusted", None) from error
        raise Failed("broken", f"the connection failed: {type(error).__name__}") from error


# ---------------------------------------------------------------- the connection


class _Guarded(HTTPConnection):
    """A connection that is cut at a deadline, however slowly its bytes drip."""

    deadline = 0.0
    guard: tuple[socket.socket, Timer] | None = None

    def _new_conn(self) -> socket.socket:
        """Dial; TLS takes over the socket, so the guard holds a second handle on it."""
        fresh = super()._new_conn()
        handle = fresh.dup()
        timer = Timer(max(0.0, self.deadline - time.monotonic()), _cut, (handle,))
        timer.daemon = True
        timer.start()
        self.guard = handle, timer
        return fresh

    def release(self) -> None:
        """Close the connection and the guard, which outlasts `close`: a body is read after it."""
        self.close()
        if self.guard:
            handle, timer = self.guard
            timer.cancel()
            timer.join()
            handle.close()
            self.guard = None


class _GuardedTls(_Guarded, HTTPSConnection):
    """The same with TLS."""


def _cut(handle: socket.socket) -> None:
    with suppress(OSError):
        handle.shutdown(2)


@contextmanager
def _dialled(
    numbers: list[str],
    address: Address,
    limits: Limits,
    deadline: float,
    context: ssl.SSLContext | None,
) -> Iterator[HTTPConnection]:
    """A connection to the first of the numbers that answers."""
    for number in numbers:
        left = max(0.01, deadline - time.monotonic())
        connection = _connection(number, address, min(limits.connect_seconds, left), context)
        connection.deadline = deadline
        try:
            connection.connect()
        except (NewConnectionError, ConnectTimeoutError):
            connection.release()
            if number == numbers[-1]:
                raise
            continue
        except (HTTPError, OSError):
            connection.release()
            raise
        break
    try:
        yield connection
    finally:
        connection.release()


def _connection(
    number: str, address: Address, seconds: float, context: ssl.SSLContext | None
) -> _Guarded:
    if address.scheme == "http":
        return _Guarded(number, address.port, timeout=seconds)
    return _GuardedTls(
        number,
        address.port,
        timeout=seconds,
        server_hostname=address.host,
        ssl_context=context or ssl.create_default_context(),
    )


# ---------------------------------------------------------------- the reply


def _reply(
    connection: HTTPConnection, address: Address, headers: Mapping[str, str], limits: Limits
) -> bytes | str:
    if connection.sock is not None:  # from now on the guard alone measures time
        connection.sock.settimeout(limits.page_seconds)
    connection.request(
        "GET",
        address.target,
        headers={**headers, "Host": address.authority, "Connection": "close"},
        preload_content=False,
        decode_content=True,
        enforce_content_length=True,
    )
    response = connection.getresponse()
    try:
        return _content(response, limits)
    finally:
        response.close()


def _content(response: BaseHTTPResponse, limits: Limits) -> bytes | str:
    if response.status in _MOVED and (location := response.headers.get("location")):
        return str(location)
    if response.status != 200:
        raise _refusal(response)
    if response.headers.get("content-encoding", "identity").lower() not in {"gzip", "identity"}:
        raise Failed("encoding", "the reply is packed in a way that was not asked for", None)
    return _body(response, limits)


def _body(response: BaseHTTPResponse, limits: Limits) -> bytes:
    chunks, size = [], 0
    while chunk := response.read(_CHUNK, decode_content=True):
        chunks.append(chunk)
        size += len(chunk)
        if size > limits.page_bytes:
            message = f"the page is larger than {limits.page_bytes:,} bytes"
            raise Failed("too-large", message, None)
    return b"".join(chunks)


def _refusal(response: BaseHTTPResponse) -> Failed:
    code, message = f"http-{response.status}", f"the host answered {response.status}"
    if response.status not in _BUSY:
        return Failed(code, message, None)
    wait = _seconds(response.headers.get("retry-after", ""))
    return Failed(code, f"{message}, come back in {wait:g} seconds" if wait else message, wait)


def _seconds(text: str) -> float:
    """What `Retry-After` asks for, in seconds or as a date; 0 if it cannot be read."""
    if text.isascii() and text.isdigit() and len(text) < 10:
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
