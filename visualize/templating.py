"""The template environment of every page: autoescaped, strict about unknown names."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from graph.values import clean, web_address
from visualize.assets import address, inlined

FOLDER = Path(__file__).with_name("templates")


@cache
def environment() -> Environment:
    """The one environment; its JSON keeps Hangul and key order, and refuses NaN."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["json.dumps_kwargs"] = {
        "sort_keys": False,
        "ensure_ascii": False,
        "allow_nan": False,
    }
    made.globals["inlined"] = inlined
    made.globals["static"] = address
    made.filters["from_json"] = json.loads
    made.filters["link"] = web_link
    return made


@lru_cache(maxsize=1024)
def web_link(address: str | None) -> str | None:
    """The address if it is safe as a link: http or https and nothing hidden in it."""
    try:
        return web_address(clean(address)) if address else None
    except ValueError:
        return None
