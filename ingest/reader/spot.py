"""A place where it is printed, and the forms that a place's name takes in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ingest.reader.names import city_state

Kind = Literal["country", "area", "city", "region", "korean", "unknown"]


SUFFIX = "특별자치시|특별시|직할시|광역시|자치주|자치구|자치현|카운티|시|성|주|현|군|구|도|부|정"


PARTICLE = (
    r"(?:에서의|에서는|에서도|에서만|에서|에선|에게|에는|에도|에만|에|으로부터|로부터|으로의|"
    r"로의|으로도|로도|으로|로|"
    r"과의|와의|과는|와는|과도|와도|과|와|의|은|는|이|가|을|를|도|만|및|간의|간에|간|까지|부터|"
    r"이나|나|이며|이고|인|"
    r"이라는|라는|측과의|측과|측은|측이|측에|측|처럼|보다|이란|들은|등지의|등지에서|"
    r"등지에|등지로|등지|"
    r"등에서|등에|등의|등을|등과|등이|등은|등)?"
)


HEAD = (
    r"정부청사|시정부|성정부|정부|시청|장관|시장|시내|성장|지사|청장|청사|청|장|의회|"
    r"인민위원회|지역|지방|현지|일대|인근|국제|공항|항만|"
    r"무역관|총영사관|대사관|상공회의소|상의|박람회|전시회|상담회|무역사절단|시장개척단|사절단|"
    r"개척단|촉진단|수출상담회|수출|진출|방문|순방|"
    r"시장|대표단|방문단|바이어|법인|지사|지점|공장|대학교|대학|컨벤션센터|전시장|엑스포|무역|"
    r"해외|식품|통상|우호|자매|당국|민|주민|측|국립|한인|한국|내|산|권|행|발|항|소재|출신|외곽|"
    r"남부|북부|동부|서부|중부|투자|경제|산업|수도|농식품|뷰티|K-?|글로벌"
)


REST = re.compile(
    rf"(?P<suffix>{SUFFIX})?(?P<head>{HEAD})?(?P<head2>{HEAD})?(?P<particle>{PARTICLE})$"
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where it is printed: `name` is the standard bare one, `suffix` the word for its kind.

    `particle` is the ending, `head` what of the place is named (its mayor, its market). `inner`
    is False where only a part of a name stands there: the country before its city.
    """

    start: int
    end: int
    name: str
    suffix: str
    country: str | None
    kind: Kind
    particle: str = ""
    head: str = ""
    stop: int = 0
    outer: str | None = None
    inner: bool = True
    weak: bool = False
    gloss: bool = False

    @property
    def full(self) -> str:
        """The name of the government: foreign ones with their suffix, Korean ones as usual."""
        if self.kind == "korean":
            return self.name
        if self.kind == "city":
            return self.name + (self.suffix or ("" if self.name.endswith("시") else "시"))
        return (
            self.name
            if not self.suffix or self.name.endswith(self.suffix)
            else self.name + self.suffix
        )

    @property
    def abroad(self) -> bool:
        """Whether the place is a foreign city or region."""
        return self.kind in {"city", "region"} or (
            self.kind == "unknown" and self.country is not None
        )


def bare_place(spot: Spot) -> tuple[str | None, str | None]:
    """The name and country of a place as a mission's or deal's place is given."""
    if spot.kind == "country":
        state = city_state(spot.country)
        return state, spot.country
    if spot.suffix.startswith("자치"):
        return spot.name + spot.suffix, spot.country
    return spot.name, spot.country
