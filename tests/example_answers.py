"""Answers built by hand for the pages: Bandung as the sources have it, an empty one, a crowd."""

from typing import Any

from graph.claims import CLAIM_CLASSES, Claim
from graph.dates import PartialDate
from graph.questions.answers import (
    Amount,
    BeneficiariesAnswer,
    Beneficiary,
    Citation,
    Coverage,
    DealRef,
    Evidence,
    Flags,
    HomeTieLine,
    Missing,
    Neighbour,
    NeighbourhoodAnswer,
    NotAttributable,
    Ref,
    Unnamed,
)
from graph.questions.scene_answer import SceneAnswer, SceneNode, Step, Trip
from graph.values import Grade, Stage
from visualize.page import view_page
from visualize.scene import Scene

SOURCE = "source:suwon-2008"
MISSION = "mission:suwon-2008"
FIRMS = {
    "firm:greenzone": ("그린존", "Green Zone"),
    "firm:geojin": ("거진산업", "Geojin Industry"),
    "firm:deltaio": ("델타아이오", "Delta IO"),
    "firm:humantec": ("휴민텍", "Humantec"),
    "firm:gundo": ("건도하이텍", "Gundo Hitech"),
}


def ref(node_id: str, ko: str, en: str, country: str | None = None) -> Ref:
    """A node in short, with both names."""
    kind = node_id.partition(":")[0].capitalize()
    return Ref(id=node_id, kind=kind, name=ko, names={"ko": ko, "en": en}, country=country)


BANDUNG = ref("city:Q10389", "반둥", "Bandung", "ID")
SUWON = ref("city:Q20934", "수원", "Suwon", "KR")
JAKARTA = ref("city:Q3630", "자카르타", "Jakarta", "ID")
KL = ref("city:Q1865", "쿠알라룸푸르", "Kuala Lumpur", "MY")
MISSION_REF = ref(
    MISSION, "2008 수원시 국제자매도시 시장개척단", "Suwon sister-city trade mission 2008"
)
FIRM_REFS = [ref(firm, ko, en, "KR") for firm, (ko, en) in FIRMS.items()]
DEAL = Ref(
    id="deal:suwon-2008.greenzone",
    kind="Deal",
    name="deal:suwon-2008.greenzone",
    names={},
    country=None,
)


def cite(line: int | None, **changes: Any) -> Citation:
    """The article, at a line."""
    fields: dict[str, Any] = {
        "source": SOURCE,
        "title": "국제자매도시 시장개척단, 수출증진 등 1석3조 효과",
        "publisher": "수원시",
        "published": PartialDate.parse("2008-06-10"),
        "url": "https://news.example.org/article?id=1&x=2",
        "locator": line,
    }
    return Citation(**(fields | changes))


def claim(kind: str, start: str, end: str, line: int | None = None, **fields: Any) -> Claim:
    """One claim of the article."""
    made: Claim = CLAIM_CLASSES[kind].model_validate(
        {"kind": kind, "from": start, "to": end, "source": SOURCE, "locator": line, **fields}
    )
    return made


TIE = claim("SISTER_CITY", BANDUNG.id, SUWON.id, 6, status="in_force")
VISIT = claim("VISITED", MISSION, BANDUNG.id, 6, first_day="2008-05-26", last_day="2008-05-31")
ORGANISED = claim("HOSTED", BANDUNG.id, MISSION, 5, role="co_host")
VENUE = claim("HOSTED", BANDUNG.id, MISSION, 7, role="venue")
CREDITED = claim("CREDITS", BANDUNG.id, MISSION, 7, note="우호적 지원")


def joined(firm: str, line: int) -> Claim:
    """A firm that took part."""
    return claim("PARTICIPATED_IN", firm, MISSION, line, products=("천연 화장품",))


def _amount() -> Amount:
    deal = DealRef(id=DEAL.id, stage_word="수출상담", date=None, approximate=None)
    return Amount.model_validate(
        {
            "stage": "consultation",
            "currency": "USD",
            "amount": "600000",
            "count": 1,
            "at_partner": False,
            "deals": [deal],
        }
    )


def _firm(index: int, firm: Ref) -> Beneficiary:
    claims = [TIE, ORGANISED, VISIT, joined(firm.id, 9 + index)]
    if index == 0:
        claims.append(claim("SOLD", firm.id, DEAL.id, 10))
    return Beneficiary(
        firm=firm,
        home=SUWON,
        grade=Grade.SUPPORTED,
        flags=Flags(
            participated=True,
            hosted=True,
            counterparty=False,
            tie_in_force=True,
            credited="mission",
            confirmed=False,
            independent_sources=1,
        ),
        missing=(
            Missing(
                flag="credited", why="no source credits the partner", code="no_credit", values={}
            ),
        ),
        amounts=(_amount(),) if index == 0 else (),
        evidence=(
            Evidence(claims=tuple(claims), citations=tuple(cite(c.locator) for c in claims)),
        ),
    )


