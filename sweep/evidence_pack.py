"""The pack for the clarification round: copies, pictures, hashes and the sheet, of one item."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from evidence.capture import CaptureKind, Kept, facts_of
from evidence.pack import safe_name, zipped
from evidence.warc import joined
from results.papers.evidence_docx import evidence_docx
from results.papers.evidence_sheet import Sheet
from sweep.evidence_pictures import pictures_of
from sweep.evidence_shown import entered_urls, shown_of, window_of
from sweep.reporting import report_of

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from evidence.archive import Archive
    from results.report import ItemFinding
    from results.store import Store

WARC = "evidence.warc.gz"
_ENDINGS = (
    ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp", ".csv",
    ".rtf", ".txt", ".zip", ".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".webp",
)  # fmt: skip


class NoEvidenceError(LookupError):
    """The archive holds nothing of this item in this scan."""


@dataclass(frozen=True)
class Asked:
    """Which evidence: an item of a unit in a scan; `made_at` (aware) dates the sheet."""

    checklist: Checklist
    scan_id: int
    unit_id: str
    item_id: str
    made_at: datetime


@dataclass(frozen=True)
class Pack:
    """A ZIP with how many captures it holds, and the addresses whose copy is gone or damaged.

    `in_window` tells how many captures were made while the checklist was answered in ITAS.
    """

    content: bytes
    captures: int
    in_window: int = 0
    lost: tuple[str, ...] = ()


def evidence_pack(asked: Asked, archive: Archive, store: Store, name: str) -> Pack:
    """The pack as a ZIP that will be called `name`.

    Raises `NoEvidenceError` when nothing was kept, `StoreError` when the scan holds no such unit.
    """
    result = store.unit_result(asked.scan_id, asked.unit_id)
    captures = archive.of_unit(asked.scan_id, asked.unit_id, asked.item_id)
    if not captures:
        raise NoEvidenceError(asked.item_id)
    moments = archive.moments_of(captures)
    meanwhile = archive.meanwhile(asked.unit_id, moments)
    found = ((one.seq, archive.body(one)) for one in captures)
    held = {seq: body for seq, body in found if body is not None}
    originals = dict(_originals(captures, held))
    finding = _finding(asked, store)
    pictures = pictures_of(finding, captures, held)
    entered = entered_urls(store, asked.scan_id, asked.unit_id, asked.item_id)
    head = archive.manifest.head()
    named = {seq: file for seq, (file, _) in originals.items()} | pictures.named
    sheet = Sheet(
        unit=result.unit.name,
        checklist=asked.checklist.title,
        finding=finding,
        scan_id=asked.scan_id,
        checked_at=result.checked_at,
        entered=entered,
        shown=shown_of(captures, moments, named, entered, result.documents, meanwhile),
        pictures=pictures.shown,
        window=window_of(asked.checklist),
        line=head.seq,
        line_hash=head.hash,
        pack=name,
        made_at=asked.made_at,
    )
    files = {
        **dict(originals.values()),
        **pictures.files,
        f"clarification-{asked.item_id}.docx": evidence_docx(sheet),
        WARC: _warc(archive, moments),
        "captures.json": _described(captures),
        "manifest-lines.jsonl": b"".join(archive.manifest.lines({one.seq for one in moments})),
    }
    lost = tuple(one.capture.url for one in captures if one.seq not in held)
    inside = sum(one.capture.entry_window for one in captures)
    return Pack(zipped(files, asked.made_at), len(captures), inside, lost)


def _finding(asked: Asked, store: Store) -> ItemFinding:
    report = report_of(store, asked.checklist, asked.scan_id, asked.unit_id, only=[asked.item_id])
    return next(one for one in report.findings() if one.item == asked.item_id)


def _originals(
    captures: list[Kept], held: Mapping[int, bytes]
) -> Iterator[tuple[int, tuple[str, bytes]]]:
    """By line number: the files that are documents, under names of plain letters."""
    number = 0
    for one in captures:
        ending = _ending(one)
        if one.seq in held and ending:
            number += 1
            name = safe_name(one.capture.file_name, number, ending)
            yield one.seq, (f"originals/{name}", held[one.seq])


def _ending(kept: Kept) -> str:
    """The ending of a document's file; "" for web pages and pictures of them."""
    one = kept.capture
    if one.kind is not CaptureKind.RESPONSE or one.status != 200 or "html" in one.content_type:
        return ""
    ending = PurePosixPath(one.file_name).suffix.lower()
    if ending in _ENDINGS:
        return ending
    return ".pdf" if "pdf" in one.content_type else ""


def _warc(archive: Archive, moments: list[Kept]) -> bytes:
    objects = {one.object_sha256: archive.objects.get(one.object_sha256) for one in moments}
    pairs = ((one, objects[one.object_sha256]) for one in moments)
    return joined([(one, content) for one, content in pairs if content is not None])


def _described(captures: list[Kept]) -> bytes:
    rows = [{"line": one.seq, **facts_of(one)} for one in captures]
    return json.dumps(rows, ensure_ascii=False, indent=2).encode("utf-8", "replace")
