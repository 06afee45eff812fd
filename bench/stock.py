"""The page that pyvis makes by itself, of the same nodes and lines, to compare ours with.

`Network.generate_html` with `cdn_resources="in_line"`, which puts vis-network 9.1.2 into the
page. That page still asks a foreign host for Bootstrap, on which nothing in it depends: those two
tags are taken out, so no request leaves and stock pyvis does better here than on a real network.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

from pyvis.network import Network

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_FOREIGN = re.compile(
    r"""<link\b[^>]*\bhref="https?:[^>]*>|<script\b[^>]*\bsrc="https?:[^>]*>\s*</script>""", re.S
)


def stock_page(nodes: Sequence[dict[str, Any]], edges: Sequence[dict[str, Any]]) -> str:
    """The page, of nodes and edges as our own page hands them to the browser."""
    net: Any = Network(directed=True, cdn_resources="in_line")
    for node in nodes:
        net.add_node(node["id"], label=node["label"])
    for edge in edges:
        net.add_edge(edge["from"], edge["to"])
    page: str = _FOREIGN.sub("", net.generate_html(notebook=False))
    return page


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def files_served(folder: Path) -> Iterator[str]:
    """The origin of a server of the files in a folder."""
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
