"""A host that writes down who asks what and when, and how many requests were open at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import TYPE_CHECKING, Self

from checklist.profile import UnitProfile
from crawler.plan import ItemTarget, UnitPlan
from crawler.run import crawl
from crawler.settings import CrawlSettings
from tests.crawler.loopback_site import Answer, an_item

if TYPE_CHECKING:
    from checklist.evidence import Document

ITEMS = [an_item(f"O{n}", f"หัวข้อที่ {n}") for n in range(1, 13)]
OPEN = CrawlSettings(
    allow_networks=("127.0.0.0/8",), delay_s=0, timeout_s=2, second_pass_timeout_s=2, render=False,
    network_wait_s=0, max_index_pages=0, max_menu_pages=0, max_path_pages=0,
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One request: its path, headers and when it came (monotonic)."""

    path: str
    headers: Mapping[str, str]
    at: float


@dataclass
class Host:
    """Serves `pages` on `host`; each answer takes `takes_s`, `busiest` were open at once.

    A request counts as open until its last bytes are about to be written.
    """

    host: str
    pages: Mapping[str, Answer | Callable[[int], Answer]]
    takes_s: float = 0.0
    asked: list[Asked] = field(default_factory=list)
    busy: int = 0
    busiest: int = 0

    def __post_init__(self) -> None:
        here, count = self, threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                with count:
                    here.asked.append(
                        Asked(
                            self.path,
                            {n.lower(): v for n, v in self.headers.items()},
                            time.monotonic(),
                        )
                    )
                    here.busy += 1
                    here.busiest = max(here.busiest, here.busy)
                answer = here.answer(self.path)
                time.sleep(here.takes_s + answer.delay_s)
                with count:
                    here.busy -= 1
                with suppress(OSError):
                    self.send_response(answer.status)
                    self.send_header("Content-Type", answer.kind)
                    self.send_header("Content-Length", str(len(answer.body)))
                    for name, value in answer.headers.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(answer.body)

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer((self.host, 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self.url = f"http://{self.host}:{self._server.server_port}"

    def answer(self, path: str) -> Answer:
        found = self.pages.get(path, Answer("ไม่มีหน้านี้".encode(), status=404))
        return found(self.hits(path)) if callable(found) else found

    def hits(self, path: str) -> int:
        """How often `path` was asked for."""
        return sum(one.path == path for one in self.asked)

    def pauses(self) -> list[float]:
        """Seconds from each request to the next."""
        times = [one.at for one in self.asked]
        return [later - earlier for earlier, later in pairwise(times)]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def plan(unit: str, *urls: str) -> UnitPlan:
    """A unit that gives one URL an item."""
    targets = [ItemTarget(item, (url,)) for item, url in zip(ITEMS, urls, strict=False)]
    return UnitPlan(UnitProfile(unit, unit), tuple(targets), 2566)


def read(settings: CrawlSettings, *urls: str) -> list[Document]:
    """What a crawl brings for each of the addresses."""
    [harvest] = crawl([plan("u", *urls)], settings)
    return [harvest.documents[item.id][0] for item, _ in zip(ITEMS, urls, strict=False)]
