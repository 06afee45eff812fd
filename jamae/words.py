"""The words that only the command line says; the others are those of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from visualize.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

Lang = Literal["ko", "en"]

_OWN: dict[Lang, dict[str, str]] = {
    "ko": {
        "name": "이름",
        "kind": "종류",
        "country": "국가",
        "id": "식별자",
        "matched": "일치한 이름",
        "partner": "상대",
        "firm": "기업",
        "status": "상태",
        "signed": "체결",
        "independent": "독립 출처",
        "grade": "등급",
        "cite": "출처",
        "date": "날짜",
        "distance": "거리",
        "statement": "진술",
        "path": "경로 {n} · {length}단계",
        "no_path": "읽은 출처의 기록으로는 {hops}단계 안에 이어지지 않습니다.",
        "incomplete": "시간이 다해 일부만 찾았습니다.",
        "same_thing": "두 이름은 같은 것을 가리킵니다.",
        "home": "도시",
        "gaps": "교역 기록이 없는 결연",
        "gaps_lead": "국외 도시와의 결연 {tied}건 가운데 {traded}건에 교역 기록"
        "(사절단·행사·성과·협약)이 있고, {silent}건에는 없습니다.",
        "no_ties_abroad": "읽은 출처에 국외 도시와의 결연이 없습니다.",
        "no_firms": "읽은 출처에 이 조건의 기업이 없습니다.",
        "gaps_caution": "읽은 출처에 기록이 없다는 말이지 교역이 없었다는 말이 아닙니다.",
        "in_sources": "읽은 출처",
        "gap_none_in_sources_read": "{n}건을 읽었으나 없음",
        "gap_nothing_read": "읽은 출처 없음",
        "city": "도시",
        "score": "점수",
        "shared": "함께 가진 상대",
        "held_by": "이 상대를 가진 도시",
        "tied": "서로 결연",
        "similar": "상대가 겹치는 도시",
        "similar_lead": "상대 {partners}곳 가운데 하나라도 함께 가진 도시는 {found}곳입니다.",
        "score_of_similar": "점수: 함께 가진 상대마다 1/ln(그 상대의 상대 수)를 더한 값. "
        "여러 도시가 가진 상대일수록 적게 칩니다.",
        "lacking": "위 도시들에는 있고 {name}에는 없는 국외 상대 {lacked}곳",
        "communities": "함께 묶이는 도시들",
        "communities_lead": "도시 {cities}곳, 이어진 짝 {pairs}쌍({by})이 "
        "{found}묶음으로 나뉩니다.",
        "by_ties": "결연",
        "by_trade": "기록된 교역",
        "by_both": "결연과 기록된 교역",
        "in_no_community": "{name}: 다른 도시와 잇는 기록이 없어 어느 묶음에도 들지 않습니다.",
        "size": "도시 수",
        "central": "가장 많이 이어진 도시 (묶음 안의 이어짐)",
        "countries": "국가별 도시 수",
        "pairs_inside": "안의 짝",
        "pairs_outside": "밖과의 짝",
        "others": "그 밖 {n}개국",
        "louvain": "방법: 루뱅(Louvain, Blondel 외 2008), 모듈성 {modularity}, 씨앗값 {seed}. "
        "결연 1, 국외와의 사절단·행사·성과·협약 하나마다 1을 더합니다.",
        "communities_cut": "짝이 너무 많아 처음 {pairs}쌍만 나누었습니다: --place로 좁히십시오.",
        "worth": "무게 1/{one_in}",
        "worth_of_chain": "무게: 1을 길에 있는 것마다 그 이웃 수로 나눈 값. 길이가 같으면 무거운 "
        "사슬이 먼저입니다. 국가와 출처는 길에 넣지 않습니다.",
        "brokers": "기업과 국외 상대를 잇는 곳",
        "brokers_lead": "기업 {firms}곳이 {hops}단계 안에 국외 상대와 이어진 짝은 {pairs}쌍입니다.",
        "between": "이은 짝",
        "partners": "상대",
        "score_of_broker": "점수: 짝마다 가장 짧은 사슬 가운데 이곳을 지나는 몫을 더해 "
        "log2(이웃 수)로 나눈 값 (Brandes 2008). 국가와 출처는 세지 않습니다.",
        "brokers_cut": "기업이나 둘레가 너무 많아 일부만 살폈습니다: "
        "--home, --partner로 좁히십시오.",
        "no_totals": "조건에 맞는 성과가 기록에 없습니다.",
        "no_totals_caution": "기록된 금액이 없다는 말이지 교역이 없었다는 말이 아닙니다.",
        "made_during": "활동 기간 {date}",
        "left_out": "더하지 않은 것",
        "reason": "까닭",
        "part_of_counted": "더한 금액 {because}에 포함",
        "same_as_counted": "더한 성과 {because}와 같음",
        "mixed_stages": "여러 단계를 합한 금액",
        "adoption": "도입은 금액이 아님",
        "no_amount": "금액이 없음",
        "no_stage": "단계를 모름",
        "day_unknown": "모름",
        "date_unknown": "날짜를 모름",
        "severity": "정도",
        "code": "이름",
        "finding": "발견",
        "fix": "할 일",
        "error": "오류",
        "warning": "주의",
        "info": "참고",
        "no_findings": "살펴볼 것이 없습니다.",
        "about": "대상",
        "more_findings": "더 있습니다: --limit, --code, --severity로 고르거나 --format json으로 "
        "모두 볼 수 있습니다.",
        "not_listed": "여기 없는 것: {counted}",
        "known_findings": "기준 파일에 있는 것 {count}건은 보이지 않습니다.",
        "vanished_finding": "사라짐: {id} ({message})",
        "version": "자료 판",
        "line": "{n}번째 줄",
        "lines": "{n}번째 줄",
        "row": "{n}행",
        "rows": "{n}행",
        "more": "더 있습니다: --limit으로 늘리십시오.",
        "elsewhere": "다른 곳",
        "deals": "성과",
        "firms": "기업",
        "see_evidence": "근거 하나하나는 --evidence로 볼 수 있습니다.",
        "report": "진술 {read}건을 읽음: 새것 {inserted}, 바뀜 {updated}, 그대로 {unchanged}, "
        "거둠 {withdrawn}, 거절한 파일 {rejected}",
        "report_dry": "진술 {read}건을 읽음 (쓰지 않음): 새것 {inserted}, 바뀜 {updated}, "
        "그대로 {unchanged}, 거둠 {withdrawn}",
        "report_checked": "진술 {read}건, 출처 {sources}건: 모두 올바릅니다",
        "kept_in": "저장소 {store}",
        "list": "목록",
        "what": "무엇",
        "expected": "예상 수",
        "in_store": "저장소",
        "rows_read": "행",
        "used": "쓴 행",
        "repeated": "되풀이",
        "ties": "결연",
        "places": "도시",
        "known": "아는 곳",
        "unknown": "모르는 곳",
        "undecided": "못 정함",
        "merged": "모두 합쳐 노드 {nodes}개 (도시 {places}개), 결연 {ties}건. 그중 여러 출처에 "
        "있는 것 {in_several}건, 자기 자신과 맺은 것 {self_ties}건.",
        "to_decide": "도시 {n}곳은 여러 도시 가운데 하나일 수 있어 합치지 않았습니다. --undecided "
        "파일로 후보를 받아 정하십시오 (docs/places.md).",
        "undecided_in": "{file}: 정할 도시 {n}곳",
        "loaded": "있음 ({n})",
        "not_loaded": "없음",
        "lineage": "계통 {name}",
        "lineage_own": "계통 출처마다 따로",
        "origin_articles": "jamae 기여자, 기사는 기록마다 밝힘 · CC0-1.0",
        "origin_register": "대장을 낸 기관 · 이용 조건은 대장마다 다름",
        "expected_counts": "결연 {ties}\n도시 {places}",
        "list_articles": "자매결연과 교역을 다룬 보도 기사 다섯 건 (정리한 기록)",
        "list_wikidata": "위키데이터의 자매결연 (P190), 2022년 1월",
        "list_wikidata_live": "위키데이터의 자매결연 (P190), 지금 물어서",
        "list_twincities": "위키백과의 자매결연 목록, 2026년 2월",
        "list_register": "기관이 공개한 자매·우호도시 대장",
        "list_places": "도시의 한국어 이름, 다른 표기, GeoNames 번호",
        "how_articles": "함께 들어 있음: jamae ingest articles",
        "how_wikidata": "함께 들어 있음: jamae ingest wikidata",
        "how_wikidata_live": "내려받음: jamae ingest wikidata --live",
        "how_twincities": "받아 둔 파일에서: jamae ingest twincities 파일",
        "how_register": "가진 파일에서: jamae ingest register 파일…",
        "how_places": "함께 들어 있음: jamae ingest places",
        "pass": "통과",
        "fail": "실패",
        "setting": "설정",
        "value": "값",
        "origin": "정한 곳",
        "check": "점검",
        "result": "결과",
        "detail": "내용",
    },
    "en": {
        "name": "Name",
        "kind": "Kind",
        "country": "Country",
        "id": "Id",
        "matched": "Matched name",
        "partner": "Partner",
        "firm": "Firm",
        "status": "Status",
        "signed": "Signed",
        "independent": "Independent sources",
        "grade": "Grade",
        "cite": "Source",
        "date": "Date",
        "distance": "Steps",
        "statement": "Statement",
        "path": "Path {n} · steps: {length}",
        "no_path": "Nothing on record joins the two within {hops:step/steps}.",
        "incomplete": "Time ran out: there may be more.",
        "same_thing": "Both names mean the same thing.",
        "home": "City",
        "gaps": "ties without recorded trade",
        "gaps_lead": "Of {tied:tie/ties} with cities abroad, {traded:has/have} trade on record "
        "(a mission, event, result or agreement) and {silent:has/have} none.",
        "no_ties_abroad": "No tie with a city abroad is on record in the sources read.",
        "no_firms": "No firm on record fits.",
        "gaps_caution": "No record in the sources read does not mean that there was no trade.",
        "in_sources": "Sources read",
        "gap_none_in_sources_read": "none in {n:source read/sources read}",
        "gap_nothing_read": "nothing read",
        "city": "City",
        "score": "Score",
        "shared": "Shared partners",
        "held_by": "Cities that have it",
        "tied": "tied to each other",
        "similar": "cities with the same partners",
        "similar_lead": "It has {partners:partner/partners}; {found:city has/cities have} "
        "at least one of them too.",
        "score_of_similar": "Score: the sum of 1/ln(number of its partners) over the shared "
        "partners, so that one which many cities have counts little.",
        "lacking": "{lacked:partner/partners} abroad that the cities above have and {name} has not",
        "communities": "Clusters of cities",
        "communities_lead": "{cities:city/cities} and {pairs:joined pair/joined pairs} ({by}) "
        "fall into {found:cluster/clusters}.",
        "by_ties": "ties",
        "by_trade": "recorded trade",
        "by_both": "ties and recorded trade",
        "in_no_community": "{name}: nothing on record joins it with another city, so it is in "
        "no cluster.",
        "size": "Cities",
        "central": "Most joined (weight within)",
        "countries": "Cities by country",
        "pairs_inside": "Pairs within",
        "pairs_outside": "Pairs to others",
        "others": "{n:other country/other countries}",
        "louvain": "Method: Louvain (Blondel et al. 2008), modularity {modularity}, seed {seed}. "
        "A tie weighs 1, each mission, event, result and agreement with another country 1 more.",
        "communities_cut": "Too many pairs: only the first {pairs} were clustered; "
        "name places with --place.",
        "worth": "worth 1 in {one_in}",
        "worth_of_chain": "Worth: 1 divided by the neighbours of each thing on the way. Of chains "
        "of one length the worthier come first. Countries and sources are never on the way.",
        "brokers": "Who stands between firms and partners abroad",
        "brokers_lead": "Of {firms:firm/firms}, {pairs:pair/pairs} of a firm and a partner in "
        "another country are joined within {hops:step/steps}.",
        "between": "Pairs",
        "partners": "Partners",
        "score_of_broker": "Score: of each pair the share of the shortest chains that lead over "
        "it, summed, and divided by log2(neighbours) (Brandes 2008). Countries and sources never "
        "count.",
        "brokers_cut": "Too many firms or too much around them: only a part was looked at; "
        "name fewer with --home and --partner.",
        "no_totals": "No result on record fits.",
        "no_totals_caution": "No sum on record does not mean that there was no trade.",
        "made_during": "during {date}",
        "left_out": "Not added up",
        "reason": "Reason",
        "part_of_counted": "contained in the counted {because}",
        "same_as_counted": "the same result as the counted {because}",
        "mixed_stages": "one figure over several stages",
        "adoption": "an adoption is no money",
        "no_amount": "no amount",
        "no_stage": "stage unknown",
        "day_unknown": "unknown",
        "date_unknown": "date unknown",
        "severity": "Severity",
        "code": "Code",
        "finding": "Finding",
        "fix": "What to do",
        "error": "error",
        "warning": "warning",
        "info": "info",
        "no_findings": "Nothing to look at.",
        "about": "About",
        "more_findings": "There is more: raise --limit, choose with --code or --severity, or list "
        "all with --format json.",
        "not_listed": "Not listed: {counted}",
        "known_findings": "{count:finding/findings} of the baseline not shown.",
        "vanished_finding": "Gone: {id} ({message})",
        "version": "Data version",
        "line": "line {n}",
        "lines": "lines {n}",
        "row": "row {n}",
        "rows": "rows {n}",
        "more": "There is more: raise --limit.",
        "elsewhere": "elsewhere",
        "deals": "Results",
        "firms": "Firms",
        "see_evidence": "--evidence lists every statement.",
        "report": "Read {read:statement/statements}: {inserted} inserted, {updated} updated, "
        "{unchanged} unchanged, {withdrawn} withdrawn; {rejected:file/files} rejected",
        "report_dry": "Read {read:statement/statements} (nothing written): "
        "{inserted} would be inserted, "
        "{updated} updated, {unchanged} unchanged, {withdrawn} withdrawn",
        "report_checked": "{read:statement/statements} of {sources:source/sources}: all in order",
        "kept_in": "Store {store}",
        "list": "List",
        "what": "What",
        "expected": "Expected",
        "in_store": "In the store",
        "rows_read": "Rows",
        "used": "Used",
        "repeated": "Repeated",
        "ties": "Ties",
        "places": "Places",
        "known": "Known",
        "unknown": "Unknown",
        "undecided": "Undecided",
        "merged": "Together {nodes} nodes ({places} cities) and {ties} ties. Told by several "
        "sources: {in_several}. Of a place with itself: {self_ties}.",
        "to_decide": "{n} places may each be one of several cities, and were left apart: "
        "--undecided FILE writes them for you to decide (docs/places.md).",
        "undecided_in": "{file}: {n:place/places} to decide",
        "loaded": "yes ({n})",
        "not_loaded": "no",
        "lineage": "lineage {name}",
        "lineage_own": "lineage each its own",
        "origin_articles": "the jamae contributors; each record names its article · CC0-1.0",
        "origin_register": "the office that published it · terms as its metadata say",
        "expected_counts": "ties {ties}\nplaces {places}",
        "list_articles": "Five press articles on sister cities and trade, as records",
        "list_wikidata": "Twinned places in Wikidata (P190), January 2022",
        "list_wikidata_live": "Twinned places in Wikidata (P190), asked now",
        "list_twincities": "Wikipedia's lists of twin towns, February 2026",
        "list_register": "A register of sister cities as an office publishes it",
        "list_places": "Korean names, spellings and GeoNames ids of cities",
        "how_articles": "comes with jamae: jamae ingest articles",
        "how_wikidata": "comes with jamae: jamae ingest wikidata",
        "how_wikidata_live": "is downloaded: jamae ingest wikidata --live",
        "how_twincities": "from a file of yours: jamae ingest twincities FILE",
        "how_register": "from files of yours: jamae ingest register FILE…",
        "how_places": "comes with jamae: jamae ingest places",
        "pass": "pass",
        "fail": "FAIL",
        "setting": "Setting",
        "value": "Value",
        "origin": "Set by",
        "check": "Check",
        "result": "Result",
        "detail": "Detail",
    },
}


class Counted(int):
    """A number that takes its noun when formatted: `{n:source/sources}`."""

    def __format__(self, forms: str) -> str:
        one, _, many = forms.partition("/")
        if not many:
            return int.__format__(self, forms)
        return f"{int(self)} {one if self == 1 else many}"


class Said(Words):
    """The words of the pages and of the command line, in one language."""

    def own(self, key: str, **values: object) -> str:
        """A text of the command line, its gaps filled."""
        filled = {
            name: Counted(value) if isinstance(value, int) else value
            for name, value in values.items()
        }
        return _OWN[self.lang][key].format(**filled)

    def money(self, amount: Decimal, currency: str, *, approximate: bool | None = False) -> str:
        """As on the pages, with plain blanks: a terminal's lines are searched and copied."""
        return super().money(amount, currency, approximate=approximate).replace("\xa0", " ")

    def heads(self, keys: Iterable[str]) -> list[str]:
        """The headings of a table."""
        return [self.own(key) for key in keys]


def keys_of(lang: Lang) -> frozenset[str]:
    """The keys of a language, for the test that both have the same."""
    return frozenset(_OWN[lang])
