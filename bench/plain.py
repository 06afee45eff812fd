"""The rules of the questions once more, over facts that another column fetched by itself.

It knows nothing of `graph.questions`, so that where both come to one answer neither
column is wrong alone. It covers what the made-up world holds: days are whole days, firms
and deals lie in one place, nobody's own statement is among the sources.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

Row = dict[str, Any]


class Facts(Protocol):
    """What the questions need to be told; each method is one way to the data."""

    def place(self, partner: str) -> tuple[set[str], set[str]]:
        """The partner with its parts, and its countries."""

    def ties(self, city: str) -> list[Row]:
        """The ties: `id kind other form status signed_on ended_on source published`."""

    def links(self, here: Collection[str]) -> list[Row]:
        """What hangs on these cities: `tag item role source`.

        Tags: visited, located, hosted, credited, bought, placed, agreed.
        """

    def firms(self, items: Collection[str]) -> set[str]:
        """Firms that took part in these, sold them, or sold a deal made at them."""

    def during(self, missions: Collection[str], lands: Collection[str]) -> set[str]:
        """Firms of the senders, or that went along, with a deal or event in these countries.

        It began while one of the missions was under way.
        """

    def doings(self, firms: Collection[str]) -> list[Row]:
        """What the firms did: `firm kind item source status begins made_at same`."""

    def homes(self, firms: Collection[str]) -> dict[str, tuple[set[str], set[str]]]:
        """For each firm its city with all that contain it, and its countries."""

    def told(self, items: Collection[str]) -> dict[str, Row]:
        """For each occasion or deal: `begins status sources senders`, senders with containers."""

    def shown(self, firms: Collection[str], items: Collection[str]) -> list[Any]:
        """What an answer shows of its firms, and the claims about these with their sources."""

    def deals(self, here: Collection[str]) -> list[Row]:
        """Deals made or bought here: `id stage currency amount published same wholes`."""


@dataclass
class _Links:
    by_tag: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    credits: list[Row] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterable[Row]) -> _Links:
        links = cls()
        for row in rows:
            if row["tag"] == "hosted" and row["role"] == "sponsor":
                links.by_tag["sponsored"].add(row["item"])
            else:
                links.by_tag[row["tag"]].add(row["item"])
            if row["tag"] == "credited":
                links.credits.append(row)
        return links

    @property
    def items(self) -> set[str]:
        return {
            item
            for tag in ("visited", "located", "hosted", "sponsored", "credited", "bought", "placed")
            for item in self.by_tag[tag]
            if not item.startswith("firm:")
        }


def beneficiaries(facts: Facts, partner: str) -> tuple[list[list[str]], list[Any]]:
    """Each firm with its best grade, by firm; and what an answer shows as evidence."""
    here, lands = facts.place(partner)
    links = _Links.of(facts.links(here))
    ties = facts.ties(partner)
    named = {one for one in links.by_tag["credited"] if one.startswith("firm:")}
    firms = facts.firms(links.items) | links.by_tag["agreed"] | named
    late = facts.during(links.by_tag["visited"], lands)
    homes = facts.homes(firms | late)
    found: dict[str, str] = {}
    groups = _groups(facts.doings(firms))
    told = facts.told({item for own in groups.values() for group in own for item in group["items"]})
    for firm in sorted(firms | late):
        if homes[firm][1] & lands:
            continue
        grades = [
            grade
            for group in groups.get(firm, ())
            if (grade := _grade(firm, group, links, ties, told, homes[firm][0]))
        ]
        grades += [_agreed(tie, ties, homes[firm][0]) for tie in ties if tie["other"] == firm]
        if firm in late:
            grades.append("co_occurrence")
        if grades:
            found[firm] = "supported" if "supported" in grades else grades[0]
            if "stated" in grades:
                found[firm] = "stated"
    items = {item for firm in found for group in groups.get(firm, ()) for item in group["items"]}
    shown = facts.shown(found, items)
    return [[firm, grade] for firm, grade in sorted(found.items())], shown


def _groups(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Each firm's activities: what it joined, with what a deal of it was made at."""
    joined: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row["status"] != "planned":
            joined[row["firm"]][row["item"]].append(row)
    return {firm: _grouped(own) for firm, own in joined.items()}


def _grouped(own: Mapping[str, list[Row]]) -> list[Row]:
    leader: dict[str, str] = {}

    def find(one: str) -> str:
        while leader.setdefault(one, one) != one:
            one = leader[one]
        return one

    for item, rows in own.items():
        find(item)
        for row in rows:
            others = {*row["made_at"], *(one for one in row["same"] if one in own)}
            for other in others:
                leader[find(item)] = find(other)
    groups: dict[str, Row] = {}
    for item in list(leader):
        group = groups.setdefault(find(item), {"items": set(), "joined": []})
        group["items"].add(item)
        group["joined"] += own.get(item, [])
    return list(groups.values())


