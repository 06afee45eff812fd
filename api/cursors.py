"""Cursors: opaque, authenticated, and good for one question on one state of the data."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from api.errors import BadCursor

if TYPE_CHECKING:
    from pathlib import Path

    from graph.settings import Settings

MAX_LENGTH = 1_024
_MAC_BYTES = 16


class Place(NamedTuple):
    """Where a list goes on: after which key, and in which version of the data."""

    version: str
    after: str


class Sealer:
    """Makes and opens the cursors of one server; all that share a secret share cursors."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def seal(self, place: Place, question: str) -> str:
        """The cursor that goes on at this place of the list that `question` asks for."""
        text = json.dumps([*place, _short(question)], ensure_ascii=False, separators=(",", ":"))
        content = text.encode()
        return base64.urlsafe_b64encode(self._mac(content) + content).rstrip(b"=").decode()

    def open(self, cursor: str, question: str) -> Place:
        """The place that a cursor names; BadCursor if it is not ours or of another question."""
        try:
            padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
            sealed = base64.b64decode(padded, altchars=b"-_", validate=True)
        except (UnicodeEncodeError, binascii.Error) as error:
            raise BadCursor from error
        mac, content = sealed[:_MAC_BYTES], sealed[_MAC_BYTES:]
        canonical = base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()
        if canonical != cursor or not hmac.compare_digest(mac, self._mac(content)):
            raise BadCursor
        version, after, asked = json.loads(content)
        if asked != _short(question):
            raise BadCursor
        return Place(version, after)

    def _mac(self, content: bytes) -> bytes:
        return hmac.digest(self._secret, content, "sha256")[:_MAC_BYTES]


def _short(question: str) -> str:
    return hashlib.blake2b(question.encode(), digest_size=9).hexdigest()


def sealer(settings: Settings) -> Sealer:
    """The sealer of a process: its secret is set, kept in the data folder, or made up anew."""
    if settings.cursor_secret is not None:
        return Sealer(settings.cursor_secret.encode())
    if settings.data_home is not None:
        return Sealer(_kept(settings.data_home / "cursor.key"))
    return Sealer(secrets.token_bytes(32))


def _kept(path: Path) -> bytes:
    """The secret in a file only its owner can read, made if missing; else a passing one."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(32))
    with suppress(OSError):
        kept = path.read_bytes()
        if len(kept) >= 16:
            return kept
    return secrets.token_bytes(32)
