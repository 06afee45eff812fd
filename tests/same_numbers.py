"""What each form of an answer says, as counted facts that can be compared."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import Any

from graph.questions.answers import Ref
from graph.values import Grade
from tests.html_tree import Element, tree
from visualize.wording import Words

WORDS = Words("en")
MONEY = re.compile(r"(?P<about>about )?(?P<currency>[A-Z]{3})\s(?P<amount>[0-9,]+(\.[0-9]+)?)")

Facts = Counter[str]


def _fact(*parts: object) -> str:
    return "|".join(str(part) for part in parts)


def _sum(stage: str, currency: str, amount: str, about: bool, count: str) -> str:
    return _fact(stage, currency, amount.replace(",", ""), "about" if about else "", count)


def of_api(body: dict[str, Any]) -> Facts:
    """What `/v1/entities/{id}/beneficiaries` says."""
    facts: Facts = Counter({_fact("sources", body["coverage"]["sources_read"]): 1})
    for tie in body["ties"]:
        relation = WORDS.tie(tie["kind"], tie["form"])
        facts[_fact("tie", _name(tie["home"]), relation, tie["independent_sources"])] += 1
    for firm in body["beneficiaries"]:
        name = _name(firm["firm"])
        facts[_fact("firm", name, WORDS.of("grade", firm["grade"]))] += 1
        for one in firm["amounts"]:
            about = any(deal["approximate"] for deal in one["deals"])
            facts[_fact("sum", name, _of_json(one, about))] += 1
    for one in body["not_attributable"]:
        facts[_fact("result", _of_json(one, one["deal"]["approximate"]))] += 1
    for one in body["unnamed"]:
        facts[_fact("unnamed", _name(one["mission"]), one["firms_count"], one["named"])] += 1
    return facts


def _name(ref: dict[str, Any]) -> str:
    return WORDS.name(Ref.model_validate(ref))


def _of_json(one: dict[str, Any], about: bool | None) -> str:
    stage = WORDS.of("stage", one["stage"]) if one["stage"] else ""
    if one["amount"] is None or not one["currency"]:
        return _sum(stage, "", "", False, _text(one["count"]))
    return _sum(stage, one["currency"], one["amount"], bool(about), _text(one["count"]))


def _text(count: int | None) -> str:
    return "" if count is None else str(count)


def of_table(text: str) -> Facts:
    """What the CSV says; each firm once, however many lines it has."""
    facts: Facts = Counter()
    firms: set[str] = set()
    for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))):
        part, name = row["Part"], row["Name"].removeprefix("'")
        amount = _sum(
            row["Stage"], row["Currency"], row["Amount"], bool(row["Approximate"]), row["Cases"]
        )
        if part == "Tie":
            facts[_fact("tie", name, row["Relation"], row["Independent sources"])] += 1
        elif part == "Firm":
            if row["Id"] not in firms:
                facts[_fact("firm", name, row["Grade"])] += 1
            firms.add(row["Id"])
            if row["Amount"]:
                facts[_fact("sum", name, amount)] += 1
        elif part == "Result of no single firm":
            facts[
                _fact(
                    "result",
                    amount if row["Amount"] else _sum(row["Stage"], "", "", False, row["Cases"]),
                )
            ] += 1
        elif part == "Firms that are not named":
            counted = row["Firms that took part"], row["Firms named"]
            facts[_fact("unnamed", name, *counted)] += 1
        elif part == "Partner":
            facts[_fact("sources", _number(row["Remark"]))] += 1
    return facts


def _number(text: str) -> int:
    """The number in a sentence, 0 if it has none."""
    found = re.search(r"[0-9][0-9,]*", text)
    return int(found[0].replace(",", "")) if found else 0


def of_page(html: str) -> Facts:
    """What the answer page says."""
    page = tree(html)
    facts: Facts = Counter({_fact("sources", _sources(page)): 1})
    for tie in page.all("li", cls="tie"):
        name = tie.one(cls="tie-line").all(cls="who")[0].text
        relation = tie.one(cls="tie-line").one(cls="rel").text
        found = re.search(r"independent sources: ([0-9]+)", tie.text)
        assert found
        facts[_fact("tie", name, relation, found[1])] += 1
    for group in page.all(cls="grade-group"):
        grade = group.one("h3").one(cls="grade").text
        for firm in group.all(cls="firm"):
            name = firm.one("h4").text
            facts[_fact("firm", name, grade)] += 1
            for line in firm.all(cls="figure-line"):
                facts[_fact("sum", name, _line(line))] += 1
    for section in page.all("section"):
        if section.all("h2", key="unattributed"):
            for line in section.all(cls="figure-line"):
                facts[_fact("result", _line(line))] += 1
        if section.all("h2", key="unnamed"):
            facts.update(_unnamed(item.one("p").text) for item in section.all("li"))
    return facts


def _sources(page: Element) -> int:
    return int(page.one("h2", key="sources").one(cls="n").text)


def _line(line: Element) -> str:
    stage = "".join(one.text for one in line.all(cls="stage"))
    cases = "".join(one.text for one in line.all(cls="cases")).removeprefix("cases: ")
    figure = "".join(one.text for one in line.all(cls="figure"))
    return _money(stage, figure, cases.replace(",", ""))


def _money(stage: str, figure: str, cases: str) -> str:
    found = MONEY.search(figure)
    if found is None:
        return _sum(stage, "", "", False, cases)
    return _sum(stage, found["currency"], found["amount"], bool(found["about"]), cases)


def _unnamed(text: str) -> str:
    found = re.fullmatch(
        r"(?P<name>.*): firms that took part: (?P<n>[0-9,]+); "
        r"(?:named: (?P<named>[0-9,]+)|none is named)\.",
        text,
    )
    assert found, text
    counts = (one.replace(",", "") for one in (found["n"], found["named"] or "0"))
    return _fact("unnamed", found["name"], *counts)


def of_brief(html: str) -> tuple[Facts, int]:
    """What the brief says, and how many lines it left out."""
    page = tree(html)
    facts: Facts = Counter({_fact("sources", _sources_told(page)): 1})
    for item in _items(page, "ties"):
        told = item.one(cls="text").text.split(" · ")
        facts[_fact("tie", item.one("b").text, told[0], told[-1].rpartition(" ")[2])] += 1
    for item in _items(page, "firms"):
        name, grade = item.one("b").text, Grade(item.attributes["data-grade"])
        facts[_fact("firm", name, WORDS.of("grade", grade))] += 1
        for figure in item.all(cls="figure"):
            facts.update(_fact("sum", name, _briefly(one)) for one in figure.text.split("; "))
    for item in _items(page, "unattributed"):
        stage = item.one("b").text
        money = "".join(one.text for one in item.all(cls="figure"))
        cases = re.search(r"cases: ([0-9,]+)", item.one(cls="text").text)
        counted = cases[1].replace(",", "") if cases else ""
        facts[_fact("result", _money("" if stage == "Result" else stage, money, counted))] += 1
    facts.update(
        _unnamed(item.text) for item in _items(page, "gaps") if "firms that took part" in item.text
    )
    left = sum(_number(one.text) for one in page.all("p", cls="more"))
    return facts, left


def _sources_told(page: Element) -> int:
    return _number(page.one("p", cls="verdict").text)


def _items(page: Element, key: str) -> list[Element]:
    return [item for part in page.all("section", key=f"section-{key}") for item in part.all("li")]


def _briefly(text: str) -> str:
    """`contract USD 300,000 (cases: 1, at the partner)`."""
    cases = re.search(r"\(cases: ([0-9,]+)", text)
    found = MONEY.search(text)
    assert found, text
    return _money(text[: found.start()].strip(), text, cases[1].replace(",", "") if cases else "")
