"""The one pipeline: nothing half, nothing twice, no order that matters."""

from __future__ import annotations

import gc
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path

import pytest

from graph.batches import store_tellings
from graph.claims import Claim, Describes
from graph.errors import NotFound, RecordsInvalid, StoreBusy
from graph.nodes import Source
from graph.store import GraphStore, View
from ingest.load import LoadReport, gather, load, store_all
from ingest.records import SHIPPED, Record, shipped_records
from tests.random_graphs import batch, seeded
from tests.store_contents import contents

SEED = 20080610


def copied(tmp_path: Path, name: str, change: tuple[str, str] = ("", "")) -> Path:
    """A shipped record in a folder of its own, with one text replaced."""
    text = (SHIPPED / name).read_text("utf-8")
    path = tmp_path / name
    path.write_text(text.replace(*change) if change[0] else text, "utf-8")
    return path


def random_records(seed: int, count: int) -> list[Record]:
    """Records of random claims that merge and contradict one another."""
    rng = seeded(seed)
    made = []
    for number in range(count):
        claims = batch(rng, number)
        own = next(c for c in claims if isinstance(c, Describes) and c.to == c.source)
        assert isinstance(own.node, Source)
        made.append(Record(own.node, tuple(claims)))
    return made


def write_all(store: GraphStore, records: list[Record]) -> str:
    for record in records:
        store.write(record.claims, replaces=record.source.id)
    return store.version()


def seen_in(store: GraphStore) -> tuple[object, ...]:
    """All that can be seen of a store; a busy machine may take its time."""
    return store.read(everything, seconds=60)


def everything(view: View) -> tuple[object, ...]:
    """All that can be seen of a store: nodes as folded, claims as resolved."""
    from graph.claims import CLAIM_KINDS
    from graph.nodes import NODE_KINDS
    from graph.store import walk_claims, walk_nodes

    nodes = [node for kind in NODE_KINDS for node in walk_nodes(view, kind)]
    claims = [
        (claim.said(), claim.from_, claim.to)
        for kind in CLAIM_KINDS
        for claim in walk_claims(view, kind)
    ]
    return view.version(), view.counts(), nodes, claims


# ---------------------------------------------------------------- what a load does


def test_the_shipped_records_load_and_loading_twice_changes_nothing(store: GraphStore) -> None:
    first = load(store, [SHIPPED])
    assert (first.read, first.inserted) == (first.inserted, first.read)
    assert (first.updated, first.unchanged, first.withdrawn, first.rejected) == (0, 0, 0, 0)
    assert len(first.sources) == len(shipped_records())
    second = load(store, [SHIPPED])
    assert (second.inserted, second.updated, second.withdrawn) == (0, 0, 0)
    assert (second.unchanged, second.version) == (first.read, first.version)
    assert second.version == store.version()


def test_any_order_makes_the_same_version(new_store: Callable[[], GraphStore]) -> None:
    rng = seeded(SEED)
    paths = list(shipped_records())
    seen = set()
    for _ in range(20):
        rng.shuffle(paths)
        store = new_store()
        for path in paths:
            load(store, [path])
        seen.add(store.version())
    assert len(seen) == 1


@pytest.mark.parametrize("seed", range(20))
def test_any_order_of_random_sources_makes_the_same_store(
    new_sqlite_store: Callable[[], GraphStore], seed: int
) -> None:
    records = random_records(SEED + seed, 12)
    shuffled = seeded(seed).sample(records, len(records))
    one, other = new_sqlite_store(), new_sqlite_store()
    write_all(one, records)
    write_all(other, shuffled)
    assert seen_in(one) == seen_in(other)


def test_a_source_can_be_withdrawn_and_loaded_again(store: GraphStore) -> None:
    loaded = load(store, [SHIPPED]).version
    before = seen_in(store)
    gone = store.retract("source:suwon-2008")
    assert gone.withdrawn > 0
    assert store.version() != loaded
    assert store.read(lambda view: view.find("city:Q10389")) is None
    again = load(store, [SHIPPED])
    assert (again.inserted, again.version) == (gone.withdrawn, loaded)
    assert seen_in(store) == before


def test_withdrawing_everything_leaves_nothing(store: GraphStore) -> None:
    for source in load(store, [SHIPPED]).sources:
        store.retract(source)
    assert store.version() == "0" * 32
    assert store.read(lambda view: view.counts()).nodes == {}
    with pytest.raises(NotFound):
        store.retract("source:suwon-2008")