def _together() -> Beneficiary:
    claims = [VISIT, claim("PARTICIPATED_IN", "firm:arasoft", MISSION, 12)]
    return Beneficiary(
        firm=ref("firm:arasoft", "아라소프트", "Arasoft", "KR"),
        home=None,
        grade=Grade.CO_OCCURRENCE,
        flags=Flags(
            participated=True,
            hosted=False,
            counterparty=False,
            tie_in_force=False,
            credited=None,
            confirmed=False,
            independent_sources=1,
        ),
        missing=(
            Missing(
                flag="tie_in_force",
                why="signed later",
                code="tie_not_in_force_yet",
                values={
                    "begins": "2025-11-12",
                    "tie_kind": "AGREEMENT",
                    "signed_on": "2025-11-13",
                },
            ),
            Missing(flag="counterparty", why="none", code="no_counterparty", values={}),
        ),
        amounts=(),
        evidence=(Evidence(claims=tuple(claims), citations=(cite(6), cite(12))),),
    )


def _result(stage: Stage, amount: str, word: str) -> NotAttributable:
    return NotAttributable.model_validate(
        {
            "deal": DealRef(
                id=f"deal:suwon-2008.{stage.value}",
                stage_word=word,
                date=PartialDate.parse("2008-05-26/2008-05-31"),
                approximate=True,
            ),
            "stage": stage,
            "currency": "USD",
            "amount": amount,
            "count": None,
            "why": "no_seller_named_no_city",
            "citations": [cite(5)],
        }
    )


def bandung() -> BeneficiariesAnswer:
    """Five firms supported, one seen together (of another story), two totals of no firm."""
    return BeneficiariesAnswer(
        dataset_version="0123456789abcdef0123456789abcdef",
        partner=BANDUNG,
        home=SUWON,
        as_of=None,
        ties=(
            HomeTieLine(
                partner=BANDUNG,
                home=SUWON,
                kind="SISTER_CITY",
                form=None,
                status=TIE.status,  # type: ignore[attr-defined] # the example is a tie
                signed_on=None,
                independent_sources=1,
                claims=(TIE,),
                citations=(cite(6),),
            ),
        ),
        beneficiaries=(*(_firm(i, firm) for i, firm in enumerate(FIRM_REFS)), _together()),
        below_min_grade=0,
        not_attributable=(
            _result(Stage.CONSULTATION, "5700000", "수출상담 실적"),
            _result(Stage.EXPECTED, "2000000", "계약 추진"),
        ),
        unnamed=(Unnamed(mission=MISSION_REF, firms_count=7, named=5, citations=(cite(5),)),),
        coverage=Coverage(answer="found", sources_read=1, citations=(cite(None),)),
    )


def nothing() -> BeneficiariesAnswer:
    """A source was read and names no firm."""
    return bandung().model_copy(
        update={
            "home": None,
            "ties": (),
            "beneficiaries": (),
            "not_attributable": (),
            "unnamed": (),
            "coverage": Coverage(
                answer="none_in_sources_read", sources_read=1, citations=(cite(None),)
            ),
        }
    )


def around(center: Ref = BANDUNG) -> NeighbourhoodAnswer:
    """Two steps around Bandung."""
    claims = [TIE, VISIT, ORGANISED, VENUE, CREDITED]
    claims += [joined(firm.id, 9 + index) for index, firm in enumerate(FIRM_REFS)]
    claims += [claim("SENT", SUWON.id, MISSION, 5), claim("VISITED", MISSION, KL.id, 6)]
    claims += [claim("VISITED", MISSION, JAKARTA.id, 6)]
    claims += [claim("SOLD", "firm:greenzone", DEAL.id, 10), claim("MADE_AT", DEAL.id, MISSION, 10)]
    nodes = [(SUWON, 1), (MISSION_REF, 1), (KL, 2), (JAKARTA, 2), (DEAL, 2)]
    nodes += [(firm, 2) for firm in FIRM_REFS]
    return NeighbourhoodAnswer(
        dataset_version="0123456789abcdef0123456789abcdef",
        center=center,
        nodes=tuple(Neighbour(**node.model_dump(), distance=d) for node, d in nodes),
        claims=tuple(claims),
        citations=tuple(cite(line) for line in range(5, 15)),
        truncated=False,
    )


def scene(center: Ref = BANDUNG) -> SceneAnswer:
    """The same as a scene: the mission and the city opened, one neighbour of each left."""
    near = around(center)
    nodes = [
        center,
        *(Ref(**{k: v for k, v in dict(n).items() if k != "distance"}) for n in near.nodes),
    ]
    first = (SUWON.id, MISSION)
    later = tuple(node.id for node in near.nodes if node.id not in first)
    return SceneAnswer(
        dataset_version=near.dataset_version,
        center=center,
        nodes=tuple(
            SceneNode(**dict(n), neighbours=4, left={"City": 13, "Firm": 1}) for n in nodes
        ),
        claims=near.claims,
        citations=near.citations,
        years={claim.id: (2008, 2008) for claim in near.claims if claim.kind == "VISITED"},
        trips={MISSION: Trip(sent=(SUWON,), visited=(KL, JAKARTA, BANDUNG))},
        steps=(
            Step(node=center.id, newcomers=first),
            Step(node=MISSION, newcomers=later),
        ),
        route=(center.id, MISSION, KL.id),
        histogram={2008: 3, 2010: 1},
        undated=2,
        node_totals={"City": 4, "Firm": 5, "Mission": 1, "Deal": 1},
        claim_totals={"SISTER_CITY": 1, "VISITED": 3, "PARTICIPATED_IN": 5, "SENT": 1, "SOLD": 1},
        crowded=False,
        cut=False,
    )


def scene_page(answer: SceneAnswer | None = None, **scene_of: Any) -> str:
    """The page of that scene, or of another answer."""
    told = answer or scene()
    return view_page(told, Scene(told.center.id, **scene_of))
