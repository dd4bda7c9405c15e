"""What a form or program asks for, made into a job; one Thai line where it cannot be done."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn

from checklist.loader import available, load
from checklist.thai import to_arabic_digits
from database.sessions import together
from results.newest import known_scan, resumable_scans
from results.record import Scope
from results.registries import asked_units
from web.faults import BadInput, NotFound, TooSoon
from web.scans.book import MOST_WAITING, JobBook, TooManyError
from web.scans.jobs import Job, Wanted
from web.scans.registry import holds, known_units

if TYPE_CHECKING:
    from checklist.schema import Checklist
    from web.site import Site
    from web.viewer import Viewer

MOST_UNITS = 500
"""So many units can be named; for more, all are swept."""
_RANGE = re.compile(r"([A-Z]?)(\d{1,2})(?:-([A-Z]?)(\d{1,2}))?", re.IGNORECASE)


def checklist_named(site: Site, key: str) -> Checklist:
    """The checklist of that key, the newest OIT for ""; raises `BadInput`."""
    if not key:
        return site.checklist()
    if key not in available():
        raise BadInput(f"ไม่มีรายการตรวจชื่อ «{key[:40]}» เลือกจาก {', '.join(available())}")
    return load(key)


def items_named(checklist: Checklist, text: str | Sequence[str]) -> tuple[str, ...]:
    """The items of `O1,O5-O9` or a list of such, in the checklist's order; none for "" or for all.

    Raises `BadInput` for what names no item.
    """
    plain = to_arabic_digits(text if isinstance(text, str) else ",".join(text))
    parts = [part for part in re.split(r"[,\s]+", plain) if part]
    known = [item.id for item in checklist.items]
    letter = known[0][0]
    found: set[str] = set()
    for part in parts:
        match = _RANGE.fullmatch(part)
        if match is None:
            _no_item(part, known)
        first, last = int(match[2]), int(match[4] or match[2])
        ids = [f"{(match[1] or letter).upper()}{number}" for number in range(first, last + 1)]
        if not ids or any(one not in known for one in ids):
            _no_item(part, known)
        found.update(ids)
    return tuple(one for one in known if one in found) if len(found) < len(known) else ()


def _no_item(part: str, known: Sequence[str]) -> NoReturn:
    raise BadInput(
        f"อ่านข้อ «{part[:40]}» ไม่ได้ เขียนเช่น {known[0]},{known[1]} หรือ {known[0]}-{known[-1]}"
    )


def units_named(site: Site, checklist: Checklist, text: str | Sequence[str]) -> tuple[str, ...]:
    """The units of ids parted by commas, spaces or lines; raises `BadInput` for an unknown one."""
    parts = re.split(r"[,\s]+", text) if isinstance(text, str) else list(text)
    found = tuple(dict.fromkeys(part for part in parts if part))
    if len(found) > MOST_UNITS:
        raise BadInput(f"ระบุหน่วยงานได้ไม่เกิน {MOST_UNITS} แห่งต่อครั้ง มากกว่านี้ให้เลือกตรวจทุกหน่วยงาน")
    for one in found:
        if not holds(site, checklist.key, one):
            raise BadInput(f"ไม่มีหน่วยงานรหัส «{one[:64]}» ในทะเบียน ดูรหัสได้จากหน้าหน่วยงาน")
    return found


def ask(site: Site, viewer: Viewer, wanted: Wanted, note: Callable[[Job], None]) -> Job:
    """Put it in the queue; of a new job `note` writes the log's line, in the same transaction.

    Raises `TooSoon`, `BadInput`.
    """
    if wanted.resume is None and not wanted.units and not known_units(site):
        raise BadInput("ยังไม่มีทะเบียนหน่วยงาน ให้นำเข้าก่อน (หน้าหน่วยงาน หรือ oit units import)")
    try:
        with together(site.engine):
            job, new = JobBook(site.engine).ask(wanted, viewer.name, site.clock())
            if new:
                note(job)
            return job
    except TooManyError:
        raise TooSoon(
            f"ท่านมีรายการรอคิวครบ {MOST_WAITING} รายการแล้ว รอให้เสร็จบางรายการก่อน หรือยกเลิกที่ไม่ต้องการ"
        ) from None


def resuming(site: Site, scan_id: int) -> Wanted:
    """What going on with a scan means; raises `NotFound`, or `BadInput` when it cannot be."""
    info = known_scan(site.store, scan_id)
    if info is None:
        raise NotFound(f"ไม่มีการตรวจครั้งที่ {scan_id}")
    open_ones = {one.id for one in resumable_scans(site.store, info.checklist)}
    if scan_id not in open_ones or info.planned is None:
        raise BadInput(f"การตรวจครั้งที่ {scan_id} ทำต่อไม่ได้ เพราะตรวจครบแล้ว หรือมีครั้งใหม่กว่าที่ตรวจครบแล้ว")
    if any(job.scan_id == scan_id for job in JobBook(site.engine).open_jobs()):
        raise BadInput(f"การตรวจครั้งที่ {scan_id} อยู่ในคิวหรือกำลังตรวจอยู่แล้ว")
    return asked_of(site, scan_id, info.scope, info.checklist)


def asked_of(site: Site, scan_id: int, scope: Scope, checklist: str) -> Wanted:
    """The scan to go on with, and which units and items it was narrowed to."""
    if scope is Scope.WHOLE:
        return Wanted(checklist, resume=scan_id)
    items = site.store.scan(scan_id).settings.get("items")
    ids = [one.get("id", "") for one in asked_units(site.store, scan_id) or ()]
    named = tuple(map(str, ids)) if len(ids) <= MOST_UNITS else ()
    chosen = tuple(map(str, items)) if scope is Scope.ITEMS and isinstance(items, list) else ()
    return Wanted(checklist, named, chosen, resume=scan_id)
