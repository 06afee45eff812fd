"""A wire between a driver and a server that is cut at the commit, once."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""The Bolt message, in its one chunk."""


class Wire:
    """Passes bytes on; the first commit is passed on or not, and its answer never."""

    def __init__(self, server: str, *, reaches_server: bool) -> None:
        self._server = server.partition(":")[0], int(server.partition(":")[2])
        self._reaches_server = reaches_server
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.cuts = 0

    def serve(self) -> None:
        """Take connections until closed."""
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._server)
                for ends in ((client, server), (server, client)):
                    threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError), one, other:
            while data := one.recv(65536):
                if COMMIT in data and not self.cuts:
                    self._cut(one, other, data)
                other.sendall(data)

    def _cut(self, client: socket.socket, server: socket.socket, data: bytes) -> None:
        self.cuts += 1
        client.shutdown(socket.SHUT_RDWR)
        if self._reaches_server:
            server.sendall(data)
        server.shutdown(socket.SHUT_WR)
        raise ConnectionAbortedError


@contextmanager
def wire(server: str, *, reaches_server: bool) -> Iterator[Wire]:
    """A wire to the server's host and port, closed in the end."""
    one = Wire(server, reaches_server=reaches_server)
    threading.Thread(target=one.serve, daemon=True).start()
    try:
        yield one
    finally:
        one.close()
