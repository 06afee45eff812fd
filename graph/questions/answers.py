"""The shapes of the answers: what the API, the command line and the page all show.

Amounts are decimal strings, lists have a stable order, every body carries the version
of the data that it was answered from.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SerializeAsAny

from graph.claims import Claim
from graph.dates import PartialDate
from graph.nodes import Level, Node
from graph.search import Match
from graph.values import Form, Frozen, Grade, Money, Stage, Status


class Container(Frozen):
    """A city or region that contains a city."""

    id: str
    name: str
    names: dict[str, str]
    level: Level | None


class Ref(Frozen):
    """A node in short: enough to name it, link to it and tell it from its namesakes."""

    id: str
    kind: str
    name: str
    names: dict[str, str]
    country: str | None = Field(description="ISO 3166-1 alpha-2, null if no source says it")
    level: Level | None = Field(None, description="Of a city; null of others, or if unknown")
    within: tuple[Container, ...] = Field(
        (), description="What contains a city, from the inside out; empty of others"
    )


class Citation(Frozen):
    """Where a statement stands."""

    source: str
    title: str | None
    publisher: str | None
    published: PartialDate | None
    url: str | None
    locator: int | None = Field(
        description="The nth non-blank line of a text, or the row of a table"
    )
    unit: Literal["line", "row"] = Field(
        "line", description="What `locator` counts: a register and a data set have rows"
    )
    state: Literal["loading"] | None = Field(
        None, description="`loading` while not all that the source says is in the store"
    )


class Answer(Frozen):
    """What every body carries."""

    dataset_version: str = ""


class Found(Frozen):
    """One hit of a search, the name that matched, and how."""

    entity: Ref
    matched: str
    match: Match = Field(
        description="key: an id or identifier; whole, beginning, word (the beginning of one), "
        "part or words (all, in any order) of a name; typed: initial consonants, or a syllable "
        "still being typed; typo: a guess, one letter away, when nothing else fits"
    )


class SearchAnswer(Answer):
    """Entities by match, then degree; `capped` if more than 5,000 hits were cut to them."""

    results: tuple[Found, ...]
    next: str | None = None
    capped: bool = False


class EntityAnswer(Answer):
    """All fields of one entity, its claims by kind, and who describes it."""

    entity: SerializeAsAny[Node]
    ref: Ref
    claims: dict[str, int]
    citations: tuple[Citation, ...]


class ClaimAnswer(Answer):
    """One claim with its ends and its citation."""

    claim: SerializeAsAny[Claim]
    from_: Ref = Field(alias="from")
    to: Ref
    stated: tuple[str, str]
    citation: Citation


class Neighbour(Ref):
    """A node and how many hops it is away."""

    distance: int


class NeighbourhoodAnswer(Answer):
    """What lies around a node; `truncated` if more lies within the depth."""

    center: Ref
    nodes: tuple[Neighbour, ...]
    claims: tuple[SerializeAsAny[Claim], ...]
    citations: tuple[Citation, ...]
    truncated: bool
    truncated_by: str | None = None
    next: str | None = None


class Path(Frozen):
    """One way from start to goal; a hop is all parallel claims between two nodes."""

    length: int
    nodes: tuple[Ref, ...]
    hops: tuple[tuple[SerializeAsAny[Claim], ...], ...]


class Searched(Frozen):
    """What a path search covered."""

    max_hops: int
    kinds: tuple[str, ...]


class PathsAnswer(Answer):
    """Paths by length, then by ids. None found is an answer, if `complete`."""

    from_: Ref = Field(alias="from")
    to: Ref
    paths: tuple[Path, ...]
    citations: tuple[Citation, ...]
    complete: bool
    searched: Searched


class TieLine(Frozen):
    """All claims of one tie, folded."""

    partner: Ref
    kind: str
    form: Form | None
    status: Status | Literal["disputed"]
    signed_on: PartialDate | None
    independent_sources: int
    claims: tuple[SerializeAsAny[Claim], ...]
    citations: tuple[Citation, ...]


class HomeTieLine(TieLine):
    """A tie of a partner, with the other end beside it."""

    home: Ref


class TiesAnswer(Answer):
    """The ties of an entity, by partner."""

    entity: Ref
    as_of: PartialDate | None
    ties: tuple[TieLine, ...]


class DealRef(Frozen):
    """A deal in short."""

    id: str
    stage_word: str | None
    date: PartialDate | None
    approximate: bool | None


class Amount(Frozen):
    """A sum on one rung and in one currency; `count` is null if a counted deal has none."""

    stage: Stage
    currency: str
    amount: Money
    count: int | None
    at_partner: bool
    deals: tuple[DealRef, ...]


class Flags(Frozen):
    """What the sources say about one activity of a firm (domain, section 4)."""

    participated: bool
    hosted: bool
    counterparty: bool
    tie_in_force: bool
    credited: Literal["mission", "firm"] | None
    confirmed: bool
    independent_sources: int


class Missing(Frozen):
    """What would have to be on record for the next grade.

    `why` says it in English; `code` and `values` let a page say it in any language.
    """

    flag: Literal["tie_in_force", "counterparty", "credited", "confirmed"]
    why: str
    code: str
    values: dict[str, str]


class Evidence(Frozen):
    """The claims that make one chain from the partner to the firm, each with a citation."""

    claims: tuple[SerializeAsAny[Claim], ...]
    citations: tuple[Citation, ...]


class Benefit(Frozen):
    """What is known of one firm and one partner."""

    grade: Grade
    flags: Flags
    missing: tuple[Missing, ...]
    amounts: tuple[Amount, ...]
    evidence: tuple[Evidence, ...]


class Beneficiary(Benefit):
    """A firm, where it is from, and what is known of it and the partner asked about."""

    firm: Ref
    home: Ref | None


class PartnerBenefit(Benefit):
    """A partner, and what is known of it and the firm asked about."""

    partner: Ref


class NotAttributable(Frozen):
    """A result that no source gives to a firm."""

    deal: DealRef
    stage: Stage | None
    currency: str | None
    amount: Money | None
    count: int | None
    why: Literal["no_seller_named_in_partner", "no_seller_named_no_city"]
    citations: tuple[Citation, ...]


class Unnamed(Frozen):
    """A mission whose firms were counted but not (all) named."""

    mission: Ref
    firms_count: int
    named: int
    citations: tuple[Citation, ...]


class MissionLine(Frozen):
    """A mission to a partner: when, whose, and how many firms were counted and are named."""

    mission: Ref
    start: PartialDate | None
    end: PartialDate | None
    senders: tuple[Ref, ...]
    firms_count: int | None
    named: int
    citations: tuple[Citation, ...]


class Coverage(Frozen):
    """Which nothing it is: none in the sources read, or nothing read."""

    answer: Literal["found", "none_in_sources_read", "nothing_read"]
    sources_read: int
    citations: tuple[Citation, ...]


class BeneficiariesAnswer(Answer):
    """Which firms benefit from a partner, and what is the evidence."""

    partner: Ref
    home: Ref | None
    as_of: PartialDate | None
    ties: tuple[HomeTieLine, ...]
    beneficiaries: tuple[Beneficiary, ...]
    below_min_grade: int
    not_attributable: tuple[NotAttributable, ...]
    unnamed: tuple[Unnamed, ...]
    coverage: Coverage


class BenefitsAnswer(Answer):
    """The reverse: the partners of whose `beneficiaries` a firm is one."""

    firm: Ref
    partners: tuple[PartnerBenefit, ...]
    coverage: Coverage


class LeftOutOfLine(Frozen):
    """A deal that one line leaves out because another deal already holds it."""

    deal: DealRef
    reason: Literal["part_of_counted", "same_as_counted"]
    because: str


class LeftOut(Frozen):
    """A deal that no line can hold."""

    deal: DealRef
    reason: Literal["mixed_stages", "adoption", "no_amount", "no_stage", "date_unknown"]
    because: None = None


class TotalLine(Frozen):
    """A sum on one rung and in one currency, and what it left out."""

    stage: Stage
    currency: str
    amount: Money
    count: int | None
    deals: tuple[DealRef, ...]
    left_out: tuple[LeftOutOfLine, ...]


class TotalsAnswer(Answer):
    """Sums that never mix rungs or currencies."""

    lines: tuple[TotalLine, ...]
    left_out: tuple[LeftOut, ...]
    citations: tuple[Citation, ...]


class Finding(Frozen):
    """Something in the data that a person should look at, with a stable code and id.

    `about` are the nodes that the id is made of. `message` says it in English; `code` and
    `values` let a page say it in any language.
    """

    id: str
    code: str
    severity: Literal["error", "warning", "info"]
    message: str
    values: dict[str, str]
    about: tuple[str, ...]
    nodes: tuple[Ref, ...]
    claims: tuple[SerializeAsAny[Claim], ...]
    citations: tuple[Citation, ...]
    fix: str


class ChecksAnswer(Answer):
    """Findings by severity, code and id; `counts` has those of all pages, by code."""

    findings: tuple[Finding, ...]
    counts: dict[str, int]
    next: str | None = None


class SourceLine(Frozen):
    """A source, and how many claims were read from it."""

    source: SerializeAsAny[Node]
    claims: int


class SourcesAnswer(Answer):
    """The sources, by id."""

    sources: tuple[SourceLine, ...]
    next: str | None = None


class SourceAnswer(Answer):
    """A source and what was read from it, page by page."""

    source: SerializeAsAny[Node]
    claims: tuple[SerializeAsAny[Claim], ...]
    next: str | None = None
