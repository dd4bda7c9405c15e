"""A small web site on a loopback address whose pages a test writes as a table."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from checklist.schema import Item


@dataclass(frozen=True)
class Answer:
    """What the site says for a path; `delay_s` passes before the first `slow_times` answers."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    slow_times: int = 0


Pages = Mapping[str, Answer | Callable[[int], Answer]]


class LoopbackSite:
    """Serves `pages` on `host`; anything else gets `missing`.

    `hits` counts requests by path, `busiest` is the most requests that were open at once,
    `headers` are those of the last request for a path.
    """

    def __init__(self, host: str, pages: Pages, missing: Answer | None = None) -> None:
        self.hits: Counter[str] = Counter()
        self.headers: dict[str, Mapping[str, str]] = {}
        self.busy = self.busiest = 0
        self._count = threading.Lock()
        self.pages = pages
        self.missing = missing or Answer("ไม่มีหน้านี้".encode(), status=404)
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.headers[self.path] = dict(self.headers.items())
                with site.counted(self.path):
                    self.reply()

            def reply(self) -> None:
                answer = site.answer(self.path)
                if site.hits[self.path] <= answer.slow_times:
                    time.sleep(answer.delay_s)
                try:
                    self.send_response(answer.status)
                    self.send_header("Content-Type", answer.kind)
                    self.send_header("Content-Length", str(len(answer.body)))
                    for name, value in answer.headers.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(answer.body)
                except OSError:
                    return

            def log_message(self, *_: object) -> None:
                return

        self._handler = Handler
        self._serve((host, 0))
        self.url = f"http://{host}:{self._server.server_port}"

    def _serve(self, address: tuple[str, int]) -> None:
        self._server = ThreadingHTTPServer(address, self._handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def go_away(self) -> None:
        """Take no more connections until `come_back`."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def come_back(self) -> None:
        """Serve again at the same address."""
        self._serve((str(self._server.server_address[0]), self._server.server_port))
        self._thread.start()

    @contextmanager
    def counted(self, path: str) -> Iterator[None]:
        with self._count:
            self.hits[path] += 1
            self.busy += 1
            self.busiest = max(self.busiest, self.busy)
        try:
            yield
        finally:
            with self._count:
                self.busy -= 1

    def answer(self, path: str) -> Answer:
        found = self.pages.get(path, self.missing)
        return found(self.hits[path]) if callable(found) else found

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.go_away()


def page(title: str, body: str, head: str = "") -> Answer:
    """A page in UTF-8 with a title and a body."""
    text = (
        f'<!doctype html><html lang="th"><head><meta charset="utf-8"><title>{title}</title>{head}'
        f"</head><body><main><h1>{title}</h1>{body}</main></body></html>"
    )
    return Answer(text.encode())


def redirect(target: str) -> Answer:
    """A temporary redirect."""
    return Answer(status=302, headers={"Location": target})


PROSE = (
    "<p>หน้านี้จัดทำขึ้นเพื่อเผยแพร่ข้อมูลการดำเนินงานของหน่วยงานให้ประชาชนทราบ "
    "ตามหลักธรรมาภิบาลและความโปร่งใสในการบริหารราชการ ประกอบด้วยรายละเอียดของแผนงาน "
    "โครงการ งบประมาณที่ได้รับจัดสรร และผลการดำเนินงานที่ผ่านมา ซึ่งเจ้าหน้าที่ผู้รับผิดชอบ"
    "ได้ตรวจสอบความถูกต้องแล้วก่อนนำขึ้นเผยแพร่บนเว็บไซต์นี้</p>"
)


def minimal_pdf(words: str) -> bytes:
    """A one-page PDF that holds a line of Latin text."""
    stream = f"BT /F1 14 Tf 40 700 Td ({words}) Tj ET".encode("ascii")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start


def an_item(
    item_id: str,
    title: str,
    year_rule: str = "none",
    evidence: str = "document",
    probe: dict[str, object] | None = None,
) -> Item:
    """An item with one element (and a year element where a rule is given)."""
    element = {
        "id": f"{item_id}.1",
        "text": title,
        "probe": probe or {"kind": "terms", "all": [[title]]},
        "confidence": "two_sources",
    }
    elements = [element]
    if year_rule != "none":
        period = {"kind": "period", "covers": year_rule}
        elements.append(
            {**element, "id": f"{item_id}.2", "text": "ปี", "role": "year", "probe": period}
        )
    return Item.model_validate(
        {
            "id": item_id,
            "title": title,
            "indicator": "9.1",
            "heading": "ข้อมูลพื้นฐาน",
            "owner": "สำนักปลัด",
            "find": [title],
            "year_rule": year_rule,
            "evidence": evidence,
            "elements": elements,
            "remedy": "เผยแพร่เอกสารของปีที่ประเมิน",
            "confidence": "two_sources",
            "source": "ตัวอย่างสำหรับการทดสอบ",
        }
    )
