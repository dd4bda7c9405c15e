"""One crawl over the hosts of all cases that need hosts: so each also shows that the others go on."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from crawler.run import crawl
from tests.crawler.loopback_site import PROSE, Answer, page
from tests.hostile.politeness.served import ITEMS, OPEN, Host, plan

if TYPE_CHECKING:
    from checklist.evidence import Document, Fetch

SETTINGS = OPEN.model_copy(update={"max_delay_s": 1.0, "max_seconds_per_unit": 6.0})
PAGES = {f"/o{n}": page(f"หัวข้อที่ {n}", PROSE) for n in range(1, 13)}
SHUT = Answer(b"User-agent: *\nDisallow: /o1\n", kind="text/plain")


def robots(text: str, status: int = 200, delay_s: float = 0.0, retry_after: str = "") -> Answer:
    headers = {"Retry-After": retry_after} if retry_after else {}
    return Answer(text.encode(), status, "text/plain", headers, delay_s)


def hops(count: int) -> dict[str, Answer]:
    """A robots.txt at the end of so many redirects."""
    places = ["/robots.txt", *(f"/moved{n}" for n in range(1, count)), "/rules"]
    moved = {
        here: Answer(status=302, headers={"Location": there})
        for here, there in itertools.pairwise(places)
    }
    return {**moved, "/rules": SHUT}


WITHDRAWN = '<meta name="robots" content="noindex, nofollow, noarchive">'
HOSTS: dict[str, dict[str, Answer]] = {
    "shut": {"/robots.txt": SHUT},
    "named": {"/robots.txt": robots("User-agent: *\nDisallow: /\nUser-agent: oitchecker\nAllow: /")},
    "forbidden file": {"/robots.txt": robots("User-agent: *\nDisallow: /", 403)},
    "broken": {"/robots.txt": robots("down for maintenance", 503)},
    "busy": {"/robots.txt": robots("slow down", 429)},
    "hanging": {"/robots.txt": robots("User-agent: *\nAllow: /", delay_s=4)},
    "five hops": hops(5),
    "six hops": hops(6),
    "led inside": {
        "/robots.txt": Answer(status=302, headers={"Location": "http://10.9.8.7/robots.txt"})
    },
    "endless": {"/robots.txt": robots("User-agent: *\nDisallow: /o1\n#" + "x" * 3_000_000
                                      + "\nDisallow: /")},
    "web page": {"/robots.txt": page("ไม่พบหน้า", "User-agent: * Disallow: /")},
    "withdrawn": {
        "/o1": Answer(page("หัวข้อที่ 1", PROSE, WITHDRAWN).body, headers={"X-Robots-Tag": "none"})
    },
    "wants pauses": {"/robots.txt": robots("User-agent: *\nCrawl-delay: 0.5")},
    "wants a day": {"/robots.txt": robots("User-agent: *\nCrawl-delay: 86400")},
    "refuses": {"/o1": Answer(status=429, headers={"Retry-After": "3600"})},
    "maintained": {
        "/robots.txt": robots("later", 503, retry_after="Fri, 31 Dec 9999 23:59:59 GMT")
    },
}  # fmt: skip
GIVEN = {"wants a day": 8, "wants pauses": 4}


@dataclass(frozen=True)
class Read:
    """What one host was asked, and what came of its pages `/o1`, `/o2` and so on."""

    host: Host
    documents: tuple[Document, ...]

    @property
    def fetches(self) -> list[Fetch]:
        return [document.fetch for document in self.documents]

    def codes(self) -> list[str | None]:
        return [fetch.problem for fetch in self.fetches]


@pytest.fixture(scope="session")
def read() -> Iterator[dict[str, Read]]:
    """Every host of `HOSTS` after one crawl; a second unit (`… again`) is of the same host."""
    with ExitStack() as stack:
        hosts = {
            name: stack.enter_context(Host(f"127.83.0.{n}", {**PAGES, **pages}))
            for n, (name, pages) in enumerate(HOSTS.items(), 1)
        }
        plans = [
            plan(name + again, *(f"{host.url}/o{n}" for n in range(1, GIVEN.get(name, 2) + 1)))
            for name, host in hosts.items()
            for again in (("", " again") if name in ("shut", "refuses") else ("",))
        ]
        found = {harvest.unit_id: harvest for harvest in crawl(plans, SETTINGS)}
        yield {
            unit: Read(
                hosts[unit.removesuffix(" again")],
                tuple(h.documents[i.id][0] for i in ITEMS if i.id in h.documents),
            )
            for unit, h in found.items()
        }
