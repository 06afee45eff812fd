"""The kinds of claim: one statement by exactly one source."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import Field, TypeAdapter, model_validator

from graph.dates import PartialDate
from graph.nodes import NODE_KINDS, AnyNode, kind_of
from graph.values import ClaimId, Form, Frozen, LongText, NodeId, Quote, Role, Status, Text

PLACES = frozenset({"City", "Country"})
PARTNERS = frozenset({"City", "Organization"})


def claim_id(source: str, kind: str, ends: tuple[str, str], key: str = "") -> str:
    """`KIND:` and a hash of what tells claims apart; the ends as their source gave them."""
    text = "\x1f".join((source, kind, *ends, key))
    return f"{kind}:{hashlib.blake2b(text.encode(), digest_size=12).hexdigest()}"


def describes_id(source: str, node: str) -> str:
    """The id of the claim by which a source describes a node."""
    return claim_id(source, "DESCRIBES", (source, node))


class Claim(Frozen):
    """One statement by one source. `from_` and `to` are resolved once it was stored.

    `stated` keeps the ends as the source gave them when a merge has moved them;
    `recorded_at` is when a store first saw it, and part of no comparison.
    """

    starts: ClassVar[frozenset[str]]
    ends: ClassVar[frozenset[str]]
    directed: ClassVar[bool] = True

    id: ClaimId = ""
    kind: str
    from_: NodeId = Field(alias="from")
    to: NodeId
    source: NodeId
    locator: Annotated[int, Field(ge=1, le=10**9)] | None = None
    note: LongText | None = None
    quote: Quote | None = None
    stated: tuple[NodeId, NodeId] | None = Field(default=None, exclude=True, repr=False)
    recorded_at: datetime | None = Field(default=None, exclude=True, repr=False)

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not self.id:
            object.__setattr__(self, "id", self.make_id())
        return self

    def key(self) -> str:
        """What else tells two claims of one source between the same ends apart."""
        return ""

    def make_id(self) -> str:
        """`KIND:` and a hash of source, kind, stated ends and key (domain, section 1)."""
        return claim_id(self.source, self.kind, self.stated_ends, self.key())

    def digest(self) -> int:
        """A 128-bit hash of everything said, alike on every store and at every time."""
        return int.from_bytes(hashlib.blake2b(self.said().encode(), digest_size=16).digest(), "big")

    def said(self) -> str:
        """The statement as canonical JSON, with the ends as the source gave them."""
        plain_claim = self
        if self.stated is not None:
            one, two = self.stated
            plain_claim = self.model_copy(update={"from_": one, "to": two})
        return plain_claim.model_dump_json(exclude_none=True, exclude_defaults=False)

    @property
    def stated_ends(self) -> tuple[str, str]:
        """The ends as the source gave them."""
        return self.stated or (self.from_, self.to)

    def moved(self, from_: str, to: str) -> Self:
        """This claim, as stated, with its current ends; the smaller first if undirected."""
        if not self.directed and to < from_:
            from_, to = to, from_
        stated = self.stated_ends
        update = {"from_": from_, "to": to, "stated": None if (from_, to) == stated else stated}
        return self.model_copy(update=update)

    def other(self, end: str) -> str:
        """The end that is not `end`."""
        return self.to if self.from_ == end else self.from_


class Undirected(Claim):
    """A claim that is read both ways: the smaller id stands first."""

    directed = False

    @model_validator(mode="before")
    @classmethod
    def _ordered(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        first = "from" if "from" in data else "from_"
        one, two = data.get(first), data.get("to")
        if isinstance(one, str) and isinstance(two, str) and two < one:
            return {**data, first: two, "to": one}
        return data


class Tie(Undirected):
    """A relation between two municipalities or bodies that may be signed and end.

    `told_by` are the ends, as the source names them, of whose own list or item the statement
    is; null where a source does not tell, as an article or a list of pairs.
    """

    starts = frozenset({"City"})
    ends = frozenset({"City"})
    status: Status
    signed_on: PartialDate | None = None
    ended_on: PartialDate | None = None
    fields: tuple[Text, ...] = ()
    told_by: Annotated[tuple[NodeId, ...], Field(min_length=1, max_length=2)] | None = None

    @model_validator(mode="after")
    def _told_by_an_end(self) -> Self:
        if self.told_by is not None and self.stated is None:
            ends = {self.from_, self.to}
            if sorted(set(self.told_by)) != list(self.told_by) or not set(self.told_by) <= ends:
                raise ValueError("told_by names ends of the tie, each once, the smaller id first")
        return self

    def key(self) -> str:
        """The signing date."""
        return str(self.signed_on or "")


class SisterCity(Tie):
    """자매도시."""

    kind: Literal["SISTER_CITY"] = "SISTER_CITY"


class FriendshipCity(Tie):
    """우호도시."""

    kind: Literal["FRIENDSHIP_CITY"] = "FRIENDSHIP_CITY"


class ExchangeCity(Tie):
    """교류도시: the press's umbrella word, never upgraded to another kind."""

    kind: Literal["EXCHANGE_CITY"] = "EXCHANGE_CITY"


