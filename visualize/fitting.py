"""What goes on one sheet of paper: which lines of several lists, and how many are left out."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes where `width` narrow letters go in one; at least one."""
    units = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
    return max(1, -(-units // width))


def fit(lists: Sequence[Sequence[int]], room: int) -> list[int]:
    """How many items of each list are shown, taken in turns until the room is spent.

    A list gives the lines that each of its items takes. Within a list nothing is skipped, so
    what is left out is always its end; a list that ends leaves its room to the others.
    """
    shown = [0] * len(lists)
    open_lists = set(range(len(lists)))
    while open_lists:
        for place in sorted(open_lists):
            if shown[place] == len(lists[place]) or lists[place][shown[place]] > room:
                open_lists.discard(place)
                continue
            room -= lists[place][shown[place]]
            shown[place] += 1
    return shown
