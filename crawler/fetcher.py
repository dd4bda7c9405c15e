"""One address in, one `Document` out: downloading, script redirects, reading, rendering."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from checklist.evidence import Document, TextSource
from crawler.asking import Answer, Page
from crawler.books import book_document
from crawler.extract.shell import needs_browser
from crawler.harvest import unread
from crawler.headers import fetch_of
from crawler.hosted import (
    Book,
    direct,
    is_book,
    page_texts,
    read_book,
    refusal,
    shared_page,
    stopped,
)
from crawler.memory.conditional import TALLY
from crawler.memory.traces import Question, came, refused
from crawler.moves import next_address
from crawler.over_limit import OverLimitError
from crawler.problems import RETRIED, Problem, content, of_exception, of_page, of_status
from crawler.robots import SHARED_AT
from crawler.stand_in_hosts import stand_in_for
from crawler.tally import Counted
from crawler.urls import clean, file_name, is_social, key
from crawler.wire_limits import UNTIL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrapy.core.engine import ExecutionEngine
    from scrapy.http import Response

    from crawler.asking import Ask
    from crawler.body_reader import BodyReader
    from crawler.manners import Manners
    from crawler.rendering import Renderer
    from crawler.settings import CrawlSettings

logger = logging.getLogger(__name__)

STEPS = 4
_SHELL_LETTERS = 200

_SEALED_BOOK = Problem(
    "unsupported_type",
    "เอกสารอยู่ในหนังสือพลิก (flip-book) ซึ่งระบบอ่านหน้าไม่ได้ ควรแนบไฟล์ PDF ไว้บนเว็บไซต์ของหน่วยงาน",
)


class Fetcher:
    """Downloads through Scrapy's engine (robots, throttle, guard) and reads what comes."""

    def __init__(
        self,
        engine: ExecutionEngine,
        settings: CrawlSettings,
        reader: BodyReader,
        renderer: Renderer | None,
        manners: Manners | None = None,
    ) -> None:
        """Fetch with `engine`, read with `reader`; without a `renderer` no page is rendered."""
        self._manners = manners
        self._engine = engine
        self._settings = settings
        self._reader = reader
        self._renderer = renderer

    async def fetch(self, ask: Ask) -> Answer:
        """Get `ask.url`: the file behind a shared address, past redirects of every kind."""
        try:
            clean(ask.url)
            url = clean(direct(ask.url) or ask.url)
        except ValueError:
            return Answer(ask, problem=Problem("bad_address", "URL เขียนไม่ถูกต้อง เปิดไม่ได้"))
        if is_social(url) and not ask.social:
            return Answer(ask, problem=Problem("social_media_only", "URL เป็นสื่อสังคมออนไลน์"))
        shared = shared_page(ask.url)
        for _ in range(STEPS):
            if refused := refusal(url):
                return Answer(ask, problem=Problem(*refused))
            answer = await self._download(url, ask, shared)
            if answer.response is None:
                return answer
            if book := read_book(url, answer.response.body):
                return await self._open_book(answer, book)
            if is_book(url) and answer.response.status == 200:
                return Answer(ask, problem=_SEALED_BOOK)
            target = next_address(ask.url, answer.response)
            if target is None or key(target) == key(url):
                return answer
            if is_social(target) and not ask.social:
                return Answer(ask, problem=Problem("social_media_only", "URL ส่งต่อไปยังสื่อสังคมออนไลน์"))
            shared = shared_page(target) or shared
            url = direct(target) or target
        return Answer(ask, problem=Problem("redirect_loop", "หน้าเว็บส่งต่อด้วยสคริปต์วนไปมาไม่สิ้นสุด"))

    async def _open_book(self, answer: Answer, book: Book) -> Answer:
        """A flip-book's PDF where it offers one, else its settings with the text of its pages."""
        shared = shared_page(answer.ask.url)
        if book.pdf_url:
            file = await self._download(book.pdf_url, answer.ask, shared)
            if file.response is not None and b"%PDF-" in file.response.body[:1024]:
                return file
        text = await self._download(book.text_url, answer.ask, shared)
        usable = text.response is not None and text.response.status == 200
        texts = page_texts(text.response.body) if text.response is not None and usable else ()
        return replace(answer, book=book, texts=texts)

    async def _download(self, url: str, ask: Ask, shared: str | None = None) -> Answer:
        question = Question(url, ask.social, shared or "")
        response = ask.journal.take(question)
        answer = await self.ask(question, ask) if response is None else Answer(ask, response)
        if answer.response is not None:
            ask.journal.note(question, ask.url, came(answer.response))
        elif answer.problem is not None:
            ask.journal.note(question, ask.url, refused(answer.problem.code))
            if answer.problem.code in RETRIED:
                ask.journal.spoil()
        return answer

    async def keep(self, answers: Iterable[Response]) -> None:
        """Keep the bodies of answers that nobody reads, as long as those that are read."""
        await self._reader.keep(*(answer.body for answer in answers))

    async def seen(self, document: Document, styles: Sequence[str]) -> Document:
        """A page with what the texts of its style sheets leave to be seen (`Document.seen`)."""
        return await self._reader.seen(document, styles)

    async def ask(self, question: Question, ask: Ask) -> Answer:
        """Ask the network one question, for the visit `ask`: redirects by HTTP are followed."""
        url = question.url
        request = Request(
            url,
            callback=NO_CALLBACK,
            dont_filter=True,
            meta={
                "cookiejar": ask.unit_id,
                "download_timeout": ask.timeout_s,
                "social": question.social,
                UNTIL: ask.begun + self._settings.max_address_s,
                SHARED_AT: question.shared or None,
                TALLY: ask.tally,
                **({} if ask.most_bytes is None else {"download_maxsize": ask.most_bytes}),
            },
        )
        try:
            response = await self._engine.download_async(request)
            return Answer(ask, response=response)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            logger.debug("%s: %r", url, error)
            most = ask.most_bytes or self._settings.max_body_bytes
            return Answer(ask, problem=of_exception(error, url, ask.timeout_s, most))

    async def read(self, answer: Answer, turn: asyncio.Lock) -> Page:
        """Turn an answer into a document, through the browser when the page is only a shell.

        `turn` is the host's lock, held while the browser visits it.
        """
        url = answer.ask.url
        response = answer.response
        if response is None:
            problem = answer.problem or Problem("connection", "ไม่ได้รับคำตอบจากเว็บไซต์")
            return Page(unread(url, problem.code, problem.detail))
        if answer.book is not None:
            await self._reader.keep(response.body)
            return Page(book_document(fetch_of(url, response), answer.book, answer.texts))
        if refused := _problem_of(response):
            fetch = replace(
                fetch_of(url, response), problem=refused.code, problem_detail=refused.detail
            )
            await self._reader.keep(response.body)
            return Page(Document(fetch=fetch, file_name=file_name(response.url)))
        document = await self._reader.read(url, response, answer.ask.tally, rendered=False)
        page = Page(document)
        if document.readable and needs_browser(document) and not self._stands_in(response.url):
            async with turn:
                page = await self._render(answer.ask, document)
        return replace(page, document=_judged(page.document, url))

    def slowed(self, url: str) -> str:
        """In Thai, that the host's wish for long pauses is why little was read; "" where not."""
        asked = self._manners.asked_pause(url) if self._manners is not None else 0.0
        if self._manners is None or asked <= self._settings.delay_s:
            return ""
        return (
            f" (ไฟล์ robots.txt ของเว็บไซต์ขอให้เว้น {asked:,g} วินาทีต่อหนึ่งคำขอ "
            f"ระบบเว้น {self._manners.pause(url):,g} วินาที)"
        )

    def _stands_in(self, url: str) -> bool:
        return stand_in_for(url, self._settings.resolve) is not None

    async def _render(self, ask: Ask, static: Document) -> Page:
        # What the scripts of a page fetch may change while the page stays as it is.
        ask.journal.spoil()
        if self._renderer is None:
            return _unrendered(static, "ไม่มีเบราว์เซอร์ในเครื่อง จึงอ่านหน้านี้จากข้อความที่ไม่ผ่านสคริปต์")
        try:
            response = await self._renderer.render(static.fetch.final_url, ask.unit_id)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            logger.debug("rendering %s: %r", ask.url, error)
            return _unrendered(static, self._why_unrendered(error))
        if of_status(response.status, response.body) is not None:
            return _unrendered(static, f"เบราว์เซอร์ได้รับรหัส HTTP {response.status} จากหน้านี้")
        ask.tally[Counted.RENDERED] += 1
        document = await self._reader.read(ask.url, response, ask.tally, rendered=True)
        return Page(document, rendered=True)

    def _why_unrendered(self, error: Exception) -> str:
        if isinstance(error, OverLimitError):
            return error.detail
        if type(error).__name__ == "TimeoutError":
            most = f"{self._settings.page_deadline_s:g} วินาที"
            return f"เบราว์เซอร์แสดงหน้านี้ไม่สำเร็จภายในเวลาที่กำหนด (ไม่เกิน {most})"
        return "เบราว์เซอร์แสดงหน้านี้ไม่สำเร็จ"


def bare(answer: Answer) -> Document:
    """An answer of which only the status matters, as a document without text."""
    url = answer.ask.url
    if answer.response is not None:
        return Document(fetch_of(url, answer.response), TextSource.NONE)
    problem = answer.problem or Problem("connection", "ไม่ได้รับคำตอบจากเว็บไซต์")
    return unread(url, problem.code, problem.detail)


def _problem_of(response: Response) -> Problem | None:
    """What the status tells, as the host means it where it is a known file host."""
    if response.status != 200 and (known := stopped(response.url, response.status)):
        return Problem(*known)
    return of_status(response.status, response.body)


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
