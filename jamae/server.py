"""Serving: on a socket that is bound before anything is said."""

from __future__ import annotations

import errno
import socket
import sys
from typing import TYPE_CHECKING

from api.server import serve
from jamae.failures import Failed

if TYPE_CHECKING:
    from graph.settings import Settings
    from graph.store import GraphStore


def serve_store(settings: Settings, store: GraphStore) -> None:
    """Serve until a signal comes, then let running answers end; Failed if the port is taken."""
    with _bound(settings) as listening:
        said = f"jamae serves {_address(listening)}"
        serve(settings, store, listening, lambda: print(said, file=sys.stderr, flush=True))


def _bound(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # With its protocol named, asyncio sends each reply at once; else its head waits 40 ms for
    # the client's acknowledgement before the body follows.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except (OSError, UnicodeError) as error:
        listening.close()
        raise Failed(_refusal(settings, error)) from error
    return listening


def _refusal(settings: Settings, error: OSError | UnicodeError) -> str:
    """Why nothing can be served there, and which of the two to change."""
    reason = getattr(error, "strerror", None) or error
    unknown = isinstance(error, (socket.gaierror, UnicodeError))
    if unknown or getattr(error, "errno", None) == errno.EADDRNOTAVAIL:
        return f"host {settings.host} is none of this machine: {reason}; name another with --host"
    return (
        f"port {settings.port} of {settings.host} cannot be used: {reason}; "
        "name another with --port"
    )


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