def test_a_changed_record_replaces_its_source_and_can_be_changed_back(
    store: GraphStore, tmp_path: Path
) -> None:
    one = [copied(tmp_path, "suwon-2008.yaml")]
    first = load(store, one).version
    before = seen_in(store)
    copied(tmp_path, "suwon-2008.yaml", ("amount: 600000", "amount: 700000"))
    changed = load(store, one)
    assert (changed.inserted, changed.updated, changed.withdrawn) == (0, 1, 0)
    assert changed.version != first
    copied(tmp_path, "suwon-2008.yaml")
    assert load(store, one).version == first
    assert seen_in(store) == before


def test_a_dry_run_foresees_everything_and_changes_nothing(
    store: GraphStore, tmp_path: Path
) -> None:
    load(store, [SHIPPED / "suwon-2008.yaml", SHIPPED / "jinju-2019.yaml"])
    version = store.version()
    change = ("role: venue", "role: sponsor")
    paths = [copied(tmp_path, "suwon-2008.yaml", change), SHIPPED / "jinju-2025.yaml"]
    foreseen = load(store, paths, dry_run=True)
    assert foreseen.dry_run
    assert store.version() == version
    done = load(store, paths)
    assert done.withdrawn == 1
    assert done.model_copy(update={"dry_run": True}) == foreseen


