"""Telling formats apart, and everything that reads by the bytes alone."""

from __future__ import annotations

from checklist.evidence import Document, Fetch
from crawler.extract import extract_all, needs_browser
from crawler.extract.sniff import _MAGIC, Kind, sniff
from tests.fuzz.frame import URL, Target, read, require, sound
from tests.fuzz.mutators import packed

_CORE = b"<?xml version='1.0'?><a/>"


def _check(data: bytes) -> tuple[Kind, list[Document]]:
    kind = sniff(data)
    require(isinstance(kind, Kind), "no kind")
    require(isinstance(sniff(data, "text/html"), Kind), "no kind")
    document = read(data)
    needs_browser(document)
    found = [sound(member) for member in extract_all(data, Fetch(URL, URL))]
    require(bool(found), "nothing was said of a file")
    return kind, [document, *found]


TARGET = Target(
    check=_check,
    seeds=lambda: [
        *(magic + b"\0" * 64 for magic, _ in _MAGIC),
        *(magic + b" word" * 20 for magic, _ in _MAGIC),
        b"RIFF\0\0\0\0WEBPVP8 " + b"\0" * 40, b"\0\0\0\x20ftypavif" + b"\0" * 40, b"BM" + b"\0" * 80,
        b"junk %PDF-1.4\n%%EOF", b"<html><p>x", b"<?xml version='1.0'?><a>b</a>", b"\xff\xfea\0b\0",
        packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": _CORE}),
        packed({"word/document.xml": _CORE}), packed({"xl/workbook.bin": b"\0"}),
        packed({"ppt/presentation.xml": _CORE}), packed({"mimetype": b"application/epub+zip"}),
        packed({"a.txt": b"words of a text"}), b"PK\x05\x06" + b"\0" * 18,
    ],
    tokens=[magic for magic, _ in _MAGIC] + [
        b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"%PDF-", b"ftypheic", b"RIFF", b"WEBP", b"<html", b"<!doctype html",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"mimetype", b"<?xml",
    ],
    max_len=8192,
)  # fmt: skip
