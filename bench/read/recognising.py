"""Pages without text, read by the checker's own OCR."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
import tesserocr  # type: ignore[import-untyped]

from checklist.evidence import Document, Passage, Region, TextSource


@cache
def _api() -> tesserocr.PyTessBaseAPI:
    folder = next(Path("/usr/share/tesseract-ocr").glob("*/tessdata"))
    return tesserocr.PyTessBaseAPI(
        path=str(folder), lang="tha+eng", psm=tesserocr.PSM.SINGLE_COLUMN
    )


def recognised(body: bytes, document: Document) -> Document:
    """`document` with the text of its blank pages added, recognised at 200 dpi."""
    pdf = pdfium.PdfDocument(io.BytesIO(body))
    added = []
    for number in document.blank_pages:
        _api().SetImage(pdf[number - 1].render(scale=200 / 72, grayscale=True).to_pil())
        added += [
            Passage(line, Region.MAIN, page=number, source=TextSource.OCR)
            for line in str(_api().GetUTF8Text()).splitlines()
            if line.strip()
        ]
    return replace(document, passages=(*document.passages, *added))
