"""How long calls take: medians and 99th percentiles, in milliseconds."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

A = TypeVar("A")
R = TypeVar("R")


@dataclass(frozen=True)
class Timing:
    """The times of a line's calls, in milliseconds."""

    calls: int
    p50: float
    p99: float
    slowest: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Timing:
        """The timing of calls that took so many seconds each."""
        ordered = sorted(1000 * one for one in seconds)
        return cls(len(ordered), rank(ordered, 0.5), rank(ordered, 0.99), ordered[-1])


def rank(ordered: Sequence[float], share: float) -> float:
    """The least value that so great a share of all does not exceed (nearest rank)."""
    return ordered[max(0, -(-round(share * 1000) * len(ordered) // 1000) - 1)]


def timed(
    ask: Callable[[A], R], inputs: Sequence[A], key: Callable[[R], Any]
) -> tuple[Timing, list[Any]]:
    """The timing of asking once for each input, and what each answer comes down to.

    Every input is asked once before, untimed: what is measured is a store that runs. That
    is given up for a line that takes longer than ten seconds to warm.
    """
    began = perf_counter()
    for one in inputs:
        ask(one)
        if perf_counter() - began > 10:
            break
    seconds, keys = [], []
    for one in inputs:
        start = perf_counter()
        answer = ask(one)
        seconds.append(perf_counter() - start)
        keys.append(key(answer))
    return Timing.of(seconds), keys
