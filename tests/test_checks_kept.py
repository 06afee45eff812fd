"""What the rules found is kept for one state of the data: the pages of a list ask no rule twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from graph.claims import Claim
from graph.errors import BudgetSpent
from graph.questions import checks as questions
from graph.questions.answers import ChecksAnswer, Finding
from graph.questions.checks import Kept, checks
from graph.questions.rules import RULES, Rule
from graph.questions.rules.survey import Survey
from graph.store import GraphStore, View
from tests.check_cases import CASES, tie
from tests.graphs import said, served

SECONDS = 120


def selves(count: int) -> list[Claim]:
    """So many places with a tie with themselves."""
    ties = [tie("source:selves", (f"city:s{n:03}", f"city:s{n:03}")) for n in range(count)]
    return said("source:selves", *ties)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each rule was asked."""
    counts: Counter[str] = Counter()
    real = questions.matches

    def counted(survey: Survey, rule: Rule) -> object:
        counts[rule.code] += 1
        return real(survey, rule)

    monkeypatch.setattr(questions, "matches", counted)
    return counts


def paged(ask: Callable[[str], ChecksAnswer]) -> tuple[list[Finding], dict[str, int]]:
    """All pages, and what the last one counts."""
    found: list[Finding] = []
    after: str | None = ""
    while after is not None:
        page = ask(after)
        found += page.findings
        after = page.next
    return found, page.counts


def test_pages_ask_each_rule_once_and_say_what_no_keeping_says(
    new_sqlite_store: Callable[[], GraphStore], asked: Counter[str]
) -> None:
    store = new_sqlite_store()
    store.write(selves(7))
    for batch in CASES["ties_without_trade"].fires:
        store.write(batch)
    whole = store.read(lambda view: checks(view, limit=None), SECONDS)
    asked.clear()
    kept = Kept()
    found, counts = paged(
        lambda after: store.read(
            lambda view: checks(view, limit=2, after=after, kept=kept), SECONDS
        )
    )
    assert tuple(found) == whole.findings
    assert counts == whole.counts
    assert asked == dict.fromkeys((rule.code for rule in RULES), 1)
    some = store.read(lambda view: checks(view, ["tie_with_itself"], kept=kept), SECONDS)
    assert some.counts == {"tie_with_itself": 7}
    assert asked.total() == len(RULES)


def test_who_ran_out_of_time_goes_on_where_it_ended(
    new_sqlite_store: Callable[[], GraphStore],
    asked: Counter[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, kept, counting = new_sqlite_store(), Kept(), questions.matches
    store.write(selves(3))

    def slow(survey: Survey, rule: Rule) -> object:
        if rule is RULES[4]:
            raise BudgetSpent("not answered within 5 s")
        return counting(survey, rule)

    with monkeypatch.context() as patch:
        patch.setattr(questions, "matches", slow)
        with pytest.raises(BudgetSpent):
            store.read(lambda view: checks(view, kept=kept), SECONDS)
    assert asked.total() == 4
    answer = store.read(lambda view: checks(view, kept=kept), SECONDS)
    assert answer.counts["tie_with_itself"] == 3
    assert asked == dict.fromkeys((rule.code for rule in RULES), 1)


def test_what_changed_is_found_anew(store: GraphStore, asked: Counter[str]) -> None:
    kept = Kept()

    def number() -> int:
        answer = store.read(lambda view: checks(view, ["tie_with_itself"], kept=kept), SECONDS)
        return answer.counts.get("tie_with_itself", 0)

    seen = []
    for count in (3, 5, 2):
        store.write(selves(count), replaces="source:selves")
        seen += [number(), number()]
    store.retract("source:selves")
    assert [*seen, number()] == [3, 3, 5, 5, 2, 2, 0]
    assert asked.total() == 4


def test_no_more_is_kept_than_may_be(
    new_sqlite_store: Callable[[], GraphStore], asked: Counter[str]
) -> None:
    store, kept = new_sqlite_store(), Kept(most=9)
    store.write(selves(5))
    for _ in range(2):
        answer = store.read(lambda view: checks(view, ["tie_with_itself"], kept=kept))
        assert answer.counts == {"tie_with_itself": 5}
    assert asked.total() == 2  # five findings with a claim each are ten
    store.write(selves(4), replaces="source:selves")
    for _ in range(2):
        store.read(lambda view: checks(view, ["tie_with_itself"], kept=kept))
    assert asked.total() == 3


def test_who_asks_while_another_writes_is_told_of_one_state(
    new_sqlite_store: Callable[[], GraphStore],
) -> None:
    store, kept = new_sqlite_store(), Kept()
    store.write(selves(1))
    by_version: dict[str, int] = {}

    def ask(_: int) -> tuple[str, int]:
        def told(view: View) -> tuple[str, int]:
            answer = checks(view, ["tie_with_itself"], kept=kept)
            return view.version(), answer.counts["tie_with_itself"]

        return store.read(told, SECONDS)

    with ThreadPoolExecutor(4) as pool:
        answers = []
        for count in range(1, 9):
            answers += [pool.submit(ask, n) for n in range(8)]
            store.write(selves(count), replaces="source:selves")
            by_version[store.version()] = count
    for version, number in (one.result() for one in answers):
        assert by_version[version] == number


def test_the_service_keeps_it(
    new_sqlite_store: Callable[[], GraphStore], asked: Counter[str]
) -> None:
    store = new_sqlite_store()
    store.write(selves(5))
    with served(store) as client:
        first = client.get("/v1/checks", params={"limit": 2}).json()
        again = client.get("/v1/checks", params={"limit": 2, "cursor": first["next"]}).json()
    assert len({one["id"] for one in first["findings"] + again["findings"]}) == 4
    assert asked == dict.fromkeys((rule.code for rule in RULES), 1)
