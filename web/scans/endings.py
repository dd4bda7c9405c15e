"""How a job's process ended, told by its exit code and by what its scan says. Pure."""

from __future__ import annotations

import signal
from dataclasses import dataclass

from results.record import ScanStatus
from web.scans.jobs import JobState

_DONE = (0, 3)
_BAD_INPUT = 2
_TOO_LITTLE = 3
_STOPPED = (130, -signal.SIGTERM, -signal.SIGINT)


@dataclass(frozen=True, slots=True)
class Ending:
    """The state that follows and what people are told."""

    state: JobState
    message: str


def ending_of(code: int | None, status: ScanStatus | None, stops: int, said: str = "") -> Ending:
    """How it ended: `code` (`None`: nobody saw it end), the scan's status (`None`: no scan begun).

    `stops` is how often a person asked to stop, `said` the last words of the process.
    """
    if code in _DONE or (code is None and status is ScanStatus.FINISHED):
        much = "ข้อครึ่งหนึ่งขึ้นไปตรวจไม่ได้ ดูสาเหตุด้านล่าง" if code == _TOO_LITTLE else ""
        return Ending(JobState.DONE, much)
    kept = " ผลที่ตรวจแล้วไม่หาย สั่งทำต่อได้" if status is not None else ""
    if code in _STOPPED or (code is None and status is ScanStatus.INTERRUPTED):
        by = "ตามที่สั่ง" if stops else "เพราะเครื่องหรือโปรแกรมแม่ถูกสั่งปิด"
        return Ending(JobState.STOPPED, f"หยุด{by}{kept}")
    if stops and code is not None and code < 0:
        return Ending(JobState.STOPPED, f"หยุดทันทีตามที่สั่ง{kept}")
    if code is not None and code < 0:
        why = "มักเป็นเพราะหน่วยความจำเต็มหรือมีผู้สั่งปิด" if code == -signal.SIGKILL else ""
        return Ending(JobState.FAILED, f"โปรแกรมตรวจถูกปิดกลางคัน (สัญญาณ {-code}) {why}{kept}".strip())
    if code == _BAD_INPUT:
        return Ending(JobState.FAILED, said or f"สั่งตรวจไม่ได้{kept}")
    if code is None:
        when = "ระหว่างที่หน้าเว็บนี้ปิดอยู่ " if status is not None else "ก่อนเริ่มการตรวจ "
        return Ending(JobState.FAILED, f"โปรแกรมตรวจปิดไปเอง{when}{kept}".strip())
    told = f": {said}" if said else ""
    return Ending(JobState.FAILED, f"โปรแกรมตรวจจบด้วยรหัส {code}{kept}{told}")


def refused_by_lock(code: int | None, said: str) -> bool:
    """Whether another sweep of the checklist began first, so that the job has to wait again."""
    return code == _BAD_INPUT and "a sweep of the same checklist" in said
