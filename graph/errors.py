"""Every error the product raises on purpose.

GraphError
├── InputInvalid          what was given breaks a rule; nothing was written
│   ├── ClaimRefused      a claim names an end that its source does not describe
│   ├── BadRequest        a question was asked with a value outside its limits
│   └── RecordsInvalid    files to load have faults; carries every one with its place
├── NotFound              no entity, claim or source answers to that key
├── Ambiguous             a name fits several entities; carries the candidates
├── BudgetSpent           the question ran out of time or steps before it found anything
└── StoreError            the store itself
    ├── StoreUnavailable  it cannot be reached, opened, or is not ours
    └── StoreBusy         it changed under a read twice, or another process is writing
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class GraphError(Exception):
    """The root: catch it to catch everything this product raises on purpose."""


class InputInvalid(GraphError):
    """What was given breaks a rule of the model; nothing was written."""


class ClaimRefused(InputInvalid):
    """A claim has an end that its own source does not describe."""

    def __init__(self, claim: str, end: str, source: str) -> None:
        self.claim, self.end, self.source = claim, end, source
        super().__init__(
            f"claim {claim} names {end}, which {source} does not describe; "
            f"add {end} to the nodes of that source"
        )


class BadRequest(InputInvalid):
    """A question was asked with a value outside its limits; names the parameter."""

    def __init__(self, param: str, message: str) -> None:
        self.param = param
        super().__init__(message)


class NotFound(GraphError):
    """No entity, claim or source answers to that key; names the parameter that gave it.

    `empty` if that is because the store holds nothing at all; `near` holds the ids and
    labels of what may be meant, best first.
    """

    def __init__(
        self,
        key: str,
        param: str | None = None,
        *,
        empty: bool = False,
        near: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.key, self.param, self.empty, self.near = key, param, empty, tuple(near)
        told = f"nothing is known under {key!r}"
        super().__init__(f"{told}: the store holds nothing yet" if empty else told)


class Ambiguous(GraphError):
    """A name fits several entities; `candidates` holds their ids, best match first."""

    def __init__(self, name: str, candidates: Sequence[tuple[str, str]]) -> None:
        self.name, self.candidates = name, tuple(candidates)
        listed = ", ".join(f"{label} [{key}]" for key, label in self.candidates)
        super().__init__(f"{name!r} may be any of: {listed}; name one by its id")


class BudgetSpent(GraphError):
    """The question ran out of time or steps before it found anything."""


class StoreError(GraphError):
    """The store itself failed."""


class StoreUnavailable(StoreError):
    """The store cannot be reached or opened, or is none of ours."""


class StoreBusy(StoreError):
    """The store changed under a read twice, or another process holds it for writing."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in a file: where it stands, counted from 1, what it is, how to mend it."""

    file: str
    line: int
    column: int
    code: str
    message: str
    fix: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place}: error[{self.code}]: {self.message}; {self.fix}"


class RecordsInvalid(InputInvalid):
    """Files to load have faults; `problems` holds every one in order, the text the first 20."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        lines = [str(problem) for problem in self.problems[:20]]
        more = len(self.problems) - len(lines)
        super().__init__("\n".join([*lines, f"and {more} more problems"] if more else lines))
