"""Which addresses may be opened: public ones, and networks the operator lists. Pure."""

from __future__ import annotations

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

ALLOW_NETWORKS = "CRAWL_ALLOW_NETWORKS"
"""The crawl's setting that holds the listed networks."""
_RELAYS = ip_network("192.88.99.0/24")
"""Once relays from IPv4 to IPv6 (RFC 7526 retired them); no website is there."""
_EMBEDDED_V4 = (ip_network("64:ff9b::/96"), ip_network("2002::/16"), ip_network("::/96"))


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
        if isinstance(ip, IPv6Address) and any(ip in network for network in _EMBEDDED_V4):
            return False
        return ip.is_global and not ip.is_multicast and not ip.is_reserved and ip not in _RELAYS

    def lists(self, address: str) -> bool:
        """True when the IP address `address` lies in a network that the operator lists."""
        try:
            ip = ip_address(address.partition("%")[0])
        except ValueError:
            return False
        return any(ip.version == network.version and ip in network for network in self._allowed)

    def allows_url(self, url: str) -> bool:
        """False for another scheme than http(s) and for a literal address the policy forbids."""
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
            _ = parts.port
        except ValueError:
            return False
        if parts.scheme not in ("http", "https") or not host:
            return False
        literal = literal_address(host)
        return literal is None or self.allows(literal)


def literal_address(host: str) -> str | None:
    """The IP address that `host` is, or `None` for a name."""
    try:
        found: IPv4Address | IPv6Address = ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None
    return str(found)
