"""No address inside the network is ever opened, whatever a page links or redirects to.

Names are checked where they are resolved, and the connection goes to the very address that was
checked. The browser goes through `crawler.gate`, which obeys the same policy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

from crawler.address_policy import ALLOW_NETWORKS, INSIDE, AddressPolicy
from crawler.urls import is_sign_in, is_social

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy import Request
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred

REFUSED_DETAIL = INSIDE


class RefusedAddress(IgnoreRequest):
    """A request to an address that the policy forbids; its text says why, in Thai."""


class LeftForSocial(IgnoreRequest):
    """A redirect that leads to a social network; nothing is fetched there."""


class LeftForSignIn(IgnoreRequest):
    """A redirect that leads to a file host's sign-in page."""


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
        if refusal := self.policy.refusal(request.url):
            raise RefusedAddress(refusal)
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
