"""Does an address answer? One look at it, as a crawl would see it, in seconds.

What fetches here has the network, so it parses nothing: pages are read by a confined worker.
`crawler.probe` runs it as a process of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scrapy.http import HtmlResponse

from crawler.extract.pool import ExtractPool
from crawler.extract.shell import needs_browser
from crawler.extract.sniff import Kind, sniff
from crawler.guarded_get import GetError, Got, GuardedGet
from crawler.headers import charset_of, fetch_of
from crawler.hosted import direct, is_store, refusal, stopped
from crawler.moves import next_address
from crawler.problems import FORBIDDEN, Problem, of_page, of_status, robots_unknown
from crawler.robots_rules import MOST_HOPS, origin_of, rules_of_answer
from crawler.soft404 import compare, impossible_page
from crawler.urls import clean, file_name, host_of, is_social, key, same_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checklist.evidence import Document
    from crawler.settings import CrawlSettings

WITHIN_S = 20.0
MOST_MEMORY = 2 * 1024**3
MOST_READ_S = 12.0
_STEPS = 4
_MOST_PARSED = 1024 * 1024
_KINDS = {Kind.HTML: "หน้าเว็บ", Kind.PDF: "ไฟล์ PDF", Kind.IMAGE: "รูปภาพ", Kind.DOCX: "ไฟล์ Word",
          Kind.XLSX: "ไฟล์ Excel", Kind.ZIP: "ไฟล์ ZIP"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Probed:
    """What stands at an address; `code` is a reason of `checklist.reasons` where it is of no use.

    `detail` says that in Thai, `remarks` are Thai sentences about what a person should look at.
    """

    url: str
    final_url: str = ""
    status: int = 0
    title: str = ""
    kind: str = ""
    size: int = 0
    code: str = ""
    detail: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """True when a scan could read what stands there."""
        return not self.code


def probe(url: str, settings: CrawlSettings, main_site: str = "") -> Probed:
    """Look at `url` once; `main_site` is the unit's own site. Never raises for what it meets."""
    getting = GuardedGet(settings, WITHIN_S)
    with ExtractPool(1, MOST_READ_S, MOST_MEMORY) as pool:
        try:
            return _looked_at(url, settings, _Means(getting, pool), main_site)
        except GetError as error:
            return Probed(url, code=error.problem.code, detail=error.problem.detail)
        finally:
            getting.close()


@dataclass(frozen=True, slots=True)
class _Means:
    """What fetches, and what reads."""

    getting: GuardedGet
    pool: ExtractPool

    def get(self, url: str) -> Got:
        return self.getting.get(url)

    def document(self, url: str, got: Got) -> Document:
        response = _response(got)
        fetch, body = fetch_of(url, response), got.body[:_MOST_PARSED]
        return self.pool.submit(body, fetch, charset=charset_of(response)).result()


def _looked_at(url: str, settings: CrawlSettings, getting: _Means, main_site: str) -> Probed:
    try:
        asked = clean(direct(clean(url)) or url)
    except ValueError:
        return Probed(url, code="bad_address", detail="URL เขียนไม่ถูกต้อง เปิดไม่ได้")
    if is_social(asked):
        detail = "เป็นสื่อสังคมออนไลน์ ใช้เป็นหลักฐานแทนเว็บไซต์ของหน่วยงานไม่ได้"
        return Probed(url, code="social_media_only", detail=detail)
    if refused := refusal(asked):
        return Probed(url, code=refused[0], detail=refused[1])
    if settings.obey_robots and not is_store(asked):
        problem = _allowed(asked, settings, getting)
        if problem is not None:
            return Probed(url, code=problem.code, detail=problem.detail)
    got = _at_the_end(url, asked, getting)
    seen = _seen(url, got, getting)
    return replace(seen, remarks=(*seen.remarks, *_remarks(url, got, main_site)))


def _at_the_end(url: str, asked: str, getting: _Means) -> Got:
    """The answer past script redirects and the pages that stand before a hosted file."""
    for _ in range(_STEPS):
        got = getting.get(asked)
        target = next_address(url, _response(got))
        if target is None or key(target) == key(asked) or is_social(target):
            return got
        asked = clean(direct(target) or target)
    raise GetError(Problem("redirect_loop", "หน้าเว็บส่งต่อด้วยสคริปต์วนไปมาไม่สิ้นสุด"))


def _seen(url: str, got: Got, getting: _Means) -> Probed:
    kind = sniff(got.body, got.headers.get("content-type", ""))
    found = Probed(
        url, got.url, got.status, file_name(got.url)[:300], _KINDS.get(kind, "ไฟล์อื่น"), len(got.body)
    )
    known = stopped(got.url, got.status) if got.status != 200 else None
    problem = Problem(*known) if known else of_status(got.status, got.body)
    if problem is not None or kind is not Kind.HTML:
        return _with(found, problem)
    document = getting.document(url, got)
    found = replace(found, title=document.title[:300])
    problem = of_page(document, url) or _soft_404(document, got, getting)
    if problem is None and needs_browser(document):
        return replace(found, remarks=("หน้านี้สร้างเนื้อหาด้วยสคริปต์ ระบบตรวจจะเปิดด้วยเบราว์เซอร์",))
    return _with(found, problem)


def _with(found: Probed, problem: Problem | None) -> Probed:
    return found if problem is None else replace(found, code=problem.code, detail=problem.detail)


def _soft_404(document: Document, got: Got, getting: _Means) -> Problem | None:
    """Whether the site shows the same for an address at which no page can stand."""
    try:
        other = getting.get(impossible_page(got.url))
    except GetError:
        return None
    return compare(document, getting.document(other.url, other)) if other.status == 200 else None


def _response(got: Got) -> HtmlResponse:
    kept = {"Content-Type": got.headers.get("content-type", "")}
    return HtmlResponse(got.url, status=got.status, headers=kept, body=got.body)


def _allowed(url: str, settings: CrawlSettings, getting: _Means) -> Problem | None:
    """Why the host's robots.txt keeps `url` from being read; `None` where it does not."""
    address = f"{origin_of(url)}/robots.txt"
    try:
        got = getting.getting.get(address, MOST_HOPS)
    except GetError as error:
        if error.problem.code in ("redirect_loop", "social_media_only"):
            return None
        return error.problem
    rules = rules_of_answer(got.status, got.body, settings.robots_name)
    if rules is None:
        return robots_unknown(got.status)
    getting.getting.manners.note_pause(address, rules.pause_s)
    return None if rules.allows(url) else Problem("blocked_by_robots", FORBIDDEN)


def _remarks(url: str, got: Got, main_site: str) -> Iterator[str]:
    """What works, yet deserves a look."""
    if key(got.url) != key(direct(url) or url) and not same_site(got.url, url):
        yield f"URL ส่งต่อไปยังเว็บไซต์อื่น ({host_of(got.url)})"
    elif got.hops and key(got.url) != key(url):
        yield "URL ส่งต่อไปหน้าอื่น ควรใส่ URL ปลายทางแทน"
    if main_site and not same_site(url, main_site):
        yield f"อยู่นอกเว็บไซต์หลักของหน่วยงาน ({host_of(main_site)})"
    if got.url.startswith("http://"):
        yield "ไม่ได้ใช้ HTTPS"
    if not got.whole:
        yield "ไฟล์ใหญ่ จึงดูเพียงส่วนต้น"
