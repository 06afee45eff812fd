"""The shapes of a profile, and of what was read from a source."""

from __future__ import annotations

from typing import Literal

from pydantic import SerializeAsAny

from graph.claims import Claim
from graph.dates import PartialDate
from graph.nodes import Node, Source
from graph.questions.answers import Answer, Citation, PartnerBenefit, Ref, TieLine, TotalLine
from graph.values import Frozen, Grade


class Record(Frozen):
    """All that is said of one kind between the entity and one other."""

    other: Ref
    claims: tuple[SerializeAsAny[Claim], ...]
    citations: tuple[Citation, ...]


class Part(Frozen):
    """The records of one kind, seen from the entity; `next` is how many to skip to go on."""

    part: str
    count: int
    records: tuple[Record, ...]
    next: int | None


class Moment(Frozen):
    """When something on record of the entity began; None if no source says it."""

    group: Literal["ties", "occasions", "deals"]
    date: PartialDate | None


class Sums(Frozen):
    """The sums of the deals of an entity, and by which filter they are its."""

    by: str
    lines: tuple[TotalLine, ...]
    left_out: int
    citations: tuple[Citation, ...]


class ProfileAnswer(Answer):
    """One entity in full; `counts` has the others of each part, also of those not shown."""

    entity: SerializeAsAny[Node]
    ref: Ref
    ties: tuple[TieLine, ...]
    ties_count: int
    tie_countries: int
    parts: tuple[Part, ...]
    counts: dict[str, int]
    moments: tuple[Moment, ...]
    sums: tuple[Sums, ...]
    firms: dict[Grade, int]
    partners: tuple[PartnerBenefit, ...]
    citations: tuple[Citation, ...]
    truncated: bool


class ReadAnswer(Answer):
    """What was read from a source: by place in it, or of a large one by kind, then id.

    `counts` has the claims by kind, where all were counted; else only which kinds there are.
    """

    source: Source
    total: int
    kinds: tuple[str, ...]
    counts: dict[str, int]
    kind: str | None
    claims: tuple[SerializeAsAny[Claim], ...]
    ends: tuple[Ref, ...]
    next: str | None
