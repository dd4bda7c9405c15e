"""Is everything in order: room on the disk, the workers' walls, database, scheduler, last scan.

What is told names what is wrong, never where: no path, address or message of a library.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from crawler.confinement.trial import last_found
from database.engine import StoreError
from database.revisions import is_newest
from results.statistic_rows import newest_scans
from web.neighbours import heartbeat
from web.sources import MissingError

if TYPE_CHECKING:
    from web.sources import Sources

LEAST_FREE_BYTES = 1024**3
"""Below so much room on the data folder's disk something must be done."""
SILENT_AFTER = timedelta(minutes=5)
"""A scheduler that gave no sign of life for so long does not run."""

SENTENCES = {
    "ok": "ปกติ",
    "database_missing": "ยังไม่มีฐานข้อมูลผลตรวจ ให้สั่ง oit sweep ก่อน",
    "database_locked": "ฐานข้อมูลถูกโปรแกรมอื่นใช้งานอยู่",
    "database_unreachable": "เปิดฐานข้อมูลผลตรวจไม่ได้",
    "database_outdated": "ฐานข้อมูลไม่ใช่รุ่นเดียวกับโปรแกรม ให้สั่ง oit report หนึ่งครั้ง หรือปรับรุ่น",
    "disk_low": "เนื้อที่ดิสก์ของโฟลเดอร์ข้อมูลเหลือน้อยกว่า 1 GiB",
    "disk_unreadable": "อ่านเนื้อที่ดิสก์ของโฟลเดอร์ข้อมูลไม่ได้",
    "confinement_partial": "เครื่องนี้กั้นโปรแกรมอ่านไฟล์ได้ไม่ครบทุกชั้น ดูชื่อที่ขาดใน missing",
    "confinement_untried": "ยังไม่ได้ลองว่าเครื่องนี้กั้นโปรแกรมอ่านไฟล์ได้เพียงใด",
    "scheduler_absent": "ยังไม่เคยใช้ตัวตั้งเวลา",
    "scheduler_silent": "ตัวตั้งเวลาไม่ทำงาน ไม่มีสัญญาณเกิน 5 นาที",
    "no_scan_yet": "ยังไม่มีการตรวจที่ครบ",
    "timed_out": "ตรวจสอบไม่เสร็จภายในเวลาที่กำหนด",
    "unknown_error": "ตรวจสอบไม่สำเร็จ",
}
"""What each code means, for people."""
_FINE = (
    "ok", "scheduler_absent", "no_scan_yet", "confinement_partial", "confinement_untried",
)  # fmt: skip


@dataclass(frozen=True)
class Check:
    """One thing looked at: its name, the code of how it stands, and figures."""

    name: str
    code: str
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """False when somebody has to do something."""
        return self.code in _FINE


@dataclass
class Examination:
    """Looks at one thing after another; what is done can be told before all is."""

    sources: Sources
    done: list[Check] = field(default_factory=list)
    complete: bool = False

    def run(self) -> None:
        """Look at everything, of a database without use no further; nothing is raised."""
        for name, look in _LOOKS.items():
            check = _looked(name, look, self.sources)
            self.done.append(check)
            if name == "database" and not check.ok:
                break
        self.complete = True

    def verdict(self) -> dict[str, Any]:
        """How things stand, as plain JSON values; what is not done yet has timed out."""
        checks = list(self.done)
        if not self.complete:
            checks.append(Check(list(_LOOKS)[min(len(checks), len(_LOOKS) - 1)], "timed_out"))
        return {
            "status": "ok" if all(check.ok for check in checks) else "failing",
            "failing": [check.name for check in checks if not check.ok],
            "checks": [
                {
                    "check": check.name,
                    "ok": check.ok,
                    "code": check.code,
                    "th": SENTENCES[check.code],
                    **check.figures,
                }
                for check in checks
            ],
        }


def _looked(name: str, look: Callable[[Sources], Check], sources: Sources) -> Check:
    try:
        return look(sources)
    except MissingError:
        return Check(name, "database_missing")
    except StoreError as error:
        locked = "locked" in str(error.__cause__ or error)
        return Check(name, "database_locked" if locked else "database_unreachable")
    except Exception:
        return Check(name, "unknown_error")


def _disk(sources: Sources) -> Check:
    folder = sources.folder
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return Check("disk", "disk_unreadable")
    return Check("disk", "ok" if free >= LEAST_FREE_BYTES else "disk_low", {"free_bytes": free})


def _confinement(_: Sources) -> Check:
    """Which walls a worker that opens strangers' files stands behind; names alone, no reasons."""
    found = last_found()
    if found is None:
        return Check("confinement", "confinement_untried")
    missing = [step.partition(":")[0] for step in found.missing]
    code = "confinement_partial" if missing else "ok"
    held = [step.partition(" ")[0] for step in found.held]
    return Check("confinement", code, {"held": held, "missing": missing})


def _database(sources: Sources) -> Check:
    with sources.engine() as engine:
        return Check("database", "ok" if is_newest(engine) else "database_outdated")


def _scheduler(sources: Sources) -> Check:
    with sources.engine() as engine:
        beat = heartbeat(engine)
    if beat is None:
        return Check("scheduler", "scheduler_absent")
    age = datetime.now(UTC) - beat
    code = "ok" if age <= SILENT_AFTER else "scheduler_silent"
    return Check("scheduler", code, {"age_seconds": round(age.total_seconds())})


def _last_scan(sources: Sources) -> Check:
    with sources.store() as store:
        ended = [done for done, _running in newest_scans(store).values() if done is not None]
        scan = store.scan(max(ended)) if ended else None
    if scan is None or scan.finished is None:
        return Check("last_scan", "no_scan_yet")
    age = datetime.now(UTC) - scan.finished
    figures = {
        "scan": scan.id,
        "checklist": scan.checklist,
        "finished": scan.finished.isoformat(timespec="seconds"),
        "age_seconds": round(age.total_seconds()),
    }
    return Check("last_scan", "ok", figures)


_LOOKS: dict[str, Callable[[Sources], Check]] = {
    "disk": _disk,
    "confinement": _confinement,
    "database": _database,
    "scheduler": _scheduler,
    "last_scan": _last_scan,
}
