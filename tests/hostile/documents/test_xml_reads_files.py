"""XML whose entities are files of this machine or addresses inside its network (XXE).

Tried: an external entity that names a file and one that names an address, in every format of XML.
Must: neither is opened: what stands in the file is never in the document.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.hostile.documents.packing import cell, docx, xlsx, zipped

if TYPE_CHECKING:
    from tests.hostile.documents.conftest import Reader

SECRET = "ข้อความลับของเครื่องนี้"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
SLIDE = "http://schemas.openxmlformats.org/drawingml/2006/main"


def odt(head: str, text: str) -> bytes:
    body = f'{head}<o:document-content xmlns:o="{ODF}:office:1.0" xmlns:t="{ODF}:text:1.0"><o:body><o:text><t:p>{text}</t:p></o:text></o:body></o:document-content>'
    kind = b"application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": body.encode()})


def pptx(head: str, text: str) -> bytes:
    body = f'{head}<p xmlns:a="{SLIDE}"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p>'
    return zipped({"ppt/presentation.xml": body.encode(), "ppt/slides/slide1.xml": body.encode()})


FORMATS: dict[str, Callable[[str, str], bytes]] = {
    "docx": lambda head, text: docx(text, head),
    "xlsx": lambda head, text: xlsx(cell(text), head),
    "odt": odt,
    "pptx": pptx,
    "svg": lambda head, text: f"{head}<svg><text>{text}</text></svg>".encode(),
    "xml": lambda head, text: f'<?xml version="1.0"?>{head}<a>{text}</a>'.encode(),
    "html": lambda head, text: f"{head}<html><body><p>{text}</p></body></html>".encode(),
}


@pytest.mark.parametrize("place", ["file", "http"])
@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_opened(reader: Reader, tmp_path: Path, name: str, place: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, "utf-8")
    where = secret.as_uri() if place == "file" else "http://127.0.0.2:9/inside"
    head = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{where}"><!ENTITY % y SYSTEM "{where}">%y;]>'
    document = reader.read(FORMATS[name](head, "&x;"), f"plan.{name}")
    assert SECRET not in " ".join(p.text for p in document.passages)
