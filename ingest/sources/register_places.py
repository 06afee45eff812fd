"""The two ends of a row of a register: a Korean municipality, and a city abroad."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.files import shown
from ingest.places_names import stated_id
from ingest.sources.register_values import Named, read_city, read_country_cell
from ingest.sources.settling import Place
from ingest.tables_values import Unread

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ingest.sources.register_meta import RegisterMeta


@dataclass(slots=True)
class RegisterPlaces:
    """Collects the places of one register by the ids that their cells give."""

    meta: RegisterMeta
    found: dict[str, Place] = field(default_factory=dict)

    def ends(
        self, row: int, values: Mapping[str, str], say: Callable[[str, str], None]
    ) -> tuple[str, str]:
        """The ids of home and partner; Unread if one of them is not named.

        `say` is told, by code and message, of a country that is not taken.
        """
        home = values.get("home") or self.meta.home
        if home is None:
            message = "the row does not say whose tie it is"
            raise Unread(message, "write home: in the metadata", "no-home")
        sighted = _partner(values)
        partner = read_city(sighted)
        read_city(home)
        code, region = _country(values, partner, say)
        outer = values.get("province") or region
        one = self._place(row, home, home, self.meta.home_country, values.get("home_province"))
        return one, self._place(row, values["city"], sighted, code, outer)

    def _place(self, row: int, cell: str, sighted: str, code: str | None, outer: str | None) -> str:
        """The id of a place; `sighted` is its cell, with what another column adds to it."""
        named = read_city(sighted)
        node_id = stated_id(sighted, code, outer, {})
        place = self.found.get(node_id)
        if place is None:
            note = None if plain(cell) else cell
            place = Place(node_id, row, dict(named.names), sighted, code, outer, note=note)
            self.found[node_id] = place
        for language, name in named.names.items():
            if place.names.setdefault(language, name) != name:
                place.spellings.append(name)
        place.spellings += [one for one in named.spellings if one not in place.spellings]
        return node_id


def plain(cell: str) -> bool:
    """Whether a cell is a city's name and nothing else."""
    named = read_city(cell)
    return list(named.names.values()) == [cell] and not named.spellings


def _partner(values: Mapping[str, str]) -> str:
    """The city's cell, with the name in Latin letters if that has a column of its own."""
    if "english" not in values or "(" in values["city"]:
        return values["city"]
    return f"{values['city']} ({values['english']})"


def _country(
    values: Mapping[str, str], partner: Named, say: Callable[[str, str], None]
) -> tuple[str | None, str | None]:
    """The country's letters and a region named with it; one that is unknown is told."""
    cell = values.get("country")
    if cell is None:
        if partner.country is None:
            say("country", "the country is empty; none is taken")
        return partner.country, None
    code, region, known = read_country_cell(cell)
    if not known:
        say("country", f"{shown(cell)} is no country; none is taken")
    return code, region
