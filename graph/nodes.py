"""The kinds of node: what is spoken of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn, Self, TypeVar, get_args

from pydantic import AfterValidator, Field, TypeAdapter, model_validator

from graph.dates import PartialDate
from graph.values import (
    Count,
    Currency,
    Frozen,
    Identifier,
    Language,
    LongText,
    Money,
    NodeId,
    Scheme,
    SourceKind,
    Stage,
    Text,
    Url,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

K = TypeVar("K", bound=str)
Level = Literal["municipality", "district", "county", "province", "region"]


class Unchanging(dict[K, str]):
    """A mapping that never changes once made: a model that holds it is handed out again and again.

    TypeError for whoever tries.
    """

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a model never changes once made; make another with model_copy")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[Self], tuple[dict[K, str]]]:
        """How it is copied and pickled: made at once, not filled."""
        return type(self), (dict(self),)


def in_order(fields: dict[K, str]) -> dict[K, str]:
    """The same by key, so that what is said alike is hashed alike."""
    return Unchanging(sorted(fields.items()))


def keys_of(identifiers: Mapping[Any, str]) -> tuple[str, ...]:
    """The identifiers of a node as `scheme:value`."""
    if not identifiers:
        return ()
    return tuple(f"{scheme}:{value}" for scheme, value in sorted(identifiers.items()))


class Node(Frozen):
    """A thing spoken of. `id` is `kind:slug`, ASCII, and never depends on the store."""

    id: NodeId
    kind: str
    names: Annotated[dict[Language, Text], AfterValidator(in_order)] = Field(
        default_factory=Unchanging
    )
    spellings: tuple[Text, ...] = ()
    identifiers: Annotated[dict[Scheme, Identifier], AfterValidator(in_order)] = Field(
        default_factory=Unchanging
    )
    note: LongText | None = None
    former_ids: tuple[NodeId, ...] = ()

    @property
    def name(self) -> str:
        """The name to show: Korean, else English, else any other; never empty."""
        return self.called("ko")

    def called(self, language: str) -> str:
        """The name in a language, else in Korean, English, any, else the id."""
        for code in (language, "ko", "en", *sorted(self.names)):
            if code in self.names:
                return self.names[code]
        return self.spellings[0] if self.spellings else self.id

    @property
    def keys(self) -> tuple[str, ...]:
        """The well-known identifiers as `scheme:value`, by which this is found too."""
        return keys_of(self.identifiers)

    @property
    def span(self) -> tuple[PartialDate | None, PartialDate | None]:
        """When it began and ended, as far as known."""
        return None, None


class City(Node):
    """A municipality or region, place and government in one."""

    kind: Literal["City"] = "City"
    level: Level | None = None
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None
    population: Count | None = None


class Country(Node):
    """A country of ISO 3166-1; its id is `country:` and the two letters."""

    kind: Literal["Country"] = "Country"


class Firm(Node):
    """A company (기업)."""

    kind: Literal["Firm"] = "Firm"
    products: tuple[Text, ...] = ()
    sector: Text | None = None


class Organization(Node):
    """A chamber, association, ministry, university, trade office, embassy, consortium."""

    kind: Literal["Organization"] = "Organization"
    organization_type: Text | None = None


class Period(Node):
    """A thing with a beginning and an end."""

    start: PartialDate | None = None
    end: PartialDate | None = None

    @property
    def span(self) -> tuple[PartialDate | None, PartialDate | None]:
        """When it began and ended, as far as known."""
        return self.start, self.end


class Mission(Period):
    """A delegation (무역사절단·시장개척단·촉진단)."""

    kind: Literal["Mission"] = "Mission"
    mission_kind: Text | None = None
    firms_count: Count | None = None
    people_count: Count | None = None
    status: Literal["planned", "completed"] | None = None


class Event(Period):
    """A fair, forum or briefing."""

    kind: Literal["Event"] = "Event"
    event_kind: Text | None = None


class Programme(Node):
    """A city's support programme (지원사업)."""

    kind: Literal["Programme"] = "Programme"
    year: PartialDate | None = None
    firms_count: Count | None = None

    @property
    def span(self) -> tuple[PartialDate | None, PartialDate | None]:
        """The programme's year."""
        return self.year, self.year


class Deal(Node):
    """One reported result: an amount on one rung of the ladder."""

    kind: Literal["Deal"] = "Deal"
    stage: Stage | None = None
    stage_word: Text | None = None
    amount: Money | None = None
    currency: Currency | None = None
    count: Count | None = None
    reach: Count | None = None
    advance_amount: Money | None = None
    advance_currency: Currency | None = None
    scope: Literal["total", "place", "firm"] | None = None
    approximate: bool | None = None
    parts_complete: bool | None = None
    date: PartialDate | None = None
    product: Text | None = None

    @model_validator(mode="after")
    def _amounts_have_currencies(self) -> Self:
        for amount, currency in (
            (self.amount, self.currency),
            (self.advance_amount, self.advance_currency),
        ):
            if (amount is None) != (currency is None):
                raise ValueError("an amount and its currency go together")
        return self

    def called(self, language: str) -> str:
        """Its name, else the printed stage word and the figure: `수출상담 600,000 USD`."""
        if self.names:
            return super().called(language)
        figure = None if self.amount is None else f"{self.amount:,f} {self.currency}"
        reach = None if self.reach is None else f"{self.reach:,}"
        told = [part for part in (self.stage_word or self.stage, figure or reach) if part]
        return " ".join(told) or self.id

    @property
    def span(self) -> tuple[PartialDate | None, PartialDate | None]:
        """The deal's own date."""
        return self.date, self.date


class Source(Node):
    """An article, register, data set, firm's own statement, or review decision."""

    kind: Literal["Source"] = "Source"
    source_kind: SourceKind | None = None
    title: Text | None = None
    publisher: Text | None = None
    published: PartialDate | None = None
    url: Url | None = None
    retrieved: PartialDate | None = None
    licence: Text | None = None
    lineage: Text | None = None
    state: Literal["loading"] | None = None

    def called(self, language: str) -> str:
        """Its title, else as any node."""
        return self.title or super().called(language)

    @property
    def line(self) -> str:
        """The lineage: sources of one lineage are one independent source."""
        return self.lineage or self.id


AnyNode = Annotated[
    City | Country | Firm | Organization | Mission | Event | Deal | Programme | Source,
    Field(discriminator="kind"),
]
NODE_CLASSES: dict[str, type[Node]] = {
    cls.model_fields["kind"].default: cls for cls in get_args(get_args(AnyNode)[0])
}
NODE_KINDS = tuple(sorted(NODE_CLASSES))
_BY_PREFIX = {kind.lower(): kind for kind in NODE_KINDS}
NODE_JSON: TypeAdapter[Any] = TypeAdapter(AnyNode)


def kind_of(node_id: str) -> str:
    """The node kind that an id names: `city:Q1` is a `City`; ValueError if none."""
    prefix = node_id.partition(":")[0]
    kind = _BY_PREFIX.get(prefix) or _BY_PREFIX.get(prefix.lower())
    if kind is None:
        raise ValueError(f"{node_id[:60]!r} names no kind of node")
    return kind
