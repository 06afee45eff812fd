"""The words of the closed lists in Korean and English; the first of each is shown to people."""

from __future__ import annotations

from graph.values import Currency
from ingest.files import CURRENCY_FIX
from ingest.tables_values import checked, one_of

source_kind = one_of(
    {
        "article": "기사,신문기사,보도,보도자료,언론,뉴스,news",
        "register": "대장,등록부,공식대장,명부,등기,registry",
        "statement": "기업 발표,기업 진술,자사 발표,firm statement",
        "dataset": "데이터,데이터셋,자료집,통계,data,data set",
        "decision": "검토 결정,결정,review decision",
    }
)
level = one_of(
    {
        "municipality": "시,기초자치단체,광역시,특별시,city,town",
        "district": "구,자치구,ward",
        "county": "군,현,regency",
        "province": "도,성,주,광역자치단체,prefecture,state",
        "region": "지역,권역",
    }
)
tie = one_of(
    {
        "SISTER_CITY": "자매,자매도시,자매결연,자매결연도시,sister,sister cities",
        "FRIENDSHIP_CITY": "우호,우호도시,우호협력도시,우호교류도시,friendship,friendship cities",
        "EXCHANGE_CITY": "교류,교류도시,exchange,exchange cities",
        "TWINNED": "결연,결연 종류 모름,twin,twin city,twin town",
        "AGREEMENT": "협약,협정,MOU,LOI,MOA,양해각서,의향서,합의각서,업무협약",
    }
)
form = one_of(
    {
        "mou": "양해각서,업무협약 MOU,MOU 체결,memorandum of understanding",
        "loi": "의향서,letter of intent",
        "moa": "합의각서,memorandum of agreement",
        "agreement": "협약,협약서,협정,업무협약",
    }
)
tie_status = one_of(
    {
        "proposed": "추진,추진 중,협의 중,planned",
        "signed": "체결,서명,결연,결연 체결",
        "in_force": "유지,유효,교류 중,지속,existing,active",
        "dormant": "휴면,중단",
        "ended": "해지,종료,파기",
    }
)
mission_status = one_of({"planned": "예정,계획", "completed": "완료,실시,종료,done"})
role = one_of(
    {
        "host": "주최",
        "organiser": "주관,organizer",
        "co_host": "공동 주관,공동 주최,공동",
        "venue": "장소 제공,장소,개최지",
        "sponsor": "후원,협찬",
    }
)
stage = one_of(
    {
        "inquiry": "인콰이어리,문의,enquiry",
        "consultation": "상담,상담액,수출 상담,상담 실적,상담 성과",
        "expected": "계약 추진,계약 추진액,수출 계약 추진,예상,전망,계약 예상",
        "mou": "수출 MOU,의향서,양해각서,LOI",
        "provisional": "가계약,약정 계약,약정",
        "contract": "계약,현장 계약,실계약,계약 체결,수출 계약",
        "shipment": "발주,선적,출고",
        "export_result": "수출 실적,수출,export",
        "lapsed": "무산,취소,해지,cancelled",
        "mixed": "혼합,여러 단계,합산",
        "adoption": "도입,채택",
    }
)
scope = one_of(
    {
        "total": "전체,총계,합계,총액,whole",
        "place": "지역,장소,도시,방문지,leg",
        "firm": "기업,업체,회사,company",
    }
)
_CURRENCY = {
    "USD": "달러,미국 달러,미화,불,미불,US달러,$,US$,dollar",
    "KRW": "원,원화,한국 원,₩,won",
    "EUR": "유로,유로화,€,euro",
    "JPY": "엔,엔화,일본 엔,¥,yen",
    "CNY": "위안,위안화,인민폐,yuan,RMB",
}
_known_currency = one_of(_CURRENCY)


def currency(cell: str) -> str:
    """The three letters of a currency, or a word for one of the usual ones."""
    if len(cell) == 3 and cell.isascii() and cell.isalpha() and cell.upper() != "RMB":
        return str(checked(Currency, cell.upper(), CURRENCY_FIX))
    return _known_currency(cell)
