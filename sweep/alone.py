"""One sweep at a time on a database and checklist: the second one is told to wait."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from database.addresses import file_of, shown
from database.engine import StoreError
from database.holding import holding


class SweepRunningError(StoreError):
    """Another sweep of the same checklist fills the same database."""


@contextmanager
def alone(database_url: str, checklist: str) -> Iterator[None]:
    """Be the only sweep of this checklist (its key) on this database while the block runs.

    The lock dies with its process, however that ends; on PostgreSQL it holds for all machines.
    Raises `SweepRunningError` when another
    process holds it, `StoreError` when the lock's file cannot be made.
    """
    path = lock_file(database_url, checklist)
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(
            f"สร้างแฟ้มกันการตรวจซ้อน «{path}» ไม่ได้: {error.strerror} "
            f"(cannot make the lock file «{path}»: {error.strerror})"
        ) from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _running(handle) from None
        # Who holds it is only told; a full disk must not stop a sweep here.
        with suppress(OSError):
            os.ftruncate(handle, 0)
            os.pwrite(handle, str(os.getpid()).encode(), 0)
        with holding(database_url, f"sweep {checklist}") as mine:
            if not mine:
                raise SweepRunningError(
                    "มีการตรวจรายการเดียวกันกับฐานข้อมูลนี้กำลังทำงานอยู่ในเครื่องอื่น ให้รอจนเสร็จ "
                    "(another machine sweeps the same checklist on this database)"
                )
            yield
    finally:
        os.close(handle)


def lock_file(database_url: str, checklist: str) -> Path:
    """Where the lock of this database and checklist stands: beside a file, else in /tmp."""
    if (file := file_of(database_url)) is not None:
        return file.with_name(f".{file.name}.{checklist}.lock")
    digest = hashlib.sha256(shown(database_url).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"oit-{os.getuid()}-{digest}-{checklist}.lock"


def _running(handle: int) -> SweepRunningError:
    pid = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
    th = f" (โปรเซส {pid})" if pid else ""
    en = f", process {pid}" if pid else ""
    return SweepRunningError(
        f"มีการตรวจรายการเดียวกันกับฐานข้อมูลนี้กำลังทำงานอยู่{th} ให้รอจนเสร็จ หรือหยุดการตรวจนั้นก่อน "
        f"(a sweep of the same checklist is running on this database{en})"
    )