class Twinned(Tie):
    """A data set says twinned and does not tell which kind of tie."""

    kind: Literal["TWINNED"] = "TWINNED"


class Agreement(Tie):
    """MOU·협약 between any two of city, organisation, firm."""

    kind: Literal["AGREEMENT"] = "AGREEMENT"
    starts = frozenset({"City", "Organization", "Firm"})
    ends = starts
    form: Form

    def key(self) -> str:
        """The form and the signing date."""
        return f"{self.form}\x1f{self.signed_on or ''}"


class InCountry(Claim):
    """Where a city, body, firm or event is."""

    kind: Literal["IN_COUNTRY"] = "IN_COUNTRY"
    starts = frozenset({"City", "Organization", "Firm", "Event"})
    ends = frozenset({"Country"})


class PartOf(Claim):
    """A city lies in a larger one: a district in its city, a city in its province."""

    kind: Literal["PART_OF"] = "PART_OF"
    starts = frozenset({"City"})
    ends = frozenset({"City"})


class LocatedIn(Claim):
    """Where a firm or body has its seat, or an event takes place."""

    kind: Literal["LOCATED_IN"] = "LOCATED_IN"
    starts = frozenset({"Firm", "Organization", "Event"})
    ends = frozenset({"City"})


class Sent(Claim):
    """A city sent a mission."""

    kind: Literal["SENT"] = "SENT"
    starts = frozenset({"City"})
    ends = frozenset({"Mission"})
    leader: Text | None = None


class Visited(Claim):
    """A mission visited or met; an agreement signed on a mission implies it."""

    kind: Literal["VISITED"] = "VISITED"
    starts = frozenset({"Mission"})
    ends = frozenset({"City", "Organization", "Firm", "Event", "Country"})
    first_day: PartialDate | None = None
    last_day: PartialDate | None = None

    def key(self) -> str:
        """The first day."""
        return str(self.first_day or "")


class Hosted(Claim):
    """A city or body hosted a mission or event in a role."""

    kind: Literal["HOSTED"] = "HOSTED"
    starts = PARTNERS
    ends = frozenset({"Mission", "Event"})
    role: Role

    def key(self) -> str:
        """The role."""
        return str(self.role)


class ParticipatedIn(Claim):
    """Took part: in a mission only if the source says it travelled or was sent with it."""

    kind: Literal["PARTICIPATED_IN"] = "PARTICIPATED_IN"
    starts = frozenset({"Firm", "Organization", "City"})
    ends = frozenset({"Mission", "Event", "Programme"})
    products: tuple[Text, ...] = ()


class Sold(Claim):
    """A firm is the seller of a deal."""

    kind: Literal["SOLD"] = "SOLD"
    starts = frozenset({"Firm"})
    ends = frozenset({"Deal"})


class Bought(Claim):
    """The buyer of a deal."""

    kind: Literal["BOUGHT"] = "BOUGHT"
    starts = frozenset({"Firm", "Organization", "City"})
    ends = frozenset({"Deal"})


class MadeAt(Claim):
    """The occasion of a deal."""

    kind: Literal["MADE_AT"] = "MADE_AT"
    starts = frozenset({"Deal"})
    ends = frozenset({"Mission", "Event", "Programme"})


