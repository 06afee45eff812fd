"""The made-up articles in tests/data/reader and what is true of each, as the score reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from ingest.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ingest.reader.score import Articles

FOLDER = Path(__file__).parent / "data" / "reader"
HELD_OUT = "held_out"
"""How the files begin that no rule was written on."""


@dataclass(frozen=True)
class Case:
    """One article: its text, what the caller knows, and the facts it tells."""

    id: str
    text: str
    published: str | None
    home: str | None
    gold: list[tuple[str, dict[str, Any]]]


def cases(*, held_out: bool) -> Iterator[Case]:
    """The articles in the order of their files."""
    for path in sorted(FOLDER.glob("*.yaml")):
        if path.name.startswith(HELD_OUT) is held_out:
            for told in yaml.safe_load(path.read_text("utf-8")):
                yield _case(told)


def _case(told: dict[str, Any]) -> Case:
    gold = [("mission", _mission(line)) for line in told.get("missions", ())]
    gold += [("deal", _deal(line)) for line in told.get("deals", ())]
    gold += [("participation", _firm(line)) for line in told.get("firms", ())]
    gold += [("agreement", _tie(line)) for line in told.get("ties", ())]
    published = told.get("published")
    return Case(
        told["id"], told["text"], str(published) if published else None, told.get("home"), gold
    )


def _where(word: str) -> dict[str, str | None]:
    name, _, country = word.partition("/")
    return {"name": name.replace("_", " ") or None, "country": country or None}


def _mission(line: str) -> dict[str, Any]:
    """`KIND STATUS START END PLACE…`, `-` for no day, a country alone as `/VN`."""
    kind, status, start, end, *places = line.split()
    return {
        "kind": kind,
        "status": status,
        "start": None if start == "-" else start,
        "end": None if end == "-" else end,
        "places": [_where(place) for place in places],
    }


def _deal(line: str) -> dict[str, Any]:
    """`STAGE AMOUNT CURRENCY`, then n48, krw230000000, @buyer, and the firms."""
    stage, amount, currency, *rest = line.split()
    value: dict[str, Any] = {
        "stage": stage,
        "amount": None if amount == "-" else int(amount),
        "currency": None if currency == "-" else currency,
        "count": None,
        "firms": [],
    }
    for word in rest:
        if re.fullmatch(r"n\d+", word):
            value["count"] = int(word[1:])
        elif word.startswith("krw"):
            value["krw"] = int(word[3:])
        elif word.startswith("@"):
            value["buyer"] = word[1:].replace("_", " ")
        elif word in {"event", "historical", "cumulative", "annual"}:
            value["period"] = word
        else:
            value["firms"].append(word.replace("_", " "))
    return value


def _firm(line: str) -> dict[str, Any]:
    """`FIRM` or `FIRM (goods)`."""
    name, _, product = line.partition(" (")
    value: dict[str, Any] = {"firm": name}
    return value | {"product": product[:-1]} if product else value


def _tie(line: str) -> dict[str, Any]:
    """`KIND STATUS DATE PARTY PARTY…`, `-` for no day, `<KIND` for what it was raised from."""
    kind, status, day, *parties = line.split()
    raised = next((word[1:] for word in parties if word.startswith("<")), None)
    value: dict[str, Any] = {
        "kind": kind,
        "status": status,
        "date": None if day == "-" else day,
        "parties": [_where(word) for word in parties if not word.startswith("<")],
    }
    return value | {"upgraded_from": raised} if raised else value


def gold_of(told: list[Case]) -> Articles:
    """What is true of the articles, by their ids."""
    return {case.id: case.gold for case in told}


def read_all(told: list[Case]) -> Articles:
    """What the reader proposes for the articles, by their ids."""
    return {
        case.id: [
            (one.type, one.normal_form()["value"])
            for one in read(case.text, published=case.published, home=case.home)
        ]
        for case in told
    }
