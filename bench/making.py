"""Making a world's files: `world.ndjson`, `inputs.json` and `shape.json` in one folder."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from bench.inputs import choose
from bench.shape import Shape
from bench.telling import Teller, write_world
from bench.world import World

if TYPE_CHECKING:
    from pathlib import Path


def make_world(claims: int, folder: Path) -> None:
    """Make the world of so many claims in the folder, unless it is there whole."""
    shape = Shape.of(claims)
    done = folder / "shape.json"
    if done.exists() and json.loads(done.read_text("utf-8")) == asdict(shape):
        return
    folder.mkdir(parents=True, exist_ok=True)
    done.unlink(missing_ok=True)
    print(f"making {claims:,} claims", file=sys.stderr, flush=True)
    teller = Teller(World(shape))
    write_world(teller, folder / "world.ndjson")
    (folder / "inputs.json").write_text(json.dumps(asdict(choose(teller)), indent=1), "utf-8")
    (folder / "counts.json").write_text(json.dumps(teller.counts, indent=1), "utf-8")
    done.write_text(json.dumps(asdict(shape)), "utf-8")  # the last: the others are whole
