"""The server: uvicorn with bounds on how long a request may take to arrive."""

from __future__ import annotations

import asyncio
import gc
import logging
import secrets
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.app import create_app
from api.errors import BadSyntax, problem_for
from api.logs import log_to

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from graph.settings import Settings
    from graph.store import GraphStore

ARRIVAL_SECONDS = 10.0
"""How long a client may take to send the whole head of a request."""
DRAIN_SECONDS = 8
MAX_HEAD = 65_536


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that closes a connection on which no whole request arrives in time."""

    _arrival: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Wait for the first request."""
        super().connection_made(transport)
        self._await_request()

    def handle_events(self) -> None:
        """Take in what arrived; a request that began to be answered is no longer awaited."""
        super().handle_events()
        if self._answering:
            self._stop_waiting()

    def on_response_complete(self) -> None:
        """Wait for the next request on this connection."""
        self._await_request()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 (uvicorn's signature)
        """Tell what cannot be read as HTTP as a problem, and close; mid-answer only close."""
        if self._answering:
            return self.transport.close()
        response = problem_for(BadSyntax(), secrets.token_hex(12))
        head = [f"HTTP/1.1 {response.status_code} Bad Request".encode("ascii")]
        head += [name + b": " + value for name, value in response.raw_headers]
        head += [b"connection: close", b"x-content-type-options: nosniff", b"", b""]
        self.transport.write(b"\r\n".join(head) + bytes(response.body))
        return self.transport.close()

    @property
    def _answering(self) -> bool:
        return not getattr(self.cycle, "response_complete", True)

    def _await_request(self) -> None:
        self._stop_waiting()
        self._arrival = self.loop.call_later(ARRIVAL_SECONDS, self._give_up)

    def _stop_waiting(self) -> None:
        if self._arrival is not None:
            self._arrival.cancel()
            self._arrival = None

    def _give_up(self) -> None:
        self._arrival = None
        if not self.transport.is_closing():
            self.transport.close()


def config(settings: Settings, store: GraphStore) -> uvicorn.Config:
    """How uvicorn serves: loopback unless set, no banner, one line of JSON for each event."""
    return uvicorn.Config(
        create_app(settings, store),
        host=settings.host,
        port=settings.port,
        http=PatientProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=MAX_HEAD,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=DRAIN_SECONDS,
        backlog=512,
    )


class _Server(uvicorn.Server):
    """Says once it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, then say so."""
        await super().startup(sockets)
        if self.started:
            gc.collect()
            gc.freeze()  # what is there now stays: no collection need go through it again
            self._ready()


def serve(
    settings: Settings,
    store: GraphStore,
    listening: socket.socket,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Serve on a bound socket until SIGINT or SIGTERM; answers under way are finished first.

    `ready` is called once requests are answered.
    """
    log_to(sys.stderr)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)  # what it tells at info we do
    with suppress(KeyboardInterrupt):  # uvicorn raises again the signal that ended it
        _Server(config(settings, store), ready).run(sockets=[listening])
