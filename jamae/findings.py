"""Findings of the checks as a person reads them, in Korean or English.

The English sentences are those of the rules themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.questions.rules import RULES
from jamae.baseline import Report
from jamae.show import table, with_country
from jamae.wording import Said
from visualize.wording import Noun

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from graph.questions.answers import ChecksAnswer, Finding
    from jamae.telling import Page
    from jamae.wording import Lang

_ENGLISH = {rule.code: (rule.says, rule.fix) for rule in RULES}
_SHOWN = 6
"""Names of nodes in one cell; the others are counted."""
KOREAN = {
    "city_duplicate": (
        "한 나라에 이름이 같거나 거의 같은 도시가 둘 있고, 서로 {km} km 떨어져 있습니다",
        "같은 곳인지 다른 곳인지 결정 파일(same, different)에 적으십시오",
    ),
    "city_in_other_country": (
        "{country}에 있다고 하나 좌표({point})는 {other} 도시들 사이에 있습니다",
        "찾아보십시오. 좌표나 국가가 이름만 같은 다른 곳의 것입니다",
    ),
    "coordinates_differ": (
        "두 출처의 좌표가 {km} km 떨어져 있습니다",
        "찾아보십시오. 한 출처가 다른 곳의 좌표를 썼거나 두 곳이 하나로 합쳐졌습니다",
    ),
    "countries_differ": (
        "출처마다 국가가 다릅니다: {countries}",
        "찾아보십시오. 이름만 같은 두 곳이 합쳐졌을 수 있습니다(결정 파일: different)",
    ),
    "dates_reversed": (
        "시작({start})보다 먼저 끝납니다({end})",
        "출처에서 날짜를 확인하십시오. 두 출처가 하나씩 말했을 수 있습니다",
    ),
    "deal_before_tie": (
        "성과({made}까지)가 함께 보도된 결연의 체결({signed})보다 앞섭니다",
        "두 날짜를 확인하십시오. 맞다면 이 성과는 결연의 근거가 아닙니다",
    ),
    "deal_duplicate": (
        "두 출처가 같은 단계의 {amount} {currency}를 같은 기업이나 도시의 것으로 보도합니다",
        "같은 성과라면 SAME_DEAL_AS(deals.csv의 같은 실적)로 이으십시오. 지금은 두 번 더해집니다",
    ),
    "event_duplicate": (
        "이름이 같은 행사 둘의 기간이 겹칩니다({one}, {other})",
        "같은 행사라면 결정 파일에 same으로 적으십시오",
    ),
    "firm_duplicate": (
        "이름이 같은 기업이 둘이고 가를 것이 없습니다",
        "같은 곳인지 다른 곳인지 결정 파일(same, different)에 적으십시오",
    ),
    "mission_duplicate": (
        "같은 도시가 같은 곳에 보낸 사절단 둘의 기간이 겹칩니다({one}, {other})",
        "같은 사절단이라면 결정 파일에 same으로 적으십시오. 성과가 두 번 더해질 수 있습니다",
    ),
    "organization_duplicate": (
        "이름이 같은 기관이 둘이고 가를 것이 없습니다",
        "같은 곳인지 다른 곳인지 결정 파일(same, different)에 적으십시오",
    ),
    "part_in_other_country": (
        "속한 곳은 {outer}, 그 부분은 {inner}에 있습니다",
        "찾아보십시오. 이름만 같은 다른 곳에 속하게 했거나 국가가 틀렸습니다",
    ),
    "part_of_itself": (
        "서로가 서로에 속해 돌고 돕니다",
        "거꾸로 된 PART_OF를 빼거나 합친 것을 되돌리십시오",
    ),
    "partner_confusable": (
        "한 목록은 {one}의 도시를, 다른 목록은 이름이 비슷한 {other}의 도시를 상대로 듭니다",
        "그 도시에 확인하십시오. 둘 다 맞거나, 한 목록이 이름만 비슷한 곳을 적었습니다",
    ),
    "partner_twice": (
        "목록들이 같은 도시 {shared}곳을 한 나라의 이름이 같은 두 곳과 잇습니다",
        "두 곳이 같은지 다른지 결정 파일(same, different)에 적으십시오",
    ),
    "parts_above_whole": (
        "부분의 합 {parts} {currency}, 전체 {whole}",
        "출처에서 금액을 확인하고, 금액을 고치거나 부분에서 빼십시오",
    ),
    "parts_below_whole": (
        "부분이 빠짐없다는데 합은 {parts} {currency}, 전체는 {whole}",
        "빠진 부분을 더하거나 전체에서 `parts_complete`를 빼십시오",
    ),
    "source_undated": (
        "출처에 발행일이 없습니다",
        "발행일을 적으십시오. 결연과 합침이 발행일에 달려 있습니다",
    ),
    "source_unlicensed": (
        "목록에 이용 조건이 없어 나누어 주어도 되는지 알 수 없습니다",
        "발행한 곳에서 이용 조건을 찾아 `licence`에 적으십시오",
    ),
    "tie_disputed": (
        "가장 최근 출처들이 말하는 상태가 다릅니다: {statuses}",
        "최근 출처를 확인하십시오. 정말 다르다면 둘 다 두어도 됩니다",
    ),
    "tie_ended_before_signed": (
        "체결({signed})보다 먼저 끝났다고 합니다({ended})",
        "출처에서 두 날짜를 확인하고 하나를 고치십시오",
    ),
    "tie_in_force_after_end": (
        "한 출처는 {ended}까지 끝났다고 하고, 더 나중 출처는 이어진다고 합니다",
        "최근 출처를 확인하십시오. 나중 목록이 베낀 것이거나 다시 맺었을 수 있습니다",
    ),
    "tie_one_sided": (
        "첫째 도시의 목록에는 이 결연이 있고, 읽어 둔 둘째 도시의 목록에는 없습니다",
        "둘째 도시에 확인하십시오. 끝났거나 목록에서 빠졌을 수 있습니다",
    ),
    "tie_kinds_differ": (
        "출처마다 결연의 종류가 다릅니다: {kinds}",
        "두 도시의 목록에서 확인하십시오. 둘 다 두어도 됩니다",
    ),
    "tie_signed_after_source": (
        "출처의 발행({published})보다 나중에 체결되었다고 합니다({signed})",
        "결연이나 출처의 날짜를 고치십시오. 앞으로 맺을 결연은 proposed입니다",
    ),
    "tie_signed_twice": (
        "출처마다 체결일이 다릅니다: {dates}",
        "두 출처에서 확인하십시오. 다시 맺은 것이라면 둘 다 두어도 됩니다",
    ),
    "tie_with_itself": (
        "한 곳이 자기 자신과 결연했습니다",
        "찾아보십시오. 한쪽이 틀렸거나 잘못 합쳐졌습니다(결정 파일: different)",
    ),
    "ties_without_trade": (
        "결연 {ties}곳 가운데 {silent}곳과의 교역을 읽은 출처가 전하지 않습니다",
        "이 상대들에 관한 출처를 더 읽으십시오. 기록이 없다는 말이 혜택이 없다는 말은 아닙니다",
    ),
    "visit_outside_mission": (
        "방문일({visited})이 사절단의 기간({start} ~ {end})을 벗어납니다",
        "출처에서 날짜를 확인하고 방문이나 사절단을 고치십시오",
    ),
}
"""What each code says and what to do, with the gaps of the English sentence."""


def _table(lang: Lang) -> dict[str, tuple[str, str]]:
    return KOREAN if lang == "ko" else _ENGLISH


def told(one: Finding, lang: Lang) -> str:
    """What a finding says."""
    if lang == "en":
        return one.message
    words = Said(lang)
    gaps = {key: Noun(_word(words, key, value)) for key, value in one.values.items()}
    return KOREAN[one.code][0].format_map(gaps)


def _word(words: Said, key: str, value: str) -> str:
    """A value as it reads: kinds and statuses by their words."""
    table = {"kinds": "claim", "statuses": "status"}.get(key)
    return ", ".join(words.of(table, part) for part in value.split(", ")) if table else value


def told_rule(code: str, lang: Lang) -> str:
    """What findings of a code say, their gaps open."""
    return _table(lang)[code][0]


def told_fix(code: str, lang: Lang) -> str:
    """What to do about findings of a code."""
    return _table(lang)[code][1]


def told_of_data(answer: ChecksAnswer, page: Page) -> Iterator[RenderableType]:
    """The findings by code, each code with how many there are and what to do."""
    words = page.words
    if not answer.findings:
        yield words.own("no_findings")
    listed = {one.code: one.severity for one in answer.findings}
    for code, severity in listed.items():
        count = answer.counts.get(code, 0)
        yield f"{words.own(severity)} · {code} · {words.count(count)}"
        yield f"  {told_fix(code, words.lang)}"
        found = [one for one in answer.findings if one.code == code]
        yield table(
            words.heads(("about", "finding", "cite", "id")), [_row(one, page) for one in found]
        )
        yield ""
    if answer.next:
        yield words.own("more_findings")
        rest = [(code, n) for code, n in answer.counts.items() if code not in listed]
        if rest:
            counted = ", ".join(f"{code} {words.count(n)}" for code, n in rest)
            yield words.own("not_listed", counted=counted)
    if isinstance(answer, Report):
        yield from _held(answer, words)


def _held(report: Report, words: Said) -> Iterator[RenderableType]:
    """What the baseline holds: how many stand, and which are gone."""
    if report.known is not None:
        yield words.own("known_findings", count=report.known)
    for one in report.vanished or ():
        yield words.own("vanished_finding", id=one.id, message=one.message)


def _row(one: Finding, page: Page) -> tuple[str, ...]:
    return (
        "\n".join(_about(one, page)),
        told(one, page.words.lang),
        page.cite(one.citations),
        one.id,
    )


def _about(one: Finding, page: Page) -> Iterator[str]:
    """The nodes that it is about, with the ids that a decision names, then others beside."""
    for ref in one.nodes:
        if ref.id in one.about:
            yield f"{with_country(ref, page)} {ref.id}"
    beside = [with_country(ref, page) for ref in one.nodes if ref.id not in one.about]
    if beside:
        more = f" +{len(beside) - _SHOWN}" if len(beside) > _SHOWN else ""
        yield ", ".join(beside[:_SHOWN]) + more
