"""Sources larger than a transaction: in batches, `loading` meanwhile, taken up after a stop."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from graph.changes import Change, Loading
from graph.claims import Claim, Describes, DifferentFrom, InCountry, LocatedIn, SameAs
from graph.errors import NotFound, RecordsInvalid, StoreBusy, StoreError
from graph.neo4j_store import Neo4jStore
from graph.nodes import City, Country, Firm, Node, Source
from graph.questions.entities import entity, sources
from graph.sqlite_store import WAL_BYTES, SqliteStore
from graph.statements import Statement, checked, in_order
from graph.store import GraphStore, View
from ingest.exported import read_ndjson
from ingest.load import gather, load, store_all
from tests.bulk_process import BATCH, MODULES, WHOLE
from tests.conftest import empty
from tests.neo4j_server import Neo4jServer
from tests.random_graphs import seeded
from tests.store_contents import contents

SEED = 11
BIG = "source:big"
OTHER = "source:other"


def said(source: Source, firms: Sequence[int], **changes: str) -> list[Claim]:
    """What a source says of these firms, in four cities that others describe too."""
    cities = [City(id=f"city:c{n}", names={"en": f"C{n} of {source.id[7:]}"}) for n in range(4)]
    named = [Firm(id=f"firm:f{n}", names={"en": f"Firm {n}", **changes}) for n in firms]
    nodes: list[Node] = [source, Country(id="country:KR"), *cities, *named]
    return [
        *(Describes(from_=source.id, to=one.id, source=source.id, node=one) for one in nodes),
        *(InCountry(from_=one.id, to="country:KR", source=source.id) for one in named),
        *(LocatedIn(from_=f"firm:f{n}", to=f"city:c{n % 4}", source=source.id) for n in firms),
    ]


def written(path: Path, *told: Sequence[Claim]) -> Path:
    """An export of these sources' claims."""
    claims = [one for source in told for one in sorted(checked(source), key=in_order)]
    end = {"end": True, "claims": len(claims), "version": version(*told)}
    path.write_text("\n".join([*(one.body for one in claims), json.dumps(end)]), "utf-8")
    return path


def version(*told: Sequence[Claim]) -> str:
    """The version that these claims make."""
    return f"{sum(c.digest() for source in told for c in source) % (1 << 128):032x}"


