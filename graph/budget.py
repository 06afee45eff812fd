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
        self._whole: Budget | None = None

    def part(self, share: float) -> Budget:
        """A share of what is left, over with this one at the latest.

        A search that gives what it found when its part is over leaves time to tell it.
        """
        made = Budget(self.seconds)
        made._ends = monotonic() + self.left * share
        made._whole = self
        return made

    @property
    def left(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self._ends - monotonic())

    def cancel(self) -> None:
        """Let the time be over now: the question ends at its next step."""
        self._ends = min(self._ends, monotonic())

    def check(self) -> None:
        """BudgetSpent once the time is over."""
        if self._whole is not None:
            self._whole.check()
        if monotonic() >= self._ends:
            raise BudgetSpent(
                f"not answered within {self.seconds:g} s; ask for fewer hops, kinds or results"
            )
