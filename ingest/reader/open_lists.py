"""Firms side by side that no word closes, and lists of firms with their sums."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.reader.firm_words import GENERIC, MARK, has_ending, is_name
from ingest.reader.firms import Firm, acceptable, bare
from ingest.reader.lists import BRACKETS, ITEM, is_goods, is_spot, item

if TYPE_CHECKING:
    from collections.abc import Container, Sequence


def open_lists(text: str, start: int, end: int, known: Container[str]) -> list[tuple[Firm, ...]]:
    """Firms side by side that no word closes: one of them at least is a firm for sure."""
    told = text[start:end]
    masked = BRACKETS.sub(lambda found: "\x01" * len(found[0]), told)
    cuts = [found.span() for found in ITEM.finditer(masked)]
    edges = list(zip([0, *(c[1] for c in cuts)], [*(c[0] for c in cuts), len(told)], strict=True))
    found: list[tuple[Firm, ...]] = []
    n = 0
    while n < len(edges) - 1:
        run = _run(text, start, edges[n:])
        if len(run) > 1 and _sure(run, known):
            found.append(tuple(run))
        n += max(1, len(run) - 1)
    return found


def _run(text: str, offset: int, edges: Sequence[tuple[int, int]]) -> list[Firm]:
    """The firms of one list: the last word of its first part, whole parts, the head of the last."""
    first = item(text, offset + edges[0][0], offset + edges[0][1])
    if first is None:
        return []
    run = [first]
    for begin, stop in edges[1:]:
        whole = item(text, offset + begin, offset + stop)
        if whole and not text[offset + begin : whole.span[0]].strip():
            run.append(whole)
            continue
        if head := _head(text, offset + begin, offset + stop):
            run.append(head)
        break
    return run


_HEAD = re.compile(
    rf"\s*(?P<mark>(?:농업회사법인\s?)?(?:{MARK})\s?)?(?P<name>[A-Za-z0-9가-힣&]{{2,24}})(?P<after>㈜|"
    rf"\(\s?주\s?\))?(?P<goods>\s?\([^()]{{1,60}}\))?"
)


_TITLES = re.compile(r"\s(?:대표|등|두|세|네|\d)")


def _head(text: str, start: int, end: int) -> Firm | None:
    """The firm that the last part of a list begins with; an ending must follow its name."""
    found = _HEAD.match(text, start, end)
    if not found:
        return None
    marked = bool(found["mark"] or found["after"])
    name, particle = (
        bare(found["name"]) if not (found["goods"] or found["after"]) else (found["name"], "")
    )
    follows = particle or found["goods"] or found["after"] or _TITLES.match(text, found.end())
    if not follows or not (marked or (is_name(name) and acceptable(name))):
        return None
    at = found.start("name")
    span = (found.start("mark") if found["mark"] else at, at + len(name))
    return Firm(at, at + len(name), span, name, "mark" if marked else "list", particle=particle)


def _sure(run: Sequence[Firm], known: Container[str]) -> bool:
    """Whether a list is one of firms: most of a pair, one of many, none a kind of goods."""
    sure = sum(f.marked or has_ending(f.name) or f.name in known for f in run)
    if any(f.name in GENERIC or is_spot(f.name) for f in run):
        return False
    return sure * 2 >= len(run) or (sure > 0 and len(run) > 2)


_PRICED = re.compile(
    r"(?:^|[\s,·:▲△▷(㈜])(?P<name>[A-Za-z0-9가-힣&]{2,20}?)(?P<goods>\s?\([^()]{1,40}\))?"
    r"(?P<particle>은|는|이|가|사)?"
    r"(?:\s(?P<what>(?:(?![가-힣]*[이가은는]\s)[가-힣A-Za-z]{1,10}\s){1,3})|\s?)(?:[,:]\s?)?$"
)


def priced(text: str, start: int, amounts_at: Sequence[int]) -> list[Firm]:
    """Firms in a list of sums: each name, its goods perhaps in brackets, just before a sum.

    A name that does not end as those of firms do counts beside one that does.
    """
    found, sure = [], 0
    floor = start
    for at in amounts_at:
        match = _PRICED.search(text, max(floor, at - 64), at)
        floor = at
        if not match or (match["what"] and not match["particle"]):
            continue
        name = match["name"] if match["particle"] or match["goods"] else bare(match["name"])[0]
        placed = is_spot(name) or is_spot(name + (match["particle"] or ""))
        if not (is_name(name) and acceptable(name)) or placed:
            continue
        goods = bool(match["goods"]) and is_goods(match["goods"].strip(" ()"))
        sure += bool(goods or has_ending(name))
        span = (match.start("name"), match.start("name") + len(name))
        found.append(Firm(*span, span, name, "list"))
    return found if sure and (len(found) > 1 or sure == len(found)) else []


def runs(firms: list[Firm], text: str) -> list[tuple[Firm, ...]]:
    """Known firms that stand side by side with the sign of a list between them."""
    groups: list[list[Firm]] = []
    for firm in firms:
        last = groups[-1][-1] if groups else None
        if last and _joins(text, last, firm):
            groups[-1].append(firm)
        else:
            groups.append([firm])
    return [tuple(group) for group in groups]


_ROLE = (
    r"(?:[가-힣A-Za-z0-9·]{1,12}\s){0,3}?(?:[가-힣A-Za-z0-9·]{0,10}(?:업체|기업|"
    r"회사)(?:인)?|[가-힣A-Za-z]{1,10}(?:을|를)\s(?:[가-힣]+\s)?[가-힣]*(?:하는|드는|된|"
    r"한|중인))\s"
)


_JOIN = re.compile(
    rf"(?:사)?\s?(?:\([^()]{{1,60}}\))?\s?(?:(?:,|·|/|및|와|과|"
    rf"하고)\s?(?P<role>{_ROLE})?)?(?:㈜|\(\s?주\s?\))?\s?"
)


_THEIRS = re.compile(r"수입|유통|현지|바이어|해외|구매|미국|중국|일본|베트남|상대")


def _joins(text: str, one: Firm, two: Firm) -> bool:
    between = text[one.span[1] : two.span[0]]
    found = _JOIN.fullmatch(between) if between and len(between) < 70 else None
    return found is not None and not _THEIRS.search(found["role"] or "")