def test_progress_is_told_when_sources_are_safe(
    store: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small sources share a transaction; what is told ends with one, and is stored."""
    monkeypatch.setattr("graph.batches.SHARED", 60)
    told = []

    def progress(done: int, total: int, source: str) -> None:
        held = store.read(lambda view: view.find(source))
        told.append((done, total, held == source))

    store_all(store, gather([SHIPPED]), progress)
    ends = list(accumulate(telling.count for telling in gather([SHIPPED]).records))
    done = [stored for stored, _, _ in told]
    assert done == sorted(set(done) & set(ends))
    assert len(done) > 1
    assert {(total, safe) for _, total, safe in told} == {(done[-1], True)} == {(ends[-1], True)}


def test_small_sources_share_a_transaction_and_replace_each_its_own(
    new_sqlite_store: Callable[[], GraphStore],
) -> None:
    """One by one or together, again or after another file: the same store."""
    together, alone = new_sqlite_store(), new_sqlite_store()
    records = random_records(SEED, 12)
    for records_now in (records, records[:6], random_records(SEED + 1, 12), records):
        list(store_tellings(together, records_now))
        for record in records_now:
            alone.write(record.claims, replaces=record.source.id)
        assert contents(together) == contents(alone)


@pytest.fixture
def usual() -> Iterator[tuple[int, int, int]]:
    """How often Python looks for cycles, as it is put back after the test."""
    kept = gc.get_threshold()
    yield kept
    gc.set_threshold(*kept)


def test_python_collects_as_before_once_the_last_of_several_loads_has_ended(
    new_sqlite_store: Callable[[], GraphStore], usual: tuple[int, int, int]
) -> None:
    gathered = gather([SHIPPED])
    begun, ended = threading.Event(), threading.Event()
    seen = []

    def told_first(*_: object) -> None:
        assert begun.wait(60)
        seen.append(gc.get_threshold())

    def told_second(*_: object) -> None:
        begun.set()
        assert ended.wait(60)
        seen.append(gc.get_threshold())

    one, other = new_sqlite_store(), new_sqlite_store()
    with ThreadPoolExecutor(1) as pool:
        gc.set_threshold(*usual)
        first = pool.submit(store_all, one, gathered, told_first)
        second = threading.Thread(target=store_all, args=(other, gathered, told_second))
        while gc.get_threshold() == usual and not first.done():
            pass
        second.start()
        first.result()
        ended.set()
        second.join()
    assert gc.get_threshold() == usual
    assert min(seen)[0] > usual[0]


@pytest.mark.parametrize("threshold", [0, 10**6])
def test_who_lets_python_collect_more_rarely_is_left_with_that(
    new_sqlite_store: Callable[[], GraphStore], usual: tuple[int, int, int], threshold: int
) -> None:
    gc.set_threshold(threshold, *usual[1:])
    seen = []
    store_all(new_sqlite_store(), gather([SHIPPED]), lambda *_: seen.append(gc.get_threshold()[0]))
    assert {*seen, gc.get_threshold()[0]} == {threshold}


def test_a_read_during_a_load_never_mixes_two_states(store: GraphStore) -> None:
    """Every version seen is one that some whole sources make, with the counts of those."""
    records = random_records(SEED, 40)
    states = {"0" * 32}
    stop = threading.Event()
    failures: list[object] = []
    seen: set[str] = set()

    def watch() -> None:
        while not stop.is_set():
            try:
                version, counts, total = store.read(
                    lambda v: (v.version(), v.counts().claims, _claims(v)), seconds=30
                )
            except StoreBusy:  # an answer too, where the store moves on too fast
                continue
            seen.add(version)
            if sum(counts.values()) != total[0] or total[1] != version:
                failures.append((version, counts, total))

    watching = threading.Thread(target=watch)
    watching.start()
    for record in records:
        store.write(record.claims, replaces=record.source.id)
        states.add(store.version())
    stop.set()
    watching.join()
    assert failures == []
    assert seen <= states


def _claims(view: View) -> tuple[int, str]:
    from graph.claims import CLAIM_KINDS
    from graph.store import walk_claims

    claims = [c for kind in CLAIM_KINDS for c in walk_claims(view, kind, page=20)]
    digest = sum(claim.digest() for claim in claims) % (1 << 128)
    return len(claims), f"{digest:032x}"


# ---------------------------------------------------------------- what is refused


def refused(paths: list[Path]) -> list[tuple[str, int, int, str]]:
    found = gather(paths).problems
    return [(Path(p.file).name, p.line, p.column, p.code) for p in found]


def test_all_problems_of_all_files_are_told_and_nothing_is_written(
    new_sqlite_store: Callable[[], GraphStore], tmp_path: Path
) -> None:
    store = new_sqlite_store()
    load(store, [SHIPPED / "jinju-2019.yaml"])
    version = store.version()
    copied(tmp_path, "suwon-2008.yaml")
    copied(tmp_path, "jinju-2025.yaml", ("source_kind: article", "source_kind: rumour"))
    (tmp_path / "broken.yml").write_text("source: [", "utf-8")
    with pytest.raises(RecordsInvalid) as caught:
        load(store, [tmp_path])
    assert {Path(p.file).name for p in caught.value.problems} == {"jinju-2025.yaml", "broken.yml"}
    assert store.version() == version
    report = gather([tmp_path]).report
    assert (report.rejected, report.sources) == (2, ("source:suwon-2008",))


def test_two_files_of_one_source_are_refused_by_name(tmp_path: Path) -> None:
    one = copied(tmp_path, "suwon-2008.yaml")
    other = tmp_path / "zz.yaml"
    shutil.copy(one, other)
    [problem] = gather([tmp_path]).problems
    assert (problem.file, problem.code) == (str(other), "same-source")
    assert str(one) in problem.message


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    path = copied(tmp_path, "suwon-2008.yaml")
    (tmp_path / "link.yaml").symlink_to(path)
    assert len(gather([path, tmp_path, path]).loaded) == 1


def test_folders_are_searched_and_hidden_files_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "empty").mkdir()
    shutil.copy(SHIPPED / "suwon-2008.yaml", tmp_path / "a" / "b" / "x.YML")
    (tmp_path / ".hidden.yaml").write_text("no", "utf-8")
    (tmp_path / "notes.txt").write_text("no", "utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [Path(one.file).name for one in gather([tmp_path]).loaded] == ["x.YML"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("missing.yaml", "unreadable"), ("missing", "no-file"), ("text.txt", "kind")],
)
def test_what_cannot_be_loaded_is_refused(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "text.txt").write_text("x", "utf-8")
    assert refused([tmp_path / name]) == [(name, 1, 1, code)]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert refused([tmp_path]) == [(tmp_path.name, 1, 1, "empty-folder")]


# ---------------------------------------------------------------- exports


def exported(records: list[Record]) -> list[str]:
    """The lines of an export of these records."""
    claims: dict[str, Claim] = {c.id: c for record in records for c in record.claims}
    digest = sum(c.digest() for c in claims.values()) % (1 << 128)
    end = {"end": True, "claims": len(claims), "version": f"{digest:032x}"}
    return [*(c.said() for c in claims.values()), json.dumps(end)]


@pytest.fixture
def lines() -> list[str]:
    return exported(random_records(SEED, 3))


def told(tmp_path: Path, lines: list[str], joint: str = "\n") -> list[tuple[str, int, int, str]]:
    path = tmp_path / "graph.ndjson"
    path.write_bytes(joint.join(lines).encode())
    return refused([path])


def test_an_export_is_a_record_for_each_source(tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "graph.ndjson"
    for joint, end in (("\n", ""), ("\n", "\n"), ("\r\n", "\r\n"), ("\n\n", "")):
        path.write_bytes((joint.join(lines) + end).encode("utf-8-sig"))
        gathered = gather([path])
        assert gathered.problems == ()
        assert gathered.report.sources == ("source:s0", "source:s1", "source:s2")
        assert gathered.report.read == len(lines) - 1


def test_an_export_that_was_cut_is_refused(tmp_path: Path, lines: list[str]) -> None:
    assert told(tmp_path, lines[:-1])[-1][3] == "cut-short"
    assert told(tmp_path, [*lines[1:]])[-1][3] in {"unknown-end", "count"}
    assert told(tmp_path, []) == [("graph.ndjson", 1, 1, "cut-short")]
    cut = "\n".join(lines)[:-10].split("\n")
    assert {code for *_, code in told(tmp_path, cut)} == {"json", "cut-short"}


def test_an_export_whose_count_or_version_is_wrong_is_refused(
    tmp_path: Path, lines: list[str]
) -> None:
    end = json.loads(lines[-1])
    for change in ({"claims": 1}, {"version": "0" * 32}, {"more": 1}):
        altered = [*lines[:-1], json.dumps(end | change)]
        assert told(tmp_path, altered) == [("graph.ndjson", len(lines), 1, "count")]


def test_every_line_of_an_export_is_checked_at_its_place(tmp_path: Path, lines: list[str]) -> None:
    first = json.loads(lines[0])
    sent = {"kind": "SENT", "from": "city:a", "to": "firm:b", "source": "source:s0"}
    cases: list[tuple[str, int | None, str]] = [
        ("nonsense", 1, "json"),
        ('{"kind": "SENT" "from"}', 17, "json"),
        ("[1]", 1, "shape"),
        ("[" * 100_000, None, "depth"),
        ('{"kind": "SENT", "kind": "SENT"}', 1, "duplicate-key"),
        ('{"locator": NaN}', 1, "json"),
        (f'{{"locator": {"9" * 5000}}}', 1, "json"),
        ('{"kind": "LOVES"}', 1, "value"),
        (json.dumps(sent), 42, "wrong-end"),
        (json.dumps(sent | {"locator": "x"}), None, "value"),
        (json.dumps(sent | {"extra": 1}), None, "value"),
        (json.dumps(first | {"locator": 77}), None, "same-claim"),
        (json.dumps(first | {"id": "DESCRIBES:" + "0" * 24}), 2, "claim-id"),
        (json.dumps(first | {"from": "source:\\ud800"}), None, "value"),
        (lines[-1], None, "after-end"),
    ]
    for text, column, code in cases:
        found = told(tmp_path, [*lines, text])
        line = len(lines) + 1
        if code not in {"after-end"}:
            found = told(tmp_path, [*lines[:-1], text, lines[-1]])
            line = len(lines)
        places = [(n, c, k) for _, n, c, k in found if n == line]
        assert [k for *_, k in places] == [code], text[:60]
        if column:
            assert places[0][1] == column, text[:60]


def test_a_claim_whose_end_nothing_describes_is_refused_by_name(tmp_path: Path) -> None:
    records = random_records(SEED, 1)
    lost = next(c for c in records[0].claims if c.kind != "DESCRIBES").to
    kept = [c for c in records[0].claims if c.to != lost or c.kind != "DESCRIBES"]
    (tmp_path / "x.ndjson").write_text(
        "\n".join(exported([Record(records[0].source, tuple(kept))])), "utf-8"
    )
    problems = gather([tmp_path / "x.ndjson"]).problems
    assert problems
    assert all(p.code == "unknown-end" for p in problems)
    assert any(lost in p.message for p in problems)


def test_the_report_counts_claims() -> None:
    report = gather([SHIPPED]).report
    assert isinstance(report, LoadReport)
    assert report.read == sum(telling.count for telling in gather([SHIPPED]).records)
