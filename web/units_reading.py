"""Uploaded units files, read by a confined worker and believed only as far as they validate."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from pydantic import ValidationError

from crawler.confinement.once import OnceError, run_once
from units.importing import Examined
from units.problems import Problem, UnitsError
from web.faults import TooSoon
from web.units_worker import ANSWER

_log = logging.getLogger(__name__)

WITHIN_S = 40.0
_MOST_BYTES = 64 * 1024**2
_AT_ONCE = threading.BoundedSemaphore(2)
_WAIT_S = 20.0


def examined(path: Path) -> Examined:
    """What the units file holds, as `units.importing.examine` reads it.

    Raises `UnitsError` when nothing of it can be used, also when it cannot be opened within the
    limits; `TooSoon` while too many files are being read.
    """
    if not _AT_ONCE.acquire(timeout=_WAIT_S):
        raise TooSoon("ขณะนี้มีผู้นำเข้าแฟ้มหลายคนพร้อมกัน กรุณารอสักครู่แล้วส่งใหม่")
    try:
        answer = run_once("web.units_worker", (str(path),), b"", WITHIN_S, _MOST_BYTES)
        told = ANSWER.validate_json(answer)
    except (OnceError, ValidationError) as error:
        _log.warning("an uploaded units file could not be read: %s", str(error)[:300])
        raise UnitsError(path.name, [_unreadable()]) from None
    finally:
        _AT_ONCE.release()
    if told.read is None:
        raise UnitsError(path.name, told.problems or [_unreadable()])
    return told.read


def _unreadable() -> Problem:
    return Problem(
        "อ่านแฟ้มไม่สำเร็จ แฟ้มใหญ่หรือซับซ้อนผิดปกติ ให้คัดลอกตารางไปวางในแฟ้มใหม่แล้วบันทึกเป็น .xlsx",
        "the file is too large or too complex; copy the table into a new .xlsx file",
    )
