"""No address inside the network is ever opened, whatever a page links or redirects to.

Names are checked where they are resolved, and the connection goes to the very address that was
checked. The browser goes through `crawler.gate`, which obeys the same policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, ClassVar, Self
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

from crawler.urls import is_sign_in, is_social

if TYPE_CHECKING:
    from collections.abc import Sequence
    from ipaddress import IPv4Network, IPv6Network

    from scrapy import Request
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred

ALLOW_NETWORKS = "CRAWL_ALLOW_NETWORKS"
REFUSED_DETAIL = "ที่อยู่ภายในเครือข่าย ระบบไม่เปิดอ่าน"
_EMBEDDED_V4 = (ip_network("64:ff9b::/96"), ip_network("2002::/16"), ip_network("::/96"))


class RefusedAddress(IgnoreRequest):
    """A request to an address that the policy forbids."""


class LeftForSocial(IgnoreRequest):
    """A redirect that leads to a social network; nothing is fetched there."""


class LeftForSignIn(IgnoreRequest):
    """A redirect that leads to a file host's sign-in page."""


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
        return ip.is_global and not ip.is_multicast and not ip.is_reserved

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


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's caching resolver, which gives out only addresses that the policy allows.

    `refused` collects the names that were turned away: on its way up the error becomes an
    ordinary failed look-up.
    """

    policy = AddressPolicy()
    refused: ClassVar[set[str]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Build the resolver with the policy of the crawl's settings."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.policy = policy_of(crawler)
        return resolver

    def getHostByName(  # noqa: N802
        self, name: str, timeout: Sequence[int] = ()
    ) -> Deferred[str]:
        """Resolve `name`; fails with `DNSLookupError` for a forbidden address."""
        return super().getHostByName(name, timeout).addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if not self.policy.allows(address):
            self.refused.add(name)
            raise DNSLookupError(f"{name} is {address}, which may not be opened")
        return address


class GuardMiddleware:
    """Stops requests and redirects that must not go out, before robots.txt is asked."""

    def __init__(self, policy: AddressPolicy) -> None:
        """Guard with `policy`."""
        self.policy = policy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware with the policy of the crawl's settings."""
        return cls(policy_of(crawler))

    def process_request(self, request: Request) -> None:
        """Raise a subclass of `IgnoreRequest` for what must not be fetched."""
        if not self.policy.allows_url(request.url):
            raise RefusedAddress(request.url)
        redirected = bool(request.meta.get("redirect_times"))
        if redirected:
            # The next host has a queue of its own.
            request.meta.pop("download_slot", None)
        if redirected and is_social(request.url) and not request.meta.get("social"):
            raise LeftForSocial(request.url)
        if redirected and is_sign_in(request.url):
            raise LeftForSignIn(request.url)


def policy_of(crawler: Crawler) -> AddressPolicy:
    """The policy that the crawl's settings hold."""
    return AddressPolicy(tuple(crawler.settings.getlist(ALLOW_NETWORKS)))
