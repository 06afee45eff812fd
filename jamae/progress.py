"""The bar that long work shows on a terminal."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class _Rate(ProgressColumn):
    """How much is done, of how much, and how much a second."""

    def render(self, task: Task) -> Text:
        rate = task.finished_speed or task.speed
        told = f"{task.completed:,.0f}"
        if task.total is not None:
            told += f"/{task.total:,.0f}"
        return Text(f"{told} {rate:,.0f}/s" if rate else told)


@contextmanager
def bar() -> Iterator[Callable[[int, int | None, str], None]]:
    """A bar on stderr, gone at the end; call it with what is done, of how much, and of what."""
    columns = (
        BarColumn(),
        _Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=None)
        yield lambda done, total, what: shown.update(
            task, completed=done, total=total, description=what
        )
