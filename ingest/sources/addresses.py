"""Where a download may go: named hosts over https, and never into a private network.

The machine itself may be asked over http, if it is named as `localhost`, `127.0.0.1`
or `[::1]`: a local mirror, or a test.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Collection

_ODD = re.compile(r"[^!-~]|[\\<>\"^`{|}]")
_HOST = re.compile(
    r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS = {"https": 443, "http": 80}
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_IP = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(Exception):
    """An address that must not be asked; never leaves the package."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address that was checked: scheme, host, port, and path with query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def loopback(self) -> bool:
        """Whether it names the machine itself."""
        return self.host in _LOOPBACK

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: what is allowed or not."""
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """What the header `Host` says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target.partition('?')[0]}"


def read_address(text: str) -> Address:
    """The address that a person named; Refused with the reason if it must not be asked."""
    if len(text) > 16_000 or _ODD.search(text):
        raise Refused("an address is ASCII, without blanks and backslashes")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise Refused("this is no address") from error
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise Refused("an address names no user and no fragment")
    host = parts.hostname or ""
    if host not in _LOOPBACK and (parts.scheme != "https" or not _HOST.fullmatch(host)):
        raise Refused("only https and the name of a host are asked")
    if parts.scheme not in _PORTS or port == 0:
        raise Refused("only https is asked")
    query = f"?{parts.query}" if parts.query else ""
    return Address(parts.scheme, host, port or _PORTS[parts.scheme], f"{parts.path or '/'}{query}")


def redirected(
    before: Address, location: str, allowed: Collection[tuple[str, str, int]]
) -> Address:
    """Where a reply sends us on; Refused unless scheme, host and port were allowed beforehand."""
    whole = f"{before.scheme}://{before.authority}{before.target}"
    if _ODD.search(location):
        raise Refused("the reply sends us to no address")
    try:
        after = read_address(urljoin(whole, location))
    except ValueError as error:
        raise Refused("the reply sends us to no address") from error
    if after.origin not in allowed:
        raise Refused(f"the reply sends us to {after.authority}, which was not named")
    return after


def resolve(address: Address) -> list[str]:
    """The addresses to dial, looked up once; Refused if one lies in a private network.

    OSError if the name cannot be looked up.
    """
    found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for number in numbers:
        if not _may_dial(ipaddress.ip_address(number.partition("%")[0]), address.loopback):
            raise Refused(f"{address.host} lies in a private network")
    return numbers


def _may_dial(ip: _IP, loopback: bool) -> bool:
    if loopback:
        return ip.is_loopback
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner and not _may_dial(inner, loopback=False):
            return False
        if ip.ipv4_mapped or ip in _NAT64:
            return True
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)
