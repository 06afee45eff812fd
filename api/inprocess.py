"""The API without a server: `jamae get /v1/…` asks the same app, in this process."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

import anyio

from api.app import create_app
from graph.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI
    from starlette.types import Message

    from graph.settings import Settings
    from graph.store import GraphStore

_ASCII = "".join(map(chr, range(33, 127)))
_REDIRECTS = 3


class Reply(NamedTuple):
    """What the API answered: status, headers in lower case, and the body as it is."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def get(settings: Settings, store: GraphStore, target: str, accept: str = "*/*") -> Reply:
    """The reply to `GET target`, such as `/v1/search?q=반둥`; follows a 308 to the current id.

    BadRequest unless the target begins with `/`. Every error is a reply, as over HTTP.
    """
    if not target.startswith("/"):
        raise BadRequest("target", "a path begins with /, such as /v1/search?q=Bandung")
    app = create_app(replace(settings, host="127.0.0.1", rate_limit=0), store)
    reply = anyio.run(_asked, app, target, accept)
    for _ in range(_REDIRECTS):
        if reply.status != 308:
            break
        reply = anyio.run(_asked, app, reply.headers["location"], accept)
    return reply


async def _asked(app: FastAPI, target: str, accept: str) -> Reply:
    """One exchange with the app by the ASGI protocol."""
    told: list[Message] = []
    gone = anyio.Event()

    async def send(message: Message) -> None:
        told.append(message)

    async def receive() -> Message:
        await gone.wait()
        return {"type": "http.disconnect"}

    raw, _, query = quote(target, safe=_ASCII).partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(raw),
        "raw_path": raw.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost"), (b"accept", accept.encode())],
        "client": None,
        "server": ("localhost", 80),
        "state": {},
    }
    await app(scope, receive, send)
    gone.set()
    start = next(message for message in told if message["type"] == "http.response.start")
    headers = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    parts = (message.get("body", b"") for message in told if "body" in message)
    return Reply(start["status"], headers, b"".join(parts))
