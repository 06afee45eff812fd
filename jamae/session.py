"""What every verb begins with: the settings of this process, and its store."""

from __future__ import annotations

import sys
from dataclasses import replace
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from graph.errors import BadRequest, StoreUnavailable
from graph.settings import Settings
from graph.store import open_store

if TYPE_CHECKING:
    from api.inprocess import Reply
    from graph.store import GraphStore

SQLITE = "sqlite:///"
NEO4J = frozenset({"neo4j", "neo4j+s", "bolt", "bolt+s"})


def read_settings(**flags: str | None) -> Settings:
    """The settings that flags and environment make; BadRequest for a password in an address."""
    settings = Settings.read(environ, flags)
    if _has_password(settings.store):
        raise BadRequest(
            settings.origin.get("store", "--store"),
            "a password in an address can be seen by others; take it out and set "
            "NEO4J_PASSWORD or NEO4J_PASSWORD_FILE",
        )
    return settings


def _has_password(url: str) -> bool:
    return "://" in url and "@" in url.partition("://")[2].partition("/")[0]


def file_of(settings: Settings) -> Path | None:
    """The file of an embedded store; None for a server."""
    if not settings.store.startswith(SQLITE):
        return None
    return Path(settings.store.removeprefix(SQLITE)).expanduser()


def where(settings: Settings) -> str:
    """The whole path of an embedded store's file, or the address of a server."""
    file = file_of(settings)
    return str(file.absolute()) if file else settings.store


def is_there(settings: Settings) -> bool:
    """Whether the store exists already; a server is asked only when it is opened."""
    file = file_of(settings)
    return file is None or file.exists()


def open_to_read(settings: Settings) -> GraphStore:
    """The store; StoreUnavailable names `jamae ingest` if there is none yet."""
    if not is_there(settings):
        raise StoreUnavailable(
            f"{file_of(settings)} does not exist yet; load the records that come with "
            "jamae: jamae ingest"
        )
    return open_to_write(settings)


def open_to_write(settings: Settings) -> GraphStore:
    """The store, made if there is none; a password that is missing is asked for on a terminal."""
    settings = with_password(settings)
    return open_store(settings.store, settings.credentials)


def with_password(settings: Settings) -> Settings:
    """The settings with the password typed in, if a server wants one and a person is there."""
    wanted = urlsplit(settings.store).scheme in NEO4J and settings.password is None
    if not wanted or not sys.stdin.isatty():
        return settings
    from getpass import getpass

    user = settings.username or "neo4j"
    typed = getpass(f"Password of {user} at {settings.store} (empty for none): ")
    return replace(settings, password=typed or None)


def ask_api(settings: Settings, store: GraphStore, address: str) -> Reply:
    """What the HTTP API answers to a GET, without a server.

    In a thread of its own: the caller may run an event loop already, as a notebook does.
    """
    from concurrent.futures import ThreadPoolExecutor

    from api import inprocess

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(inprocess.get, settings, store, address).result()
