"""Pages without text, read by the checker's own OCR."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.ocr import OcrSettings, read_pages

if TYPE_CHECKING:
    from checklist.evidence import Document

_SETTINGS = OcrSettings(cache_folder=None, max_pages=12)


def recognised(body: bytes, document: Document) -> Document:
    """`document` with the text of its blank pages added; nothing is cached."""
    return read_pages(body, document, _SETTINGS)
