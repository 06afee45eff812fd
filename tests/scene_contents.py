"""A city with many sisters of different years, a mission with firms, and what hangs on them."""

from graph.claims import Claim, LocatedIn, ParticipatedIn, Sent, Visited
from graph.nodes import Firm, Mission
from tests.store_contents import city, sisters, source, told

LIST = source("list", source_kind="register", published="2020", title="A list")
HOME, MISSION = "city:home", "mission:m2008"
SISTERS = [f"city:s{n:02}" for n in range(30)]
FAR = "city:far"
"""One step beyond the last sister."""
FIRMS = [f"firm:f{n}" for n in range(5)]
YEARS = {one: 1990 + n for n, one in enumerate(SISTERS[:20])}
"""When the sisters signed; of the last ten nobody says it."""


def claims() -> list[Claim]:
    """All of it, as one source says it."""
    home = city("home", names={"ko": "본시", "en": "Home"})
    others = [
        city(f"s{n:02}", names={"ko": f"자매{n:02}", "en": f"Sister {n:02}"}) for n in range(30)
    ]
    far = city("far", names={"ko": "먼곳", "en": "Far"})
    mission = Mission(id=MISSION, names={"ko": "긴 이름의 무역사절단"}, start="2008-05-26")
    firms = [Firm(id=one, names={"ko": f"기업{one[-1]}"}) for one in FIRMS]
    ties = [
        sisters(LIST, home, one, **({"signed_on": str(YEARS[one.id])} if one.id in YEARS else {}))
        for one in others
    ]
    trips: list[Claim] = [
        Sent(from_=HOME, to=MISSION, source=LIST.id, locator=3),
        Visited(from_=MISSION, to=SISTERS[0], source=LIST.id, locator=4),
        *(ParticipatedIn(from_=one, to=MISSION, source=LIST.id, locator=5) for one in FIRMS),
        *(LocatedIn(from_=one, to=HOME, source=LIST.id) for one in FIRMS),
    ]
    described = told(LIST, home, *others, far, mission, *firms)
    return [*described, *ties, sisters(LIST, others[-1], far, signed_on="2001"), *trips]
