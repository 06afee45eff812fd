"""The files beside the pages, the policy they run under, and how one page holds them all."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("static")
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
STYLES = (
    "vendor/vis-network.min.css",
    "tokens.css",
    "page.css",
    "records.css",
    "answer.css",
    "charts.css",
    "ask.css",
    "graph.css",
    "years.css",
    "forced.css",
    "years.css",
)
MODULES = (
    "data.js",
    "theme.js",
    "labels.js",
    "bends.js",
    "badges.js",
    "overlay.js",
    "frame.js",
    "sight.js",
    "scene.js",
    "panel.js",
    "legend.js",
    "keys.js",
    "stage.js",
    "handles.js",
    "stillyears.js",
    "app.js",
    "paper.js",
    "drawing.js",
    "mapdrawing.js",
    "take.js",
    "pictures.js",
)
"""The modules of the one-file page, each after those that it imports."""
OVERVIEW_MODULES = (
    "asked.js",
    "atlas.js",
    "maplabels.js",
    "mapdots.js",
    "mapview.js",
    "mapinset.js",
    "mapworld.js",
    "map.js",
    "shade.js",
    "matrixcell.js",
    "matrixgrid.js",
    "matrix.js",
    "views.js",
)
"""The map and the matrix, which the page of a scene brings when they are first opened."""
SCENE_MODULES = (
    "address.js",
    "state.js",
    "swap.js",
    "help.js",
    "menu.js",
    "ends.js",
    "table.js",
    "years.js",
    *OVERVIEW_MODULES,
    "explorer.js",
)
"""What the page of a scene runs besides; it asks the server, so no one-file page has them."""
SEARCH_MODULES = ("letters.js", "offers.js", "ask.js")
"""What every page with a search box runs."""
NOBODY = "'none'"
SCENE_STYLES = ("scene.css", "overview.css", "brief.css")
_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


@dataclass(frozen=True)
class Asset:
    """A file to serve: `/static/` and its name is its address."""

    body: bytes
    media_type: str
    etag: str


@cache
def assets() -> dict[str, Asset]:
    """All files that may be served, by name; nothing else in the folder is."""
    found = {}
    for path in sorted(FOLDER.rglob("*")):
        if path.suffix in _TYPES:
            body = path.read_bytes()
            tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
            found[path.relative_to(FOLDER).as_posix()] = Asset(body, _TYPES[path.suffix], tag)
    return found


def asset(name: str) -> Asset | None:
    """The file of a name, or None."""
    return assets().get(name)


def content_security_policy(nonce: str | None = None, frames: Sequence[str] = ()) -> str:
    """The header that every page is sent with; a nonce allows one more script or style.

    `frames` are the origins of the pages that may show this one within them, none by default.
    """
    own = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {own}",
            f"style-src {own}",
            "img-src 'self' data:",
            "connect-src 'self'",
            "font-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {' '.join(frames) or NOBODY}",
        )
    )


@dataclass(frozen=True)
class Inlined:
    """Styles and scripts as they stand in the one-file page, and the policy for just these."""

    style: str
    vendor_script: str
    script: str

    @property
    def policy(self) -> str:
        """What the page may do: run these two scripts, use this style, ask for nothing."""
        return "; ".join(
            (
                "default-src 'none'",
                f"script-src {_hash(self.vendor_script)} {_hash(self.script)}",
                f"style-src {_hash(self.style)}",
                "img-src data:",
                "base-uri 'none'",
                "form-action 'none'",
            )
        )


@cache
def inlined() -> Inlined:
    """Everything the one-file page needs, read once."""
    style = "\n".join(_text(name) for name in STYLES)
    vendor = _SOURCE_MAP.sub("", _text("vendor/vis-network.min.js"))
    own = "\n".join(_EXPORT.sub("", _IMPORT.sub("", _text(name))) for name in MODULES)
    return Inlined(style, vendor, f'"use strict";\n(() => {{\n{own}\n}})();\n')


def _text(name: str) -> str:
    """A file as text, with no closing tag that would end the element around it."""
    text = assets()[name].body.decode("utf-8").replace("\r\n", "\n")
    if re.search(r"</(script|style)|<!--", text, re.IGNORECASE):
        raise ValueError(f"{name} cannot stand inside a page")
    return text


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