def _grade(
    firm: str,
    group: Row,
    links: _Links,
    ties: Sequence[Row],
    told: Mapping[str, Row],
    home: set[str],
) -> str | None:
    items, by = group["items"], links.by_tag
    went = {row["item"] for row in group["joined"] if row["kind"] == "PARTICIPATED_IN"}
    participated = bool(went & (by["visited"] | by["located"]))
    hosted = bool(items & by["hosted"])
    counterparty = bool(items & (by["bought"] | by["placed"]))
    reporters = {row["source"] for row in group["joined"]}
    reporters |= {source for item in items for source in told[item]["sources"]}
    credited = _credited(firm, items, links, reporters)
    if not (participated or hosted or counterparty or credited):
        return None
    senders = {city for item in items for city in told[item]["senders"]}
    begins = min((told[item]["begins"] for item in items if told[item]["begins"]), default=None)
    homes = home | senders
    if not any(_in_force(tie, ties, begins, reporters) for tie in ties if tie["other"] in homes):
        return "co_occurrence"
    if credited == "firm":
        return "stated"
    if counterparty or (participated and (hosted or credited)):
        return "supported"
    return "co_occurrence"


def _credited(firm: str, items: set[str], links: _Links, reporters: set[str]) -> str | None:
    for row in links.credits:
        deal = row["item"].startswith("deal:") and row["item"] in items
        if deal or (row["item"] == firm and row["source"] in reporters):
            return "firm"
    missions = {one for one in links.by_tag["credited"] if one.startswith("mission:")}
    return "mission" if missions & items else None


def _agreed(tie: Row, ties: Sequence[Row], home: set[str]) -> str:
    """The grade of a firm's agreement with the partner."""
    begins, reporters = tie["signed_on"], {tie["source"]}
    held = any(_in_force(one, ties, begins, reporters) for one in ties if one["other"] in home)
    return "supported" if held else "co_occurrence"


def _in_force(tie: Row, ties: Sequence[Row], begins: str | None, reporters: set[str]) -> bool:
    ended = tie["status"] == "ended"
    if ended and (begins is None or begins >= tie["ended_on"]):
        return False
    if begins is None:
        return tie["status"] == "in_force" and tie["source"] in reporters
    signed = tie["signed_on"] or tie["published"]
    if signed <= begins:
        return not _over(tie, ties, signed, begins)
    if tie["status"] != "in_force" or (tie["signed_on"] and begins < tie["signed_on"]):
        return False
    return not _over(tie, ties, tie["signed_on"], begins) and tie["source"] in reporters


def _over(tie: Row, ties: Sequence[Row], since: str | None, begins: str) -> bool:
    """Whether any source tells that the same tie, once signed, had ended by then."""
    return any(
        one["ended_on"] <= begins and (since is None or one["ended_on"] >= since)
        for one in ties
        if one["ended_on"]
        and one["other"] == tie["other"]
        and (tie["kind"] == "TWINNED" or one["kind"] == tie["kind"])
    )


# ---------------------------------------------------------------- ties and totals


def tie_lines(rows: Iterable[Row]) -> list[list[Any]]:
    """Partner, kind, form, signing date and number of claims of each line."""
    lines: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for row in rows:
        lines[row["other"], row["kind"], row["form"] or "", row["signed_on"] or ""] += 1
    for line in [line for line in lines if not line[3]]:
        dated = [other for other in lines if other[:3] == line[:3] and other[3]]
        if len(dated) == 1:
            lines[dated[0]] += lines.pop(line)
    for line in [line for line in lines if line[1] == "TWINNED"]:
        told = [o for o in lines if o[0] == line[0] and o[1] not in {"TWINNED", "AGREEMENT"}]
        count = lines.pop(line) if told else 0
        for other in told:
            lines[other] += count
    return sorted([*line, count] for line, count in lines.items())


def totals(rows: Sequence[Row]) -> list[list[Any]]:
    """Stage, currency, sum and the deals counted of each line."""
    deals = {row["id"]: row for row in rows}
    heads: dict[str, set[str]] = defaultdict(set)
    for one, row in deals.items():
        group = {one, *(other for other in row["same"] if other in deals)}
        heads[min(group, key=lambda deal: (deals[deal]["published"], deal))] |= group
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for head in heads:
        lines[deals[head]["stage"], deals[head]["currency"]].append(head)
    found = []
    for (stage, currency), own in lines.items():
        counted = [
            head
            for head in own
            if not {w for one in heads[head] for w in deals[one]["wholes"]} & set(own)
        ]
        amount = sum(int(deals[head]["amount"]) for head in counted)
        found.append([stage, currency, amount, sorted(counted)])
    return sorted(found)
