"""A PDF as a `Document`: text of the better of two readings, title, links, outline, attachments.

A page that shows something yet holds no text is listed in `blank_pages`: a scan, a scan under a
non-Thai text layer (left by the scanner's own recognition), or text in codes of its own font.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from checklist.evidence import Document, Fetch, Link, Passage, Region, TextSource
from crawler.extract.pdf_blocks import cover_title, page_lines, page_passages
from crawler.extract.pdf_extras import attached_passages, field_passages
from crawler.extract.pdf_links import links_of, may_hold_links
from crawler.extract.pdf_outline import Outline, outline_of
from crawler.extract.pdf_reading import PageText, choose_pages
from crawler.extract.pdf_type import TypeLine, body_of, title_length, type_lines
from crawler.extract.pdf_unseen import hidden_words, seen_text
from crawler.extract.poppler import PageTexts, PopplerError, in_memory
from crawler.extract.problems import damaged, locked
from crawler.extract.text import collapse, file_name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from checklist.evidence import Trail

    ReadMember = Callable[[bytes, Fetch], Document]

MAX_PAGES = 600
TIMEOUT_S = 60.0
_COVER_WITHIN = 3
_LINKS_WITHIN = 100
_META = {
    "Title": "title",
    "Author": "author",
    "Subject": "subject",
    "Creator": "creator",
    "Producer": "producer",
    "CreationDate": "created",
    "ModDate": "modified",
}


@dataclass(frozen=True, slots=True)
class _Beside:
    """What PDFium tells of a file beside its text; `set_lines` are those of the first pages."""

    count: int | None = None
    links: tuple[Link, ...] = ()
    metadata: Mapping[str, str] | None = None
    outline: Outline = field(default_factory=Outline)
    set_lines: tuple[tuple[TypeLine, ...], ...] = ()
    fields: tuple[Passage, ...] = ()
    attached: tuple[Passage, ...] = ()
    hidden: Mapping[int, Sequence[str]] = field(default_factory=dict)


def read_pdf(body: bytes, fetch: Fetch, trail: Trail, read: ReadMember | None = None) -> Document:
    """Read a PDF of at most `MAX_PAGES` pages; later pages are named in `metadata["truncated"]`.

    `read` turns an attached file into a document; without it attachments are only named.

    Raises:
        UnreadableError: the file is locked with a password, or neither reader can open it.
    """
    with _opened(body) as second, in_memory(body) as file:
        stopped = False
        count = len(second) if second is not None else None
        last = None if count is None else min(count, MAX_PAGES)
        try:
            with PageTexts(file, last or MAX_PAGES, TIMEOUT_S) as texts:
                # Poppler works in its own process meanwhile.
                beside = _beside(second, body, fetch, read)
                pages = choose_pages(texts, last, second)
                stopped = texts.stopped
        except PopplerError:
            stopped = True
            beside = _beside(second, body, fetch, read)
            pages = choose_pages((), last, second)
    if not any(page.text.strip() or page.blank for page in pages):
        raise damaged("ไฟล์ PDF ")
    pages = [replace(p, text=seen_text(p, beside.hidden.get(p.number, ()))) for p in pages]
    passages = _passages(pages, beside)
    passages.extend(
        Passage(words, Region.HIDDEN, page=number)
        for number, hidden in beside.hidden.items()
        for words in hidden
    )
    metadata = dict(beside.metadata or {})
    if stopped:
        metadata["stopped"] = "pdftotext"
    if count is not None and count > MAX_PAGES:
        metadata["truncated"] = f"อ่านเพียง {MAX_PAGES} หน้าแรก จากทั้งหมด {count} หน้า"
    return Document(
        fetch=fetch,
        source=TextSource.PDF,
        title=cover_title(passages),
        passages=(*passages, *beside.attached),
        links=beside.links,
        metadata=metadata,
        file_name=file_name_of(fetch.final_url or fetch.url),
        page_count=count if count is not None else len(pages),
        blank_pages=tuple(page.number for page in pages if page.blank),
        trail=trail,
    )


@contextlib.contextmanager
def _opened(body: bytes) -> Iterator[pdfium.PdfDocument | None]:
    """The file in PDFium; None when only Poppler may be able to open it."""
    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD:
            raise locked() from error
        document = None
    try:
        yield document
    finally:
        if document is not None:
            document.close()


def _beside(
    document: pdfium.PdfDocument | None, body: bytes, fetch: Fetch, read: ReadMember | None
) -> _Beside:
    if document is None:
        return _Beside()
    metadata = _metadata(document)
    names, attached = attached_passages(document, fetch, read)
    if names:
        metadata["attachments"] = ", ".join(names)[:2000]
    return _Beside(
        count=len(document),
        links=links_of(document, _LINKS_WITHIN) if may_hold_links(body) else (),
        metadata=metadata,
        outline=outline_of(document),
        set_lines=tuple(
            tuple(type_lines(document, index)) for index in range(min(_COVER_WITHIN, len(document)))
        ),
        fields=tuple(field_passages(document)),
        attached=tuple(attached),
        hidden=hidden_words(document, len(document)),
    )


def _passages(pages: Sequence[PageText], beside: _Beside) -> list[Passage]:
    """All pages' passages, below the outline's headings; filled-in form fields after each page."""
    cover = next((page.number for page in pages[:_COVER_WITHIN] if page.text.strip()), 1)
    found: list[Passage] = []
    for page in pages:
        is_cover = page.number == cover
        titled = _title_lines(page, beside) if is_cover else 0
        blocks = page_passages(page.text, page.number, is_cover=is_cover, title_lines=titled)
        words = "".join(page.text.split())
        for value in beside.fields:
            if value.page == page.number and "".join(value.text.split()) not in words:
                blocks.append(value)
        found.extend(beside.outline.placed(blocks, page.number))
    return found


def _title_lines(page: PageText, beside: _Beside) -> int:
    if page.number > len(beside.set_lines):
        return 0
    body = body_of([line for lines in beside.set_lines for line in lines])
    own = beside.set_lines[page.number - 1]
    return title_length(page_lines(page.text), own, body) if body is not None else 0


def _metadata(document: pdfium.PdfDocument) -> dict[str, str]:
    """The file's own title, author and dates as text."""
    try:
        raw: Mapping[str, str] = document.get_metadata_dict(skip_empty=True)
    except pdfium.PdfiumError:
        return {}
    return {_META[key]: collapse(value)[:500] for key, value in raw.items() if key in _META}