BIG_SOURCE = Source(id=BIG, title="Big", source_kind="dataset", published="2024-01-01")
BIG_CLAIMS = said(BIG_SOURCE, range(120))
LONG_CLAIMS = said(BIG_SOURCE, range(400))
"""Of the same source: enough for a load to be met in the middle."""
OTHER_CLAIMS = said(Source(id=OTHER, title="Other"), range(110, 130))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A source is large from 100 claims on, in this process too."""
    for module in MODULES:
        monkeypatch.setattr(f"{module}.WHOLE", WHOLE, raising=False)
        monkeypatch.setattr(f"{module}.BATCH", BATCH, raising=False)


def batches(claims: Sequence[Claim]) -> Iterator[list[Statement]]:
    told = sorted(checked(claims), key=in_order)
    return (told[at : at + BATCH] for at in range(0, len(told), BATCH))


def loading_of(store: GraphStore) -> Loading | None:
    """How far the load of the big source has come; None as well while the store is busy."""
    try:
        return next(iter(store.read(lambda view: view.loading())), None)
    except StoreError:
        return None


# ---------------------------------------------------------------- what a load in batches leaves


def test_a_load_in_batches_ends_as_one_that_was_not(
    new_store: Callable[[], GraphStore], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [written(tmp_path / "graph.ndjson", BIG_CLAIMS, OTHER_CLAIMS)]
    store = new_store()
    load(store, paths)
    whole = contents(store)
    store = new_store()
    for module in MODULES:
        monkeypatch.setattr(f"{module}.WHOLE", WHOLE, raising=False)
        monkeypatch.setattr(f"{module}.BATCH", BATCH, raising=False)
    seen: list[int] = []
    report = store_all(store, gather(paths), lambda done, *_: seen.append(done))
    assert report.inserted == len(BIG_CLAIMS) + len(OTHER_CLAIMS) == seen[-1]
    assert seen == sorted(seen)
    assert len(set(seen)) > 6, "it was not written in batches"
    assert contents(store) == whole
    assert loading_of(store) is None
    again = load(store, paths)
    assert (again.unchanged, again.version) == (report.inserted, report.version)


@pytest.mark.usefixtures("small")
def test_what_a_source_no_longer_says_goes_at_the_end(
    new_store: Callable[[], GraphStore], tmp_path: Path
) -> None:
    less = said(BIG_SOURCE, range(30, 100), ko="기업")
    store = new_store()
    load(store, [written(tmp_path / "other.ndjson", OTHER_CLAIMS)])
    load(store, [written(tmp_path / "less.ndjson", less)])
    wanted = contents(store)
    store = new_store()
    load(store, [written(tmp_path / "graph.ndjson", BIG_CLAIMS, OTHER_CLAIMS)])
    foreseen = load(store, [tmp_path / "less.ndjson"], dry_run=True)
    done = load(store, [tmp_path / "less.ndjson"])
    assert done.model_copy(update={"dry_run": True}) == foreseen
    assert done.withdrawn == len(BIG_CLAIMS) - len(less) == 50 * 3
    assert contents(store) == wanted


@pytest.mark.usefixtures("small")
def test_a_source_that_speaks_with_another_weight_decides_anew_everywhere(
    new_store: Callable[[], GraphStore], tmp_path: Path
) -> None:
    rival = said(Source(id=OTHER, source_kind="article"), range(120), en="Theirs")
    heavy = said(Source(id=BIG, title="Big", source_kind="register"), range(120))
    store = new_store()
    load(store, [written(tmp_path / "a.ndjson", BIG_CLAIMS, rival)])
    before = store.read(lambda view: view.get(["firm:f7"]))["firm:f7"].names
    load(store, [written(tmp_path / "b.ndjson", heavy)])
    after = store.read(lambda view: view.get(["firm:f7"]))["firm:f7"].names
    assert (before, after) == ({"en": "Theirs"}, {"en": "Firm 7"})
    changed = contents(store)
    store = new_store()
    load(store, [written(tmp_path / "c.ndjson", heavy, rival)])
    assert contents(store) == changed


@pytest.mark.usefixtures("small")
def test_merges_hold_across_batches(new_store: Callable[[], GraphStore], tmp_path: Path) -> None:
    ends = [(f"firm:f{n}", f"firm:f{n + 60}") for n in range(0, 30, 3)]
    same = [SameAs(from_=a, to=b, source=BIG) for a, b in ends]
    apart = [DifferentFrom(from_=a, to=b, source=BIG) for a, b in ends[::2]]
    claims: list[Claim] = [*BIG_CLAIMS, *same, *apart]
    path = written(tmp_path / "a.ndjson", claims)
    store = new_store()
    load(store, [path])
    found = contents(store)
    store = new_store()
    store.write(claims)
    assert contents(store) == found


# ---------------------------------------------------------------- retracting


@pytest.mark.usefixtures("small")
def test_a_large_source_is_withdrawn_in_batches(
    new_store: Callable[[], GraphStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = new_store()
    store.write(OTHER_CLAIMS)
    wanted = contents(store)
    store.write(BIG_CLAIMS)
    states = []
    change = type(store).change

    def watched(self: GraphStore, one: Change) -> object:
        done = change(self, one)
        states.append(self.read(lambda view: view.told((BIG,))).get(BIG, 0))
        return done

    monkeypatch.setattr(type(store), "change", watched)
    report = store.retract(BIG)
    assert report.withdrawn == len(BIG_CLAIMS)
    assert len(states) > 6
    assert states == sorted(states, reverse=True)
    assert states[-2:] == [1, 0], "that it is a source goes last"
    assert contents(store) == wanted
    assert loading_of(store) is None
    with pytest.raises(NotFound):
        store.retract(BIG)


@pytest.mark.usefixtures("small")
def test_a_withdrawal_that_was_cut_short_is_shown_and_ended_by_the_next(
    new_store: Callable[[], GraphStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = new_store()
    store.write(BIG_CLAIMS)
    change = type(store).change
    calls: list[Change] = []

    def interrupted(self: GraphStore, one: Change) -> object:
        if len(calls) == 3:
            raise KeyboardInterrupt
        calls.append(one)
        return change(self, one)

    with monkeypatch.context() as patched:
        patched.setattr(type(store), "change", interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.retract(BIG)
    assert store.read(lambda view: view.get([BIG]))[BIG].model_dump()["state"] == "loading"
    assert store.retract(BIG).withdrawn == len(BIG_CLAIMS)
    assert store.version() == version()


# ---------------------------------------------------------------- what readers see


def test_a_source_that_is_there_in_part_is_shown_so(store: GraphStore) -> None:
    store.write(OTHER_CLAIMS)
    stamps, loading = [store.read(lambda view: view.stamp())], Loading(source=BIG, key="k")
    for batch in batches(BIG_CLAIMS):
        after = store.change(Change(batch, loading=loading)).loading
        assert after is not None
        loading = after
        answer = store.read(lambda view: entity(view, BIG))
        assert {one.source: one.state for one in answer.citations} == {BIG: "loading"}
        answer = store.read(lambda view: entity(view, "firm:f129"))
        assert {one.source: one.state for one in answer.citations} == {OTHER: None}
        listed = {one.source.id: one for one in store.read(sources).sources}
        assert listed[BIG].source.model_dump()["state"] == "loading"
        assert listed[BIG].claims == loading.inserted
        stamps.append(store.read(lambda view: view.stamp()))
    store.change(Change(loading=loading, whole=True))
    stamps.append(store.read(lambda view: view.stamp()))
    assert len(set(stamps)) == len(stamps), "a reader could not tell that something changed"
    answer = store.read(lambda view: entity(view, "city:c1"))
    assert {one.state for one in answer.citations} == {None}
    assert store.version() == version(BIG_CLAIMS, OTHER_CLAIMS)


def test_a_source_written_whole_is_no_longer_loading(store: GraphStore) -> None:
    first = next(batches(BIG_CLAIMS))
    store.change(Change(first, loading=Loading(source=BIG, key="k")))
    assert loading_of(store) is not None
    store.write(BIG_CLAIMS, replaces=BIG)
    assert loading_of(store) is None
    assert store.read(lambda view: view.get([BIG]))[BIG].model_dump()["state"] is None


def test_no_source_can_say_of_itself_that_it_is_loading(store: GraphStore) -> None:
    store.write(said(BIG_SOURCE.model_copy(update={"state": "loading"}), ()))
    assert store.read(lambda view: view.get([BIG]))[BIG].model_dump()["state"] is None


def test_claims_are_counted_by_source(store: GraphStore) -> None:
    store.write(BIG_CLAIMS)
    store.write(OTHER_CLAIMS)
    asked = (BIG, OTHER, "source:none")
    told = {BIG: len(BIG_CLAIMS), OTHER: len(OTHER_CLAIMS)}
    assert store.read(lambda view: view.told(asked)) == told
    store.write(said(BIG_SOURCE, range(3)), replaces=BIG)
    store.retract(OTHER)
    told = {BIG: len(said(BIG_SOURCE, range(3)))}
    assert store.read(lambda view: view.told(asked)) == told


def test_two_loads_of_one_source_do_not_mix(store: GraphStore) -> None:
    one, two, *_ = batches(BIG_CLAIMS)
    first = Loading(source=BIG, key="k")
    after = store.change(Change(one, loading=first)).loading
    assert after is not None
    with pytest.raises(StoreBusy):
        store.change(Change(one, loading=first))
    store.change(Change(one, loading=Loading(source=BIG, key="another")))
    with pytest.raises(StoreBusy):
        store.change(Change(two, loading=after))


@pytest.mark.usefixtures("small")
def test_a_reader_during_a_load_sees_one_state(store: GraphStore, tmp_path: Path) -> None:
    path = written(tmp_path / "graph.ndjson", BIG_CLAIMS)
    over, wrong, amid = threading.Event(), [], 0

    def look(view: View) -> tuple[int, int, bool, object]:
        node = view.get([BIG]).get(BIG)
        told = view.told((BIG,)).get(BIG, 0)
        counted = sum(view.counts().claims.values())
        return told, counted, bool(view.loading()), node and node.model_dump()["state"]

    def run() -> None:
        load(store, [path])
        over.set()

    thread = threading.Thread(target=run)
    thread.start()
    while not over.is_set() and thread.is_alive():
        try:
            told, counted, loading, state = store.read(look)
        except StoreBusy:
            continue
        amid += loading
        if told != counted or loading != (state == "loading"):
            wrong.append((told, counted, loading, state))
    thread.join()
    assert over.is_set()
    assert not wrong
    print(f"{amid} looks amid the load")


# ---------------------------------------------------------------- files


@pytest.mark.usefixtures("small")
def test_a_large_file_has_to_be_in_order_and_a_small_one_not(tmp_path: Path) -> None:
    path = written(tmp_path / "graph.ndjson", BIG_CLAIMS)
    *lines, end = path.read_text("utf-8").split("\n")
    for shuffled in ([*lines[90:], *lines[:90]], [lines[0], *reversed(lines[1:])]):
        path.write_text("\n".join([*shuffled, end]), "utf-8")
        assert {problem.code for problem in gather([path]).problems} == {"order"}
    path = written(tmp_path / "small.ndjson", OTHER_CLAIMS)
    *lines, end = path.read_text("utf-8").split("\n")
    path.write_text("\n".join([*reversed(lines), end]), "utf-8")
    assert gather([path]).problems == ()


@pytest.mark.usefixtures("small")
def test_a_claim_told_twice_is_found_in_a_large_file_too(tmp_path: Path) -> None:
    path = written(tmp_path / "graph.ndjson", BIG_CLAIMS)
    lines = path.read_text("utf-8").split("\n")
    lines.insert(300, lines[200])
    path.write_text("\n".join(lines), "utf-8")
    found = [(p.line, p.code) for p in gather([path]).problems if p.code != "count"]
    assert found == [(301, "same-claim")]


@pytest.mark.usefixtures("small")
def test_a_file_that_changes_after_it_was_checked_is_not_believed(
    tmp_path: Path,
) -> None:
    path = written(tmp_path / "graph.ndjson", BIG_CLAIMS)
    [part] = read_ndjson(path)
    text = path.read_text("utf-8")
    path.write_text(text.replace("Firm 119", "Fyrm 119"), "utf-8")
    with pytest.raises(RecordsInvalid, match="changed"):
        list(part.batches())
    path.write_text(text.replace(", ", ","), "utf-8")
    gathered = gather([path])
    assert gathered.problems == ()


@pytest.mark.usefixtures("small")
def test_lines_written_in_another_way_say_the_same(
    new_sqlite_store: Callable[[], GraphStore], tmp_path: Path
) -> None:
    path = written(tmp_path / "graph.ndjson", BIG_CLAIMS)
    lines = [json.loads(line) for line in path.read_text("utf-8").split("\n")]
    odd = "\r\n\r\n".join(json.dumps(dict(reversed(line.items()))) for line in lines)
    path.write_bytes(("\ufeff" + odd + "\r\n").encode())
    store = new_sqlite_store()
    assert load(store, [path]).version == version(BIG_CLAIMS)


# ---------------------------------------------------------------- processes that are stopped


def started(path: Path, url: str, **variables: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.bulk_process", "ingest", str(path), "--store", url, "--json"],
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process: subprocess.Popen[str]) -> dict[str, object]:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    report: dict[str, object] = json.loads(out)
    return report


def stopped(
    process: subprocess.Popen[str], store: GraphStore, after: int, number: signal.Signals
) -> Loading | None:
    """Stop a load once so many batches are stored; how far it came."""
    while process.poll() is None:
        seen = loading_of(store)
        if seen is not None and seen.done >= after:
            break
    time.sleep(seeded(after).uniform(0, 0.02))
    process.send_signal(number)
    process.communicate(timeout=60)
    time.sleep(0.3)  # a commit that was on its way arrives or not
    return loading_of(store)


def check_taken_up(store: GraphStore, path: Path, url: str, **variables: str) -> None:
    report = finished(started(path, url, **variables))
    assert report["version"] == version(LONG_CLAIMS) == store.version()
    assert (report["inserted"], report["unchanged"]) == (len(LONG_CLAIMS), 0), "it began anew"
    assert loading_of(store) is None
    assert store.read(lambda view: view.told((BIG,)))[BIG] == len(LONG_CLAIMS)


@pytest.mark.timeout(900)
def test_kill_9_of_a_load_in_batches_into_sqlite(tmp_path: Path) -> None:
    path = written(tmp_path / "graph.ndjson", LONG_CLAIMS)
    rng, amid = seeded(SEED), 0
    for number in range(10):
        url = f"sqlite:///{tmp_path / f'{number}.db'}"
        with SqliteStore.open(url) as store:
            far = stopped(started(path, url), store, rng.randrange(1, 50), signal.SIGKILL)
            amid += far is not None
            if far is not None:
                node = store.read(lambda view: view.get([BIG]))[BIG]
                assert node.model_dump()["state"] == "loading"
                assert store.read(lambda view: view.told((BIG,)))[BIG] == far.inserted
                check_taken_up(store, path, url)
    print(f"seed {SEED}: 10 kills, {amid} amid the load")
    assert amid >= 5


@pytest.mark.timeout(600)
def test_kill_9_of_a_load_in_batches_into_neo4j(tmp_path: Path, neo4j_server: Neo4jServer) -> None:
    path = written(tmp_path / "graph.ndjson", LONG_CLAIMS)
    secret = {"NEO4J_USERNAME": neo4j_server.username, "NEO4J_PASSWORD": neo4j_server.password}
    rng, amid = seeded(SEED), 0
    for _ in range(3):
        empty(neo4j_server)
        with Neo4jStore.open(neo4j_server.uri, neo4j_server.auth) as store:
            process = started(path, neo4j_server.uri, **secret)
            far = stopped(process, store, rng.randrange(1, 50), signal.SIGKILL)
            amid += far is not None
            if far is not None:
                check_taken_up(store, path, neo4j_server.uri, **secret)
    print(f"seed {SEED}: 3 kills, {amid} amid the load")
    assert amid >= 2


def test_ctrl_c_amid_a_load_in_batches_loses_nothing(tmp_path: Path) -> None:
    path = written(tmp_path / "graph.ndjson", LONG_CLAIMS)
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with SqliteStore.open(url) as store:
        process = started(path, url)
        assert stopped(process, store, 3, signal.SIGINT) is not None
        assert process.returncode == 130
        check_taken_up(store, path, url)


def test_another_file_of_the_same_source_starts_over(tmp_path: Path) -> None:
    path = written(tmp_path / "graph.ndjson", LONG_CLAIMS)
    url = f"sqlite:///{tmp_path / 'a.db'}"
    changed = said(BIG_SOURCE, range(40, 440), ko="기업")
    with SqliteStore.open(url) as store:
        assert stopped(started(path, url), store, 6, signal.SIGKILL) is not None
        report = finished(started(written(path, changed), url))
        assert report["version"] == version(changed) == store.version()
        assert loading_of(store) is None


@pytest.mark.timeout(900)
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = [peak(tmp_path, firms) for firms in (6_000, 30_000)]
    print(f"peak at 18,000 and 90,000 claims: {peaks} MB")
    assert peaks[1] - peaks[0] < 40


def peak(tmp_path: Path, firms: int) -> float:
    """The most memory, in MB, of a process that loads a source of so many firms."""
    path = written(tmp_path / f"{firms}.ndjson", said(BIG_SOURCE, range(firms)))
    script = (
        "import sys; from tests import bulk_process as b\n"
        "b.WHOLE, b.BATCH = 4000, 2000\n"
        "try: b.main()\n"
        "finally: print(open('/proc/self/status').read(), file=sys.stderr)"
    )
    url = f"sqlite:///{tmp_path / f'{firms}.db'}"
    done = subprocess.run(
        [sys.executable, "-c", script, "ingest", str(path), "--store", url, "--json"],
        capture_output=True, text=True, check=True, timeout=400,
    )  # fmt: skip
    assert json.loads(done.stdout)["inserted"] > firms
    # what getrusage tells of a child may be the most that its parent had
    return int(re.findall(r"^VmHWM:\s+(\d+) kB", done.stderr, re.MULTILINE)[0]) / 1024


def test_the_wal_is_short_after_a_write_though_the_process_reads(tmp_path: Path) -> None:
    wal = tmp_path / "a.db-wal"
    with SqliteStore.open(f"sqlite:///{tmp_path / 'a.db'}") as store:
        store.version()
        sizes = []
        for claim in BIG_CLAIMS:
            store.write([claim])
            sizes.append(wal.stat().st_size)
        assert max(sizes) < WAL_BYTES
        assert any(later < size for size, later in pairwise(sizes))
        assert sizes[-1] > 0
    assert not wal.exists()
