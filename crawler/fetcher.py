"""One address in, one `Document` out: downloading, script redirects, reading, rendering."""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, unquote_to_bytes, urljoin

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from checklist.evidence import Document, Fetch
from crawler.extract.shell import needs_browser
from crawler.harvest import unread
from crawler.problems import Problem, content, of_exception, of_page, of_status
from crawler.urls import clean, direct_download, file_name, is_social, key

if TYPE_CHECKING:
    from concurrent.futures import Future

    from scrapy.core.engine import ExecutionEngine
    from scrapy.http import Response

    from crawler.rendering import Renderer
    from crawler.settings import CrawlSettings

logger = logging.getLogger(__name__)

SCRIPT_REDIRECTS = 3
_SMALL_PAGE = 20_000
_SHELL_LETTERS = 200
_SCRIPT_MOVE = re.compile(
    r"(?:window\.|document\.|top\.|self\.|parent\.)*location(?:\.href)?\s*"
    r"(?:=\s*|\.(?:replace|assign)\(\s*)[\"']([^\"'\s]{1,2000})[\"']"
)
_TAGS = re.compile(r"(?is)<(script|style|head|noscript)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>")
_CHARSET = re.compile(r"(?i)charset\s*=\s*[\"']?([\w.:-]+)")
_FILENAME = re.compile(r"(?i)filename\*\s*=\s*utf-8''([^;]+)|filename\s*=\s*\"?([^\";]+)")


class Extractor(Protocol):
    """What reads bodies: `crawler.extract.ExtractPool` in a crawl."""

    def submit(
        self, body: bytes, fetch: Fetch, *, charset: str | None, rendered: bool
    ) -> Future[Document]:
        """Start to read `body`; the future never raises for hostile input."""


@dataclass(frozen=True)
class Ask:
    """One request: for which unit, how long it may take (seconds), whether social pages count."""

    url: str
    unit_id: str
    timeout_s: float
    social: bool = False


@dataclass(frozen=True)
class Answer:
    """What came over the network: a response, or the problem that stood in its place."""

    ask: Ask
    response: Response | None = None
    problem: Problem | None = None

    @property
    def size(self) -> int:
        """Length of the body in bytes."""
        return len(self.response.body) if self.response is not None else 0


@dataclass(frozen=True)
class Page:
    """A read answer; `note` says in Thai why a page that wanted a browser did not get one."""

    document: Document
    rendered: bool = False
    note: str = ""


