"""The files beside the pages, the policy they run under, and how one page holds them all."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from visualize.joining import bare_style, exported, joined

FOLDER = Path(__file__).with_name("static")
VENDOR = FOLDER / "vendor"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
STYLES = (
    "tokens.css",
    "page.css",
    "records.css",
    "answer.css",
    "charts.css",
    "ask.css",
    "graph.css",
    "years.css",
    "forced.css",
)
SCENE_STYLES = ("scene.css", "overview.css", "brief.css")
SHEETS = {
    "pages.css": tuple(name for name in STYLES if name not in {"graph.css", "years.css"}),
    "views.css": ("graph.css", "years.css", "scene.css", "overview.css"),
}
"""Styles that go together as one file."""
PICTURE_MODULES = (
    "data.js",
    "theme.js",
    "labels.js",
    "bends.js",
    "badges.js",
    "overlay.js",
    "frame.js",
    "sight.js",
    "looks.js",
    "scene.js",
    "panel.js",
    "legend.js",
    "keys.js",
    "stage.js",
    "handles.js",
)
PAPER_MODULES = ("paper.js", "drawing.js", "mapdrawing.js", "pictures.js")
"""What is brought when pictures may first be taken away."""
MODULES = (*PICTURE_MODULES, "stillyears.js", "app.js", "take.js", *PAPER_MODULES)
"""The modules of the one-file page, each after those that it imports."""
MAP_MODULES = (
    "atlas.js",
    "maplabels.js",
    "mapdots.js",
    "mapview.js",
    "mapinset.js",
    "mapworld.js",
    "map.js",
)
MATRIX_MODULES = ("shade.js", "matrixcell.js", "matrixgrid.js", "matrix.js")
OVERVIEW_MODULES = (*MAP_MODULES, *MATRIX_MODULES)
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
    "asked.js",
    "views.js",
    "explorer.js",
)
"""What the page of a scene runs besides; it asks the server, so no one-file page has them."""
SEARCH_MODULES = ("letters.js", "offers.js", "ask.js")
"""What every page with a search box runs."""
BUNDLES = {
    "picture.js": PICTURE_MODULES,
    "app.js": ("stillyears.js", "app.js"),
    "explorer.js": SCENE_MODULES,
    "map.js": MAP_MODULES,
    "matrix.js": MATRIX_MODULES,
    "away.js": ("away.js",),
    "take.js": ("take.js",),
    "pictures.js": PAPER_MODULES,
    "ask.js": SEARCH_MODULES,
}
"""The scripts as they are sent."""
NOBODY = "'none'"
_RELEASE = re.compile(r"^[0-9a-f]{12}/")
_ENDS_ELEMENT = re.compile(r"</(script|style)|<!--", re.IGNORECASE)
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


@dataclass(frozen=True)
class Asset:
    """A file to serve, as it is and in gzip; `etag` is that of the file as it is."""

    body: bytes
    packed: bytes
    media_type: str
    etag: str


@cache
def assets() -> dict[str, Asset]:
    """All files that may be served, by name; nothing else is."""
    styles = {path.name: _style(path.name) for path in sorted(FOLDER.glob("*.css"))}
    sheets = {name: "\n".join(map(styles.__getitem__, parts)) for name, parts in SHEETS.items()}
    scripts = {
        name: joined(modules, _source, BUNDLES) + exported(modules, _source)
        for name, modules in BUNDLES.items()
    }
    vendor = {f"vendor/{path.name}": _vendored(path.name) for path in VENDOR.glob("*.js")}
    every = {**styles, **sheets, **scripts, **vendor}
    return {name: _asset(name, text.encode()) for name, text in sorted(every.items())}


def _asset(name: str, body: bytes) -> Asset:
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Asset(body, gzip.compress(body, 9, mtime=0), _TYPES[Path(name).suffix], tag)


@cache
def release() -> str:
    """Twelve digits that are others when any file is another."""
    told = hashlib.sha256()
    for name, one in assets().items():
        told.update(f"{name} {one.etag}\n".encode())
    return told.hexdigest()[:12]


def address(name: str) -> str:
    """Where a file is, so that the same address never is another file."""
    if name not in assets():
        raise KeyError(name)
    return f"/static/{release()}/{name}"


def asset(name: str) -> Asset | None:
    """The file of a name, with or without a release before it, or None."""
    return assets().get(_RELEASE.sub("", name))


def lasting(name: str) -> bool:
    """Whether a name has this release before it: it will never be another file."""
    return name.startswith(f"{release()}/")


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
    style = "\n".join(map(_style, STYLES))
    vendor = _vendored("vis-network.min.js")
    own = joined(MODULES, _source, {})
    for name, text in (("style", style), ("vendor script", vendor), ("script", own)):
        if _ENDS_ELEMENT.search(text):
            raise ValueError(f"the {name} cannot stand inside a page")
    return Inlined(style, vendor, f'"use strict";\n(() => {{\n{own}}})();\n')


def _style(name: str) -> str:
    return bare_style(_source(name))


def _source(name: str) -> str:
    """A file as text, its lines ended as a page reads them."""
    return (FOLDER / name).read_text("utf-8").replace("\r\n", "\n")


def _vendored(name: str) -> str:
    """A file of others, without the address of a map that is not there."""
    return _SOURCE_MAP.sub("", _source(f"vendor/{name}"))


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