class InPlace(Claim):
    """Where a deal was made."""

    kind: Literal["IN_PLACE"] = "IN_PLACE"
    starts = frozenset({"Deal"})
    ends = PLACES


class PartOfDeal(Claim):
    """The smaller figure is contained in the larger."""

    kind: Literal["PART_OF_DEAL"] = "PART_OF_DEAL"
    starts = frozenset({"Deal"})
    ends = frozenset({"Deal"})


class SameDealAs(Undirected):
    """Two reports of one result."""

    kind: Literal["SAME_DEAL_AS"] = "SAME_DEAL_AS"
    starts = frozenset({"Deal"})
    ends = frozenset({"Deal"})


class Runs(Claim):
    """Who runs a programme."""

    kind: Literal["RUNS"] = "RUNS"
    starts = PARTNERS
    ends = frozenset({"Programme"})


class Credits(Claim):
    """The source says that this partner made the result possible; praise is none."""

    kind: Literal["CREDITS"] = "CREDITS"
    starts = PARTNERS
    ends = frozenset({"Firm", "Mission", "Deal"})


class SameAs(Undirected):
    """A decision: two descriptions mean one thing; the least id stays."""

    kind: Literal["SAME_AS"] = "SAME_AS"
    starts = frozenset(NODE_KINDS) - {"Source", "Deal"}
    ends = starts


class DifferentFrom(Undirected):
    """A decision: two descriptions mean two things, whatever else they share."""

    kind: Literal["DIFFERENT_FROM"] = "DIFFERENT_FROM"
    starts = frozenset(NODE_KINDS) - {"Source", "Deal"}
    ends = starts


class Describes(Claim):
    """The fields that one source gives of a node, itself included."""

    kind: Literal["DESCRIBES"] = "DESCRIBES"
    starts = frozenset({"Source"})
    ends = frozenset(NODE_KINDS)
    node: AnyNode


AnyClaim = Annotated[
    SisterCity
    | FriendshipCity
    | ExchangeCity
    | Twinned
    | Agreement
    | InCountry
    | PartOf
    | LocatedIn
    | Sent
    | Visited
    | Hosted
    | ParticipatedIn
    | Sold
    | Bought
    | MadeAt
    | InPlace
    | PartOfDeal
    | SameDealAs
    | Runs
    | Credits
    | SameAs
    | DifferentFrom
    | Describes,
    Field(discriminator="kind"),
]
CLAIM_CLASSES: dict[str, type[Claim]] = {
    cls.model_fields["kind"].default: cls for cls in get_args(get_args(AnyClaim)[0])
}
CLAIM_KINDS = tuple(sorted(CLAIM_CLASSES))
CLAIM_JSON: TypeAdapter[Any] = TypeAdapter(AnyClaim)

TIE_KINDS = frozenset(kind for kind, cls in CLAIM_CLASSES.items() if issubclass(cls, Tie))
IDENTITY_KINDS = frozenset({"SAME_AS", "DIFFERENT_FROM"})
WHEREABOUTS = frozenset({"IN_COUNTRY", "PART_OF", "LOCATED_IN"})
PATH_KINDS = frozenset(CLAIM_KINDS) - WHEREABOUTS - IDENTITY_KINDS - {"DESCRIBES"}
"""The kinds a path or neighbourhood follows unless told otherwise."""


def check_ends(claim: Claim) -> None:
    """ValueError if a claim's ends are not of the kinds that its own kind joins."""
    for end, allowed in ((claim.from_, claim.starts), (claim.to, claim.ends)):
        if kind_of(end) not in allowed:
            listed = ", ".join(sorted(allowed))
            raise ValueError(f"{claim.kind} joins {listed}; {end} is a {kind_of(end)}")
    if claim.kind in IDENTITY_KINDS and kind_of(claim.from_) != kind_of(claim.to):
        raise ValueError(f"{claim.kind} joins two of one kind, not {claim.from_} and {claim.to}")
    if claim.from_ == claim.to and claim.kind not in TIE_KINDS | {"DESCRIBES"}:
        raise ValueError(f"{claim.kind} joins {claim.to} with itself")
