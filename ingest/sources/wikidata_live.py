"""Wikidata's P190 statements as they stand now, asked of a SPARQL endpoint in pages.

Statements come first, in order of their keys, then the items that they name. A broken
download goes on where it stopped, see `ingest.sources.journal`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from graph.dates import PartialDate
from graph.errors import Problem, RecordsInvalid
from ingest.sources.asking import Limits
from ingest.sources.facts import Bounds, Reading
from ingest.sources.fetching import Fetcher
from ingest.sources.journal import Journal
from ingest.sources.wikidata_facts import ADDRESS, LIVE, USER_AGENT
from ingest.sources.wikidata_queries import (
    ACCEPT,
    Item,
    Nonsense,
    Statement,
    items_query,
    read_items,
    read_statements,
    statements_query,
)
from ingest.sources.wikidata_record import reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Plan:
    """How a download is made: pages of so many statements and items, bytes in all, a pause."""

    statements: int = 2_000
    items: int = 150
    most_bytes: int = 1_000_000_000
    most_pages: int = 5_000
    pause: float = 0.5
    limits: Limits = field(default_factory=Limits)
    ties: Bounds = LIVE.ties
    places: Bounds = LIVE.places


def read(
    folder: Path,
    today: date,
    *,
    address: str = ADDRESS,
    plan: Plan | None = None,
    fetcher: Fetcher | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Reading:
    """Download into the folder, or go on with what it holds, and read all of it.

    `progress` is called with pages and bytes so far. RecordsInvalid if the endpoint does
    not answer in time, or with something else than what was asked for.
    """
    plan = plan or Plan()
    fetcher = fetcher or Fetcher(address, USER_AGENT, plan.limits)
    task = hashlib.sha256(
        f"{fetcher.base}\x1f{statements_query('', plan.statements)}\x1f"
        f"{items_query(())}{plan.items}".encode()
    ).hexdigest()
    journal = Journal(folder, task, today)
    download = _Download(fetcher, journal, plan, progress)
    statements = download.statements()
    items = download.items(statements)
    journal.finish()
    day = PartialDate.parse(journal.started.isoformat())
    source = LIVE.source(published=day, retrieved=day)
    return reading(source, statements, items, plan.ties, plan.places)


@dataclass(slots=True)
class _Download:
    fetcher: Fetcher
    journal: Journal
    plan: Plan
    progress: Callable[[int, int], None] | None
    pages: int = 0

    def statements(self) -> dict[str, Statement]:
        """All statements by key."""
        found: dict[str, Statement] = {}
        while True:
            after = max(found, default="")
            query = statements_query(after, self.plan.statements)
            page = self._page(query, partial(read_statements, after=after))
            fresh = read_statements(page, after)
            found.update(fresh)
            if not fresh:
                return found

    def items(self, statements: dict[str, Statement]) -> dict[str, Item]:
        """All items that the statements name."""
        named = {end for s in statements.values() for end in (s.item, s.partner) if end}
        wanted = sorted(named, key=lambda item: (len(item), item))
        found: dict[str, Item] = {}
        for at in range(0, len(wanted), self.plan.items):
            asked = wanted[at : at + self.plan.items]
            page = self._page(items_query(asked), partial(read_items, asked=asked))
            found.update(read_items(page, asked))
        return found

    def _page(self, query: str, reader: Callable[[bytes], object]) -> bytes:
        """The next page: a sound one of a former run, else from the endpoint."""
        kept = self.journal.kept()
        if kept is not None and _fault(reader, kept):
            self.journal.forget()
            kept = None
        if kept is None:
            self._check_size()
            if self.pages:
                self.fetcher.sleep(self.plan.pause)
            encoded = urlencode({"query": query, "format": "json"})
            kept = self.fetcher.page(encoded, ACCEPT, lambda data: _fault(reader, data))
            self.journal.keep(kept)
        self.pages += 1
        if self.progress:
            self.progress(self.pages, self.journal.size)
        return kept

    def _check_size(self) -> None:
        if self.journal.size < self.plan.most_bytes and self.pages < self.plan.most_pages:
            return
        message = f"more than {self.plan.most_bytes:,} bytes or {self.plan.most_pages:,} pages"
        fix = "see whether the address is that of Wikidata's query service"
        raise RecordsInvalid([Problem(self.fetcher.base, 1, 1, "too-large", message, fix)])


def _fault(reader: Callable[[bytes], object], page: bytes) -> str | None:
    """What is wrong with a page, if anything."""
    try:
        reader(page)
    except Nonsense as nonsense:
        return str(nonsense)
    return None
