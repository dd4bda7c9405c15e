"""Turns a text into the files that agencies publish: PDF, Word, spreadsheet."""

from __future__ import annotations

import hashlib
import io
import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import docx
from bs4 import BeautifulSoup, Tag
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from docx.document import Document as WordFile

    from demo.texts import Text


log = logging.getLogger(__name__)

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_PRINTED = datetime(2023, 4, 1, 9, 0, 0)
_FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
_UPRIGHT = 6
_STYLE = """
@page { size: A4; margin: 20mm 18mm }
body { font-family: 'TH Sarabun New', Sarabun, Laksaman, 'Noto Sans Thai', serif; font-size: 15pt }
h1 { font-size: 18pt; text-align: center } h2 { font-size: 16pt }
table { border-collapse: collapse; width: 100%; font-size: 12pt }
th, td { border: 1px solid #333; padding: 2px 5px; vertical-align: top }
.signature { text-align: right; margin-top: 30px } img { max-width: 100% }
"""


def find_browser() -> str | None:
    """The path of an installed Chromium, or None."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@dataclass
class Press:
    """Prints PDFs in one browser session and keeps them in `cache` by what they show.

    `browser` is the path of a Chromium. Jobs are collected by `order` and printed by `run`.
    """

    browser: str
    cache: Path | None = None
    _jobs: list[tuple[Path, str]] = field(default_factory=list)

    def order(self, path: Path, text: Text) -> None:
        """Ask for `text` as a PDF at `path`."""
        style = _STYLE.replace("size: A4", "size: A4 landscape") if _is_wide(text.body) else _STYLE
        head = f'<head><meta charset="utf-8"><style>{style}</style></head>'
        body = f"<body>{_without_pictures(text.body)}</body>"
        self._jobs.append((path, f'<!doctype html><html lang="th">{head}{body}</html>'))

    def run(self) -> int:
        """Print what was ordered and is not in the cache; the number of PDFs printed."""
        waiting = [(path, html) for path, html in self._jobs if not self._from_cache(path, html)]
        self._jobs.clear()
        if not waiting:
            return 0
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=self.browser, args=list(_FLAGS))
            page = browser.new_page()
            for path, html in waiting:
                page.set_content(html)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(page.pdf(prefer_css_page_size=True, print_background=True))
                self._to_cache(path, html)
            browser.close()
        log.info("printed %d PDFs", len(waiting))
        return len(waiting)

    def _from_cache(self, path: Path, html: str) -> bool:
        kept = self._kept(html)
        if kept is None or not kept.is_file():
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(kept.read_bytes())
        return True

    def _to_cache(self, path: Path, html: str) -> None:
        kept = self._kept(html)
        if kept is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(path.read_bytes())

    def _kept(self, html: str) -> Path | None:
        digest = hashlib.sha256(html.encode()).hexdigest()
        return self.cache / f"{digest}.pdf" if self.cache else None


def word_file(text: Text) -> bytes:
    """The text as a DOCX file."""
    word = docx.Document()
    word.core_properties.created = word.core_properties.modified = _PRINTED
    for block in _blocks(text.body):
        _add_to_word(word, block)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def spreadsheet(text: Text, sheet_name: str) -> bytes:
    """The text as an XLSX file of one sheet: paragraphs as rows, tables as tables."""
    book = Workbook()
    book.properties.created = book.properties.modified = _PRINTED
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = sheet_name[:31]
    row = 1
    for block in _blocks(text.body):
        if block.name == "table":
            row = _add_to_sheet(sheet, block, row)
        else:
            cell = sheet.cell(row, 1, block.get_text(" ", strip=True))
            cell.font = Font(bold=block.name in ("h1", "h2"))
            row += 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _blocks(body: str) -> Iterator[Tag]:
    wanted = ["h1", "h2", "p", "li", "table"]
    for tag in BeautifulSoup(body, "lxml").find_all(wanted):
        if not tag.find_parent("table") and tag.get_text(strip=True):
            yield tag


def _add_to_word(word: WordFile, block: Tag) -> None:
    words = block.get_text(" ", strip=True)
    if block.name in ("h1", "h2"):
        word.add_heading(words, level=int(block.name[1]))
    elif block.name == "table":
        if block.caption:
            word.add_paragraph(block.caption.get_text(" ", strip=True))
        rows = _rows(block)
        table = word.add_table(rows=len(rows), cols=max(map(len, rows)), style="Table Grid")
        for cells, row in zip(rows, table.rows, strict=True):
            for words, cell in zip(cells, row.cells, strict=False):
                cell.text = words
    else:
        word.add_paragraph(words, style="List Bullet" if block.name == "li" else None)


def _add_to_sheet(sheet: Worksheet, table: Tag, row: int) -> int:
    for index, cells in enumerate(_rows(table)):
        for column, words in enumerate(cells, start=1):
            cell = sheet.cell(row, column, _number(words))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=index == 0)
        row += 1
    return row


def _rows(table: Tag) -> list[list[str]]:
    return [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
        for row in table.find_all("tr")
    ]


def _number(words: str) -> str | float | int:
    plain = words.replace(",", "")
    if plain.isdigit() and not plain.startswith("0"):
        return int(plain)
    try:
        return float(plain) if "." in plain else words
    except ValueError:
        return words


def _is_wide(body: str) -> bool:
    """True when a table has so many columns that an office would turn the paper."""
    return any(
        len(row.find_all("th")) > _UPRIGHT for row in BeautifulSoup(body, "lxml").find_all("tr")
    )


def _without_pictures(body: str) -> str:
    soup = BeautifulSoup(body, "lxml")
    for picture in soup.find_all(["img", "iframe"]):
        picture.decompose()
    return soup.body.decode_contents() if soup.body else body
