"""One job run in its process, within its time and memory, to an end that is always told."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sweep.self_check.steps import Answer, Failure, Step
from web.checking.job import State
from web.checking.process import GoneError

if TYPE_CHECKING:
    from results.self_check import SelfCheckReport
    from web.checking.job import Job
    from web.checking.process import CheckingProcess
    from web.checking.settings import SelfCheckSettings

_LISTEN_S = 0.1
_WEIGH_EVERY_S = 0.5

MEMORY = (
    "เอกสารนี้ต้องใช้หน่วยความจำเกินที่กำหนด จึงหยุดตรวจ "
    "ให้แบ่งไฟล์เป็นส่วนเล็กลง หรือลดความละเอียดของภาพในไฟล์ แล้วลองใหม่"
)
CRASHED = (
    "โปรแกรมอ่านหยุดทำงานกลางคันขณะอ่านเอกสารนี้ ไฟล์อาจชำรุด "
    "ให้เปิดไฟล์แล้วบันทึกใหม่เป็น PDF หรือ DOCX แล้วลองอีกครั้ง"
)
UNFORESEEN = "ตรวจไม่สำเร็จเพราะข้อขัดข้องของระบบ ไม่ใช่ความผิดของเอกสาร ให้ลองอีกครั้ง หากยังเป็นอยู่ให้แจ้งผู้ดูแลระบบ"


def too_slow(seconds: float) -> str:
    """The sentence for a check that did not end in time."""
    return (
        f"ตรวจไม่เสร็จภายใน {seconds:g} วินาที จึงหยุดตรวจ ให้เลือกตรวจน้อยข้อลง ใช้ไฟล์ที่สั้นลง "
        "หรือรอให้เว็บไซต์ตอบเร็วขึ้นแล้วลองใหม่"
    )


@dataclass(frozen=True)
class Ending:
    """How a job ended."""

    state: State
    report: SelfCheckReport | None = None
    failure: str = ""


def run(job: Job, process: CheckingProcess, settings: SelfCheckSettings) -> Ending:
    """Ask the process, pass its steps on, and wait for its answer; the process is not ended."""
    process.ask(job.request)
    deadline = time.monotonic() + settings.seconds
    weigh = _Weighing(process.held_bytes, settings.memory_bytes)
    while True:
        if job.cancelled.is_set():
            return Ending(State.CANCELLED)
        if time.monotonic() > deadline:
            return Ending(State.FAILED, failure=too_slow(settings.seconds))
        if weigh.too_much():
            return Ending(State.FAILED, failure=MEMORY)
        try:
            line = process.next(_LISTEN_S)
        except GoneError:
            return Ending(State.FAILED, failure=CRASHED)
        if isinstance(line, Step):
            job.step(line)
        elif isinstance(line, Answer):
            return Ending(State.DONE, line.report)
        elif isinstance(line, Failure):
            return Ending(State.FAILED, failure=MEMORY if line.code == "memory" else UNFORESEEN)


class _Weighing:
    """Looks now and then how much memory is held."""

    def __init__(self, held: Callable[[], int], most: int) -> None:
        self._held = held
        self._most = most
        self._next = time.monotonic() + _WEIGH_EVERY_S

    def too_much(self) -> bool:
        if time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + _WEIGH_EVERY_S
        return self._held() > self._most
