"""Which addresses may be opened: public ones, and networks the operator lists. Pure."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from functools import cached_property
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import urlsplit

from units.addresses import is_inner_name

ALLOW_NETWORKS = "CRAWL_ALLOW_NETWORKS"
"""The crawl's setting that holds the listed networks."""
INSIDE = "ที่อยู่ภายในเครือข่าย ระบบไม่เปิดอ่าน เพราะประชาชนเปิดไม่ได้"
MALFORMED = "URL เขียนไม่ถูกต้อง เปิดไม่ได้"
_NEVER = tuple(
    map(
        ip_network,
        (
            # Once relays from IPv4 to IPv6 (RFC 7526 retired them); no website is there.
            "192.88.99.0/24",
            # Protocol assignments, some of which the standard library calls global.
            "192.0.0.0/24",
            # The server of a cloud's machines (metadata), at an address that looks public.
            "168.63.129.16/32",
            # An IPv4 address in a coat of IPv6: whoever takes it off connects there.
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "2002::/16",
            "2001::/23",
            "::/96",
        ),
    )
)
_UNICAST = ip_network("2000::/3")
"""All of IPv6 that is given out for the internet; the library calls some of the rest global."""
OTHER_SERVICES = frozenset(
    (
        0, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95,
        101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179,
        389, 427, 445, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587,
        601, 636, 873, 989, 990, 993, 995, 1433, 1521, 1719, 1720, 1723, 2049, 2375, 2379, 3306,
        3389, 3659, 4045, 4190, 5060, 5061, 5432, 5900, 5984, 6000, 6379, 6566, 6665, 6666, 6667,
        6668, 6669, 6679, 6697, 9200, 10080, 11211, 27017,
    )
)  # fmt: skip
"""Ports that browsers refuse (the "bad ports" of the Fetch standard), and those of databases."""
_NUMBERS = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}", re.IGNORECASE)


@dataclass(frozen=True)
class AddressPolicy:
    """Which IP addresses may be opened: public ones, and networks the operator lists (CIDR)."""

    allow_networks: tuple[str, ...] = ()

    @cached_property
    def _allowed(self) -> tuple[IPv4Network | IPv6Network, ...]:
        return tuple(ip_network(network) for network in self.allow_networks)

    def allows(self, address: str) -> bool:
        """True when a connection to the IP address `address` may be made."""
        try:
            ip = ip_address(address.partition("%")[0])
        except ValueError:
            return False
        if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        if any(ip.version == network.version and ip in network for network in self._allowed):
            return True
        if any(ip.version == network.version and ip in network for network in _NEVER):
            return False
        if isinstance(ip, IPv6Address) and ip not in _UNICAST:
            return False
        return ip.is_global and not ip.is_multicast and not ip.is_reserved

    def lists(self, address: str) -> bool:
        """True when the IP address `address` lies in a network that the operator lists."""
        try:
            ip = ip_address(address.partition("%")[0])
        except ValueError:
            return False
        return any(ip.version == network.version and ip in network for network in self._allowed)

    def allows_url(self, url: str) -> bool:
        """False for an address that `refusal` says something about."""
        return not self.refusal(url)

    def refusal(self, url: str) -> str:
        """Why `url` may not be asked, in Thai; "" where only its name's addresses can tell.

        Refused are other schemes than http(s), hosts that are forbidden as they are written,
        and ports of services that are no web.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            return MALFORMED
        if parts.scheme not in ("http", "https") or not host:
            return MALFORMED
        return self.refusal_of_host(host, port)

    def refusal_of_host(self, host: str, port: int | None) -> str:
        """The same for a host, as it is written, and a port (`None`: the scheme's own)."""
        literal = literal_address(host)
        if literal is None and "%" in host:
            return MALFORMED
        if not self.allows(literal) if literal else (not self._allowed and is_inner_name(host)):
            return INSIDE
        if port in OTHER_SERVICES:
            return f"พอร์ต {port} เป็นของบริการอื่น ไม่ใช่เว็บไซต์ ระบบไม่เปิดอ่าน"
        return ""


def code_of(refusal: str) -> str:
    """The reason code of what `AddressPolicy.refusal` said."""
    return "inner_address" if refusal == INSIDE else "bad_address"


def literal_address(host: str) -> str | None:
    """The IP address that `host` is, or `None` for a name.

    An address may be written in every way that resolvers and browsers take for one: `127.1`,
    `2130706433`, `0x7f.1`, with a full stop at its end.
    """
    plain = host.strip("[]").partition("%")[0].removesuffix(".")
    try:
        found: IPv4Address | IPv6Address = ip_address(plain)
    except ValueError:
        return _from_numbers(plain)
    return str(found)


def _from_numbers(host: str) -> str | None:
    if not _NUMBERS.fullmatch(host):
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None
