"""How many of each kind a world of a given size has."""

from __future__ import annotations

from dataclasses import dataclass

COUNTRIES = 90
"""Home included."""


@dataclass(frozen=True)
class Shape:
    """The counts of one world. `claims` counts every claim, DESCRIBES among them."""

    nodes: int
    claims: int
    seed: int = 1

    @classmethod
    def of(cls, claims: int, seed: int = 1) -> Shape:
        """The shape with so many claims and a fifth as many nodes."""
        return cls(claims // 5, claims, seed)

    @property
    def cities(self) -> int:
        """Municipalities, a twelfth of them at home."""
        return self.nodes * 12 // 100

    @property
    def home_cities(self) -> int:
        """Those at home; their numbers come first."""
        return self.cities // 12

    @property
    def organizations(self) -> int:
        """Chambers and universities."""
        return self.nodes * 4 // 100

    @property
    def missions(self) -> int:
        """Trade missions, each told by an article of its own."""
        return self.nodes * 4 // 100

    @property
    def repeats(self) -> int:
        """Articles that tell again of a mission: of every second one."""
        return self.missions // 2

    @property
    def events(self) -> int:
        """Fairs, each told by an article of its own."""
        return self.nodes * 2 // 100

    @property
    def programmes(self) -> int:
        """Support programmes, each told by an article of its own."""
        return self.nodes // 200

    @property
    def event_deals(self) -> int:
        """Deals of events, two each."""
        return 2 * self.events

    @property
    def mission_deals(self) -> int:
        """Deals of missions, so many that a fifth of the nodes are deals."""
        return self.nodes // 5 - self.event_deals - self.repeats

    @property
    def deals(self) -> int:
        """All deals: of missions, of events, and one told anew by each repeat."""
        return self.mission_deals + self.event_deals + self.repeats

    @property
    def blocks(self) -> int:
        """In how many parts the registers of cities, firms and bodies and the lists come."""
        return max(2, self.nodes // 10_000)

    @property
    def sources(self) -> int:
        """Articles, three registers and a list by parts, and a register of each home city."""
        told = self.missions + self.repeats + self.events + self.programmes
        return told + 4 * self.blocks + self.home_cities

    @property
    def firms(self) -> int:
        """The rest: nearly half of all nodes."""
        others = self.cities + self.organizations + self.missions + self.events
        return self.nodes - others - self.programmes - self.deals - self.sources - COUNTRIES
