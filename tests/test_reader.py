"""The reader end to end: the made-up article of the design, word for word."""

from __future__ import annotations

import json
from typing import Any

from ingest.reader import read

ARTICLE = (
    "가람시는 지난 6~11일 다낭과 이포에 무역사절단을 보내 상담 48건 920만 달러, "
    "계약추진 315만5천 달러의 성과를 냈다. 누리봄식품(김), ㈜해오름바이오 등 7개 업체가 "
    "참가했으며 누리봄식품은 다낭에서 21만 달러를 현장에서 계약했다. 시는 또 지난 8일 "
    "이포시와 우호교류 의향서에 서명했다."
)
SHOWN = """
{"id":"p1","type":"mission","span":[0,31],"class":"consistent","reasons":["sender_place_same_clause","date_from_publication"],"value":{"kind":"trade_mission","sender":[{"name":"가람시","country":"KR"}],"organisers":[],"places":[{"name":"다낭","country":"VN"},{"name":"이포","country":"MY"}],"start":"2018-05-06","end":"2018-05-11","firms_count":7,"status":"completed"}}
{"id":"p2","type":"deal","span":[105,134],"class":"consistent","reasons":["stage_same_clause","firm_in_list","place_in_mission"],"value":{"stage":"contract","stage_word":"계약","stage_alt":[],"amount":210000,"currency":"USD","amount_alt":[],"krw":null,"count":null,"scope":"firm","firms":["누리봄식품"],"buyer":null,"place":{"name":"다낭","country":"VN"},"product":"김","period":"event","date":null,"mission":"p1","part_of":null,"flags":[]},"fields":{"amount":[[117,123]],"stage":[[130,132]],"firms":[[105,110]],"place":[[112,114]],"product":[[78,79]]}}
{"id":"p3","type":"participation","span":[82,104],"class":"consistent","reasons":["corporate_mark","closed_list"],"value":{"firm":"해오름바이오","product":null,"mission":"p1"}}
{"id":"p4","type":"agreement","span":[136,166],"class":"consistent","reasons":["actor_unique","verb_same_clause"],"value":{"kind":"loi","kind_alt":[],"level":"city","status":"signed","parties":[{"name":"가람시","country":"KR"},{"name":"이포시","country":"MY"}],"date":"2018-05-08","place":null,"upgraded_from":null}}
"""


def normal() -> list[dict[str, Any]]:
    return [one.normal_form() for one in read(ARTICLE, published="2018-05-14")]


def test_four_of_the_seven_proposals_are_exactly_those_shown() -> None:
    told = normal()
    assert len(told) == 7
    for line, one in zip(SHOWN.strip().splitlines(), told, strict=False):
        shown = json.loads(line)
        fields = one.pop("fields") if "fields" not in shown else None
        assert json.dumps(one, ensure_ascii=False) == json.dumps(shown, ensure_ascii=False)
        assert fields is None or fields


def test_the_other_three_are_the_totals_and_the_first_firm() -> None:
    rest = [one["value"] for one in normal()[4:]]
    deals = [(one["stage"], one["amount"], one["count"], one["scope"]) for one in rest[:2]]
    assert deals == [
        ("consultation", 9_200_000, 48, "total"),
        ("expected", 3_155_000, None, "total"),
    ]
    assert rest[2] == {"firm": "누리봄식품", "product": "김", "mission": "p1"}
