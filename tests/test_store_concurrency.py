"""Reads and writes at once: no answer is mixed, no write is lost. Run on each store."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from graph.claims import Claim
from graph.errors import StoreBusy
from graph.nodes import City
from graph.store import GraphStore, View
from tests.store_contents import city, contents, recounted, sisters, source, told

SIZE = 1000
READERS = 3
BY = source("register")


def state(number: int) -> list[Claim]:
    """A source that gives all of its cities one and the same population."""
    return told(BY, *(city(f"{at:05}", population=number) for at in range(SIZE)))


def populations(view: View) -> set[int | None]:
    """What is seen by one large read and two small ones, which must be one number."""
    ends = view.get(["city:00000"]), view.get([f"city:{SIZE - 1:05}"])
    nodes = [*view.nodes("City", limit=SIZE), *(node for end in ends for node in end.values())]
    return {node.population for node in nodes if isinstance(node, City)}


def test_an_answer_is_never_of_two_states(store: GraphStore) -> None:
    store.write(state(0))
    done = Event()

    def watch() -> list[set[int | None]]:
        seen = []
        while not done.is_set():
            try:
                seen.append(store.read(populations, seconds=30))
            except StoreBusy:
                continue
        return seen

    with ThreadPoolExecutor(READERS) as pool:
        watchers = [pool.submit(watch) for _ in range(READERS)]
        try:
            for number in range(1, 13):
                store.write(state(number))
                assert store.read(populations, seconds=30) == {number}
        finally:
            done.set()
    seen = [one for watcher in watchers for one in watcher.result()]
    assert [one for one in seen if len(one) != 1] == []
    assert len({next(iter(one)) for one in seen}) > 2


def test_writers_at_once_all_land(new_store: Callable[[], GraphStore]) -> None:
    cities = [city(f"{at}", names={"en": f"City {at}"}) for at in range(12)]

    def batch(number: int) -> list[Claim]:
        by = source(f"s{number}", source_kind="article")
        ties = [sisters(by, one, cities[0]) for one in cities[1 : number + 3]]
        return [*told(by, *cities), *ties]

    alone = new_store()
    for number in range(6):
        alone.write(batch(number))
    wanted = contents(alone)
    store = new_store()
    with ThreadPoolExecutor(6) as pool:
        reports = list(pool.map(store.write, map(batch, range(6))))
    assert sum(report.inserted for report in reports) == sum(wanted["counts"].claims.values())
    assert contents(store) == wanted
    assert store.read(recounted) == wanted["counts"].model_dump()
