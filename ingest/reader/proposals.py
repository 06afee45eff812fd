"""The normal form of what is read: four kinds of proposals, each with the spans it was read from.

Spans are half-open `[start, end)` in code points of the raw text. Keys stand in the order in
which they are written out.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from graph.values import Frozen

Span = tuple[int, int]
Class = Literal["consistent", "check"]
MissionKind = Literal["trade_mission", "exhibition", "buyer_fair", "visit"]
MissionStatus = Literal["completed", "ongoing", "planned"]
Stage = Literal[
    "inquiry",
    "consultation",
    "expected",
    "mou",
    "provisional",
    "contract",
    "shipment",
    "export_result",
]
LADDER: tuple[Stage, ...] = (
    "inquiry",
    "consultation",
    "expected",
    "mou",
    "provisional",
    "contract",
    "shipment",
    "export_result",
)
"""The stages of a deal from the weakest; an amount stands on one of them."""
Scope = Literal["total", "place", "firm"]
Period = Literal["event", "historical", "cumulative", "annual"]
Flag = Literal[
    "approx",
    "min",
    "subtotal",
    "mixed_total",
    "per_firm_average",
    "anonymised",
    "prepayment",
    "sample_sale",
    "investment",
    "elided_unit",
    "implausible",
]
AgreementKind = Literal[
    "sister_city", "friendship_city", "exchange_city", "loi", "mou", "moa", "agreement"
]
AgreementStatus = Literal["proposed", "signed", "in_force", "dormant", "ended"]
Reason = Literal[
    # what confirms
    "sender_place_same_clause",
    "date_from_publication",
    "date_printed",
    "stage_same_clause",
    "firm_in_list",
    "firm_same_clause",
    "place_in_mission",
    "sum_matches_total",
    "corporate_mark",
    "closed_list",
    "product_in_bracket",
    "seller_of_deal",
    "list_matches_count",
    "nights_match_dates",
    "headline_agrees",
    "actor_unique",
    "verb_same_clause",
    "said_to_exist",
    # what makes a person look
    "stage_conflict",
    "stage_from_context",
    "firm_from_context",
    "firm_unmarked",
    "undated",
    "year_unresolved",
    "place_not_in_mission",
    "place_unknown",
    "no_place",
    "sender_guessed",
    "sum_exceeds_total",
    "list_differs_from_count",
    "nights_differ_from_dates",
    "several_stages",
    "unit_left_out",
    "implausible_amount",
    "actor_from_context",
    "partner_from_context",
    "country_unknown",
    "headline_only",
]
DOUBTS: frozenset[str] = frozenset(
    [
        "stage_conflict",
        "stage_from_context",
        "firm_from_context",
        "firm_unmarked",
        "undated",
        "year_unresolved",
        "place_not_in_mission",
        "place_unknown",
        "no_place",
        "sender_guessed",
        "sum_exceeds_total",
        "list_differs_from_count",
        "nights_differ_from_dates",
        "several_stages",
        "unit_left_out",
        "implausible_amount",
        "actor_from_context",
        "partner_from_context",
        "country_unknown",
        "headline_only",
    ]
)
"""The reasons with any of which a proposal is of class `check`."""


class Where(Frozen):
    """A place or government by its name; of a country alone `name` is None.

    `country` is an ISO 3166-1 code, None for a part of the world and where it is not known.
    """

    name: str | None
    country: str | None


class Mission(Frozen):
    """A delegation, fair or visit that the text speaks of."""

    kind: MissionKind
    sender: tuple[Where, ...] = ()
    organisers: tuple[str, ...] = ()
    places: tuple[Where, ...] = ()
    start: str | None = None
    end: str | None = None
    firms_count: int | None = None
    status: MissionStatus = "completed"


class Deal(Frozen):
    """One reported result; `amount` is in whole units of `currency`."""

    stage: Stage
    stage_word: str
    stage_alt: tuple[Stage, ...] = ()
    amount: int | None = None
    currency: str | None = None
    amount_alt: tuple[int, ...] = ()
    krw: int | None = None
    count: int | None = None
    scope: Scope = "total"
    firms: tuple[str, ...] = ()
    buyer: str | None = None
    place: Where | None = None
    product: str | None = None
    period: Period = "event"
    date: str | None = None
    mission: str | None = None
    part_of: str | None = None
    flags: tuple[Flag, ...] = ()


class Participation(Frozen):
    """A firm that took part or sold."""

    firm: str
    product: str | None = None
    mission: str | None = None


class Agreement(Frozen):
    """A tie of two or more parties."""

    kind: AgreementKind
    kind_alt: tuple[AgreementKind, ...] = ()
    level: Literal["city", "body"] = "city"
    status: AgreementStatus = "signed"
    parties: tuple[Where, ...] = Field(min_length=2)
    date: str | None = None
    place: Where | None = None
    upgraded_from: AgreementKind | None = None


Value = Mission | Deal | Participation | Agreement
Kind = Literal["mission", "deal", "participation", "agreement"]
KINDS: dict[type[Value], Kind] = {
    Mission: "mission",
    Deal: "deal",
    Participation: "participation",
    Agreement: "agreement",
}


class Proposal(Frozen):
    """One fact to be reviewed; `fields` gives the spans of each slot that was read."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True)

    id: str
    type: Kind
    span: Span
    confidence: Annotated[Class, Field(alias="class")]
    reasons: tuple[Reason, ...]
    value: Value
    fields: dict[str, tuple[Span, ...]]

    def normal_form(self) -> dict[str, Any]:
        """The proposal as the JSON of the normal form, its keys in order."""
        return self.model_dump(mode="json", by_alias=True)
