"""What the sheet tells of each address: the copies in words, and what never answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from checklist.reasons import REASONS
from checklist.strict import Confidence
from database.sessions import reading
from evidence.capture import CaptureKind, Kept
from results.papers.evidence_sheet import EntryWindow, Shown
from results.registries import asked_unit
from results.wording import reason_sentence, tidy

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from results.record import LookedAt
    from results.store import Store

_KINDS = {
    CaptureKind.RESPONSE: "หน้าเว็บตามที่เว็บไซต์ส่งมา",
    CaptureKind.RENDERED: "หน้าเว็บหลังสคริปต์ทำงานในเบราว์เซอร์",
    CaptureKind.SCREENSHOT: "ภาพหน้าเว็บในเบราว์เซอร์",
}


def entered_urls(store: Store, scan_id: int, unit_id: str, item_id: str) -> tuple[str, ...]:
    """The addresses that were given for the item when the scan began."""
    with reading(store.engine) as session:
        of_unit = asked_unit(session, scan_id, unit_id) or {}
    return tuple(str(url) for url in (of_unit.get("urls") or {}).get(item_id, ()))


def window_of(checklist: Checklist) -> EntryWindow | None:
    """When the checklist was answered in ITAS; `None` when it is not answered there."""
    window = checklist.calendar.oit_entry
    if window is None:
        return None
    return EntryWindow(window.start, window.end, window.confidence is not Confidence.FROM_MEMORY)


def shown_of(
    captures: Sequence[Kept],
    moments: Sequence[Kept],
    named: Mapping[int, str],
    entered: Collection[str],
    documents: Sequence[LookedAt],
    meanwhile: Sequence[Kept] = (),
) -> tuple[Shown, ...]:
    """A line for each capture, entered addresses first, then for those that gave no copy.

    `moments` are all captures of the same bytes, `named` the files of the pack by line number,
    `meanwhile` all captures of the unit in the scans between.
    """
    problems = {one.url: _problem(one) for one in documents}
    copies = [
        replace(
            _shown(one, moments, named, entered, problems),
            others=_others(one, moments, meanwhile),
        )
        for one in captures
    ]
    copies.sort(key=lambda one: (not one.entered, one.line))
    return (*copies, *_silent(captures, entered, documents))


def _shown(
    kept: Kept,
    moments: Sequence[Kept],
    named: Mapping[int, str],
    entered: Collection[str],
    problems: Mapping[str, str],
) -> Shown:
    one = kept.capture
    same = sorted(x.capture.fetched_at for x in moments if x.capture.copy_key == one.copy_key)
    pictured = one.kind is CaptureKind.SCREENSHOT
    return Shown(
        url=one.url,
        final_url=one.final_url,
        kind=_kind(kept),
        status=one.status,
        at=one.fetched_at,
        sha256=one.payload_sha256,
        file=named.get(kept.seq, ""),
        line=kept.seq,
        problem="" if pictured else problems.get(one.url, ""),
        entered=one.url in entered,
        in_window=one.entry_window,
        moments=tuple(dict.fromkeys(same)),
    )


def _others(kept: Kept, moments: Sequence[Kept], meanwhile: Sequence[Kept]) -> int:
    """How often the address showed something else between the moments of a capture's bytes."""
    one = kept.capture
    same = [x.capture.fetched_at for x in moments if x.capture.copy_key == one.copy_key]
    if not same:
        return 0
    other = {
        x.capture.fetched_at
        for x in meanwhile
        if (x.capture.url, x.capture.kind) == (one.url, one.kind)
        and (x.capture.status, x.capture.payload_sha256) != (one.status, one.payload_sha256)
    }
    return sum(min(same) < at < max(same) for at in other)


def _kind(kept: Kept) -> str:
    one = kept.capture
    if one.kind is CaptureKind.RESPONSE and "html" not in one.content_type:
        return f"ไฟล์ {tidy(one.file_name, 80)}".strip()
    return _KINDS[one.kind]


def _silent(
    captures: Sequence[Kept], entered: Collection[str], documents: Sequence[LookedAt]
) -> Iterator[Shown]:
    """Addresses that were entered and gave nothing to keep."""
    kept = {one.capture.url for one in captures}
    looked = {one.url: one for one in documents}
    for url in dict.fromkeys(entered):
        if url not in kept:
            one = looked.get(url)
            yield Shown(
                url=url,
                final_url=one.final_url if one else url,
                kind="",
                status=one.status if one else 0,
                at=one.fetched_at if one else None,
                problem=(_problem(one) if one else "") or "ไม่ได้รับเนื้อหา จึงไม่มีสำเนา",
                entered=True,
            )


def _problem(looked: LookedAt) -> str:
    if looked.problem is None:
        return ""
    said = reason_sentence(looked.problem) if looked.problem in REASONS else looked.problem
    return f"{said} ({tidy(looked.problem_detail)})" if looked.problem_detail else said
