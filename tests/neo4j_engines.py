"""What can run a Neo4j Community server: its Maven artifacts, Docker, or somebody else."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

VERSION = "5.26.12"
IMAGE = f"neo4j:{VERSION}-community"
USERNAME = "neo4j"
STOP_SECONDS = 120
HEAP = "1g"

# What every server of this project is run with; docker-compose.yml says the same.
SETTINGS = {
    "db.lock.acquisition.timeout": "5s",
    "db.memory.transaction.max": "256m",
    "db.transaction.monitor.check.interval": "100ms",
    "db.transaction.timeout": "10s",
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "dbms.usage_report.enabled": "false",
    "server.http.enabled": "false",
    "server.memory.pagecache.size": "512m",
}

POM = f"""\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>jamae.tests</groupId>
  <artifactId>neo4j-server</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.neo4j</groupId>
      <artifactId>neo4j</artifactId>
      <version>{VERSION}</version>
    </dependency>
  </dependencies>
</project>
"""

JAVA = (
    "java",
    "-Xms512m",
    "-XX:+UseG1GC",
    "-XX:+ExitOnOutOfMemoryError",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "-Dlog4j2.disable.jmx=true",
    "-Dfile.encoding=UTF-8",
)


class Engine(Protocol):
    """One server's life; its data outlives `stop` and `kill`, not `discard`."""

    def start(self) -> None:
        """Begin to run, without waiting until the server answers."""

    def stop(self) -> None:
        """End in order; harmless when it is down already."""

    def kill(self) -> None:
        """End at once, as a power cut would."""

    def discard(self) -> None:
        """End for good, as fast as it goes; the data may be gone."""

    def failure(self) -> str | None:
        """Say why it ended by itself; None while it runs."""


@dataclass(frozen=True)
class JavaEngine:
    """A process of the artifacts in `lib`, with all of the server's files below `home`."""

    lib: Path
    home: Path
    heap: str = HEAP
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @classmethod
    def create(
        cls,
        lib: Path,
        home: Path,
        port: int,
        password: str,
        heap: str = HEAP,
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> "JavaEngine":
        """Lay out the new folder `home` for a server that listens on `port` of the loopback."""
        for name in ("conf", "data", "logs", "run", "import", "plugins"):
            (home / name).mkdir(parents=True)
        lines = [f"{key}={value}" for key, value in {**_java_settings(port), **settings}.items()]
        (home / "conf" / "neo4j.conf").write_text("\n".join(lines) + "\n")
        admin = ["java", f"--class-path={lib}/*", "org.neo4j.cli.AdminTool"]
        _run([*admin, "dbms", "set-initial-password", password], NEO4J_HOME=str(home))
        return cls(lib, home, heap)

    def start(self) -> None:
        """Begin to run on whatever data `home` holds."""
        command = [
            *JAVA,
            f"-Xmx{self.heap}",
            f"--class-path={self.lib}/*",
            "org.neo4j.server.CommunityEntryPoint",
            f"--home-dir={self.home}",
            f"--config-dir={self.home / 'conf'}",
        ]
        with self._console.open("ab") as console:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=console, stderr=console
            )
        self.processes.append(process)

    def stop(self) -> None:
        """Send SIGTERM and wait; a process that does not obey in time is killed."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Send SIGKILL and wait until the process is gone."""
        self._end(signal.SIGKILL)

    def discard(self) -> None:
        """Kill the process; the folder is its owner's to remove."""
        self._end(signal.SIGKILL)

    def failure(self) -> str | None:
        """Give the last lines of the log, once the process has ended by itself."""
        if self.processes and self.processes[-1].poll() is None:
            return None
        return "\n".join(self._console.read_text(errors="replace").splitlines()[-20:])

    @property
    def _console(self) -> Path:
        return self.home / "logs" / "console.log"

    def _end(self, number: signal.Signals) -> None:
        while self.processes:
            process = self.processes.pop()
            process.send_signal(number)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@dataclass(frozen=True)
