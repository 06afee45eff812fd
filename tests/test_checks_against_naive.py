"""The checks compared with a second reading of their reference, over all pairs."""

from collections import Counter
from collections.abc import Callable

import pytest

from graph.questions.checks import checks
from graph.store import GraphStore
from tests.naive_checks import World, found, worlds

COMPARED = (
    "tie_with_itself", "tie_ended_before_signed", "tie_signed_after_source", "tie_signed_twice",
    "tie_kinds_differ", "tie_one_sided", "city_duplicate", "partner_confusable", "partner_twice",
    "firm_duplicate", "mission_duplicate", "deal_duplicate",
)  # fmt: skip
CHUNKS, WORLDS = 4, 15


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_findings_are_those_of_the_second_reading(
    chunk: int, new_sqlite_store: Callable[[], GraphStore], capsys: pytest.CaptureFixture[str]
) -> None:
    counts: Counter[str] = Counter()
    for seed in range(chunk * WORLDS, (chunk + 1) * WORLDS):
        batches = worlds(seed)
        store = new_sqlite_store()
        for batch in batches:
            store.write(batch)
        answer = store.read(lambda view: checks(view, COMPARED, limit=None), seconds=60)
        product = {(one.code, frozenset(one.about)) for one in answer.findings}
        naive = found(World([claim for batch in batches for claim in batch]))
        assert product == naive, f"seed {seed}"
        counts.update(code for code, _ in product)
    with capsys.disabled():
        listed = ", ".join(f"{count} {code}" for code, count in sorted(counts.items()))
        print(f"\nworlds {chunk * WORLDS} to {(chunk + 1) * WORLDS - 1}: {listed}")
    assert set(counts) == set(COMPARED)
