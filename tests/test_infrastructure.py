"""The ground the other tests stand on: the real server, the real browser, the project's files."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError
from playwright.sync_api import Browser, Page

from tests.browser import BrowserUnavailable, chromium_path
from tests.neo4j_engines import IMAGE, SETTINGS, VERSION, variable
from tests.neo4j_server import Neo4jServer, ServerUnavailable, any_server, own_server

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
CITY = "광주광역시"


def connect(server: Neo4jServer, uri: str) -> Driver:
    return GraphDatabase.driver(uri, auth=server.auth, telemetry_disabled=True)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


@pytest.mark.parametrize("scheme", ["uri", "bolt_uri"])
def test_server_is_the_pinned_community_edition(neo4j_server: Neo4jServer, scheme: str) -> None:
    with connect(neo4j_server, getattr(neo4j_server, scheme)) as driver:
        [record] = driver.execute_query(
            "CALL dbms.components() YIELD versions, edition RETURN versions[0], edition",
            database_="neo4j",
        ).records
    assert record.values() == [VERSION, "community"]


def test_server_runs_with_our_limits(neo4j_server: Neo4jServer) -> None:
    with connect(neo4j_server, neo4j_server.uri) as driver:
        records = driver.execute_query(
            "SHOW SETTINGS 'db.transaction.timeout', 'db.transaction.monitor.check.interval' "
            "YIELD name, value",
            database_="neo4j",
        ).records
    assert {record["name"]: record["value"] for record in records} == {
        "db.transaction.timeout": SETTINGS["db.transaction.timeout"],
        "db.transaction.monitor.check.interval": SETTINGS["db.transaction.monitor.check.interval"],
    }


@pytest.mark.parametrize("auth", [("neo4j", "not the password"), None])
def test_server_refuses_without_the_password(
    neo4j_server: Neo4jServer, auth: tuple[str, str] | None
) -> None:
    with GraphDatabase.driver(neo4j_server.uri, auth=auth) as driver, pytest.raises(AuthError):
        driver.verify_connectivity()


def test_committed_data_outlives_a_kill(new_neo4j_server: Callable[[], Neo4jServer]) -> None:
    server = new_neo4j_server()
    with connect(server, server.uri) as driver:
        driver.execute_query("CREATE (:City {name: $name})", name=CITY, database_="neo4j")
        server.kill()
        server.start()
        [record] = driver.execute_query("MATCH (c:City) RETURN c.name", database_="neo4j").records
    assert record.values() == [CITY]


def test_no_server_is_an_error_that_names_the_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ServerUnavailable, match="NEO4J_TEST_URI"), own_server(tmp_path / "x"):
        pass


def test_named_server_is_used_and_not_ours_to_kill(
    neo4j_server: Neo4jServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_TEST_URI", neo4j_server.bolt_uri)
    monkeypatch.setenv("NEO4J_USERNAME", neo4j_server.username)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    with any_server(tmp_path / "unused") as server:
        assert server.uri == neo4j_server.uri
        with pytest.raises(RuntimeError, match="not ours"):
            server.kill()


def test_named_server_with_a_wrong_password_is_an_error(
    neo4j_server: Neo4jServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_TEST_URI", neo4j_server.uri)
    monkeypatch.setenv("NEO4J_PASSWORD", "not the password")
    with pytest.raises(ServerUnavailable, match="refuses"), any_server(tmp_path / "unused"):
        pass


def test_chromium_draws_each_korean_letter(page: Page) -> None:
    """Letters that a font lacks all come out as the same box."""
    page.set_content("".join(f"<p style='font: 40px sans-serif'>{letter}</p>" for letter in CITY))
    letters = page.locator("p").all()
    pictures = {letter.screenshot() for letter in letters}
    assert len(pictures) == len(set(CITY))


def test_missing_chromium_is_an_error_that_names_the_fix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAMAE_TEST_CHROMIUM", str(tmp_path / "nothing"))
    with pytest.raises(BrowserUnavailable, match="apt-get install chromium fonts-noto-cjk"):
        chromium_path()


@pytest.mark.parametrize("target", ["run", "test", "check", "lock", "clean", "help"])
def test_makefile_has_target(target: str) -> None:
    done = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", LOCKS)
def test_lock_pins_every_package_by_hash_and_names_no_place(name: str) -> None:
    text = (ROOT / name).read_text()
    entries = re.findall(r"^(\S+?)==(?:[^\\\n]+)\\\n((?:    --hash=sha256:\S+.*\n)+)", text, re.M)
    assert len(entries) == text.count("==") - len(re.findall(r";.*==", text))
    assert not re.search(r"://|--(extra-)?index|--find-links|^\s*# via|/", text, re.M)


def test_product_lock_is_part_of_the_development_lock() -> None:
    product, develop = ((ROOT / name).read_text() for name in LOCKS)
    pins = re.findall(r"^\S+==\S+", product, re.M)
    assert set(pins) <= set(re.findall(r"^\S+==\S+", develop, re.M))


def test_compose_file_follows_the_specification() -> None:
    schema = ["--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *schema, "docker-compose.yml"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_compose_runs_the_server_that_the_tests_run() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    assert services["neo4j"]["image"] == IMAGE
    wanted = {variable(setting): value for setting, value in SETTINGS.items()}
    assert wanted.items() <= services["neo4j"]["environment"].items()


def test_compose_opens_ports_to_this_machine_only() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    ports = [port for service in services.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)
