"""Changes that an office makes to its pages: another year, a row gone, a paragraph more.

Which pages change is drawn from those a sweep has read, always in the same way, so that exactly
these are what the next sweep must find.
"""

from __future__ import annotations

import io
import random
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import docx
from openpyxl import load_workbook

from demo.copies import plan_called
from demo.plan import FISCAL_YEAR
from demo.server import find_file
from demo.site import write_site

if TYPE_CHECKING:
    from demo.ministry import DemoUnit, Ministry
    from demo.paper import Press

_SEED = 2566
_PAGES = frozenset({".html", ".htm", ".php"})
_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TAG = re.compile(r"(<[^>]*>)")
_BODY_ROW = re.compile(r"<tr>\s*<td.*?</tr>", re.DOTALL)
_MORE = "เพิ่มเติม: โครงการอบรมให้ความรู้แก่ประชาชนในพื้นที่ รุ่นที่ {n} ผู้เข้าอบรม 4{n} คน งบประมาณ {n},500 บาท"


@dataclass(frozen=True, slots=True)
class Page:
    """A page or a file that a sweep has read: its address, its unit, and where it is written."""

    url: str
    unit: DemoUnit
    path: Path


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to a page."""

    page: Page
    kind: str


def pages_of(ministry: Ministry, addresses: dict[str, str], urls: Iterable[str]) -> list[Page]:
    """The files behind the addresses read; home pages and what servers make up are left out."""
    hosts = {urlsplit(address).netloc: host for host, address in addresses.items()}
    units = {unit.host: unit for unit in ministry.units}
    pages: dict[Path, Page] = {}
    for url in sorted(urls):
        parts = urlsplit(url)
        unit = units.get(hosts.get(parts.netloc, ""))
        if unit is None or parts.path in ("", unit.main_path):
            continue
        path = find_file(ministry.folder / unit.host, unquote(parts.path))
        if path is not None:
            pages.setdefault(path, Page(url, unit, path))
    return list(pages.values())


def change(pages: Sequence[Page], count: int, press: Press | None) -> list[Change]:
    """Change `count` of the pages on disk, or as many as can be; the kinds take turns."""
    order = random.Random(_SEED).sample(list(pages), len(pages))
    made: list[Change] = []
    for page in order:
        if len(made) == count:
            break
        kind = _change(page, len(made), press)
        if kind:
            made.append(Change(page, kind))
    return made


def _change(page: Page, turn: int, press: Press | None) -> str:
    """Change one page; what was done, "" when nothing could be."""
    suffix = page.path.suffix
    if suffix == ".pdf":
        return _of_last_year(page, press)
    old = page.path.read_bytes()
    if suffix == ".docx":
        kind, new = "paragraph", _longer_word(old, turn)
    elif suffix == ".xlsx":
        kind, new = "row", _shorter_book(old)
    elif suffix in _PAGES:
        kind, new = _changed_html(old, turn)
    else:
        return ""
    page.path.write_bytes(new)
    return kind


def _changed_html(body: bytes, turn: int) -> tuple[str, bytes]:
    """A page's bytes in its own charset, changed in the way whose turn it is if that can be."""
    charset = "utf-8" if b"utf-8" in body[:400].lower() else "cp874"
    text = body.decode(charset)
    ways: list[tuple[str, Callable[[str], str]]] = [
        ("year", of_last_year),
        ("row", without_last_row),
        ("paragraph", lambda page: with_paragraph(page, turn)),
    ]
    for kind, way in ways[turn % 3 :] + ways[: turn % 3]:
        new = way(text)
        if new != text:
            return kind, new.encode(charset, "xmlcharrefreplace")
    return "", body


def of_last_year(html: str) -> str:
    """The page with the fiscal year before in the text below its first heading; addresses stay."""
    head, heading, rest = html.partition("<h1")
    main, footer, tail = rest.partition("<footer")
    year = str(FISCAL_YEAR), str(FISCAL_YEAR - 1)
    parts = _TAG.split(main)
    for place in range(0, len(parts), 2):
        parts[place] = parts[place].replace(*year)
        parts[place] = parts[place].replace(year[0].translate(_DIGITS), year[1].translate(_DIGITS))
    return head + heading + "".join(parts) + footer + tail


def without_last_row(html: str) -> str:
    """The page without the last row of its tables; one with few rows stays as it is."""
    rows = list(_BODY_ROW.finditer(html))
    if len(rows) < 3:
        return html
    return html[: rows[-1].start()] + html[rows[-1].end() :]


def with_paragraph(html: str, number: int) -> str:
    """The page with a paragraph more below its first heading."""
    return html.replace("</h1>", f"</h1>\n<p>{_MORE.format(n=number + 1)}</p>", 1)


def _longer_word(body: bytes, turn: int) -> bytes:
    word = docx.Document(io.BytesIO(body))
    word.add_paragraph(_MORE.format(n=turn + 1))
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _shorter_book(body: bytes) -> bytes:
    book = load_workbook(io.BytesIO(body))
    sheet = book.worksheets[0]
    sheet.delete_rows(sheet.max_row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _of_last_year(page: Page, press: Press | None) -> str:
    """Put the paper of the year before in the place of a PDF that is an item's own address."""
    plan = plan_called(page.unit.id)
    path = urlsplit(page.url).path
    item = next((item for item, urls in page.unit.urls.items() if urls[0] == path), None)
    if press is None or item is None or plan.items[item].year != FISCAL_YEAR:
        return ""
    older = plan.items[item].model_copy(update={"year": FISCAL_YEAR - 1})
    with tempfile.TemporaryDirectory() as folder:
        items = {**plan.items, item: older}
        write_site(plan.model_copy(update={"items": items}), Path(folder) / plan.id, press)
        press.run()
        new = find_file(Path(folder) / plan.id, unquote(path))
        if new is None:
            return ""
        shutil.copyfile(new, page.path)
    return "year"
