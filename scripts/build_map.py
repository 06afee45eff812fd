"""Make what the map draws with: the land and the Korean coast, and the part of d3-geo it uses.

`python scripts/build_map.py FOLDER`, where FOLDER is an npm project in which
`npm install d3-geo@3.1.2 d3-array@3.2.5 world-atlas@2.0.2 esbuild@0.28.2` was run. The land is
that of Natural Earth (public domain), as world-atlas gives it; no borders are read.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from math import hypot
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).parents[1] / "visualize" / "static" / "vendor"
ATLAS = {
    "land-110m.json": "ead5f68119c49a9250902e7da303bcb209341bbb8fefe7369a439b48b704658a",
    "land-10m.json": "9b9f584709c119d63fbadf484ce425260497697b7166be7a2fe360e8c0b171a8",
}
LEAST_LATITUDE = -58.0
KOREA = (122.5, 31.5, 133.5, 41.0)
"""West, south, east and north of what is kept for the inset, well beyond what it shows."""
PARTS = (
    "geoPath",
    "geoNaturalEarth1",
    "geoAzimuthalEquidistant",
    "geoMercator",
    "geoInterpolate",
    "geoCircle",
)

Point = tuple[float, float]
Ring = list[Point]


def main(folder: Path) -> None:
    """Write `vendor/land.js`, `vendor/d3-geo.min.js` and their licences."""
    atlas = folder / "node_modules" / "world-atlas"
    world = [
        rings
        for rings in _polygons(_read(atlas / "land-110m.json"))
        if max(lat for _, lat in rings[0]) > LEAST_LATITUDE
    ]
    korea = [
        [cut]
        for rings in _polygons(_read(atlas / "land-10m.json"))
        if len(cut := _cut(rings[0])) > 3
    ]
    text = "\n".join(
        (
            "/** Land of Natural Earth (public domain), as scripts/build_map.py packs it:",
            " * polygons of rings, each a first point and then steps, in parts of a degree. */",
            f"export const LAND = {_packed(world, 10)};",
            f"export const KOREA = {_packed(korea, 100)};\n",
        )
    )
    (VENDOR / "land.js").write_text(text, encoding="utf-8")
    _bundle(folder)


def _read(path: Path) -> dict[str, Any]:
    body = path.read_bytes()
    if hashlib.sha256(body).hexdigest() != ATLAS[path.name]:
        raise SystemExit(f"{path.name} is not the file of world-atlas 2.0.2")
    found: dict[str, Any] = json.loads(body)
    return found


def _polygons(topology: dict[str, Any]) -> Iterator[list[Ring]]:
    """The polygons of the land, each its outline and then its holes."""
    arcs = [list(_unpacked(arc, topology["transform"])) for arc in topology["arcs"]]
    (land,) = topology["objects"]["land"]["geometries"]
    for polygon in land["arcs"]:
        yield [_joined(ring, arcs) for ring in polygon]


def _unpacked(arc: Iterable[Iterable[int]], transform: dict[str, Any]) -> Iterator[Point]:
    (scale_x, scale_y), (left, low) = transform["scale"], transform["translate"]
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        yield x * scale_x + left, y * scale_y + low


def _joined(ring: Iterable[int], arcs: list[Ring]) -> Ring:
    points: Ring = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def _cut(ring: Ring) -> Ring:
    """The part of a ring inside KOREA (Sutherland and Hodgman, one side after another)."""
    west, south, east, north = KOREA
    for axis, bound, sign in ((0, west, 1), (1, south, 1), (0, east, -1), (1, north, -1)):
        ring = list(_one_side(ring, [sign * (point[axis] - bound) for point in ring]))
    return [*ring, ring[0]] if ring and ring[0] != ring[-1] else ring


def _one_side(ring: Ring, depths: list[float]) -> Iterator[Point]:
    """What is left of a ring whose points lie so deep on the side that is kept."""
    following = zip([*ring[1:], *ring[:1]], [*depths[1:], *depths[:1]], strict=True)
    for one, here, (other, there) in zip(ring, depths, following, strict=True):
        if here >= 0:
            yield one
        if (here < 0) != (there < 0):
            part = here / (here - there)
            yield one[0] + part * (other[0] - one[0]), one[1] + part * (other[1] - one[1])


def _packed(polygons: Iterable[list[Ring]], parts: int) -> str:
    packed = [[ring for one in polygon if (ring := _steps(one, parts))] for polygon in polygons]
    return json.dumps([rings for rings in packed if rings], separators=(",", ":"))


def _steps(ring: Ring, parts: int) -> list[int]:
    """A ring as whole numbers, without points that are less than one away from the line.

    Empty if no area is left.
    """
    points = [(round(x * parts), round(y * parts)) for x, y in ring]
    kept = _thinned(points)
    if len(kept) < 4:
        return []
    pairs = zip(kept[1:], kept, strict=False)
    steps = [part for (x, y), (a, b) in pairs for part in (x - a, y - b)]
    return [*kept[0], *steps]


def _thinned(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Douglas and Peucker: what is left has no point of the given further away than 1."""
    kept, todo = {0, len(points) - 1}, [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        gaps = {i: _gap(points[i], points[first], points[last]) for i in range(first + 1, last)}
        furthest = max(gaps, key=lambda i: gaps[i], default=first)
        if gaps.get(furthest, 0.0) > 1:
            kept.add(furthest)
            todo += [(first, furthest), (furthest, last)]
    return [points[i] for i in sorted(kept)]


def _gap(spot: tuple[int, int], one: tuple[int, int], two: tuple[int, int]) -> float:
    across, down = two[0] - one[0], two[1] - one[1]
    length = across * across + down * down or 1
    along = ((spot[0] - one[0]) * across + (spot[1] - one[1]) * down) / length
    along = min(1.0, max(0.0, along))
    return hypot(spot[0] - one[0] - along * across, spot[1] - one[1] - along * down)


def _bundle(folder: Path) -> None:
    """The used part of d3-geo and of d3-array as one module, with its licences on top."""
    entry = folder / "map-entry.js"
    entry.write_text(f'export {{ {", ".join(PARTS)} }} from "d3-geo";\n', encoding="utf-8")
    target = VENDOR / "d3-geo.min.js"
    banner = "/*! d3-geo 3.1.2, d3-array 3.2.5: see map.LICENSES */"
    esbuild = folder / "node_modules" / ".bin" / "esbuild"
    command = [esbuild, entry, "--bundle", "--minify", "--format=esm", f"--banner:js={banner}"]
    subprocess.run([*map(str, command), f"--outfile={target}"], check=True)  # noqa: S603
    licences = [
        f"{name}\n\n{(folder / 'node_modules' / name / 'LICENSE').read_text(encoding='utf-8')}"
        for name in ("d3-geo", "d3-array", "world-atlas")
    ]
    (VENDOR / "map.LICENSES").write_text("\n".join(licences), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
