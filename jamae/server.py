"""Serving: uvicorn around the app, on a socket that is bound before anything is said."""

from __future__ import annotations

import logging
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn

from api.logs import log_to
from api.server import config
from jamae.failures import Failed

if TYPE_CHECKING:
    from graph.settings import Settings
    from graph.store import GraphStore


def serve_store(settings: Settings, store: GraphStore) -> None:
    """Serve until a signal comes, then let running answers end; Failed if the port is taken."""
    with _bound(settings) as listening, suppress(KeyboardInterrupt):
        log_to(sys.stderr)
        logging.getLogger("uvicorn").setLevel(logging.WARNING)  # what it tells at info we do
        # uvicorn raises again the signal that ended it
        _Server(config(settings, store), listening).run(sockets=[listening])


class _Server(uvicorn.Server):
    """Says where it listens once it does."""

    def __init__(self, config: uvicorn.Config, listening: socket.socket) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, then say where."""
        await super().startup(sockets)
        if self.started:
            print(f"jamae serves {_address(self._listening)}", file=sys.stderr, flush=True)


def _bound(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        raise Failed(
            f"port {settings.port} of {settings.host} cannot be used: {error.strerror or error}; "
            "name another with --port"
        ) from error
    return listening


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
