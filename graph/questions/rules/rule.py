"""What a rule of the checks is, and what it finds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.claims import Claim
    from graph.questions.rules.survey import Survey

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Match:
    """One place where a rule holds.

    `about` are the nodes that make the finding what it is: they alone decide its id, so that
    it keeps its id whatever else is loaded. `beside` are further nodes to show. `values` fill
    the gaps of the rule's sentence.
    """

    about: tuple[str, ...]
    claims: Sequence[Claim] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A stable code, how bad it is, what it says in English, how to mend it, what finds it."""

    code: str
    severity: Severity
    says: str
    fix: str
    find: Callable[[Survey], Iterable[Match]]

    def id_of(self, about: Iterable[str]) -> str:
        """The id of a finding about these nodes: the code and a hash."""
        told = "\x1f".join((self.code, *sorted(about)))
        return f"{self.code}:{hashlib.blake2b(told.encode(), digest_size=6).hexdigest()}"
