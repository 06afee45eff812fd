"""What a load would change, found by reading alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.store import GraphStore, View, WriteReport

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graph.claims import Claim
    from ingest.records import Record

_SECONDS = 600.0
_MODULUS = 1 << 128


def foresee(store: GraphStore | None, records: Sequence[Record]) -> WriteReport:
    """The sum of the reports that writing these records would give, and the last version.

    Without a store as if into an empty one. Nothing is written.
    """
    if store is None:
        return _sum([_change((), record) for record in records], 0)
    return store.read(lambda view: _seen(view, records), seconds=_SECONDS)


def _seen(view: View, records: Sequence[Record]) -> WriteReport:
    changes = [_change(_told(view, record.source.id), record) for record in records]
    return _sum(changes, int(view.version(), 16))


def _told(view: View, source: str) -> Iterator[Claim]:
    after = ""
    while page := view.claims_of(source, after):
        yield from page
        after = page[-1].id


Change = tuple[WriteReport, int]
"""What one source changes, and by how much it moves the digest."""


def _change(stored: Sequence[Claim] | Iterator[Claim], record: Record) -> Change:
    given = {claim.id: claim for claim in record.claims}
    inserted, updated, unchanged, withdrawn = set(given), 0, 0, 0
    moved = 0
    for claim in stored:
        told = given.get(claim.id)
        inserted.discard(claim.id)
        if told is None:
            withdrawn, moved = withdrawn + 1, moved - claim.digest()
        elif told.said() == claim.said():
            unchanged += 1
        else:
            updated, moved = updated + 1, moved - claim.digest() + told.digest()
    moved += sum(given[key].digest() for key in inserted)
    report = WriteReport(
        inserted=len(inserted), updated=updated, unchanged=unchanged, withdrawn=withdrawn
    )
    return report, moved


def _sum(changes: Sequence[Change], digest: int) -> WriteReport:
    reports = [report for report, _ in changes]
    digest = (digest + sum(moved for _, moved in changes)) % _MODULUS
    return WriteReport(
        inserted=sum(one.inserted for one in reports),
        updated=sum(one.updated for one in reports),
        unchanged=sum(one.unchanged for one in reports),
        withdrawn=sum(one.withdrawn for one in reports),
        version=f"{digest:032x}",
    )
