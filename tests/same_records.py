"""What pages, tables and `/v1` say of an entity: its sums, ties, missions and years, counted."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import Any

from graph.questions.answers import Ref
from graph.values import Role, Stage
from tests.html_tree import Element, tree
from tests.same_numbers import MONEY, WORDS, Facts

LADDER = {WORDS.of("stage", stage): stage for stage in Stage}


def rows(text: str) -> list[dict[str, str]]:
    """The lines of a table by heading."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def _fact(*parts: object) -> str:
    return "|".join(str(part) for part in parts)


def _name(ref: dict[str, Any]) -> str:
    return WORDS.name(Ref.model_validate({key: ref[key] for key in Ref.model_fields if key in ref}))


# ---------------------------------------------------------------- sums, each on its step


def sums_of_api(body: dict[str, Any]) -> Facts:
    """The lines of `/v1/totals`."""
    return Counter(
        _sum(
            WORDS.of("stage", line["stage"]),
            line["currency"],
            line["amount"],
            any(deal["approximate"] for deal in line["deals"]),
            line["count"],
        )
        for line in body["lines"]
    )


def _sum(stage: str, currency: str, amount: str, about: object, count: object) -> str:
    said = "" if count in {None, ""} else str(count).replace(",", "")
    return _fact(stage, currency, amount.replace(",", ""), "about" if about else "", said)


def _printed(stage: str, figure: str, cases: str) -> str:
    """A sum as a page prints it."""
    found = MONEY.search(figure)
    assert found, figure
    number = re.search(r"[0-9][0-9,]*", cases)
    count = number[0] if number else ""
    return _sum(stage, found["currency"], found["amount"], found["about"], count)


def sums_of_brief(html: str) -> Facts:
    """The ladder of the brief."""
    section = tree(html).one("section", key="section-ladder")
    return Counter(
        _printed(item.one("b").text, item.one(cls="figure").text, _cases(item.one(cls="text").text))
        for item in section.all("li")
    )


def _cases(text: str) -> str:
    found = re.match(r"cases: [0-9,]+", text)
    return found[0] if found else ""


def sums_of_entity(html: str, by: str) -> Facts:
    """The ladders of an entity's page that are of these sums."""
    facts: Facts = Counter()
    for table in tree(html).all("table", cls="ladder"):
        if table.one("caption").text.startswith(WORDS.of("sums", by)):
            facts.update(_rung(row, row.one("th").text) for row in table.all("tr"))
    return facts


def sums_of_answer(html: str) -> Facts:
    """The ladders of an answer: firms' sums, and those of no firm."""
    facts: Facts = Counter()
    for table in tree(html).all("table", cls="ladder"):
        stage = ""
        for row in table.all("tr"):
            stage = "".join(one.text for one in row.all("th")) or stage
            facts[_rung(row, stage)] += 1
    return facts


def _rung(row: Element, heading: str) -> str:
    cell = row.one("td", cls="figure")
    cases = "".join(one.text for one in cell.all(cls="cases"))
    return _printed(_stage(heading), cell.text, cases)


def _stage(heading: str) -> str:
    """The step that a heading names before it explains it."""
    return max((one for one in LADDER if heading.startswith(one)), key=len)


def steps_of_api(body: dict[str, Any]) -> Facts:
    """All amounts of `/v1/entities/{id}/beneficiaries` that stand on a step."""
    given = [
        one | {"about": _about(one)} for firm in body["beneficiaries"] for one in firm["amounts"]
    ]
    given += [one | {"about": one["deal"]["approximate"]} for one in body["not_attributable"]]
    steps = set(tuple(Stage)[:8])
    return Counter(
        _sum(
            WORDS.of("stage", one["stage"]),
            one["currency"],
            one["amount"],
            one["about"],
            one["count"],
        )
        for one in given
        if one["amount"] is not None and one["currency"] and one["stage"] in steps
    )


def _about(one: dict[str, Any]) -> bool:
    return any(deal["approximate"] for deal in one["deals"])


def sums_of_table(text: str, by: str) -> Facts:
    """The sums of an entity's table."""
    return Counter(
        _sum(row["Stage"], row["Currency"], row["Amount"], row["Approximate"], row["Cases"])
        for row in rows(text)
        if row["Part"] == "Sum" and row["Remark"] == WORDS.of("sums", by)
    )


# ---------------------------------------------------------------- ties


def ties_of_api(body: dict[str, Any]) -> Facts:
    """The lines of `/v1/entities/{id}/ties`."""
    return Counter(
        _fact(
            _name(tie["partner"]),
            WORDS.tie(tie["kind"], tie["form"]),
            WORDS.of("status", tie["status"]),
            tie["signed_on"] or "",
            tie["independent_sources"],
        )
        for tie in body["ties"]
    )


