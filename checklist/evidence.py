"""What was read at an address: the one shape that every reader fills and every probe reads.

Nothing here fetches or parses. `crawler.extract` turns bytes into a `Document`;
`checklist.judge` reads documents and quotes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

# Kept documents are read back by the annotations of these classes.
from checklist.whereabouts import Whereabouts  # noqa: TC001


class Region(StrEnum):
    """Where on a page a passage stood; menus and hidden text are never evidence."""

    TITLE = "title"
    HEADING = "heading"
    MAIN = "main"
    TABLE = "table"
    NAV = "nav"
    FOOTER = "footer"
    ATTRIBUTE = "attribute"
    HIDDEN = "hidden"
    METADATA = "metadata"


class TextSource(StrEnum):
    """How the text was obtained."""

    HTML = "html"
    RENDERED = "rendered"
    PDF = "pdf"
    OCR = "ocr"
    DOCX = "docx"
    XLSX = "xlsx"
    TEXT = "text"
    IMAGE = "image"
    NONE = "none"


class Origin(StrEnum):
    """How an address came to be looked at."""

    GIVEN = "given"
    FOLLOWED = "followed"
    DISCOVERED = "discovered"
    MAIN_SITE = "main_site"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of text as published: a heading, a paragraph, a list entry or a table row.

    `page` counts from 1 (paged formats only). A table row carries `table`, the index in
    `Document.tables`; its text is the cells joined by tabs. `confidence` (0 to 100) comes with
    text read from a picture: the lowest of the digit groups in it, each read twice by
    independent ways; None when no number stands in it or nothing was measured.
    """

    text: str
    region: Region = Region.MAIN
    heading_path: tuple[str, ...] = ()
    page: int | None = None
    table: int | None = None
    source: TextSource | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cells; `header` is empty when the table has none."""

    rows: tuple[tuple[str, ...], ...]
    header: tuple[str, ...] = ()
    caption: str = ""
    heading_path: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An anchor: absolute address, its own text, and the row or list entry it stands in."""

    url: str
    text: str
    region: Region = Region.MAIN
    heading_path: tuple[str, ...] = ()
    context: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: absolute address, alternative text, text of the block that holds it.

    Sizes are in CSS pixels where the page states them.
    """

    url: str
    alt: str = ""
    region: Region = Region.MAIN
    heading_path: tuple[str, ...] = ()
    context: str = ""
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class FormField:
    """An input of a form; `kind` is the HTML type (`text`, `textarea`, `file`, ...)."""

    name: str
    kind: str = "text"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form a visitor can send; `text` is all wording inside and the heading above it."""

    action: str
    method: str = "get"
    fields: tuple[FormField, ...] = ()
    text: str = ""
    region: Region = Region.MAIN
    heading_path: tuple[str, ...] = ()


class EmbedKind(StrEnum):
    """What an iframe or embedded object shows."""

    MAP = "map"
    DOCUMENT = "document"
    VIDEO = "video"
    SOCIAL = "social"
    CHAT = "chat"
    FORM = "form"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Embed:
    """An iframe, object or chat script in the page."""

    url: str
    kind: EmbedKind = EmbedKind.OTHER
    title: str = ""
    heading_path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetch:
    """One request and what came of it.

    `status` is the HTTP status (0 when no answer came), `sha256` the hex digest of the
    body's bytes, `size` its length in bytes. `problem` is a reason code of
    `checklist.reasons` when the body must not be judged; `problem_detail` says in Thai
    what was seen. `headers` are the answer's own, cookies left out; no verdict rests on them.
    """

    url: str
    final_url: str
    status: int = 200
    content_type: str = ""
    sha256: str = ""
    size: int = 0
    fetched_at: datetime | None = None
    problem: str | None = None
    problem_detail: str = ""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Trail:
    """How the document was reached: the page and link text that led to it.

    `whereabouts` tells the way to it from the main site's front page; `None`: not looked for.
    """

    origin: Origin = Origin.GIVEN
    parent_url: str = ""
    link_text: str = ""
    context: str = ""
    heading_path: tuple[str, ...] = ()
    on_main_site: bool | None = None
    whereabouts: Whereabouts | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """Everything readable at one address.

    `file_name` is the decoded last part of the address or path; `page_count` counts pages
    of paged formats; `blank_pages` lists the pages (from 1) that hold no text, which in a
    PDF means a scan. `metadata` holds the file's own title, author and dates as text and is
    never evidence. `read_on` is the day in Thailand when these bytes were first read, `None` for
    a reading that is not kept. `style_sheets` are the addresses of the sheets that a page links;
    `seen` is the same page without what a sheet or a script hides, where that is another text.
    """

    fetch: Fetch
    source: TextSource = TextSource.HTML
    title: str = ""
    passages: tuple[Passage, ...] = ()
    tables: tuple[Table, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    forms: tuple[Form, ...] = ()
    embeds: tuple[Embed, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    file_name: str = ""
    page_count: int | None = None
    blank_pages: tuple[int, ...] = ()
    trail: Trail = field(default_factory=Trail)
    read_on: date | None = None
    style_sheets: tuple[str, ...] = ()
    seen: Document | None = None

    @property
    def readable(self) -> bool:
        """True when the body may be judged (it was fetched and is not an error page)."""
        return self.fetch.problem is None


@dataclass(frozen=True, slots=True)
class Skipped:
    """An address that was found and not read, with the reason code or budget that stopped it."""

    url: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a scan of one unit looked at: addresses `found`, of these `fetched` and readable.

    `rendered` of them needed the browser. `seconds` is wall time, `bytes` the bodies' total.
    """

    found: int = 0
    fetched: int = 0
    rendered: int = 0
    bytes: int = 0
    seconds: float = 0.0
    skipped: tuple[Skipped, ...] = ()
