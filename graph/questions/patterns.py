"""The shapes of the answers that only the whole graph gives: what lies between and alike.

`complete` is false where a bound cut what was looked at, and `cut_by` names the bound.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SerializeAsAny

from graph.claims import Claim
from graph.questions.answers import Answer, Citation, Coverage, Path, Ref, Searched, TieLine
from graph.values import Frozen


class PatternAnswer(Answer):
    """An answer of this kind."""


class Gap(Frozen):
    """A tie between two cities of which no source read tells any trade."""

    home: Ref
    partner: Ref
    ties: tuple[TieLine, ...]
    coverage: Coverage = Field(
        description="Which nothing it is: none in the sources read about the partner, or none read"
    )


class GapsAnswer(PatternAnswer):
    """The ties of some cities without any recorded trade. That is never: no trade.

    `tied` counts the pairs of cities that have a tie, `with_trade` those of them with a
    mission, event, deal or agreement on record.
    """

    places: tuple[Ref, ...]
    tied: int
    with_trade: int
    gaps: tuple[Gap, ...]
    next: str | None = None


class OwnPartner(Frozen):
    """A partner of the city asked about; `partners` counts all cities and bodies tied to it."""

    partner: Ref
    partners: int
    claims: tuple[SerializeAsAny[Claim], ...]
    citations: tuple[Citation, ...]


class SimilarCity(Frozen):
    """A city that shares partners with the one asked about, and its claims about them."""

    city: Ref
    score: float = Field(description="Sum over the shared partners of 1 / ln(partners of that one)")
    tied: bool = Field(description="Whether the two are partners of each other")
    shared: tuple[Ref, ...]
    claims: tuple[SerializeAsAny[Claim], ...]
    citations: tuple[Citation, ...]


class LackedPartner(Frozen):
    """A partner abroad that similar cities have and the city asked about has no tie with."""

    partner: Ref
    held_by: tuple[Ref, ...]
    claims: tuple[SerializeAsAny[Claim], ...]
    citations: tuple[Citation, ...]


class SimilarAnswer(PatternAnswer):
    """Cities by shared partners, and the partners that those listed have and the city lacks.

    `found` counts all cities that share a partner, `lacked` all partners that those listed have.
    """

    city: Ref
    places: tuple[Ref, ...]
    partners: tuple[OwnPartner, ...]
    similar: tuple[SimilarCity, ...]
    found: int
    lacking: tuple[LackedPartner, ...]
    lacked: int
    truncated: bool
    truncated_by: str | None = None


class Member(Ref):
    """A city of a cluster, and the weight of what joins it with the others in it."""

    inside: int


class CountryCount(Frozen):
    """How many cities of a cluster lie in a country; null where no source says it."""

    country: str | None
    cities: int


class Community(Frozen):
    """Cities that have more ties with each other than with others, the most central first.

    `members` holds the first few, and the city asked about. `inside` and `outside` count the
    pairs of cities joined within it, and across its border.
    """

    size: int
    members: tuple[Member, ...]
    countries: tuple[CountryCount, ...]
    inside: int
    outside: int
    citations: tuple[Citation, ...]


class Method(Frozen):
    """How the clusters were found."""

    name: str
    source: str
    seed: int
    modularity: float


class CommunitiesAnswer(PatternAnswer):
    """Clusters of cities, the largest first, then by the least id in it.

    `cities` and `pairs` tell the size of the graph that was clustered, `found` how many
    clusters it has.
    """

    places: tuple[Ref, ...]
    city: Ref | None
    by: Literal["ties", "trade", "both"]
    method: Method
    cities: int
    pairs: int
    found: int
    communities: tuple[Community, ...]
    next: str | None = None
    complete: bool
    cut_by: str | None = None


class Chain(Path):
    """One chain between two firms: each hop all claims between two nodes.

    `neighbours` counts those of each node on the way.
    """

    neighbours: tuple[int, ...]
    one_in: int = Field(description="What it is worth: 1 in so many, the product of `neighbours`")


class ChainsAnswer(PatternAnswer):
    """Chains by length, then by worth, then by ids. None found is an answer, if `complete`."""

    from_: Ref = Field(alias="from")
    to: Ref
    chains: tuple[Chain, ...]
    citations: tuple[Citation, ...]
    complete: bool
    searched: Searched


class Broker(Frozen):
    """What stands between firms and partners, and the claims that put it there.

    `between` sums its share of the shortest chains over all pairs, `score` discounts that by
    the logarithm of its neighbours. Of firms, partners and claims the first are listed.
    """

    entity: Ref
    score: float = Field(description="between / log2(neighbours)")
    between: float
    neighbours: int
    firms: tuple[Ref, ...]
    firms_count: int
    partners: tuple[Ref, ...]
    partners_count: int
    claims: tuple[SerializeAsAny[Claim], ...]
    claims_count: int
    citations: tuple[Citation, ...]


class BrokersAnswer(PatternAnswer):
    """Who stands between firms and partners in other countries, by score, then id.

    `firms` were asked about, `pairs` of a firm and a partner are joined within the hops
    searched, `found` nodes stand between.
    """

    home: tuple[Ref, ...]
    partner: tuple[Ref, ...]
    firms: int
    pairs: int
    found: int
    brokers: tuple[Broker, ...]
    searched: Searched
    next: str | None = None
    complete: bool
    cut_by: str | None = None