class DockerEngine:
    """A container of the pinned image that publishes Bolt on `port` of the loopback."""

    port: int
    password: str = field(repr=False)
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The container's name."""
        return f"jamae-tests-{self.port}"

    def start(self) -> None:
        """Start the container, making it the first time."""
        if self._state():
            self._docker("start", self.name)
        else:
            self._docker("run", "--detach", f"--name={self.name}", *self._options(), IMAGE)

    def stop(self) -> None:
        """Stop the container in order; its data stays."""
        self._docker("stop", f"-t={STOP_SECONDS}", self.name)

    def kill(self) -> None:
        """Kill the container; its data stays."""
        self._docker("kill", self.name)

    def discard(self) -> None:
        """Remove the container and its data."""
        self._docker("rm", "--force", "--volumes", self.name)

    def failure(self) -> str | None:
        """Give the container's last lines, once it has ended by itself."""
        return None if self._state() == "running" else self._docker("logs", "--tail=20", self.name)

    def _state(self) -> str:
        only = f"--filter=name=^{self.name}$"
        return self._docker("ps", "--all", only, "--format={{.State}}").strip()

    def _options(self) -> list[str]:
        return [
            f"--publish=127.0.0.1:{self.port}:7687",
            f"--env=NEO4J_AUTH={USERNAME}/{self.password}",
            *(
                f"--env={variable(key)}={value}"
                for key, value in {**SETTINGS, **self.settings}.items()
            ),
        ]

    def _docker(self, *arguments: str) -> str:
        return _run(["docker", *arguments])


class RemoteEngine:
    """Somebody else's server: it can be used, but neither stopped nor killed."""

    def start(self) -> None:
        """Do nothing: it runs."""

    def stop(self) -> None:
        """Refuse."""
        raise RuntimeError("the server of NEO4J_TEST_URI is not ours to stop")

    def kill(self) -> None:
        """Refuse."""
        raise RuntimeError("the server of NEO4J_TEST_URI is not ours to kill")

    def discard(self) -> None:
        """Do nothing: it goes on."""

    def failure(self) -> str | None:
        """Know nothing, hence None."""
        return None


def variable(setting: str) -> str:
    """Name the environment variable by which the official image takes a setting."""
    return "NEO4J_" + setting.replace("_", "__").replace(".", "_")


def artifacts(cache: Path) -> Path | None:
    """Give the folder of the server's artifacts, fetched once; None without Java and Maven.

    The folder appears whole or not at all, even when several test runs fetch at once.
    """
    lib = cache / VERSION
    if not shutil.which("java") or not (lib.is_dir() or shutil.which("mvn")):
        return None
    if not lib.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            _fetch(Path(folder))
            if not lib.is_dir():
                Path(folder, "lib").rename(lib)
    return lib


def docker_runs() -> bool:
    """Whether there is a Docker that can start a container."""
    if not shutil.which("docker"):
        return False
    asked = subprocess.run(["docker", "info"], check=False, capture_output=True, timeout=60)
    return asked.returncode == 0


def _fetch(folder: Path) -> None:
    (folder / "pom.xml").write_text(POM)
    goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory=lib"]
    _run(["mvn", "-B", "-q", f"--file={folder / 'pom.xml'}", *goal])


def _run(command: list[str], **variables: str) -> str:
    """Give all that the program printed; RuntimeError with that text when it fails."""
    done = subprocess.run(
        command,
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
        timeout=600,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}")
    return done.stdout


def _java_settings(port: int) -> dict[str, str]:
    address = f"127.0.0.1:{port}"
    return {
        **SETTINGS,
        "dbms.security.auth_enabled": "true",
        "server.bolt.advertised_address": address,
        "server.bolt.enabled": "true",
        "server.bolt.listen_address": address,
        "server.default_listen_address": "127.0.0.1",
        "server.https.enabled": "false",
    }
