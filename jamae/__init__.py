"""Sister cities and trade: which firms benefit, and what is the evidence.

The front door for notebooks. Things are named in any language or spelling:

    import jamae

    with jamae.open_store() as store:
        answer = jamae.who_benefits(store, "Bandung", home="Suwon")
        graph = jamae.to_networkx(store)

Importing has no effect and is quick: what a name needs is imported when it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.interchange import to_networkx
    from ingest.load import load
    from jamae.notebook import (
        benefits,
        brokers,
        chains,
        check,
        communities,
        entity,
        gaps,
        neighbours,
        open_store,
        path,
        search,
        similar,
        ties,
        totals,
        who_benefits,
    )

    __version__: str

__all__ = [
    "__version__",
    "benefits",
    "brokers",
    "chains",
    "check",
    "communities",
    "entity",
    "gaps",
    "load",
    "neighbours",
    "open_store",
    "path",
    "search",
    "similar",
    "ties",
    "to_networkx",
    "totals",
    "who_benefits",
]


def __getattr__(name: str) -> Any:
    """What a name stands for, imported when it is first asked for."""
    if name == "__version__":
        from jamae.versions import product

        return product()
    if name not in __all__:
        raise AttributeError(f"module 'jamae' has no attribute {name!r}")
    from importlib import import_module

    module = {"to_networkx": "graph.interchange", "load": "ingest.load"}.get(name, "jamae.notebook")
    return getattr(import_module(module), name)


def __dir__() -> list[str]:
    return __all__
