"""The small charts: where things stand, what is never added up, and the same as text."""

from decimal import Decimal

import pytest

from graph.dates import PartialDate
from graph.questions.answers import TotalLine
from graph.values import Stage
from tests import example_answers as example
from visualize import page
from visualize.charts import by_year, ladder, share, ticks
from visualize.steps import steps


def day(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def test_years_are_counted_and_those_unknown_told_apart() -> None:
    years = by_year([day(one) for one in ("1990", "1990-05", "2023-04", None, None)])
    assert [(bar.year, bar.count) for bar in years.bars] == [(1990, 2), (2023, 1)]
    assert (years.dated, years.undated) == (3, 2)


def test_many_years_share_bars_and_none_is_lost() -> None:
    years = by_year([day(str(year)) for year in range(1800, 2020)])
    assert len(years.bars) <= 80
    assert years.dated == 220
    assert all(0 <= bar.x <= bar.x + bar.width <= 100 for bar in years.bars)
    assert all(0 < bar.height <= 100 for bar in years.bars)


@pytest.mark.parametrize(("first", "last"), [(2008, 2008), (1990, 2023), (1700, 2026)])
def test_a_few_round_years_are_written(first: int, last: int) -> None:
    made = ticks(first, last)
    assert 1 <= len(made) <= 7
    assert all(first <= tick.year <= last and 0 <= tick.x <= 100 for tick in made)


def test_nothing_dated_is_no_chart() -> None:
    assert by_year([None]).bars == ()
    assert share(1, 1, 1) == 50.0


def test_each_amount_stands_on_its_own_step() -> None:
    lines = [
        TotalLine(
            stage=stage, currency="USD", amount=Decimal(amount), count=None, deals=(), left_out=()
        )
        for stage, amount in ((Stage.CONTRACT, 50), (Stage.CONSULTATION, 200))
    ]
    made = ladder(lines)
    assert [(rung.stage, rung.length) for rung in made] == [
        ("consultation", 100.0),
        ("contract", 25),
    ]
    assert ladder([]) == ()


def test_the_steps_of_an_answer_add_nothing_up() -> None:
    [made] = steps(example.bandung())
    sums = [one for step in made.steps for one in step.sums]
    given = [a.amount for b in example.bandung().beneficiaries for a in b.amounts]
    given += [one.amount for one in example.bandung().not_attributable if one.amount is not None]
    assert sorted(one.amount for one in sums) == sorted(given)
    assert all(one.stage == step.stage for step in made.steps for one in step.sums)
    assert steps(example.nothing()) == ()


def test_the_line_of_years_says_the_same_as_text() -> None:
    html = page.answer_page(example.bandung(), example.around(), lang="ko")
    figure = html.partition('<figure class="timeline">')[2].partition("</figure>")[0]
    assert "2008-05-26" in figure
    assert "visit-mark" in figure
    assert "체결일 미상" in figure
    bare = example.around().model_copy(update={"claims": ()})
    assert 'class="timeline"' not in page.answer_page(example.nothing(), bare, lang="en")
