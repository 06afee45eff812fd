"""Large sources that come back otherwise: shorter, of another weight, with odd lines, merged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from graph.batches import store_tellings
from graph.changes import Change, WriteReport
from graph.claims import Claim, Describes, SameAs, Twinned
from graph.nodes import City, Source
from graph.store import GraphStore
from ingest.exported import read_ndjson
from ingest.load import gather, load
from tests.bulk_process import BATCH
from tests.store_contents import contents
from tests.test_bulk import (
    BIG,
    BIG_CLAIMS,
    BIG_SOURCE,
    OTHER,
    loading_of,
    said,
    small,
    version,
    written,
)

__all__ = ["small"]


@contextmanager
def stopped_after_a_batch(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is done in here is cut short once one batch of a load was stored."""
    change = type(store).change
    done: list[Change] = []

    def interrupted(self: GraphStore, one: Change) -> WriteReport:
        if one.loading is not None and done:
            raise KeyboardInterrupt
        done.append(one)
        return change(self, one)

    with monkeypatch.context() as patched:
        patched.setattr(type(store), "change", interrupted)
        with suppress(KeyboardInterrupt):
            yield
    assert loading_of(store), "it was not cut short"


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("then", ["another file", "a small write", "withdrawn, then another"])
def test_another_weight_outlives_a_load_that_came_to_no_end(
    new_store: Callable[[], GraphStore], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str
) -> None:
    register = Source(id=BIG, title="Big", source_kind="register")
    rival = said(Source(id=OTHER, source_kind="article"), range(120), en="Theirs")
    less = said(register, range(1, 120))
    store = new_store()
    load(store, [written(tmp_path / "a.ndjson", BIG_CLAIMS, rival)])
    [part] = read_ndjson(written(tmp_path / "b.ndjson", said(register, range(120))))
    with stopped_after_a_batch(store, monkeypatch):
        list(store_tellings(store, [part]))
    if then.startswith("withdrawn"):
        with stopped_after_a_batch(store, monkeypatch):
            store.retract(BIG)
    if then == "a small write":
        store.write(less, replaces=BIG)
    else:
        load(store, [written(tmp_path / "c.ndjson", less)])
    found = contents(store)
    store = new_store()
    load(store, [written(tmp_path / "d.ndjson", less, rival)])
    assert contents(store) == found


@pytest.mark.usefixtures("small")
def test_a_source_that_became_short_is_withdrawn_in_batches(
    new_store: Callable[[], GraphStore], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    less, sizes = said(BIG_SOURCE, range(5)), []
    store = new_store()
    load(store, [written(tmp_path / "graph.ndjson", BIG_CLAIMS)])
    change = type(store).change

    def watched(self: GraphStore, one: Change) -> WriteReport:
        done = change(self, one)
        sizes.append(done.withdrawn)
        return done

    monkeypatch.setattr(type(store), "change", watched)
    report = load(store, [written(tmp_path / "less.ndjson", less)])
    assert report.withdrawn == sum(sizes) == len(BIG_CLAIMS) - len(less)
    assert max(sizes) <= BATCH
    assert loading_of(store) is None
    assert store.version() == version(less)


@pytest.mark.usefixtures("small")
def test_lines_of_blanks_between_claims_say_nothing(
    new_sqlite_store: Callable[[], GraphStore], tmp_path: Path
) -> None:
    path = written(tmp_path / "graph.ndjson", BIG_CLAIMS)
    path.write_text(path.read_text("utf-8").replace("\n", "\n \n"), "utf-8")
    assert load(new_sqlite_store(), [path]).version == version(BIG_CLAIMS)


@pytest.mark.usefixtures("small")
def test_of_a_file_that_tells_all_twice_only_so_many_problems_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.exported.PROBLEM_LIMIT", 10)
    path = written(tmp_path / "graph.ndjson", BIG_CLAIMS)
    *lines, end = path.read_text("utf-8").split("\n")
    path.write_text("\n".join([*(f"{line}\n{line}" for line in lines), end]), "utf-8")
    found = [problem.code for problem in gather([path]).problems]
    assert (len(found), set(found)) == (10, {"count", "same-claim"})


def test_a_tie_whose_two_ends_move_in_two_statements_stays_one(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.neo4j_ledger.BATCH", 1)
    cities = [City(id=f"city:{name}") for name in "abyz"]

    def described(source: str) -> list[Claim]:
        nodes = (Source(id=source), *cities)
        return [Describes(from_=source, to=one.id, source=source, node=one) for one in nodes]

    tie = Twinned(from_="city:y", to="city:z", source="source:s", status="in_force")
    pairs = (("city:a", "city:y"), ("city:b", "city:z"))
    store.write([*described("source:s"), tie])
    same = [SameAs(from_=one, to=other, source="source:d") for one, other in pairs]
    store.write([*described("source:d"), *same])
    [told] = store.read(lambda view: view.all_claims("TWINNED"))
    assert (told.from_, told.to) == ("city:a", "city:b")
