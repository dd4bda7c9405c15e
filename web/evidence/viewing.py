"""Archived bodies made fit to be looked at, by a worker process, and kept for the next reader."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from crawler.confinement.once import OnceError, run_once
from web.evidence.shelf import Shelf
from web.evidence.tasks import VERSION, Answer, Task

WITHIN_S = 45.0
_AT_ONCE = 2
_WAIT_S = 20.0
_MOST_ANSWER = 24 * 1024 * 1024

_log = logging.getLogger(__name__)

BodyOf = Callable[[], "bytes | None"]
"""Reads a body from the archive; `None` when its copy is gone or damaged."""


class ViewError(Exception):
    """A body cannot be shown; `thai` says why and what to do, the message is for the log.

    `for_good`: it is the body's own fault, so that asking again is of no use.
    """

    def __init__(self, thai: str, reason: str = "") -> None:
        """Say it in Thai, with the reason for the log."""
        super().__init__(reason or thai)
        self.thai = thai

    @property
    def for_good(self) -> bool:
        """Whether the body itself cannot be opened."""
        return self.thai == UNSHOWN


LOST = "สำเนาในคลังหลักฐานหายหรือไม่ตรงกับค่าแฮชที่จดไว้ แจ้งผู้ดูแลระบบให้สั่ง oit evidence verify"
BUSY = "ขณะนี้มีผู้เปิดดูสำเนาหลายคนพร้อมกัน โปรดลองใหม่ในอีกสักครู่"
UNSHOWN = "เปิดสำเนานี้ให้ดูในหน้านี้ไม่ได้ ไฟล์อาจชำรุดหรือใหญ่เกินไป ให้ดาวน์โหลดไฟล์ต้นฉบับมาเปิดดู"


@dataclass(frozen=True, slots=True)
class View:
    """What a worker made of a body."""

    answer: Answer
    content: bytes


class Viewing:
    """Makes views of bodies, a few at a time; what was made before is read from the shelf."""

    def __init__(self, folder: Path) -> None:
        """Keep views below `folder`."""
        self._shelf = Shelf(folder)
        self._free = threading.BoundedSemaphore(_AT_ONCE)

    def view(self, task: Task, *bodies: BodyOf) -> View:
        """What `task` asks of the bodies; they are read only when it was not made before.

        Raises `ViewError` when a body is lost, cannot be opened, or too many are being opened.
        """
        asked = f"{VERSION}\n{task.model_dump_json()}"
        kept = self._shelf.get(asked)
        view = _view_of(kept) if kept is not None else None
        if view is not None:
            return view
        if not self._free.acquire(timeout=_WAIT_S):
            raise ViewError(BUSY)
        try:
            made = _made(task, [_read(one) for one in bodies])
        except ViewError as error:
            _log.warning("an archived body is not shown: %s", error)
            raise
        finally:
            self._free.release()
        view = _view_of(made)
        if view is None:
            raise ViewError(UNSHOWN, "the worker's answer makes no sense")
        self._shelf.put(asked, made)
        return view


def _read(body_of: BodyOf) -> bytes:
    body = body_of()
    if body is None:
        raise ViewError(LOST)
    return body


def _view_of(answered: bytes) -> View | None:
    head, _, content = answered.partition(b"\n")
    try:
        return View(Answer.model_validate_json(head), content)
    except ValidationError:
        return None


def _made(task: Task, bodies: list[bytes]) -> bytes:
    head = {"task": task.model_dump(mode="json"), "sizes": [len(body) for body in bodies]}
    asked = b"".join([json.dumps(head).encode() + b"\n", *bodies])
    try:
        return run_once("web.evidence.worker", (), asked, WITHIN_S, _MOST_ANSWER)
    except OnceError as error:
        raise ViewError(UNSHOWN, str(error)) from error
