"""The verb that lists what can be loaded by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jamae.options import Json, Lang, Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.settings import Settings
    from ingest.sources import Listed
    from jamae.wording import Said


def sources(store: Store = None, lang: Lang = None, json: Json = False) -> None:
    """List the sources that jamae knows by name.

    Each with publisher, licence, address and lineage, how much is expected of it, whether
    it comes with jamae, and whether the store holds it. What the store holds in all stands
    in jamae get /v1/sources.

    Example: jamae sources
    """
    from jamae.session import read_settings

    settings = read_settings(store=store, lang=lang)
    found = _described(settings)
    if json:
        from jamae.output import write

        body = ",\n".join(one.model_dump_json() for one in found)
        write(f"[{body}]\n".encode())
        return
    from jamae.output import show
    from jamae.show import table
    from jamae.wording import Said

    words = Said(settings.lang)
    heads = words.heads(("list", "what", "expected", "in_store"))
    show([table(heads, (tuple(_row(one, words)) for one in found))])


def _described(settings: Settings) -> tuple[Listed, ...]:
    from ingest.sources import describe
    from jamae.session import is_there, open_to_read

    if not is_there(settings):
        return describe()
    with open_to_read(settings) as graph:
        return graph.read(describe)


def _origin(one: Listed, words: Said) -> tuple[str, str]:
    """Publisher with licence, and lineage; in words where each source has its own."""
    if one.source_kind != "dataset":
        return words.own(f"origin_{one.name}"), words.own("lineage_own")
    return f"{one.publisher} · {one.licence}", words.own("lineage", name=one.lineage)


def _row(one: Listed, words: Said) -> Iterator[str]:
    yield one.name
    yield "\n".join(
        [
            words.own(f"list_{one.name.replace(' --', '_')}"),
            *_origin(one, words),
            one.url,
            words.own(f"how_{one.name.replace(' --', '_')}"),
        ]
    )
    yield words.own("expected_counts", ties=str(one.ties), places=str(one.places))
    yield words.own("loaded" if one.loaded else "not_loaded", n=len(one.loaded))
