"""What a process is told from outside: one frozen `Settings`, made by entry points only.

A flag wins over the environment, the environment over a file, a file over the default;
`origin` keeps which one won, for `jamae doctor`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeVar

from graph.errors import BadRequest

Lang = Literal["ko", "en"]
N = TypeVar("N", int, None)
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
DEFAULT = "default"
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")


@dataclass(frozen=True)
class Settings:
    """Where the store is, how it is served, in which language; see docs/http.md."""

    store: str
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    lang: Lang = "ko"
    allowed_hosts: tuple[str, ...] = ()
    rate_limit: int | None = None
    workers: int = 16
    cursor_secret: str | None = field(default=None, repr=False)
    data_home: Path | None = None
    decisions: Path | None = None
    wikidata: str | None = None
    embed: tuple[str, ...] = ()
    origin: Mapping[str, str] = field(default_factory=dict)

    @property
    def credentials(self) -> tuple[str, str] | None:
        """User and password for Neo4j, if a password is given."""
        return None if self.password is None else (self.username or "neo4j", self.password)

    @property
    def loopback(self) -> bool:
        """Whether only this machine is served."""
        return self.host in LOOPBACK

    @property
    def requests_a_minute(self) -> int | None:
        """How many requests one client may make in a minute; None for any number."""
        if self.rate_limit is None:
            return None if self.loopback else 600
        return self.rate_limit or None

    @classmethod
    def read(
        cls, environ: Mapping[str, str], flags: Mapping[str, str | None] = MappingProxyType({})
    ) -> Settings:
        """The settings of a process; BadRequest names the flag or variable that is wrong.

        `flags` hold what the command line gave, by the names of `Settings`.
        """
        asked = _Asked(environ, flags)
        home = _data_home(environ)
        return cls(
            store=asked.text("store", f"sqlite:///{home / 'jamae.db'}"),
            username=asked.maybe("username"),
            password=asked.maybe("password") or _password_from_file(asked),
            host=asked.text("host", "127.0.0.1"),
            port=asked.number("port", 8000, 0, 65_535),
            lang=_lang(asked),
            allowed_hosts=_listed(asked.maybe("allowed_hosts")),
            rate_limit=asked.number("rate_limit", None, 0, 1_000_000),
            workers=asked.number("workers", 16, 1, 256),
            cursor_secret=_secret(asked),
            data_home=home,
            decisions=_path(asked.maybe("decisions")),
            wikidata=asked.maybe("wikidata"),
            embed=_origins(asked),
            origin=MappingProxyType(asked.origin),
        )


VARIABLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "store": ("JAMAE_STORE", "NEO4J_URI", "NEO4J_URL"),
        "username": ("NEO4J_USERNAME",),
        "password": ("NEO4J_PASSWORD",),
        "password_file": ("NEO4J_PASSWORD_FILE",),
        "host": ("JAMAE_HOST",),
        "port": ("JAMAE_PORT",),
        "lang": ("JAMAE_LANG",),
        "allowed_hosts": ("JAMAE_ALLOWED_HOSTS",),
        "rate_limit": ("JAMAE_RATE_LIMIT",),
        "workers": ("JAMAE_WORKERS",),
        "cursor_secret": ("JAMAE_CURSOR_SECRET",),
        "decisions": ("JAMAE_DECISIONS",),
        "wikidata": ("JAMAE_WIKIDATA",),
        "embed": ("JAMAE_EMBED",),
    }
)
"""The environment variables of each setting; the first that is set wins."""


class _Given(NamedTuple):
    value: str
    origin: str


class _Asked:
    """One reading of flags and environment, which notes where each value came from."""

    def __init__(self, environ: Mapping[str, str], flags: Mapping[str, str | None]) -> None:
        self.environ, self._flags = environ, flags
        self.origin: dict[str, str] = {}

    def given(self, name: str) -> _Given | None:
        """The value of a flag, else of the first variable that is set and not empty."""
        flag = self._flags.get(name)
        if flag is not None:
            return _Given(flag, f"--{name.replace('_', '-')}")
        for variable in VARIABLES[name]:
            if value := self.environ.get(variable):
                return _Given(value, variable)
        return None

    def maybe(self, name: str) -> str | None:
        """The value if any was given."""
        found = self.given(name)
        self.origin[name] = found.origin if found else DEFAULT
        return found.value if found else None

    def text(self, name: str, default: str) -> str:
        """The value, else the default."""
        return self.maybe(name) or default

    def number(self, name: str, default: N, least: int, most: int) -> int | N:
        """A whole number within bounds, else the default; BadRequest for anything else."""
        text = self.maybe(name)
        if text is None:
            return default
        if not (text.isascii() and text.isdigit() and len(text) < 12):
            raise _wrong(self.origin[name], "a whole number")
        if not least <= int(text) <= most:
            raise _wrong(self.origin[name], f"a number from {least} to {most}")
        return int(text)


def _wrong(origin: str, wanted: str) -> BadRequest:
    """What a flag or variable must be; the value itself, maybe a secret, is not repeated."""
    return BadRequest(origin, f"{origin} must be {wanted}, and what was given is not")


def _data_home(environ: Mapping[str, str]) -> Path:
    """The folder of this user's data: `$XDG_DATA_HOME/jamae`, else `~/.local/share/jamae`."""
    named = environ.get("XDG_DATA_HOME", "")
    base = Path(named) if Path(named).is_absolute() else Path("~/.local/share").expanduser()
    return base / "jamae"


def _path(text: str | None) -> Path | None:
    return Path(text).expanduser() if text else None


def _password_from_file(asked: _Asked) -> str | None:
    """The first line of the file that `NEO4J_PASSWORD_FILE` names."""
    name = asked.maybe("password_file")
    if name is None:
        return None
    asked.origin["password"] = asked.origin["password_file"]
    try:
        lines = Path(name).expanduser().read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise BadRequest(
            asked.origin["password"], f"{asked.origin['password']} names a file that cannot be read"
        ) from error
    return lines[0] if lines else ""


def _lang(asked: _Asked) -> Lang:
    """The language asked for, else that of the locale: Korean or English."""
    given = asked.maybe("lang")
    if given is not None:
        if given == "ko":
            return "ko"
        if given == "en":
            return "en"
        raise _wrong(asked.origin["lang"], "ko or en")
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if locale := asked.environ.get(variable):
            asked.origin["lang"] = variable
            return "ko" if locale.lower().startswith("ko") else "en"
    return "en"


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(one.strip().lower() for one in (text or "").split(",") if one.strip())


def _origins(asked: _Asked) -> tuple[str, ...]:
    """The sites that may show a scene within their pages; `*` for any."""
    origins = _listed(asked.maybe("embed"))
    if origins != ("*",) and not all(map(_ORIGIN.fullmatch, origins)):
        raise _wrong(asked.origin["embed"], "* or sites such as https://www.example.org, by comma")
    return origins


def _secret(asked: _Asked) -> str | None:
    secret = asked.maybe("cursor_secret")
    if secret is not None and len(secret) < 16:
        raise _wrong(asked.origin["cursor_secret"], "at least 16 characters long")
    return secret