class Fetcher:
    """Downloads through Scrapy's engine (robots, throttle, guard) and reads what comes."""

    def __init__(
        self,
        engine: ExecutionEngine,
        settings: CrawlSettings,
        extractor: Extractor,
        renderer: Renderer | None,
    ) -> None:
        """Fetch with `engine`; without a `renderer` pages are read as they come."""
        self._engine = engine
        self._settings = settings
        self._extractor = extractor
        self._renderer = renderer

    async def fetch(self, ask: Ask) -> Answer:
        """Get `ask.url`, following redirects of HTTP, meta refresh and small scripts."""
        try:
            url = clean(ask.url)
        except ValueError:
            return Answer(ask, problem=Problem("bad_address", "URL เขียนไม่ถูกต้อง เปิดไม่ได้"))
        if is_social(url) and not ask.social:
            return Answer(ask, problem=Problem("social_media_only", "URL เป็นสื่อสังคมออนไลน์"))
        url = direct_download(url) or url
        for _ in range(SCRIPT_REDIRECTS + 1):
            answer = await self._download(url, ask)
            target = script_target(answer.response) if answer.response is not None else None
            if target is None or key(target) == key(url):
                return answer
            if is_social(target) and not ask.social:
                return Answer(ask, problem=Problem("social_media_only", "URL ส่งต่อไปยังสื่อสังคมออนไลน์"))
            url = target
        return Answer(ask, problem=Problem("redirect_loop", "หน้าเว็บส่งต่อด้วยสคริปต์วนไปมาไม่สิ้นสุด"))

    async def _download(self, url: str, ask: Ask) -> Answer:
        request = Request(
            url,
            callback=NO_CALLBACK,
            dont_filter=True,
            meta={
                "cookiejar": ask.unit_id,
                "download_timeout": ask.timeout_s,
                "social": ask.social,
            },
        )
        try:
            return Answer(ask, response=await self._engine.download_async(request))
        except asyncio.CancelledError:
            raise
        except Exception as error:
            logger.debug("%s: %r", url, error)
            return Answer(ask, problem=of_exception(error, url, ask.timeout_s))

    async def read(self, answer: Answer, turn: asyncio.Lock) -> Page:
        """Turn an answer into a document, through the browser when the page is only a shell.

        `turn` is the host's lock, held while the browser visits it.
        """
        url = answer.ask.url
        response = answer.response
        if response is None:
            problem = answer.problem or Problem("connection", "ไม่ได้รับคำตอบจากเว็บไซต์")
            return Page(unread(url, problem.code, problem.detail))
        if refusal := of_status(response.status, response.body):
            fetch = replace(
                _fetch(url, response), problem=refusal.code, problem_detail=refusal.detail
            )
            return Page(Document(fetch=fetch, file_name=file_name(response.url)))
        document = await self._extract(url, response, rendered=False)
        page = Page(document)
        if document.readable and needs_browser(document):
            async with turn:
                page = await self._render(answer.ask, document)
        return replace(page, document=_judged(page.document, url))

    async def _extract(self, url: str, response: Response, *, rendered: bool) -> Document:
        charset = None if rendered else _charset(response)
        future = self._extractor.submit(
            response.body, _fetch(url, response), charset=charset, rendered=rendered
        )
        document = await asyncio.wrap_future(future)
        name = _attachment_name(response)
        return replace(document, file_name=name) if name else document

    async def _render(self, ask: Ask, static: Document) -> Page:
        if self._renderer is None:
            return _unrendered(static, "ไม่มีเบราว์เซอร์ในเครื่อง จึงอ่านหน้านี้จากข้อความที่ไม่ผ่านสคริปต์")
        try:
            response = await self._renderer.render(static.fetch.final_url, ask.unit_id)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            logger.debug("rendering %s: %r", ask.url, error)
            return _unrendered(static, "เบราว์เซอร์แสดงหน้านี้ไม่สำเร็จภายในเวลาที่กำหนด")
        if of_status(response.status, response.body) is not None:
            return _unrendered(static, f"เบราว์เซอร์ได้รับรหัส HTTP {response.status} จากหน้านี้")
        return Page(await self._extract(ask.url, response, rendered=True), rendered=True)


def script_target(response: Response) -> str | None:
    """Where a page that holds nothing but a script sends its visitor."""
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1").lower()
    if len(response.body) > _SMALL_PAGE or response.status != 200 or (kind and "html" not in kind):
        return None
    text = response.body.decode("utf-8", "replace")
    found = _SCRIPT_MOVE.search(text)
    if found is None or len(_TAGS.sub("", text).strip()) > 80:
        return None
    target = urljoin(response.url, found[1].replace("\\/", "/"))
    return target if target.startswith(("http://", "https://")) else None


def _unrendered(static: Document, note: str) -> Page:
    """The static page when it holds something to judge, else a page that could not be checked."""
    if len(content(static)) >= _SHELL_LETTERS:
        return Page(static, note=note)
    fetch = replace(static.fetch, problem="render_failed", problem_detail=note)
    return Page(replace(static, fetch=fetch), note=note)


def _judged(document: Document, asked: str) -> Document:
    if not document.readable:
        return document
    problem = of_page(document, asked)
    if problem is None:
        return document
    fetch = replace(document.fetch, problem=problem.code, problem_detail=problem.detail)
    return replace(document, fetch=fetch)


def _fetch(url: str, response: Response) -> Fetch:
    return Fetch(
        url=url,
        final_url=response.url,
        status=response.status,
        content_type=(response.headers.get("Content-Type") or b"").decode("latin-1"),
        sha256=sha256(response.body).hexdigest(),
        size=len(response.body),
        fetched_at=datetime.now(UTC),
    )


def _charset(response: Response) -> str | None:
    header = (response.headers.get("Content-Type") or b"").decode("latin-1")
    found = _CHARSET.search(header)
    return found[1] if found else None


def _attachment_name(response: Response) -> str:
    header = response.headers.get("Content-Disposition")
    if not header:
        return ""
    found = _FILENAME.search(header.decode("utf-8", "replace"))
    if found is None:
        return ""
    if found[1]:
        return unquote_to_bytes(found[1].strip()).decode("utf-8", "replace")[:300]
    return unquote(found[2].strip())[:300]
