"""How long a question may take."""

from __future__ import annotations

from time import monotonic

from graph.errors import BudgetSpent

DEFAULT_SECONDS = 5.0


class Budget:
    """Time that runs out; asked at every step of a question. Any thread may cancel it."""

    def __init__(self, seconds: float = DEFAULT_SECONDS) -> None:
        self.seconds = seconds
        self._ends = monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self._ends - monotonic())

    def cancel(self) -> None:
        """Let the time be over now: the question ends at its next step."""
        self._ends = min(self._ends, monotonic())

    def check(self) -> None:
        """BudgetSpent once the time is over."""
        if monotonic() >= self._ends:
            raise BudgetSpent(
                f"not answered within {self.seconds:g} s; ask for fewer hops, kinds or results"
            )
