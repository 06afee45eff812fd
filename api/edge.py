"""The edge: what every request passes and every response carries, error or not."""

from __future__ import annotations

import logging
import re
import secrets
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers, MutableHeaders

from api.errors import (
    BadHost,
    BadSyntax,
    ContentTooLarge,
    Refused,
    TooManyRequests,
    UnsupportedContent,
    UriTooLong,
    problem_for,
)
from api.logs import ACCESS, FAULTS, event
from api.rates import Rates
from graph.settings import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from api.leaving import Leash
    from api.rates import Standing
    from graph.settings import Settings

MAX_URI = 16_384
MAX_BODY = 2_000_000
SAFE = ("GET", "HEAD", "OPTIONS")
_REQUEST_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::([0-9]{1,5}))?")
_SHARED = ("/v1", "/openapi.json", "/healthz", "/readyz")
_SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_POLICY = "default-src 'none'; frame-ancestors 'none'"
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, RateLimit, RateLimit-Policy, "
    "Retry-After, X-Request-ID",
}


class Edge:
    """The outermost layer; the only place that catches every exception."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._hosts = _hosts(settings)
        limit = settings.requests_a_minute
        self._rates = Rates(limit) if limit else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, and log it in one line."""
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1000})
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        exchange = Exchange(scope, send)
        try:
            self._admit(exchange)
            await self._app(exchange.scope, receive, exchange.send)
        except Refused as error:
            await exchange.refuse(error, receive)
        except Exception as error:
            event(FAULTS, logging.ERROR, {"request_id": exchange.request_id}, exc_info=True)
            if exchange.status:  # the client must see that the answer is not whole
                raise
            await exchange.refuse(error, receive)
        finally:
            if self._rates and exchange.status == 304:
                self._rates.refund(exchange.client)
            exchange.log()
        return None

    def _admit(self, exchange: Exchange) -> None:
        """Refuse what no endpoint needs to see."""
        scope = exchange.scope
        headers = Headers(scope=scope)
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_URI:
            raise UriTooLong(headers={"Connection": "close"})
        _check_text(scope)
        _check_host(headers.getlist("host"), self._hosts)
        _check_content(scope["method"], headers)
        if self._rates and scope["path"].startswith("/v1/"):
            exchange.standing = self._rates.count(exchange.client)
            if exchange.standing.left < 0:
                raise TooManyRequests(headers={"Retry-After": str(exchange.standing.resets)})


class Exchange:
    """One request and what has been sent of its response."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._send = send
        self._head = scope["method"] == "HEAD"
        self._began = perf_counter()
        self._bytes = 0
        self.method: str = scope["method"]
        self.status = 0
        self.standing: Standing | None = None
        self.client = str((scope.get("client") or ("",))[0])
        self.request_id = _request_id(Headers(scope=scope).get("x-request-id"))
        self.scope = {**scope, "method": "GET" if self._head else self.method}
        self.scope["state"] = {**scope.get("state", {}), "request_id": self.request_id}

    async def send(self, message: Message) -> None:
        """Send on, with the headers that every response carries; without a body for HEAD."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._dress(MutableHeaders(scope=message))
        elif message["type"] == "http.response.body":
            if self._head:
                message = {**message, "body": b""}
            self._bytes += len(message.get("body", b""))
        await self._send(message)

    def _dress(self, headers: MutableHeaders) -> None:
        headers["X-Request-ID"] = self.request_id
        for name, value in _SECURITY.items():
            headers.setdefault(name, value)
        if self.status != 304:  # a browser puts what comes with a 304 in the place of what it kept
            headers.setdefault("Content-Security-Policy", _POLICY)
        if self.scope["path"].startswith(_SHARED):
            headers.update(_CORS)
        if self.standing:
            headers.update(self.standing.headers)

    async def refuse(self, error: Exception, receive: Receive) -> None:
        """Answer with the problem that tells an exception."""
        await problem_for(error, self.request_id)(self.scope, receive, self.send)

    def log(self) -> None:
        """One line: which endpoint, how it ended, how long it took; no values.

        `left` if the client had gone before it was answered.
        """
        route = self.scope.get("route")
        fields = {
            "event": "request",
            "request_id": self.request_id,
            "method": self.method if self.method in {*SAFE, "POST", "PUT", "DELETE"} else "other",
            "route": getattr(route, "path", None),
            "status": self.status,
            "bytes": self._bytes,
            "ms": round((perf_counter() - self._began) * 1000, 2),
        }
        leash: Leash | None = self.scope["state"].get("leash")
        if leash is not None and leash.gone:
            fields["left"] = True
        event(ACCESS, logging.INFO, fields)


def _request_id(given: str | None) -> str:
    """The id that the client gave if it is a plain one, else a new one."""
    if given is not None and _REQUEST_ID.fullmatch(given):
        return given
    return secrets.token_hex(12)


def _hosts(settings: Settings) -> frozenset[str]:
    """The names this server answers to: this machine's own, the one it is bound to, those set."""
    bound = settings.host.lower().strip("[]")
    return LOOPBACK | {bound} | frozenset(settings.allowed_hosts)


def _check_host(given: Collection[str], hosts: Collection[str]) -> None:
    found = _HOST.fullmatch(next(iter(given))) if len(given) == 1 else None
    if found is None or (found[2] is not None and int(found[2]) > 65_535):
        raise BadHost
    if found[1].lower().strip("[]") not in hosts and "*" not in hosts:
        raise BadHost


def _check_text(scope: Scope) -> None:
    """BadSyntax unless path and query are percent-encoded UTF-8 (so: no half surrogates)."""
    for raw in (scope.get("raw_path") or b"", scope["query_string"]):
        try:
            unquote_to_bytes(raw).decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadSyntax from error


def _check_content(method: str, headers: Headers) -> None:
    """ContentTooLarge for a body over the limit, UnsupportedContent for any on a read."""
    length = headers.get("content-length", "0")
    close = {"Connection": "close"}
    if not (length.isascii() and length.isdigit()):
        raise BadSyntax(headers=close)
    if len(length) > 18 or int(length) > MAX_BODY:
        raise ContentTooLarge(headers=close)
    has_content = int(length) > 0 or "transfer-encoding" in headers
    if has_content and method in SAFE:
        raise UnsupportedContent(headers=close)
