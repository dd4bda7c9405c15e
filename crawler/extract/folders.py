"""Files and folders on this machine as documents, without any network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crawler.extract.members import members_of
from crawler.extract.reader import read_file

if TYPE_CHECKING:
    from checklist.evidence import Document

_UNREADABLE_SUFFIXES = frozenset({".css", ".js", ".map", ".woff", ".woff2", ".ttf", ".eot"})


class SourceError(ValueError):
    """A source to check that is not there or holds nothing to read."""


def read_source(source: Path) -> tuple[Document, ...]:
    """The documents of a file or of all files below a folder, in the order of their paths.

    Raises `SourceError` for a missing path, an empty file or a folder without documents.
    """
    if not source.exists():
        raise SourceError(f"ไม่พบไฟล์หรือโฟลเดอร์ «{source}» (no such file or folder)")
    if source.is_file():
        return members_of(read_file(source))
    paths = [p for p in sorted(source.rglob("*")) if p.is_file() and _is_document(p)]
    if not paths:
        raise SourceError(f"โฟลเดอร์ «{source}» ไม่มีเอกสารให้ตรวจ (no documents in this folder)")
    return tuple(part for path in paths for part in members_of(read_file(path)))


def _is_document(path: Path) -> bool:
    return path.suffix.lower() not in _UNREADABLE_SUFFIXES and not path.name.startswith(".")
