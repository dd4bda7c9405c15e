"""Captures and an archive to try things on."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from evidence.archive import Archive
from evidence.capture import Capture, CaptureKind, Kept
from evidence.manifest import Manifest
from tests.databases import database_at

NOON = datetime(2023, 4, 10, 5, 0, tzinfo=UTC)
PAGE = "<html lang='th'><h1>แผนปฏิบัติการป้องกันการทุจริต 2566</h1></html>".encode()
MISSING = "ไม่พบหน้านี้".encode()
PDF = b"%PDF-1.4 \x00\xff a file"
ABOUT = {"software": "oit-checker test"}


class Bodies(dict[str, bytes]):
    """Bodies by their hash; `read` counts how often one was asked for."""

    def __init__(self, *bodies: bytes) -> None:
        super().__init__({hashlib.sha256(body).hexdigest(): body for body in bodies})
        self.read = 0

    def __call__(self, sha256: str) -> bytes | None:
        self.read += 1
        return self.get(sha256)


def bodies() -> Bodies:
    return Bodies(PAGE, MISSING, PDF)


def a_capture(body: bytes = PAGE, hours: float = 0, **values: Any) -> Capture:
    """A capture of `body`, `hours` after noon."""
    given: dict[str, Any] = {
        "url": "https://suan.example.go.th/o36",
        "final_url": "https://suan.example.go.th/o36",
        "status": 200,
        "payload_sha256": hashlib.sha256(body).hexdigest(),
        "size": len(body),
        "kind": CaptureKind.RESPONSE,
        "content_type": "text/html; charset=utf-8",
        "fetched_at": NOON + timedelta(hours=hours),
        "items": ("O36",),
        "headers": (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")),
    }
    return Capture(**{**given, **values})


def opened(folder: Path) -> Archive:
    return Archive.open(folder / "evidence", database_at(f"{folder}/oit.db"))


def manifest_file(archive: Archive) -> Path:
    """The file of an archive's manifest."""
    assert isinstance(archive.manifest, Manifest)
    return archive.manifest.path


def three(archive: Archive, scan: int = 1) -> list[Kept]:
    """A page, a page that is gone and a file, kept for one unit."""
    captures = [
        a_capture(),
        a_capture(MISSING, url="https://suan.example.go.th/gone", status=404, items=("O12",)),
        a_capture(PDF, url="https://suan.example.go.th/plan.pdf", content_type="application/pdf"),
    ]
    return archive.keep(scan, "suan", captures, bodies(), ABOUT)
