"""A unit's report as a file, made when it is asked for and kept until something in it changes."""

from __future__ import annotations

import tempfile
import threading
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.settings import installed_browser
from results.formats import Format, write_unit_report
from results.formats.html import unit_page
from results.formats.pdf import PICTURE_BYTES
from results.formats.printing import Printer, PrintError
from web.evidence.shelf import Shelf
from web.faults import TooSoon, Unavailable
from web.units.reading import report_on, today

if TYPE_CHECKING:
    from collections.abc import Iterator

    from results.report import GapReport
    from web.site import Site
    from web.units.reading import Standing

KINDS: dict[str, str] = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
MOST_BYTES = 200 * 1024 * 1024
_PATIENCE_S = 60.0
_NOT_IN_NAMES = frozenset('/\\:*?"<>|%;')
_WAITING = threading.BoundedSemaphore(4)
"""Printing and those who wait for it: more would hold up everybody's pages."""
_PRINTING = threading.Lock()


def report_file(site: Site, standing: Standing, kind: str) -> bytes:
    """The report in the format `kind` (of `KINDS`), as `oit report` writes it.

    Raises `Unavailable` where there is nothing to print a PDF with, `TooSoon` where too many
    are being printed.
    """
    shelf = Shelf(site.home / "report-files", MOST_BYTES)
    asked = _asked(site, standing, kind)
    kept = shelf.get(asked)
    if kept is not None:
        return kept
    with _turn() if kind == Format.PDF else nullcontext():
        made = shelf.get(asked) or _made(site, report_on(site, standing, pictures=True), kind)
    shelf.put(asked, made)
    return made


def file_name(standing: Standing, kind: str) -> str:
    """What the file is called: of whom, by which checklist, of which scan."""
    unit, key, scan = standing.result.unit, standing.checklist.key, standing.scan.id
    plain = "".join(
        one if one.isprintable() and one not in _NOT_IN_NAMES else " " for one in unit.name
    )
    name = " ".join(plain.split())[:100] or unit.id[:100]
    return f"รายงานช่องว่าง {name} {key} ครั้งที่ {scan}.{kind}"


def _asked(site: Site, standing: Standing, kind: str) -> str:
    """Everything that makes the file another one."""
    result = standing.result
    before = standing.before
    parts = (
        site.sources.version, kind, today(site), standing.checklist.key, result.unit.id,
        standing.scan.id, standing.scan.checklist_hash, result.checked_at,
        sorted(standing.rechecked.items()), before and (before.scan_id, before.checked_at),
        standing.waivers,
    )  # fmt: skip
    return repr(parts)


@contextmanager
def _turn() -> Iterator[None]:
    """One is printed at a time, a few may wait."""
    if not _WAITING.acquire(blocking=False):
        raise TooSoon(
            "กำลังพิมพ์ PDF ให้ผู้อื่นอยู่หลายฉบับ กรุณาลองใหม่ในอีกหนึ่งนาที หรือใช้ไฟล์ HTML", Retry_After="60"
        )
    try:
        if not _PRINTING.acquire(timeout=_PATIENCE_S):
            raise TooSoon("เครื่องพิมพ์ PDF ไม่ว่าง กรุณาลองใหม่ในอีกหนึ่งนาที หรือใช้ไฟล์ HTML", Retry_After="60")
        try:
            yield
        finally:
            _PRINTING.release()
    finally:
        _WAITING.release()


def _made(site: Site, report: GapReport, kind: str) -> bytes:
    if kind == Format.HTML:
        return unit_page(report, inline_bytes=PICTURE_BYTES).encode()
    with tempfile.TemporaryDirectory() as folder, _printer(site, kind) as printer:
        try:
            written = write_unit_report(report, Path(folder), [Format(kind)], printer)
        except PrintError as error:
            raise Unavailable(f"พิมพ์ PDF ไม่ได้: {error} ใช้ไฟล์ HTML แทนได้") from None
        return written[0].read_bytes()


def _printer(site: Site, kind: str) -> AbstractContextManager[Printer | None]:
    if kind != Format.PDF:
        return nullcontext()
    browser = (site.crawl and site.crawl.browser_path) or installed_browser()
    if not browser:
        raise Unavailable("เครื่องนี้ไม่มี Chromium สำหรับพิมพ์ PDF ใช้ไฟล์ HTML แทนได้")
    return Printer(browser)