def ties_of_table(text: str) -> Facts:
    """The ties of the table of a city, or of an entity."""
    unknown = WORDS.ui("unknown_date")
    return Counter(
        _fact(
            row["To"],
            row["Relation"],
            row["Status"],
            row["Date"].replace(" – ", "/").replace(unknown, ""),
            row["Independent sources"],
        )
        for row in rows(text)
        if row["Part"] == "Tie"
    )


def ties_of_page(html: str) -> Facts:
    """The ties of a page, without the day of signing, which it may tell as the status."""
    facts: Facts = Counter()
    for section in tree(html).all("section"):
        kind = section.attributes.get("aria-labelledby", "").removeprefix("kind-")
        for one in section.all("li", cls="record") if kind.isupper() else ():
            form = "".join(part.text for part in one.one(cls="record-head").all(cls="rel"))
            found = re.search(r"independent sources: ([0-9]+)", one.text)
            assert found
            name = one.one(cls="record-head").all("a")[0].text
            facts[_fact(name, form or WORDS.of("claim", kind), found[1])] += 1
    return facts


def undated(ties: Facts) -> Facts:
    """The same ties without status and day."""
    facts: Facts = Counter()
    for tie, count in ties.items():
        name, relation, _, _, sources = tie.split("|")
        facts[_fact(name, relation, sources)] += count
    return facts


# ---------------------------------------------------------------- years


def years_of_page(html: str) -> Facts:
    """How much began in each year, as the charts of a page tell in numbers."""
    section = tree(html).all("section")
    facts: Facts = Counter()
    for one in section:
        if one.attributes.get("aria-labelledby") == "years":
            for figure in one.all("figure"):
                group = _group(figure.one("figcaption").text)
                for line in figure.all("li"):
                    year, _, count = line.text.partition(": ")
                    facts[_fact(group, year)] += int(count.replace(",", ""))
            for line in one.all("p", cls="facts"):  # a chart of one bar is a sentence
                found = re.search(r": ([0-9]{4}) \(([0-9,]+)\)", line.text)
                if found:
                    facts[_fact(_group(line.text), found[1])] += int(found[2].replace(",", ""))
    return facts


def _group(text: str) -> str:
    said = ("ties", "occasions", "deals")
    return next(one for one in said if text.startswith(WORDS.of("moment", one)))


def years_of_table(text: str) -> Facts:
    """The same of the table of an entity."""
    said = {WORDS.of("moment", one): one for one in ("ties", "occasions", "deals")}
    facts: Facts = Counter()
    for row in rows(text):
        if row["Part"] == "By year" and row["Date"]:
            facts[_fact(said[row["Remark"]], row["Date"])] += int(row["Cases"])
    return facts


def tie_years(body: dict[str, Any]) -> Facts:
    """When the ties of `/v1/entities/{id}/ties` were signed."""
    days = (tie["signed_on"] for tie in body["ties"] if tie["signed_on"])
    return Counter(_fact("ties", day[:4]) for day in days)


# ---------------------------------------------------------------- missions

ROLES = {WORDS.of("role", role) for role in Role if role is not Role.SPONSOR}


def missions_of_api(body: dict[str, Any], partner: str) -> dict[str, str]:
    """The missions that visited a partner or that it hosted, by id, of its neighbours."""
    names = {node["id"]: _name(node) for node in body["nodes"]}
    visited = {one["from"] for one in body["claims"] if _is(one, "VISITED", "to", partner)}
    hosted = {one["to"] for one in body["claims"] if _is(one, "HOSTED", "from", partner)}
    return {one: names[one] for one in visited | hosted if one.startswith("mission:")}


def _is(claim: dict[str, Any], kind: str, end: str, partner: str) -> bool:
    return claim["kind"] == kind and claim[end] == partner and claim.get("role") != Role.SPONSOR


def missions_of_table(text: str, partner: str) -> dict[str, str]:
    """The same of the table of an entity."""
    found = {}
    for row in rows(text):
        if (
            row["Relation"] == WORDS.of("claim", "VISITED")
            and row["Id of the other end"] == partner
        ):
            found[row["Id"]] = row["Name"]
        if row["Relation"] in ROLES and row["Id"] == partner:
            found[row["Id of the other end"]] = row["To"]
    return {one: name for one, name in found.items() if one.startswith("mission:")}


def missions_of_page(html: str) -> set[str]:
    """The missions that visited an entity, as its page lists them."""
    sections = [one for one in tree(html).all("section") if one.all("h2", key="part-VISITED.in")]
    heads = [line for one in sections for line in one.all(cls="record-head")]
    return {head.all(cls="who")[0].text for head in heads}


def missions_of_brief(html: str) -> tuple[Facts, int]:
    """The missions of a brief, and how many it left out."""
    section = tree(html).one("section", key="section-missions")
    left = sum(_number(one.text) for one in section.all(cls="more"))
    return Counter(item.one("b").text for item in section.all("li")), left


def _number(text: str) -> int:
    found = re.search(r"[0-9][0-9,]*", text)
    return int(found[0].replace(",", "")) if found else 0
