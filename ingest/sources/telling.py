"""From places and ties, as a list tells them, to the claims of one source.

A source describes all that its claims name. What two rows say alike is one claim, with
the locator of the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.claims import Claim, Describes, InCountry, SameAs
from ingest.countries import countries
from ingest.ids import country_id
from ingest.records import Record

if TYPE_CHECKING:
    from graph.nodes import Node, Source


class Telling:
    """Collects what one source says; every claim once, in the order of first mention."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.claims: dict[str, Claim] = {}
        self.described: dict[str, Node] = {}
        self.describe(source)

    def describe(self, node: Node, locator: int | None = None) -> None:
        """Describe a node; only the first description of an id counts."""
        if node.id in self.described:
            return
        self.described[node.id] = node
        self.say(
            Describes.model_validate(
                {
                    "from": self.source.id,
                    "to": node.id,
                    "source": self.source.id,
                    "node": node,
                    "locator": locator,
                }
            )
        )

    def in_country(self, place: str, code: str, locator: int | None = None) -> None:
        """Say in which country a described place lies, by its two letters."""
        self.describe(countries()[code], locator)
        self.join(InCountry, place, country_id(code), locator)

    def same(self, one: str, other: str, note: str) -> bool:
        """Say that two described nodes are one, and why; False if that was said before."""
        if one == other:
            return False
        ends = {"from": one, "to": other, "source": self.source.id}
        return self.say(SameAs.model_validate({**ends, "note": note[:2000]}))

    def join(
        self, cls: type[Claim], one: str, other: str, locator: int | None = None, **fields: object
    ) -> bool:
        """Claim that two described nodes are joined; False if that was said before."""
        ends = {"from": one, "to": other, "source": self.source.id}
        return self.say(cls.model_validate({**ends, "locator": locator, **fields}))

    def say(self, claim: Claim) -> bool:
        """Keep a claim; False, and the first stays, if its id was said before."""
        if claim.id in self.claims:
            return False
        self.claims[claim.id] = claim
        return True

    def record(self) -> Record:
        """All that was said."""
        return Record(self.source, tuple(self.claims.values()))
