"""The pages as they are served: found by name, in two languages, never a broken page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from starlette.testclient import TestClient

from graph.claims import Claim
from graph.nodes import City, Organization, Source
from graph.store import GraphStore
from tests.graphs import (
    FIRM,
    FORMER,
    HOME,
    MISSION,
    PARTNER,
    FailingStore,
    merge,
    served,
    stored,
    trade,
)
from tests.random_graphs import describing

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def namesakes() -> list[Claim]:
    """Two cities of one name."""
    source = Source(id="source:names")
    cities = [City(id=f"city:twin-{n}", names={"en": "Springfield"}) for n in (1, 2)]
    club = Organization(id="organization:kr-sisters", names={"en": "Sister Cities of Anywhere"})
    return describing(source.id, source, *cities, club)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with stored(tmp_path_factory.mktemp("pages"), trade(), merge(), namesakes()) as made:
        yield made


@pytest.fixture(scope="module")
def client(store: GraphStore) -> Iterator[TestClient]:
    with served(store) as made:
        made.headers.update(BROWSER)
        yield made


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=Bandung",
        "/?q=nobody at all",
        f"/?partner={PARTNER}",
        "/?partner=반둥&home=수원시&as_of=2024",
        f"/?partner={FORMER}&home=",
        f"/view?center={MISSION}&open=city:Q10389~City~12",
        "/view?center=Bandung",
        "/firm/kr-tree",
        "/city/Q2?part=ties",
        "/city/Q1?lang=en",
        "/mission/kr-2024",
        "/deal/kr-2024-1",
        "/country/KR?part=IN_COUNTRY.in&skip=1",
        "/source/news-2024",
        "/source/news-2024?kind=SENT",
        "/ties?city=수원",
        "/path?from=Suwon&to=Tree",
        f"/path?from={HOME}&to={HOME}",
        "/gaps",
        "/gaps?city=Suwon&skip=1",
        "/?utm_source=elsewhere",
    ],
)
def test_page_is_whole_html_under_a_strict_policy(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.text.rstrip().endswith("</html>")
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for link in re.findall(r'(?:src|href)="(/static/[^"]+)"', reply.text):
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("path", ["/", "/?q=Tree", "/view?center=Bandung", "/embed?center=Bandung"])
def test_a_page_that_was_kept_keeps_its_policy(client: TestClient, path: str) -> None:
    first = client.get(path).headers
    again = client.get(path, headers={"If-None-Match": first["etag"]})
    assert again.status_code == 304
    assert again.headers["content-security-policy"] == first["content-security-policy"]


@pytest.mark.parametrize("path", ["/docs", "/static/tokens.css", "/view.csv?center=Bandung"])
def test_nothing_that_was_kept_gets_another_policy(client: TestClient, path: str) -> None:
    known = {"If-None-Match": client.get(path).headers["etag"]}
    again = client.get(path, headers=known)
    assert again.status_code == 304
    policy = again.headers.get("content-security-policy")
    assert policy in {None, client.get(path).headers["content-security-policy"]}


def test_the_answer_names_firm_and_source(client: TestClient) -> None:
    text = client.get("/?partner=Bandung&lang=en").text
    assert "Tree" in text
    assert "A mission &lt;b&gt;&amp;&lt;/b&gt; its" in text


def test_the_first_page_offers_what_is_stored(client: TestClient) -> None:
    text = client.get("/").text
    assert f"partner={PARTNER.replace(':', '%3A')}" in text
    assert f"home={HOME.replace(':', '%3A')}" in text


@pytest.mark.parametrize(
    ("query", "accepts", "lang"),
    [
        ("?lang=ko", "en", "ko"),
        ("", "ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("", "en-GB,ko;q=0.5", "en"),
        ("", "fr", "en"),
    ],
)
def test_language_of_the_reader(client: TestClient, query: str, accepts: str, lang: str) -> None:
    reply = client.get(f"/{query}", headers={"Accept-Language": accepts})
    assert f'<html lang="{lang}">' in reply.text
    assert reply.headers["content-language"] == lang
    assert "Accept-Language" in reply.headers["vary"]


def test_an_ambiguous_name_lists_whom_it_may_mean(client: TestClient) -> None:
    reply = client.get("/?partner=Springfield")
    assert reply.status_code == 422
    assert "city%3Atwin-1" in reply.text
    assert "city%3Atwin-2" in reply.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/?partner=nobody", 404),
        ("/view?center=nobody", 404),
        ("/entities/city:nobody", 404),
        ("/city/nobody", 404),
        ("/firm/Q2", 404),
        ("/source/nobody", 404),
        ("/ties?city=nobody", 404),
        ("/path?from=Suwon&to=nobody", 404),
        ("/gaps?city=nobody", 404),
        ("/city/Q2?part=nothing", 422),
        ("/source/news-2024?kind=NOTHING", 422),
        ("/source/news-2024?after=a", 422),
        ("/city/..%2Fx", 404),
        ("/ties", 422),
        ("/nowhere", 404),
        ("/view", 422),
        ("/view?center=Bandung&open=Bandung", 422),
        ("/view?center=Bandung&as=poster", 422),
        ("/view?center=Bandung&from=x", 422),
        ("/?partner=%00", 422),
        (f"/?partner={FIRM}", 422),
        (f"/?partner=Bandung&home={FIRM}", 422),
    ],
)
def test_errors_are_pages_for_people_and_problems_for_programs(
    client: TestClient, path: str, status: int
) -> None:
    reply = client.get(path)
    assert reply.status_code == status
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert str(status) in reply.text
    told = client.get(path, headers={"Accept": "*/*"})
    assert told.status_code == status
    assert told.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "lang", "said"),
    [
        ("/?partner=Tree", "en", "Tree is on record, as: Firm. This question takes: City, Org"),
        ("/?partner=Tree", "ko", "나무산업은 기업으로 기록되어 있습니다"),
        ("/?partner=Bandung&home=Tree", "en", "Tree is on record, as: Firm. This question takes: "),
    ],
)
def test_a_name_of_another_kind_leads_to_its_own_page(
    client: TestClient, path: str, lang: str, said: str
) -> None:
    reply = client.get(f"{path}&lang={lang}")
    assert reply.status_code == 422
    assert said in reply.text
    [link] = set(re.findall(r'href="(/firm/kr-tree[^"]*)"', reply.text))
    assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "Nothing is on record under this name."), ("ko", "이 이름으로 기록된 것이 없습니다.")],
)
@pytest.mark.parametrize("path", ["/?partner=nobody", "/view?center=nobody"])
def test_a_name_that_nothing_has_is_told_as_a_name(
    client: TestClient, path: str, lang: str, said: str
) -> None:
    text = client.get(f"{path}&lang={lang}").text
    assert said in text
    assert "this id" not in text


def test_errors_of_the_api_are_problems_for_everyone(client: TestClient) -> None:
    for path in ("/v1/sources?x=1", "/v1/nowhere", "/static/nothing.js"):
        assert client.get(path).headers["content-type"] == "application/problem+json"


def test_a_fault_is_no_page_of_ours() -> None:
    with served(FailingStore(ZeroDivisionError("marker"))) as client:
        reply = client.get("/", headers=BROWSER)
    assert reply.status_code == 500
    assert "marker" not in reply.text


@pytest.mark.parametrize(
    ("path", "there"),
    [
        (f"/entities/{FORMER}?lang=ko", "/city/Q2?lang=ko"),
        (f"/entities/{PARTNER}", "/city/Q2"),
        ("/entities/wikidata:Q20714", "/city/Q1"),
        (f"/entities/{FIRM}", "/firm/kr-tree"),
        ("/city/Q3?lang=en&part=ties", "/city/Q2?lang=en&part=ties"),
        ("/?q=수원의 자매도시&lang=ko", "/ties?city=city%3AQ1&lang=ko"),
        ("/?q=반둥으로 덕을 본 기업&lang=ko", "/?partner=city%3AQ2&lang=ko"),
        (
            "/?q=firms of Suwon that benefit from Bandung&lang=en",
            "/?home=city%3AQ1&partner=city%3AQ2&lang=en",
        ),
        ("/?q=수원에서 나무산업까지&lang=ko", "/path?from=city%3AQ1&to=firm%3Akr-tree&lang=ko"),
        ("/?q=거래 기록이 없는 자매도시&lang=ko", "/gaps?lang=ko"),
        ("/?q=Suwon's sister cities without trade&lang=en", "/gaps?city=city%3AQ1&lang=en"),
        ("/?q=sister cities of Springfield&lang=en", "/ties?city=Springfield&lang=en"),
        ("/?q=sister cities of Nowhere&lang=en", "/ties?city=Nowhere&lang=en"),
    ],
)
def test_what_is_asked_by_another_name_moves(client: TestClient, path: str, there: str) -> None:
    reply = client.get(path, follow_redirects=False)
    assert reply.status_code == 308
    assert reply.headers["location"] == there
    assert reply.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("query", ["sister city of Springfield", "twin towns of Springfield?"])
def test_an_ambiguous_name_in_a_phrase_leads_on_to_the_same_question(
    client: TestClient, query: str
) -> None:
    reply = client.get("/", params={"q": query, "lang": "en"}, follow_redirects=True)
    assert reply.status_code == 422
    links = re.findall(r'class="result-name" href="([^"]+)"', reply.text)
    assert links == [f"/ties?city=city%3Atwin-{n}&amp;lang=en" for n in (1, 2)]
    assert "Sister cities and agreements of Springfield" in client.get(unescape(links[0])).text


def test_a_name_that_is_wholly_a_phrase_is_a_name(client: TestClient) -> None:
    reply = client.get("/", params={"q": "Sister Cities of Anywhere", "lang": "en"})
    assert reply.status_code == 200
    assert "/organization/kr-sisters" in reply.text


def test_every_line_of_a_page_leads_to_its_source(client: TestClient) -> None:
    text = client.get("/city/Q2?lang=en").text
    assert "/source/news-2024?lang=en" in text
    told = client.get("/source/news-2024?lang=en&kind=SENT").text
    assert "line 3" in told
    assert re.search(r"Suwon</a></span> <span class=\"rel\">sent", told)


@pytest.mark.parametrize(
    "name",
    ["", "../page.py", "..%2Fpage.py", "%2e%2e/page.py", "/etc/passwd", "tokens.css/", "vendor"],
)
def test_no_other_file_is_served(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_files_are_asked_for_once(client: TestClient) -> None:
    reply = client.get("/static/tokens.css")
    known = {"If-None-Match": reply.headers["etag"]}
    assert client.get("/static/tokens.css", headers=known).status_code == 304
